// Which county a document speaks of, after the rules of the field: the title and what it is about before the publisher, a bare
// name only with a second clue, a shared name only with its parent; and which county each figure speaks of.
import { type Document, referenceDate } from '../../src/model/document.js';
import type { Place } from '../../src/model/place.js';
import type { Span } from '../../src/model/way-back.js';
import { Trie } from '../engine/trie.js';
import { genericNames, leadsSubject, notBeforeSubject, notBehindPronoun, pronouns } from '../lexicon/places.js';
import { whyWords } from '../reasons.js';
import { inYear, placeOfCode } from './list.js';
import { isParent, type Mention, mentionsIn } from './mentions.js';

/** A stretch of the text that speaks of another unit than the document does, or of the document's own again. */
interface Turn {
  at: number;
  end: number;
  /** null: the document's own place. */
  code: string | null;
}

/** Which county a document speaks of, and how that was found, or why it stays open. */
export interface DocumentPlace {
  /** GB/T 2260 code. */
  place?: string;
  reason: string;
  /** Where the text turns to other units, in text order. */
  turns: readonly Turn[];
  /** Cells of tables whose row or column is headed by one county, with its code. */
  cells: readonly (Span & { code: string })[];
}

/** What speaks for a unit. */
interface Claim {
  place: Place;
  score: number;
  clues: string[];
}

/** Weights of the clues; a title outweighs all that stands around the text. */
const weights = { title: 8, bareTitle: 6, hint: 4, body: 4, publisher: 3, index: 2, number: 1, pronoun: 1 };

/** Clues must differ by this much, else the place stays open. */
const margin = 1;

/**
 * The county that a document speaks of. Title and text come before publisher and hint; where a title names no county but a
 * prefecture, and the text no county either, it is the prefecture. `placeHint` is a strong clue; one that the list does not
 * hold (an invented county) is taken as it is.
 */
export function resolveDocumentPlace(document: Document): DocumentPlace {
  const year = Number(referenceDate(document)?.slice(0, 4)) || null;
  const hint = document.placeHint;
  const hinted = hint === undefined ? undefined : placeOfCode(hint);
  if (hint !== undefined && !hinted)
    return { place: hint, reason: whyWords.unknownHint({ code: hint }), turns: [], cells: [] };
  const body = mentionsIn(document.text, year);
  const claims = new Claims(document, body, year);
  claims.weigh(hinted ? inYear(hinted, year) : undefined);
  const verdict = claims.verdict();
  const place = verdict.place;
  const unit = place === undefined ? undefined : claims.unitOf(place);
  const turns = turnsOf(document.text, body, unit, claims.publisher, claims.known);
  return { ...verdict, turns, cells: cellsOf(document, year) };
}

/** Collects what speaks for each unit. */
class Claims {
  readonly #claims = new Map<string, Claim>();
  readonly #document: Document;
  readonly #body: readonly Mention[];
  readonly #title: readonly Mention[];
  readonly #heads: readonly Mention[];
  #shared: string | null = null;
  #bare: string | null = null;
  /** The unit that publishes, where one is named. */
  publisher: Place | undefined;
  /** Codes of all units that are named in full or confirmed. */
  readonly known = new Set<string>();

  constructor(document: Document, body: readonly Mention[], year: number | null) {
    this.#document = document;
    this.#body = body;
    this.#title = mentionsIn(document.title ?? '', year);
    this.#heads = mentionsIn([document.publisher, document.source, document.author].filter(Boolean).join('\n'), year);
    this.#shared =
      [...genericNames].find((name) => new RegExp(`^(?:20\\d\\d年)?${name}`).test(document.title ?? '')) ?? null;
    this.publisher = this.#heads.find(({ full, units }) => full && units.length === 1)?.units[0];
  }

  weigh(hint: Place | undefined): void {
    if (hint) this.#add(hint, weights.hint, whyWords.hint());
    this.#weighTitle(hint);
    for (const mention of this.#heads) {
      const place = mention.full ? this.#only(mention, hint) : undefined;
      if (place) this.#add(place, weights.publisher, whyWords.publisher({ name: mention.name }));
    }
    this.#weighBody(hint);
    const area = /^11(\d{6})/.exec(this.#document.indexNumber ?? '')?.[1];
    const indexed = area === undefined ? undefined : placeOfCode(area);
    if (indexed?.level === 'county') this.#add(indexed, weights.index, whyWords.index({ code: area! }));
    this.#weighNumber();
    this.#weighPronouns();
  }

  #weighTitle(hint: Place | undefined): void {
    for (const mention of this.#title) {
      const place = this.#only(mention, hint);
      if (!place) {
        this.#shared ??= mention.units.length > 1 && mention.full ? mention.name : null;
        continue;
      }
      if (mention.full) this.#add(place, weights.title, whyWords.title({ name: mention.name }));
      else if (this.#confirmed(place, hint))
        this.#add(place, weights.bareTitle, whyWords.title({ name: mention.name }));
      else if (place.level === 'county') this.#bare ??= mention.name;
    }
  }

  #weighBody(hint: Place | undefined): void {
    const counts = new Map<Place, number>();
    let total = 0;
    for (const mention of this.#body) {
      const place = mention.full ? this.#only(mention, hint) : undefined;
      if (!place) continue;
      counts.set(place, (counts.get(place) ?? 0) + 1);
      if (place.level === 'county') total++;
    }
    for (const [place, count] of counts) {
      const share = place.level === 'county' ? count / total : 0.2;
      this.#add(
        place,
        weights.body * share,
        (count === 1 ? whyWords.bodyOnce : whyWords.body)({ name: place.name, count }),
      );
    }
  }

  /** 曲政办字: the issuer's sign begins with a character of its county's name. */
  #weighNumber(): void {
    const sign = this.#document.documentNumber?.[0];
    if (sign === undefined) return;
    for (const claim of this.#claims.values())
      if (claim.place.level === 'county' && claim.place.short.includes(sign))
        this.#add(claim.place, weights.number, whyWords.number({ sign }));
  }

  #weighPronouns(): void {
    const text = this.#document.text;
    for (const kind of ['市', '县', '区', '旗']) {
      const own = text.split(`我${kind}`).length - 1;
      if (own === 0) continue;
      for (const claim of this.#claims.values())
        if (claim.place.level === 'county' && claim.place.name.endsWith(kind))
          this.#add(claim.place, weights.pronoun, whyWords.pronoun({ pronoun: `我${kind}` }));
    }
  }

  /** The one unit of a mention, with parents named elsewhere as the second clue of a shared name. */
  #only(mention: Mention, hint: Place | undefined): Place | undefined {
    if (mention.units.length === 1) return mention.units[0];
    if (hint && mention.units.includes(hint)) return hint;
    const prefectures = mention.units.filter((place) => this.#namesParent(place, 'prefecture'));
    if (prefectures.length === 1) return prefectures[0];
    const provinces = mention.units.filter((place) => this.#namesParent(place, 'province'));
    if (provinces.length === 1) return provinces[0];
    const first = mention.units[0];
    return first && mention.units.every((place) => place.level !== 'county') ? first : undefined;
  }

  #namesParent(place: Place, level: 'prefecture' | 'province'): boolean {
    const parents = (mentions: readonly Mention[]) =>
      mentions.some(({ units }) => units.some((parent) => parent.level === level && isParent(parent, place)));
    return parents(this.#title) || parents(this.#heads) || parents(this.#body);
  }

  /** A second clue for a bare name: the full name, its prefecture, the source's hint, the index number. */
  #confirmed(place: Place, hint: Place | undefined): boolean {
    const fully = ({ full, units }: Mention) => full && units.includes(place);
    return (
      place === hint ||
      this.#body.some(fully) ||
      this.#heads.some(fully) ||
      (place.prefecture !== null && this.#namesParent(place, 'prefecture')) ||
      this.#document.indexNumber?.includes(place.code) === true
    );
  }

  #add(place: Place, score: number, clue: string): void {
    this.known.add(place.code);
    const claim = this.#claims.get(place.code);
    if (!claim) this.#claims.set(place.code, { place, score, clues: [clue] });
    else if (!claim.clues.includes(clue)) {
      claim.score += score;
      claim.clues.push(clue);
    }
  }

  unitOf(code: string): Place | undefined {
    return this.#claims.get(code)?.place;
  }

  verdict(): Pick<DocumentPlace, 'place' | 'reason'> {
    const ranked = [...this.#claims.values()].sort((a, b) => b.score - a.score);
    const counties = ranked.filter(({ place }) => place.level === 'county');
    const [best, second] = counties;
    const above = ranked.find(
      ({ place, clues }) => place.level !== 'county' && clues.some((clue) => /^(?:title|named by)/.test(clue)),
    );
    const titled = counties.some(({ clues }) => clues.some((clue) => clue.startsWith('title')));
    if (above && !titled && (best === undefined || best.score < weights.body))
      return { place: above.place.code, reason: whyWords.above({ clues: above.clues.join('; ') }) };
    if (best === undefined) return { reason: this.#why() };
    if (second && best.score - second.score < margin)
      return {
        reason: whyWords.several({
          names: counties
            .slice(0, 5)
            .map(({ place }) => place.name)
            .join(', '),
        }),
      };
    if (this.#shared !== null && best.score < weights.hint) return { reason: this.#why() };
    return { place: best.place.code, reason: best.clues.join('; ') };
  }

  #why(): string {
    if (this.#shared !== null) return whyWords.shared({ name: this.#shared });
    if (this.#bare !== null) return whyWords.bare({ name: this.#bare });
    return whyWords.none();
  }
}

const pronounTrie = new Trie(pronouns);

/** The unit that 我市, 全县, 该区 stands for in a text on `unit`: itself where its name ends so, else the one above that does. */
function pronounced(kind: string, unit: Place | undefined, publisher: Place | undefined): string | null | undefined {
  if (!unit) return undefined;
  const ends = (name: string | null) => name?.endsWith(kind) === true;
  if (publisher && publisher !== unit && isParent(publisher, unit) && publisher.name.endsWith(kind))
    return publisher.code;
  if (ends(unit.name)) return null;
  if (ends(unit.prefecture)) return `${unit.code.slice(0, 4)}00`;
  if (ends(unit.province)) return `${unit.code.slice(0, 2)}0000`;
  return undefined;
}

/** Where the text turns to another unit: its name or a pronoun in the place of the subject. */
function turnsOf(
  text: string,
  mentions: readonly Mention[],
  unit: Place | undefined,
  publisher: Place | undefined,
  known: ReadonlySet<string>,
): Turn[] {
  const named: (Turn & { place: Place })[] = [];
  for (const mention of mentions) {
    const place = mention.units.length === 1 ? mention.units[0]! : mention.units.find(({ code }) => known.has(code));
    if (!place || (!mention.full && !known.has(place.code)) || !isSubject(text, mention)) continue;
    const own = place.code === unit?.code;
    if (!own && place.level !== 'county' && !opensSentence(text, mention.start)) continue;
    named.push({ at: mention.end, end: scopeEnd(text, mention, place), code: own ? null : place.code, place });
  }
  const turns: Turn[] = named.map(({ at, end, code }) => ({ at, end, code }));
  for (const match of pronounTrie.scan(text, 0, text.length)) {
    const span = { start: match.at, end: match.at + match.length };
    if (notBehindPronoun.test(text.slice(span.end, span.end + 2)) || !isSubject(text, span)) continue;
    const governing = named[turnAt(named, span.start)]?.place;
    const county = governing?.level === 'county' ? governing : unit;
    const code = pronounced(match.value, county, publisher);
    if (code === undefined) continue;
    const own = code === null && county === unit;
    turns.push({
      at: span.end,
      end: own ? lineEnd(text, span.end) : clauseEnd(text, span.end),
      code: own ? null : (code ?? county!.code),
    });
  }
  return turns.sort((a, b) => a.at - b.at);
}

/** A name that opens a clause, a list item, a heading or a cell, and is not what something is done to. */
function isSubject(text: string, span: Span): boolean {
  const before = text.slice(Math.max(0, span.start - 12), span.start);
  return leadsSubject.test(before) && !notBeforeSubject.test(before) && !/^[”"》]/.test(text.slice(span.end));
}

const opensSentence = (text: string, at: number): boolean =>
  /(?:^|[。！？\n])[\s　]*$/.test(text.slice(Math.max(0, at - 8), at));

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

const clauseEnd = (text: string, from: number): number => {
  const match = /[。！？；;\n]/.exec(text.slice(from, from + 400));
  return match ? from + match.index : Math.min(text.length, from + 400);
};

/** A county governs its paragraph, or its section where it stands alone on a line; what is above the counties only its sentence. */
function scopeEnd(text: string, mention: Mention, place: Place): number {
  if (place.level !== 'county') return clauseEnd(text, mention.end);
  const line = text.slice(text.lastIndexOf('\n', mention.start - 1) + 1, lineEnd(text, mention.end)).trim();
  return line.length <= 16 && !/[。，,；]/.test(line) ? text.length : lineEnd(text, mention.end);
}

/**
 * The county of a figure or practice: the last one that the text turned to before it, else the document's. In a table the
 * county that heads its row or column.
 * @param span of the record, in document.text.
 */
export function placeOfFigure(_document: Document, span: Span, documentPlace: DocumentPlace): string | undefined {
  const { cells, turns, place } = documentPlace;
  const cell = cells[lastFrom(cells, span.start, ({ start }) => start)];
  if (cell && span.end <= cell.end) return cell.code;
  const at = turnAt(turns, span.start);
  return at < 0 ? place : (turns[at]!.code ?? place);
}

/** Index of the last turn before `at` that still holds there; -1 where there is none. */
function turnAt(turns: readonly Turn[], at: number): number {
  for (let i = lastFrom(turns, at, (turn) => turn.at); i >= 0; i--) if (turns[i]!.end >= at) return i;
  return -1;
}

/** Index of the last item that begins at or before `at`; -1 where there is none. Items are in text order. */
function lastFrom<T>(items: readonly T[], at: number, from: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (from(items[middle]!) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The cells of rows and columns that one county heads. */
function cellsOf(document: Document, year: number | null): (Span & { code: string })[] {
  const cells = document.blocks.filter(({ kind }) => kind === 'cell');
  const countyIn = (words: string): string | undefined => {
    const [first] = mentionsIn(words.trim(), year);
    const counties = first?.start === 0 ? first.units.filter(({ level }) => level === 'county') : [];
    return counties.length === 1 ? counties[0]!.code : undefined;
  };
  const rows = new Map<string, string | undefined>();
  for (const { table, row, column, start, end } of cells)
    if (column === 0) rows.set(`${table}:${row}`, countyIn(document.text.slice(start, end)));
  return cells.flatMap(({ table, row, heads = [], start, end }) => {
    const code = rows.get(`${table}:${row}`) ?? heads.map(countyIn).find((found) => found !== undefined);
    return code === undefined ? [] : [{ start, end, code }];
  });
}
