// The period of a question, and whether a figure answers it. Nothing is filled from another year unless that is asked.

import type { StoredFigure } from '../model/cell.js';
import { UsageError } from '../model/errors.js';
import type { Period } from '../model/record.js';

/** Both ends included, ISO 8601 with the precision given. */
export interface AskedPeriod {
  from: string;
  to: string;
}

const point = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;

/**
 * Reads `2024`, `2024-05` or `2022..2024`.
 * @throws UsageError that names what was met.
 */
export function parsePeriod(text: string): AskedPeriod {
  const [from, to = from, ...more] = text.trim().split('..');
  if (!point.test(from!) || !point.test(to!) || more.length > 0 || from! > `${to}~`) {
    throw new UsageError(
      'E_PERIOD',
      { en: `the period "${text}" cannot be read`, zh: `看不懂时期“${text}”` },
      {
        en: 'Write a year (2024), a month (2024-05), or two of them with the earlier first (2022..2024).',
        zh: '请写年（2024）、月（2024-05），或先早后晚的起止（2022..2024）。',
      },
    );
  }
  return { from: from!, to: to! };
}

/** The time of a state is its end; what was done over a time answers only a question that holds the whole of it. */
export function isWithin(figure: Pick<StoredFigure, 'period' | 'accrual'>, asked: AskedPeriod): boolean {
  if (figure.period === null) return false;
  const { from, to } = figure.period;
  const endsInside = isFrom(to, asked.from) && isTo(to, asked.to);
  return figure.accrual === 'flow' ? endsInside && isFrom(from, asked.from) : endsInside;
}

/** How far the end of a period lies outside the one asked, in years to the month; 0 inside. */
export function yearsFrom({ to }: Period, asked: AskedPeriod): number {
  const months = (date: string, open: number): number =>
    Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7) || open);
  return Math.max(0, months(asked.from, 1) - months(to, 12), months(to, 1) - months(asked.to, 12)) / 12;
}

/** Compares at the coarser precision of the two: 2024 is from 2024-05 on as well as up to it. */
const isFrom = (date: string, least: string): boolean => date.slice(0, least.length) >= least.slice(0, date.length);
const isTo = (date: string, most: string): boolean => date.slice(0, most.length) <= most.slice(0, date.length);
