// How changes over time are written for people: what kind of change, by how much, and what became of a plan.
import type { StoredFigure } from '../model/cell.js';
import type { Language } from '../model/language.js';
import type { Change, ChangeKind, PlanOutcome } from './changes.js';
import { writeNumber, writeValue } from './wording.js';

export const changeWords: Record<Language, Record<ChangeKind, string>> = {
  zh: { raised: '上升', lowered: '下降', same: '不变', new: '新提', gone: '不再提' },
  en: { raised: 'raised', lowered: 'lowered', same: 'same', new: 'new', gone: 'no longer mentioned' },
};

export const planWords: Record<Language, Record<PlanOutcome, string>> = {
  zh: { kept: '如期达到', not_kept: '到期未及', later: '逾期达到', open: '尚无下文' },
  en: { kept: 'kept', not_kept: 'not kept', later: 'reached later', open: 'open' },
};

/**
 * `+120人`, `-3.5 个百分点`: the later value minus the earlier. Shares differ by percentage points, never by per cent. Empty where one side
 * is missing; a change between periods of different length says so.
 */
export function writeDifference({ difference, before, after, isUneven }: Change, language: Language): string {
  if (difference === null || !before || !after) return '';
  const sign = difference > 0 ? '+' : difference < 0 ? '-' : '±';
  return `${sign}${amountOf(Math.abs(difference), after, language)}${isUneven ? uneven[language] : ''}`;
}

const uneven: Record<Language, string> = { zh: '（时期长短不同）', en: ' (periods of different length)' };

/** A difference has the unit of its values but not their bound: what is over 300 minus what is over 200 may be anything near 100. */
function amountOf(size: number, figure: StoredFigure, language: Language): string {
  const value = Number(size.toPrecision(12));
  if (figure.dimension === 'ratio') return `${writeNumber(value, -2)}${language === 'zh' ? '个百分点' : ' points'}`;
  return writeValue({ ...figure, value, valueMax: null, bound: figure.bound === 'exact' ? 'exact' : 'about' });
}
