// The audit of a document and of a county: arithmetic and words of the texts themselves, laid beside each other. Pure. It finds what a
// careful reader with a calculator would, says what it computed, and leaves the judgement to people.
import type { StoredFigure } from '../../model/cell.js';
import type { StandardSketch } from '../standards.js';
import { checkClaims } from './claims.js';
import { checkDates } from './dates.js';
import { type AuditDocument, type Finding, severities } from './finding.js';
import { checkGrowth } from './growth.js';
import { checkLists } from './lists.js';
import { checkMultiples } from './multiples.js';
import { checkParts } from './parts.js';
import { checkRanges, type RangedIndicator } from './ranges.js';
import { checkAcrossDocuments, checkRepeated, type RepeatedIndicator } from './repeated.js';
import { checkShares } from './shares.js';
import { checkTables } from './tables.js';
import { checkTerms } from './terms.js';
import { checkToldChanges } from './told-changes.js';

export {
  type AuditDocument,
  type Finding,
  type FindingKind,
  findingKinds,
  type Severity,
  severities,
  type Verdict,
  verdicts,
} from './finding.js';

export type AuditIndicator = RangedIndicator & RepeatedIndicator;

/** What the codebook gives to the audit. */
export interface AuditRules {
  indicators: ReadonlyMap<string, AuditIndicator>;
  standards: readonly StandardSketch[];
}

/** All checks within one document, gravest first. @param document with all its figures in text order */
export function auditDocument(document: AuditDocument, rules: AuditRules): Finding[] {
  return bySeverity([
    ...checkParts(document),
    ...checkTables(document),
    ...checkShares(document),
    ...checkGrowth(document.figures),
    ...checkToldChanges(document.figures),
    ...checkMultiples(document, rules.standards),
    ...checkClaims(document, rules.standards),
    ...checkLists(document),
    ...checkRepeated(document),
    ...checkTerms(document),
    ...checkDates(document),
    ...checkRanges(document, rules.indicators),
  ]);
}

/** Checks across the documents of one county. @param figures of all its documents, in the order in which they were stored */
export function auditCounty(figures: readonly StoredFigure[], rules: AuditRules): Finding[] {
  return bySeverity([...checkAcrossDocuments(figures, rules.indicators), ...checkGrowth(figures, true)]);
}

const bySeverity = (findings: Finding[]): Finding[] =>
  findings.sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
