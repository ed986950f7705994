// Digits in groups of three: 1,045 and 3 200, with commas or spaces of any width between.

/** A digit, half or full width. */
export function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 0x30 && code <= 0x39) || (code >= 0xff10 && code <= 0xff19);
}

/** `,200` with exactly three digits. */
export function isThousandsGroup(text: string, at: number): boolean {
  const mark = text[at];
  return (
    (mark === ',' || mark === '，') &&
    isDigit(text, at + 1) &&
    isDigit(text, at + 2) &&
    isDigit(text, at + 3) &&
    !isDigit(text, at + 4)
  );
}

const groupSpaces = ' \u00a0\u2005\u2006\u2009\u202f';

/** ` 200` with exactly three digits. */
export const isSpacedGroup = (text: string, at: number): boolean =>
  groupSpaces.includes(text[at] ?? '\n') &&
  isDigit(text, at + 1) &&
  isDigit(text, at + 2) &&
  isDigit(text, at + 3) &&
  !isDigit(text, at + 4);

/**
 * 3 200余万元, 1 865名: thousands parted by spaces, as ISO 80000-1 has it. Only before what is counted and not in a row of numbers
 * (35 120 80), where each stands for itself, nor behind the number of a table or figure (表1 200所学校).
 */
export function hasSpacedGroups(text: string, start: number, firstEnd: number): boolean {
  let end = firstEnd;
  while (isSpacedGroup(text, end)) end += 4;
  if (end === firstEnd || /[\d.,，][ \u00a0]*$|[图表第件注]\s?$/.test(text.slice(Math.max(0, start - 4), start)))
    return false;
  const rest = text.slice(end, end + 3);
  return /^(?:\.\d|[ \u00a0\u2009]?[\u4e00-\u9fa5㎡%％])/.test(rest) && !/^[ \u00a0]?[年月日至到和与、]/.test(rest);
}
