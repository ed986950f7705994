// The cell of a comparison: county × indicator × stage × period. Never blank, never a zero that nobody reported.
import type { Period, Stage, Status } from './record.js';
import type { ReviewMark } from './review.js';

/** Why a cell has no value. */
export const missingReasons = [
  'not_crawled',
  'not_mentioned',
  'target_only',
  'rejected',
  'not_comparable',
  'not_applicable',
] as const;
export type MissingReason = (typeof missingReasons)[number];

/** A stored figure as the comparison sees it. */
export interface StoredFigure {
  id: string;
  place: string | null;
  indicator: string | null;
  dimension: string;
  value: number;
  valueMax: number | null;
  unit: string;
  bound: string;
  per: string[];
  subject: string;
  stage: Stage[];
  period: Period | null;
  periodText: string | null;
  accrual: string | null;
  status: Status;
  /** Id of the figure of which this one is a part. */
  whole: string | null;
  /** For a ratio or multiple: id of the figure that is its base. */
  of: string | null;
  salience: string;
  quote: string;
  /** Where the quote stands in the text of its document. */
  textStart: number;
  textEnd: number;
  sentence: string;
  confidence: number;
  documentId: number;
  documentTitle: string | null;
  /** ISO date of the document, null where unknown. */
  documentDate: string | null;
  /** The address its page was fetched from. */
  url: string;
  /** What a person decided about it; the fields are as he said. */
  review?: ReviewMark;
}

/**
 * Why one figure stands in a cell and not another: the first point on which they differ. `other_period`: it is of another period than was
 * asked, and the query allows that.
 */
export const choices = [
  'only',
  'status',
  'dated',
  'whole',
  'change',
  'period',
  'core',
  'document',
  'text_order',
  'other_period',
] as const;
export type Choice = (typeof choices)[number];

/** What the rows of a comparison are: one indicator at one stage in one dimension. */
export interface CellRow {
  indicator: string;
  /** A stage, or '' where the text names none and the indicator allows several. */
  stage: Stage | '';
  dimension: string;
}

export interface Cell {
  place: string;
  row: CellRow;
  chosen: StoredFigure | null;
  /** Why this one of several; null where there is none. */
  choice: Choice | null;
  /** Comparable figures that were not chosen, and, where nothing was, those that could not be compared. */
  others: StoredFigure[];
  /** Why there is no value; null where there is one. */
  missing: MissingReason | null;
}

/** A county × indicator matrix. `cells[row][county]`. */
export interface Comparison {
  counties: string[];
  rows: CellRow[];
  cells: Cell[][];
}

/** What a value can be converted to on request: by the year of its period, by pupil, by school, to the base unit of its kind. */
export const normalisations = ['per_year', 'per_pupil', 'per_school', 'base_unit'] as const;
export type Normalisation = (typeof normalisations)[number];

export const fills = ['nearest'] as const;
export type Fill = (typeof fills)[number];

/** The question behind every view: CLI flags, API parameters, page address and library call are this one object. */
export interface CompareQuery {
  counties?: string[];
  indicators?: string[];
  stages?: string[];
  /** `2024` or `2022..2024`. */
  period?: string;
  /** A cell without a figure of the period takes the one of the nearest other period; its choice says so. Never done unasked. */
  fill?: Fill;
  statuses?: Status[];
  /** Derived values beside the reported ones, never in their place. */
  normalise?: Normalisation[];
}
