// A program for kill.test.ts: crawls and reads a source with several hosts, as `xianjian crawl` does, and says its end.
import { sourceFromUrl } from '../../crawlers/index.js';
import { openCorpus } from '../../db/open.js';
import { compileCodebook, loadCodebook } from '../../extractors/index.js';
import { crawlAndRead } from '../../src/pipeline.js';

const [database = '', ...start] = process.argv.slice(2);
const corpus = await openCorpus(database, { create: true });
process.stdout.write('open\n');
const source = { ...sourceFromUrl(start[0]!, { place: '371083', id: 'killed' }), start, browser: 'never' as const };
const { crawl } = await crawlAndRead(source, corpus, {
  allowPrivate: true,
  noDelay: true,
  codebook: compileCodebook(loadCodebook('education')),
});
process.stdout.write(`${crawl.end} ${crawl.articles}\n`);
await corpus.close();
