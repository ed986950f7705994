// Names that 分别 or 依次 pairs with a list of numbers: 教师、学生分别为120人、2400人.

/** A name with where it begins in the words that were split. */
export interface PairedName {
  words: string;
  at: number;
}

const bracketed = /[(（][^()（）]*[)）]/g;
const together = /等?(?:[一二三四五六七八九十两]+|\d+)(?:项|个|类)(?:指标|数据|内容|经费)?$/;

/** Parts two names; a measure counted per something begins anew (每百名学生拥有体育、艺术教师数、生均用房面积). */
const splits = [/[、和与]|及(?!以[上下]|格率?|时)/, /[、和与及](?=每|[生人班校师园]均)/];

/**
 * The `count` names before 分别 or 依次 in `words` (a clause up to its first number), in order; null where there are not as many.
 * Brackets are left out of names.
 */
export function pairedNames(words: string, count: number): PairedName[] | null {
  const paired = /^(.*?)(?:分别|依次)/s.exec(words)?.[1];
  if (paired === undefined || count < 2) return null;
  const plain = paired.replace(bracketed, (bracket) => ' '.repeat(bracket.length)).replace(together, '');
  for (const mark of splits) {
    const names: PairedName[] = [];
    let at = 0;
    for (const part of plain.split(mark)) {
      names.push({ words: part.replace(/ +/g, ''), at });
      at += part.length + 1;
    }
    if (names.length === count && names.every((name) => name.words !== '')) return names;
  }
  return null;
}

/** 初中上述五项指标分别为: the names are those of the list before. */
export const asListedAbove = (words: string): boolean =>
  /(?:上述|以上|前述|该|这)(?:[一二三四五六七八九十两]+|\d+)?(?:项|个)?指标[^,，。]{0,4}$/.test(
    /^(.*?)(?:分别|依次)/s.exec(words)?.[1] ?? '',
  );
