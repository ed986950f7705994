// The interval of a share that was counted in a sample (Wilson 1927, https://doi.org/10.1080/01621459.1927.10502953).

export interface Share {
  count: number;
  of: number;
  share: number;
  low: number;
  high: number;
}

/** The 95% quantile of the normal distribution, two-sided. */
const z = 1.959963984540054;

/** `count` of `of` with its 95% interval; null where nothing was counted. */
export function wilson(count: number, of: number): Share | null {
  if (of === 0) return null;
  const share = count / of;
  const scale = 1 + z ** 2 / of;
  const middle = (share + z ** 2 / (2 * of)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return { count, of, share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
