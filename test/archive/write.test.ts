// What is written is WARC as an independent reader sees it, and comes back as it was, also with names and headers of bad will.
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { WARCParser, type WARCRecord } from 'warcio';
import { writeArchive } from '../../src/archive/index.js';
import type { KeptExchange } from '../../src/model/exchange.js';
import { eventsOf } from './warc.js';

const exchange = (more: Partial<KeptExchange> = {}): KeptExchange => ({
  kind: 'article',
  url: 'http://a.example/1',
  form: '',
  finalUrl: 'http://a.example/1',
  fetchedAt: '2024-05-06T07:08:09.123Z',
  status: 200,
  contentType: 'text/html',
  headers: { 'content-type': 'text/html' },
  bytes: Buffer.from('<p>全县新建学校3所。</p>'),
  place: null,
  anchor: null,
  listed: null,
  referrer: null,
  settings: {},
  outcome: 'ok',
  sha256: 'ab'.repeat(32),
  repeats: null,
  ...more,
});

async function written(exchanges: KeptExchange[], gzip = true) {
  async function* each() {
    yield* exchanges;
  }
  const counts = { responses: 0, revisits: 0, resources: 0 };
  const parts: Uint8Array[] = [];
  for await (const part of writeArchive(each(), {
    gzip,
    software: 'test/1',
    madeAt: '2025-01-01T00:00:00.000Z',
    counts,
  }))
    parts.push(part);
  return { parts, bytes: Buffer.concat(parts), counts };
}

async function recordsIn(bytes: Uint8Array): Promise<{ record: WARCRecord; payload: Uint8Array }[]> {
  const records: { record: WARCRecord; payload: Uint8Array }[] = [];
  for await (const record of new WARCParser([bytes])) records.push({ record, payload: await record.readFully(false) });
  return records;
}

describe('an archive', () => {
  it('has warcinfo, response and request, each a gzip member of its own', async () => {
    const { parts, bytes, counts } = await written([exchange()]);
    expect(parts.map((part) => gunzipSync(part).toString('latin1', 0, 10))).toEqual(Array(3).fill('WARC/1.1\r\n'));
    const records = await recordsIn(bytes);
    expect(records.map(({ record }) => record.warcType)).toEqual(['warcinfo', 'response', 'request']);
    const [, response, request] = records;
    expect(response!.record.warcTargetURI).toBe('http://a.example/1');
    expect(response!.record.warcDate).toBe('2024-05-06T07:08:09.123Z');
    expect(response!.record.httpHeaders!.statusline).toBe('HTTP/1.1 200 OK');
    expect(Buffer.from(response!.payload).toString()).toBe('<p>全县新建学校3所。</p>');
    expect(request!.record.httpHeaders!.statusline).toBe('GET /1 HTTP/1.1');
    expect(request!.record.warcHeader('WARC-Concurrent-To')).toBe(response!.record.warcHeader('WARC-Record-ID'));
    expect(counts).toEqual({ responses: 1, revisits: 0, resources: 0 });
  });

  it('plain where that is asked', async () => {
    const { bytes } = await written([exchange()], false);
    expect(bytes.toString('latin1', 0, 8)).toBe('WARC/1.1');
    expect((await recordsIn(bytes)).length).toBe(3);
  });

  it('headers agree with the body as it is kept', async () => {
    const headers = { 'transfer-encoding': 'chunked', 'content-length': '7', 'x-orig-content-encoding': 'gzip' };
    const [, response] = await recordsIn((await written([exchange({ headers })])).bytes);
    const kept = Object.fromEntries(response!.record.httpHeaders!.headers as Iterable<[string, string]>);
    expect(kept).toEqual({
      'x-orig-transfer-encoding': 'chunked',
      'x-orig-content-length': '7',
      'x-orig-content-encoding': 'gzip',
      'content-length': String(exchange().bytes.length),
    });
  });

  it('the same bytes again are a revisit; a form is a POST; a file is a resource', async () => {
    const { bytes, counts } = await written([
      exchange({ repeats: '2024-01-01T00:00:00.000Z' }),
      exchange({ kind: 'data', form: 'page=2&b=%C4%EA' }),
      exchange({ url: '/tmp/a b\nc.txt', finalUrl: '/tmp/a b\nc.txt', status: null, headers: {} }),
    ]);
    const records = await recordsIn(bytes);
    expect(records.map(({ record }) => record.warcType)).toEqual([
      'warcinfo',
      'revisit',
      'request',
      'response',
      'request',
      'resource',
    ]);
    expect(records[1]!.record.warcPayloadDigest).toBe(`sha256:${'ab'.repeat(32)}`);
    expect(records[1]!.record.warcRefersToDate).toBe('2024-01-01T00:00:00.000Z');
    expect(records[4]!.record.httpHeaders!.statusline).toBe('POST /1 HTTP/1.1');
    expect(Buffer.from(records[4]!.payload).toString()).toBe('page=2&b=%C4%EA');
    expect(counts).toEqual({ responses: 1, revisits: 1, resources: 1 });
  });
});

describe('the way there and back', () => {
  const back = async (one: KeptExchange) => {
    const events = (await eventsOf((await written([one, exchange({ url: 'http://a.example/after' })])).bytes)).filter(
      (event) => event.type !== 'skipped',
    );
    // Whatever stands in the first, the second is whole.
    expect(events).toHaveLength(2);
    expect(events[1]).toMatchObject({ type: 'page', exchange: { url: 'http://a.example/after' } });
    return events[0]!;
  };

  it.each<[string, Partial<KeptExchange>]>([
    ['a redirect', { url: 'http://a.example/old', finalUrl: 'http://b.example/new' }],
    [
      'what a list told',
      { place: '990102', anchor: '关于…的通知', listed: '2024-05-01', referrer: 'http://a.example/' },
    ],
    [
      'an attachment',
      { kind: 'attachment', url: 'http://a.example/f?n=%C4%EA', finalUrl: 'http://a.example/f?n=%C4%EA' },
    ],
    ['a quote in the query', { url: "http://a.example/?q='a'", finalUrl: "http://a.example/?q='a'" }],
    [
      'line ends in words',
      { anchor: 'a\r\nWARC-Type: request\r\n\r\nWARC/1.0', referrer: 'http://a.example/\r\nx: y' },
    ],
    ['half a character', { anchor: 'a\ud800' }],
    ['settings', { settings: { robots: 'overridden: 100% by\r\nrequest' } }],
    ['a file', { url: '/tmp/年 报\r\n%41.txt', finalUrl: '/tmp/年 报\r\n%41.txt', status: null, headers: {} }],
    ['a binary body', { bytes: Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7919) % 256) }],
    ['a body that looks like a record', { bytes: Buffer.from('\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n') }],
  ])('%s', async (_, more) => {
    const one = exchange(more);
    const event = await back(one);
    const { outcome, sha256, repeats, headers, bytes, anchor, ...rest } = one;
    expect(event).toMatchObject({
      type: 'page',
      exchange: { ...rest, anchor: anchor?.replace('\ud800', '\ufffd') ?? null },
    });
    if (event.type === 'page') expect(Buffer.from(event.exchange.bytes).equals(bytes)).toBe(true);
  });

  it('headers of bad will', async () => {
    const event = await back(
      exchange({
        headers: { 'x-a': 'one\r\nContent-Length: 1\r\n\r\nbody', 'bad name\r\nx': 'y', 'x-年': 'z', etag: '"年"' },
      }),
    );
    expect(event).toMatchObject({
      exchange: { headers: { 'x-a': 'one Content-Length: 1 body', etag: '"年"' }, bytes: exchange().bytes },
    });
  });

  it('what was a challenge page stays out of a corpus', async () => {
    const events = await eventsOf((await written([exchange({ outcome: 'blocked' })])).bytes);
    expect(events.map((event) => event.type === 'skipped' && event.reason)).toEqual(['part', 'set_aside', 'part']);
  });
});
