// Which paragraphs are headings, and of which level: by number (一、 (一) 1. (1) 一是 第一,), by markup, and by shape where a text
// numbers nothing. A heading may be inline: it opens its paragraph (`1. 优化布局。根据…`).
import { findDates } from './dates.js';
import { fold, squash } from './line.js';

/** A paragraph as headings are judged by. */
export interface Paragraph {
  text: string;
  /** 1 to 6 inside h1 to h6, else 0. */
  heading: number;
  strong: boolean;
  centred: boolean;
  /** It stands in a list of the markup. */
  item: boolean;
  /** It is a line of a table or of a signature and never a heading. */
  barred: boolean;
}

/** What a paragraph turned out to be. `start` and `end` bound the heading in its text. */
export interface Verdict {
  kind: 'heading' | 'inline' | 'item' | 'paragraph';
  level: number;
  start: number;
  end: number;
}

const han = '[一二三四五六七八九十]';
/** Numbering by rank, highest first; 一是 and 第一, stand one below whatever encloses them. */
const schemes: RegExp[] = [
  new RegExp(`^第${han}{1,3}(?:部分|篇|编)[\\s、:,.]*`),
  new RegExp(`^第${han}{1,3}章[\\s、:,.]*`),
  new RegExp(`^第${han}{1,3}节[\\s、:,.]*`),
  new RegExp(`^${han}{1,3}\\s*[、.．,:](?!\\d(?!\\d{3}年))\\s*`),
  new RegExp(`^\\(\\s*${han}{1,3}\\s*\\)[\\s、.,]*`),
  /^\d{1,2}\s*[、.．](?!\d(?!\d{3}年))\s*/,
  /^(?:\(\s*\d{1,2}\s*\)|\d{1,2}\s*\))[\s、.]*/,
  /^[①-⑳]\s*/u,
];
const floating = schemes.length;
const floatingScheme = new RegExp(
  `^(?:${han}(?:是|要)(?!否|非)|第${han}{1,2}\\s*[,、:](?!\\d)|(?:首先|其次|再次|最后)[,、])\\s*`,
);

interface Number {
  rank: number;
  length: number;
}

function numberOf(folded: string): Number | null {
  for (const [rank, scheme] of schemes.entries()) {
    const match = scheme.exec(folded);
    if (match) return { rank, length: match[0].length };
  }
  const match = floatingScheme.exec(folded);
  return match ? { rank: floating, length: match[0].length } : null;
}

const sentenceEnd = /[。;!?…]["”’)]?$/;
const measured =
  /\d(?!\d*(?:年|\.|月|日|[一-龥]?[-—]\d))(?:[\d.]*)\s*(?:%|[万亿千百]|所|个|人|名|元|平|套|册|亩|间|项|户|米|台)/;

/** Where a heading that opens a numbered paragraph ends, or -1. */
function openingEnd(folded: string, from: number): number {
  const stop = folded.slice(from).search(/[。:;!?]/);
  if (stop < 2 || stop > 45) return -1;
  const end = from + stop;
  if (folded.length - end < 9) return -1;
  const head = folded.slice(from, end);
  return measured.test(head) || /^[《“"]?\d+$/.test(head) ? -1 : end;
}

const policyVerb =
  /(?:推进|推动|加强|加快|实施|开展|建立|健全|完善|强化|优化|深化|落实|提升|提高|规范|构建|打造|创新|探索|坚持|推行|组织|统筹|抓好|制定|出台|投入|投资|举办|印发)/g;

/** A heading glued to its text without a stop: it begins with a policy verb and ends before the next one. */
function gluedEnd(folded: string, from: number): number {
  const opening = /^(?:进一步|全面|积极|不断|持续|大力|着力|切实|扎实)?/.exec(folded.slice(from))![0].length;
  const verbs = [...folded.slice(from, from + 30).matchAll(policyVerb)];
  if (verbs[0]?.index !== opening) return -1;
  const next = verbs.find((verb) => verb.index >= opening + 6);
  if (!next || /[,。、]/.test(folded.slice(from, from + next.index))) return -1;
  return from + next.index;
}

/** A short line without a stop before a longer paragraph: what texts without numbers use as heading. */
function isShortLine(paragraph: Paragraph, folded: string, next: Paragraph | undefined): boolean {
  const least = paragraph.heading > 0 ? 2 : 4;
  if (paragraph.barred || paragraph.item || folded.length < least || folded.length > 40) return false;
  if (/[。;!?:,、…]$/.test(folded) || /^(?:附件|图为|附:|注:|\()/.test(folded) || findDates(folded).length > 0)
    return false;
  if (measured.test(folded) || !/\p{Script=Han}{2}/u.test(folded)) return false;
  if (!next || next.barred) return false;
  return next.text.length > 40 || numberOf(fold(next.text)) !== null || sentenceEnd.test(fold(next.text));
}

/** A short first sentence before a longer rest, as 加大公用经费投入。对城乡…: letters only. */
function leadEnd(folded: string): number {
  const match = /^[\p{Script=Han}“”]{4,16}(?=。)/u.exec(folded);
  if (!match || folded.length - match[0].length < 25) return -1;
  return match[0].length;
}

class Judge {
  readonly #folded: string[];
  readonly #numbers: (Number | null)[];
  readonly #verdicts: Verdict[];
  readonly #paragraphs: readonly Paragraph[];
  readonly #title: string;

  constructor(paragraphs: readonly Paragraph[], title: string) {
    this.#paragraphs = paragraphs;
    this.#title = squash(title);
    this.#folded = paragraphs.map((paragraph) => fold(paragraph.text));
    this.#numbers = paragraphs.map((paragraph, i) => (paragraph.barred ? null : numberOf(this.#folded[i]!)));
    this.#verdicts = paragraphs.map(() => ({ kind: 'paragraph', level: -1, start: 0, end: 0 }));
  }

  verdicts(): Verdict[] {
    this.#paragraphs.forEach((_, i) => {
      this.#judgeNumbered(i);
    });
    this.#judgeGlued();
    const numbered = this.#verdicts.some((verdict) => verdict.kind === 'heading' || verdict.kind === 'inline');
    this.#judgeShortLines(numbered);
    this.#judgeLeads();
    this.#setLevels();
    return this.#verdicts;
  }

  #set(i: number, kind: Verdict['kind'], end: number): void {
    this.#verdicts[i] = { kind, level: -1, start: 0, end };
  }

  #judgeNumbered(i: number): void {
    const number = this.#numbers[i];
    if (!number) return;
    const folded = this.#folded[i]!;
    if (folded.length > number.length + 1 && !sentenceEnd.test(folded) && this.#isStandalone(i, folded)) {
      const listed = number.rank > 2 && this.#isListed(i, number.rank);
      this.#set(i, listed ? 'item' : 'heading', folded.replace(/[\s:]+$/, '').length);
      return;
    }
    const end = openingEnd(folded, number.length);
    if (end > 0) this.#set(i, 'inline', end);
    else if (number.rank > 4) this.#set(i, 'item', 0);
  }

  #isStandalone = (i: number, folded: string) =>
    folded.length <= 60 &&
    !/[。;!?]/.test(folded) &&
    this.#numbers[i]!.rank !== floating &&
    i + 1 < this.#folded.length;

  /** Numbers that follow one another without text between number a list. */
  #isListed(i: number, rank: number): boolean {
    const short = (at: number) => (this.#folded[at]?.length ?? 99) <= 80;
    const same = (at: number) => this.#numbers[at]?.rank === rank && short(at);
    if (same(i + 1)) return true;
    return same(i - 1) && this.#verdicts[i - 1]?.kind === 'item';
  }

  /** Where most paragraphs of one numbering open with a heading, one that does not may have lost its stop. */
  #judgeGlued(): void {
    for (let rank = 0; rank <= floating; rank++) {
      const same = this.#numbers.flatMap((number, i) => (number?.rank === rank ? [i] : []));
      const opened = same.filter((i) => this.#verdicts[i]!.kind === 'inline').length;
      if (opened < 2 || opened < same.length * 0.6) continue;
      for (const i of same) {
        if (this.#verdicts[i]!.kind === 'inline' || this.#verdicts[i]!.kind === 'heading') continue;
        const end = gluedEnd(this.#folded[i]!, this.#numbers[i]!.length);
        if (end > 0) this.#set(i, 'inline', end);
      }
    }
  }

  #judgeShortLines(numbered: boolean): void {
    const paragraphs = this.#paragraphs;
    const found = paragraphs.flatMap((paragraph, i) =>
      this.#numbers[i] === null && isShortLine(paragraph, this.#folded[i]!, paragraphs[i + 1]) ? [i] : [],
    );
    const marked = (i: number) => paragraphs[i]!.heading > 0 || paragraphs[i]!.strong || paragraphs[i]!.centred;
    const plain = found.filter((i) => !marked(i) && this.#verdicts[i - 1]?.kind !== 'heading');
    for (const i of found) {
      const chosen = marked(i) || this.#isTitle(i) || (!numbered && plain.length > 1 && plain.includes(i));
      if (chosen) this.#set(i, 'heading', this.#folded[i]!.length);
    }
  }

  /** The title of what a notice issues, inside the text of the notice. */
  #isTitle(i: number): boolean {
    const squashed = squash(this.#folded[i]!);
    return squashed.length > 6 && this.#title.includes(squashed);
  }

  #judgeLeads(): void {
    const found = this.#folded.flatMap((folded, i) => {
      const free = this.#numbers[i] === null && !this.#paragraphs[i]!.barred && this.#verdicts[i]!.kind === 'paragraph';
      const end = free && i > 0 ? leadEnd(folded) : -1;
      return end > 0 ? [[i, end] as const] : [];
    });
    if (found.length > 1) for (const [i, end] of found) this.#set(i, 'inline', end);
  }

  /** Ranks that occur become levels from 1 on; what has no rank of its own stands one below what encloses it. */
  #setLevels(): void {
    const ranks = new Set<number>();
    this.#numbers.forEach((number, i) => {
      if (number && number.rank < floating && this.#isHead(i)) ranks.add(number.rank);
    });
    const order = [...ranks].sort((a, b) => a - b);
    let enclosing = 0;
    this.#verdicts.forEach((verdict, i) => {
      if (!this.#isHead(i)) return;
      const rank = this.#numbers[i]?.rank;
      if (rank !== undefined && rank < floating) {
        verdict.level = order.indexOf(rank) + 1;
        enclosing = verdict.level;
      } else if (rank === undefined && verdict.kind === 'heading') {
        verdict.level = this.#isTitle(i) ? 0 : this.#unnumberedLevel(i, order.length > 0, enclosing);
        enclosing = verdict.level;
      } else verdict.level = enclosing + 1;
    });
  }

  #unnumberedLevel(i: number, numbered: boolean, enclosing: number): number {
    const { heading, centred } = this.#paragraphs[i]!;
    if (!numbered) return heading > 0 ? Math.max(1, heading - this.#highestTag() + 1) : 1;
    return centred ? 0 : Math.min(enclosing + 1, 4);
  }

  #highestTag(): number {
    return Math.min(...this.#paragraphs.map((paragraph) => paragraph.heading || 9));
  }

  #isHead(i: number): boolean {
    const { kind } = this.#verdicts[i]!;
    return kind === 'heading' || kind === 'inline';
  }
}

/** Judges all paragraphs of a document. @param title the document's own title, which names the plan that a notice issues */
export function judgeHeadings(paragraphs: readonly Paragraph[], title: string): Verdict[] {
  return new Judge(paragraphs, title).verdicts();
}
