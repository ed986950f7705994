// The cell of a comparison: county × indicator × stage × period. Never blank, never a zero that nobody reported.
import type { Period, Stage, Status } from './record.js';

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
  whole: string | null;
  salience: string;
  quote: string;
  sentence: string;
  confidence: number;
  documentId: number;
  /** ISO date of the document, null where unknown. */
  documentDate: string | null;
}

export interface Cell {
  place: string;
  indicator: string;
  stage: string;
  /** The period the cell was asked for, or that of the chosen figure. */
  period: Period | null;
  chosen: StoredFigure | null;
  /** Why this one of several. */
  reason: string;
  /** Comparable figures that were not chosen. */
  others: StoredFigure[];
  missing: MissingReason | null;
}

/** The question behind every view: CLI flags, API parameters, page address and library call are this one object. */
export interface CompareQuery {
  counties?: string[];
  indicators?: string[];
  stages?: string[];
  /** `2024` or `2022..2024`. */
  period?: string;
  statuses?: Status[];
}
