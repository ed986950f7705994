// The options that ask a question of a corpus, alike for every command, and the one query object that they make.
import { type CompareQuery, type Fill, fills, type Normalisation } from '../model/cell.js';
import { UsageError } from '../model/errors.js';
import { type Status, stages, statuses } from '../model/record.js';
import { type CommandOption, countyOption, listOf } from './command.js';

/** Which counties, indicators, stages, time and statuses. */
export const queryOptions: readonly CommandOption[] = [
  countyOption,
  { flags: '--indicator <ids...>', about: { en: 'indicators by id or name', zh: '指标的编号或名称' } },
  { flags: '--stage <stages...>', about: { en: stages.join(', '), zh: `学段：${stages.join(', ')}` } },
  {
    flags: '--period <period>',
    about: {
      en: '2024, 2024-05 or 2022..2024; nothing is filled in from another year',
      zh: '时期：2024、2024-05 或 2022..2024；不拿别的年份来填',
    },
  },
  {
    flags: '--fill <how>',
    about: {
      en: 'nearest: where the period has no value, that of the nearest other period, marked as such',
      zh: 'nearest：所问时期没有值时，取最近的另一时期，并注明',
    },
  },
  {
    flags: '--status <statuses...>',
    about: {
      en: `${statuses.join(', ')}; default actual`,
      zh: `实际、计划、目标或标准：${statuses.join(', ')}；默认 actual`,
    },
  },
];

/** What is to be derived from the values. */
export const normaliseOptions: readonly CommandOption[] = [
  {
    flags: '--per-year',
    about: { en: 'derived: sums over several years by the year', zh: '推算：跨年累计数折成每年' },
  },
  {
    flags: '--per-pupil',
    about: { en: 'derived: amounts by the pupils of the same stage and year', zh: '推算：金额除以同学段同年的学生数' },
  },
  {
    flags: '--per-school',
    about: { en: 'derived: amounts by the schools of the same stage and year', zh: '推算：金额除以同学段同年的学校数' },
  },
  { flags: '--base-units', about: { en: 'derived: 亩 in square metres', zh: '推算：亩换算成平方米' } },
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
    throw new UsageError(
      'E_OPTION',
      { en: `--${option} ${wrong} is unknown`, zh: `--${option} 没有 ${wrong} 这个取值` },
      { en: `Write one of ${known.join(', ')}.`, zh: `请写其中之一：${known.join('、')}。` },
    );
}
