// Bytes of a page to the text in which links are looked for. The same rule as for reading (BOM, strict UTF-8, declared Big5 or
// UTF-16, else gb18030), but no more than lists and links need: mending and scripts are reading's business.
import { isUtf8 } from 'node:buffer';

interface DecodedText {
  text: string;
  /** utf-8, gb18030, big5, utf-16le or utf-16be. */
  encoding: string;
}

/** Decodes a page. Never fails; bytes that fit nowhere become U+FFFD. */
export function decodeBytes(bytes: Uint8Array, contentType = ''): DecodedText {
  const wide = utf16Of(bytes);
  if (wide !== null) return decodeAs(wide, bytes);
  if (isUtf8(bytes)) return { text: utf8Text(bytes), encoding: 'utf-8' };
  // What is declared decides between the few that are left.
  const declared = declaredEncoding(bytes, contentType);
  if (declared === 'utf-8' && mostlyUtf8(bytes)) return decodeAs('utf-8', bytes);
  // A page that declares UTF-16 and has no zeros in its tags is in something else.
  return decodeAs(declared === 'big5' ? declared : 'gb18030', bytes);
}

/** UTF-16 by its mark, or by the zero beside the first sign of a page or of data; null for all else. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const opens = (sign: number | undefined): boolean => sign !== undefined && /[<{[\s]/.test(String.fromCharCode(sign));
  if (second === 0 && opens(first) && bytes[3] === 0) return 'utf-16le';
  return first === 0 && opens(second) && bytes[2] === 0 ? 'utf-16be' : null;
}

/** Bytes that are known to be UTF-8, without their mark. */
function utf8Text(bytes: Uint8Array): string {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', start);
}

function decodeAs(encoding: string, bytes: Uint8Array): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function declaredEncoding(bytes: Uint8Array, contentType: string): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  const label = /charset\s*=\s*["']?\s*([\w-]+)/i.exec(`${contentType} ${head}`)?.[1]?.toLowerCase() ?? '';
  if (label.startsWith('big5')) return 'big5';
  return label === 'utf8' ? 'utf-8' : label;
}

/** A UTF-8 page with a few broken bytes (cut in the middle of a character by its editor) is still UTF-8. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.match(/\uFFFD/g)?.length ?? 0;
  const wide = text.match(/[^\u0000-\u007f]/g)?.length ?? 0;
  return broken * 8 < wide;
}

let gbkCodes: Map<string, string> | null = null;

/** Percent-encodes text with its GBK bytes; characters that GBK lacks as HTML character references, as browsers do. */
export function encodeGbk(text: string): string {
  gbkCodes ??= readGbkCodes();
  let encoded = '';
  for (const character of text) {
    encoded += gbkCodes.get(character) ?? `%26%23${character.codePointAt(0)}%3B`;
  }
  return encoded;
}

function readGbkCodes(): Map<string, string> {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, string>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      const code = `%${lead.toString(16)}%${trail.toString(16)}`.toUpperCase();
      if (character.length === 1 && character !== '\uFFFD' && !codes.has(character)) codes.set(character, code);
    }
  }
  return codes;
}
