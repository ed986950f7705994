// A line: one visible line of a page or file, the unit in which articles are found and mastheads are read. It knows where each of
// its characters stands in the decoded original, and what the page's markup said about it.
import type { Element } from 'domhandler';
import { type WayBack, WayBackBuilder } from '../model/way-back.js';

/** Text with its way back to the decoded original. */
export interface Traced {
  text: string;
  wayBack: WayBack;
}

export interface Line extends Traced {
  /** Place in the decoded original. */
  start: number;
  end: number;
  /** The nearest block element; null in plain text. */
  element: Element | null;
  /** The table cell it stands in. */
  cell: Element | null;
  /** The table of data it stands in, once `markTables` has looked. */
  table: Element | null;
  /** Characters of it inside links. */
  linked: number;
  /** 1 to 6 inside h1 to h6, else 0. */
  heading: number;
  /** All of it is bold. */
  strong: boolean;
  centred: boolean;
  /** It stands in a list item. */
  item: boolean;
  /** The page hides it from the reader's eye. */
  hidden: boolean;
  /** Empty lines before it. */
  gap: number;
}

const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000;
const isInvisible = (code: number) =>
  (code >= 0x200b && code <= 0x200f) || code === 0xfeff || code === 0x2060 || code === 0xad || code === 0;
const isSeen = (code: number) => !isSpace(code) && !isInvisible(code);
const isWide = (code: number) => code >= 0x2e80 && code !== 0x3000 && code < 0xd800;

/** Collects the characters of one line: edges trimmed, runs of spaces made one, breaks inside Chinese text dropped. */
export class LineBuilder {
  #text = '';
  #way = new WayBackBuilder();
  #space = -1;
  #keeps = false;
  #last = 0;

  get length(): number {
    return this.#text.length;
  }

  /** The text collected so far. */
  peek(): string {
    return this.#text;
  }

  /** Takes a piece of `data` that stands at `start` with `width` in the original. */
  push(data: string, start: number, width: number): void {
    const copied = data.length === width;
    for (let i = 0; i < data.length; i++) {
      const code = data.charCodeAt(i);
      const at = copied ? start + i : start;
      if (isSpace(code)) this.#pushSpace(code, at);
      else if (isInvisible(code)) continue;
      else {
        this.#pushVisible(data[i]!, code, at, copied ? 1 : width);
        if (copied) i = this.#pushRun(data, i + 1, start);
      }
    }
  }

  /** Takes what follows a visible character up to the next that is none, all at once; gives the index of the last one taken. */
  #pushRun(data: string, from: number, start: number): number {
    let to = from;
    while (to < data.length && isSeen(data.charCodeAt(to))) to++;
    if (to > from) {
      this.#text += data.slice(from, to);
      this.#way.push(to - from, start + from);
      this.#last = data.charCodeAt(to - 1);
    }
    return to - 1;
  }

  #pushSpace(code: number, at: number): void {
    if (this.#text === '') return;
    if (this.#space < 0) this.#space = at;
    if (code !== 10 && code !== 13) this.#keeps = true;
  }

  #pushVisible(character: string, code: number, at: number, width: number): void {
    if (this.#space >= 0) {
      if (this.#keeps || !isWide(code) || !isWide(this.#last)) {
        this.#text += ' ';
        this.#way.push(1, this.#space);
      }
      this.#space = -1;
      this.#keeps = false;
    }
    this.#text += character;
    this.#way.push(1, at, width);
    this.#last = code;
  }

  /** The line so far; the builder is empty again afterwards. */
  take(): Traced {
    const line = { text: this.#text, wayBack: this.#way.done() };
    this.#text = '';
    this.#way = new WayBackBuilder();
    this.#space = -1;
    this.#keeps = false;
    this.#last = 0;
    return line;
  }
}

/** Full-width letters, digits and signs as ASCII, every kind of space as a space; the length stays. For comparing, never for showing. */
export function fold(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000\u00a0]/g, (sign) =>
    sign === '\u3000' || sign === '\u00a0' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  );
}

/** Folded and without any space: two spellings of one title compare equal. */
export function squash(text: string): string {
  return fold(text).replace(/\s+/g, '');
}

/** How much a text says, in Chinese characters: an English word is worth two of them, not its letters. */
export function bulk(text: string): number {
  let letters = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) | 0x20;
    if (code >= 0x61 && code <= 0x7a) letters++;
  }
  return text.length - letters * (2 / 3);
}

/** A part of a traced text. */
export function slice(traced: Traced, start: number, end: number): Traced {
  const builder = new WayBackBuilder();
  for (const run of traced.wayBack.runs) {
    const from = Math.max(run.text, start);
    const to = Math.min(run.text + run.length, end);
    if (from >= to) continue;
    if (run.length === run.width) builder.push(to - from, run.original + from - run.text);
    else builder.push(to - from, run.original, run.width);
  }
  return { text: traced.text.slice(start, end), wayBack: builder.done() };
}

/** Joins traced texts; the separator stands for the empty place behind the text before it. */
export function join(parts: readonly Traced[], separator: string): Traced {
  const builder = new WayBackBuilder();
  let end = 0;
  parts.forEach((part, i) => {
    if (i > 0 && separator) builder.push(separator.length, end, 0);
    for (const run of part.wayBack.runs) {
      builder.push(run.length, run.original, run.width);
      end = run.original + run.width;
    }
  });
  return { text: parts.map((part) => part.text).join(separator), wayBack: builder.done() };
}

/** A line of plain text or of a computed one, without markup. */
export function bareLine(traced: Traced, gap = 0): Line {
  const runs = traced.wayBack.runs;
  const first = runs[0];
  const last = runs.at(-1);
  return {
    text: traced.text,
    wayBack: traced.wayBack,
    start: first?.original ?? 0,
    end: last ? last.original + last.width : 0,
    element: null,
    cell: null,
    table: null,
    linked: 0,
    heading: 0,
    strong: false,
    centred: false,
    item: false,
    hidden: false,
    gap,
  };
}
