// Names of places in a text: where they stand, which units they may mean, and whether they stand in the place of the subject.
import type { Place } from '../../src/model/place.js';
import type { Span } from '../../src/model/way-back.js';
import { Trie } from '../engine/trie.js';
import { genericNames, notBehindName } from '../lexicon/places.js';
import { inYear, isZone, namedPlaces } from './list.js';

/** A name in the text with the units it may mean; one unit where that is certain. */
export interface Mention extends Span {
  name: string;
  /** With its suffix (乳山市), or bare (乳山). */
  full: boolean;
  units: readonly Place[];
}

let names: Trie<readonly Place[]> | null = null;

const nameTrie = (): Trie<readonly Place[]> => {
  names ??= new Trie(namedPlaces());
  return names;
};

/**
 * All names of places in a text, in order, longest first and without overlaps. Linear. A name right behind that of its parent
 * means the unit there (南京市鼓楼区); another shared name keeps all its units.
 * @param year of the document, to tell former units; null where unknown.
 */
export function mentionsIn(text: string, year: number | null): Mention[] {
  const trie = nameTrie();
  const found: Mention[] = [];
  const known = new Map<string, Place[]>();
  for (let at = 0; at < text.length; ) {
    const match = trie.longest(text, at);
    const mention = match && read(text, at, match.length, match.value, found.at(-1), year, known);
    if (mention) {
      found.push(mention);
      at = mention.end;
    } else at++;
  }
  return found;
}

function read(
  text: string,
  start: number,
  length: number,
  units: readonly Place[],
  before: Mention | undefined,
  year: number | null,
  /** The units of each name that was met, as they were in that year. */
  known: Map<string, Place[]>,
): Mention | null {
  const end = start + length;
  const name = text.slice(start, end);
  if (notBehindName.test(text.slice(end, end + 1))) return null;
  const full = units.some((place) => place.name === name);
  const wanted = full ? units.filter((place) => place.name === name) : units.filter((place) => !isZone(place));
  const here = known.get(name) ?? inForce(wanted, year);
  known.set(name, here);
  const parents = before && before.end === start ? before.units : [];
  const inside = here.filter((place) => parents.some((parent) => isParent(parent, place)));
  if (inside.length > 0) return { start, end, name, full, units: inside };
  if (genericNames.has(name) || here.length === 0) return null;
  // Two characters with the suffix (开县) are a name only where no other word runs into them.
  if (full && name.length === 2 && /[\u4e00-\u9fa5]/.test(text[start - 1] ?? '') && before?.end !== start) return null;
  return { start, end, name, full, units: here };
}

/** The units as they were in the document's year; a unit and the one that carries it on count as one. */
function inForce(units: readonly Place[], year: number | null): Place[] {
  const seen = new Map<string, Place>();
  for (const place of units) {
    const then = place.validTo === undefined ? place : inYear(place, year);
    const shared = units.some(
      (other) => other !== place && other.successor === place.code && year !== null && year <= other.validTo!,
    );
    if (!shared && !seen.has(then.code)) seen.set(then.code, then);
  }
  return [...seen.values()];
}

/** Whether `place` lies in `parent`. */
export const isParent = (parent: Place, place: Place): boolean =>
  parent.level !== 'county' &&
  parent !== place &&
  (parent.level === 'province' ? place.province === parent.name : place.prefecture === parent.name);
