// The range of values that an axis shows.
import type { ChartRow, Point } from './data.js';

const ends = ({ value, upper }: Point): number[] => (upper === null ? [value] : [value, upper]);

/**
 * From the least to the greatest of the points and standards of a row. It begins at zero where zero is near, so that lengths do not
 * mislead; a single value gets room on both sides.
 * @param pick which points count: those of the cells, or those of all times
 */
export function domainOf(row: ChartRow, pick: 'chief' | 'series' = 'chief'): [number, number] {
  const points = row.counties.flatMap(({ chief, rivals, series }) =>
    pick === 'series' ? series : chief ? [chief, ...rivals] : [],
  );
  const values = [...points.flatMap(ends), ...row.lines.map(({ value }) => value)];
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (least >= 0 && least <= (most - least) * 1.5) return [0, most === 0 ? 1 : most];
  const room = (most - least || Math.abs(most) || 1) * 0.1;
  return [least - room, most + room];
}
