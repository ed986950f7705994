// The question of a comparison from an address: the same words as the flags of the command line and the fields of the library's query.
import type { CompareQuery, Fill, Normalisation } from '../model/cell.js';
import { fills, normalisations } from '../model/cell.js';
import { UsageError } from '../model/errors.js';
import { type Status, stages, statuses } from '../model/record.js';
import type { WebContext } from './context.js';

/** Values of a parameter, given several times or parted by commas; undefined where there is none. */
export function listIn(c: WebContext, name: string): string[] | undefined {
  const values = (c.req.queries(name) ?? [])
    .flatMap((value) => value.split(/[,，]/))
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return values.length > 0 ? [...new Set(values)] : undefined;
}

/** The values of a parameter, all of which must be known. @throws UsageError for another */
export function known<T extends string>(c: WebContext, name: string, all: readonly T[]): T[] | undefined {
  const asked = listIn(c, name);
  const wrong = asked?.find((value) => !(all as readonly string[]).includes(value));
  if (wrong === undefined) return asked as T[] | undefined;
  throw new UsageError(
    'E_OPTION',
    { en: `${name}=${wrong} is unknown`, zh: `${name} 没有 ${wrong} 这个取值` },
    { en: `Write one of ${all.join(', ')}.`, zh: `请写其中之一：${all.join('、')}。` },
  );
}

/**
 * `county`, `indicator`, `stage`, `period`, `fill`, `status` and `normalise` of an address.
 * @throws UsageError for a stage, status or normalisation that is unknown; other names are checked where they are resolved
 */
export function compareQueryOf(c: WebContext): CompareQuery {
  const query: CompareQuery = {};
  const counties = listIn(c, 'county');
  const indicators = listIn(c, 'indicator');
  const stagesAsked = known(c, 'stage', stages);
  const statusesAsked = known<Status>(c, 'status', statuses);
  const normalise = known<Normalisation>(c, 'normalise', normalisations);
  const [fill] = known<Fill>(c, 'fill', fills) ?? [];
  const period = c.req.query('period')?.trim();
  if (counties) query.counties = counties;
  if (indicators) query.indicators = indicators;
  if (stagesAsked) query.stages = stagesAsked;
  if (statusesAsked) query.statuses = statusesAsked;
  if (normalise) query.normalise = normalise;
  if (period) query.period = period;
  if (fill) query.fill = fill;
  return query;
}
