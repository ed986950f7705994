// The date that a list prints beside a link. Dates are Beijing time as written; what is no real date is none.

const whole = /(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)/;
const compact = /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/;
/** A calendar leaf: the day in large type, year and month beside it. */
const yearMonth = /(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})(?!\d)\s*月?/;
const bareDay = /(?<![\d./-])(\d{1,2})\s*日?(?![\d./年月-])/;

/** The first date in a row of a list as `YYYY-MM-DD`, null where it prints none with a year. */
export function listedDate(text: string): string | null {
  const met = whole.exec(text) ?? compact.exec(text);
  if (met) return isoDate(met[1]!, met[2]!, met[3]!);
  const month = yearMonth.exec(text);
  if (!month) return null;
  const rest = `${text.slice(0, month.index)} ${text.slice(month.index + month[0].length)}`.trim();
  // Only a day that opens or closes the row: a number inside a title is none.
  const day = /^(\d{1,2})(?!\d)/.exec(rest) ?? /(?:^|\s)(\d{1,2})$/.exec(rest);
  return day && bareDay.test(day[1]!) ? isoDate(month[1]!, month[2]!, day[1]!) : null;
}

/** Seconds or milliseconds since 1970, or text, to a date in Beijing; null where it is none. */
export function dateOfValue(value: unknown): string | null {
  if (typeof value === 'string') {
    const epoch = /^(?:\/Date\()?(\d{10}(?:\d{3})?)(?:[+-]\d{4})?(?:\)\/)?$/.exec(value)?.[1];
    return epoch ? epochDate(Number(epoch)) : listedDate(value);
  }
  return typeof value === 'number' ? epochDate(value) : null;
}

const beijingOffsetMs = 8 * 3600_000;

function epochDate(value: number): string | null {
  const ms = value < 1e11 ? value * 1000 : value;
  if (ms < Date.UTC(1990, 0, 1) || ms > Date.UTC(2100, 0, 1)) return null;
  return new Date(ms + beijingOffsetMs).toISOString().slice(0, 10);
}

function isoDate(year: string, month: string, day: string): string | null {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? null : iso;
}
