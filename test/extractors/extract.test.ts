import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileCodebook, extract, loadCodebook } from '../../extractors/index.js';
import { documentOf } from '../helpers/document.js';

const education = compileCodebook(loadCodebook());

/** Pieces of which policy texts are made, good and broken. */
const pieces = fc.constantFrom(
  '新增学位',
  '教育集团',
  '乳山市',
  '威海市',
  '鼓楼区',
  '全市',
  '我县',
  '《',
  '》',
  '通知',
  '甲政发',
  '〔',
  '2019',
  '〕',
  '12',
  '号',
  '(',
  ')',
  '300个',
  '5.2亿元',
  '30%',
  '、',
  ',',
  '。',
  ';',
  '\n',
  '# ',
  '试点',
  '将',
  '“',
  '”',
  '获评',
  '小学',
  '初中',
  '分别为',
  '其中',
  ' ',
  '\u3000',
  '\u0000',
  '😀',
);

it('takes any text, and quotes only what stands in it', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), fc.array(pieces, { maxLength: 8 }), (words, title) => {
      const document = documentOf(words.join(''), { title: title.join('') });
      const { figures, practices, citations, placeReason } = extract(document, education, 'x');
      expect(placeReason).not.toBe('');
      for (const record of [...figures, ...practices, ...citations]) {
        expect(record.quote).toBe(document.text.slice(record.textStart, record.textEnd));
        expect(record.quote.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150 },
  );
});

it('gives the same records for the same document', () => {
  const document = documentOf('## 办学\n乳山市组建教育集团9个,新增学位3300个。按照《课后服务办法》执行。', {
    title: '乳山市教育工作',
  });
  expect(extract(document, education, 'x')).toEqual(extract(document, education, 'x'));
});

it('numbers the records of a document by its name', () => {
  const { figures, practices, citations, place } = extract(
    documentOf('乳山市组建教育集团9个。按照《课后服务办法》执行。', { title: '乳山市教育工作' }),
    education,
    '17',
  );
  expect(place).toBe('371083');
  expect(figures[0]).toMatchObject({ id: '17-001', place: '371083', indicator: 'education_groups' });
  expect(practices[0]).toMatchObject({ id: '17-p01', place: '371083', figures: ['17-001'] });
  expect(citations[0]).toMatchObject({ id: '17-c01' });
});

it('takes an empty document', () => {
  expect(extract(documentOf(''), education, 'x')).toMatchObject({ figures: [], practices: [], citations: [] });
});
