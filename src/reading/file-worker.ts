// Runs in a worker thread: opens one file that is no text (docx, doc, pdf, xls, zip, ofd) with the library for its kind and gives
// back plain values. What it imports of the project imports nothing more, so that it can be started from compiled code and from source alike.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Entry, ZipFile } from 'yauzl';
import { withNumbers } from './docx-numbering.js';

/** What is asked of the worker. */
export interface FileTask {
  kind: 'docx' | 'doc' | 'pdf' | 'xls' | 'zip' | 'ofd';
  bytes: Uint8Array;
  /** Bytes that an archive may hold unpacked, in all. */
  mostUnpacked: number;
  /** Members of an archive, or pages of a pdf, that are read. */
  mostParts: number;
}

/** A piece of text on a page: place of its left lower corner in points from the left and from the top, width and size in points. */
export interface Piece {
  x: number;
  y: number;
  width: number;
  size: number;
  text: string;
}

/** One file of an archive. */
export interface Member {
  name: string;
  bytes: Uint8Array;
}

/** What a file holds, or why it could not be read. */
export type FileContent =
  | { html: string; left: number }
  | { text: string }
  | { pages: Piece[][]; images: number; left: number }
  | { members: Member[]; left: number }
  | { failure: 'encrypted' | 'damaged' | 'too_big'; message: string };

const require = createRequire(workerData.base as string);
const load = <T>(name: string): Promise<T> => import(pathToFileURL(require.resolve(name)).href);

/** Default export of a CommonJS library, whichever way it was loaded. */
const plain = <T>(loaded: T): T => (loaded as { default?: T }).default ?? loaded;

class TooBig extends Error {}

async function openZip(bytes: Uint8Array): Promise<ZipFile> {
  const yauzl = plain(await load<typeof import('yauzl')>('yauzl'));
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: true };
    yauzl.fromBuffer(Buffer.from(bytes), options, (error, zip) => (error ? reject(error) : resolve(zip)));
  });
}

/** Names in archives are UTF-8 where they are valid UTF-8, else GBK, whatever the flag says. */
function nameOf(entry: Entry): string {
  const raw = entry.fileName as unknown as Buffer;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}

function readEntry(zip: ZipFile, entry: Entry, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > most) stream.destroy(new TooBig('the archive unpacks to more than is allowed'));
      });
      stream.on('error', reject);
      stream.on('end', () => resolve(Buffer.concat(chunks)));
    });
  });
}

/** Unpacks what `wanted` names, within the limits. Members that are damaged or locked are left out and counted. */
async function unpack(task: FileTask, wanted: (name: string) => boolean): Promise<{ members: Member[]; left: number }> {
  const zip = await openZip(task.bytes);
  const members: Member[] = [];
  let left = 0;
  let size = 0;
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve({ members, left }));
    zip.on('entry', async (entry: Entry) => {
      const name = nameOf(entry);
      try {
        if (name.endsWith('/') || !wanted(name)) return zip.readEntry();
        if (members.length >= task.mostParts) left++;
        else {
          if (size + entry.uncompressedSize > task.mostUnpacked)
            throw new TooBig('the archive unpacks to more than is allowed');
          const bytes = await readEntry(zip, entry, task.mostUnpacked - size);
          size += bytes.length;
          members.push({ name, bytes: new Uint8Array(bytes) });
        }
      } catch (error) {
        if (error instanceof TooBig) return reject(error);
        left++;
      }
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** Office files are archives; one that unpacks to too much is not given to a library that would unpack it unasked. */
const guard = async (task: FileTask) => void (await unpack(task, () => true));

/** Marks of notes within a sentence, and the arrows that lead back to them. */
const noteMarks =
  /<sup><a href="#(?:foot|end)note-[^>]*>\[\d+\]<\/a><\/sup>|<a href="#(?:foot|end)note-ref-[^>]*>↑<\/a>/g;

/** What mammoth asks of an archive: its members as bytes, or as text in an encoding. */
const archiveOf = (members: ReadonlyMap<string, Uint8Array>) => ({
  exists: (name: string) => members.has(name),
  read: async (name: string, encoding?: string) => {
    const bytes = members.get(name) ?? new Uint8Array();
    if (encoding === 'base64') return Buffer.from(bytes).toString('base64');
    return encoding ? new TextDecoder(encoding).decode(bytes) : bytes;
  },
});

/** The numbers that Word writes by itself become text of the main part; a document without such stays as it is. */
async function number(parts: Map<string, Uint8Array>): Promise<void> {
  const textOf = (name: string) => (parts.has(name) ? new TextDecoder().decode(parts.get(name)) : null);
  const [numbering, styles] = [textOf('word/numbering.xml'), textOf('word/styles.xml')];
  if (numbering === null) return;
  for (const name of [...parts.keys()].filter((name) => /^word\/document\d*\.xml$/.test(name))) {
    const main = textOf(name)!;
    if (!/<w:numPr\b/.test(main + styles)) continue;
    const { parseDocument } = await load<typeof import('htmlparser2')>('htmlparser2');
    const xml = (text: string) => parseDocument(text, { xmlMode: true, decodeEntities: false, withEndIndices: true });
    parts.set(name, Buffer.from(withNumbers(xml, { main, numbering, styles })));
  }
}

/** mammoth's function for all paragraphs, which its types leave out. */
type Transforms = {
  transforms: { paragraph(change: (paragraph: Paragraph) => Paragraph): (element: unknown) => unknown };
};
type Paragraph = { numbering?: { isOrdered: boolean } | null };

/** Only its XML is unpacked: pictures are not looked at. */
async function readDocx(task: FileTask): Promise<FileContent> {
  const { members } = await unpack(task, (name) => /\.(?:xml|rels)$/i.test(name));
  const parts = new Map(members.map(({ name, bytes }) => [name, bytes]));
  await number(parts);
  const mammoth = plain(await load<typeof import('mammoth')>('mammoth'));
  const options = {
    convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    includeDefaultStyleMap: true,
    styleMap: ["p[style-name='Title'] => h1.title:fresh"],
    // Their numbers are in the text now.
    transformDocument: (mammoth as unknown as Transforms).transforms.paragraph((paragraph) =>
      paragraph.numbering?.isOrdered ? { ...paragraph, numbering: null } : paragraph,
    ),
  };
  // Its types leave out that it takes an archive that is open.
  const input = { file: archiveOf(parts) } as unknown as { buffer: Buffer };
  const { value } = await mammoth.convertToHtml(input, options);
  return { html: value.replace(noteMarks, ''), left: 0 };
}

async function readDoc(task: FileTask): Promise<FileContent> {
  type Extractor = new () => {
    extract(file: Buffer): Promise<{ getBody(options: { filterUnicode: boolean }): string }>;
  };
  const WordExtractor = plain(await load<Extractor>('word-extractor'));
  const document = await new WordExtractor().extract(Buffer.from(task.bytes));
  return { text: document.getBody({ filterUnicode: false }) };
}

/** Rows of a sheet that are read. */
const mostRows = 10_000;

const rowsIn = (xlsx: typeof import('@e965/xlsx'), range: unknown) =>
  typeof range === 'string' ? xlsx.utils.decode_range(range).e.r + 1 : 0;

async function readXls(task: FileTask): Promise<FileContent> {
  if (task.bytes[0] === 0x50) await guard(task);
  const xlsx = plain(await load<typeof import('@e965/xlsx')>('@e965/xlsx'));
  const book = xlsx.read(task.bytes, { type: 'array', dense: true, sheetRows: mostRows });
  let left = 0;
  const visible = book.SheetNames.filter((_, i) => !book.Workbook?.Sheets?.[i]?.Hidden);
  const parts = visible.map((name) => {
    const sheet = book.Sheets[name]!;
    if (!sheet['!ref']) return '';
    left += rowsIn(xlsx, sheet['!fullref']) - rowsIn(xlsx, sheet['!ref']);
    const heading = visible.length > 1 ? `<h6 class="subtitle">${name.replace(/[&<>]/g, ' ')}</h6>` : '';
    return heading + xlsx.utils.sheet_to_html(sheet, { header: '', footer: '' });
  });
  return { html: `<div>${parts.join('\n')}</div>`, left: Math.max(0, left) };
}

async function readPdf(task: FileTask): Promise<FileContent> {
  const pdfjs = await load<typeof import('pdfjs-dist')>('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = dirname(require.resolve('pdfjs-dist/package.json'));
  const loading = pdfjs.getDocument({
    data: task.bytes,
    cMapUrl: `${join(folder, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(folder, 'standard_fonts')}/`,
    useSystemFonts: false,
    disableFontFace: true,
    isEvalSupported: false,
    verbosity: 0,
  });
  const document = await loading.promise;
  const pages: Piece[][] = [];
  let images = 0;
  const most = Math.min(document.numPages, task.mostParts);
  for (let number = 1; number <= most; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const height = page.getViewport({ scale: 1 }).height;
    const pieces: Piece[] = [];
    for (const item of items) {
      if (!('str' in item) || item.str === '') continue;
      const [, , , , x, y] = item.transform as number[];
      pieces.push({ x: x!, y: height - y!, width: item.width, size: item.height || 10, text: item.str });
    }
    if (pieces.length < 3) images += 1;
    pages.push(pieces);
    page.cleanup();
  }
  return { pages, images, left: document.numPages - most };
}

const numbersIn = (text: string | undefined) => (text ?? '').split(/\s+/).map(Number);
const unescapeXml = (text: string) =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(lt|gt|amp|quot|apos));/gi, (_, decimal, hex, name: string) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[name.toLowerCase()]!;
  });

/** GB/T 33190: each page's Content.xml holds TextObject elements with a Boundary (x y width height, millimetres) and TextCode. */
function ofdPieces(xml: string): Piece[] {
  const pieces: Piece[] = [];
  for (const [, attributes, inner] of xml.matchAll(
    /<(?:ofd:)?TextObject\b([^>]*)>([\s\S]*?)<\/(?:ofd:)?TextObject>/g,
  )) {
    const [x = 0, y = 0, width = 0, height = 4] = numbersIn(/Boundary="([^"]+)"/.exec(attributes!)?.[1]);
    const size = Number(/\bSize="([\d.]+)"/.exec(attributes!)?.[1] ?? height);
    const text = [...inner!.matchAll(/<(?:ofd:)?TextCode\b[^>]*>([^<]*)</g)]
      .map((match) => unescapeXml(match[1]!))
      .join('');
    if (text.trim()) pieces.push({ x, y: y + height, width, size, text });
  }
  return pieces;
}

async function readOfd(task: FileTask): Promise<FileContent> {
  const { members, left } = await unpack(task, (name) => /Pages\/[^/]+\/Content\.xml$/i.test(name));
  const order = (name: string) => Number(/Page_(\d+)/i.exec(name)?.[1] ?? 0);
  members.sort((a, b) => order(a.name) - order(b.name));
  const pages = members.map((member) => ofdPieces(new TextDecoder().decode(member.bytes)));
  return { pages, images: pages.filter((page) => page.length === 0).length, left };
}

/** What operating systems and office programs leave in folders. */
const litter = /(?:^|[/\\])(?:__MACOSX[/\\]|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$[^/\\]*$)/i;

const readers: Record<FileTask['kind'], (task: FileTask) => Promise<FileContent>> = {
  docx: readDocx,
  doc: readDoc,
  xls: readXls,
  pdf: readPdf,
  ofd: readOfd,
  zip: (task) => unpack(task, (name) => !litter.test(name)),
};

function failureOf(error: unknown): FileContent {
  const message = error instanceof Error ? error.message : String(error);
  const name = error instanceof Error ? error.name : '';
  if (error instanceof TooBig) return { failure: 'too_big', message };
  const locked = name === 'PasswordException' || /password|encrypt/i.test(message);
  return { failure: locked ? 'encrypted' : 'damaged', message };
}

const task = workerData.task as FileTask;
parentPort?.postMessage(await readers[task.kind](task).catch(failureOf));
