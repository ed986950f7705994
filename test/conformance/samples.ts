// Records, files and fetches of invented counties (9901xx), for tests of a corpus.
import { createHash } from 'node:crypto';
import type { ImportedFile, TextPrint } from '../../db/corpus.js';
import type { Claim, FrontierRequest, Settlement } from '../../src/model/frontier.js';
import type { Page } from '../../src/model/page.js';
import type { Citation, Figure, Practice } from '../../src/model/record.js';

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

export function fileOf(text: string, fields: Partial<ImportedFile> = {}): ImportedFile {
  const bytes = Buffer.from(text);
  return {
    url: '/study/one.txt',
    bytes,
    sha256: sha256(bytes),
    place: '990101',
    importedAt: '2026-03-01T08:00:00.000Z',
    contentType: null,
    date: null,
    ...fields,
  };
}

export function figureOf(document: number, number: number, fields: Partial<Figure> = {}): Figure {
  return {
    id: `${document}-${String(number).padStart(3, '0')}`,
    quote: '12所',
    sentence: '全县新建学校12所。',
    start: 10 * number,
    end: 10 * number + 3,
    textStart: 10 * number,
    textEnd: 10 * number + 3,
    dimension: 'count',
    value: 12,
    unit: '所',
    bound: 'exact',
    subject: '学校',
    status: 'actual',
    salience: 'core',
    place: '990101',
    indicator: 'schools',
    rules: ['count', 'numeral'],
    confidence: 0.9,
    ...fields,
  };
}

export function practiceOf(document: number, number: number, fields: Partial<Practice> = {}): Practice {
  return {
    id: `${document}-p${String(number).padStart(2, '0')}`,
    practice: 'shared_teachers',
    status: 'done',
    place: '990101',
    quote: '教师交流',
    sentence: '推行教师交流。',
    start: 3,
    end: 7,
    textStart: 3,
    textEnd: 7,
    figures: [],
    rules: ['practice'],
    confidence: 0.8,
    ...fields,
  };
}

export function citationOf(document: number, fields: Partial<Citation> = {}): Citation {
  return {
    id: `${document}-c01`,
    title: '关于举例的意见',
    number: '例政发〔2024〕1号',
    issuer: null,
    quote: '《关于举例的意见》',
    sentence: '按照《关于举例的意见》。',
    start: 40,
    end: 49,
    textStart: 40,
    textEnd: 49,
    ...fields,
  };
}

/** A print of a text that is like no other unless `simhash` is given. */
export const printOf = (text: string, simhash = sha256(text).slice(0, 16)): TextPrint => ({
  simhash,
  length: text.length,
});

export function requestOf(path: string, fields: Partial<FrontierRequest> = {}): FrontierRequest {
  const host = fields.host ?? 'one.example';
  return { url: `http://${host}/${path}`, kind: 'article', source: 'one', depth: 1, host, group: host, ...fields };
}

export function pageOf(request: FrontierRequest, body: string | null, fields: Partial<Page> = {}): Page {
  const bytes = body === null ? null : Buffer.from(body);
  return {
    request,
    finalUrl: request.url,
    fetchedAt: '2026-03-01T08:00:00.000Z',
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: bytes,
    sha256: bytes && sha256(bytes),
    outcome: 'ok',
    tookMs: 12.5,
    ...fields,
  };
}

export function settlementOf(
  run: number,
  claim: Claim,
  body: string | null,
  fields: Partial<Settlement> & { answer?: Partial<Page> } = {},
): Settlement {
  const { answer, ...rest } = fields;
  return {
    run,
    claim,
    page: pageOf(claim.request, body, answer),
    disposition: { state: 'done' },
    textHash: null,
    clock: { nextAt: 0, backoff: 0, fails: 0, opened: 0, tookMs: 12.5 },
    host: claim.request.host,
    found: [],
    ...rest,
  };
}
