// Whether this machine, this study and this corpus are in order: findings, each with what to do. For `xianjian doctor` and the page.

import { lookup } from 'node:dns/promises';
import { existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import stringWidth from 'string-width';
import { findBrowser, type Source, sayReason } from '../crawlers/index.js';
import type { Corpus } from '../db/corpus.js';
import { isPostgres, openCorpus } from '../db/open.js';
import { sayWhy } from '../extractors/index.js';
import { XianjianError } from './model/errors.js';
import { alike, counted, type Language, type Said } from './model/language.js';

export interface Finding {
  check: string;
  state: 'ok' | 'notice' | 'fault';
  /** What was met. */
  met: string;
  /** What to do, where it is not ok. */
  cure?: string;
  /** The same for people; `check`, `met` and `cure` are the English. */
  said: { check: Said; met: Said; cure?: Said };
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

const finding = (state: Finding['state'], check: Said, met: Said, cure?: Said): Finding => ({
  check: check.en,
  state,
  met: met.en,
  ...(cure ? { cure: cure.en } : {}),
  said: { check, met, ...(cure ? { cure } : {}) },
});
const ok = (check: Said, met: Said): Finding => finding('ok', check, met);
const notice = (check: Said, met: Said, cure: Said): Finding => finding('notice', check, met, cure);
const fault = (check: Said, met: Said, cure: Said): Finding => finding('fault', check, met, cure);

/** What is checked. */
const checks = {
  node: { en: 'Node', zh: 'Node 版本' },
  sqlite: alike('SQLite'),
  order: { en: 'Chinese order', zh: '中文排序' },
  tables: { en: 'Chinese in tables', zh: '中文表格对齐' },
  browser: { en: 'browser', zh: '浏览器' },
  clock: { en: 'clock', zh: '时钟' },
  disk: { en: 'disk', zh: '磁盘' },
  proxy: { en: 'proxy', zh: '代理' },
  port: { en: 'port', zh: '端口' },
  corpus: { en: 'corpus', zh: '语料库' },
  homeless: { en: 'documents without a county', zh: '未定县区的文件' },
  textless: { en: 'pages without text', zh: '没有文字的网页' },
  unread: { en: 'pages to read', zh: '待读的网页' },
  crawls: { en: 'last crawls', zh: '最近采集' },
  schedules: { en: 'schedules', zh: '定时采集' },
} as const satisfies Record<string, Said>;

const none: Said = { en: 'none', zh: '无' };

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > 20 || (major === 20 && minor >= 19);
  return isNew
    ? ok(checks.node, alike(process.versions.node))
    : fault(checks.node, alike(process.versions.node), {
        en: 'Install Node 20.19 or later.',
        zh: '请安装 Node 20.19 以上。',
      });
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
      if (major === 3 && minor >= 43)
        return [ok(checks.sqlite, { en: `${version} with FTS5`, zh: `${version}，含 FTS5` })];
      return [
        fault(checks.sqlite, alike(version), {
          en: 'It needs 3.43 or later: `npm rebuild better-sqlite3`.',
          zh: '需要 3.43 以上：npm rebuild better-sqlite3',
        }),
      ];
    } finally {
      memory.close();
    }
  } catch (error) {
    const cure = {
      en: 'Its native part is missing: `npm install --allow-scripts` or `npm rebuild better-sqlite3`.',
      zh: '缺少本地编译的部分：npm install --allow-scripts 或 npm rebuild better-sqlite3',
    };
    return [fault(checks.sqlite, alike((error as Error).message), cure)];
  }
}

function collation(): Finding {
  // 阿 (a) stands before 中 (zhong) by pinyin and behind it by code point.
  const sorted = ['中', '阿'].sort(new Intl.Collator('zh-u-co-pinyin').compare);
  return sorted[0] === '阿'
    ? ok(checks.order, alike(`ICU ${process.versions.icu}`))
    : fault(
        checks.order,
        { en: 'Node has no Chinese collation', zh: '这个 Node 不能按拼音排序' },
        {
          en: 'Use a Node with full ICU, as nodejs.org ships it.',
          zh: '请用带完整 ICU 的 Node（nodejs.org 发布的即是）。',
        },
      );
}

function width(): Finding {
  if (process.platform === 'win32')
    return notice(checks.tables, alike('Windows'), {
      en: 'Where signs are broken, type `chcp 65001` first.',
      zh: '若出现乱码，请先输入 chcp 65001。',
    });
  return stringWidth('中') === 2
    ? ok(checks.tables, { en: '中 is two columns wide', zh: '“中”占两列' })
    : fault(
        checks.tables,
        { en: '中 is not two columns wide', zh: '“中”不占两列' },
        { en: 'Tables will be out of line; use --json.', zh: '表格会对不齐，请用 --json。' },
      );
}

async function browser(): Promise<Finding> {
  const found = await findBrowser();
  if (found) return ok(checks.browser, alike(found));
  return notice(
    checks.browser,
    { en: 'none found; lists that a script draws cannot be read', zh: '没有找到，由脚本画出的列表读不了' },
    {
      en: 'Install Chromium (apt-get install chromium) or set XIANJIAN_CHROMIUM to its path.',
      zh: '请安装 Chromium（apt-get install chromium），或把 XIANJIAN_CHROMIUM 设为它的路径。',
    },
  );
}

/** The day this was written: a clock before it is wrong. */
const written = Date.parse('2026-01-01T00:00:00Z');

function clock(): Finding {
  const now = new Date();
  return now.getTime() > written
    ? ok(checks.clock, alike(now.toISOString()))
    : fault(checks.clock, alike(now.toISOString()), {
        en: 'Set the clock (timedatectl set-ntp true): schedules and dates rest on it.',
        zh: '请校准时钟（timedatectl set-ntp true）：定时和日期都靠它。',
      });
}

const littleRoom = 1e9;

function disk(db: string): Finding {
  const folder = isPostgres(db) ? process.cwd() : dirname(resolve(db));
  try {
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    const gigabytes = (free / 1e9).toFixed(1);
    const met = { en: `${gigabytes} GB free in ${folder}`, zh: `${folder} 尚有 ${gigabytes} GB` };
    return free > littleRoom
      ? ok(checks.disk, met)
      : notice(checks.disk, met, { en: 'Make room: pages are kept for ever.', zh: '请腾出空间：网页存档会一直增长。' });
  } catch (error) {
    return fault(checks.disk, alike(`${folder}: ${(error as Error).message}`), {
      en: 'Name a folder that is there with --db.',
      zh: '请用 --db 指定已有的文件夹。',
    });
  }
}

function proxy(environment: NodeJS.ProcessEnv): Finding {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].filter(
    (name) => environment[name] || environment[name.toLowerCase()],
  );
  if (names.length === 0) return ok(checks.proxy, none);
  return notice(
    checks.proxy,
    { en: `${names.join(', ')} set`, zh: `设有 ${names.join('、')}` },
    { en: 'Crawls ask sites directly and take no notice of it.', zh: '采集时直接连接站点，不走代理。' },
  );
}

async function port(number: number): Promise<Finding> {
  const server = createServer();
  try {
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      server.listen(number, '127.0.0.1', done);
    });
    return ok(checks.port, {
      en: `${number} is free for \`xianjian serve\``,
      zh: `${number} 空闲，可供 xianjian serve 使用`,
    });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    return notice(checks.port, alike(`${number}: ${code}`), {
      en: 'Perhaps `xianjian serve` runs already; name another with --port.',
      zh: '也许 xianjian serve 已在运行；请用 --port 换一个。',
    });
  } finally {
    server.close();
  }
}

async function corpusFindings(address: string): Promise<Finding[]> {
  if (!isPostgres(address) && !existsSync(address))
    return [
      notice(
        checks.corpus,
        { en: `${address} is not there yet`, zh: `${address} 还不存在` },
        { en: 'Type `xianjian crawl` or `xianjian demo`.', zh: '请运行 xianjian crawl 或 xianjian demo。' },
      ),
    ];
  try {
    const corpus = await openCorpus(address, { readOnly: true });
    try {
      return [await integrity(corpus, address), ...(await contents(corpus)), ...(await work(corpus))];
    } finally {
      await corpus.close();
    }
  } catch (error) {
    if (!(error instanceof XianjianError)) throw error;
    return [fault(checks.corpus, error.said.message, error.said.cure)];
  }
}

async function integrity(corpus: Corpus, address: string): Promise<Finding> {
  const counts = await corpus.counts();
  const held = {
    en: `${corpus.address}: ${counted(counts.documents, 'document')}, ${counted(counts.figures, 'figure')}, ${counted(counts.practices, 'practice')}`,
    zh: `${corpus.address}：文件 ${counts.documents} 份，数 ${counts.figures} 个，做法 ${counts.practices} 项`,
  };
  // PostgreSQL checks its pages itself (data_checksums).
  if (isPostgres(address)) return ok(checks.corpus, held);
  const { rows } = await corpus.query('select integrity_check from pragma_integrity_check', 5);
  if (rows.length === 1 && rows[0]![0] === 'ok') return ok(checks.corpus, held);
  return fault(checks.corpus, alike(rows.map((row) => String(row[0])).join('; ')), {
    en: 'The file is damaged. Take the last backup, or crawl again into a new file.',
    zh: '文件已损坏。请用最近的备份，或重新采集到新文件。',
  });
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
    listed(checks.homeless, ...(await found('place_reason', homeless)), {
      en: 'Name the county of their source (--place, or `place:` in the source file) and type `xianjian reextract`.',
      zh: '请写明站点的县区（--place，或站点文件里的 place），再运行 xianjian reextract。',
    }),
    listed(checks.textless, ...(await found('format', textless)), {
      en: '`xianjian show ID` says what was met.',
      zh: '原因见 xianjian show 编号。',
    }),
  ];
}

function listed(check: Said, count: number, rows: readonly unknown[][], cure: Said): Finding {
  if (count === 0) return ok(check, none);
  const more = count - shown;
  const met = (language: Language): string => {
    const some = rows
      .slice(0, shown)
      .map(([id, url, why]) => `${String(id)} ${String(url)} (${sayWhy(String(why), language)})`);
    const left = { en: `; and ${more} more`, zh: `；另有 ${more} 个` };
    return `${count}${{ en: ': ', zh: '：' }[language]}${some.join({ en: '; ', zh: '；' }[language])}${more > 0 ? left[language] : ''}`;
  };
  return notice(check, { en: met('en'), zh: met('zh') }, cure);
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
      ? ok(checks.unread, none)
      : notice(
          checks.unread,
          { en: `${unread} wait`, zh: `${unread} 个` },
          { en: 'The next `xianjian crawl` reads them.', zh: '下次 xianjian crawl 会读它们。' },
        ),
    bad.length === 0
      ? ok(checks.crawls, { en: `${lastRuns.length} sources, none failed`, zh: `${lastRuns.length} 个站点，没有失败` })
      : notice(
          checks.crawls,
          {
            en: `failed: ${bad.map((each) => each.source).join(', ')}`,
            zh: `失败：${bad.map((each) => each.source).join('、')}`,
          },
          { en: `Type \`xianjian runs ${bad[0]!.run}\`.`, zh: `请看 xianjian runs ${bad[0]!.run}` },
        ),
    overdue.length === 0
      ? ok(checks.schedules, { en: `${schedules.length}, none is late`, zh: `${schedules.length} 个，没有误点` })
      : notice(
          checks.schedules,
          { en: `late: ${overdue.join(', ')}`, zh: `误点：${overdue.join('、')}` },
          {
            en: 'Is `xianjian schedule` running? It catches up once.',
            zh: 'xianjian schedule 在运行吗？它会补采一次。',
          },
        ),
  ];
}

async function siteFinding(site: Source, ask: DoctorQuestion['ask']): Promise<Finding> {
  const address = site.start[0]!;
  const check = { en: `site ${site.id}`, zh: `站点 ${site.id}` };
  try {
    await lookup(new URL(address).hostname.replace(/^\[|\]$/g, ''));
  } catch (error) {
    return fault(
      check,
      { en: `its name is not known: ${(error as Error).message}`, zh: `域名查不到：${(error as Error).message}` },
      { en: 'Check the address, the network and DNS.', zh: '请检查网址、网络和 DNS。' },
    );
  }
  const outcome = ask ? await ask(address) : 'not asked';
  const cures: Record<string, Said> = {
    tls: { en: 'Set `tls: { legacy: true }` in its source file.', zh: '请在站点文件里设 tls: { legacy: true }。' },
    blocked: {
      en: 'The site keeps programs out for now; wait, or write to its owner.',
      zh: '站点暂时不让程序访问；请等一等，或联系管理者。',
    },
    timeout: {
      en: 'The site is slow or out of reach from here; try again later.',
      zh: '站点很慢或从这里连不上；请稍后再试。',
    },
    unreachable: { en: 'The site is out of reach from here; check the network.', zh: '从这里连不上站点；请检查网络。' },
    denied: { en: 'Its robots.txt forbids it.', zh: '它的 robots.txt 不允许。' },
  };
  return outcome === 'ok'
    ? ok(check, { en: `${address} answers`, zh: `${address} 有回应` })
    : notice(
        check,
        { en: `${address}: ${outcome}`, zh: `${address}：${sayReason(outcome, 'zh')}` },
        cures[outcome] ?? { en: '`xianjian inspect` says more.', zh: '详情见 xianjian inspect。' },
      );
}
