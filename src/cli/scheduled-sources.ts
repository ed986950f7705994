// Sources with the cron lines of their files, in the time zone and with the jitter of the study.
import { dueAfter, loadSource, usualTimeZone } from '../../crawlers/index.js';
import { UsageError } from '../model/errors.js';
import type { ScheduledSource } from '../scheduler.js';
import type { Settings } from './settings.js';

/**
 * The sources of these files; `line` is null where a file has no schedule.
 * @throws UsageError where two files have the same id, ConfigurationError for a line that never fires
 */
export function scheduledSources(files: readonly string[], settings: Settings): ScheduledSource[] {
  const now = Date.now();
  const sources = files.map((file): ScheduledSource => {
    const source = loadSource(file);
    if (source.schedule === undefined) return { source, line: null };
    const timezone = source.timezone ?? settings.timezone?.value ?? usualTimeZone;
    const line = { source: source.id, cron: source.schedule, timezone, jitter: settings.jitter?.value ?? 0 };
    dueAfter(line, null, now);
    return { source, line };
  });
  const twice = sources.find(
    ({ source }, index) => sources.findIndex((each) => each.source.id === source.id) !== index,
  );
  if (!twice) return sources;
  throw new UsageError(
    'E_SOURCE',
    { en: `two files name the source ${twice.source.id}`, zh: `有两个文件的站点编号都是 ${twice.source.id}` },
    { en: 'Give each file an id of its own.', zh: '请让每个文件各有自己的编号（id）。' },
  );
}
