// Numbers that Word writes by itself before paragraphs (第一章, 一、, （一）, 1.): a docx holds only the definitions, so they are counted
// here and put into the paragraphs as text. Rules: ECMA-376 part 1, 17.9 (numbering), 17.18.59 (ST_NumberFormat).
// file-worker.ts imports this file in its thread: it imports no other of the project.
import type { ChildNode, Document, Element } from 'domhandler';

/** Characters of the words around a number. */
const mostLabel = 60;
/** Styles that a style may be based on, one on another. */
const mostBases = 20;

/** How one level of a list is numbered. */
interface Level {
  start: number;
  format: string;
  /** Words around the numbers: `（%2）`. */
  text: string;
  /** All numbers in it are Arabic, whatever their own level says. */
  isLegal: boolean;
  /** Deepest level (from 1) whose next number begins this one anew; 0 is none; absent is the one above. */
  restart: number | null;
  hasSpace: boolean;
  style: string | null;
}

/** A list: levels by depth, what it is counted with, and where it begins anew. */
interface List {
  counted: string;
  levels: ReadonlyMap<number, Level>;
  begins: ReadonlyMap<number, number>;
}

/** Lists by their number, and what the styles of paragraphs say. */
interface Numbering {
  lists: ReadonlyMap<string, List>;
  styles: ReadonlyMap<string, Place>;
}

/** Where a paragraph stands in a list. */
interface Place {
  list: string | null;
  depth: number | null;
}

const childOf = (parent: Element | undefined, name: string): Element | undefined =>
  parent?.children.find((child): child is Element => 'name' in child && child.name === name);
const childrenOf = (parent: Element | undefined, name: string): Element[] =>
  (parent?.children ?? []).filter((child): child is Element => 'name' in child && child.name === name);
/** The element that holds all others. */
const rootOf = (document: Document): Element | undefined =>
  document.children.find((child): child is Element => child.type === 'tag');
const valOf = (parent: Element | undefined, name: string): string | null =>
  childOf(parent, name)?.attribs['w:val'] ?? null;
const isOn = (parent: Element, name: string): boolean =>
  childOf(parent, name) !== undefined && !/^(?:0|false|off)$/.test(valOf(parent, name) ?? '1');

function numberOf(text: string | null): number | null {
  const number = text === null ? Number.NaN : Number(text);
  return Number.isInteger(number) ? number : null;
}

function levelOf(element: Element): Level {
  return {
    start: numberOf(valOf(element, 'w:start')) ?? 0,
    format: valOf(element, 'w:numFmt') ?? 'decimal',
    text: (valOf(element, 'w:lvlText') ?? '').slice(0, mostLabel),
    isLegal: isOn(element, 'w:isLgl'),
    restart: numberOf(valOf(element, 'w:lvlRestart')),
    hasSpace: valOf(element, 'w:suff') !== 'nothing',
    style: valOf(element, 'w:pStyle'),
  };
}

const depthOf = (element: Element): number => numberOf(element.attribs['w:ilvl'] ?? null) ?? 0;
const levelsOf = (element: Element): Map<number, Level> =>
  new Map(childrenOf(element, 'w:lvl').map((level) => [depthOf(level), levelOf(level)]));

function placeOf(properties: Element | undefined): Place | null {
  const element = childOf(properties, 'w:numPr');
  return element ? { list: valOf(element, 'w:numId'), depth: numberOf(valOf(element, 'w:ilvl')) } : null;
}

/** Places by style; a style without one has that of the style it is based on. */
function stylesOf(styles: Element | undefined): Map<string, Place> {
  const all = new Map(childrenOf(styles, 'w:style').map((style) => [style.attribs['w:styleId'] ?? '', style]));
  const places = new Map<string, Place>();
  for (const [id, own] of all) {
    const seen = new Set<Element>();
    for (let style: Element | undefined = own; style && !seen.has(style) && seen.size < mostBases; ) {
      seen.add(style);
      const place = placeOf(childOf(style, 'w:pPr'));
      if (place) {
        places.set(id, place);
        break;
      }
      style = all.get(valOf(style, 'w:basedOn') ?? '');
    }
  }
  return places;
}

function numberingOf(numbering: Element | undefined, styleSheet: Element | undefined): Numbering {
  const abstracts = new Map(
    childrenOf(numbering, 'w:abstractNum').map((element) => [element.attribs['w:abstractNumId'] ?? '', element]),
  );
  const styles = stylesOf(styleSheet);
  const numbers = childrenOf(numbering, 'w:num');
  const counted = new Map(
    numbers.map((element) => [element.attribs['w:numId'] ?? '', valOf(element, 'w:abstractNumId') ?? '']),
  );
  const lists = new Map<string, List>();
  for (const element of numbers) {
    const id = element.attribs['w:numId'] ?? '';
    const own = counted.get(id)!;
    const link = valOf(abstracts.get(own), 'w:numStyleLink');
    const abstract = link === null ? own : (counted.get(styles.get(link)?.list ?? '') ?? own);
    const defined = abstracts.get(abstract);
    const levels = defined ? levelsOf(defined) : new Map<number, Level>();
    const begins = new Map<number, number>();
    for (const override of childrenOf(element, 'w:lvlOverride')) {
      const start = numberOf(valOf(override, 'w:startOverride'));
      if (start !== null) begins.set(depthOf(override), start);
      for (const [depth, level] of levelsOf(override)) levels.set(depth, level);
    }
    lists.set(id, { counted: abstract, levels, begins });
  }
  return { lists, styles };
}

const digits = [...'零一二三四五六七八九'];
const legalDigits = [...'零壹贰叁肆伍陆柒捌玖'];

/** 1 to 9999 in Chinese: 十, 十一, 二十, 一百零一. */
function chinese(value: number, names: readonly string[] = digits, units = ['', '十', '百', '千']): string {
  const said = [...String(value)].map(Number);
  let text = '';
  said.forEach((digit, index) => {
    const unit = units[said.length - 1 - index]!;
    if (digit !== 0) text += names[digit]! + unit;
    else if (said.slice(index + 1).some((later) => later !== 0) && !text.endsWith(names[0]!)) text += names[0]!;
  });
  return names === digits ? text.replace(/^一十/, '十') : text;
}

/** a, b … z, aa, bb: ECMA-376 17.18.59 repeats the letter. */
const letters = (value: number): string =>
  String.fromCodePoint(0x61 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));

function roman(value: number): string {
  const names = 'm 1000 cm 900 d 500 cd 400 c 100 xc 90 l 50 xl 40 x 10 ix 9 v 5 iv 4 i 1'.split(' ');
  let text = '';
  for (let index = 0, left = value; index < names.length; index += 2)
    for (const worth = Number(names[index + 1]); left >= worth; left -= worth) text += names[index]!;
  return text;
}

/** One of a row of characters, or Arabic where the row is over. */
const oneOf = (row: string, value: number): string => [...row][value - 1] ?? String(value);
/** From the first character on, so many that follow each other in Unicode. */
const among = (first: string, count: number, value: number): string =>
  value <= count ? String.fromCodePoint(first.codePointAt(0)! + value - 1) : String(value);

const formats: Record<string, (value: number) => string> = {
  none: () => '',
  decimalZero: (value) => String(value).padStart(2, '0'),
  decimalFullWidth: (value) => String(value).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  decimalEnclosedCircle: (value) => among('①', 20, value),
  decimalEnclosedParen: (value) => among('⑴', 20, value),
  decimalEnclosedFullstop: (value) => among('⒈', 20, value),
  ideographEnclosedCircle: (value) => among('㊀', 10, value),
  ideographDigital: (value) => String(value).replace(/\d/g, (digit) => (digit === '0' ? '〇' : digits[Number(digit)]!)),
  ideographTraditional: (value) => oneOf('甲乙丙丁戊己庚辛壬癸', value),
  ideographZodiac: (value) => oneOf('子丑寅卯辰巳午未申酉戌亥', value),
  chineseLegalSimplified: (value) => chinese(value, legalDigits, ['', '拾', '佰', '仟']),
  lowerLetter: letters,
  upperLetter: (value) => letters(value).toUpperCase(),
  lowerRoman: roman,
  upperRoman: (value) => roman(value).toUpperCase(),
};
formats.decimalEnclosedCircleChinese = formats.decimalEnclosedCircle!;
formats.ideographLegalTraditional = formats.chineseLegalSimplified!;
formats.japaneseDigitalTenThousand = formats.taiwaneseDigital = formats.ideographDigital!;
for (const name of ['chineseCounting', 'chineseCountingThousand', 'japaneseCounting', 'taiwaneseCounting'])
  formats[name] = (value) => chinese(value);
formats.taiwaneseCountingThousand = formats.chineseCountingThousand!;

const written = (value: number, format: string): string =>
  value < 1 || value > 9999 ? String(value) : (formats[format] ?? String)(value);

/** Counts through a document. */
class Counter {
  readonly #numbering: Numbering;
  readonly #counts = new Map<string, Map<number, number>>();
  readonly #begun = new Set<string>();

  constructor(numbering: Numbering) {
    this.#numbering = numbering;
  }

  /** The list and the depth of a paragraph: its own, else those of its style. */
  #place(properties: Element): { list: List; id: string; depth: number } | null {
    const style = valOf(properties, 'w:pStyle');
    const ofStyle = style === null ? null : (this.#numbering.styles.get(style) ?? null);
    const own = placeOf(properties);
    const id = own?.list ?? ofStyle?.list ?? null;
    const list = id === null ? undefined : this.#numbering.lists.get(id);
    if (!list || id === null) return null;
    const named = [...list.levels].find(([, level]) => style !== null && level.style === style);
    return { list, id, depth: own?.depth ?? named?.[0] ?? ofStyle?.depth ?? 0 };
  }

  /** What stands before the next paragraph with these properties; null for one without a number of its own. */
  next(properties: Element): string | null {
    const place = this.#place(properties);
    const level = place?.list.levels.get(place.depth);
    if (!place || !level || level.format === 'bullet') return null;
    const { list, depth } = place;
    const counts = this.#counts.get(list.counted) ?? new Map<number, number>();
    this.#counts.set(list.counted, counts);
    const anew = list.begins.get(depth);
    if (anew !== undefined && !this.#begun.has(`${place.id} ${depth}`)) counts.set(depth, anew - 1);
    this.#begun.add(`${place.id} ${depth}`);
    counts.set(depth, (counts.get(depth) ?? level.start - 1) + 1);
    for (const [deeper, { restart }] of list.levels)
      if (deeper > depth && (restart === null || depth < restart)) counts.delete(deeper);
    const label = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const other = list.levels.get(Number(digit) - 1);
      const value = counts.get(Number(digit) - 1) ?? other?.start ?? 1;
      return written(value, level.isLegal ? 'decimal' : (other?.format ?? 'decimal'));
    });
    // A figure must not grow together with its number.
    return label !== '' && (level.hasSpace ? !/[、）)]$/.test(label) : /[\d.]$/.test(label)) ? `${label} ` : label;
  }
}

interface Paragraph {
  properties: Element | undefined;
  hasText: boolean;
}

/** The paragraphs in their order. What is there twice, for new and for old programs, counts once: as mammoth reads it, for old ones. */
function paragraphsIn(root: Document): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const open: { node: ChildNode; within: Paragraph | null }[] = [];
  const push = (nodes: readonly ChildNode[], within: Paragraph | null) => {
    for (const node of nodes.toReversed()) open.push({ node, within });
  };
  push(root.children, null);
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, within } = next;
    if (!('name' in node) || !('attribs' in node) || node.name === 'mc:Choice') continue;
    let paragraph = within;
    if (node.name === 'w:p') {
      paragraph = { properties: childOf(node, 'w:pPr'), hasText: false };
      paragraphs.push(paragraph);
    } else if (node.name === 'w:t' && within) {
      within.hasText ||= node.children.some((child) => 'data' in child && child.data.trim() !== '');
    }
    push(node.children, paragraph);
  }
  return paragraphs;
}

/**
 * The main part of a docx with the numbers of its paragraphs as text.
 * @param load reads XML, leaves its entities as they are and notes where elements end
 * @param parts XML of the main part, of word/numbering.xml and of word/styles.xml, null where that is missing
 */
export function withNumbers(
  load: (xml: string) => Document,
  parts: { main: string; numbering: string; styles: string | null },
): string {
  const counter = new Counter(numberingOf(rootOf(load(parts.numbering)), rootOf(load(parts.styles ?? ''))));
  const pieces: string[] = [];
  let done = 0;
  for (const { properties, hasText } of paragraphsIn(load(parts.main))) {
    // Of what is deleted nothing counts.
    if (!properties || childOf(childOf(properties, 'w:rPr'), 'w:del')) continue;
    const label = counter.next(properties);
    const end = (properties.endIndex ?? -1) + 1;
    if (!label || !hasText || end < done) continue;
    // The entities of the definition are those of the text.
    const text = label.replaceAll('<', '&lt;');
    pieces.push(parts.main.slice(done, end), `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`);
    done = end;
  }
  return pieces.join('') + parts.main.slice(done);
}
