// Runs that a byte shift garbled: 學!狈Q號 for 學校”稱號. A character whose second GBK byte is A3 lost its first, A3 and the byte after
// it became a full-width sign, and all after it was read one byte off until an ASCII character let the reader catch up. Undone by
// encoding the run back, putting a first byte in front and decoding; words, glosses and quotation marks say which byte it was.
import { normalPinyin, readingsOf, type Unit } from './gloss.js';
import { toSimplified } from './script.js';
import type { WordModel } from './word-list.js';

/** What a damaged run was. Indices of units, `to` not included. */
export interface Restored {
  from: number;
  to: number;
  /** The text that stood there, or null where no reading clearly wins. */
  text: string | null;
}

const longestRun = 14;
/** Log likelihood by which a reading must beat the garbled one, and the next reading. */
const gain = 6;
const lead = 1.5;

const decoder = new TextDecoder('gb18030');
const decode = (bytes: readonly number[]) => decoder.decode(Uint8Array.from(bytes));

let encoded: Map<string, number> | null = null;

/** Every double byte of GBK by its character. */
function doubleBytes(): Map<string, number> {
  const table = new Map<string, number>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      if (low === 0x7f) continue;
      table.set(decode([high, low]), (high << 8) | low);
    }
  }
  return table;
}

/** GBK double bytes of a character, or undefined. */
function gbk(character: string): number | undefined {
  encoded ??= doubleBytes();
  return encoded.get(character);
}

/** Bytes of the sign that a run opens with: full-width, or folded to ASCII since. */
function signBytes(sign: string): number | undefined {
  const code = sign.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return 0xa300 | (code - 0xff01 + 0xa1);
  return /^[!,;?:]$/.test(sign) ? 0xa300 | (code + 0x80) : undefined;
}

const isAscii = (text: string) => text.charCodeAt(0) < 0x80;

interface Run {
  from: number;
  to: number;
  bytes: number[];
  /** The last byte is the first of a character whose second byte is lost. */
  orphan: boolean;
  /** The gloss of that character, where it has one. */
  gloss: string | null;
  /** The garbled text. */
  text: string;
}

/** Bytes of one character inside a run: two, or the single 80 that reads as a euro sign. */
function bytesOf(sign: string): number[] | null {
  if (sign === '€') return [0x80];
  const pair = gbk(sign) ?? signBytes(sign);
  return pair === undefined ? null : [pair >> 8, pair & 0xff];
}

/** The run that could begin with the sign at `at`: to the ASCII character that ends it, or to a gloss that does not fit. */
function runFrom(units: readonly Unit[], at: number): Run | null {
  const opening = units[at]!;
  const sign = signBytes(opening.text);
  const next = units[at + 1]?.text ?? '\n';
  if (sign === undefined || at === 0 || (isAscii(units[at - 1]!.text) && units[at - 1]!.text !== '?')) return null;
  if (opening.text === '?' && signBytes(next) !== undefined && !isAscii(next)) return null;
  const from = units[at - 1]!.text === '?' && !isAscii(opening.text) ? at - 1 : at;
  const bytes = [sign >> 8, sign & 0xff];
  for (let i = at + 1; i <= units.length && i - at <= longestRun; i++) {
    const unit = units[i];
    const run = (to: number, more: number[], orphan: boolean, gloss: string | null): Run => {
      const text = units
        .slice(from, to)
        .map((each) => each.text)
        .join('');
      return { from, to, bytes: [...bytes, ...more], orphan, gloss, text };
    };
    if (!unit || isAscii(unit.text)) {
      const code = unit?.text.charCodeAt(0) ?? 0;
      const isTrail = code >= 0x40 && code <= 0x7e && bytes.length % 2 === 0;
      return isTrail && i > at + 1 ? run(i + 1, [code], false, null) : run(i, [], bytes.length % 2 === 0, null);
    }
    const more = unit.gloss !== null && unit.fits ? null : bytesOf(unit.text);
    if (more === null) return null;
    bytes.push(...more);
    if (unit.gloss !== null) return run(i + 1, [], bytes.length % 2 === 0, unit.gloss);
  }
  return null;
}

const closers = '”’》』」】〉、。';

interface LostCharacter {
  sign: string;
  /** In simplified script. */
  simple: string;
}

let lost: readonly LostCharacter[] | null = null;

/** What can stand in front of a run: each character whose second byte is A3, the one that the sign opens with. None is a digit or a mark
 * that opens or closes. */
function lostCharacters(): readonly LostCharacter[] {
  lost ??= Array.from({ length: 0xfe - 0x80 }, (_, i) => decode([0x81 + i, 0xa3]))
    .filter(isText)
    .map((sign) => ({ sign, simple: toSimplified(sign) }));
  return lost;
}

const isText = (text: string) => !/[\ufffd\ue000-\uf8ff]|[\u0000-\u001f]/.test(text);

/** What the run may have been behind its first character: that takes two bytes whatever it was, so the rest is decoded once. */
function endsOfRun({ bytes, orphan, gloss }: Run): string[] {
  const rest = bytes.slice(1);
  return (orphan ? withOrphan(rest, gloss) : [decode(rest)]).filter(isText);
}

/** Readings of bytes whose last lacks its second: by gloss, or, where it begins a punctuation mark, each mark that may end words. */
function withOrphan(bytes: readonly number[], gloss: string | null): string[] {
  const found: string[] = [];
  if (gloss === null && bytes.at(-1) !== 0xa1) return found;
  for (let second = 0x40; second <= 0xfe; second++) {
    if (second === 0x7f) continue;
    const text = decode([...bytes, second]);
    const last = [...text].at(-1)!;
    if (gloss === null ? closers.includes(last) : readingsOf(last).has(gloss)) found.push(text);
  }
  return found;
}

const digits = (text: string) => (text.match(/[0-9０-９]/g) ?? []).join('');
/** Marks that open and those that close them, in turn. */
const marks = '“”《》（）()';

/** How many of each mark stand in a line of units before each place, so that a long line is counted once. */
class MarkCounts {
  readonly #before: Int32Array[];

  constructor(units: readonly Unit[]) {
    this.#before = Array.from(marks, () => new Int32Array(units.length + 1));
    units.forEach(({ text }, at) => {
      for (const [mark, counts] of this.#before.entries())
        counts[at + 1] = counts[at]! + (text === marks[mark] ? 1 : 0);
    });
  }

  /** How far the marks of the line are from closing each other, with `text` in place of its units from `from` to `to`. */
  imbalance(text: string, from: number, to: number): number {
    const beside = this.#before.map((counts) => counts[from]! + counts.at(-1)! - counts[to]!);
    for (const sign of text) {
      const mark = marks.indexOf(sign);
      if (mark >= 0) beside[mark]! += 1;
    }
    let off = 0;
    for (let open = 0; open < marks.length; open += 2) off += Math.abs(beside[open]! - beside[open + 1]!);
    return off;
  }
}

/** A gloss right behind a run that ended in an ASCII character: it belongs to the run's last character. */
const glossBehind = /^[(（]([^()（）\d\p{Script=Han}]{1,8})[)）]/u;

interface Ranked {
  text: string;
  score: number;
}

/** The likeliest reading and the next one that differs from it in simplified script too. */
function likeliest(readings: readonly Ranked[]): { best?: Ranked; second?: Ranked } {
  const [best, ...others] = [...readings].sort((a, b) => b.score - a.score);
  if (!best) return {};
  const simple = toSimplified(best.text);
  const second = others.find(({ text }) => toSimplified(text) !== simple);
  return { best, ...(second && { second }) };
}

/** Signs beside a run that say what it was, and the most that a gloss behind it takes up. */
const beside = 4;
const longestGloss = 10;

/** What the run at `at` was, or null where what stands there is as likely. */
function restore(units: readonly Unit[], run: Run, model: WordModel, counts: () => MarkCounts): Restored | null {
  const ends = endsOfRun(run).filter((end) => digits(end) === digits(run.text));
  if (ends.length === 0) return null;
  const before = textOf(units, Math.max(0, run.from - beside), run.from).slice(-beside);
  const behind = textOf(units, run.to, run.to + longestGloss);
  const gloss = run.gloss === null ? glossBehind.exec(behind) : null;
  const to = run.to + [...(gloss?.[0] ?? '')].length;
  const after = textOf(units, to, to + beside).slice(0, beside);
  const wanted = gloss && normalPinyin(gloss[1]!);
  /** What speaks against a text whatever its first character is. */
  const faults = (text: string) =>
    6 * counts().imbalance(text, run.from, to) +
    (wanted === null || readingsOf([...text].at(-1)!).has(wanted) ? 0 : 12);
  const left = toSimplified(before);
  const readings = ends.flatMap((end) => {
    const scoreOf = model.scoresBetween(left, toSimplified(end + after));
    const against = faults(end);
    return lostCharacters().map(({ sign, simple }) => ({ text: sign + end, score: scoreOf(simple) - against }));
  });
  const garbled = model.score(toSimplified(before + run.text + after)) - faults(run.text);
  const { best, second } = likeliest(readings);
  if (!best || best.score < garbled - (run.gloss === null ? 0 : 10) + gain) return null;
  const clear = !second || best.score >= second.score + lead;
  return { from: run.from, to, text: clear ? best.text : null };
}

const textOf = (units: readonly Unit[], from: number, to: number) =>
  units
    .slice(from, to)
    .map((unit) => unit.text)
    .join('');

/** Finds the damaged runs of a line and what they were. @param model the words of the document in simplified script */
export function restoreRuns(units: readonly Unit[], model: WordModel): Restored[] {
  const restored: Restored[] = [];
  let counted: MarkCounts | null = null;
  const counts = () => {
    counted ??= new MarkCounts(units);
    return counted;
  };
  for (let at = 0; at < units.length; at++) {
    const run = runFrom(units, at);
    const found = run && restore(units, run, model, counts);
    if (!found) continue;
    restored.push(found);
    at = found.to - 1;
  }
  return restored;
}
