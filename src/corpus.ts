// Questions to a corpus, for command line, pages and library alike: one query object in, cells or practices with their names out.
import type { Corpus, ListedFigure, StoredDocument, StoredPractice } from '../db/corpus.js';
import {
  allPlaces,
  type Codebook,
  type Indicator,
  nearestIndicators,
  nearestPlaces,
  type PracticeEntry,
  placeNamed,
} from '../extractors/index.js';
import {
  type AuditDocument,
  type AuditRules,
  auditCounty,
  auditDocument,
  type Finding,
  type FindingKind,
  type Verdict,
  verdicts,
} from './compare/audit/index.js';
import { cellRows, compareFigures, groupBy, type IndicatorSketch, shownFigure } from './compare/cells.js';
import { type Derivation, divisorIndicators, normalise } from './compare/normalise.js';
import { type Standing, standingsOf } from './compare/standards.js';
import type { Cell, CellRow, CompareQuery, Comparison, StoredFigure } from './model/cell.js';
import { UsageError } from './model/errors.js';
import type { Place } from './model/place.js';
import type { PracticeStatus } from './model/record.js';

/** A county as a column: its code, and its names where the code is in force or once was. */
export interface County {
  code: string;
  name: string;
  place: Place | null;
}

/** A comparison with the names that its codes stand for, the standards beside its values, and what was derived from them. */
export interface NamedComparison extends Comparison {
  columns: County[];
  indicators: ReadonlyMap<string, Indicator>;
  /** `standings[row][county]`: the figure that the cell shows beside each standard of its indicator and stage. */
  standings: Standing[][][];
  /** `derived[row][county]`: the chosen figure normalised as the query asks, or why not. Empty where nothing was asked. */
  derived: Derivation[][][];
}

/**
 * Counties side by side.
 * @param query counties by code or name and indicators by id; without counties all that the corpus has read.
 * @throws UsageError for a county, indicator or period that is unknown, with the nearest names.
 */
export async function compare(corpus: Corpus, query: CompareQuery, codebook: Codebook): Promise<NamedComparison> {
  const question = await questionOf(corpus, query, codebook);
  const { counties: places, asked } = question;
  const figures = await corpus.figures({ places, indicators: asked.map(({ id }) => id), rejected: true });
  return answer(corpus, question, { counties: places, figures }, codebook);
}

/** A comparison of one county, with every figure that it was made from. */
export interface CountyComparison {
  comparison: NamedComparison;
  figures: ListedFigure[];
}

/** Figures read from the corpus at a time. */
const figurePage = 2000;

/**
 * The same comparison one county after the other, for tables of any size: the rows are those of all counties together.
 * @param options `every`: the figures that fit no indicator too
 * @throws UsageError for a county, indicator or period that is unknown, with the nearest names.
 */
export async function* compareByCounty(
  corpus: Corpus,
  query: CompareQuery,
  codebook: Codebook,
  options: { every?: boolean } = {},
): AsyncGenerator<CountyComparison> {
  const question = await questionOf(corpus, query, codebook);
  const indicators = question.asked.map(({ id }) => id);
  const shapes = await corpus.figureShapes(query.counties ? { places: question.counties, indicators } : { indicators });
  const rows = cellRows(question.asked.map(sketchOf), shapes, question.query);
  const every = options.every && !query.indicators;
  // A person may have given it another indicator, or none.
  const isAsked = ({ indicator }: ListedFigure): boolean =>
    every || (indicator !== null && indicators.includes(indicator));
  for (const place of question.counties) {
    const figures: ListedFigure[] = [];
    for await (const page of figurePages(corpus, place, every ? { withIndicator: false } : { indicators }))
      figures.push(...page.filter(isAsked));
    yield { comparison: await answer(corpus, question, { counties: [place], figures, rows }, codebook), figures };
  }
}

/** Figures of one county, or of none, a page at a time. */
export async function* figurePages(
  corpus: Corpus,
  place: string | null,
  filter: { indicators?: string[]; withIndicator?: boolean },
): AsyncGenerator<ListedFigure[]> {
  for (let after: string | undefined; ; ) {
    const page = await corpus.listFigures({ place, after, limit: figurePage }, filter);
    yield page;
    if (page.length < figurePage) return;
    after = page.at(-1)!.id;
  }
}

/** A query whose names are resolved, with what is known of how far its counties were read. */
interface Question {
  counties: string[];
  asked: Indicator[];
  /** Counties of which any document was read. */
  read: ReadonlySet<string>;
  query: CompareQuery;
}

async function questionOf(corpus: Corpus, query: CompareQuery, codebook: Codebook): Promise<Question> {
  const places = query.counties?.map(resolveCounty);
  const asked = query.indicators ? resolveIndicators(query.indicators, codebook) : codebook.indicators;
  const readings = places ? [] : await corpus.readings();
  const read = places
    ? await corpus.placesRead(places)
    : readings.flatMap(({ place, documents }) => (documents > 0 ? [place] : []));
  return {
    counties: places ?? readings.map((reading) => reading.place).sort(),
    asked,
    read: new Set(read),
    query: query.indicators ? { ...query, indicators: asked.map(({ id }) => id) } : query,
  };
}

const sketchOf = (indicator: Indicator): IndicatorSketch => ({
  id: indicator.id,
  dimensions: [indicator.dimension].flat(),
  units: [indicator.unit, ...(indicator.units ?? [])],
  stages: indicator.stages,
});

/** The cells of counties, with names, standards and what is derived. */
async function answer(
  corpus: Corpus,
  { asked, read, query }: Question,
  input: { counties: string[]; figures: readonly StoredFigure[]; rows?: readonly CellRow[] },
  codebook: Codebook,
): Promise<NamedComparison> {
  const comparison = compareFigures({ ...input, indicators: asked.map(sketchOf), read, query });
  const divisors = await divisorsOf(corpus, input.counties, query);
  const beside = <T>(give: (cell: Cell, stage: string) => T): T[][] =>
    comparison.cells.map((row) => row.map((cell) => give(cell, cell.row.stage)));
  return {
    ...comparison,
    columns: input.counties.map(countyOf),
    indicators: new Map(asked.map((indicator) => [indicator.id, indicator])),
    standings: beside((cell, stage) => {
      const figure = shownFigure(cell);
      return figure ? standingsOf(figure, stage, codebook.standards) : [];
    }),
    derived: beside(({ chosen, place }) =>
      chosen ? (query.normalise ?? []).map((each) => normalise(chosen, each, divisors.get(place) ?? [])) : [],
    ),
  };
}

/** Of each county the figures that count its pupils and schools, where the query asks for amounts by them. */
async function divisorsOf(
  corpus: Corpus,
  places: string[],
  query: CompareQuery,
): Promise<ReadonlyMap<string, StoredFigure[]>> {
  const indicators = query.normalise?.flatMap((each) => divisorIndicators[each] ?? []) ?? [];
  const divisors = new Map<string, StoredFigure[]>();
  if (indicators.length === 0) return divisors;
  for (const figure of await corpus.figures({ places, indicators }))
    divisors.set(figure.place!, [...(divisors.get(figure.place!) ?? []), figure]);
  return divisors;
}

/** A county × practice matrix: of each practice the strongest status that a county reports. */
export interface PracticeMatrix {
  columns: County[];
  rows: PracticeEntry[];
  /** `cells[row][county]`; null where no document of the county reports the practice. */
  cells: (PracticeCell | null)[][];
}

export interface PracticeCell {
  status: PracticeStatus;
  /** Independent documents that report it: repeats are not counted. */
  documents: number;
  /** Date of the first of them, null where none is dated. */
  first: string | null;
  /** The reports, strongest first, of equal ones those with figures before sentences, and those before mere headings. */
  reports: StoredPractice[];
}

const strength: readonly PracticeStatus[] = ['done', 'piloted', 'planned', 'mentioned'];

/** Practices side by side. @throws UsageError for an unknown county. */
export async function comparePractices(
  corpus: Corpus,
  query: { counties?: string[] },
  codebook: Codebook,
): Promise<PracticeMatrix> {
  const counties =
    query.counties?.map(resolveCounty) ?? (await corpus.readings()).map((reading) => reading.place).sort();
  const found = await corpus.practices({ places: counties });
  const reported = groupBy(found, ({ practice }) => practice);
  const rows = codebook.practices.filter(({ id }) => reported.has(id));
  const cells = rows.map(({ id }) => {
    const byCounty = groupBy(reported.get(id) ?? [], ({ place }) => place);
    return counties.map((place) => practiceCell(byCounty.get(place) ?? []));
  });
  return { columns: counties.map(countyOf), rows, cells };
}

/** （二）课后服务。 says no more than that there is one. */
const shortestTelling = 16;
const says = ({ figures, sentence }: StoredPractice): number =>
  figures.length > 0 ? 2 : sentence.length >= shortestTelling ? 1 : 0;

function practiceCell(reports: StoredPractice[]): PracticeCell | null {
  const sorted = [...reports].sort(
    (a, b) => strength.indexOf(a.status) - strength.indexOf(b.status) || says(b) - says(a),
  );
  const strongest = sorted[0];
  if (!strongest) return null;
  const dates = reports.flatMap((report) => report.documentDate ?? []).sort();
  return {
    status: strongest.status,
    documents: new Set(reports.map((report) => report.documentId)).size,
    first: dates[0] ?? null,
    reports: sorted,
  };
}

/**
 * The code of a county that a person named by code, full or short name.
 * @throws UsageError where the name is unknown or shared by several, with what to write instead.
 */
export function resolveCounty(name: string): string {
  const found = placeNamed(name);
  const [only, second] = found;
  if (only && !second) return only.code;
  if (/^9901\d\d$/.test(name)) return name;
  if (only) {
    const choices = found.map((place) => `${place.code} ${place.province}${place.prefecture ?? ''}${place.name}`);
    throw new UsageError(
      'E_PLACE',
      { en: `"${name}" is the name of several places`, zh: `“${name}”是几个地方的名称` },
      { en: `Write the code: ${choices.join(', ')}.`, zh: `请写代码：${choices.join('，')}。` },
    );
  }
  const near = nearestPlaces(name).map((place) => `${place.code} ${place.name}`);
  throw new UsageError(
    'E_PLACE',
    { en: `no county has the code or name "${name}"`, zh: `没有代码或名称为“${name}”的县区` },
    near.length > 0
      ? {
          en: `Did you mean ${near.join(', ')}? Codes are those of GB/T 2260, six digits.`,
          zh: `是不是想写 ${near.join('、')}？代码为 GB/T 2260 的六位代码。`,
        }
      : {
          en: 'Write a code of GB/T 2260 (six digits) or the name of a county.',
          zh: '请写六位行政区划代码（GB/T 2260）或县区名称。',
        },
  );
}

/** @throws UsageError for an indicator that the codebook does not have, with the nearest. */
export function resolveIndicators(ids: readonly string[], codebook: Codebook): Indicator[] {
  return ids.map((id) => {
    const found = codebook.indicators.find((indicator) => indicator.id === id || indicator.zh === id);
    if (found) return found;
    const near = nearestIndicators(id, codebook).map((indicator) => `${indicator.id} (${indicator.zh})`);
    throw new UsageError(
      'E_INDICATOR',
      { en: `the codebook ${codebook.id} has no indicator "${id}"`, zh: `编码表 ${codebook.id} 里没有指标“${id}”` },
      near.length > 0
        ? { en: `Did you mean ${near.join(', ')}?`, zh: `是不是想写 ${near.join('、')}？` }
        : { en: 'Type `xianjian codebook` for the list.', zh: '全部指标见 xianjian codebook。' },
    );
  });
}

let byCode: ReadonlyMap<string, Place> | null = null;

/** The county of a code. A code that no list has stands for itself. */
export function countyOf(code: string): County {
  byCode ??= new Map(allPlaces().map((place) => [place.code, place]));
  const place = byCode.get(code) ?? null;
  return { code, name: place?.name ?? code, place };
}

/** What the audit is asked: all counties, kinds and verdicts where none are named. */
export interface AuditQuery {
  counties?: string[];
  kinds?: FindingKind[];
  verdicts?: Verdict[];
}

export interface AuditReport {
  findings: Finding[];
  /** Documents and figures that were checked. */
  documents: number;
  figures: number;
  /** Findings by verdict before the query's verdicts were chosen. */
  counts: Record<Verdict, number>;
}

/** Documents read from the corpus at a time. */
const auditPage = 200;

/**
 * Checks the arithmetic and words of the corpus: each document by itself, and the documents of each county beside each other.
 * @throws UsageError for an unknown county.
 */
export async function audit(corpus: Corpus, query: AuditQuery, codebook: Codebook): Promise<AuditReport> {
  const rules = auditRulesOf(codebook);
  const counties = query.counties?.map(resolveCounty);
  const all: Finding[] = [];
  let documents = 0;
  let figures = 0;
  for await (const page of documentPages(corpus, counties)) {
    const ofDocument = groupBy(
      await corpus.figures({ documents: page.map((document) => document.id), withIndicator: false }),
      ({ documentId }) => documentId,
    );
    for (const document of page) {
      const own = ofDocument.get(document.id) ?? [];
      documents += 1;
      figures += own.length;
      all.push(...auditDocument(await auditDocumentOf(corpus, document, own), rules));
    }
  }
  for (const place of counties ?? (await corpus.readings()).map((reading) => reading.place))
    all.push(...auditCounty(await corpus.figures({ places: [place] }), rules));
  const ofKinds = all.filter((finding) => query.kinds?.includes(finding.kind) ?? true);
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const finding of ofKinds) counts[finding.verdict] += 1;
  const findings = ofKinds.filter((finding) => query.verdicts?.includes(finding.verdict) ?? true);
  return { findings, documents, figures, counts };
}

const auditRulesOf = (codebook: Codebook): AuditRules => ({
  indicators: new Map(codebook.indicators.map((indicator) => [indicator.id, indicator])),
  standards: codebook.standards,
});

/** Documents that hold records, a page at a time: repeats are left out. */
async function* documentPages(corpus: Corpus, counties: readonly string[] | undefined) {
  for (const place of counties ?? [undefined]) {
    for (let offset = 0; ; offset += auditPage) {
      const page = await corpus.documents({ ...(place === undefined ? {} : { place }), limit: auditPage, offset });
      yield page.filter((document) => document.repeats === null);
      if (page.length < auditPage) break;
    }
  }
}

/** The cells of tables are asked for only where a total is named. */
async function auditDocumentOf(
  corpus: Corpus,
  document: StoredDocument,
  figures: StoredFigure[],
): Promise<AuditDocument> {
  const { id, place, title, text } = document;
  const blocks = /[合总]\s*计/.test(text) ? (await corpus.documentStructure(id))?.blocks : undefined;
  const cells = blocks?.filter(({ kind }) => kind === 'cell') ?? [];
  return { id, place, title, text, published: document.publishedIso, signed: document.signedIso, figures, cells };
}
