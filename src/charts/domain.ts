// The range of values that an axis shows.
import type { ChartRow, Point } from './data.js';

const ends = ({ value, upper }: Point): number[] => (upper === null ? [value] : [value, upper]);

/**
 * From the least to the greatest of the points and standards of a row. It begins at zero where zero is near, so that lengths do not
 * mislead; a single value gets room on both sides.
 * @param pick which points count: those of the cells, or those of all times
 */
export function domainOf(row: ChartRow, pick: 'chief' | 'series' = 'chief'): [number, number] {
  const points = row.counties.flatMap(({ chief, rivals, goal, series }) =>
    pick === 'series' ? series : [chief, ...rivals, goal].flatMap((point) => point ?? []),
  );
  const values = [...points.flatMap(ends), ...row.lines.map(({ value }) => value)];
  const least = Math.min(...values);
  const most = Math.max(...values);
  // Schools and pupils come in wholes.
  if (row.dimension === 'count' && most - least < 1 && most < 20)
    return [Math.max(0, Math.floor(least) - 1), Math.ceil(most) + 1];
  if (least >= 0 && least <= (most - least) * 1.5) return [0, most === 0 ? 1 : most];
  const room = (most - least || Math.abs(most)) * 0.1 || 1;
  const isShare = row.dimension === 'ratio' && least >= 0 && most <= 1;
  return isShare ? [Math.max(0, least - room), Math.min(1, most + room)] : [least - room, most + room];
}

/** Ticks of an axis; wholes where things are counted. */
export const ticksOf = (scale: { ticks(count: number): number[] }, dimension: string, count: number): number[] =>
  scale.ticks(count).filter((tick) => dimension !== 'count' || Number.isInteger(tick));
