// One WARC record as an exchange, or why it gives no page.

import { AsyncIterReader } from 'warcio';
import type { Exchange } from '../model/exchange.js';
import type { Said } from '../model/language.js';
import { toldOf } from './fields.js';

/** A record as it stands in the file. */
export interface RawRecord {
  /** Field values by lower-case name. */
  fields: ReadonlyMap<string, string>;
  /** Its block; null where it is of no use or too big. */
  block: Uint8Array | null;
}

/** Why a record gives no page, in words; `part` is no answer of a server (request, metadata) and nothing is missed with it. */
export const skipReasons = {
  revisit: { en: 'revisits, whose bytes another record has', zh: '重访（内容在另一条记录中）' },
  redirect: { en: 'redirects', zh: '跳转' },
  error: { en: 'HTTP errors', zh: 'HTTP 错误' },
  set_aside: { en: 'challenge and error pages', zh: '验证页和错误页' },
  not_page: {
    en: 'of no text (pictures, style, scripts, robots.txt, DNS)',
    zh: '没有文字的（图片、样式、脚本、robots.txt、DNS）',
  },
  empty: { en: 'without a body', zh: '没有内容' },
  truncated: { en: 'cut by the program that wrote them', zh: '写档案的程序截短的' },
  too_big: { en: 'too big', zh: '过大' },
  part: { en: 'requests and metadata', zh: '请求和元数据' },
} as const satisfies Record<string, Said>;
export type SkipReason = keyof typeof skipReasons;

export interface Skipped {
  reason: SkipReason;
  url: string | null;
}

/** An exchange whose bytes still have the content encoding that the server named, null where it named none. */
export interface Archived {
  exchange: Exchange;
  encoding: string | null;
}

/** The answer that a record holds. */
export async function exchangeOf({ fields, block }: RawRecord): Promise<Archived | Skipped> {
  const type = fields.get('warc-type');
  // Wget writes the address in angle brackets.
  const target = (fields.get('warc-target-uri') ?? '').replace(/^<(.*)>$/, '$1');
  const skip = (reason: SkipReason): Skipped => ({ reason, url: target || null });
  if (type === 'revisit') return skip('revisit');
  if (type !== 'response' && type !== 'resource') return skip('part');
  if (!block) return skip('too_big');
  if (fields.has('warc-truncated') || fields.has('warc-segment-number')) return skip('truncated');
  const { outcome, ...told } = toldOf(fields, target);
  if (outcome !== null && outcome !== 'ok' && outcome !== 'same') return skip('set_aside');
  if (!/^(?:https?|file):/i.test(target) || !URL.canParse(target)) return skip('not_page');
  const answer = type === 'resource' ? resourceIn(fields, block) : await answerIn(block);
  if (typeof answer === 'string') return skip(answer);
  if (answer.bytes.length === 0) return skip('empty');
  const { encoding, ...kept } = answer;
  // A program's own archive tells what each answer was for; of another's only texts are of use.
  if (outcome === null && !mayHoldText(target, answer.contentType)) return skip('not_page');
  return { exchange: { ...told, ...kept, fetchedAt: dateOf(fields) }, encoding };
}

type Answer = Pick<Exchange, 'status' | 'contentType' | 'headers' | 'bytes'> & { encoding: string | null };

const resourceIn = (fields: ReadonlyMap<string, string>, bytes: Uint8Array): Answer => ({
  status: null,
  contentType: fields.get('content-type') ?? null,
  headers: {},
  bytes,
  encoding: null,
});

/** The good answer in an HTTP message, its chunks joined; else why there is none. */
async function answerIn(block: Uint8Array): Promise<Answer | SkipReason> {
  const message = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  const { head, bodyAt } = partsOf(message);
  const status = Number(/^HTTP\/\d(?:\.\d)? +(\d{3})\b/i.exec(head)?.[1] ?? 0);
  if (status === 0) return 'not_page';
  if (status >= 300 && status < 400) return 'redirect';
  // 204 and 205 have no body, 206 has a part of one.
  if (status < 200 || status > 203) return 'error';
  const headers = headersOf(head);
  let bytes: Uint8Array = message.subarray(bodyAt);
  if (/\bchunked\b/i.test(headers['transfer-encoding'] ?? '')) {
    const reader = new AsyncIterReader([bytes], null, true);
    bytes = await reader.readFully();
    if (reader.errored) return 'truncated';
  }
  const { 'content-encoding': encoding, 'transfer-encoding': transfer, ...others } = headers;
  return {
    status,
    contentType: headers['content-type'] ?? null,
    headers: {
      ...others,
      ...(encoding === undefined ? {} : { 'x-orig-content-encoding': encoding }),
      ...(transfer === undefined ? {} : { 'x-orig-transfer-encoding': transfer }),
    },
    bytes,
    encoding: encoding ?? null,
  };
}

/** Head and body of an HTTP message; lines may end in LF alone. */
function partsOf(message: Buffer): { head: string; bodyAt: number } {
  const found = /\r?\n\r?\n/.exec(message.toString('latin1', 0, 1 << 20));
  if (!found) return { head: message.toString('latin1', 0, 1 << 16), bodyAt: message.length };
  return { head: message.toString('utf8', 0, found.index), bodyAt: found.index + found[0].length };
}

/** Headers by lower-case name; of a name written twice both values, parted by a comma. */
function headersOf(head: string): Record<string, string> {
  const headers = new Map<string, string>();
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  for (const line of lines.slice(1)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}

function mayHoldText(target: string, contentType: string | null): boolean {
  const path = /^[^?#]*/.exec(target)![0];
  if (/\/robots\.txt$/i.test(path)) return false;
  if (/\.(?:css|m?js|ico|woff2?|ttf|eot|map)$/i.test(path)) return false;
  return !/^(?:image|audio|video|font)\/|^text\/css\b|javascript/i.test(contentType ?? '');
}

/** WARC-Date with milliseconds; the beginning of 1970 where it says nothing. */
function dateOf(fields: ReadonlyMap<string, string>): string {
  const time = Date.parse(fields.get('warc-date') ?? '');
  return new Date(Number.isNaN(time) ? 0 : time).toISOString();
}
