import { describe, expect, it } from 'vitest';
import { decodeBytes, destroyedIn, utf16Of } from '../../src/reading/decode.js';
import { sniffBinary } from '../../src/reading/sniff.js';

const gb = {
  // 学校, and 㙟, a character of place names that gb18030 alone has, in four bytes.
  school: [0xd1, 0xa7, 0xd0, 0xa3],
  pupil: [0xd1, 0xa7, 0xc9, 0xfa],
  rare: [0x82, 0x30, 0xc7, 0x35],
};
const ascii = (text: string) => [...text].map((sign) => sign.charCodeAt(0));
const bytes = (...parts: number[][]) => Uint8Array.from(parts.flat());

describe('decodeBytes', () => {
  it('strict UTF-8 wins over any declaration', () => {
    const utf8 = new TextEncoder().encode('<meta charset="gb2312">学校');
    expect(decodeBytes(utf8, 'text/html; charset=iso-8859-1')).toMatchObject({ encoding: 'utf-8', replaced: 0 });
    expect(decodeBytes(utf8).text).toContain('学校');
  });

  it('a byte order mark wins over all, and is no character of the text', () => {
    expect(decodeBytes(bytes([0xef, 0xbb, 0xbf], [...new TextEncoder().encode('学校')]))).toMatchObject({
      text: '学校',
      encoding: 'utf-8',
    });
    expect(decodeBytes(bytes([0xff, 0xfe], [0x66, 0x5b, 0x21, 0x68]))).toMatchObject({
      text: '学校',
      encoding: 'utf-16le',
    });
  });

  it('gb18030 where bytes are no UTF-8, whatever they call themselves', () => {
    for (const label of ['utf-8', 'gb2312', 'gbk', 'iso-8859-1', 'cp936', 'hz-gb-2312']) {
      const page = bytes(ascii(`<meta charset=${label}>`), gb.school, gb.pupil);
      expect(decodeBytes(page, `text/html;charset=${label}`)).toMatchObject({ encoding: 'gb18030', replaced: 0 });
      expect(decodeBytes(page).text).toContain('学校学生');
    }
  });

  it('a page whose only characters are valid as both is what it declares', () => {
    expect(decodeBytes(bytes(ascii('<meta charset=gb2312>'), gb.school)).text).toContain('学校');
    expect(decodeBytes(bytes(ascii('<meta charset=utf-8>'), gb.school)).encoding).toBe('utf-8');
  });

  it('four-byte characters', () => {
    expect(decodeBytes(bytes(gb.school, gb.rare, gb.school)).text).toBe(
      new TextDecoder('gb18030').decode(bytes(gb.school, gb.rare, gb.school)),
    );
    expect([...decodeBytes(bytes(gb.school, gb.rare)).text]).toHaveLength(3);
  });

  it('Big5 and UTF-16 only where they are declared', () => {
    const big5 = [0xbe, 0xc7, 0xae, 0xd5];
    expect(decodeBytes(bytes(ascii('<meta charset="big5">'), big5)).text).toContain('學校');
    expect(decodeBytes(bytes(big5), 'text/html; charset=Big5')).toMatchObject({ text: '學校', encoding: 'big5' });
    expect(decodeBytes(bytes(big5)).encoding).toBe('gb18030');
  });

  it('UTF-8 with a character cut in two stays UTF-8 and counts what is lost', () => {
    const good = [...new TextEncoder().encode('青阳县教育局召开会议部署校园安全工作')];
    const cut = decodeBytes(bytes(good, good.slice(0, 2), ascii('</title>')));
    expect(cut).toMatchObject({ encoding: 'utf-8', replaced: 1 });
  });

  it('UTF-8 with a foot in GBK stays UTF-8', () => {
    const good = [...new TextEncoder().encode('青阳县教育局召开会议部署校园安全工作')];
    const mixed = decodeBytes(bytes(good, gb.school, gb.pupil, gb.school));
    expect(mixed.encoding).toBe('utf-8');
    expect(mixed.text).toContain('青阳县教育局召开会议部署校园安全工作');
  });

  it('UTF-16 is known by its mark or its zeros, unless it holds signs that no text has', () => {
    const text = '<html><title>a</title>学校一二三的来不这主为上发以地中';
    const little = Buffer.from(text, 'utf16le');
    expect(utf16Of(little)).toBe('utf-16le');
    expect(utf16Of(Buffer.from(little).swap16())).toBe('utf-16be');
    expect(utf16Of(bytes([0xff, 0xfe], [...Buffer.from('学校', 'utf16le')]))).toBe('utf-16le');
    expect(utf16Of(bytes([0xff, 0xfe], [1, 0, 2, 0, 3, 0]))).toBeNull();
    expect(sniffBinary(little)).toBeNull();
    expect(sniffBinary(bytes([0xff, 0xfe], [1, 0, 2, 0, 3, 0, 4, 0, 5, 0]))).toBe('binary');
  });

  it('counts what was destroyed before', () => {
    expect(destroyedIn('锟斤拷锟斤拷锟截斤拷锟斤拷12锟斤拷')).toBeGreaterThan(9);
    expect(destroyedIn('ÏØ½ÌÓý¾Öµ½¹Ò¹³´å×ß·Ã')).toBeGreaterThan(9);
    expect(destroyedIn(`网页常见乱码“锟斤拷”。${'全县学校开展信息技术培训。'.repeat(30)}`)).toBe(0);
  });
});
