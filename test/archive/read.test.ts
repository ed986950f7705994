// Archives as other crawlers write them, whole, cut and damaged: every page under its own address, and nothing lost in silence.
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { looksLikeArchive } from '../../src/archive/index.js';
import { eventsOf, gzipped, ok, pagesOf, record, response } from './warc.js';

const a = response('http://a.example/1', ok, '<p>一</p>');
const b = response('http://a.example/2', ok, '<p>二</p>');
const c = response('http://a.example/3', ok, `<p>三</p>${'字'.repeat(40_000)}`);
const urls = (...numbers: number[]) => numbers.map((number) => `http://a.example/${number}`);
const urlsOf = async (bytes: Uint8Array) => pagesOf(await eventsOf(bytes)).map((page) => page.url);
const skips = async (...records: Buffer[]) =>
  (await eventsOf(Buffer.concat(records))).map((event) => (event.type === 'skipped' ? event.reason : event.type));

describe('whole archives', () => {
  it.each([
    ['plain', Buffer.concat([a, b, c])],
    ['a gzip member for each record', gzipped(a, b, c)],
    ['one gzip member for all', gzipSync(Buffer.concat([a, b, c]))],
    ['gzip members of several records', Buffer.concat([gzipSync(Buffer.concat([a, b])), gzipSync(c)])],
    ['a plain record behind gzipped ones', Buffer.concat([gzipped(a, b), c])],
  ])('%s', async (_, bytes) => {
    expect(looksLikeArchive(bytes.subarray(0, 4096))).toBe(true);
    expect(await urlsOf(bytes)).toEqual(urls(1, 2, 3));
  });

  it('gives address, time, type, headers and bytes', async () => {
    const [event] = await eventsOf(response('http://a.example/x?a=%C4%EA', [...ok, 'ETag: "7"'], '全县'));
    expect(event).toMatchObject({
      type: 'page',
      encoding: null,
      exchange: {
        url: 'http://a.example/x?a=%C4%EA',
        finalUrl: 'http://a.example/x?a=%C4%EA',
        kind: 'article',
        fetchedAt: '2021-05-06T07:08:09.000Z',
        status: 200,
        contentType: 'text/html; charset=utf-8',
        headers: { etag: '"7"' },
        bytes: Buffer.from('全县'),
      },
    });
  });

  it('other line ends, continued fields, an address in brackets, names in any case', async () => {
    const block = 'HTTP/1.0 200\nContent-Type: text/html\n\n<p>正文</p>';
    const fields = { 'warc-type': 'response', 'WARC-TARGET-URI': '<http://a.example/lf>', 'X-Long': 'one\n two' };
    expect(pagesOf(await eventsOf(record(fields, block, '\n')))).toEqual([
      { url: 'http://a.example/lf', text: '<p>正文</p>' },
    ]);
  });

  it('joins chunks, and takes a body whose chunks were joined already', async () => {
    const chunked = [...ok, 'Transfer-Encoding: chunked'];
    const whole = response('http://a.example/1', chunked, '4\r\nabcd\r\n3;x=y\r\nefg\r\n0\r\n\r\n');
    const joined = response('http://a.example/2', chunked, '<p>joined</p>');
    const cut = response('http://a.example/3', chunked, '4\r\nabcd\r\nff\r\nefg');
    expect(pagesOf(await eventsOf(Buffer.concat([whole, joined])))).toEqual([
      { url: 'http://a.example/1', text: 'abcdefg' },
      { url: 'http://a.example/2', text: '<p>joined</p>' },
    ]);
    expect(await skips(cut)).toEqual(['truncated']);
  });

  it('names the content encoding, for the one who takes the page', async () => {
    const [event] = await eventsOf(response('http://a.example/1', [...ok, 'Content-Encoding: gzip'], gzipSync('text')));
    expect(event).toMatchObject({ encoding: 'gzip', exchange: { headers: { 'x-orig-content-encoding': 'gzip' } } });
  });

  it('resources, also of files', async () => {
    const fields = { 'WARC-Type': 'resource', 'WARC-Date': '2020-01-01T00:00:00Z', 'Content-Type': 'application/pdf' };
    const events = await eventsOf(
      Buffer.concat([
        record({ ...fields, 'WARC-Target-URI': 'https://a.example/plan.pdf' }, '%PDF'),
        record({ ...fields, 'WARC-Target-URI': 'file:///tmp/a%20b.pdf' }, '%PDF'),
        record({ ...fields, 'WARC-Target-URI': 'urn:pageinfo:https://a.example/' }, '{}'),
      ]),
    );
    expect(pagesOf(events).map((page) => page.url)).toEqual(['https://a.example/plan.pdf', '/tmp/a b.pdf']);
    expect(events[0]).toMatchObject({ exchange: { status: null, contentType: 'application/pdf' } });
    expect(events[2]).toMatchObject({ reason: 'not_page', url: 'urn:pageinfo:https://a.example/' });
  });
});

describe('records that give no page are counted with their reason', () => {
  const at = (head: string[], body = 'x', url = 'http://a.example/1', fields = {}) => response(url, head, body, fields);
  it.each([
    ['error', at(['HTTP/1.1 404 Not Found'])],
    ['error', at(['HTTP/1.1 503 Busy'])],
    ['error', at(['HTTP/1.1 206 Partial Content'])],
    ['redirect', at(['HTTP/1.1 302 Found', 'Location: /2'])],
    ['empty', at(ok, '')],
    ['not_page', at(['HTTP/1.1 200 OK', 'Content-Type: image/png'])],
    ['not_page', at(ok, 'User-agent: *', 'http://a.example/robots.txt')],
    ['not_page', at(ok, 'x', 'dns:a.example')],
    ['truncated', at(ok, 'x', 'http://a.example/1', { 'WARC-Truncated': 'length' })],
    ['set_aside', at(ok, 'x', 'http://a.example/1', { 'Xianjian-Outcome': 'blocked' })],
    ['revisit', record({ 'WARC-Type': 'revisit', 'WARC-Target-URI': 'http://a.example/1' }, '')],
    ['part', record({ 'WARC-Type': 'request', 'WARC-Target-URI': 'http://a.example/1' }, 'GET / HTTP/1.1\r\n\r\n')],
    ['part', record({ 'WARC-Type': 'warcinfo' }, 'software: x\r\n')],
  ])('%s', async (reason, bytes) => {
    expect(await skips(bytes, a)).toEqual([reason, 'page']);
  });
});

describe('cut and damaged archives', () => {
  const damages = async (bytes: Uint8Array) =>
    (await eventsOf(bytes)).flatMap((event) => (event.type === 'damaged' ? [event] : []));

  it('a gzipped archive cut in a record keeps the ones before', async () => {
    const bytes = gzipped(a, b, c);
    const begins = gzipped(a, b).length;
    const cut = bytes.subarray(0, begins + 40);
    expect(await urlsOf(cut)).toEqual(urls(1, 2));
    expect(await damages(cut)).toEqual([
      { type: 'damaged', offset: begins, message: expect.stringContaining('cut'), resumedAt: null },
    ]);
  });

  it('a plain archive cut in a record keeps the ones before', async () => {
    const cut = Buffer.concat([a, b, c]).subarray(0, -500);
    expect(await urlsOf(cut)).toEqual(urls(1, 2));
    expect(await damages(cut)).toMatchObject([{ offset: a.length + b.length, resumedAt: null }]);
  });

  it('one gzip member for all, cut: whole records are kept', async () => {
    const last = response('http://a.example/3', ok, randomBytes(5000));
    const cut = gzipSync(Buffer.concat([a, b, last])).subarray(0, -1000);
    expect(await urlsOf(cut)).toEqual(urls(1, 2));
  });

  it.each([0, 30, 60])('a gzip member damaged at byte %i is left out, the next is read', async (at) => {
    const bytes = gzipped(a, b, c);
    const begins = gzipped(a).length;
    bytes.fill(0xff, begins + at, begins + at + 12);
    expect(await urlsOf(bytes)).toEqual(urls(1, 3));
    expect(await damages(bytes)).toMatchObject([{ offset: begins, resumedAt: gzipped(a, b).length }]);
  });

  it('one flipped bit is noticed by the checksum', async () => {
    const stored = gzipSync(b, { level: 0 });
    stored[stored.length - 20]! ^= 1;
    expect(await urlsOf(Buffer.concat([gzipSync(a), stored, gzipSync(c)]))).toEqual(urls(1, 3));
  });

  it.each(['4', '9', '99999', 'x', '-1', ''])('a wrong Content-Length (%j) costs its record', async (length) => {
    const wrong = Buffer.from(
      b.toString('latin1').replace(/Content-Length: \d+/, `Content-Length: ${length}`),
      'latin1',
    );
    const bytes = Buffer.concat([a, wrong, c]);
    const found = await urlsOf(bytes);
    expect(found).toContain(urls(1)[0]);
    expect(found).toContain(urls(3)[0]);
    expect(await damages(bytes)).not.toEqual([]);
  });

  it('bytes that are no record between records', async () => {
    const noise = Buffer.from(`${'noise WARC/1.0 noise '.repeat(150_000)}\n`);
    for (const [first, last] of [[a, c] as const, [gzipSync(a), gzipSync(c)] as const]) {
      const bytes = Buffer.concat([first, noise, last]);
      expect(await urlsOf(bytes)).toEqual(urls(1, 3));
      expect(await damages(bytes)).toMatchObject([
        { offset: expect.any(Number), resumedAt: first.length + noise.length },
      ]);
    }
  });

  it('a header without end is no reason to read the whole file into memory', async () => {
    const bytes = Buffer.concat([a, Buffer.from('WARC/1.0\r\n'), Buffer.alloc(3_000_000, 'x'), Buffer.from('\n'), c]);
    expect(await urlsOf(bytes)).toEqual(urls(1, 3));
  });

  // Found by fuzzing: each start was followed by a look at the next 256 kB, so that a megabyte of starts took minutes.
  it('starts without an end are passed in linear time', async () => {
    const begun = process.cpuUsage();
    const events = await eventsOf(Buffer.concat([Buffer.from('WARC/1.1\r\nA: b\r\n'.repeat(10_000)), a]));
    expect(events.filter(({ type }) => type === 'damaged')).toHaveLength(10_000);
    expect(pagesOf(events)).toHaveLength(1);
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1e6).toBeLessThan(4);
  });

  it('what is no archive', () => {
    for (const bytes of ['', 'WARC', 'Report\nWARC/1.0\n', '<html>'])
      expect(looksLikeArchive(Buffer.from(bytes)), bytes).toBe(false);
    expect(looksLikeArchive(gzipSync('plain text'))).toBe(false);
    expect(looksLikeArchive(Buffer.from([0x1f, 0x8b, 8, 0]))).toBe(false);
  });
});
