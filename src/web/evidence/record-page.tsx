// One record with everything that proves it: its sentence, its source, the rules that made it, its history, and how to cite it. The same
// content is a page of its own and what the drawer shows.

import { sayReason } from '../../../crawlers/index.js';
import type { AddressVersion, Evidence } from '../../../db/corpus.js';
import { sayWhy } from '../../../extractors/index.js';
import { compareVersions } from '../../compare/changes.js';
import { actionWords, writeCorrection } from '../../compare/review-wording.js';
import { stageWords, statusWords, writePeriod, writeValue } from '../../compare/wording.js';
import { countyOf } from '../../corpus.js';
import { practiceStatusCategories, termOf } from '../../export/words.js';
import type { StoredFigure } from '../../model/cell.js';
import type { Citation, Figure, Practice } from '../../model/record.js';
import { pathWith } from '../address.js';
import type { WebContext } from '../context.js';
import { bibtexCitation, gbtCitation } from './citation.js';
import { surroundings } from './passage-context.js';
import { partsOfQuote } from './quote-parts.js';
import { type EvidenceWords, evidenceWords } from './words.js';

/** Fetches of the address that the history names. */
const mostVersions = 30;

interface Version extends AddressVersion {
  /** What that version says of the quantity: null where it does not tell it, undefined where nothing was read. */
  before: StoredFigure | null | undefined;
}

/** What the page is made of. */
export interface RecordPage {
  evidence: Evidence;
  versions: Version[];
}

/** Reads what the page of a record needs, beside the record itself. */
export async function recordPageOf(c: WebContext, evidence: Evidence): Promise<RecordPage> {
  const { corpus, codebook } = c.var;
  const { document, record, type } = evidence;
  const figuresOf = (id: number) => corpus.figures({ documents: [id], withIndicator: false, olderVersions: true });
  const versions = await corpus.addressVersions(document.url, mostVersions);
  const own = type === 'figure' && versions.some(({ documentId }) => documentId) ? await figuresOf(document.id) : [];
  const indicators = new Map(codebook.indicators.map((indicator) => [indicator.id, indicator]));
  const told: Version[] = [];
  for (const version of versions) {
    const isOther = version.documentId !== null && version.documentId !== document.id;
    const before = isOther
      ? compareVersions(await figuresOf(version.documentId!), own, indicators).find(
          ({ after }) => after?.id === record.id,
        )?.before
      : undefined;
    told.push({ ...version, before: isOther ? (before ?? null) : undefined });
  }
  return { evidence, versions: told };
}

type Props = RecordPage & { c: WebContext };

/** The name of a record for titles. */
export function titleOfRecord({ type, record }: Evidence, c: WebContext): string {
  const { codebook, language } = c.var;
  if (type === 'practice') {
    const entry = codebook.practices.find(({ id }) => id === (record as Practice).practice);
    return entry?.[language] ?? (record as Practice).practice;
  }
  if (type === 'citation') return (record as Citation).title ?? (record as Citation).number ?? record.quote;
  const indicator = codebook.indicators.find(({ id }) => id === (record as Figure).indicator);
  return indicator?.[language] ?? (record as Figure).subject;
}

export function RecordContent(props: Props) {
  const { c, evidence } = props;
  const words = evidenceWords[c.var.language];
  const { document } = evidence;
  return (
    <div class="evidence" data-record={evidence.record.id}>
      <Head {...props} />
      <Sentence evidence={evidence} />
      {document.supersededBy !== null && (
        <p class="notice warn">
          {words.superseded} <a href={`/search?document=${document.supersededBy}`}>{words.toNewest}</a>
        </p>
      )}
      <div class="bar links noprint">
        <a class="button chief" href={snapshotPath(evidence)} data-key="o">
          {words.wholePage}
        </a>
        <a href={`${snapshotPath(evidence)}&view=text`}>{words.asTextLink}</a>
        {/^https?:\/\//i.test(document.url) && (
          <a href={liveAddress(evidence)} rel="noreferrer noopener" target="_blank">
            {words.live}
          </a>
        )}
        <a href={`/record/${evidence.record.id}`}>{words.permalink}</a>
      </div>
      <ArchivedFrame evidence={evidence} c={c} />
      <h2>{words.source}</h2>
      <Source {...props} />
      <h2>{words.reading}</h2>
      <Reading {...props} />
      {evidence.decisions.length > 0 && <h2>{words.review}</h2>}
      {evidence.decisions.length > 0 && <Decisions {...props} />}
      <h2>{words.history}</h2>
      <History {...props} />
      <h2>{words.citeAs}</h2>
      <Copyable label={words.gbt} text={gbtCitation(document)} words={words} />
      <Copyable label={words.bibtex} text={bibtexCitation(document)} words={words} />
    </div>
  );
}

/** The full page around the archived page of a record. */
export const snapshotPath = ({ record, document }: Evidence): string =>
  `/snapshot/${document.snapshotId}?record=${record.id}`;

/** The frame in which nothing of the page can run. */
export function ArchivedFrame({
  evidence,
  c,
  asText = false,
}: {
  evidence: Evidence;
  c: WebContext;
  asText?: boolean;
}) {
  const { record, document } = evidence;
  const address = pathWith(`/snapshot/${document.snapshotId}/page`, { record: record.id, view: asText ? 'text' : '' });
  return (
    <iframe
      class="archived"
      sandbox=""
      loading="lazy"
      title={evidenceWords[c.var.language].frame}
      src={`${address}#passage`}
    />
  );
}

/** A text fragment is a courtesy: browsers that do not know it open the page at its top. */
const liveAddress = ({ document, record }: Evidence): string =>
  `${document.url}${document.url.includes('#') ? '' : `#:~:text=${encodeURIComponent(record.quote).replaceAll('-', '%2D')}`}`;

function Head({ c, evidence }: Props) {
  const { language } = c.var;
  const words = evidenceWords[language];
  const { type, record } = evidence;
  const place = 'place' in record ? record.place : (evidence.document.place ?? undefined);
  return (
    <header class="record-head">
      <p class="soft">
        {words[type]} <code>{record.id}</code>
        {place && (
          <>
            {' · '}
            <a href={`/c/${place}`}>{countyOf(place).name}</a> {place}
          </>
        )}
      </p>
      <h1>{titleOfRecord(evidence, c)}</h1>
      {type === 'figure' && <FigureLine figure={record as Figure} c={c} />}
      {type === 'practice' && <p class="value">{practiceStatus((record as Practice).status, c)}</p>}
    </header>
  );
}

const storedOf = (figure: Figure) => ({ ...figure, valueMax: figure.value_max ?? null, per: figure.per ?? [] });

function FigureLine({ figure, c }: { figure: Figure; c: WebContext }) {
  const { language } = c.var;
  const stages = [figure.stage ?? []].flat().flatMap((stage) => stageWords[language][stage] || []);
  return (
    <p class="value">
      <b>{writeValue(storedOf(figure))}</b> {stages.join('、')} {writePeriod({ period: figure.period ?? null })}{' '}
      {statusWords[language][figure.status]}
    </p>
  );
}

const practiceStatus = (status: string, c: WebContext): string =>
  practiceStatusCategories.find(({ value }) => value === status)?.[c.var.language] ?? status;

/** The sentence with two sentences on each side; the quote in it marked, its number and its unit apart. */
function Sentence({ evidence }: { evidence: Evidence }) {
  const { record, document, type } = evidence;
  const around = surroundings(document.text, record);
  const at = placeInSentence(evidence);
  const { sentence } = record;
  return (
    <blockquote class="sentence" lang="zh-CN">
      <span class="around">{around.before}</span>
      {at < 0 ? (
        <span class="own">{sentence}</span>
      ) : (
        <span class="own">
          {sentence.slice(0, at)}
          <mark>{type === 'figure' ? <Quote text={record.quote} /> : record.quote}</mark>
          {sentence.slice(at + record.quote.length)}
        </span>
      )}
      <span class="around">{around.after}</span>
    </blockquote>
  );
}

/** Where the quote stands in the sentence; by the offsets where the same words come twice. */
function placeInSentence({ record, document }: Evidence): number {
  const { sentence, quote, textStart } = record;
  if (quote === '') return -1;
  const start = document.text.lastIndexOf(sentence, textStart);
  const at = textStart - start;
  if (start >= 0 && sentence.slice(at, at + quote.length) === quote) return at;
  return sentence.indexOf(quote);
}

function Quote({ text }: { text: string }) {
  return (
    <>
      {partsOfQuote(text).map(({ kind, text: part }) => (
        <span class={kind}>{part}</span>
      ))}
    </>
  );
}

type Row = readonly [label: string, value: unknown];

/** Rows without a value are left out. */
function Facts({ rows }: { rows: readonly Row[] }) {
  const full = rows.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <dl class="facts">
      {full.map(([label, value]) => (
        <>
          <dt>{label}</dt>
          <dd>{value as never}</dd>
        </>
      ))}
    </dl>
  );
}

function Source({ c, evidence }: Props) {
  const words = evidenceWords[c.var.language];
  const { document, repeatedBy, record } = evidence;
  const rows: Row[] = [
    [c.var.language === 'zh' ? '标题' : 'Title', document.title],
    [words.publisher, document.publisher],
    [words.documentNumber, document.documentNumber],
    [words.published, document.publishedIso],
    [words.signed, document.signedIso],
    [words.page, document.url],
    [words.fetched, document.fetchedAt],
    ['SHA-256', document.sha256 && <code>{document.sha256}</code>],
    [
      words.readAs,
      [document.format, document.encoding, termOf('script', document.script, c.var.language)]
        .concat(
          document.mends + document.unmended > 0 ? words.mends(String(document.mends), String(document.unmended)) : [],
        )
        .join(' · '),
    ],
    [words.place, words.placeIn(String(record.start), String(record.end))],
    [words.repeatedBy, repeatedBy.length > 0 ? repeatedBy.map(({ url }) => <div>{url}</div>) : null],
  ];
  return <Facts rows={rows} />;
}

function Reading({ c, evidence }: Props) {
  const words = evidenceWords[c.var.language];
  const { record, type, document } = evidence;
  const own =
    type === 'figure'
      ? figureRows(record as Figure, c)
      : type === 'practice'
        ? practiceRows(record as Practice, c)
        : citationRows(record as Citation, words);
  const rules = 'rules' in record ? record.rules : [];
  const confidence = 'confidence' in record ? record.confidence : null;
  return (
    <Facts
      rows={[
        ...own,
        [words.rules, rules.length > 0 ? rules.map((rule, i) => [i > 0 ? ' › ' : '', <code>{rule}</code>]) : null],
        [words.confidence, confidence],
        [words.version, `${document.extractor} · ${document.codebook}`],
      ]}
    />
  );
}

const recordLink = (id: string | undefined) => id && <a href={`/record/${id}`}>{id}</a>;

function figureRows(figure: Figure, { var: { language } }: WebContext): Row[] {
  const words = evidenceWords[language];
  const upper = figure.value_max === undefined ? '' : ` – ${figure.value_max}`;
  const period = writePeriod({ period: figure.period ?? null });
  return [
    [
      words.value,
      `${figure.value}${upper} ${figure.unit}${figure.per ? `/${figure.per.join('·')}` : ''} (${termOf('bound', figure.bound, language)})`,
    ],
    [words.subject, figure.subject],
    [words.action, figure.action],
    [
      words.indicator,
      figure.indicator ? `${figure.indicator} · ${sayWhy(figure.indicator_reason ?? '', language)}` : words.noIndicator,
    ],
    [words.period, figure.period_text ? `${period}（${figure.period_text}）` : figure.period ? period : null],
    [words.whole, recordLink(figure.whole)],
    [words.of, recordLink(figure.of)],
  ];
}

function practiceRows(practice: Practice, c: WebContext): Row[] {
  const words = evidenceWords[c.var.language];
  return [
    [words.practice, `${practice.practice} · ${practiceStatus(practice.status, c)}`],
    [words.period, practice.period ? writePeriod({ period: practice.period }) : null],
    [words.belongs, practice.figures.length > 0 ? practice.figures.map((id) => [recordLink(id), ' ']) : null],
  ];
}

const citationRows = (citation: Citation, words: EvidenceWords): Row[] => [
  [words.cites, citation.title],
  [words.documentNumber, citation.number],
  [words.issuer, citation.issuer],
];

/** What people decided; above it the record stays as the rules read it. */
function Decisions({ c, evidence }: Props) {
  const words = evidenceWords[c.var.language];
  return (
    <ul>
      {evidence.decisions.map(({ action, reviewer, decidedAt, reason, read, correction, isStanding, undoneBy }) => (
        <li class={isStanding ? '' : 'soft'}>
          <b>{actionWords[c.var.language][action]}</b> {correction && writeCorrection(read, correction)} {reason}{' '}
          <span class="soft">
            {reviewer} {decidedAt} {undoneBy && `· ${words.undone} ${undoneBy}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function History({ c, evidence, versions }: Props) {
  const words = evidenceWords[c.var.language];
  const isFigure = evidence.type === 'figure';
  return (
    <>
      <p class="soft">{words.historyNote}</p>
      <div class="scroll narrow">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.outcome}</th>
              <th scope="col">SHA-256</th>
              {isFigure && <th scope="col">{words.toldThen}</th>}
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr>
                <td>{version.fetchedAt}</td>
                <td>{sayReason(version.outcome, c.var.language)}</td>
                <td>{version.sha256 && <code title={version.sha256}>{version.sha256.slice(0, 12)}</code>}</td>
                {isFigure && <td>{told(version, evidence, words)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function told({ documentId, before }: Version, { document, record }: Evidence, words: EvidenceWords) {
  if (documentId === null) return words.unread;
  if (documentId === document.id) return words.thisOne;
  if (!before) return words.absent;
  const own = record as Figure;
  const isSame =
    before.value === own.value && before.valueMax === (own.value_max ?? null) && before.bound === own.bound;
  return <a href={`/record/${before.id}`}>{isSame ? words.same : writeValue(before)}</a>;
}

function Copyable({ label, text, words }: { label: string; text: string; words: EvidenceWords }) {
  return (
    <figure class="copyable">
      <figcaption>
        {label}{' '}
        <button type="button" data-copy hidden data-done={words.copied}>
          {words.copy}
        </button>
      </figcaption>
      <pre>{text}</pre>
    </figure>
  );
}
