// Pages a second, CPU a page and peak memory of a crawl of 10,000 pages of 30 KB on four loopback hosts, patience off, beside a bare
// undici loop, undici with cheerio, and Crawlee's CheerioCrawler:
//   npm run bench, or npm run build && npm ci --prefix test/bench && node test/bench/crawl.mjs [--check] [--pages N]
// The server and every contender have a process of their own. All follow the same links, list by list, over one connection a host. The
// peers keep neither bytes nor text: cheerio and Crawlee parse for links and text, bare undici for links alone. Crawlee is there as it
// comes, with its frontier and its notes in files, and once more with all that in memory only. Ours are three rows. "bytes, frontier"
// keeps each page's bytes and the frontier in SQLite, one transaction a page, and parses an article only where it can name a file.
// "+ text" also reads every article whole (text, masthead, structure, the way back), in a thread beside the crawl as the command `crawl`
// does, and stores its document; this row is compared with the peers, which have one thread: CPU a page tells what it costs. "to
// figures" is the whole way: documents with their figures.
// --check exits with 1 where the compared row misses an aim: 4 times Crawlee's pages a second in a third of its memory, both of Crawlee
// with a frontier that outlives its process as ours does; 60% of undici with cheerio; and a peak that grows by no more than a quarter (and
// 32 MB) between a tenth of the pages and all. The ratios to Crawlee in memory are printed too.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const hosts = ['127.0.0.11', '127.0.0.12', '127.0.0.13', '127.0.0.14'];
/** Articles on one page of a list. */
const perList = 50;
const pageBytes = 30_000;
/** Requests under way: one a host, as ours. */
const concurrency = hosts.length;

const sentences = [
  '今年以来,青禾县坚持教育优先发展,全年安排教育专项资金3.6亿元,比上年增长8.2%,新建、改扩建学校13所。',
  '全县共有义务教育学校86所,在校学生41230人,专任教师2986人,其中本科以上学历占92.4%。',
  '各学校要落实主体责任,健全工作机制,定期开展自查自纠,确保各项任务按时完成、取得实效。',
  '下一步,将持续改善办学条件,优化学校布局,缩小城乡差距,让每一名孩子都能享有公平而有质量的教育。',
];

const linked = (count, seed) =>
  Array.from(
    { length: count },
    (_, i) => `<li class="m${i % 4}"><a href="#s${seed}-${i}" title="栏目${i}">青禾县栏目${(seed + i) % 97}</a></li>\n`,
  ).join('');

/** One article as sites send it: menus, a body of running text, side lists, scripts, and comment lines up to 30 KB. */
function articlePage(number) {
  const paragraphs = Array.from(
    { length: 30 },
    (_, i) => `<p style="text-indent:2em"><span>${number}之${i}:${sentences[(number + i) % 4]}</span></p>\n`,
  ).join('');
  const head = `<!doctype html><html><head><meta charset="utf-8"><title>青禾县教育工作第${number}期</title><meta name="PubDate" content="2024-03-05 10:00"></head><body><div class="nav"><ul>${linked(60, number)}</ul></div><h1>青禾县教育工作第${number}期</h1><div class="TRS_Editor">${paragraphs}</div><div class="side"><ul>`;
  const tail = '</ul></div></body></html>';
  const row = linked(1, number);
  const room = pageBytes - Buffer.byteLength(head) - Buffer.byteLength(tail);
  return head + row.repeat(Math.max(0, Math.floor(room / Buffer.byteLength(row)))) + tail;
}

/** One page of a list with a link to the next. */
function listPage(page, articles) {
  const first = page * perList;
  const rows = Array.from({ length: Math.min(perList, articles - first) }, (_, i) => {
    const number = first + i;
    return `<li><a href="/art/t20240305_${number}.html">青禾县教育工作第${number}期的报道</a><span>2024-03-05</span></li>`;
  }).join('\n');
  const next = first + perList < articles ? `<a href="/list/index_${page + 1}.html">下一页</a>` : '';
  return `<!doctype html><html><head><meta charset="utf-8"><title>工作动态</title></head><body><ul class="list">${rows}</ul><div class="page">${next}</div></body></html>`;
}

/** Serves the four hosts; tells the parent when it listens. Runs until its parent ends it. */
function serve(port, perHost) {
  let waiting = hosts.length;
  for (const host of hosts) {
    const server = createServer((request, response) => {
      const list = /^\/list\/index(?:_(\d+))?\.html$/.exec(request.url);
      const article = /^\/art\/t\d+_(\d+)\.html$/.exec(request.url);
      const html = list ? listPage(Number(list[1] ?? 0), perHost) : article ? articlePage(Number(article[1])) : null;
      const body = Buffer.from(html ?? 'not there');
      response.writeHead(html ? 200 : 404, {
        'content-type': 'text/html; charset=utf-8',
        'content-length': body.length,
      });
      response.end(body);
    });
    server.keepAliveTimeout = 60_000;
    server.listen(port, host, () => {
      waiting -= 1;
      if (waiting === 0) process.send('listening');
    });
  }
}

const starts = (port) => hosts.map((host) => `http://${host}:${port}/list/index.html`);

/** The loop of the two peers made by hand: a queue in memory, `linksOf` gives a page's links. */
async function loop(port, linksOf) {
  const { Agent, request } = await import('undici');
  const dispatcher = new Agent({ connections: 1 });
  const queue = starts(port);
  const seen = new Set(queue);
  let at = 0;
  let busy = 0;
  let articles = 0;
  await new Promise((resolve, reject) => {
    const more = () => {
      while (busy < concurrency && at < queue.length) {
        const url = queue[at++];
        busy += 1;
        one(url).then(() => {
          busy -= 1;
          if (busy === 0 && at === queue.length) resolve();
          else more();
        }, reject);
      }
    };
    const one = async (url) => {
      const { body } = await request(url, { dispatcher });
      const bytes = Buffer.from(await body.arrayBuffer());
      if (url.includes('/art/')) articles += 1;
      for (const href of linksOf(bytes)) {
        if (href.startsWith('#')) continue;
        const found = new URL(href, url).href;
        if (!seen.has(found)) {
          seen.add(found);
          queue.push(found);
        }
      }
    };
    more();
  });
  await dispatcher.close();
  return articles;
}

const bare = (port) =>
  loop(port, (bytes) => {
    const text = bytes.toString('latin1');
    return text.includes('class="list"') || text.includes('class="page"')
      ? Array.from(text.matchAll(/<a href="([^"#]+)"/g), (match) => match[1])
      : [];
  });

/** Links and main text by one parse. */
async function withCheerio(port) {
  const { load } = await import('cheerio');
  let characters = 0;
  const articles = await loop(port, (bytes) => {
    const $ = load(bytes.toString('utf8'));
    characters += $('h1').text().length + $('.TRS_Editor').text().length;
    return $('a[href]')
      .map((_, a) => $(a).attr('href'))
      .get();
  });
  if (characters === 0) throw new Error('no text was read');
  return articles;
}

/** Crawlee, its storage in a folder of its own, or in memory alone. */
async function crawlee(port, persistStorage) {
  process.env.CRAWLEE_LOG_LEVEL = 'ERROR';
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-bench-'));
  process.env.CRAWLEE_STORAGE_DIR = folder;
  const { CheerioCrawler, Configuration } = await import('@crawlee/cheerio');
  let articles = 0;
  let characters = 0;
  const crawler = new CheerioCrawler(
    {
      minConcurrency: concurrency,
      maxConcurrency: concurrency,
      async requestHandler({ $, request, enqueueLinks }) {
        characters += $('h1').text().length + $('.TRS_Editor').text().length;
        if (request.url.includes('/art/')) articles += 1;
        await enqueueLinks({ strategy: 'same-hostname' });
      },
    },
    new Configuration({ persistStorage }),
  );
  try {
    await crawler.run(starts(port));
  } finally {
    rmSync(folder, { recursive: true });
  }
  if (characters === 0) throw new Error('no text was read');
  return articles;
}

const ourSource = (port) => ({
  id: 'bench',
  name: 'bench',
  place: '990101',
  start: starts(port),
  browser: 'never',
});

/** Reads each article that a crawl keeps in a thread, as crawlAndRead does, and stores its document without figures, while the crawl goes on. */
async function textKeeper(corpus) {
  const { InOrder, readingThreads } = await import('../../dist/src/reading-threads.js');
  const { WayBack } = await import('../../dist/src/model/way-back.js');
  const nothing = { placeReason: '', figures: [], practices: [], citations: [] };
  const links = { repeats: null, attachedTo: null, extractor: 'bench', codebook: 'education' };
  const reader = readingThreads(1);
  const order = new InOrder();
  const read = async (id) => {
    const snapshot = await corpus.snapshot(id);
    const [{ document, print }] = await reader.read({ codebook: '', snapshot, parent: null, ids: [] });
    if (document.text === '') throw new Error(`no text was read from ${snapshot.url}`);
    const whole = { ...document, wayBack: WayBack.fromJSON(document.wayBack) };
    return { snapshotId: id, part: '', parts: 1, document: whole, print, ...links };
  };
  const onEvent = ({ type, snapshotId }) => {
    if (type !== 'kept') return;
    order.add(
      () => read(snapshotId),
      (entry) => corpus.storeDocument(entry, () => nothing),
    );
  };
  return { onEvent, done: () => order.done.then(() => reader.close()) };
}

/** Our crawl in a corpus of its own, as far as `way` says. */
async function ours(port, way) {
  const { openCorpus } = await import('../../dist/db/open.js');
  const options = { allowPrivate: true, noDelay: true };
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-bench-'));
  try {
    const corpus = await openCorpus(join(folder, 'corpus.sqlite'), { create: true });
    let report;
    if (way === 'figures') {
      const { compileCodebook, loadCodebook } = await import('../../dist/extractors/index.js');
      const { crawlAndRead } = await import('../../dist/src/pipeline.js');
      const codebook = compileCodebook(loadCodebook('education'));
      report = (await crawlAndRead(ourSource(port), corpus, { ...options, codebook, readingThreads: 1 })).crawl;
    } else {
      const { crawl } = await import('../../dist/crawlers/index.js');
      const keeper = way === 'text' ? await textKeeper(corpus) : null;
      const onEvent = keeper?.onEvent ?? (() => {});
      report = await crawl(ourSource(port), corpus.frontier, { ...options, onEvent });
      await keeper?.done();
    }
    await corpus.close();
    if (report.end !== 'complete') throw new Error(`the crawl ended ${report.end}: ${report.reasons.join('; ')}`);
    return report.articles;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const contenders = {
  undici: { name: 'undici alone', run: bare },
  cheerio: { name: 'undici + cheerio', run: withCheerio },
  crawlee: { name: 'Crawlee CheerioCrawler', run: (port) => crawlee(port, true) },
  inMemory: { name: 'the same, all in memory', run: (port) => crawlee(port, false) },
  frontier: { name: 'xianjian, bytes, frontier', run: (port) => ours(port, 'frontier') },
  ours: { name: 'xianjian, + text (compared)', run: (port) => ours(port, 'text') },
  figures: { name: 'xianjian, to figures', run: (port) => ours(port, 'figures') },
};

/** Runs one contender in this process and tells the parent what it took. */
async function contend(key, port) {
  const began = performance.now();
  const before = process.cpuUsage();
  const articles = await contenders[key].run(port);
  const { user, system } = process.cpuUsage(before);
  const report = { articles, ms: performance.now() - began, cpuMs: (user + system) / 1000 };
  process.send({ ...report, peakMb: process.resourceUsage().maxRSS / 1024 }, () => process.exit(0));
}

const self = fileURLToPath(import.meta.url);
const child = (...words) =>
  spawn(process.execPath, [self, ...words], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });

/** What a child says first. Rejects where it ends without a word. */
const wordOf = (process) =>
  new Promise((resolve, reject) => {
    process.once('message', resolve);
    process.once('exit', (code) => reject(new Error(`a child ended with ${code}`)));
  });

/** One contender against a server with `pages` articles over the four hosts. */
async function measure(key, pages) {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const server = child('--serve', String(port), String(pages / hosts.length));
  try {
    await wordOf(server);
    const report = await wordOf(child('--contend', key, String(port)));
    if (report.articles !== pages) throw new Error(`${key} got ${report.articles} of ${pages} articles`);
    return { rate: (pages * 1000) / report.ms, cpu: report.cpuMs / pages, peak: report.peakMb };
  } finally {
    server.kill();
  }
}

function row(name, values) {
  console.log(`${name.padEnd(28)}${values.map((value) => String(value).padStart(13)).join('')}`);
}

/** So many pages that each host has as many as the others. */
const evenly = (pages) => Math.max(1, Math.round(pages / hosts.length)) * hosts.length;

async function compareAll(pages) {
  const few = evenly(pages / 10);
  const results = {};
  row('', ['pages/s', 'CPU ms/page', 'peak MB', `at ${few}`, 'x Crawlee', '/ Crawlee MB']);
  for (const key of ['crawlee', 'inMemory', 'undici', 'cheerio', 'frontier', 'ours', 'figures']) {
    const less = await measure(key, few);
    const full = await measure(key, pages);
    results[key] = { ...full, less: less.peak };
    const { rate, cpu, peak } = full;
    const beside = [rate / results.crawlee.rate, peak / results.crawlee.peak].map((ratio) => ratio.toFixed(2));
    row(contenders[key].name, [rate.toFixed(0), cpu.toFixed(2), peak.toFixed(0), less.peak.toFixed(0), ...beside]);
  }
  return results;
}

function check({ ours, crawlee, inMemory, cheerio }) {
  const beside = `${(ours.rate / inMemory.rate).toFixed(2)} times the pages a second in ${(ours.peak / inMemory.peak).toFixed(2)} of the memory`;
  console.log(`the compared row against Crawlee with all in memory: ${beside}`);
  console.log(`the compared row against undici + cheerio without storage: ${(ours.rate / cheerio.rate).toFixed(2)}`);
  const aims = {
    'at least 4 times the pages a second of Crawlee': ours.rate >= 4 * crawlee.rate,
    'at most a third of its memory': ours.peak <= crawlee.peak / 3,
    'at least 60 % of undici + cheerio': ours.rate >= 0.6 * cheerio.rate,
    'memory flat between a tenth of the pages and all': ours.peak <= ours.less * 1.25 + 32,
  };
  for (const [aim, met] of Object.entries(aims)) console.log(`${met ? 'met   ' : 'MISSED'} ${aim}`);
  return Object.values(aims).every(Boolean);
}

const [mode, ...words] = process.argv.slice(2);
if (mode === '--serve') serve(Number(words[0]), Number(words[1]));
else if (mode === '--contend') await contend(words[0], Number(words[1]));
else {
  const at = process.argv.indexOf('--pages');
  const met = check(await compareAll(evenly(at < 0 ? 10_000 : Number(process.argv[at + 1]))));
  if (!met && process.argv.includes('--check')) process.exitCode = 1;
}
