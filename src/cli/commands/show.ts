// xianjian show: one record with everything that proves it: its sentence, its document, when it was fetched, the rules that made it. Of
// a document, also what it says otherwise than the version of its page before it.
import type { Corpus, Evidence } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { type Codebook, loadCodebook } from '../../../extractors/index.js';
import { actionWords, writeCorrection } from '../../compare/review-wording.js';
import { statusWords, writeValue } from '../../compare/wording.js';
import { countyOf } from '../../corpus.js';
import { UsageError } from '../../model/errors.js';
import type { Citation, Figure, Practice } from '../../model/record.js';
import type { Decision } from '../../model/review.js';
import { changesInVersion, type VersionChanges } from '../../over-time.js';
import { changeTable } from '../change-table.js';
import { type Command, codebookOption, databaseOption } from '../command.js';
import { harmless, type Output } from '../output.js';

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
  else out.data(`${linesOf(evidence, out.colour).join('\n')}\n`);
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

/** A label and its value in line. Labels are ASCII. */
const line = (label: string, value: string | number | null | undefined): string[] =>
  value === null || value === undefined || value === '' ? [] : [`${`${label}:`.padEnd(13)} ${harmless(String(value))}`];

function linesOf(evidence: Evidence, colour: boolean): string[] {
  const { record, document } = evidence;
  return [
    ...recordLines(evidence),
    '',
    `  ${marked(harmless(record.sentence), harmless(record.quote), colour)}`,
    '',
    ...line('document', `${document.id} ${document.title ?? '(no title)'}`),
    ...line('publisher', document.publisher),
    ...line('number', document.documentNumber),
    ...line('published', document.publishedIso),
    ...line('signed', document.signedIso),
    ...line('page', document.url),
    ...line('fetched', document.fetchedAt),
    ...line('sha256', document.sha256),
    ...line('read as', `${document.format}, ${document.encoding}, ${document.script}${mended(document)}`),
    ...line('place in page', `characters ${record.start} to ${record.end} of the decoded page`),
    ...evidence.decisions.flatMap((decision) => line('review', decisionLine(decision))),
    ...evidence.repeatedBy.flatMap((repeat) => line('repeated by', `${repeat.id} ${repeat.url}`)),
  ];
}

/** Who, when, what and why; the record itself stays as the rules read it. */
const decisionLine = ({ id, action, reviewer, decidedAt, reason, read, correction, undoneBy }: Decision): string =>
  [
    `#${id} ${actionWords.en[action]} by ${reviewer}, ${decidedAt.slice(0, 10)}`,
    ...(correction ? [writeCorrection(read, correction)] : []),
    ...(reason ? [reason] : []),
    ...(undoneBy ? [`taken back by ${undoneBy}`] : []),
  ].join('; ');

const mended = ({ mends, unmended }: Evidence['document']): string =>
  mends + unmended === 0 ? '' : `, ${mends} mends, ${unmended} damaged places left`;

function recordLines({ type, record }: Evidence): string[] {
  if (type === 'figure') return figureLines(record as Figure);
  if (type === 'practice') {
    const practice = record as Practice;
    return [
      ...line('practice', `${practice.practice} (${practice.status})`),
      ...line('county', placeName(practice.place)),
      ...line('figures', practice.figures.join(', ')),
      ...line('rules', practice.rules.join(' > ')),
    ];
  }
  const citation = record as Citation;
  return [...line('cites', citation.title), ...line('number', citation.number), ...line('issuer', citation.issuer)];
}

function figureLines(figure: Figure): string[] {
  const stored = { ...figure, valueMax: figure.value_max ?? null, per: figure.per ?? [] };
  const period = figure.period
    ? `${figure.period.from === figure.period.to ? figure.period.from : `${figure.period.from} to ${figure.period.to}`} (${figure.period_text ?? ''})`
    : null;
  return [
    ...line('figure', `${figure.id}  ${writeValue(stored)}`),
    ...line(
      'value',
      `${figure.value}${figure.value_max === undefined ? '' : ` to ${figure.value_max}`} ${figure.unit}, ${figure.bound}`,
    ),
    ...line('subject', figure.subject),
    ...line('action', figure.action),
    ...line(
      'indicator',
      figure.indicator ? `${figure.indicator}: ${figure.indicator_reason ?? ''}` : 'none of the codebook',
    ),
    ...line('county', placeName(figure.place)),
    ...line('stage', [figure.stage ?? []].flat().join(', ')),
    ...line('period', period),
    ...line('status', `${statusWords.en[figure.status]}${figure.accrual ? `, ${figure.accrual}` : ''}`),
    ...line('part of', figure.whole),
    ...line('share of', figure.of),
    ...line('rules', figure.rules.join(' > ')),
  ];
}

const placeName = (code: string | undefined): string =>
  code === undefined ? 'open' : `${code} ${countyOf(code).name}`;

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
  const lines = [
    ...line('document', `${document.id} ${document.title ?? '(no title)'}`),
    ...line('county', `${placeName(document.place ?? undefined)} (${document.placeReason})`),
    ...line('publisher', document.publisher),
    ...line('number', document.documentNumber),
    ...line('published', document.publishedIso),
    ...line('signed', document.signedIso),
    ...line('genre', document.genre),
    ...line('page', document.url),
    ...line('fetched', document.fetchedAt),
    ...line('sha256', document.sha256),
    ...line('read as', `${document.format}, ${document.encoding}, ${document.script}${mended(document)}`),
    ...line('repeats', document.repeats),
    ...line('attached to', document.attachedTo),
    ...line('newer', document.supersededBy),
    ...(changes ? changeLines(changes, codebook, out) : []),
    ...document.notes.flatMap((note) => line(note.code, note.message)),
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
  const counts = `lines new ${lines.length - gone}, gone ${gone}; figures that differ ${other.length}`;
  return [
    ...line('version', `${version} of ${versions} that were read; the one before is document ${before.id}`),
    ...line('changed', counts),
    ...lines.map(({ kind, line: text }) => harmless(`  ${kind === 'new' ? '+' : '-'} ${text}`)),
    ...(other.length > 0 ? ['', changeTable(other, codebook, out)] : []),
  ];
}
