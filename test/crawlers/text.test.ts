// Bytes to text as far as links need it: the matrix of wrong and missing declarations that real sites send.
import { describe, expect, it } from 'vitest';
import { decodeBytes, encodeGbk } from '../../crawlers/text.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
/** GBK bytes by way of the percent codes that are checked below. */
const gbk = (text: string): Uint8Array =>
  Uint8Array.from(
    [...text].flatMap((character) =>
      character < '\u0080'
        ? [character.charCodeAt(0)]
        : encodeGbk(character)
            .split('%')
            .slice(1)
            .map((hex) => Number.parseInt(hex, 16)),
    ),
  );
const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const ascii = (text: string): Uint8Array => utf8(text);

describe('decoding', () => {
  it.each<[string, Uint8Array, string, string]>([
    ['a header that says iso-8859-1 over GBK', gbk('<p>青禾县教育局</p>'), 'text/html; charset=iso-8859-1', 'gb18030'],
    ['no declaration at all', gbk('<p>青禾县教育局</p>'), '', 'gb18030'],
    ['two metas', gbk('<meta charset="utf-8"><meta charset="gb2312"><p>青禾县教育局</p>'), '', 'gb18030'],
    ['a meta at byte 1100', gbk(`${' '.repeat(1100)}<meta charset=gbk><p>青禾县教育局</p>`), '', 'gb18030'],
    [
      'the httpequiv typo',
      gbk('<meta httpequiv="Content-Type" content="text/html; charset=gb2312"><p>青禾县教育局</p>'),
      '',
      'gb18030',
    ],
    [
      'UTF-8 that is labelled gb2312',
      utf8('<meta charset="gb2312"><p>青禾县教育局</p>'),
      'text/html; charset=gb2312',
      'utf-8',
    ],
    ['a BOM', join(Uint8Array.of(0xef, 0xbb, 0xbf), utf8('<p>青禾县教育局</p>')), 'text/html; charset=gbk', 'utf-8'],
    [
      'UTF-8 with one broken byte',
      join(utf8('<meta charset="utf-8"><p>青禾县教育局公布学校建设的进展情况</p>'), Uint8Array.of(0xe9, 0x9d)),
      '',
      'utf-8',
    ],
  ])('%s', (_, bytes, contentType, encoding) => {
    const decoded = decodeBytes(bytes, contentType);
    expect(decoded.text).toContain('青禾县教育局');
    expect(decoded.encoding).toBe(encoding);
  });

  it('reads four-byte gb18030, which gbk lacks', () => {
    // 㙟 U+365F is 82 30 C4 31... as gb18030 writes it: found by decoding all four-byte codes once.
    const bytes = join(ascii('<p>'), fourByte('㙟'), gbk('村小学'), ascii('</p>'));
    expect(decodeBytes(bytes).text).toBe('<p>㙟村小学</p>');
  });

  it('reads Big5 only where it is declared', () => {
    // 教育 in Big5 is B1 D0 A8 7C.
    const bytes = Uint8Array.of(0xb1, 0xd0, 0xa8, 0x7c);
    expect(decodeBytes(bytes, 'text/html; charset=big5').text).toBe('教育');
    expect(decodeBytes(bytes, '').encoding).toBe('gb18030');
  });

  it('reads UTF-16 by its mark', () => {
    const text = '教育';
    const bytes = Uint8Array.from([
      0xff,
      0xfe,
      ...[...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
    ]);
    expect(decodeBytes(bytes).text).toBe(text);
  });

  it.each<[string, boolean]>([
    ['utf-16le', true],
    ['utf-16be', false],
  ])('reads %s without a mark', (encoding, little) => {
    const text = '<html><a href="/a.html">教育</a>';
    const bytes = Uint8Array.from(
      [...text].flatMap((c) => {
        const [low, high] = [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8];
        return little ? [low, high] : [high, low];
      }),
    );
    expect(decodeBytes(bytes, 'text/html')).toEqual({ text, encoding });
  });

  it('does not believe UTF-16 of a page whose tags are in single bytes', () => {
    expect(decodeBytes(gbk('<meta charset="utf-16"><p>青禾县教育局</p>'), 'text/html')).toMatchObject({
      text: '<meta charset="utf-16"><p>青禾县教育局</p>',
      encoding: 'gb18030',
    });
  });

  it('never fails', () => {
    expect(() => decodeBytes(Uint8Array.from({ length: 256 }, (_, k) => k))).not.toThrow();
    expect(decodeBytes(new Uint8Array()).text).toBe('');
  });
});

describe('GBK in query strings', () => {
  it('writes the bytes that browsers write', () => {
    // 教 BDCC 育 D3FD by the GB 2312 table; a character outside GBK becomes a reference.
    expect(encodeGbk('教育')).toBe('%BD%CC%D3%FD');
    expect(encodeGbk('😀')).toBe('%26%23128512%3B');
  });
});

function fourByte(wanted: string): Uint8Array {
  const decoder = new TextDecoder('gb18030');
  for (let b = 0x30; b <= 0x39; b++) {
    for (let c = 0x81; c <= 0xfe; c++) {
      for (let d = 0x30; d <= 0x39; d++) {
        for (const a of [0x81, 0x82]) {
          const bytes = Uint8Array.of(a, b, c, d);
          if (decoder.decode(bytes) === wanted) return bytes;
        }
      }
    }
  }
  throw new Error(`${wanted} has no four-byte code`);
}
