// Powers of ten that round once: 2.3 times 10^8 is 230,000,000 and never 229,999,999.99999997.

/** `number` times ten to the power of `power`, exact where a double can be. The number may itself be written with an exponent. */
export function timesTen(number: number | string, power: number): number {
  const [digits, own = '0'] = String(number).split('e');
  return Number(`${digits}e${Number(own) + power}`);
}
