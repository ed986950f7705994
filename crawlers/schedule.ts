// When a source is due: from its cron line, its time zone and its jitter to the times at which crawls begin. Pure: the time of day is
// told. Days on which the clocks change keep to croner's rules: a time that is skipped counts from the hour after it, one that comes
// twice counts once (https://croner.56k.guru).
import { createHash } from 'node:crypto';
import { Cron } from 'croner';
import { ConfigurationError } from '../src/model/errors.js';

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
export function faultOfCron(cron: string, timezone: string, now: number): string | null {
  const parts = cron.trim().split(/\s+/);
  // Croner also takes a date, which would fire once, and seconds.
  if (!cron.startsWith('@') && parts.length !== 5)
    return `has ${parts.length} parts and must have five (minute, hour, day, month, weekday), like "30 2 * * 1"`;
  try {
    const next = cronOf(cron, timezone).nextRun(new Date(now));
    return next === null ? 'never fires: no calendar has such a day; name a day that its months have' : null;
  } catch (error) {
    return faultInWords((error as Error).message);
  }
}

const faultInWords = (message: string): string =>
  `${message.replace(/^Cron\w+: /, '')}; write minute, hour, day, month, weekday, like "30 2 * * 1"`;

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
    : `is meant in ${line.timezone}, which is no time zone; write one like Asia/Shanghai`;
  if (fault !== null)
    throw new ConfigurationError(
      'E_SCHEDULE',
      `the schedule "${line.cron}" of ${line.source} ${fault}`,
      'Correct `schedule` (or `timezone`) in its source file.',
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
