// A dot strip: the values of one row on one line, each county a dot, a standard a dashed line. A county without a value has no dot.
import { type StandardSketch, writeStandard } from '../compare/standards.js';
import { writeValue } from '../compare/wording.js';
import type { StoredFigure } from '../model/cell.js';
import { type Html, html } from './html.js';

export interface Dot {
  county: string;
  figure: StoredFigure;
}

const width = 640;
const side = 40;

/** Nothing where fewer than three counties have a value in one unit: a line would say less than the table. */
export function dotStrip(label: string, dots: readonly Dot[], standard: StandardSketch | null): Html | null {
  const [first] = dots;
  const same = dots.filter(
    ({ figure }) => figure.unit === first!.figure.unit && figure.per.join() === first!.figure.per.join(),
  );
  if (same.length < 3) return null;
  const values = [...same.map(({ figure }) => figure.value), ...(standard ? [standard.value] : [])];
  const least = Math.min(...values);
  const span = Math.max(...values) - least || 1;
  const x = (value: number): number => Math.round(side + ((value - least) / span) * (width - 2 * side));
  const height = 34 + 15 * same.length;
  const sorted = [...same].sort((a, b) => a.figure.value - b.figure.value);
  const marks = sorted.map(({ county, figure }, index) => {
    const at = x(figure.value);
    const isRight = at > width / 2;
    const y = 26 + 15 * index;
    return html`<line x1="${at}" y1="14" x2="${at}" y2="${y}" stroke="#c9d1d9"/><circle cx="${at}" cy="14" r="4" fill="#0969da"/><text x="${isRight ? at - 6 : at + 6}" y="${y + 4}" text-anchor="${isRight ? 'end' : 'start'}">${county} ${writeValue(figure)}</text>`;
  });
  const line = standard
    ? html`<line x1="${x(standard.value)}" y1="2" x2="${x(standard.value)}" y2="${height}" stroke="#bf8700" stroke-dasharray="4 3"><title>${writeStandard(standard, first!.figure.dimension, 'zh')}</title></line>`
    : null;
  return html`<figure><figcaption class="soft">${label} · n = ${same.length}</figcaption><svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="${label}"><line x1="${side}" y1="14" x2="${width - side}" y2="14" stroke="#57606a"/>${line}${marks}</svg></figure>`;
}
