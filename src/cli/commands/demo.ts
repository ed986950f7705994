// xianjian demo: the main job on the five example sites that ship with the package, from the first fetch to the comparison.
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { sourceFromUrl } from '../../../crawlers/index.js';
import { openCorpus } from '../../../db/open.js';
import { compileCodebook, loadCodebook } from '../../../extractors/index.js';
import { compare, comparePractices } from '../../corpus.js';
import { serveDemo } from '../../demo/serve.js';
import { exitCodes, UsageError } from '../../model/errors.js';
import { crawlAndRead } from '../../pipeline.js';
import { type Command, codebookOption } from '../command.js';
import { crawlListener, sayCrawl } from '../crawl-report.js';
import { crawlWords } from '../crawl-words.js';
import { showComparison } from './compare.js';
import { showPractices } from './practices.js';

export const demoCommand: Command = {
  name: 'demo',
  summary: {
    en: 'Serve the bundled example sites of five counties on loopback, crawl and read them, and compare the counties.',
    zh: '在本机开起随附的五个县的示例站点，采集、读数并对比。',
  },
  options: [
    {
      flags: '--db <file>',
      about: { en: 'the corpus, made anew each time', zh: '语料库，每次重建' },
      default: 'demo.sqlite',
    },
    codebookOption,
  ],
  examples: ['xianjian demo', 'xianjian demo --db /tmp/demo.sqlite'],
  async run({ options, signal }, out) {
    const database = String(options.db);
    await makeRoom(database);
    const codebook = loadCodebook(String(options.codebook));
    // First what can fail: a server that nobody closes would keep the process from ending.
    const corpus = await openCorpus(database, { create: true });
    const demo = await serveDemo();
    let incomplete = 0;
    try {
      for (const site of demo.sites) {
        const source = sourceFromUrl(site.url, { place: site.place, id: site.name });
        const { crawl, reading } = await crawlAndRead(source, corpus, {
          allowPrivate: true,
          signal,
          onEvent: crawlListener(out),
          codebook: compileCodebook(codebook),
        });
        sayCrawl(crawl, reading, out);
        if (crawl.end !== 'complete') incomplete += 1;
        if (signal.aborted) return exitCodes.interrupted;
      }
      out.say('');
      const comparison = await compare(corpus, {}, codebook);
      showComparison(comparison, out);
      out.say('');
      showPractices(await comparePractices(corpus, {}, codebook), out);
      const first = comparison.cells.flat().find((cell) => cell.chosen)?.chosen?.id;
      const words = crawlWords[out.language];
      out.say(`\n${words.corpusIs(resolve(database))}`);
      if (first) out.say(`  npx xianjian show ${first} --db ${database}     ${words.showOne}`);
      out.say(`  npx xianjian compare --csv --db ${database} > counties.csv`);
      out.say(`  npx xianjian crawl https://… --place CODE      ${words.crawlOwn}`);
      return incomplete === 0 ? 0 : exitCodes.partly;
    } finally {
      await corpus.close();
      await demo.close();
    }
  },
};

/** Removes the corpus of an earlier demo. Whatever else stands under that name is left alone. */
async function makeRoom(database: string): Promise<void> {
  if (/^[a-z]+:\/\//.test(database))
    throw new UsageError(
      'E_DEMO_DB',
      { en: `the demo writes a SQLite file, not ${database}`, zh: `demo 只写 SQLite 文件，不能写 ${database}` },
      { en: 'Name a file with --db.', zh: '请用 --db 指定一个文件。' },
    );
  if (!existsSync(database)) return;
  const corpus = await openCorpus(database, { readOnly: true });
  const { rows } = await corpus.query("select count(*) from snapshot where url not like 'http://127.0.0.1:%'", 1);
  await corpus.close();
  if (rows[0]?.[0] !== 0)
    throw new UsageError(
      'E_DEMO_DB',
      {
        en: `${resolve(database)} holds pages that are not the demo's`,
        zh: `${resolve(database)} 里有不属于示例的网页`,
      },
      { en: 'Name another file with --db; nothing was changed.', zh: '请用 --db 指定另一个文件；未作任何改动。' },
    );
  for (const ending of ['', '-wal', '-shm']) rmSync(database + ending, { force: true });
}
