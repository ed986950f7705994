// Records as rows and back. What a noun leaves absent is null in the database; lists are JSON.
import { type Selectable, sql } from 'kysely';
import type { StoredFigure } from '../src/model/cell.js';
import type { Citation, Figure, Period, Practice, Stage } from '../src/model/record.js';
import type { Database } from './database.js';

type FigureRow = Selectable<Database['figure']>;
type PracticeRow = Selectable<Database['practice']>;
type CitationRow = Selectable<Database['citation']>;

interface Quoted {
  id: string;
  quote: string;
  sentence: string;
  start: number;
  end: number;
  textStart: number;
  textEnd: number;
}

type QuoteRow = Pick<
  FigureRow,
  'id' | 'quote' | 'sentence' | 'text_start' | 'text_end' | 'original_start' | 'original_end'
>;

function quoteRow(record: Quoted) {
  return {
    id: record.id,
    quote: record.quote,
    sentence: record.sentence,
    text_start: record.textStart,
    text_end: record.textEnd,
    original_start: record.start,
    original_end: record.end,
  };
}

function quoteOf(row: QuoteRow): Quoted {
  return {
    id: row.id,
    quote: row.quote,
    sentence: row.sentence,
    start: row.original_start,
    end: row.original_end,
    textStart: row.text_start,
    textEnd: row.text_end,
  };
}

const stageList = (stage: Figure['stage']): Stage[] => (stage === undefined ? [] : [stage].flat());

export function figureRow(document: number, figure: Figure): FigureRow {
  return {
    ...quoteRow(figure),
    document,
    dimension: figure.dimension,
    value: figure.value,
    value_max: figure.value_max ?? null,
    unit: figure.unit,
    bound: figure.bound,
    per: JSON.stringify(figure.per ?? []),
    subject: figure.subject,
    action: figure.action ?? null,
    stage: JSON.stringify(stageList(figure.stage)),
    period_from: figure.period?.from ?? null,
    period_to: figure.period?.to ?? null,
    period_text: figure.period_text ?? null,
    accrual: figure.accrual ?? null,
    status: figure.status,
    whole: figure.whole ?? null,
    of_figure: figure.of ?? null,
    salience: figure.salience,
    place: figure.place ?? null,
    indicator: figure.indicator ?? null,
    indicator_reason: figure.indicator_reason ?? null,
    rules: JSON.stringify(figure.rules),
    confidence: figure.confidence,
  };
}

export function figureOf(row: FigureRow): Figure {
  const per = JSON.parse(row.per) as string[];
  const stages = JSON.parse(row.stage) as Stage[];
  const [stage] = stages;
  return {
    ...quoteOf(row),
    dimension: row.dimension,
    value: row.value,
    ...present('value_max', row.value_max),
    unit: row.unit,
    bound: row.bound,
    ...(per.length > 0 ? { per } : {}),
    subject: row.subject,
    ...present('action', row.action),
    ...(stage === undefined ? {} : { stage: stages.length === 1 ? stage : stages }),
    ...present('period', periodOf(row)),
    ...present('period_text', row.period_text),
    ...present('accrual', row.accrual),
    status: row.status,
    ...present('whole', row.whole),
    ...present('of', row.of_figure),
    salience: row.salience,
    ...present('place', row.place),
    ...present('indicator', row.indicator),
    ...present('indicator_reason', row.indicator_reason),
    rules: JSON.parse(row.rules),
    confidence: row.confidence,
  };
}

/** A list as it is stored; most are empty. */
const listOf = <Item>(json: string): Item[] => (json === '[]' ? [] : JSON.parse(json));

/** What a comparison needs of a figure's document. */
export interface FigureContext {
  document_title: string | null;
  document_date: string | null;
  document_url: string;
}

/** What many figures have in common. Those of one kind share one such object, which nobody changes. */
type FigureKind = Pick<
  StoredFigure,
  'dimension' | 'unit' | 'bound' | 'per' | 'stage' | 'accrual' | 'status' | 'salience' | 'indicator'
>;
type FigureTime = Pick<StoredFigure, 'period' | 'periodText'>;

/** What a figure has for itself. */
type FigureOwn = Pick<
  FigureRow,
  | 'id'
  | 'document'
  | 'quote'
  | 'sentence'
  | 'value'
  | 'value_max'
  | 'subject'
  | 'whole'
  | 'of_figure'
  | 'text_start'
  | 'text_end'
  | 'place'
  | 'confidence'
>;

/** Figures as rows tell them. Columns that a comparison does not need are left out of `row`. */
export function storedFigureOf(
  row: FigureOwn,
  kind: FigureKind,
  time: FigureTime,
  { document_title, document_date, document_url }: FigureContext,
): StoredFigure {
  return {
    id: row.id,
    place: row.place,
    indicator: kind.indicator,
    dimension: kind.dimension,
    value: row.value,
    valueMax: row.value_max,
    unit: kind.unit,
    bound: kind.bound,
    per: kind.per,
    subject: row.subject,
    stage: kind.stage,
    period: time.period,
    periodText: time.periodText,
    accrual: kind.accrual,
    status: kind.status,
    whole: row.whole,
    of: row.of_figure,
    salience: kind.salience,
    quote: row.quote,
    textStart: row.text_start,
    textEnd: row.text_end,
    sentence: row.sentence,
    confidence: row.confidence,
    documentId: row.document,
    documentTitle: document_title,
    documentDate: document_date,
    url: document_url,
  };
}

type KindRow = Pick<
  FigureRow,
  'dimension' | 'unit' | 'bound' | 'per' | 'stage' | 'accrual' | 'status' | 'salience' | 'indicator'
>;

export const kindOf = (row: KindRow): FigureKind => ({
  dimension: row.dimension,
  unit: row.unit,
  bound: row.bound,
  per: listOf(row.per),
  stage: listOf(row.stage),
  accrual: row.accrual,
  status: row.status,
  salience: row.salience,
  indicator: row.indicator,
});

export const timeOf = (row: Pick<FigureRow, 'period_from' | 'period_to' | 'period_text'>): FigureTime => ({
  period: periodOf(row),
  periodText: row.period_text,
});

/** Stands between packed columns. Words of the text stand last, where it would do no harm. */
const between = '\u001f';

const kindColumns = [
  'dimension',
  'per',
  'stage',
  'accrual',
  'status',
  'salience',
  'bound',
  'indicator',
  'unit',
] as const;
const timeColumns = ['period_from', 'period_to', 'period_text'] as const;

const packed = (columns: readonly string[]) =>
  sql<string>`${sql.join(
    columns.map((column) => sql`coalesce(${sql.ref(`figure.${column}`)}, '')`),
    sql` || ${sql.lit(between)} || `,
  )}`;

/**
 * The columns of kind and time, each group as one text: a comparison reads ten thousand figures of a few hundred kinds, and every
 * string of a row has to be made and thrown away again. Read with `unpacker`.
 */
export const packedKind = packed(kindColumns);
export const packedTime = packed(timeColumns);

/** Reads packed columns, each different text once. No column holds an empty text. */
export function unpacker(): { kind(text: string): FigureKind; time(text: string): FigureTime } {
  return {
    kind: once((text) => kindOf(unpacked(text, kindColumns) as unknown as KindRow)),
    time: once((text) => timeOf(unpacked(text, timeColumns) as Parameters<typeof timeOf>[0])),
  };
}

function once<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = read(text);
      known.set(text, value);
    }
    return value;
  };
}

function unpacked(text: string, columns: readonly string[]): Record<string, string | null> {
  const parts = text.split(between);
  const last = columns.length - 1;
  const told = [...parts.slice(0, last), parts.slice(last).join(between)];
  return Object.fromEntries(columns.map((column, index) => [column, told[index] || null]));
}

export function practiceRow(document: number, practice: Practice): PracticeRow {
  return {
    ...quoteRow(practice),
    document,
    practice: practice.practice,
    status: practice.status,
    place: practice.place ?? null,
    period_from: practice.period?.from ?? null,
    period_to: practice.period?.to ?? null,
    rules: JSON.stringify(practice.rules),
    confidence: practice.confidence,
  };
}

export function practiceOf(row: PracticeRow, figures: string[]): Practice {
  return {
    ...quoteOf(row),
    practice: row.practice,
    status: row.status,
    ...present('place', row.place),
    ...present('period', periodOf(row)),
    figures,
    rules: JSON.parse(row.rules),
    confidence: row.confidence,
  };
}

export function citationRow(document: number, citation: Citation): CitationRow {
  return {
    ...quoteRow(citation),
    document,
    title: citation.title,
    number: citation.number,
    issuer: citation.issuer,
  };
}

export function citationOf(row: CitationRow): Citation {
  return { ...quoteOf(row), title: row.title, number: row.number, issuer: row.issuer };
}

export function periodOf(row: { period_from: string | null; period_to: string | null }): Period | null {
  return row.period_from === null || row.period_to === null ? null : { from: row.period_from, to: row.period_to };
}

/** A property where there is a value, nothing where it is null. */
function present<Key extends string, T>(key: Key, value: T | null): { [K in Key]?: T } {
  return (value === null ? {} : { [key]: value }) as { [K in Key]?: T };
}
