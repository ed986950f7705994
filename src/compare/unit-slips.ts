// Values that a slip of the unit would explain: tenfold, or off by 万, beside what the same county told before or others tell. Pure.

/** Powers of ten by which slips happen: a digit, 百, 千, 万, 亿. */
const slips = [1, 2, 3, 4, 8];
/** How near to the power, in decimal logarithms: 0.08 is a fifth. */
const nearness = 0.08;

/**
 * The power of ten by which a value is off beside others of its kind; null where it is not, or where they tell too little.
 * @param others values of the same indicator, stage and unit; with one alone only a slip of thousands or more counts
 */
export function unitSlip(value: number, others: readonly number[]): number | null {
  const positive = others.filter((other) => other > 0).sort((a, b) => a - b);
  if (value <= 0 || positive.length === 0) return null;
  const middle = positive[Math.floor(positive.length / 2)]!;
  const distance = Math.log10(value / middle);
  const power = Math.round(distance);
  if (!slips.includes(Math.abs(power)) || Math.abs(distance - power) > nearness) return null;
  if (positive.length === 1) return Math.abs(power) >= 3 ? power : null;
  // Values that differ among themselves as much say nothing.
  return positive.at(-1)! / positive[0]! > 10 ** (Math.abs(power) / 2) ? null : power;
}
