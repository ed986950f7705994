// Whether this machine, this study and this corpus are in order: findings, each with what to do. For `xianjian doctor` and the page.

import { lookup } from 'node:dns/promises';
import { existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import stringWidth from 'string-width';
import { findBrowser, type Source } from '../crawlers/index.js';
import type { Corpus } from '../db/corpus.js';
import { isPostgres, openCorpus } from '../db/open.js';
import { XianjianError } from './model/errors.js';

export interface Finding {
  check: string;
  state: 'ok' | 'notice' | 'fault';
  /** What was met. */
  met: string;
  /** What to do, where it is not ok. */
  cure?: string;
}

export interface DoctorQuestion {
  db: string;
  /** The port that `serve` would take. */
  port: number;
  environment: NodeJS.ProcessEnv;
  /** Sites whose names are looked up and whose lists are asked for; none are asked without. */
  sites?: readonly Source[];
  /** Asks one address and tells what a crawl would get. */
  ask?: (address: string) => Promise<string>;
}

/** Checks everything; throws nothing for what it meets. */
export async function diagnose(question: DoctorQuestion): Promise<Finding[]> {
  return [
    ...(await machine(question.db, question.environment)),
    await port(question.port),
    ...(await corpusFindings(question.db)),
    ...(await Promise.all((question.sites ?? []).map((site) => siteFinding(site, question.ask)))),
  ];
}

/**
 * What can be checked while a page waits: this machine, what the corpus holds and what waits in it. Whether its file is whole is not among
 * it, for which all of it would be read.
 */
export const quickFindings = async (corpus: Corpus, environment: NodeJS.ProcessEnv): Promise<Finding[]> => [
  ...(await machine(corpus.address, environment)),
  ...(await contents(corpus)),
  ...(await work(corpus)),
];

const machine = async (db: string, environment: NodeJS.ProcessEnv): Promise<Finding[]> => [
  node(),
  ...sqlite(),
  collation(),
  width(),
  await browser(),
  clock(),
  disk(db),
  proxy(environment),
];

const ok = (check: string, met: string): Finding => ({ check, state: 'ok', met });
const notice = (check: string, met: string, cure: string): Finding => ({ check, state: 'notice', met, cure });
const fault = (check: string, met: string, cure: string): Finding => ({ check, state: 'fault', met, cure });

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > 20 || (major === 20 && minor >= 19);
  return isNew
    ? ok('Node', process.versions.node)
    : fault('Node', process.versions.node, 'Install Node 20.19 or later.');
}

/** The library with its native part, its version, and full-text search. */
function sqlite(): Finding[] {
  try {
    const memory = new Sqlite(':memory:');
    try {
      const version = String(memory.prepare('select sqlite_version()').pluck().get());
      memory.exec('create virtual table t using fts5 (x)');
      const [major = 0, minor = 0] = version.split('.').map(Number);
      // contentless_delete came with 3.43 (https://sqlite.org/fts5.html).
      if (major === 3 && minor >= 43) return [ok('SQLite', `${version} with FTS5`)];
      return [fault('SQLite', version, 'It needs 3.43 or later: `npm rebuild better-sqlite3`.')];
    } finally {
      memory.close();
    }
  } catch (error) {
    const cure = 'Its native part is missing: `npm install --allow-scripts` or `npm rebuild better-sqlite3`.';
    return [fault('SQLite', (error as Error).message, cure)];
  }
}

function collation(): Finding {
  // 阿 (a) stands before 中 (zhong) by pinyin and behind it by code point.
  const sorted = ['中', '阿'].sort(new Intl.Collator('zh-u-co-pinyin').compare);
  return sorted[0] === '阿'
    ? ok('Chinese order', `ICU ${process.versions.icu}`)
    : fault('Chinese order', 'Node has no Chinese collation', 'Use a Node with full ICU, as nodejs.org ships it.');
}

function width(): Finding {
  if (process.platform === 'win32')
    return notice('Chinese in tables', 'Windows', 'Where signs are broken, type `chcp 65001` first.');
  return stringWidth('中') === 2
    ? ok('Chinese in tables', '中 is two columns wide')
    : fault('Chinese in tables', '中 is not two columns wide', 'Tables will be out of line; use --json.');
}

async function browser(): Promise<Finding> {
  const found = await findBrowser();
  if (found) return ok('browser', found);
  return notice(
    'browser',
    'none found; lists that a script draws cannot be read',
    'Install Chromium (apt-get install chromium) or set XIANJIAN_CHROMIUM to its path.',
  );
}

/** The day this was written: a clock before it is wrong. */
const written = Date.parse('2026-01-01T00:00:00Z');

function clock(): Finding {
  const now = new Date();
  return now.getTime() > written
    ? ok('clock', now.toISOString())
    : fault('clock', now.toISOString(), 'Set the clock (timedatectl set-ntp true): schedules and dates rest on it.');
}

const littleRoom = 1e9;

function disk(db: string): Finding {
  const folder = isPostgres(db) ? process.cwd() : dirname(resolve(db));
  try {
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    const met = `${(free / 1e9).toFixed(1)} GB free in ${folder}`;
    return free > littleRoom ? ok('disk', met) : notice('disk', met, 'Make room: pages are kept for ever.');
  } catch (error) {
    return fault('disk', `${folder}: ${(error as Error).message}`, 'Name a folder that is there with --db.');
  }
}

function proxy(environment: NodeJS.ProcessEnv): Finding {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].filter(
    (name) => environment[name] || environment[name.toLowerCase()],
  );
  if (names.length === 0) return ok('proxy', 'none');
  return notice('proxy', `${names.join(', ')} set`, 'Crawls ask sites directly and take no notice of it.');
}

async function port(number: number): Promise<Finding> {
  const server = createServer();
  try {
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      server.listen(number, '127.0.0.1', done);
    });
    return ok('port', `${number} is free for \`xianjian serve\``);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    return notice('port', `${number}: ${code}`, 'Perhaps `xianjian serve` runs already; name another with --port.');
  } finally {
    server.close();
  }
}

async function corpusFindings(address: string): Promise<Finding[]> {
  if (!isPostgres(address) && !existsSync(address))
    return [notice('corpus', `${address} is not there yet`, 'Type `xianjian crawl` or `xianjian demo`.')];
  try {
    const corpus = await openCorpus(address, { readOnly: true });
    try {
      return [await integrity(corpus, address), ...(await contents(corpus)), ...(await work(corpus))];
    } finally {
      await corpus.close();
    }
  } catch (error) {
    if (!(error instanceof XianjianError)) throw error;
    return [fault('corpus', error.message, error.cure)];
  }
}

async function integrity(corpus: Corpus, address: string): Promise<Finding> {
  const counts = await corpus.counts();
  const held = `${corpus.address}: ${counts.documents} documents, ${counts.figures} figures, ${counts.practices} practices`;
  // PostgreSQL checks its pages itself (data_checksums).
  if (isPostgres(address)) return ok('corpus', held);
  const { rows } = await corpus.query('select integrity_check from pragma_integrity_check', 5);
  if (rows.length === 1 && rows[0]![0] === 'ok') return ok('corpus', held);
  return fault(
    'corpus',
    rows.map((row) => String(row[0])).join('; '),
    'The file is damaged. Take the last backup, or crawl again into a new file.',
  );
}

const shown = 10;

/** A page of the list at a time: a corpus may hold millions. */
async function contents(corpus: Corpus): Promise<Finding[]> {
  /** How many there are, and the first of them, for which a large corpus is read a second time. */
  const found = async (column: string, where: string): Promise<[number, unknown[][]]> => {
    const { rows } = await corpus.query(`select count(*) as n from document where ${where}`, 1);
    const count = Number(rows[0]![0]);
    const some = `select id, url, ${column} from document where ${where} order by id`;
    return [count, count === 0 ? [] : (await corpus.query(some, shown + 1)).rows];
  };
  const homeless = 'place is null and repeats is null and superseded_by is null';
  const textless = "text = '' and superseded_by is null";
  return [
    listed(
      'documents without a county',
      ...(await found('place_reason', homeless)),
      'Name the county of their source (--place, or `place:` in the source file) and type `xianjian reextract`.',
    ),
    listed('pages without text', ...(await found('format', textless)), '`xianjian show ID` says what was met.'),
  ];
}

function listed(check: string, count: number, rows: readonly unknown[][], cure: string): Finding {
  if (count === 0) return ok(check, 'none');
  const some = rows.slice(0, shown).map(([id, url, why]) => `${String(id)} ${String(url)} (${String(why)})`);
  const more = count > shown ? `; and ${count - shown} more` : '';
  return notice(check, `${count}: ${some.join('; ')}${more}`, cure);
}

const late = 3600_000;

/** What waits, what failed last, and what should have been crawled. */
async function work(corpus: Corpus): Promise<Finding[]> {
  const { unread, lastRuns } = await corpus.activity();
  const now = Date.now();
  const schedules = await corpus.schedules.all(now);
  const bad = lastRuns.filter((each) => each.end === 'failed');
  const overdue = schedules.filter((each) => !each.held && now - each.beginsAt > late).map((each) => each.source);
  return [
    unread === 0
      ? ok('pages to read', 'none')
      : notice('pages to read', `${unread} wait`, 'The next `xianjian crawl` reads them.'),
    bad.length === 0
      ? ok('last crawls', `${lastRuns.length} sources, none failed`)
      : notice(
          'last crawls',
          `failed: ${bad.map((each) => each.source).join(', ')}`,
          `Type \`xianjian runs ${bad[0]!.run}\`.`,
        ),
    overdue.length === 0
      ? ok('schedules', `${schedules.length}, none is late`)
      : notice('schedules', `late: ${overdue.join(', ')}`, 'Is `xianjian schedule` running? It catches up once.'),
  ];
}

async function siteFinding(site: Source, ask: DoctorQuestion['ask']): Promise<Finding> {
  const address = site.start[0]!;
  const check = `site ${site.id}`;
  try {
    await lookup(new URL(address).hostname.replace(/^\[|\]$/g, ''));
  } catch (error) {
    return fault(
      check,
      `its name is not known: ${(error as Error).message}`,
      'Check the address, the network and DNS.',
    );
  }
  const outcome = ask ? await ask(address) : 'not asked';
  const cures: Record<string, string> = {
    tls: 'Set `tls: { legacy: true }` in its source file.',
    blocked: 'The site keeps programs out for now; wait, or write to its owner.',
    timeout: 'The site is slow or out of reach from here; try again later.',
    unreachable: 'The site is out of reach from here; check the network.',
    denied: 'Its robots.txt forbids it.',
  };
  return outcome === 'ok'
    ? ok(check, `${address} answers`)
    : notice(check, `${address}: ${outcome}`, cures[outcome] ?? '`xianjian inspect` says more.');
}
