// `xianjian serve` under many readers while a crawl writes into the same corpus: errors, how long the slowest answers took, and how much
// memory and how many descriptors the server holds at the end. Run after `npm run build`:
// node test/bench/load.mjs [--readers 200] [--seconds 20]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';

const { values } = parseArgs({
  options: { readers: { type: 'string', default: '200' }, seconds: { type: 'string', default: '20' } },
});
const program = resolve(import.meta.dirname, '../../dist/src/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'xianjian-load-'));
const database = join(folder, 'corpus.sqlite');
const articles = 2000;

let served = 0;
/** A site with more articles than the crawl reads in this time. */
const site = createServer(({ url = '' }, response) => {
  const n = /^\/2024\/(\d+)\.html$/.exec(url)?.[1];
  const rows = Array.from(
    { length: articles },
    (_, k) => `<li><a href="/2024/${k}.html">示例县第${k}号教育通知全文</a><span>2024-05-01</span></li>`,
  );
  const body = n
    ? `<meta charset="utf-8"><title>示例县第${n}号教育通知</title><p>2023年,全县新建学校${n}所,投入${n}.5亿元。</p>`
    : `<meta charset="utf-8"><ul>${rows.join('')}</ul>`;
  served += 1;
  response.writeHead(n || url === '/list.html' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
  response.end(body);
});
site.listen(0, '127.0.0.1');
await once(site, 'listening');
const list = `http://127.0.0.1:${site.address().port}/list.html`;

const start = (...words) => spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
const ended = async (child) => {
  child.stdout.resume();
  child.stderr.resume();
  return (await once(child, 'close'))[0];
};
const crawlWords = ['crawl', list, '--allow-private', '--no-delay', '--place', '990101', '--db', database];

// Something stands in it before anybody reads.
const first = start(...crawlWords);
const firstEnd = ended(first);
while (served < 100) await new Promise((done) => setTimeout(done, 100));
first.kill('SIGINT');
await firstEnd;

const server = start('serve', '--port', '0', '--db', database);
const [address] = String((await once(server.stdout, 'data'))[0]).split('\n');
server.stderr.resume();
const crawl = start(...crawlWords);
const crawled = ended(crawl);
const held = () => ({
  descriptors: readdirSync(`/proc/${server.pid}/fd`).length,
  megabytes: Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024),
});
const soFar = served;
while (served < soFar + 10) await new Promise((done) => setTimeout(done, 100));
const before = held();
const servedBefore = served;
/** How often each kind of error came. */
const kinds = {};
const running = autocannon({
  url: address,
  connections: Number(values.readers),
  duration: Number(values.seconds),
  timeout: 60,
  requests: ['/status', '/c', '/c/990101', '/search?q=学校', '/api/v1/figures?limit=20', '/record/1-001'].map(
    (path) => ({
      path: encodeURI(path),
    }),
  ),
});
running.on('reqError', ({ message, code }) => {
  const kind = code ?? message;
  kinds[kind] = (kinds[kind] ?? 0) + 1;
});
const result = await running;
const written = served - servedBefore;
crawl.kill('SIGINT');
await crawled;
await new Promise((done) => setTimeout(done, 6000));
const after = held();
server.kill('SIGINT');
await ended(server);
site.close();
rmSync(folder, { recursive: true });

const { errors, timeouts, non2xx, latency, requests } = result;
console.log(
  `${values.readers} readers, ${values.seconds} s, while a crawl wrote ${written} pages: ${requests.total} answers, ` +
    `${errors} errors, ${timeouts} timeouts, ${non2xx} not 2xx`,
);
if (errors > 0) console.log(`errors: ${JSON.stringify(kinds)}`);
console.log(`latency ms: median ${latency.p50}, p97.5 ${latency.p97_5}, p99 ${latency.p99}, most ${latency.max}`);
console.log(
  `server: ${before.megabytes} MB and ${before.descriptors} descriptors before, ${after.megabytes} MB and ${after.descriptors} after`,
);
process.exitCode = errors + timeouts + non2xx > 0 ? 1 : 0;
