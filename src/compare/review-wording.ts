// What a decision says, for people: who, what, when and why, and what was read before.
import type { StoredFigure } from '../model/cell.js';
import type { Language } from '../model/language.js';
import type { Correction, Reading, ReviewAction } from '../model/review.js';

export const actionWords: Record<Language, Record<ReviewAction, string>> = {
  zh: { accept: '接受', correct: '更正', reject: '否决', skip: '跳过' },
  en: { accept: 'accepted', correct: 'corrected', reject: 'rejected', skip: 'skipped' },
};

/** The mark beside a value that a person looked at. */
export const reviewSigns: Record<Exclude<ReviewAction, 'skip'>, string> = { accept: '✓', correct: '✎', reject: '✗' };

const fields: readonly (keyof Reading)[] = [
  'value',
  'valueMax',
  'unit',
  'bound',
  'indicator',
  'stage',
  'period',
  'status',
];

const writeField = (value: unknown): string => {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return value.join('|') || 'none';
  if (typeof value === 'object') {
    const { from, to } = value as { from: string; to: string };
    return from === to ? from : `${from}..${to}`;
  }
  return String(value);
};

/** What the rules read where a person corrected (`value 12 → 13`) or rejected (`12 所`) it; null for all others. */
export function writeRaw(figure: StoredFigure): string | null {
  const { review } = figure;
  if (review?.action === 'reject') return `${writeField(figure.value)} ${figure.unit}`;
  if (!review?.raw) return null;
  const { raw } = review;
  const changed = fields.filter((field) => JSON.stringify(raw[field]) !== JSON.stringify(figure[field]));
  return writeCorrection(raw, Object.fromEntries(changed.map((field) => [field, figure[field]])));
}

/** `value 12 → 13; unit 人 → 名`: what was read, and what a person says. */
export function writeCorrection(read: Reading, correction: Correction): string {
  return fields
    .filter((field) => field in correction)
    .map((field) => `${field} ${writeField(read[field])} → ${writeField(correction[field])}`)
    .join('; ');
}
