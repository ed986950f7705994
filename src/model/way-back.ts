// The way back: every character of a normalised text knows its place in the decoded original. Kept as runs, since almost all
// of a text is copied one to one; the few places that were dropped, joined or replaced are runs of their own.

/** A half-open range of UTF-16 offsets. */
export interface Span {
  start: number;
  end: number;
}

/** One run: `length` units of text from `text` stem from `width` units of the original from `original`. */
export interface Run {
  text: number;
  length: number;
  original: number;
  width: number;
}

/** Maps spans of a normalised text to spans of the decoded original. Immutable; made by {@link WayBackBuilder}. */
export class WayBack {
  readonly #runs: readonly Run[];

  constructor(runs: readonly Run[]) {
    this.#runs = runs;
  }

  /** The identity for a text of `length` UTF-16 units. */
  static identity(length: number): WayBack {
    return new WayBack(length === 0 ? [] : [{ text: 0, length, original: 0, width: length }]);
  }

  get runs(): readonly Run[] {
    return this.#runs;
  }

  /** The smallest span of the original that holds everything `span` came from. Where nothing did, an empty span at the place. */
  original(span: Span): Span {
    const start = this.#at(span.start, false);
    if (span.end <= span.start) return { start, end: start };
    return { start, end: Math.max(start, this.#at(span.end - 1, true)) };
  }

  /** Composes: this maps C to B, `earlier` maps B to A; the result maps C to A. */
  after(earlier: WayBack): WayBack {
    const builder = new WayBackBuilder();
    for (const run of this.#runs) {
      if (run.length !== run.width) {
        const from = earlier.original({ start: run.original, end: run.original + run.width });
        builder.push(run.length, from.start, from.end - from.start);
        continue;
      }
      for (let i = 0; i < run.length; i++) {
        const from = earlier.original({ start: run.original + i, end: run.original + i + 1 });
        builder.push(1, from.start, from.end - from.start);
      }
    }
    return builder.done();
  }

  /** Runs as plain numbers, four a run, for storage. */
  toJSON(): number[] {
    return this.#runs.flatMap((run) => [run.text, run.length, run.original, run.width]);
  }

  static fromJSON(numbers: readonly number[]): WayBack {
    const runs: Run[] = [];
    for (let i = 0; i + 3 < numbers.length; i += 4) {
      runs.push({ text: numbers[i]!, length: numbers[i + 1]!, original: numbers[i + 2]!, width: numbers[i + 3]! });
    }
    return new WayBack(runs);
  }

  /** Original offset of the text unit at `offset`: where it begins, or with `end` where it ends. */
  #at(offset: number, end: boolean): number {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#runs[middle]!.text <= offset) low = middle;
      else high = middle - 1;
    }
    const run = this.#runs[low];
    if (!run) return 0;
    const inside = offset - run.text;
    if (inside >= run.length) return run.original + run.width;
    if (run.length === run.width) return run.original + inside + (end ? 1 : 0);
    return end ? run.original + run.width : run.original;
  }
}

/** Collects runs in text order and joins neighbours that continue each other. */
export class WayBackBuilder {
  readonly #runs: Run[] = [];
  #length = 0;

  /** Text units pushed so far. */
  get length(): number {
    return this.#length;
  }

  /** The next `length` units of text come from `width` units of the original at `original` (equal: one to one). */
  push(length: number, original: number, width: number = length): void {
    if (length <= 0) return;
    const last = this.#runs.at(-1);
    const copied = length === width;
    if (last && copied && last.length === last.width && last.original + last.width === original) {
      last.length += length;
      last.width += width;
    } else {
      this.#runs.push({ text: this.#length, length, original, width });
    }
    this.#length += length;
  }

  done(): WayBack {
    return new WayBack(this.#runs);
  }
}
