// SimHashes in an index. Two hashes of 64 bits that differ in at most 3 bits agree in at least one of four bands of 16 bits
// (Manku, Jain, Das Sarma, Detecting Near-Duplicates for Web Crawling, WWW 2007), so equal bands find every candidate.

/** Most bits in which the prints of near texts differ. */
export const nearBits = 3;

/** The four bands of a hash of 16 hex digits, from the left. */
export function bandsOf(simhash: string): [number, number, number, number] {
  if (!/^[0-9a-f]{16}$/i.test(simhash)) throw new RangeError(`no SimHash of 16 hex digits: ${simhash}`);
  const band = (index: number) => Number.parseInt(simhash.slice(4 * index, 4 * index + 4), 16);
  return [band(0), band(1), band(2), band(3)];
}

/** In how many bits two hashes of 16 hex digits differ. */
export function bitsApart(one: string, other: string): number {
  const others = bandsOf(other);
  return bandsOf(one).reduce((sum, band, index) => sum + ones(band ^ others[index]!), 0);
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
