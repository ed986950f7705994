// Review: what a person decided about a figure. An overlay that extraction never overwrites and finds again when a page is read anew.
import type { Bound, Period, Stage, Status } from './record.js';

/** `skip` says nothing about the figure: it only puts it at the end of the queue. */
export const reviewActions = ['accept', 'correct', 'reject', 'skip'] as const;
export type ReviewAction = (typeof reviewActions)[number];

/** What a person may say otherwise about a figure. Values are in the base unit. */
export interface Reading {
  value: number;
  valueMax: number | null;
  unit: string;
  bound: Bound;
  indicator: string | null;
  stage: Stage[];
  period: Period | null;
  status: Status;
}
export type Correction = Partial<Reading>;

/** A decision on its way into the corpus. */
export interface NewDecision {
  /** Id of the figure. */
  figure: string;
  action: ReviewAction;
  reviewer: string;
  /** ISO 8601 in UTC. */
  decidedAt: string;
  reason: string | null;
  /** What is right instead; only with `correct`. */
  correction: Correction | null;
}

export interface Decision extends Omit<NewDecision, 'figure'> {
  id: number;
  /** The figure that says so now; null where none does: the page or its reading has changed since. */
  figure: string | null;
  /** What was judged: the sentence of a page, and how it was read then. */
  url: string;
  quote: string;
  sentence: string;
  read: Reading;
  /** The last one on its figure that was not taken back. */
  isStanding: boolean;
  undoneAt: string | null;
  undoneBy: string | null;
}

/** What a figure says of the decision on it. */
export interface ReviewMark {
  action: Exclude<ReviewAction, 'skip'>;
  reviewer: string;
  decidedAt: string;
  reason: string | null;
  /** How the rules read what a person corrected; null where nothing was. */
  raw: Reading | null;
  /** Fields that the rules read otherwise now than when a person decided. */
  reread: (keyof Reading)[];
}
