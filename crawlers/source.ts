// A source: what to crawl and how. Read from a YAML file (crawlers/sources/*.yaml, or a user's own) or made from one address.
// The schema below is the documentation of the file; every key but `id`, `name`, `place` and `start` may be left out.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Document, LineCounter } from 'yaml';
import { z } from 'zod';
import { withoutCredentials } from '../src/model/address.js';
import { ConfigurationError, UsageError, whyUnreadable } from '../src/model/errors.js';
import { atPlace, demand, wordsOf } from '../src/model/input-faults.js';
import { parseYaml } from '../src/model/yaml.js';
import { faultOfCron, isTimeZone, usualTimeZone } from './schedule.js';
import { canonicalUrl } from './url.js';

const text = z.string().trim().min(1);
const address = z
  .string()
  .refine(
    (value) => httpUrl(value) !== null,
    demand({ en: 'must be an http or https address', zh: '须是 http 或 https 网址' }),
  )
  .transform(withoutCredentials);

const schema = z.strictObject({
  /** Short name: letters, digits and hyphens. The same as the file's name. */
  id: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]*$/,
      demand({ en: 'must be lower-case letters, digits and hyphens', zh: '只能用小写字母、数字和连字符' }),
    ),
  name: text,
  /** GB/T 2260 code of the county it speaks for, null where it speaks for many. */
  place: z
    .string()
    .regex(/^\d{6}$/, demand({ en: 'must be a code of six digits, in quotes', zh: '须是六位代码，并加引号' }))
    .nullable(),
  /** Start pages: lists, a home page, a sitemap or a feed. */
  start: z.array(address).min(1),
  /** Name of the list family, where detection needs help. */
  family: text.optional(),
  /** CSS selectors of a list, where detection needs help. */
  selectors: z
    .strictObject({
      item: text,
      link: text.optional(),
      title: text.optional(),
      date: text.optional(),
      next: text.optional(),
    })
    .optional(),
  /** Words that a link must hold one of, for a focused crawl from a home page: columns are followed and articles fetched by them. */
  topics: z.array(text).min(1).optional(),
  /** Whether a browser may draw a list that comes empty: `auto` (default), `never`, or `always`. */
  browser: z.enum(['auto', 'never', 'always']).optional(),
  /** Ends of one run; what is left over makes it `partial`. */
  budget: z
    .strictObject({
      pages: z.int().positive().optional(),
      megabytes: z.number().positive().optional(),
      minutes: z.number().positive().optional(),
      /** Links followed from a start page. */
      depth: z.int().positive().max(20).optional(),
    })
    .optional(),
  /** Seconds between two requests to the host; default 3, more where robots.txt or the host asks for it. */
  delay: z.number().min(0).max(3600).optional(),
  /** Hours within which a kept article is not asked for again. Default 0: every run asks, with ETag and Last-Modified. */
  revisit: z.number().min(0).optional(),
  tls: z
    .strictObject({
      /** Old renegotiation and TLS 1.0 may be tried. */
      legacy: z.boolean().optional(),
      /** Certificates are not checked. Recorded with every snapshot. */
      anyCertificate: z.boolean().optional(),
    })
    .optional(),
  /** Asks although robots.txt forbids it. The reason is recorded with every snapshot. */
  ignoreRobots: text.optional(),
  /** When it is due: a cron line of five parts (minute, hour, day, month, weekday). */
  schedule: text
    .superRefine((cron, context) => {
      const fault = faultOfCron(cron, usualTimeZone, Date.now());
      if (fault !== null) context.addIssue({ code: 'custom', message: demand(fault) });
    })
    .optional(),
  /** The time zone of `schedule`; default that of the study, else Asia/Shanghai. */
  timezone: text
    .refine(
      isTimeZone,
      demand({ en: 'is no time zone: write one like Asia/Shanghai', zh: '不是时区，写法如 Asia/Shanghai' }),
    )
    .optional(),
  /** What about this file was verified offline, and what only a live crawl can show. For people. */
  verified: z.strictObject({ offline: z.array(text).optional(), live: z.array(text).optional() }).optional(),
});

export type Source = z.infer<typeof schema>;
export type Selectors = NonNullable<Source['selectors']>;

function httpUrl(value: string): URL | null {
  try {
    const url = new URL(value);
    return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname ? url : null;
  } catch {
    return null;
  }
}

/** A source from one address. Throws a UsageError where the address is not an http or https URL. */
export function sourceFromUrl(url: string, about: { place: string | null; id?: string }): Source {
  const parsed = httpUrl(url);
  if (!parsed) {
    throw new UsageError(
      'source.address',
      { en: `${url} is not an address that can be crawled`, zh: `${url} 不是可以采集的网址` },
      { en: 'Give an address that begins with http:// or https://.', zh: '请写以 http:// 或 https:// 开头的网址。' },
    );
  }
  const { pathname } = parsed;
  const folder = pathname.replace(/\/(?:index|default|list|home)\.\w+$/i, '/').replace(/\.\w+$/, '');
  const made = `${parsed.host}${folder}${parsed.search}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return {
    id: about.id ?? (made.replace(/^-+|-+$/g, '').slice(0, 80) || 'source'),
    name: parsed.host,
    place: about.place,
    start: [canonicalUrl(url) + (parsed.hash.length > 1 ? parsed.hash : '')],
  };
}

/** Reads a source file (YAML). Throws a ConfigurationError with file and line. */
export function loadSource(file: string): Source {
  let written: string;
  try {
    written = readFileSync(file, 'utf8');
  } catch (cause) {
    const met = whyUnreadable(cause);
    throw new ConfigurationError(
      'source.file',
      {
        en: `${file} cannot be read: ${met.en}`,
        zh: `无法读取 ${file}：${met.zh}`,
      },
      { en: 'Name a source file (YAML).', zh: '请写一个站点文件（YAML）。' },
      { cause },
    );
  }
  return parseSource(written, file);
}

/**
 * Reads what a source file holds.
 * @param file its name, for errors
 * @throws ConfigurationError with file and line
 */
export function parseSource(written: string, file: string): Source {
  const yaml = parseYaml(written);
  if ('faults' in yaml) {
    const { line, message } = yaml.faults[0];
    throw new ConfigurationError('source.yaml', atPlace(`${file}:${line}`, message), {
      en: 'Mend the YAML at this line.',
      zh: '请改正这一行的 YAML。',
    });
  }
  const { document, lines, value } = yaml;
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
  const where = `${file}:${lineOf(document, path, lines)}: ${path.join('.') || basename(file)}`;
  const words = wordsOf(issue);
  throw new ConfigurationError(
    'source.schema',
    { en: `${where}: ${words.en}`, zh: `${where}：${words.zh}` },
    {
      en: 'Correct the key at this line; sources/_example.yaml of a new study (`xianjian init`) shows all keys.',
      zh: '请改正这一行的键；全部键见新研究（xianjian init）的 sources/_example.yaml。',
    },
  );
}

/** The line of the value at a path, or of the nearest part of the path that is there. */
function lineOf(document: Document.Parsed, path: PropertyKey[], lines: LineCounter): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
