// Changes: one county over time, and two versions of one document. What rose and fell, what is new, what is told no longer, and which
// plans were kept. Pure; only like is laid beside like, and a plan without a later word is open, not broken.
import type { StoredFigure } from '../model/cell.js';
import type { Period } from '../model/record.js';
import { stagesOf } from './cells.js';

export const changeKinds = ['raised', 'lowered', 'same', 'new', 'gone'] as const;
/** `new` told only by the later side, `gone` only by the earlier one. */
export type ChangeKind = (typeof changeKinds)[number];

/** One quantity on two sides. */
export interface Change {
  kind: ChangeKind;
  indicator: string | null;
  stage: string;
  before: StoredFigure | null;
  after: StoredFigure | null;
  /** Later minus earlier in the base unit, null where one side is missing. */
  difference: number | null;
  /** The periods of a sum are not of one length: the difference says little. */
  isUneven: boolean;
}

/** What comparing over time needs of an indicator. */
export interface ChangeIndicator {
  id: string;
  stages: readonly string[];
}

/** What makes two figures tell of one quantity, whatever its time. */
function keyOf(figure: StoredFigure, stage: string): string {
  const what = figure.indicator ?? `~${figure.subject}`;
  return [what, stage, figure.dimension, figure.unit, figure.per.join('·'), figure.status, figure.accrual].join(' ');
}

interface Keyed {
  stage: string;
  figure: StoredFigure;
}

/** Figures by quantity. Parts are left out: a total tells the state of the whole. */
function byKey(
  figures: readonly StoredFigure[],
  indicators: ReadonlyMap<string, ChangeIndicator>,
  keep: (figure: StoredFigure) => boolean,
): Map<string, Keyed[]> {
  const groups = new Map<string, Keyed[]>();
  for (const figure of figures) {
    if (!keep(figure)) continue;
    const indicator = figure.indicator === null ? undefined : indicators.get(figure.indicator);
    const stages = indicator ? stagesOf(figure, indicator) : [figure.stage.join('+')];
    for (const stage of stages) {
      const key = keyOf(figure, stage);
      groups.set(key, [...(groups.get(key) ?? []), { stage, figure }]);
    }
  }
  return groups;
}

/**
 * Two versions of one document, or two documents of a series (the report of last year and of this): what each tells.
 * @param before figures of the earlier side, in text order
 * @param after figures of the later side
 */
export function compareVersions(
  before: readonly StoredFigure[],
  after: readonly StoredFigure[],
  indicators: ReadonlyMap<string, ChangeIndicator>,
): Change[] {
  const isTold = (figure: StoredFigure): boolean => figure.salience !== 'minor';
  const earlier = byKey(before, indicators, isTold);
  const later = byKey(after, indicators, isTold);
  const changes: Change[] = [];
  for (const key of new Set([...earlier.keys(), ...later.keys()]))
    changes.push(...paired(earlier.get(key) ?? [], later.get(key) ?? []));
  return changes;
}

/** Of several figures of one quantity those with the same noun belong together, then those of the same value, then as they come. */
function paired(before: readonly Keyed[], after: readonly Keyed[]): Change[] {
  const left = [...before];
  const right = [...after];
  const changes: Change[] = [];
  const take = (fits: (a: StoredFigure, b: StoredFigure) => boolean): void => {
    for (const one of [...left]) {
      const other = right.find((candidate) => fits(one.figure, candidate.figure));
      if (!other) continue;
      left.splice(left.indexOf(one), 1);
      right.splice(right.indexOf(other), 1);
      changes.push(changeOf(one.stage, one.figure, other.figure));
    }
  };
  take((a, b) => a.subject === b.subject && a.value === b.value);
  take((a, b) => a.value === b.value);
  take((a, b) => a.subject === b.subject);
  if (left.length === 1 && right.length === 1) take(() => true);
  return [
    ...changes,
    ...left.map(({ stage, figure }) => changeOf(stage, figure, null)),
    ...right.map(({ stage, figure }) => changeOf(stage, null, figure)),
  ];
}

function changeOf(stage: string, before: StoredFigure | null, after: StoredFigure | null): Change {
  const common = { indicator: (after ?? before)!.indicator, stage, before, after };
  if (!before || !after) return { ...common, kind: after ? 'new' : 'gone', difference: null, isUneven: false };
  const difference = after.value - before.value;
  const isSame = difference === 0 && after.valueMax === before.valueMax && after.bound === before.bound;
  return {
    ...common,
    kind: difference > 0 ? 'raised' : difference < 0 ? 'lowered' : isSame ? 'same' : boundChange(before, after),
    difference,
    isUneven: isUneven(before, after),
  };
}

/** 80% and then 不低于80%: the number stayed, the words did not. An end of a range decides; otherwise it counts as the same. */
function boundChange(before: StoredFigure, after: StoredFigure): ChangeKind {
  const [a, b] = [before.valueMax ?? before.value, after.valueMax ?? after.value];
  return b > a ? 'raised' : b < a ? 'lowered' : 'same';
}

const yearsOf = ({ from, to }: Period): number => Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1;

const isUneven = (a: StoredFigure, b: StoredFigure): boolean =>
  a.accrual === 'flow' && (a.period === null || b.period === null || yearsOf(a.period) !== yearsOf(b.period));

/**
 * One county over time: each quantity from one period to the next in which it is told. Within a period the latest document counts.
 * @param figures of one county, all documents
 * @returns changes in order of the later period; `gone` where a document of a later year tells of the indicator's peers but not of it
 *   is not claimed: silence between documents of different kinds is no change
 */
export function changesOverTime(
  figures: readonly StoredFigure[],
  indicators: ReadonlyMap<string, ChangeIndicator>,
): Change[] {
  const groups = byKey(
    figures,
    indicators,
    (figure) =>
      figure.indicator !== null && figure.period !== null && figure.whole === null && figure.status === 'actual',
  );
  const changes: Change[] = [];
  for (const group of groups.values()) {
    const told = latestOfPeriods(group);
    for (let i = 1; i < told.length; i++) changes.push(changeOf(told[i]!.stage, told[i - 1]!.figure, told[i]!.figure));
  }
  return changes.sort((a, b) => (a.after!.period!.to < b.after!.period!.to ? -1 : 1));
}

/** One figure for each period, periods in order. Sums of periods that overlap are not laid beside each other. */
function latestOfPeriods(group: readonly Keyed[]): Keyed[] {
  const periods = new Map<string, Keyed>();
  for (const each of group) {
    const { from, to } = each.figure.period!;
    const known = periods.get(`${from} ${to}`);
    if (!known || (each.figure.documentDate ?? '') > (known.figure.documentDate ?? ''))
      periods.set(`${from} ${to}`, each);
  }
  const sorted = [...periods.values()].sort((a, b) => (a.figure.period!.to < b.figure.period!.to ? -1 : 1));
  return sorted.filter(({ figure }, index) => {
    const before = sorted[index - 1];
    return figure.accrual !== 'flow' || !before || before.figure.period!.to < figure.period!.from;
  });
}

const planOutcomes = ['kept', 'not_kept', 'later', 'open'] as const;
/** `kept` reached by the time that was named · `not_kept` a value of that time falls short · `later` reached, but after it · `open` no
 * value of that time is told. */
export type PlanOutcome = (typeof planOutcomes)[number];

export interface PlanCheck {
  plan: StoredFigure;
  outcome: PlanOutcome;
  /** The reported value it is laid beside, null where it is open. */
  result: StoredFigure | null;
  stage: string;
}

/**
 * Plans and targets with a time, beside what was reported for that time or later.
 * @param figures of one county, all documents
 * @param isLessBetter says of an indicator whether a lower value is the better one (大班额比例); a plan that sets a ceiling (控制在5%以内)
 *   needs no such word
 */
export function checkPlans(
  figures: readonly StoredFigure[],
  indicators: ReadonlyMap<string, ChangeIndicator>,
  isLessBetter: (indicator: string) => boolean,
): PlanCheck[] {
  const isPlan = ({ status }: StoredFigure): boolean => status === 'planned' || status === 'target';
  const plans = byKey(
    figures,
    indicators,
    (figure) => figure.indicator !== null && figure.period !== null && isPlan(figure),
  );
  const results = byKey(figures, indicators, (figure) => figure.status === 'actual' && figure.whole === null);
  const checks: PlanCheck[] = [];
  for (const group of plans.values()) {
    for (const { stage, figure } of group) {
      const told = results.get(keyOf({ ...figure, status: 'actual' }, stage)) ?? [];
      checks.push(
        checkPlan(
          figure,
          stage,
          told.map((each) => each.figure),
          isLessBetter(figure.indicator!),
        ),
      );
    }
  }
  return checks;
}

function checkPlan(plan: StoredFigure, stage: string, told: readonly StoredFigure[], isLessBetter: boolean): PlanCheck {
  const year = (date: string): string => date.slice(0, 4);
  const due = year(plan.period!.to);
  const isCeiling = isLessBetter || plan.bound === 'at_most' || plan.bound === 'under';
  const reached = (figure: StoredFigure): boolean =>
    isCeiling ? figure.value <= plan.value : figure.value >= plan.value;
  const times = told
    .filter((figure) => figure.period !== null && year(figure.period.to) >= due && speaksOf(figure, plan))
    .sort((a, b) => (a.period!.to < b.period!.to ? -1 : 1));
  const atDue = times.filter((figure) => year(figure.period!.to) === due);
  const kept = atDue.find(reached);
  if (kept) return { plan, stage, outcome: 'kept', result: kept };
  const late = times.find((figure) => year(figure.period!.to) > due && reached(figure));
  if (late) return { plan, stage, outcome: 'later', result: late };
  const short = atDue.at(-1);
  return short ? { plan, stage, outcome: 'not_kept', result: short } : { plan, stage, outcome: 'open', result: null };
}

/** What is done in a time answers a plan for that time; a state answers whenever it is told. Never the plan's own document. */
const speaksOf = (figure: StoredFigure, plan: StoredFigure): boolean =>
  figure.documentId !== plan.documentId &&
  (figure.accrual !== 'flow' ||
    year4(figure.period!.from) === year4(plan.period!.from) ||
    year4(figure.period!.from) >= year4(plan.period!.to));

const year4 = (date: string): string => date.slice(0, 4);
