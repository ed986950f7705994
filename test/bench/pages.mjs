// How long each page of `xianjian serve` takes on a large corpus, and how large it is: every page asked many times with other counties,
// indicators and words, without a network between. The processor's time stands beside the clock's, for machines that do other things too.
// Run after `npm run build`: node test/bench/corpus.mjs FILE, then node test/bench/pages.mjs FILE [--times 20] [--only PATTERN]
import { parseArgs } from 'node:util';
import { openCorpus } from '../../dist/db/open.js';
import { loadCodebook } from '../../dist/extractors/index.js';
import { webApp } from '../../dist/src/web/app.js';
import { CorpusKeeper } from '../../dist/src/web/corpus-keeper.js';
import { randomOf } from './corpus.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string', default: '20' }, only: { type: 'string', default: '' } },
});
const file = positionals[0] ?? '/tmp/xianjian-bench.sqlite';
/** ms that 95 of 100 answers may take at most, and bytes. */
const limits = { ms: 200, bytes: 200_000 };

// A corpus of an older schema is brought up to date first.
await (await openCorpus(file)).close();
const keeper = new CorpusKeeper(file);
const codebook = loadCodebook('education');
const app = webApp({ corpus: keeper.corpus, codebook });
const corpus = await keeper.corpus();
const random = randomOf(11);
const oneOf = (list) => list[Math.floor(random() * list.length)];
const someOf = (list, count) => Array.from({ length: count }, () => oneOf(list)).join(',');

const counties = (await corpus.readings()).map(({ place }) => place);
const indicators = codebook.indicators.map(({ id }) => id);
const years = [2021, 2022, 2023, 2024];
const words = ['小学', '教师 交流', '巩固率', '课后服务', '专任教师', '集团化办学', '幼儿园 普惠', '校车'];
const ids = (
  await Promise.all(
    Array.from({ length: 20 }, () => corpus.listFigures({ place: oneOf(counties), limit: 5 }, { indicators })),
  )
).flatMap((rows) => rows.map(({ id }) => id));
const snapshots = (await corpus.query('select id from snapshot order by id limit 400', 400)).rows.map(([id]) => id);

/** [name, an address of the page] */
const pages = [
  ['overview', () => `/?from=${20 * Math.floor(random() * (counties.length / 20))}`],
  ['compare', () => `/compare?from=${12 * Math.floor(random() * (counties.length / 12))}`],
  ['compare, 50 counties', () => `/compare?county=${someOf(counties, 50)}`],
  [
    'compare, 50 counties, 20 indicators, one year',
    () => `/compare?county=${someOf(counties, 50)}&indicator=${someOf(indicators, 20)}&period=${oneOf(years)}`,
  ],
  ['compare, nothing fits', () => `/compare?indicator=${oneOf(indicators)}&period=1999`],
  ['practices', () => `/compare?view=practices&from=${12 * Math.floor(random() * (counties.length / 12))}`],
  ['charts', () => '/compare?view=charts'],
  ['charts, 50 counties', () => `/compare?view=charts&county=${someOf(counties, 50)}`],
  ['charts, over time', () => `/compare?view=charts&chart=series&county=${someOf(counties, 50)}`],
  ['charts, practices', () => `/compare?view=charts&chart=practices&county=${someOf(counties, 50)}`],
  ['search', () => `/search?q=${encodeURIComponent(oneOf(words))}`],
  ['search in a county', () => `/search?q=${encodeURIComponent(oneOf(words))}&county=${oneOf(counties)}`],
  ['document', () => `/search?document=${1 + Math.floor(random() * 10_000)}`],
  ['counties', () => `/c?from=${200 * Math.floor(random() * (counties.length / 200))}`],
  ['county', () => `/c/${oneOf(counties)}`],
  ['review', () => '/review'],
  ['review of a county', () => `/review?county=${oneOf(counties)}`],
  ['data', () => '/data'],
  ['data, standards', () => '/data?view=standards'],
  ['data, tables', () => '/data?view=schema'],
  ['data, export', () => '/data?view=export'],
  ['status', () => '/status'],
  ['record', () => `/record/${oneOf(ids)}`],
  ['archived page', () => `/snapshot/${oneOf(snapshots)}`],
];

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];

console.log(`${file}: ${counties.length} counties, ${JSON.stringify(await corpus.counts())}`);
console.log(`${'page'.padEnd(48)} first ms  p50 ms  p95 ms  p95 CPU ms   largest kB`);
let misses = 0;
for (const [name, address] of pages.filter(([each]) => new RegExp(values.only).test(each))) {
  const took = [];
  const used = [];
  let largest = 0;
  let first = null;
  for (let turn = 0; turn < Number(values.times); turn += 1) {
    const path = address();
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const answer = await app.request(path);
    const bytes = (await answer.arrayBuffer()).byteLength;
    const ms = performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    if (answer.status !== 200) {
      console.error(`${path} answered ${answer.status}`);
      misses += 1;
      break;
    }
    largest = Math.max(largest, bytes);
    // The first answer also warms what later ones find.
    if (first === null) first = ms;
    else {
      took.push(ms);
      used.push((user + system) / 1000);
    }
  }
  if (took.length === 0) continue;
  const by = (list) => list.sort((a, b) => a - b);
  const [p50, p95, cpu95] = [percentile(by(took), 0.5), percentile(by(took), 0.95), percentile(by(used), 0.95)];
  const isMiss = Math.min(p95, cpu95) > limits.ms || largest > limits.bytes;
  if (isMiss) misses += 1;
  const number = (value, width) => value.toFixed(0).padStart(width);
  console.log(
    `${name.padEnd(48)} ${number(first, 8)} ${number(p50, 7)} ${number(p95, 7)} ${number(cpu95, 11)} ${(largest / 1000).toFixed(0).padStart(12)}${isMiss ? '  over' : ''}`,
  );
}
await keeper.close();
process.exitCode = misses > 0 ? 1 : 0;
