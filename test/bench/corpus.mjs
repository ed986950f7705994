// A generated corpus for measuring: 3,000 counties (those of today, the rest invented), 200,000 documents, 2 million figures at scale 1. Seeded, so that two runs
// give the same rows; texts and values are invented. Run after `npm run build`: node test/bench/corpus.mjs FILE [--scale 0.1]
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { openCorpus } from '../../dist/db/open.js';
import { pairsOf } from '../../dist/db/pairs.js';
import { allPlaces, loadCodebook } from '../../dist/extractors/index.js';

const full = { counties: 3000, documents: 200_000 };
const perDocument = 10;
const documentsInTransaction = 2000;
const emptyLists = ['addressees', 'blocks', 'mends', 'unmended', 'notes', 'attachments', 'way_back'];
const genres = ['work_report', 'news', 'work_summary', 'notice_plan', 'bulletin'];
const scenes = [
  '各学校按照年初的安排开展了自查',
  '教研员分组下到乡镇听课评课',
  '家长代表参加了食堂开放日',
  '教师轮岗名单在网站上公示',
  '寄宿制学校更新了消防和照明设备',
  '片区教研每两周组织一次',
  '新建校舍通过了竣工验收',
  '课后服务的课程表由学校自行编排',
  '督学每月到责任区走访',
  '图书室在午休时间向学生开放',
];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Counties of today, and invented ones behind them where they are too few. */
function countiesOf(count) {
  const today = allPlaces().filter((place) => place.level === 'county' && !place.validTo);
  const invented = Array.from({ length: Math.max(0, count - today.length) }, (_, index) => {
    const code = String(990_100 + index);
    return { ...today[0], code, name: `试${code}县`, short: `试${code}`, province: '试省', prefecture: null };
  });
  return [...today.slice(0, count), ...invented];
}

/** How a value of an indicator is written, and what it is in the base unit. */
function amountOf(indicator, random) {
  const dimension = [indicator.dimension].flat()[0];
  if (dimension === 'money') {
    const hundreds = Math.round(50 + random() * 90_000);
    return { dimension, value: hundreds * 10_000, quote: `${hundreds}万元` };
  }
  if (dimension === 'ratio') {
    const hundredths = Math.round(3000 + random() * 6990);
    return { dimension, value: hundredths / 10_000, quote: `${hundredths / 100}%` };
  }
  if (dimension === 'area') {
    const metres = Math.round(800 + random() * 120_000);
    return { dimension, value: metres, quote: `${metres}平方米` };
  }
  const count = Math.round(5 + random() * 4000);
  return {
    dimension,
    value: count,
    quote: `${count}${indicator.unit.length === 1 && indicator.unit !== '1' ? indicator.unit : '个'}`,
  };
}

/** One text with its figures, offsets and all. */
function composed(number, place, indicators, random) {
  const year = 2010 + Math.floor(random() * 16);
  const title = `${place.name}${year}年教育工作情况（第${number}号）`;
  let text = '';
  const figures = [];
  for (let index = 1; index <= perDocument; index++) {
    const indicator = indicators[Math.floor(random() * indicators.length)];
    const told = year - Math.floor(random() * 3);
    const target = random() < 0.15;
    const amount = amountOf(indicator, random);
    const lead = `${target ? '计划到' : ''}${told + (target ? 3 : 0)}年${target ? '底' : ''}，${place.short}${indicator.zh}${target ? '达到' : '为'}`;
    const sentence = `${lead}${amount.quote}，${scenes[Math.floor(random() * scenes.length)]}。`;
    const start = text.length + lead.length;
    figures.push({
      id: `${number}-${String(index).padStart(3, '0')}`,
      quote: amount.quote,
      sentence,
      text_start: start,
      text_end: start + amount.quote.length,
      original_start: start,
      original_end: start + amount.quote.length,
      dimension: amount.dimension,
      value: amount.value,
      unit: indicator.unit,
      bound: 'exact',
      per: '[]',
      subject: indicator.zh,
      stage: JSON.stringify([indicator.stages[Math.floor(random() * indicator.stages.length)]]),
      period_from: String(told + (target ? 3 : 0)),
      period_to: String(told + (target ? 3 : 0)),
      period_text: `${told + (target ? 3 : 0)}年`,
      accrual: amount.dimension === 'money' ? 'annual' : 'stock',
      status: target ? 'target' : 'actual',
      salience: 'core',
      indicator: indicator.id,
      rules: '["numeral: arabic"]',
      confidence: 0.9,
    });
    text += `${sentence}${index % 3 === 0 ? '\n' : ''}`;
  }
  return { title, text, year, figures };
}

/** A function that puts a row into a table; columns that it does not name are null. */
function inserter(db, table) {
  const names = db.pragma(`table_info(${table})`).map(({ name }) => name);
  const statement = db.prepare(`insert into ${table} (${names}) values (${names.map((name) => `@${name}`)})`);
  const empty = Object.fromEntries(names.map((name) => [name, null]));
  return (row) => statement.run({ ...empty, ...row });
}

/**
 * Makes the corpus. @param file path of a file that is not there yet @param scale 1 for the full size
 * @returns how many counties, documents, figures and practices it holds
 */
export async function generateCorpus(file, scale = 1, seed = 20261125) {
  if (existsSync(file)) throw new Error(`${file} is there already; delete it or name another`);
  const places = countiesOf(Math.max(1, Math.round(full.counties * scale)));
  const corpus = await openCorpus(file, { create: true });
  await corpus.knowPlaces(places);
  await corpus.close();
  const db = new Database(file);
  db.pragma('synchronous = off');
  db.pragma('cache_size = -100000');
  // Indices are built at the end: faster than keeping two million rows in order.
  const indices = db
    .prepare(
      `select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name in ('figure', 'document')`,
    )
    .all();
  for (const { name } of indices) db.exec(`drop index "${name}"`);
  const { indicators, practices } = loadCodebook('education');
  const [body, snapshot, document, figure, practice] = ['body', 'snapshot', 'document', 'figure', 'practice'].map(
    (table) => inserter(db, table),
  );
  const pairs = db.prepare('insert into document_pairs (rowid, pairs) values (?, ?)');
  const random = randomOf(seed);
  const documents = Math.round(full.documents * scale);
  const sha256 = 'a'.repeat(64);
  body({ sha256, encoding: 'identity', size: 1, bytes: Buffer.from('a') });

  const store = (number) => {
    const place = places[number % places.length];
    const { title, text, year, figures } = composed(number, place, indicators, random);
    const url = `http://www.county${place.code}.example/art/${number}.html`;
    snapshot({
      id: number,
      kind: 'article',
      url,
      form: '',
      final_url: url,
      fetched_at: '2026-03-01T08:00:00.000Z',
      status: 200,
      outcome: 'ok',
      headers: '{}',
      sha256,
      settings: '{}',
      depth: 0,
    });
    const bands = [0, 1, 2, 3].map(() => Math.floor(random() * 65_536));
    document({
      id: number,
      snapshot: number,
      part: '',
      parts: 1,
      url,
      origin: url,
      title,
      published: `${year + 1}-02-21`,
      published_iso: `${year + 1}-02-21`,
      publisher: `${place.name}教育局`,
      genre: genres[number % genres.length],
      text,
      ...Object.fromEntries(emptyLists.map((name) => [name, '[]'])),
      broken: '{}',
      format: 'html',
      encoding: 'utf-8',
      script: 'simplified',
      place: place.code,
      place_reason: 'generated',
      extractor: 'bench',
      codebook: 'education',
      simhash: bands.map((band) => band.toString(16).padStart(4, '0')).join(''),
      length: text.length,
      ...Object.fromEntries(bands.map((band, index) => [`band_${index}`, band])),
    });
    for (const row of figures) figure({ ...row, document: number, place: place.code });
    const first = figures[0];
    const entry = practices[Math.floor(random() * practices.length)];
    practice({
      id: `${number}-p01`,
      document: number,
      practice: entry.id,
      status: random() < 0.7 ? 'done' : 'planned',
      place: place.code,
      period_from: String(year),
      period_to: String(year),
      quote: first.quote,
      sentence: first.sentence,
      text_start: first.text_start,
      text_end: first.text_end,
      original_start: first.text_start,
      original_end: first.text_end,
      rules: '[]',
      confidence: 0.8,
    });
    pairs.run(number, pairsOf(`${title}\n${text}`));
  };
  for (let from = 1; from <= documents; from += documentsInTransaction)
    db.transaction(() => {
      for (let number = from; number < from + documentsInTransaction && number <= documents; number++) store(number);
    })();
  for (const { sql } of indices) db.exec(sql);
  db.close();
  return { counties: places.length, documents, figures: documents * perDocument, practices: documents };
}

if (process.argv[1] === import.meta.filename) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { scale: { type: 'string', default: '1' } },
  });
  const file = resolve(positionals[0] ?? '/tmp/xianjian-bench.sqlite');
  const scale = Number(values.scale);
  if (!(scale > 0 && scale <= 10)) throw new Error(`--scale ${values.scale}: write a number above 0, at most 10`);
  const start = performance.now();
  const made = await generateCorpus(file, scale);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${file}: ${made.counties} counties, ${made.documents} documents, ${made.figures} figures, ${Math.round(statSync(file).size / 1e6)} MB, ${seconds} s`,
  );
}
