// Changes as a table for the terminal: a quantity a line, with both sides and their difference.

import type { Codebook } from '../../extractors/index.js';
import { changeWords, writeDifference } from '../compare/change-wording.js';
import type { Change } from '../compare/changes.js';
import { stageWords, writePeriod, writeValue } from '../compare/wording.js';
import type { StoredFigure } from '../model/cell.js';
import type { Language } from '../model/language.js';
import type { Output } from './output.js';
import { writeTable } from './table.js';

/** One line a change: indicator, kind, before, after, difference. */
export function changeTable(changes: readonly Change[], codebook: Codebook, out: Output): string {
  const { language } = out;
  const head =
    language === 'zh' ? ['指标', '变化', '先', '后', '差'] : ['indicator', 'change', 'before', 'after', 'difference'];
  const rows = changes.map((change) => [
    labelOf((change.after ?? change.before)!, change.stage, codebook, language),
    changeWords[language][change.kind],
    sideOf(change.before),
    sideOf(change.after),
    writeDifference(change, language),
  ]);
  return writeTable(head, rows, out.width);
}

/** The indicator with its stage; a figure without one is named by its subject. */
export function labelOf(figure: StoredFigure, stage: string, codebook: Codebook, language: Language): string {
  const indicator = codebook.indicators.find(({ id }) => id === figure.indicator);
  const name = indicator?.[language] ?? figure.subject;
  const which = stageWords[language][stage] ?? stage;
  return which === '' ? name : `${name} (${which})`;
}

/** Value, period and id; a dot where a side does not tell of it. */
export const sideOf = (figure: StoredFigure | null): string =>
  figure ? `${writeValue(figure)}\n${writePeriod(figure)} ${figure.id}` : '·';
