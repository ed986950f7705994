// What the audit gives: one checked claim, with the sentences it stands on and what was computed. It states and never accuses.
import type { StoredFigure } from '../../model/cell.js';
import type { TableCell } from './tables.js';

export const findingKinds = [
  'parts',
  'share',
  'growth',
  'multiple',
  'list',
  'repeated',
  'term',
  'date',
  'range',
  'standard',
] as const;
/** What was checked: parts against their total · a share recomputed · a rate of growth recomputed · a multiple of a named standard · a count against the names it
 * counts · one quantity told twice · one name told in two ways · dates · plausible values · a claim to meet a standard. */
export type FindingKind = (typeof findingKinds)[number];

export const verdicts = ['holds', 'rounds', 'edge', 'overstated', 'understated', 'conflicts', 'cannot_tell'] as const;
/**
 * `holds` as told · `rounds` within what rounding, 余 or 约 allow · `edge` exactly on the limit that the words exclude · `overstated`,
 * `understated` beside what was computed from the same text · `conflicts` two claims that cannot both be right as they stand ·
 * `cannot_tell` worth a look, but the text does not decide it.
 */
export type Verdict = (typeof verdicts)[number];

export const severities = ['none', 'low', 'medium', 'high'] as const;
export type Severity = (typeof severities)[number];

export interface FindingSentence {
  document: number;
  text: string;
}

export interface Finding {
  /** Stable while the records keep their ids: kind and the figures or places it stands on. */
  id: string;
  kind: FindingKind;
  verdict: Verdict;
  severity: Severity;
  /** GB/T 2260 code, null where the document leaves it open. */
  place: string | null;
  documents: number[];
  /** Ids of the figures, the checked one first. */
  figures: string[];
  sentences: FindingSentence[];
  /** The computed value in the base unit, null where the check computes none. */
  value: number | null;
  /** The computation as people read it: `220 ÷ 570 = 38.6%`. */
  computed: string | null;
  /** One neutral sentence. */
  zh: string;
  en: string;
}

/** What the audit knows of a document. */
export interface AuditDocument {
  id: number;
  place: string | null;
  title: string | null;
  text: string;
  /** ISO 8601 with the precision printed, null where the document gives none. */
  published: string | null;
  signed: string | null;
  /** All its figures in text order. */
  figures: readonly StoredFigure[];
  /** The cells of its tables; without them tables are not checked. */
  cells?: readonly TableCell[];
}

type Told = Pick<Finding, 'kind' | 'verdict' | 'severity' | 'zh' | 'en'> & Partial<Pick<Finding, 'value' | 'computed'>>;

/** A finding about figures: place, documents and sentences are theirs. */
export function findingOn(figures: readonly StoredFigure[], told: Told): Finding {
  const sentences = new Map(
    figures.map(({ documentId, sentence }) => [`${documentId} ${sentence}`, { document: documentId, text: sentence }]),
  );
  return {
    id: `${told.kind}:${figures.map((figure) => figure.id).join('+')}`,
    place: figures[0]?.place ?? null,
    documents: [...new Set(figures.map((figure) => figure.documentId))],
    figures: figures.map((figure) => figure.id),
    sentences: [...sentences.values()],
    value: null,
    computed: null,
    ...told,
  };
}

/** A finding about the words of one document. @param at where the first of them stands, for the id */
export function findingIn(document: AuditDocument, at: number, sentences: readonly string[], told: Told): Finding {
  return {
    id: `${told.kind}:${document.id}@${at}`,
    place: document.place,
    documents: [document.id],
    figures: [],
    sentences: sentences.map((text) => ({ document: document.id, text })),
    value: null,
    computed: null,
    ...told,
  };
}
