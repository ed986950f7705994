// xianjian show: one record with everything that proves it: its sentence, its document, when it was fetched, the rules that made it. Of
// a document, also what it says otherwise than the version of its page before it.
import stringWidth from 'string-width';
import type { Corpus, Evidence } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { type Codebook, loadCodebook, sayWhy } from '../../../extractors/index.js';
import { actionWords, writeCorrection } from '../../compare/review-wording.js';
import { stageWords, statusWords, writeValue } from '../../compare/wording.js';
import { countyOf } from '../../corpus.js';
import { termOf } from '../../export/words.js';
import { UsageError } from '../../model/errors.js';
import { type Language, wordTable } from '../../model/language.js';
import type { Citation, Figure, Practice } from '../../model/record.js';
import type { Decision } from '../../model/review.js';
import { changesInVersion, type VersionChanges } from '../../over-time.js';
import { changeTable } from '../change-table.js';
import { type Command, codebookOption, databaseOption } from '../command.js';
import { noteLine } from '../crawl-words.js';
import { harmless, type Output } from '../output.js';
import { practiceWords } from './practices.js';

export const showCommand: Command = {
  name: 'show',
  arguments: '<id>',
  summary: {
    en: 'Print one record (17-001, 17-p01, 17-c01) or document (17) with its sentence, source and rules; of a changed page, what changed.',
    zh: '显示一条记录（17-001、17-p01、17-c01）或一份文件（17）的原句、出处和规则；网页改过的，列出改了什么。',
  },
  options: [
    databaseOption,
    codebookOption,
    { flags: '--json', about: { en: 'everything as one JSON object', zh: '全部内容，一个 JSON 对象' } },
  ],
  examples: ['xianjian show 17-001', 'xianjian show 17'],
  async run({ arguments: [id = ''], options }, out) {
    const corpus = await openCorpus(String(options.db), { readOnly: true });
    try {
      if (/^\d+$/.test(id)) await showDocument(corpus, Number(id), options, out);
      else await showRecord(corpus, id, options.json === true, out);
      return 0;
    } finally {
      await corpus.close();
    }
  },
};

async function showRecord(corpus: Corpus, id: string, json: boolean, out: Output): Promise<void> {
  const evidence = await corpus.evidence(id);
  if (!evidence) throw await unknownId(corpus, id);
  if (json) out.data(`${JSON.stringify(evidence, null, 2)}\n`);
  else out.data(`${linesOf(evidence, out).join('\n')}\n`);
}

async function unknownId(corpus: Corpus, id: string): Promise<UsageError> {
  const near = await corpus.idsLike(id);
  return new UsageError(
    'E_NO_RECORD',
    { en: `the corpus ${corpus.address} has no record "${id}"`, zh: `语料库 ${corpus.address} 里没有记录“${id}”` },
    near.length > 0
      ? { en: `Did you mean ${near.join(', ')}?`, zh: `是不是想写 ${near.join('、')}？` }
      : { en: 'The ids stand in the cells of `xianjian compare`.', zh: '编号写在 xianjian compare 的格子里。' },
  );
}

/** Labels in Chinese, as the pages have them; in English they are their own names. */
const labels: Readonly<Record<string, string>> = {
  document: '文件',
  publisher: '发布机构',
  number: '文号',
  published: '发布日期',
  signed: '成文日期',
  page: '网址',
  fetched: '采集时间',
  'read as': '读法',
  'place in page': '原文位置',
  review: '人工审核',
  'repeated by': '同文另见',
  practice: '做法',
  county: '县区',
  figures: '所含的数',
  rules: '规则',
  cites: '引用文件',
  issuer: '发文机关',
  figure: '数',
  value: '值',
  subject: '对象',
  action: '动作',
  indicator: '指标',
  stage: '学段',
  period: '时期',
  status: '实/标',
  'part of': '所属总数',
  'share of': '基数',
  genre: '文种',
  repeats: '同文',
  'attached to': '附于文件',
  newer: '新版文件',
  version: '版本',
  changed: '改动',
  note: '说明',
};

/** Writes a label and its value in line; nothing where there is no value. */
type Line = (label: string, value: string | number | null | undefined) => string[];

const lineIn =
  (language: Language): Line =>
  (label, value) => {
    if (value === null || value === undefined || value === '') return [];
    const name = `${(language === 'zh' ? labels[label] : undefined) ?? label}:`;
    return [`${name}${' '.repeat(Math.max(0, 13 - stringWidth(name)))} ${harmless(String(value))}`];
  };

const showWords = wordTable(
  {
    untitled: '（无标题）',
    to: (from: string, to: string) => `${from} 至 ${to}`,
    place: (start: number, end: number) => `解码后原文第 ${start}–${end} 字`,
    by: (action: string, reviewer: string, date: string) => `${action}，${reviewer}，${date}`,
    takenBack: (by: string) => `已由 ${by} 撤销`,
    mended: (mends: number, unmended: number) => `，修复 ${mends} 处，残缺 ${unmended} 处`,
    noIndicator: '编码表中没有对应的指标',
    open: '未定',
    counts: (added: number, gone: number, figures: number) =>
      `新增 ${added} 行，删去 ${gone} 行；有变化的数 ${figures} 个`,
    version: (version: number, versions: number, before: number) =>
      `读过 ${versions} 个版本，这是第 ${version} 个；上一个是文件 ${before}`,
  },
  {
    untitled: '(no title)',
    to: (from: string, to: string) => `${from} to ${to}`,
    place: (start: number, end: number) => `characters ${start} to ${end} of the decoded page`,
    by: (action: string, reviewer: string, date: string) => `${action} by ${reviewer}, ${date}`,
    takenBack: (by: string) => `taken back by ${by}`,
    mended: (mends: number, unmended: number) => `, ${mends} mends, ${unmended} damaged places left`,
    noIndicator: 'none of the codebook',
    open: 'open',
    counts: (added: number, gone: number, figures: number) =>
      `lines new ${added}, gone ${gone}; figures that differ ${figures}`,
    version: (version: number, versions: number, before: number) =>
      `${version} of ${versions} that were read; the one before is document ${before}`,
  },
);

function linesOf(evidence: Evidence, { language, colour }: Output): string[] {
  const { record, document } = evidence;
  const line = lineIn(language);
  const words = showWords[language];
  return [
    ...recordLines(evidence, language),
    '',
    `  ${marked(harmless(record.sentence), harmless(record.quote), colour)}`,
    '',
    ...line('document', `${document.id} ${document.title ?? words.untitled}`),
    ...line('publisher', document.publisher),
    ...line('number', document.documentNumber),
    ...line('published', document.publishedIso),
    ...line('signed', document.signedIso),
    ...line('page', document.url),
    ...line('fetched', document.fetchedAt),
    ...line('sha256', document.sha256),
    ...line(
      'read as',
      `${document.format}, ${document.encoding}, ${termOf('script', document.script, language)}${mended(document, language)}`,
    ),
    ...line('place in page', words.place(record.start, record.end)),
    ...evidence.decisions.flatMap((decision) => line('review', decisionLine(decision, language))),
    ...evidence.repeatedBy.flatMap((repeat) => line('repeated by', `${repeat.id} ${repeat.url}`)),
  ];
}

/** Who, when, what and why; the record itself stays as the rules read it. */
const decisionLine = (
  { id, action, reviewer, decidedAt, reason, read, correction, undoneBy }: Decision,
  language: Language,
): string =>
  [
    `#${id} ${showWords[language].by(actionWords[language][action], reviewer, decidedAt.slice(0, 10))}`,
    ...(correction ? [writeCorrection(read, correction)] : []),
    ...(reason ? [reason] : []),
    ...(undoneBy ? [showWords[language].takenBack(undoneBy)] : []),
  ].join({ en: '; ', zh: '；' }[language]);

const mended = ({ mends, unmended }: Evidence['document'], language: Language): string =>
  mends + unmended === 0 ? '' : showWords[language].mended(mends, unmended);

function recordLines({ type, record }: Evidence, language: Language): string[] {
  const line = lineIn(language);
  if (type === 'figure') return figureLines(record as Figure, language);
  if (type === 'practice') {
    const practice = record as Practice;
    return [
      ...line('practice', `${practice.practice} (${practiceWords[language][practice.status]})`),
      ...line('county', placeName(practice.place, language)),
      ...line('figures', practice.figures.join(', ')),
      ...line('rules', practice.rules.join(' > ')),
    ];
  }
  const citation = record as Citation;
  return [...line('cites', citation.title), ...line('number', citation.number), ...line('issuer', citation.issuer)];
}

function figureLines(figure: Figure, language: Language): string[] {
  const line = lineIn(language);
  const words = showWords[language];
  const stored = { ...figure, valueMax: figure.value_max ?? null, per: figure.per ?? [] };
  const period = figure.period
    ? `${figure.period.from === figure.period.to ? figure.period.from : words.to(figure.period.from, figure.period.to)} (${figure.period_text ?? ''})`
    : null;
  return [
    ...line('figure', `${figure.id}  ${writeValue(stored)}`),
    ...line(
      'value',
      `${figure.value_max === undefined ? figure.value : words.to(String(figure.value), String(figure.value_max))} ${figure.unit}, ${termOf('bound', figure.bound, language)}`,
    ),
    ...line('subject', figure.subject),
    ...line('action', figure.action),
    ...line(
      'indicator',
      figure.indicator ? `${figure.indicator}: ${sayWhy(figure.indicator_reason ?? '', language)}` : words.noIndicator,
    ),
    ...line('county', placeName(figure.place, language)),
    ...line(
      'stage',
      [figure.stage ?? []]
        .flat()
        .map((stage) => stageWords[language][stage] || stage)
        .join(', '),
    ),
    ...line('period', period),
    ...line(
      'status',
      `${statusWords[language][figure.status]}${figure.accrual ? `, ${termOf('accrual', figure.accrual, language)}` : ''}`,
    ),
    ...line('part of', figure.whole),
    ...line('share of', figure.of),
    ...line('rules', figure.rules.join(' > ')),
  ];
}

const placeName = (code: string | undefined, language: Language): string =>
  code === undefined ? showWords[language].open : `${code} ${countyOf(code).name}`;

/** The sentence with the quote set apart. */
function marked(sentence: string, quote: string, colour: boolean): string {
  const at = sentence.indexOf(quote);
  if (at < 0 || quote === '') return sentence;
  const [open, close] = colour ? ['\x1b[1;4m', '\x1b[0m'] : ['【', '】'];
  return `${sentence.slice(0, at)}${open}${quote}${close}${sentence.slice(at + quote.length)}`;
}

async function showDocument(corpus: Corpus, id: number, options: Record<string, unknown>, out: Output): Promise<void> {
  const document = await corpus.document(id);
  if (!document) {
    throw new UsageError(
      'E_NO_DOCUMENT',
      { en: `the corpus ${corpus.address} has no document ${id}`, zh: `语料库 ${corpus.address} 里没有文件 ${id}` },
      {
        en: 'Document ids are the numbers before the hyphen of a record id.',
        zh: '文件编号就是记录编号中连字符之前的数字。',
      },
    );
  }
  const codebook = loadCodebook(String(options.codebook));
  const changes = await changesInVersion(corpus, document, codebook);
  if (options.json) {
    out.data(`${JSON.stringify({ ...document, changes }, null, 2)}\n`);
    return;
  }
  const { language } = out;
  const words = showWords[language];
  const line = lineIn(language);
  const lines = [
    ...line('document', `${document.id} ${document.title ?? words.untitled}`),
    ...line(
      'county',
      `${placeName(document.place ?? undefined, language)} (${sayWhy(document.placeReason, language)})`,
    ),
    ...line('publisher', document.publisher),
    ...line('number', document.documentNumber),
    ...line('published', document.publishedIso),
    ...line('signed', document.signedIso),
    ...line('genre', termOf('genre', document.genre, language)),
    ...line('page', document.url),
    ...line('fetched', document.fetchedAt),
    ...line('sha256', document.sha256),
    ...line(
      'read as',
      `${document.format}, ${document.encoding}, ${termOf('script', document.script, language)}${mended(document, language)}`,
    ),
    ...line('repeats', document.repeats),
    ...line('attached to', document.attachedTo),
    ...line('newer', document.supersededBy),
    ...(changes ? changeLines(changes, codebook, out) : []),
    ...document.notes.flatMap((note) => line('note', noteLine(note, language))),
    '',
    harmless(document.text),
  ];
  out.data(`${lines.join('\n')}\n`);
}

/** Lines and figures that differ from the version before; figures that stayed are not told. */
function changeLines(
  { version, versions, before, lines, changes }: VersionChanges,
  codebook: Codebook,
  out: Output,
): string[] {
  const other = changes.filter(({ kind }) => kind !== 'same');
  const gone = lines.filter(({ kind }) => kind === 'gone').length;
  const line = lineIn(out.language);
  const words = showWords[out.language];
  return [
    ...line('version', words.version(version, versions, before.id)),
    ...line('changed', words.counts(lines.length - gone, gone, other.length)),
    ...lines.map(({ kind, line: text }) => harmless(`  ${kind === 'new' ? '+' : '-'} ${text}`)),
    ...(other.length > 0 ? ['', changeTable(other, codebook, out)] : []),
  ];
}
