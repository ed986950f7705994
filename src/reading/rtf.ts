// Rich text, which old systems save under the name .doc, to plain text. Paragraphs are lines, cells are parted by tabs. After the
// Rich Text Format specification 1.9.1: control words, hexadecimal bytes in the file's code page, \\u with its fallback skipped.

/** Groups that hold no text of the document. */
const silent = new Set(
  'fonttbl colortbl stylesheet info pict object header headerl headerr footer footerl footerr footnote listtable listoverridetable rsidtbl themedata datastore generator xmlnstbl latentstyles fldinst'.split(
    ' ',
  ),
);
const breaks: Record<string, string> = {
  par: '\n',
  line: '\n',
  row: '\n',
  sect: '\n',
  page: '\n',
  tab: '\t',
  cell: '\t',
};
const signs: Record<string, string> = {
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
};
const token = /\\([a-z]+)(-?\d+)? ?|\\'([\da-f]{2})|\\([^a-z'])|([{}])|([^\\{}\r\n]+)/gi;

interface Group {
  silent: boolean;
  /** Characters that stand for readers without Unicode behind each \\u. */
  fallback: number;
}

/** Collects text; bytes of one run are decoded together, since a character may be two of them. */
class RtfText {
  #text = '';
  #bytes: number[] = [];
  readonly #decoder: InstanceType<typeof TextDecoder>;

  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding);
  }

  byte(value: number): void {
    this.#bytes.push(value);
  }

  add(text: string): void {
    this.#flush();
    this.#text += text;
  }

  done(): string {
    this.#flush();
    return this.#text;
  }

  #flush(): void {
    if (this.#bytes.length > 0) this.#text += this.#decoder.decode(Uint8Array.from(this.#bytes));
    this.#bytes = [];
  }
}

/** The text of a rich text file. Code page 950 is Big5, all others are read as gb18030, whose ASCII part they share. */
export function textOfRtf(bytes: Uint8Array): string {
  const source = new TextDecoder('latin1').decode(bytes);
  const text = new RtfText(/\\ansicpg950/.test(source.slice(0, 500)) ? 'big5' : 'gb18030');
  const groups: Group[] = [{ silent: false, fallback: 1 }];
  let skip = 0;
  for (const [, word, value, hex, sign, brace, run] of source.matchAll(token)) {
    const group = groups.at(-1)!;
    if (brace === '{') groups.push({ ...group });
    else if (brace === '}' && groups.length > 1) groups.pop();
    else if (sign === '*' || (word && silent.has(word))) group.silent = true;
    else if (word === 'uc') group.fallback = Number(value ?? 1);
    else if (group.silent) continue;
    else if (word === 'u') {
      text.add(String.fromCharCode(Number(value) & 0xffff));
      skip = group.fallback;
    } else if (word) text.add(breaks[word] ?? signs[word] ?? '');
    else if (skip > 0 && (hex || sign)) skip--;
    else if (hex) text.byte(Number.parseInt(hex, 16));
    else if (sign && /[\\{}~_-]/.test(sign)) text.add(sign === '~' ? ' ' : sign === '-' || sign === '_' ? '' : sign);
    else if (run) {
      for (let i = Math.min(skip, run.length); i < run.length; i++) text.byte(run.charCodeAt(i));
      skip = Math.max(0, skip - run.length);
    }
  }
  return text.done();
}
