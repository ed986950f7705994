// Documents of our own for the audit: a text in which {name:quote} marks the figures, with fields given by name. What a number's
// words say (value, unit, bound, dimension) is read from its quote.
import type { AuditDocument } from '../../../src/compare/audit/index.js';
import type { StoredFigure } from '../../../src/model/cell.js';
import { figure } from '../figure.js';

/** Fields of a figure; `whole` and `of` name other figures of the text. */
type Fields = Partial<StoredFigure>;

export function invented(
  marked: string,
  fields: Record<string, Fields> = {},
  about: Partial<AuditDocument> = {},
): AuditDocument {
  const id = about.id ?? 1;
  const names = new Map<string, string>();
  const figures: StoredFigure[] = [];
  let text = '';
  let rest = marked;
  for (let found = mark.exec(rest); found; found = mark.exec(rest)) {
    const [whole, name, quote] = found as unknown as [string, string, string];
    text += rest.slice(0, found.index);
    names.set(name, `${id}-${String(figures.length + 1).padStart(3, '0')}`);
    figures.push(
      figure({
        ...readQuote(quote),
        quote,
        id: names.get(name)!,
        documentId: id,
        indicator: null,
        accrual: 'stock',
        subject: name,
        textStart: text.length,
        textEnd: text.length + quote.length,
        ...fields[name],
      }),
    );
    text += quote;
    rest = rest.slice(found.index + whole.length);
  }
  text += rest;
  const linked = figures.map((each) => ({
    ...each,
    whole: each.whole === null ? null : names.get(each.whole)!,
    of: each.of === null ? null : names.get(each.of)!,
    sentence: sentenceAround(text, each),
  }));
  return { id, place: '990101', title: null, text, published: '2024-03-15', signed: null, ...about, figures: linked };
}

const mark = /\{([^:{}]+):([^{}]+)\}/;

function sentenceAround(text: string, { textStart, textEnd }: StoredFigure): string {
  const start = Math.max(text.lastIndexOf('。', textStart - 1), text.lastIndexOf('\n', textStart - 1)) + 1;
  const ends = [text.indexOf('。', textEnd), text.indexOf('\n', textEnd)].filter((end) => end >= 0);
  return text.slice(start, ends.length > 0 ? Math.min(...ends) + 1 : text.length);
}

const small: Record<string, number> = { 两: 2, 三: 3, 四: 4, 五: 5 };

function readQuote(quote: string): Fields {
  const digits = /\d+(?:\.\d+)?/.exec(quote)?.[0];
  const number = digits === undefined ? (small[quote[0]!] ?? Number.NaN) : Number(digits);
  const scale = /\d[余多]?亿/.test(quote) ? 1e8 : /\d[余多]?万/.test(quote) ? 1e4 : 1;
  const word = quote.replace(/^[近约]|不足|不低于/, '').replace(/^[\d.两三四五]+[余多]?[亿万]?[余多]?/, '');
  const bound = /[余多]/.test(quote)
    ? 'over'
    : /^近|不足/.test(quote)
      ? 'under'
      : /以上|不低于/.test(quote)
        ? 'at_least'
        : /约|左右/.test(quote)
          ? 'about'
          : 'exact';
  const unit = word.replace(/[余多]|以上|左右/g, '');
  if (unit === '%') return { dimension: 'ratio', value: Number((number / 100).toPrecision(12)), unit: '1', bound };
  if (unit === '倍') return { dimension: 'multiple', value: number, unit: '1', bound };
  if (unit === '元') return { dimension: 'money', value: number * scale, unit: 'CNY', bound };
  return { dimension: unit === '' ? 'coefficient' : 'count', value: number * scale, unit: unit || '1', bound };
}
