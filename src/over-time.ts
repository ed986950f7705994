// One county over time: what rose and fell from one reported period to the next, what the newest document of a series tells anew or no
// longer, and which plans were kept. And two documents, or two versions of one page, laid beside each other.
import type { Corpus, StoredDocument } from '../db/corpus.js';
import type { Codebook } from '../extractors/index.js';
import { type Change, changesOverTime, checkPlans, compareVersions, type PlanCheck } from './compare/changes.js';
import { type LineChange, lineChanges } from './compare/line-changes.js';
import { type County, countyOf, resolveCounty, resolveIndicators } from './corpus.js';
import { UsageError } from './model/errors.js';

/** What is asked of a county's time. */
export interface ChangesQuery {
  /** Code or name. */
  county: string;
  /** Ids or names; all without them. */
  indicators?: readonly string[];
}

/** A document as the two sides of a comparison name it. */
export interface DocumentName {
  id: number;
  title: string | null;
  date: string | null;
}

/** Two documents of one series, and what each tells. */
export interface DocumentChanges {
  before: DocumentName;
  after: DocumentName;
  changes: Change[];
}

export interface CountyChanges {
  county: County;
  /** From one period to the next, in order of the later. */
  overTime: Change[];
  /** The two newest years of each series of yearly documents: here a quantity is new, or told no longer. */
  series: DocumentChanges[];
  plans: PlanCheck[];
  /** Documents and figures that were looked at. */
  documents: number;
  figures: number;
}

/** Genres that tell of a whole year each time, so that silence of the newer one says something. */
const yearlyGenres: readonly string[] = ['work_report', 'work_summary', 'self_evaluation', 'bulletin'];

/**
 * What changed in a county.
 * @throws UsageError for an unknown county or indicator, with the nearest names
 */
export async function countyChanges(corpus: Corpus, query: ChangesQuery, codebook: Codebook): Promise<CountyChanges> {
  const place = resolveCounty(query.county);
  const asked = query.indicators ? resolveIndicators(query.indicators, codebook) : codebook.indicators;
  const indicators = new Map(asked.map((indicator) => [indicator.id, indicator]));
  const figures = await corpus.figures({ places: [place], indicators: [...indicators.keys()] });
  const documents = await corpus.documents({ place });
  const series = seriesOf(documents).map(([before, after]) => ({
    before: nameOf(before),
    after: nameOf(after),
    changes: compareVersions(
      figures.filter(({ documentId }) => documentId === before.id),
      figures.filter(({ documentId }) => documentId === after.id),
      indicators,
    ),
  }));
  return {
    county: countyOf(place),
    overTime: changesOverTime(figures, indicators),
    series: series.filter(({ changes }) => changes.length > 0),
    plans: checkPlans(figures, indicators, (indicator) => isLessBetter(indicator, codebook)),
    documents: documents.length,
    figures: figures.length,
  };
}

/** Which indicators of two documents are compared; without them every figure, also those without an indicator. */
export type DocumentsQuery = Pick<ChangesQuery, 'indicators'>;

/**
 * Two documents beside each other; the second may be the newer version of the first one's page.
 * @throws UsageError where the corpus has no such document, or for an unknown indicator
 */
export async function documentChanges(
  corpus: Corpus,
  [before, after]: readonly [number, number],
  codebook: Codebook,
  query: DocumentsQuery = {},
): Promise<DocumentChanges> {
  const asked = query.indicators && resolveIndicators(query.indicators, codebook);
  const [earlier, later] = [await documentNamed(corpus, before), await documentNamed(corpus, after)];
  const which = asked ? { indicators: asked.map(({ id }) => id) } : { withIndicator: false };
  const figuresOf = (id: number) => corpus.figures({ documents: [id], olderVersions: true, ...which });
  const indicators = new Map(codebook.indicators.map((indicator) => [indicator.id, indicator]));
  return {
    before: nameOf(earlier),
    after: nameOf(later),
    changes: compareVersions(await figuresOf(before), await figuresOf(after), indicators),
  };
}

/** Fetches of an address that are looked at for two versions. */
const fetchesLookedAt = 100;

/**
 * The two newest versions of a page that were read.
 * @throws UsageError where the address was not read, or only in one version
 */
export async function versionChanges(
  corpus: Corpus,
  url: string,
  codebook: Codebook,
  query: DocumentsQuery = {},
): Promise<DocumentChanges> {
  const [after, before] = await readVersions(corpus, url);
  if (after !== undefined && before !== undefined) return documentChanges(corpus, [before, after], codebook, query);
  throw new UsageError(
    'E_VERSIONS',
    after === undefined
      ? { en: `no document was read from ${url}`, zh: `没有读过来自 ${url} 的文件` }
      : { en: `${url} was read in one version only: document ${after}`, zh: `${url} 只读过一个版本：文件 ${after}` },
    after === undefined
      ? {
          en: 'Write the address as it was crawled; `xianjian find WORD --json` shows addresses.',
          zh: '请照采集时的网址来写；xianjian find 词 --json 会列出网址。',
        }
      : {
          en: 'Crawl again when the page has changed, or name two documents: --documents 12,45.',
          zh: '等网页有改动后再采集，或写两份文件：--documents 12,45。',
        },
  );
}

/** Documents of the versions of a page that were read, the newest first. */
async function readVersions(corpus: Corpus, url: string): Promise<number[]> {
  const versions = await corpus.addressVersions(url, fetchesLookedAt);
  return [...new Set(versions.flatMap(({ documentId }) => documentId ?? []))];
}

/** What a version of a page says otherwise than the one before it. */
export interface VersionChanges extends DocumentChanges {
  lines: LineChange[];
  /** How many versions were read, and which of them, from 1, the later one is. */
  versions: number;
  version: number;
}

/** What a document says otherwise than the version of its page before it; null where it is the first. */
export async function changesInVersion(
  corpus: Corpus,
  document: StoredDocument,
  codebook: Codebook,
): Promise<VersionChanges | null> {
  const versions = await readVersions(corpus, document.url);
  const at = versions.indexOf(document.id);
  const before = at < 0 ? undefined : versions[at + 1];
  if (before === undefined) return null;
  const earlier = await documentNamed(corpus, before);
  return {
    ...(await documentChanges(corpus, [before, document.id], codebook)),
    lines: lineChanges(earlier.text.split('\n'), document.text.split('\n')),
    versions: versions.length,
    version: versions.length - at,
  };
}

async function documentNamed(corpus: Corpus, id: number): Promise<StoredDocument> {
  const document = await corpus.document(id);
  if (document) return document;
  throw new UsageError(
    'E_DOCUMENT',
    { en: `the corpus has no document ${id}`, zh: `语料库里没有文件 ${id}` },
    {
      en: 'Type `xianjian sql "select id, title from document"` for their numbers.',
      zh: '编号可用 xianjian sql "select id, title from document" 查看。',
    },
  );
}

const dateOf = (document: StoredDocument): string | null => document.signedIso ?? document.publishedIso;

const nameOf = (document: StoredDocument): DocumentName => ({
  id: document.id,
  title: document.title,
  date: dateOf(document)?.slice(0, 10) ?? null,
});

/** Of each genre and publisher the newest documents of the two newest years; repeats and undated ones are left out. */
function seriesOf(documents: readonly StoredDocument[]): [before: StoredDocument, after: StoredDocument][] {
  const ofSeries = new Map<string, Map<string, StoredDocument>>();
  for (const document of documents) {
    const date = dateOf(document);
    if (date === null || document.repeats !== null || !yearlyGenres.includes(document.genre)) continue;
    const key = `${document.genre} ${document.publisher ?? ''}`;
    const years = ofSeries.get(key) ?? new Map<string, StoredDocument>();
    ofSeries.set(key, years);
    const known = years.get(date.slice(0, 4));
    if (!known || date > dateOf(known)!) years.set(date.slice(0, 4), document);
  }
  return [...ofSeries.values()].flatMap((years) => {
    const [before, after] = [...years].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-2);
    return before && after ? [[before[1], after[1]] as [StoredDocument, StoredDocument]] : [];
  });
}

/** Standards that set an upper end say that less is better (大班额比例). */
function isLessBetter(indicator: string, codebook: Codebook): boolean {
  const own = codebook.standards.filter((standard) => standard.indicator === indicator);
  return own.length > 0 && own.every(({ operator }) => operator === '<=' || operator === '<');
}
