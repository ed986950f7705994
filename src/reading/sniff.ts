// What bytes are, by their content. Names and headers lie: a .doc may be HTML, a .xls may be HTML in GBK.

import { utf16Of } from './decode.js';

/** Kinds that reading tells apart. */
export type Format =
  | 'html'
  | 'text'
  | 'json'
  | 'docx'
  | 'doc'
  | 'xlsx'
  | 'xls'
  | 'pdf'
  | 'ofd'
  | 'zip'
  | 'rtf'
  | 'mhtml'
  | 'wordxml'
  | 'image'
  | 'encrypted'
  | 'unsupported'
  | 'binary';

const startsWith = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);
const latin = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const wide = (name: string) => Buffer.from(name, 'utf16le');

const images: number[][] = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
  [0x47, 0x49, 0x46, 0x38],
  [0x42, 0x4d],
  [0x49, 0x49, 0x2a, 0x00],
  [0x4d, 0x4d, 0x00, 0x2a],
];

/** rar, 7z, gzip, bzip2, CEB: containers that are named and not opened. */
const closed: number[][] = [
  [0x52, 0x61, 0x72, 0x21],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x1f, 0x8b],
  [0x42, 0x5a, 0x68],
  [0x46, 0x6f, 0x75, 0x6e, 0x64, 0x65, 0x72, 0x20, 0x43, 0x45, 0x42],
];

/** Names in an archive's directory, which stands at its end; of one that was cut, whatever names its bytes show. */
function zipNames(bytes: Uint8Array): string {
  const buffer = latin(bytes);
  const end = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 20 > buffer.length) return buffer.toString('latin1');
  let names = '';
  let at = buffer.readUInt32LE(end + 16);
  while (at + 46 <= buffer.length && buffer.readUInt32LE(at) === 0x02014b50 && names.length < 100_000) {
    const length = buffer.readUInt16LE(at + 28);
    names += `\n${buffer.toString('latin1', at + 46, at + 46 + length)}`;
    at += 46 + length + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return names || buffer.toString('latin1');
}

function zipKind(bytes: Uint8Array): Format {
  const names = zipNames(bytes).replaceAll('\\', '/');
  if (names.includes('OFD.xml')) return 'ofd';
  if (names.includes('[Content_Types].xml') || /(?:^|\n)(?:word|xl|ppt)\//.test(names) || !names.startsWith('\n')) {
    if (names.includes('word/')) return 'docx';
    if (names.includes('xl/')) return 'xlsx';
    if (names.includes('ppt/')) return 'unsupported';
    return names.includes('[Content_Types].xml') ? 'docx' : 'zip';
  }
  return 'zip';
}

/** Compound files are told apart by the names in their directory. */
function compoundKind(bytes: Uint8Array): Format {
  const directory = latin(bytes);
  if (directory.includes(wide('EncryptedPackage'))) return 'encrypted';
  if (directory.includes(wide('WordDocument'))) return 'doc';
  if (directory.includes(wide('Workbook')) || directory.includes(wide('Book'))) return 'xls';
  return 'unsupported';
}

/** Control bytes do not stand in text. UTF-16 has many zeros and is known by {@link decodeBytes}; it is let through here. */
function looksBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 65536);
  let controls = 0;
  let zeros = 0;
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i]!;
    if (byte === 0) zeros++;
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  }
  if (controls > sample.length * 0.01 + 2) return true;
  return zeros > 2 && zeros < sample.length * 0.1;
}

/** The head of a mail (RFC 5322): Word begins with the version, browsers with From, Subject and Date. */
const mailHead = /^\s*(?:[a-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,20}?MIME-Version:/i;

/** Documents that office programs save as text, as the XML of Word or Excel 2003, and pages that they or browsers pack as a mail. */
function officeText(bytes: Uint8Array): Format | null {
  const head = latin(bytes.subarray(0, 2048)).toString('latin1');
  if (mailHead.test(head) && /multipart\/related|text\/html/i.test(head)) return 'mhtml';
  if (!/^(?:\xef\xbb\xbf)?\s*<\?xml/.test(head)) return null;
  if (/progid="Word\.Document"|<w:wordDocument\b/.test(head)) return 'wordxml';
  return /progid="Excel\.Sheet"|<Workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet/.test(head) ? 'xls' : null;
}

/** The kind of binary the bytes are, or null where they are text of some kind. */
export function sniffBinary(bytes: Uint8Array): Format | null {
  if (latin(bytes.subarray(0, 1024)).includes('%PDF-')) return 'pdf';
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return zipKind(bytes);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return compoundKind(bytes);
  if (startsWith(bytes, 0x7b, 0x5c, 0x72, 0x74, 0x66)) return 'rtf';
  if (closed.some((magic) => startsWith(bytes, ...magic))) return 'unsupported';
  const office = officeText(bytes);
  if (office !== null) return office;
  if (!looksBinary(bytes) || utf16Of(bytes) !== null) return null;
  return images.some((magic) => startsWith(bytes, ...magic)) ? 'image' : 'binary';
}

const markup = /<(?:!doctype|html|head|body|meta|div|p|table|tr|td|span|br|h[1-6]|ul|li|a|font|ucapcontent)[\s>/]/i;

/** What decoded text is. One stray tag in a text file does not make it a page. */
export function sniffText(text: string): 'html' | 'json' | 'text' {
  const start = text.slice(0, 200_000);
  // One, or more: the others of a page need no look.
  const first = start.search(markup);
  const tags = first < 0 ? 0 : start.slice(first + 2).search(markup) < 0 ? 1 : 2;
  if (/^\s*[[{]/.test(start) && !/^\s*\[?\s*</.test(start) && isJson(text)) return 'json';
  if (tags >= 2 || /^\s*(?:<!--|<\?xml|<)/.test(start.slice(0, 500))) return 'html';
  return tags === 1 && start.length < 2000 ? 'html' : 'text';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
