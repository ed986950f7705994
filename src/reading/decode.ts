// Bytes to text. The order: byte order mark, strict UTF-8, declared Big5 or UTF-16, else gb18030. Declarations of anything else
// are not believed, since Chinese sites declare one encoding and send another.

/** Text as decoded: offsets of every way back count in it. */
export interface Decoded {
  text: string;
  /** utf-8 · gb18030 · big5 · utf-16le · utf-16be */
  encoding: string;
  /** Characters that could not be decoded and stand as U+FFFD. */
  replaced: number;
}

const head = 4096;

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** The first charset that is named by the header or near the top of the bytes, in lower case. */
function declaredCharset(bytes: Uint8Array, contentType: string | undefined): string | null {
  const ascii = new TextDecoder('latin1').decode(bytes.subarray(0, head));
  const found = `${contentType ?? ''}\n${ascii}`.matchAll(/(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)/gi);
  for (const [, label] of found) if (/^(?:big5|utf-?16)/i.test(label!)) return label!.toLowerCase();
  return null;
}

/** UTF-16 without mark or declaration: every other byte of the ASCII part is zero. */
function looksLikeUtf16(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, head - (head % 2));
  if (sample.length < 8) return null;
  const zeros = [0, 0];
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i % 2]!++;
  const half = sample.length / 2;
  // 一 has a zero on the other side.
  if (zeros[1]! > half * 0.2 && zeros[0]! < zeros[1]! * 0.2) return 'utf-16le';
  if (zeros[0]! > half * 0.2 && zeros[1]! < zeros[0]! * 0.2) return 'utf-16be';
  return null;
}

/** The UTF-16 that bytes are in, by their mark or their zeros; null where they are in none, or hold signs that no text has. */
export function utf16Of(bytes: Uint8Array): string | null {
  const mark = byteOrderMark(bytes);
  const label = mark === null ? looksLikeUtf16(bytes) : mark === 'utf-8' ? null : mark;
  if (label === null) return null;
  const sample = new TextDecoder(label).decode(bytes.subarray(0, head));
  return [...sample].some((sign) => sign < '\t' || (sign > '\r' && sign < '\x1b')) ? null : label;
}

const countReplaced = (text: string) => text.split('\uFFFD').length - 1;

function decodeAs(encoding: string, bytes: Uint8Array): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, encoding, replaced: countReplaced(text) };
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A few Chinese characters of GBK (学校) are valid UTF-8 for Cyrillic ones: believed to be GBK where it is declared and no other character speaks against it. */
function isDisguised(text: string, bytes: Uint8Array, contentType: string | undefined): boolean {
  if (/[\u0800-\uffff]/.test(text) || !/[\u0400-\u07ff]/.test(text)) return false;
  const ascii = new TextDecoder('latin1').decode(bytes.subarray(0, head));
  return /charset\s*=\s*["']?\s*(?:gb|cp936|hz)/i.test(`${contentType ?? ''}\n${ascii}`);
}

/** UTF-8 with broken characters, as CMSs make that cut titles by bytes or add a foot in GBK. In text all of GBK two in a hundred seem good. */
function almostUtf8(bytes: Uint8Array): Decoded | null {
  const lenient = decodeAs('utf-8', bytes);
  let good = 0;
  for (let i = 0; i < lenient.text.length; i++) {
    const code = lenient.text.charCodeAt(i);
    if (code > 0x7ff && code !== 0xfffd) good++;
  }
  return good > lenient.replaced ? lenient : null;
}

/**
 * Decodes the bytes of a page or text file.
 * @param contentType the Content-Type header, of which only Big5 and UTF-16 are believed
 */
export function decodeBytes(bytes: Uint8Array, contentType?: string): Decoded {
  const mark = byteOrderMark(bytes);
  if (mark) return decodeAs(mark, bytes);
  const utf16 = looksLikeUtf16(bytes);
  if (utf16) return decodeAs(utf16, bytes);
  const strict = strictUtf8(bytes);
  if (strict !== null && !isDisguised(strict, bytes, contentType))
    return { text: strict, encoding: 'utf-8', replaced: countReplaced(strict) };
  const declared = declaredCharset(bytes, contentType);
  if (declared?.startsWith('big5')) return decodeAs('big5', bytes);
  if (declared) return decodeAs(declared.endsWith('be') ? 'utf-16be' : 'utf-16le', bytes);
  return almostUtf8(bytes) ?? decodeAs('gb18030', bytes);
}

/** 锟斤拷 is U+FFFD written as UTF-8 and read as GBK; Chinese bytes read as Latin letters come in runs without a space. */
const destroyed = /(?:锟斤拷|斤拷锟)[锟斤拷截酵]*|[\u00a1-\u00ff]{4,}/g;

/** How many characters of a decoded text somebody else had decoded wrongly before; a few may be meant (a text about such damage). */
export function destroyedIn(text: string): number {
  let count = 0;
  for (const [run] of text.matchAll(destroyed)) count += run.length;
  return count > 9 && count > text.length * 0.02 ? count : 0;
}
