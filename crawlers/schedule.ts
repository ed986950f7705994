// When a source is due: from its cron line, its time zone and its jitter to the times at which crawls begin. Pure: the time of day is
// told. Days on which the clocks change keep to croner's rules: a time that is skipped counts from the hour after it, one that comes
// twice counts once (https://croner.56k.guru).
import { createHash } from 'node:crypto';
import { Cron } from 'croner';
import { ConfigurationError } from '../src/model/errors.js';
import type { Said } from '../src/model/language.js';

/** The zone of cron lines where neither the source nor the study names one. */
export const usualTimeZone = 'Asia/Shanghai';

/** When a source is to be crawled. */
export interface ScheduleLine {
  source: string;
  /** Minute, hour, day, month, weekday; or @daily and the like. */
  cron: string;
  /** IANA name of the time zone that the line is meant in. */
  timezone: string;
  /** Minutes by which a crawl may begin later, so that not all begin at once. */
  jitter: number;
}

/** One time at which a source is due, in milliseconds since 1970. */
export interface DueTime {
  /** What the cron line says. */
  due: number;
  /** When the crawl begins: `due` and its jitter. */
  begins: number;
}

const cronOf = (cron: string, timezone: string): Cron => new Cron(cron, { paused: true, mode: '5-part', timezone });

/**
 * What is wrong with a cron line; null where nothing is.
 * @param now milliseconds since 1970: a line that never fires after it is wrong
 */
export function faultOfCron(cron: string, timezone: string, now: number): Said | null {
  const parts = cron.trim().split(/\s+/);
  // Croner also takes a date, which would fire once, and seconds.
  if (!cron.startsWith('@') && parts.length !== 5)
    return {
      en: `has ${parts.length} parts and must have five (minute, hour, day, month, weekday), like "30 2 * * 1"`,
      zh: `有 ${parts.length} 项，应为五项（分、时、日、月、星期），如 "30 2 * * 1"`,
    };
  try {
    const next = cronOf(cron, timezone).nextRun(new Date(now));
    return next === null
      ? {
          en: 'never fires: no calendar has such a day; name a day that its months have',
          zh: '永远不会到点：日历上没有这一天，请写该月份有的日子',
        }
      : null;
  } catch (error) {
    return faultInWords((error as Error).message);
  }
}

function faultInWords(message: string): Said {
  const met = message.replace(/^Cron\w+: /, '');
  return {
    en: `${met}; write minute, hour, day, month, weekday, like "30 2 * * 1"`,
    zh: `看不懂（${met}）；请写分、时、日、月、星期，如 "30 2 * * 1"`,
  };
}

/** Whether a time zone is known here. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The first time after `after` at which a source is due.
 * @throws ConfigurationError where the line never fires or is none
 */
function nextDue(line: ScheduleLine, after: number): DueTime {
  const fault = isTimeZone(line.timezone)
    ? faultOfCron(line.cron, line.timezone, after)
    : {
        en: `is meant in ${line.timezone}, which is no time zone; write one like Asia/Shanghai`,
        zh: `所用的 ${line.timezone} 不是时区，写法如 Asia/Shanghai`,
      };
  if (fault !== null)
    throw new ConfigurationError(
      'E_SCHEDULE',
      {
        en: `the schedule "${line.cron}" of ${line.source} ${fault.en}`,
        zh: `站点 ${line.source} 的采集时间“${line.cron}”${fault.zh}`,
      },
      {
        en: 'Correct `schedule` (or `timezone`) in its source file.',
        zh: '请改正站点文件里的 schedule（或 timezone）。',
      },
    );
  const cron = cronOf(line.cron, line.timezone);
  const due = cron.nextRun(new Date(after))!;
  const following = cron.nextRun(due)?.getTime() ?? Number.POSITIVE_INFINITY;
  // At most half of the time to the next one, so that jitter never makes two of them meet.
  const room = Math.min(line.jitter * 60_000, (following - due.getTime()) / 2);
  return { due: due.getTime(), begins: due.getTime() + Math.floor(shareOf(line.source, due.getTime()) * room) };
}

/** A number from 0 to 1 that is the same for the same source and time, on every machine. */
function shareOf(source: string, due: number): number {
  return createHash('sha256').update(`${source} ${due}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** A last crawl that lies so far ahead of the clock was noted while the clock was wrong. */
const believable = 24 * 3600_000;

/**
 * When a source is due next, after a crawl that was due at `last` (null: never). However many times passed since, the next one is
 * the first after now: what was missed is caught up once. A clock that was set back does not bring a time round again.
 */
export function dueAfter(line: ScheduleLine, last: number | null, now: number): DueTime {
  return nextDue(line, last !== null && last > now && last - now < believable ? last : now);
}
