// What strangers may write into a page, an address, a name or a codebook, and a corpus in which it stands in every field.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Corpus } from '../../db/corpus.js';
import { openCorpus } from '../../db/open.js';
import type { StoredFigure } from '../../src/model/cell.js';
import { citationOf, figureOf, fileOf, practiceOf, sha256 } from '../conformance/samples.js';
import { entryOf, nothing } from '../conformance/study.js';
import { documentOf } from '../helpers/document.js';

/** Each begins with what does harm where it comes first (a formula), and carries a letter by which it is found again. */
export const payloads = {
  markup: '<script>alert("毒甲")</script><img src=x onerror=alert(1)>',
  attribute: '"><svg onload=alert(\'毒乙\')>" autofocus onfocus=alert(1) x="',
  escape: '毒丙\u001b]0;title\u0007\u001b[2J\u001b[31;8mhidden\u009b31m\u0000',
  direction: '毒丁\u202e\u2066txt.exe\u2069\u061c\u200f',
  formula: '=HYPERLINK("http://evil.example","毒戊")',
  command: "@SUM(1+1)*cmd|' /C calc'!A0毒己",
  wide: '＝1+1毒庚',
  sql: "毒辛'; drop table figure; --",
  path: '../../../../tmp/毒壬\\..\\..\\evil',
  header: '毒癸\r\nX-Evil: 1\r\n\r\n<b>body</b>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a stranger's, not ours
  template: '毒子${process.exit(1)}{{7*7}}%s%n__proto__',
} as const;
export const payloadNames = Object.keys(payloads) as (keyof typeof payloads)[];
/** The letter by which a payload is known. */
export const markOf = (payload: string): string => /毒./.exec(payload)![0];

/** Controls and marks of direction; line feed and tab may stand. */
export const active = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

export interface HostileStudy {
  folder: string;
  database: string;
  codebook: string;
  corpus: Corpus;
  remove(): Promise<void>;
}

/** A codebook whose labels are hostile too. */
const codebookText = `id: hostile
zh: ${JSON.stringify(payloads.markup)}
en: ${JSON.stringify(payloads.attribute)}
indicators:
  - id: school_count
    zh: ${JSON.stringify(`学校数${payloads.markup}`)}
    en: ${JSON.stringify(`schools${payloads.attribute}`)}
    definition: ${JSON.stringify(`${payloads.markup}${payloads.sql}${payloads.template}`)}
    dimension: count
    unit: 所
    stages: [all]
    wordings:
      - 学校
practices:
  - id: shared_teachers
    zh: ${JSON.stringify(`交流${payloads.markup}`)}
    en: ${JSON.stringify(`rotation${payloads.attribute}`)}
    definition: ${JSON.stringify(payloads.markup)}
    theme: ${JSON.stringify(`teachers${payloads.markup}`)}
    wordings:
      - 教师交流
`;

/** One document a payload, which stands in each of its texts, its address and its records. */
export async function makeHostileStudy(): Promise<HostileStudy> {
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-hostile-'));
  const database = join(folder, 'corpus.sqlite');
  const codebook = join(folder, 'hostile.yaml');
  writeFileSync(codebook, codebookText);
  const corpus = await openCorpus(database, { create: true });
  for (const [index, name] of payloadNames.entries()) await store(corpus, payloads[name], index);
  await corpus.keepExchange(exchangeOf(), sha256('<p>甲</p>'));
  for (const { id } of await figuresOf(corpus))
    await corpus.decide({
      figure: id,
      action: 'correct',
      reviewer: payloads.escape,
      decidedAt: '2026-03-01T08:00:00.000Z',
      reason: `${payloads.markup}${payloads.escape}`,
      correction: { value: 13 },
    });
  return {
    folder,
    database,
    codebook,
    corpus,
    remove: async () => {
      await corpus.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const figuresOf = (corpus: Corpus): Promise<StoredFigure[]> => corpus.figures({ withIndicator: false });

async function store(corpus: Corpus, payload: string, index: number): Promise<void> {
  const url = `http://one.example/${index}/${payload}`;
  const file = fileOf(`${markOf(payload)} ${index}`, { url, contentType: payload });
  const { snapshotId } = await corpus.keepFile(file);
  const sentence = `${payload}全县新建学校12所,教师交流。`;
  const document = documentOf(`${sentence}\n${index}`, {
    title: payload,
    publisher: payload,
    source: payload,
    author: payload,
    documentNumber: payload,
    indexNumber: payload,
    publishedIso: '2024-03-01',
    notes: [{ code: 'tables', message: payload }] as never,
    attachments: [{ url: `http://one.example/${payload}.pdf`, name: payload }] as never,
  });
  const place = index % 2 === 0 ? '990101' : '990102';
  const textStart = sentence.indexOf('12所');
  const period = { from: String(2010 + index), to: String(2010 + index) };
  await corpus.storeDocument(entryOf(snapshotId, document), (id) => ({
    ...nothing,
    place,
    placeReason: payload,
    figures: [
      figureOf(id, 1, {
        place,
        indicator: 'school_count',
        sentence,
        subject: payload,
        action: payload,
        whole: payload,
        period,
        period_text: payload,
        rules: [payload],
        textStart,
        textEnd: textStart + 3,
        start: textStart,
        end: textStart + 3,
      }),
      figureOf(id, 2, { place, indicator: 'no_such', quote: payload, sentence: payload, subject: payload, period }),
    ],
    practices: [practiceOf(id, 1, { place, quote: payload, sentence: payload, rules: [payload] })],
    citations: [
      citationOf(id, { title: payload, number: payload, issuer: payload, quote: payload, sentence: payload }),
    ],
  }));
}

/** An answer whose headers, link words and settings try to end their line. */
const exchangeOf = () => ({
  kind: 'article' as const,
  url: 'http://one.example/x?毒丑\r\nX-Evil: 1',
  form: '',
  finalUrl: 'http://one.example/x?毒丑\r\nX-Evil: 1',
  fetchedAt: '2026-03-01T08:00:00.000Z',
  status: 200,
  contentType: 'text/html',
  headers: { 'content-type': 'text/html\r\nX-Evil: 2', 'x\r\nX-Evil: 3': 'a', 'x-kept': 'b\r\n\r\nX-Evil: 4' },
  bytes: Buffer.from('<p>甲</p>'),
  place: '990101',
  anchor: payloads.header,
  listed: payloads.header,
  referrer: `http://one.example/${payloads.header}`,
  settings: { robots: payloads.header },
});
