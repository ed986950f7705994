// Addresses: one canonical form that never touches the bytes of a query, links as browsers resolve them, groups, files, traps.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalUrl,
  groupOf,
  isAttachmentUrl,
  isPageUrl,
  mayNameAttachment,
  resolveLink,
  trapReason,
  withQuery,
} from '../../crawlers/url.js';

describe('the canonical form', () => {
  it.each([
    ['HTTP://WWW.One.Test:80/a', 'http://www.one.test/a'],
    ['https://one.test:443/', 'https://one.test/'],
    ['http://one.test:8080/', 'http://one.test:8080/'],
    ['http://user:secret@one.test/', 'http://one.test/'],
    ['http://one.test/a#p2', 'http://one.test/a'],
    ['http://one.test/a;jsessionid=AB12?x=1', 'http://one.test/a?x=1'],
    ['http://one.test/a?jsessionid=AB12&x=1', 'http://one.test/a?x=1'],
    ['http://one.test/a/../b/./c', 'http://one.test/b/c'],
    ['http://one.test/a//b', 'http://one.test/a//b'],
    ['http://one.test/index.html', 'http://one.test/index.html'],
    ['http://one.test/?w=%bd%cc&b=2&a=1', 'http://one.test/?w=%BD%CC&b=2&a=1'],
    ['http://one.test/?a=1+2&b=c%20d', 'http://one.test/?a=1+2&b=c%20d'],
    ['http://one.test/?w=教', 'http://one.test/?w=%E6%95%99'],
    ['http://one.test?', 'http://one.test/?'],
  ])('%s', (address, canonical) => {
    expect(canonicalUrl(address)).toBe(canonical);
  });

  it('keeps www and the bare name, index.html and the folder, http and https apart', () => {
    const forms = ['http://one.test/', 'http://www.one.test/', 'http://one.test/index.html', 'https://one.test/'];
    expect(new Set(forms.map(canonicalUrl)).size).toBe(4);
  });

  it('is its own canonical form, and a query of any bytes keeps them', () => {
    const byte = fc.integer({ min: 0, max: 255 }).map((n) => `%${n.toString(16).toUpperCase().padStart(2, '0')}`);
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 20 }), (bytes) => {
        const address = `http://one.test/a?q=${bytes.join('')}`;
        expect(canonicalUrl(address)).toBe(address);
      }),
    );
  });
});

describe('links', () => {
  const base = 'http://one.test/xw/index.html?page=2';
  it.each<[string, string | null]>([
    ['t1.html', 'http://one.test/xw/t1.html'],
    [' ./t1.html\n', 'http://one.test/xw/t1.html'],
    ['../t1.html', 'http://one.test/t1.html'],
    ['//two.test/a', 'http://two.test/a'],
    ['?page=3', 'http://one.test/xw/index.html?page=3'],
    ['\\xw\\t1.html', 'http://one.test/xw/t1.html'],
    ['#top', null],
    [`/a?${'b'.repeat(15_990)}`, `http://one.test/a?${'b'.repeat(15_990)}`],
    [`/a?${'b'.repeat(16_000)}`, null],
    ['', null],
    ['javascript:void(0)', null],
    ['mailto:a@one.test', null],
    ['http://', null],
    ['data:text/html,x', null],
  ])('%s', (link, resolved) => {
    expect(resolveLink(link, base)).toBe(resolved);
  });

  it('characters of a GBK page go into the query as GBK bytes, into the path as UTF-8', () => {
    expect(resolveLink('/s?w=教育', base, 'gb18030')).toBe('http://one.test/s?w=%BD%CC%D3%FD');
    expect(resolveLink('/s?w=教育', base, 'utf-8')).toBe('http://one.test/s?w=%E6%95%99%E8%82%B2');
    expect(resolveLink('/教/', base, 'gb18030')).toBe('http://one.test/%E6%95%99/');
  });
});

describe('groups', () => {
  it.each([
    ['www.some.gov.cn', 'some.gov.cn'],
    ['jyj.some.gov.cn', 'some.gov.cn'],
    ['some.gov.cn:8080', 'some.gov.cn'],
    ['www.some.sd.cn', 'some.sd.cn'],
    ['a.b.example.test', 'example.test'],
    ['127.0.0.1:8801', '127.0.0.1:8801'],
    ['[::1]:80', '[::1]:80'],
    ['localhost:3000', 'localhost:3000'],
  ])('%s', (host, group) => {
    expect(groupOf(host)).toBe(group);
  });
});

describe('kinds of addresses', () => {
  it.each<[string, boolean, boolean]>([
    ['http://one.test/a/W0203.pdf', true, false],
    ['http://one.test/downfile.jsp?classid=0&filename=ab.doc', true, false],
    ['http://one.test/a.DOCX', true, false],
    ['http://one.test/a.html', false, true],
    ['http://one.test/a.jpg', false, false],
    ['http://one.test/show.asp?id=3', false, true],
    ['http://one.test/v1.2/', false, true],
  ])('%s: file %s, page %s', (url, file, page) => {
    expect([isAttachmentUrl(url), isPageUrl(url)]).toEqual([file, page]);
  });

  it.each<[string, boolean]>([
    [`http://one.test/${'a'.repeat(2100)}`, true],
    ['http://one.test/a/a/a/b.html', true],
    ['http://one.test/x/a/b/a/b/a/b/', true],
    [`http://one.test/${Array.from({ length: 22 }, (_, k) => k).join('/')}`, true],
    ['http://one.test/art/2024/9/4/art_17_1.html', false],
    ['http://one.test/2024/2024/05/x.html', false],
  ])('%s is a trap: %s', (url, trap) => {
    expect(trapReason(url) !== null).toBe(trap);
  });

  it('query parameters are set without touching the others', () => {
    expect(withQuery('http://one.test/a?w=%BD%CC&Page=2', { page: 3 })).toBe('http://one.test/a?w=%BD%CC&Page=3');
    expect(withQuery('http://one.test/a', { page: 1 })).toBe('http://one.test/a?page=1');
    expect(withQuery('http://one.test/a?x=1&y=2', { x: null })).toBe('http://one.test/a?y=2');
  });
});

describe('whether a source can name a file', () => {
  it.each<[string, boolean]>([
    ['<a href="/a/W0203.pdf">', true],
    ["<a href='downfile.jsp?filename=ab.DOC&amp;x=1'>", true],
    ['<iframe src="viewer.html?file=%2Fa%2Exlsx">', true],
    ['<a href="a&#46;zip">', true],
    ['<a href="/a.html"><img src="b.jpg">共3.5亿元', false],
    ['<a href="/a.pdfx">', false],
  ])('%s: %s', (source, can) => {
    expect(mayNameAttachment(source)).toBe(can);
  });
});
