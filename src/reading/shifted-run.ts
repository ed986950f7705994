// Runs that a byte shift garbled: 學!狈Q號 for 學校”稱號. A character whose second GBK byte is A3 lost its first, A3 and the byte after
// it became a full-width sign, and all after it was read one byte off until an ASCII character let the reader catch up. Undone by
// encoding the run back, putting a first byte in front and decoding; words, glosses and quotation marks say which byte it was.
import { readingsOf, type Unit } from './gloss.js';
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
const gain = 8;
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
  /** The last byte is the first of a character whose second byte is lost; its gloss is known. */
  gloss: string | null;
  /** The garbled text. */
  text: string;
}

/** The runs that could begin with the sign at `at`: to the ASCII character that ends it, or to a gloss that does not fit. */
function runsFrom(units: readonly Unit[], at: number): Run[] {
  const sign = signBytes(units[at]!.text);
  const next = units[at + 1];
  if (sign === undefined || !next || isAscii(next.text)) return [];
  const from = units[at - 1]?.text === '?' && at > 1 && !isAscii(units[at - 2]!.text) ? at - 1 : at;
  const bytes = [sign >> 8, sign & 0xff];
  for (let i = at + 1; i < units.length && i - at <= longestRun; i++) {
    const unit = units[i]!;
    const text = () =>
      units
        .slice(from, i + 1)
        .map((each) => each.text)
        .join('');
    if (isAscii(unit.text)) {
      const code = unit.text.charCodeAt(0);
      return code >= 0x40 && code <= 0x7e
        ? [{ from, to: i + 1, bytes: [...bytes, code], gloss: null, text: text() }]
        : [];
    }
    const pair = gbk(unit.text) ?? signBytes(unit.text);
    if (pair === undefined || (unit.gloss !== null && unit.fits)) return [];
    bytes.push(pair >> 8, pair & 0xff);
    if (unit.gloss !== null) return [{ from, to: i + 1, bytes, gloss: unit.gloss, text: text() }];
  }
  return [];
}

/** All texts that the run may have been. */
function readingsOfRun(run: Run): string[] {
  const found: string[] = [];
  for (let first = 0x81; first <= 0xfe; first++) {
    if (run.gloss === null) found.push(decode([first, ...run.bytes]));
    else {
      for (let second = 0x40; second <= 0xfe; second++) {
        const text = second === 0x7f ? '' : decode([first, ...run.bytes, second]);
        if (text !== '' && readingsOf([...text].at(-1)!).has(run.gloss)) found.push(text);
      }
    }
  }
  return found.filter((text) => !/[\ufffd\ue000-\uf8ff]|[\u0000-\u001f]/.test(text));
}

const digits = (text: string) => (text.match(/[0-9０-９]/g) ?? []).join('');
const openQuotes = (text: string) => text.split('“').length - text.split('”').length;

/** Finds the damaged runs of a line and what they were. @param model the words of the document in simplified script */
export function restoreRuns(units: readonly Unit[], model: WordModel): Restored[] {
  const restored: Restored[] = [];
  const line = units.map((unit) => unit.text);
  for (let at = 0; at < units.length; at++) {
    const [run] = runsFrom(units, at);
    if (!run) continue;
    const before = line.slice(Math.max(0, run.from - 4), run.from).join('');
    const after = line.slice(run.to, run.to + 4).join('');
    const opened = openQuotes(line.slice(0, run.from).join('')) > 0;
    const weigh = (text: string) => {
      const closes = opened && text.includes('”') ? 6 : 0;
      return model.score(toSimplified(before + text + after)) + closes;
    };
    const stood = weigh(run.text) - (run.gloss === null ? 0 : 10);
    const ranked = readingsOfRun(run)
      .filter((text) => digits(text) === digits(run.text))
      .map((text) => ({ text, score: weigh(text) }))
      .sort((a, b) => b.score - a.score);
    const [best, second] = ranked;
    if (!best || best.score < stood + gain) continue;
    const clear = !second || best.score >= second.score + lead;
    restored.push({ from: run.from, to: run.to, text: clear ? best.text : null });
    at = run.to - 1;
  }
  return restored;
}
