// The door of the charts: rows of a comparison and practice matrices to drawings, for pages, files and the report alike. Pure: no corpus,
// no clock. A drawing is markup; `String(DotStrip(…))` is the text of its SVG.
export { type ChartRow, chartRows, type Point } from './data.js';
export type { Caption, DrawOptions, Window } from './drawing.js';
export { Multiple, SmallMultiples } from './multiples.js';
export { type HeatCell, type HeatTable, PracticeHeat } from './practices.js';
export { TimeSeries } from './series.js';
export { DotStrip } from './strip.js';
