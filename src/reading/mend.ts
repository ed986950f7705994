// Undoes what mirror sites do to a text: glosses dropped, shifted runs restored, a lost character restored where gloss and words
// prove it, traditional script made simplified. Never a changed digit. What is not certain is left and reported.
import type { Document, Mend, Unmended } from '../model/document.js';
import { type Span, WayBack } from '../model/way-back.js';
import { applyEdits, type Edit } from './edit.js';
import { normalPinyin, readingsOf, type Unit, unitsOf } from './gloss.js';
import type { Line, Traced } from './line.js';
import { noteWords } from './notes.js';
import { hasRadicals, withoutRadicals } from './radicals.js';
import { countScript, simplifiedSet, toSimplified, withoutForeign } from './script.js';
import { restoreRuns } from './shifted-run.js';
import { isWord, WordModel } from './word-list.js';

/** Lines in simplified script with what was done to them. */
export interface Mended {
  lines: Line[];
  mends: Mend[];
  unmended: Unmended[];
  script: Document['script'];
}

/** From this share of traditional characters on, a text is in traditional script. */
const traditionalShare = 0.12;
/** A page with fewer glosses than this, in simplified script, means them (a text about readings). */
const fewGlosses = 3;

const lostCharacters = /(?:[?？]\(?[A-Za-zɑɡà-ÿĀ-ſǍ-ǜ\u0300-\u030c]{1,7}\))+/gu;

class Mender {
  readonly mends: Mend[] = [];
  readonly unmended: Unmended[] = [];
  readonly #traditional: boolean;
  readonly #mirrored: boolean;
  readonly #whole: string;
  #model: WordModel | null = null;

  constructor(whole: string, traditional: boolean, mirrored: boolean) {
    this.#whole = whole;
    this.#traditional = traditional;
    this.#mirrored = mirrored;
  }

  line<T extends Traced>(line: T): T {
    const undamaged = this.#mirrored ? this.#undamaged(line) : line;
    const { text, wayBack } = this.#simplified(undamaged);
    return text === line.text ? line : { ...line, text, wayBack };
  }

  get #words(): WordModel {
    this.#model ??= new WordModel(toSimplified(this.#whole.replace(/\([^()\p{Script=Han}\d]{1,8}\)/gu, '')));
    return this.#model;
  }

  #undamaged(line: Traced): Traced {
    const units = unitsOf(line.text);
    const edits: Edit[] = [];
    const record = (span: Span, after: string, kind: Mend['kind'], why: string) => {
      edits.push({ ...span, after });
      const before = line.text.slice(span.start, span.end);
      this.mends.push({ ...line.wayBack.original(span), kind, before, after, why });
    };
    const leave = (span: Span, why: string) =>
      this.unmended.push({ ...line.wayBack.original(span), text: line.text.slice(span.start, span.end), why });
    const done = this.#runs(units, record, leave);
    units.forEach((unit, i) => {
      if (unit.text === '\ufffd' && !done.has(i)) leave({ start: unit.start, end: unit.end }, noteWords.undecodable());
    });
    this.#lost(line.text, record, leave);
    units.forEach((unit, i) => {
      if (unit.gloss === null || done.has(i)) return;
      const span = { start: unit.end, end: unit.glossEnd };
      if (unit.fits) record(span, '', 'gloss', noteWords.gloss({ gloss: unit.gloss!, text: unit.text }));
      else leave({ start: unit.start, end: unit.glossEnd }, noteWords.noGloss({ gloss: unit.gloss!, text: unit.text }));
    });
    return edits.length > 0 ? applyEdits(line, edits) : line;
  }

  #runs(
    units: readonly Unit[],
    record: (span: Span, after: string, kind: Mend['kind'], why: string) => void,
    leave: (span: Span, why: string) => void,
  ): Set<number> {
    const done = new Set<number>();
    for (const { from, to, text } of this.#suspicious(units) ? restoreRuns(units, this.#words) : []) {
      const span = { start: units[from]!.start, end: units[to - 1]!.glossEnd };
      if (text === null) leave(span, noteWords.shiftOpen());
      else record(span, text, 'shifted_run', noteWords.shift());
      for (let i = from; i < to; i++) done.add(i);
    }
    return done;
  }

  /** Only a line where a sign runs into Chinese that ends in an ASCII character or a wrong gloss can hold a shifted run. */
  #suspicious = (units: readonly Unit[]) =>
    units.some(
      (unit, i) => i > 0 && !unit.fits && (unit.gloss !== null || this.#isGlued(units, i) || isStray(units, i)),
    );

  #isGlued(units: readonly Unit[], i: number): boolean {
    return /^[@-~]$/.test(units[i]!.text) && units[i - 1]!.text.charCodeAt(0) > 0x7f;
  }

  #lost(
    text: string,
    record: (span: Span, after: string, kind: Mend['kind'], why: string) => void,
    leave: (span: Span, why: string) => void,
  ): void {
    for (const match of text.matchAll(lostCharacters)) {
      const span = { start: match.index, end: match.index + match[0].length };
      const glosses = (match[0].match(/[^?？()]+/g) ?? []).map(normalPinyin);
      const found = this.#lostCharacter(text.slice(0, span.start), text.slice(span.end), glosses.at(-1)!);
      if (found === null) leave(span, noteWords.lostOpen({ gloss: glosses.join(' ') }));
      else
        record(span, found.character, 'lost_character', noteWords.lost({ word: found.word, gloss: glosses.at(-1)! }));
    }
  }

  /** The one character of a reading that makes a word with the characters around it. */
  #lostCharacter(before: string, after: string, gloss: string): { character: string; word: string } | null {
    const left = toSimplified(before.slice(-3));
    const right = toSimplified(after.slice(0, 3));
    const found = new Map<string, string>();
    for (const character of charactersRead(gloss)) {
      for (let taken = 1; taken <= left.length; taken++) {
        const word = left.slice(-taken) + character;
        if (isWord(word)) found.set(character, word);
      }
      for (let taken = 1; taken <= right.length; taken++) {
        const word = character + right.slice(0, taken);
        if (isWord(word)) found.set(character, word);
      }
    }
    const ranked = [...found]
      .map(([character, word]) => ({ character, word, score: this.#words.score(left + character + right) }))
      .sort((a, b) => b.score - a.score);
    const [best, second] = ranked;
    return best && (!second || best.score >= second.score + 2) ? best : null;
  }

  #simplified(line: Traced): Traced {
    const { han, foreign } = countScript(line.text);
    const whole = this.#traditional || (foreign > 2 && foreign >= han * traditionalShare);
    if (!whole && foreign === 0) return line;
    const text = whole ? toSimplified(line.text) : withoutForeign(line.text);
    if (text === line.text) return line;
    if (!this.#traditional) this.#noteScript(line, text);
    return text.length === line.text.length
      ? { text, wayBack: line.wayBack }
      : applyEdits(line, [difference(line.text, text)]);
  }

  /** In a text that is not traditional as a whole each conversion is listed. */
  #noteScript(line: Traced, after: string): void {
    const edit = difference(line.text, after);
    const before = line.text.slice(edit.start, edit.end);
    const why = noteWords.script();
    this.mends.push({ ...line.wayBack.original(edit), kind: 'script', before, after: edit.after, why });
  }
}

/** An exclamation or question mark inside a sentence, or two signs in a row: what a shift leaves. */
const isStray = (units: readonly Unit[], i: number) =>
  /^[!?！？]$/.test(units[i]!.text) || (/^[,;，；]$/.test(units[i]!.text) && /^[,;，；?]$/.test(units[i - 1]!.text));

/** The one edit that makes one text of another, as short as it may be. */
function difference(before: string, after: string): Edit {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { start, end: before.length - end, after: after.slice(start, after.length - end) };
}

let byReading: Map<string, string[]> | null = null;

/** The common simplified characters that have a reading. */
function charactersRead(gloss: string): readonly string[] {
  if (!byReading) {
    byReading = new Map();
    for (const character of simplifiedSet()) {
      for (const reading of readingsOf(character)) {
        byReading.set(reading, [...(byReading.get(reading) ?? []), character]);
      }
    }
  }
  return byReading.get(gloss) ?? [];
}

function countGlosses(whole: string): number {
  let count = 0;
  for (const match of whole.matchAll(/\p{Script=Han}(?=[(（][A-Za-zɑɡà-ÿĀ-ſǍ-ǜ\u0300-\u030c]{1,8}[)）])/gu)) {
    const [unit] = unitsOf(whole.slice(match.index, match.index + 12));
    if (unit?.fits) count++;
    if (count >= fewGlosses) break;
  }
  return count;
}

const wholeOf = (lines: readonly Line[]) => lines.map((line) => line.text).join('\n');

/** Mends all lines of a page or text. Radicals become their characters first, unlisted like half width and full width. */
export function mendLines(given: readonly Line[]): Mended & { mendText: (text: string) => string } {
  const printed = wholeOf(given);
  const copied = hasRadicals(printed);
  const lines = copied ? given.map((line) => ({ ...line, text: withoutRadicals(line.text) })) : given;
  const whole = copied ? withoutRadicals(printed) : printed;
  const { han, foreign } = countScript(whole);
  const traditional = foreign > 4 && foreign >= han * traditionalShare;
  const mirrored = traditional || countGlosses(whole) >= fewGlosses;
  const mender = new Mender(whole, traditional, mirrored);
  const script = traditional ? 'traditional' : foreign > 0 && foreign >= han * 0.01 ? 'mixed' : 'simplified';
  const mended = foreign > 0 || mirrored ? lines.map((line) => mender.line(line)) : [...lines];
  const silent = new Mender(whole, traditional, mirrored);
  return {
    lines: mended,
    mends: mender.mends,
    unmended: mender.unmended,
    script,
    mendText: (stated) => {
      const text = copied ? withoutRadicals(stated) : stated;
      return foreign > 0 || mirrored ? silent.line({ text, wayBack: WayBack.identity(text.length) }).text : text;
    },
  };
}
