// Properties of figure extraction that hold for any text: numerals are read back, offsets quote the text, paragraphs are
// independent of each other, nothing throws, and the time grows with the length.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractFigures } from '../../../extractors/figures/index.js';
import { readNumbers } from '../../../extractors/rules/quantities.js';
import type { Figure } from '../../../src/model/record.js';
import { documentOf } from './document.js';
import { capitalNumeral, characterNumeral, fullWidth } from './numerals.js';

const figuresOf = (text: string): Figure[] => extractFigures(documentOf(text), 'd');

/** The only figure of `text`, by value and quote. */
function only(text: string): { value: number; quote: string; count: number } {
  const found = figuresOf(text);
  return { value: found[0]?.value ?? Number.NaN, quote: found[0]?.quote ?? '', count: found.length };
}

const amount = fc.integer({ min: 2, max: 999_999_999_999 });
const scales = fc.constantFrom(['', 0], ['万', 4], ['亿', 8]) as fc.Arbitrary<[string, number]>;

describe('a numeral that was written is read back', () => {
  it('in digits, with decimals and scale', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 0, max: 3 }),
        scales,
        (n, decimals, [scale, power]) => {
          const words = (n / 10 ** decimals).toFixed(decimals);
          const { value, quote, count } = only(`投入资金${words}${scale}元`);
          expect({ value, quote, count }).toEqual({
            value: Number(`${words}e${power}`),
            quote: `${words}${scale}元`,
            count: 1,
          });
        },
      ),
    );
  });

  it('in digits with thousands separators, half and full width', () => {
    fc.assert(
      fc.property(amount, fc.boolean(), (n, wide) => {
        const words = n.toLocaleString('en-US');
        const { value, count } = only(`投入资金${wide ? fullWidth(words) : words}元`);
        expect({ value, count }).toEqual({ value: n, count: 1 });
      }),
    );
  });

  it('in characters, ordinary and capital', () => {
    fc.assert(
      fc.property(amount, (n) => {
        for (const words of [characterNumeral(n), capitalNumeral(n)]) {
          const { value, quote, count } = only(`投入资金${words}元`);
          expect({ words, value, quote, count }).toEqual({ words, value: n, quote: `${words}元`, count: 1 });
        }
      }),
    );
  });

  it('as a count, whatever measure word and qualifier stand around it', () => {
    const words = fc.constantFrom('名', '所', '个', '套', '人次', '册', '台');
    const before = fc.constantFrom(
      ['', 'exact'],
      ['约', 'about'],
      ['近', 'under'],
      ['超过', 'over'],
      ['不少于', 'at_least'],
    );
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9_999_999 }), words, before, (n, word, [prefix, bound]) => {
        const [figure, ...rest] = figuresOf(`共计${prefix}${n}${word}`);
        expect(rest).toEqual([]);
        expect(figure).toMatchObject({ value: n, unit: word, bound, quote: `${prefix}${n}${word}` });
      }),
    );
  });

  it('as a share, in signs and in words', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), (n) => {
        const words = (n / 100).toFixed(2);
        expect(only(`占比${words}%`).value).toBe(Number(`${words}e-2`));
        expect(only(`占比百分之${words}`).value).toBe(Number(`${words}e-2`));
      }),
    );
  });

  it('as a range whose ends share scale and unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 500 }),
        scales,
        (low, more, [scale, power]) => {
          const [figure, ...rest] = figuresOf(`每校补助${low}至${low + more}${scale}元`);
          expect(rest).toEqual([]);
          expect([figure?.value, figure?.value_max]).toEqual([low * 10 ** power, (low + more) * 10 ** power]);
        },
      ),
    );
  });
});

/** Text as it comes, dense in what the grammar looks at. */
const pieces = fc.constantFrom(
  ...[
    '投入',
    '新增',
    '学校',
    '小学、初中',
    '分别为',
    '每生每年',
    '其中',
    '占',
    '近',
    '约',
    '以上',
    '余',
    '万',
    '亿',
    '元',
    '所',
    '名',
    '%',
    '个百分点',
  ],
  ...[
    '一',
    '两',
    '三',
    '十',
    '百',
    '千',
    '零',
    '半',
    '数',
    '几',
    '分之',
    '点',
    '成',
    '倍',
    '翻',
    '番',
    '第',
    '年',
    '月',
    '日',
    '号',
    '级',
    '班',
  ],
  ...[
    '0',
    '1',
    '2017',
    '45',
    '3.6',
    '1,200',
    '：',
    ':',
    '-',
    '至',
    '、',
    '，',
    '。',
    '；',
    '(',
    ')',
    '《',
    '》',
    '“',
    '”',
    '\n',
    ' ',
    'A',
    '/',
    '·',
    '+',
  ],
);
const dense = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''));
const anyText = fc.oneof(
  dense,
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);

describe('any text', () => {
  it('is read without throwing, in order, and every offset quotes it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const figure of figuresOf(text)) {
          expect(text.slice(figure.textStart, figure.textEnd)).toBe(figure.quote);
          expect(text.slice(figure.start, figure.end)).toBe(figure.quote);
          expect(figure.textStart).toBeGreaterThanOrEqual(last);
          expect(figure.textEnd).toBeGreaterThan(figure.textStart);
          expect(text).toContain(figure.sentence);
          expect(Number.isFinite(figure.value)).toBe(true);
          last = figure.textEnd;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the same figures twice', () => {
    fc.assert(
      fc.property(dense, (text) => {
        expect(figuresOf(text)).toEqual(figuresOf(text));
      }),
      { numRuns: 50 },
    );
  });

  it('gives, joined to another by a blank line, the figures of both', () => {
    const bare = (
      { id: _, start, end, textStart, textEnd, whole, of, ...rest }: Figure,
      by: number,
      first: number,
    ) => ({
      ...rest,
      span: [start - by, end - by, textStart - by, textEnd - by],
      links: [whole, of].map((id) => (id === undefined ? null : Number(id.slice(2)) - first)),
    });
    fc.assert(
      fc.property(dense, dense, (left, right) => {
        const one = figuresOf(left);
        const two = figuresOf(right);
        const both = figuresOf(`${left}\n\n${right}`);
        const apart = [...one.map((f) => bare(f, 0, 0)), ...two.map((f) => bare(f, 0, 0))];
        const joined = both.map((f, i) => (i < one.length ? bare(f, 0, 0) : bare(f, left.length + 2, one.length)));
        expect(joined).toEqual(apart);
      }),
      { numRuns: 500, examples: [['', '成万日']] },
    );
  });
});

/** Processor time in milliseconds, the lesser of two runs; other processes do not count. */
function time(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 2; i++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

describe('bad input ends in linear time', () => {
  const hostile: Record<string, (n: number) => string> = {
    digits: (n) => '7'.repeat(n),
    'numerals in characters': (n) => '一千'.repeat(n / 2),
    'lone surrogates': (n) => '\ud83d5'.repeat(n / 2),
    'open brackets': (n) => '(3所'.repeat(n / 3),
    'nested brackets': (n) => `${'(3所'.repeat(n / 4)}${')'.repeat(n / 4)}`,
    'no punctuation': (n) => '新建学校3所改造校舍'.repeat(n / 9),
    'open quotations': (n) => '“3所《2名'.repeat(n / 6),
    'a list without end': (n) => '3、'.repeat(n / 2),
    'ranges without end': (n) => '3-'.repeat(n / 2),
    其中: (n) => '其中3所占2%,'.repeat(n / 8),
    每: (n) => '每3'.repeat(n / 2),
    years: (n) => '2017年'.repeat(n / 5),
    blanks: (n) => ' '.repeat(n),
    points: (n) => '1.'.repeat(n / 2),
    'item marks': (n) => '一是3所。'.repeat(n / 5),
    'lines with figures': (n) => '新增3所\n'.repeat(n / 5),
  };
  for (const [name, make] of Object.entries(hostile)) {
    it(name, () => {
      const short = make(3_000);
      const long = make(30_000);
      expect(short.length).toBeGreaterThan(2_000);
      // Ten short texts are as much work as one that is ten times as long; squared work would be ten times more, each time.
      const factor = () => {
        const parts = time(() => {
          for (let i = 0; i < 10; i++) figuresOf(short);
        });
        return time(() => figuresOf(long)) / Math.max(parts, 20);
      };
      let least = factor();
      for (let again = 0; again < 4 && least >= 4; again++) least = Math.min(least, factor());
      expect(least).toBeLessThan(4);
    });
  }

  it('a million digits', () => {
    const begun = process.cpuUsage();
    expect(readNumbers('9'.repeat(1_000_000)).candidates).toEqual([]);
    expect(figuresOf(`${'9'.repeat(1_000_000)}所`)).toEqual([]);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(8000);
  });
});
