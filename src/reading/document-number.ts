// 文号: an office's short name, a year in brackets, a number. Written with any bracket, normalised to 〔〕.

const pattern =
  /(?<office>[\p{Script=Han}A-Za-z]{2,16}?)\s*(?:字\s*)?[〔[(【﹝［（{〈《]\s*(?<year>(?:19|20)\d{2})\s*(?:年)?\s*[〕\])】﹞］）}〉》]\s*(?:第\s*)?(?<number>\d{1,5})\s*号/u;

/** The first document number in a folded text, normalised, or null. */
export function documentNumberOf(folded: string): string | null {
  const match = pattern.exec(folded);
  if (!match) return null;
  const { office, year, number } = match.groups!;
  const character = /字\s*[〔[(【﹝{〈《]/.test(match[0]) && !office!.endsWith('字') ? '字' : '';
  return `${office}${character}〔${year}〕${number}号`;
}
