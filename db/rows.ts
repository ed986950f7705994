// Records as rows and back. What a noun leaves absent is null in the database; lists are JSON.
import type { Selectable } from 'kysely';
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

/** Columns of a figure that a comparison does not need are left out of `row`. */
export function storedFigureOf(
  row: Omit<FigureRow, 'action' | 'indicator_reason' | 'rules' | 'original_start' | 'original_end'>,
  { document_title, document_date, document_url }: FigureContext,
): StoredFigure {
  return {
    id: row.id,
    place: row.place,
    indicator: row.indicator,
    dimension: row.dimension,
    value: row.value,
    valueMax: row.value_max,
    unit: row.unit,
    bound: row.bound,
    per: listOf(row.per),
    subject: row.subject,
    stage: listOf(row.stage),
    period: periodOf(row),
    periodText: row.period_text,
    accrual: row.accrual,
    status: row.status,
    whole: row.whole,
    of: row.of_figure,
    salience: row.salience,
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
