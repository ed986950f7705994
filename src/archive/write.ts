// Exchanges as WARC 1.1 (ISO 28500:2017): one gzip member a record, a request and a response (or a resource, for a file) for each
// exchange, a revisit where the same address gave the same bytes before. The bytes are those of the corpus: encodings undone, with
// the headers that named them renamed to x-orig-…, as other archives do.
import { STATUS_CODES } from 'node:http';
import { WARC_1_1, WARCRecord, type WARCRecordOpts, WARCSerializer } from 'warcio';
import type { KeptExchange } from '../model/exchange.js';
import { ownFields, targetOf } from './fields.js';

/** Counts of records written. */
export interface ArchiveCounts {
  responses: number;
  revisits: number;
  /** Files that were brought in by hand. */
  resources: number;
}

export interface ArchiveOptions {
  /** One gzip member a record; else plain. */
  gzip: boolean;
  /** Name and version of the program. */
  software: string;
  /** ISO 8601 in UTC, of the archive itself. */
  madeAt: string;
  /** Counted on while records are given. */
  counts: ArchiveCounts;
}

/** The bytes of an archive, a record at a time. Needs the memory of one exchange. */
export async function* writeArchive(
  exchanges: AsyncIterable<KeptExchange>,
  options: ArchiveOptions,
): AsyncGenerator<Uint8Array> {
  const serialized = (record: WARCRecord) => WARCSerializer.serialize(record, { gzip: options.gzip });
  yield await serialized(warcInfo(options));
  for await (const exchange of exchanges) {
    for (const record of recordsOf(exchange, options.counts)) yield await serialized(record);
  }
}

function warcInfo({ software, madeAt }: ArchiveOptions): WARCRecord {
  return WARCRecord.createWARCInfo(
    { date: madeAt, warcVersion: WARC_1_1 },
    {
      software,
      format: 'WARC File Format 1.1',
      conformsTo: 'https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
      description:
        'Bodies are kept with transfer and content encodings undone; request records hold the request line and host only',
    },
  );
}

function recordsOf(exchange: KeptExchange, counts: ArchiveCounts): WARCRecord[] {
  if (exchange.status === null) {
    counts.resources += 1;
    return [resourceOf(exchange)];
  }
  counts[exchange.repeats === null ? 'responses' : 'revisits'] += 1;
  const response = exchange.repeats === null ? responseOf(exchange) : revisitOf(exchange, exchange.repeats);
  return [response, requestOf(exchange, response)];
}

/** What all records of an exchange have in common. */
function common(exchange: KeptExchange, fields: Record<string, string> = {}): WARCRecordOpts {
  return {
    date: exchange.fetchedAt,
    warcVersion: WARC_1_1,
    warcHeaders: { 'WARC-Target-URI': targetOf(exchange.finalUrl), ...fields },
  };
}

function resourceOf(exchange: KeptExchange): WARCRecord {
  const type = { 'Content-Type': plainValue(exchange.contentType ?? 'application/octet-stream') };
  return WARCRecord.create({ ...common(exchange, { ...type, ...ownFields(exchange) }), type: 'resource' }, [
    exchange.bytes,
  ]);
}

function answerOf({ status, headers, bytes }: KeptExchange): { statusline: string; httpHeaders: [string, string][] } {
  const reason = STATUS_CODES[status!] ?? '';
  return { statusline: `HTTP/1.1 ${status} ${reason}`, httpHeaders: honestHeaders(headers, bytes.length) };
}

function responseOf(exchange: KeptExchange): WARCRecord {
  const options = { ...common(exchange, ownFields(exchange)), ...answerOf(exchange), type: 'response' as const };
  return WARCRecord.create(options, [exchange.bytes]);
}

function revisitOf(exchange: KeptExchange, since: string): WARCRecord {
  const fields = { 'WARC-Payload-Digest': `sha256:${exchange.sha256}`, ...ownFields(exchange) };
  return WARCRecord.create({
    ...common(exchange, fields),
    ...answerOf(exchange),
    type: 'revisit',
    refersToUrl: targetOf(exchange.finalUrl),
    refersToDate: since,
  });
}

function requestOf(exchange: KeptExchange, response: WARCRecord): WARCRecord {
  const { host, path } = partsOf(targetOf(exchange.finalUrl));
  const form = exchange.form === '' ? null : new TextEncoder().encode(exchange.form);
  const formHeaders: [string, string][] = form
    ? [
        ['content-type', 'application/x-www-form-urlencoded'],
        ['content-length', String(form.length)],
      ]
    : [];
  return WARCRecord.create(
    {
      ...common(exchange, { 'WARC-Concurrent-To': String(response.warcHeader('WARC-Record-ID')) }),
      type: 'request',
      statusline: `${form ? 'POST' : 'GET'} ${path} HTTP/1.1`,
      httpHeaders: [['host', host], ...formHeaders],
    },
    form ? [form] : [],
  );
}

/** Host and raw path of an address; the query's bytes stay as they are. */
function partsOf(address: string): { host: string; path: string } {
  const [, host = '', path = ''] = /^[a-z]+:\/\/([^/?#]*)([^#]*)/i.exec(address) ?? [];
  return { host, path: path.startsWith('/') ? path : `/${path}` };
}

/** Headers that agree with the body as it is kept, names and values that cannot break the record. */
function honestHeaders(headers: Record<string, string>, length: number): [string, string][] {
  const kept: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name)) continue;
    const lower = name.toLowerCase();
    const renamed =
      lower === 'content-encoding' ||
      lower === 'transfer-encoding' ||
      (lower === 'content-length' && Number(value) !== length);
    if (lower !== 'content-length' || renamed) kept.push([renamed ? `x-orig-${lower}` : name, plainValue(value)]);
  }
  return [...kept, ['content-length', String(length)]];
}

const plainValue = (value: string): string => value.replace(/[\r\n\u0000]+/g, ' ');
