// The words of a figure's quote by what they do: qualifiers before, the number, the unit behind it. For showing only; what they mean was
// decided by the rules.

export type QuotePart = { kind: 'qualifier' | 'numeral' | 'unit'; text: string };

/** Digits with their signs, or Chinese numerals; a scale word behind digits belongs to the number. */
const numeral =
  /[-−]?[\d０-９][\d０-９,，.．:：/]*(?:[\d０-９])?[十百千万亿]*|[〇零○一二三四五六七八九十百千万亿两几数]+(?:点[〇零一二三四五六七八九]+)?/gu;

/** Splits a quote. All parts together are the quote. */
export function partsOfQuote(quote: string): QuotePart[] {
  const parts: QuotePart[] = [];
  let at = 0;
  for (const match of quote.matchAll(numeral)) {
    if (match.index > at) parts.push({ kind: at === 0 ? 'qualifier' : 'unit', text: quote.slice(at, match.index) });
    parts.push({ kind: 'numeral', text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < quote.length) parts.push({ kind: at === 0 ? 'qualifier' : 'unit', text: quote.slice(at) });
  return parts;
}
