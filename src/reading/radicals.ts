// Radicals to the characters that look like them. Printers of PDF write ⽣ (U+2F63, a radical) for 生, and what is copied from there into a
// page keeps it: no word with one is found, and no reader sees why.

/** Unicode 15.0, CJK Radicals Supplement: the signs that stand for one whole character of simplified or traditional script. */
const supplement = new Map(
  (
    '⺎兀⺏尣⺒巳⺓幺⺔彑⺛旡⺝月⺟母⺠民⺣灬⺤爫⺥爫⺦丬⺩王⺪疋⺫罒⺬示⺭礻⺲罒⺹耂⺻聿⺼月⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝' +
    '⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟'
  )
    .match(/../gu)!
    .map((pair) => [pair[0]!, pair[1]!] as const),
);
const radicals = /[\u2e80-\u2fd5]/g;

/** Whether a text holds signs of the two radical blocks. */
export const hasRadicals = (text: string): boolean => text.search(radicals) >= 0;

/** A text with characters for radicals; the length stays. Kangxi radicals have their characters from Unicode itself (NFKC). */
export const withoutRadicals = (text: string): string =>
  text.replace(radicals, (sign) => supplement.get(sign) ?? sign.normalize('NFKC'));
