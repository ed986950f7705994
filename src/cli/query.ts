// The options that ask a question of a corpus, alike for every command, and the one query object that they make.
import { type CompareQuery, type Fill, fills, type Normalisation } from '../model/cell.js';
import { UsageError } from '../model/errors.js';
import { type Status, stages, statuses } from '../model/record.js';
import { type CommandOption, countyOption, listOf } from './command.js';

/** Which counties, indicators, stages, time and statuses. */
export const queryOptions: readonly CommandOption[] = [
  countyOption,
  { flags: '--indicator <ids...>', about: 'indicators by id or name' },
  { flags: '--stage <stages...>', about: stages.join(', ') },
  { flags: '--period <period>', about: '2024, 2024-05 or 2022..2024; nothing is filled in from another year' },
  {
    flags: '--fill <how>',
    about: 'nearest: where the period has no value, that of the nearest other period, marked as such',
  },
  { flags: '--status <statuses...>', about: `${statuses.join(', ')}; default actual` },
];

/** What is to be derived from the values. */
export const normaliseOptions: readonly CommandOption[] = [
  { flags: '--per-year', about: 'derived: sums over several years by the year' },
  { flags: '--per-pupil', about: 'derived: amounts by the pupils of the same stage and year' },
  { flags: '--per-school', about: 'derived: amounts by the schools of the same stage and year' },
  { flags: '--base-units', about: 'derived: 亩 in square metres' },
];

/**
 * What the options ask. The same words are the parameters of the API and the fields of the library's query.
 * @throws UsageError for a stage or status that is unknown.
 */
export function queryOf(options: Record<string, unknown>): CompareQuery {
  const counties = listOf(options.county);
  const indicators = listOf(options.indicator);
  const stagesAsked = listOf(options.stage);
  const statusesAsked = listOf(options.status);
  const normalise = normaliseFlags.flatMap(([option, asked]) => (options[option] === true ? [asked] : []));
  checkWords('stage', stagesAsked, stages);
  const [fill] = listOf(options.fill) ?? [];
  checkWords('fill', fill === undefined ? [] : [fill], fills);
  checkWords('status', statusesAsked, statuses);
  return {
    ...(counties ? { counties } : {}),
    ...(indicators ? { indicators } : {}),
    ...(stagesAsked ? { stages: stagesAsked } : {}),
    ...(options.period === undefined ? {} : { period: String(options.period) }),
    ...(fill === undefined ? {} : { fill: fill as Fill }),
    ...(statusesAsked ? { statuses: statusesAsked as Status[] } : {}),
    ...(normalise.length > 0 ? { normalise } : {}),
  };
}

const normaliseFlags: readonly [option: string, Normalisation][] = [
  ['perYear', 'per_year'],
  ['perPupil', 'per_pupil'],
  ['perSchool', 'per_school'],
  ['baseUnits', 'base_unit'],
];

/** @throws UsageError for a word that is not among the known. */
export function checkWords(option: string, words: readonly string[] | undefined, known: readonly string[]): void {
  const wrong = words?.find((word) => !known.includes(word));
  if (wrong !== undefined)
    throw new UsageError('E_OPTION', `--${option} ${wrong} is unknown`, `Write one of ${known.join(', ')}.`);
}
