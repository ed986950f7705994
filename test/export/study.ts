// A corpus of two invented counties with texts that are hard on files, for the tests of exports.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Corpus } from '../../db/corpus.js';
import { openCorpus } from '../../db/open.js';
import type { Figure } from '../../src/model/record.js';
import { citationOf, figureOf, fileOf, practiceOf } from '../conformance/samples.js';
import { entryOf, nothing } from '../conformance/study.js';
import { documentOf } from '../helpers/document.js';

/** Sentences with what breaks files: formulas, quotes, line breaks, markup, control characters, names of object properties. */
export const hardSentences = [
  '=HYPERLINK("http://evil.example","看")',
  '学校"12所",其中\n新建2所',
  '<script>alert(1)</script>&amp;',
  '有\u0007响铃与\u202e反转',
  'constructor',
];

export interface ExportStudy {
  folder: string;
  database: string;
  corpus: Corpus;
  remove(): Promise<void>;
}

const school: Partial<Figure> = { indicator: 'school_count', stage: 'primary', accrual: 'stock' };

/** County 990101 counts its schools in five sentences and two years, and reports a practice; 990102 tells of none of it. */
export async function makeExportStudy(): Promise<ExportStudy> {
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-export-'));
  const database = join(folder, 'corpus.sqlite');
  const corpus = await openCorpus(database, { create: true });
  const store = async (text: string, url: string, place: string, records: (id: number) => object) => {
    const { snapshotId } = await corpus.keepFile(fileOf(text, { url, place }));
    const document = documentOf(text, {
      title: `-1+1 ${place}年报`,
      publisher: '示例县教育局',
      documentNumber: '示教〔2024〕1号',
      publishedIso: '2024-03-01',
      signedIso: '2024-02-28',
    });
    return corpus.storeDocument(entryOf(snapshotId, document), (id) => ({ ...nothing, place, ...records(id) }));
  };
  await store('one', 'http://one.example/a?x=1&y=2', '990101', (id) => ({
    figures: [
      ...hardSentences.map((sentence, index) =>
        figureOf(id, index + 1, {
          ...school,
          sentence,
          value: 12 + index,
          period: { from: `${2019 + index}`, to: `${2019 + index}` },
        }),
      ),
      figureOf(id, 6, { ...school, value: 30, status: 'target', period: { from: '2025', to: '2025' } }),
      figureOf(id, 7, { indicator: 'no_such', subject: '树木' }),
    ],
    practices: [practiceOf(id, 1, { practice: 'teacher_rotation', figures: [`${id}-001`] })],
    citations: [citationOf(id)],
  }));
  await store('two', '/files/two.txt', '990102', () => ({}));
  return {
    folder,
    database,
    corpus,
    remove: async () => {
      await corpus.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Rows of a CSV text as RFC 4180 reads them: a second reader, which shares nothing with the writer. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quoted && character === '"' && text[at + 1] === '"') {
      field += '"';
      at += 1;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ',') {
      rows.at(-1)!.push(field);
      field = '';
    } else if (!quoted && character === '\r' && text[at + 1] === '\n') {
      rows.at(-1)!.push(field);
      field = '';
      rows.push([]);
      at += 1;
    } else field += character;
  }
  rows.pop();
  return rows;
}

/** CSV as one object a row. */
export function csvObjects(text: string): Record<string, string>[] {
  const [head = [], ...rows] = parseCsv(text.replace(/^\ufeff/, ''));
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
}
