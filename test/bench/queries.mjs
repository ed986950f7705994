// How long questions to a large corpus take: the matrix, one county, search, and what the pages ask for, each many times with other
// counties, indicators and words. The processor's time stands beside the clock's, for machines that do other things too. The first answer of a fresh
// process stands in a column of its own; then each question is warmed up as a server is, and measured. Run after
// `npm run build`: node test/bench/corpus.mjs FILE, then node test/bench/queries.mjs FILE
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openCorpus } from '../../dist/db/open.js';
import { loadCodebook } from '../../dist/extractors/index.js';
import { audit, compare, comparePractices } from '../../dist/src/corpus.js';
import { find } from '../../dist/src/find.js';
import { countyChanges } from '../../dist/src/over-time.js';
import { generateCorpus, randomOf } from './corpus.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string', default: '60' }, scale: { type: 'string', default: '1' } },
});
const file = positionals[0] ?? '/tmp/xianjian-bench.sqlite';
if (!existsSync(file)) await generateCorpus(file, Number(values.scale));

const corpus = await openCorpus(file, { readOnly: true });
const codebook = loadCodebook('education');
const random = randomOf(7);
const oneOf = (list) => list[Math.floor(random() * list.length)];
const someOf = (list, count) => {
  const left = [...list];
  return Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(Math.floor(random() * left.length), 1)[0],
  );
};

const begun = performance.now();
const readings = await corpus.readings();
const readingsTook = performance.now() - begun;
const counts = await corpus.counts();
const counties = readings.map(({ place }) => place);
const indicators = codebook.indicators.map(({ id }) => id);

/** Pieces of real texts, so that something is found: two to five characters from anywhere. */
const documents = await corpus.documents({ limit: 200, offset: Math.floor(counts.documents / 2) });
function word() {
  const length = 2 + Math.floor(random() * 4);
  for (;;) {
    const { text } = oneOf(documents);
    const start = Math.floor(random() * (text.length - length));
    const piece = text.slice(start, start + length);
    if (/^\p{Script=Han}+$/u.test(piece)) return piece;
  }
}

/** [what, ms that 95 of 100 may take at most (null: only told), what is asked] */
const questions = [
  [
    'matrix of 50 counties × 20 indicators',
    150,
    () => compare(corpus, { counties: someOf(counties, 50), indicators: someOf(indicators, 20) }, codebook),
  ],
  [
    'the same, one year',
    150,
    () =>
      compare(corpus, { counties: someOf(counties, 50), indicators: someOf(indicators, 20), period: '2022' }, codebook),
  ],
  [
    'the same, amounts per pupil',
    null,
    () =>
      compare(
        corpus,
        { counties: someOf(counties, 50), indicators: someOf(indicators, 20), normalise: ['per_pupil'] },
        codebook,
      ),
  ],
  ['one county: all indicators', 100, () => compare(corpus, { counties: [oneOf(counties)] }, codebook)],
  [
    'one county: with practices and documents',
    100,
    async () => {
      const county = oneOf(counties);
      await compare(corpus, { counties: [county] }, codebook);
      await comparePractices(corpus, { counties: [county] }, codebook);
      await corpus.listDocuments({ place: county, limit: 50 });
    },
  ],
  ['one county over time', 100, () => countyChanges(corpus, { county: oneOf(counties) }, codebook)],
  ['one county: audit', null, () => audit(corpus, { counties: [oneOf(counties)] }, codebook)],
  ['practices of 50 counties', 150, () => comparePractices(corpus, { counties: someOf(counties, 50) }, codebook)],
  [
    'one indicator, all counties',
    null,
    () => compare(corpus, { counties, indicators: [oneOf(indicators)] }, codebook),
    5,
  ],
  ['search: one word', 60, () => find(corpus, { words: [word()], limit: 50 })],
  ['search: two words', 60, () => find(corpus, { words: [word(), word()], limit: 50 })],
  [
    'search: one word in one county',
    60,
    () => find(corpus, { words: [word()], counties: [oneOf(counties)], limit: 50 }),
  ],
  ['search: a word that is nowhere', 60, () => find(corpus, { words: ['鸑鷟翩跹'], limit: 50 })],
  ['one record with its evidence', 20, () => corpus.evidence(`${1 + Math.floor(random() * counts.documents)}-003`)],
  ['documents of one county, 50 rows', 50, () => corpus.listDocuments({ place: oneOf(counties), limit: 50 })],
  ['figures of one county, 50 rows', 50, () => corpus.listFigures({ place: oneOf(counties), limit: 50 })],
  ['counts', null, () => corpus.counts(), 5],
  ['what was read of each county', null, () => corpus.readings(), 3],
];

const milliseconds = (value) => value.toFixed(1).padStart(9);
console.log(
  `${file}: ${counties.length} counties, ${counts.documents} documents, ${counts.figures} figures; the first reading of the counties took ${readingsTook.toFixed(0)} ms`,
);
console.log(`${'ms'.padEnd(44)}    first    median       p95      most   cpu p95   limit`);
let missed = 0;
for (const [what, limit, ask, times = Number(values.times)] of questions) {
  const began = performance.now();
  await ask();
  const first = performance.now() - began;
  for (let warming = 0; warming < Math.min(3, times); warming++) await ask();
  const took = [];
  const worked = [];
  for (let index = 0; index < times; index++) {
    const start = performance.now();
    const cpu = process.cpuUsage();
    await ask();
    took.push(performance.now() - start);
    const { user, system } = process.cpuUsage(cpu);
    worked.push((user + system) / 1000);
  }
  const at = (share, list = took) => list.sort((a, b) => a - b)[Math.min(times - 1, Math.floor(share * times))];
  const verdict = limit === null ? '' : at(0.95) <= limit ? `${limit}` : `${limit} MISSED`;
  if (verdict.endsWith('MISSED')) missed += 1;
  console.log(
    `${what.padEnd(44)}${milliseconds(first)} ${milliseconds(at(0.5))} ${milliseconds(at(0.95))} ${milliseconds(took.at(-1))} ${milliseconds(at(0.95, worked))}   ${verdict}`,
  );
}
await corpus.close();
process.exitCode = missed > 0 ? 1 : 0;
