// The records that extraction finds in a document. Field meanings are those of the annotation guide.
import type { Span } from './way-back.js';

export const dimensions = [
  'money',
  'count',
  'ratio',
  'area',
  'length',
  'multiple',
  'coefficient',
  'duration',
  'other',
] as const;
export type Dimension = (typeof dimensions)[number];

export const bounds = ['exact', 'about', 'over', 'under', 'at_least', 'at_most'] as const;
export type Bound = (typeof bounds)[number];

export const stages = [
  'preschool',
  'primary',
  'junior',
  'compulsory',
  'senior',
  'vocational',
  'special',
  'all',
] as const;
export type Stage = (typeof stages)[number];

const accruals = ['stock', 'flow', 'annual', 'monthly'] as const;
export type Accrual = (typeof accruals)[number];

export const statuses = ['actual', 'planned', 'target', 'standard'] as const;
export type Status = (typeof statuses)[number];

/** A time span in ISO 8601 with the text's own precision, both ends included; equal ends for a point. */
export interface Period {
  from: string;
  to: string;
}

/** One number with everything needed to compare it. */
export interface Figure extends Span {
  /** Stable within its document: `<document>-<three digits>` in text order. */
  id: string;
  /** The words that express it, from the normalised text: number, scale, unit and qualifiers that touch it. */
  quote: string;
  /** Where the quote stands in the normalised text; `start` and `end` are its place in the decoded original. */
  textStart: number;
  textEnd: number;
  /** The sentence that says so, from the normalised text. */
  sentence: string;
  dimension: Dimension;
  /** In the base unit: yuan, things, a fraction of 1 for a ratio, square metres (亩 is kept). */
  value: number;
  /** Upper end of a range. */
  value_max?: number;
  /** CNY, 1 (ratio, multiple, coefficient), m2, 亩, m, or the measure word as written. */
  unit: string;
  bound: Bound;
  /** Denominators in the text's own words: 学生, 百名学生, 年, 月, 人, 校, 5年. */
  per?: string[];
  /** What is measured: the shortest noun phrase that names it with the words that restrict it. */
  subject: string;
  action?: string;
  stage?: Stage | Stage[];
  period?: Period;
  period_text?: string;
  accrual?: Accrual;
  status: Status;
  /** Id of the figure of which this one is a part. */
  whole?: string;
  /** For a ratio or multiple: id of the figure that is its base. */
  of?: string;
  salience: 'core' | 'minor';
  /** GB/T 2260 code of the county it speaks of, absent where that stays open. */
  place?: string;
  /** Codebook id, absent where none fits. */
  indicator?: string;
  /** Why this indicator: the matcher's reason. */
  indicator_reason?: string;
  /** Names of the rules that made it, outermost first. */
  rules: string[];
  /** 0 to 1. */
  confidence: number;
}

export type PracticeStatus = 'done' | 'piloted' | 'planned' | 'mentioned';

/** A reported measure (举措). */
export interface Practice extends Span {
  id: string;
  practice: string;
  status: PracticeStatus;
  place?: string;
  period?: Period;
  quote: string;
  textStart: number;
  textEnd: number;
  sentence: string;
  /** Ids of figures that belong to it. */
  figures: string[];
  rules: string[];
  confidence: number;
}

/** A policy document that the text cites by 《…》 or 文号. */
export interface Citation extends Span {
  id: string;
  title: string | null;
  /** Normalised to 〔〕. */
  number: string | null;
  issuer: string | null;
  quote: string;
  textStart: number;
  textEnd: number;
  sentence: string;
}

/** Everything one document gave. */
export interface Records {
  /** The county the document speaks of, absent where that stays open; `placeReason` says how it was found or why not. */
  place?: string;
  placeReason: string;
  figures: Figure[];
  practices: Practice[];
  citations: Citation[];
}
