// What a WARC record says beyond the standard, in named fields of its own (WARC 1.1, section 4: readers ignore fields they do not
// know). Values are percent-encoded, so that no page's words can end a line. With them an archive of ours comes back as it was.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withoutCredentials } from '../model/address.js';
import type { Exchange, KeptExchange } from '../model/exchange.js';
import type { RequestKind } from '../model/page.js';

/** Names of the fields, as they are written. */
const names = {
  kind: 'Xianjian-Kind',
  outcome: 'Xianjian-Outcome',
  /** The address that was asked for, where a redirect led on to another. */
  asked: 'Xianjian-Asked',
  form: 'Xianjian-Form',
  place: 'Xianjian-Place',
  anchor: 'Xianjian-Anchor',
  listed: 'Xianjian-Listed',
  referrer: 'Xianjian-Referrer',
  settings: 'Xianjian-Settings',
} as const;

type Told = Partial<Record<keyof typeof names, string>>;

/** The fields of an exchange; what it does not have is left out. */
export function ownFields(exchange: KeptExchange): Record<string, string> {
  const settings = JSON.stringify(exchange.settings);
  const told: Record<keyof typeof names, string | null> = {
    kind: exchange.kind,
    outcome: exchange.outcome,
    asked: exchange.url === exchange.finalUrl ? null : exchange.url,
    form: exchange.form,
    place: exchange.place,
    anchor: exchange.anchor,
    listed: exchange.listed,
    referrer: exchange.referrer,
    settings: settings === '{}' ? null : settings,
  };
  const fields = Object.entries(told).filter(([, value]) => value);
  return Object.fromEntries(
    fields.map(([key, value]) => [names[key as keyof typeof names], encodeURIComponent(wellFormed(value!))]),
  );
}

/** Node has `toWellFormed` since version 20; the types of ES2023 do not. Half a surrogate pair has no percent-encoding. */
const wellFormed = (text: string): string => (text as string & { toWellFormed(): string }).toWellFormed();

/** What the fields of a record tell; nothing for a record of another program. @param fields by lower-case name */
function toldBy(fields: ReadonlyMap<string, string>): Told {
  const told: Told = {};
  for (const [key, name] of Object.entries(names)) {
    const value = fields.get(name.toLowerCase());
    if (value !== undefined) told[key as keyof typeof names] = decoded(value);
  }
  return told;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const kinds: ReadonlySet<string> = new Set<RequestKind>([
  'list',
  'article',
  'attachment',
  'robots',
  'sitemap',
  'data',
] as const);

/** What a record tells of its exchange besides the answer itself. A record of another program is an article. */
export function toldOf(
  fields: ReadonlyMap<string, string>,
  target: string,
): Omit<Exchange, 'fetchedAt' | 'status' | 'contentType' | 'headers' | 'bytes'> & { outcome: string | null } {
  const told = toldBy(fields);
  return {
    kind: kinds.has(told.kind ?? '') ? (told.kind as RequestKind) : 'article',
    outcome: told.outcome ?? null,
    url: withoutCredentials(told.asked ?? addressOf(target)),
    finalUrl: addressOf(target),
    form: told.form ?? '',
    place: /^\d{6}$/.test(told.place ?? '') ? told.place! : null,
    anchor: told.anchor ?? null,
    listed: told.listed ?? null,
    referrer: told.referrer === undefined ? null : withoutCredentials(told.referrer),
    settings: settingsOf(told.settings),
  };
}

function settingsOf(json: string | undefined): Record<string, string> {
  try {
    const value: unknown = JSON.parse(json ?? '{}');
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(entries.filter(([, each]) => typeof each === 'string'));
  } catch {
    return {};
  }
}

/** An address as WARC-Target-URI, which holds ASCII only: the path of a file becomes a file URI. */
export function targetOf(address: string): string {
  if (!/^(?:https?|file):/i.test(address)) return pathToFileURL(address).href;
  return address.replace(/[^\u0021-\u007e]+/gu, (characters) => encodeURIComponent(wellFormed(characters)));
}

/** The other way: a file URI becomes a path. */
function addressOf(target: string): string {
  if (!/^file:/i.test(target)) return withoutCredentials(target);
  try {
    return fileURLToPath(target);
  } catch {
    return target;
  }
}
