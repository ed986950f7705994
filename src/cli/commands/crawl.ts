// xianjian crawl: sources or one address to their end or budget; what is new is read and extracted into the corpus.
import { type CrawlOptions, loadSource, type Source } from '../../../crawlers/index.js';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { type CompiledCodebook, compileCodebook, loadCodebook } from '../../../extractors/index.js';
import { resolveCounty } from '../../corpus.js';
import { UsageError } from '../../model/errors.js';
import { crawlAndRead } from '../../pipeline.js';
import {
  addressPlaceOption,
  allowPrivateOption,
  type Command,
  type CommandCall,
  codebookOption,
  databaseOption,
  noDelayOption,
  privateHint,
} from '../command.js';
import { crawlExitCode, crawlListener, sayCrawl } from '../crawl-report.js';
import { crawlWords } from '../crawl-words.js';
import { type Listen, logged, logOption } from '../log.js';
import { type Output, sayIn } from '../output.js';
import { contactOf } from '../settings.js';
import { sourceNamed, studySources } from '../source-names.js';

export const crawlCommand: Command = {
  name: 'crawl',
  arguments: '[source...]',
  summary: {
    en: 'Crawl sites (an address, or the name of a source), keep their pages and read what is new.',
    zh: '采集站点（网址，或站点文件的名称），网页原样存档，新的读入语料库。',
  },
  options: [
    databaseOption,
    codebookOption,
    { flags: '--source <file>', about: { en: 'a source file (YAML)', zh: '站点文件（YAML）' } },
    addressPlaceOption,
    allowPrivateOption,
    noDelayOption,
    logOption,
  ],
  examples: [
    'xianjian crawl https://www.example.gov.cn/jyj/ --place 371083',
    'xianjian crawl --source my-county.yaml',
    'xianjian crawl http://127.0.0.1:8801/xyjh/index.html --place 乳山 --allow-private',
  ],
  async run(call, written) {
    const { out, listen } = logged(call.options.log, written);
    const sources = sourcesOf(call);
    const codebook = compileCodebook(loadCodebook(String(call.options.codebook)));
    const corpus = await openCorpus(String(call.options.db), { create: true, say: sayIn(out) });
    try {
      return await crawlAll(sources, corpus, codebook, { call, out, listen });
    } finally {
      await corpus.close();
    }
  },
};

function sourcesOf({ arguments: names, options, settings }: CommandCall): Source[] {
  const place = options.place === undefined ? null : resolveCounty(String(options.place));
  const sources = names.map((name) => sourceNamed(name, place, settings));
  if (options.source !== undefined) sources.push(loadSource(String(options.source)));
  if (sources.length === 0) sources.push(...studySources(settings).map(loadSource));
  if (sources.length > 0) return sources;
  throw new UsageError(
    'E_NOTHING_TO_CRAWL',
    { en: 'no source was named', zh: '没有写站点' },
    { en: 'Write an address, a source, or --source FILE.', zh: '请写网址、站点，或 --source 文件。' },
  );
}

async function crawlAll(
  sources: readonly Source[],
  corpus: Corpus,
  codebook: CompiledCodebook,
  { call, out, listen }: { call: CommandCall; out: Output; listen: Listen },
): Promise<number> {
  const ends: string[] = [];
  let articles = 0;
  for (const source of sources) {
    const options: CrawlOptions = {
      allowPrivate: call.options.allowPrivate === true,
      noDelay: call.options.delay === false,
      signal: call.signal,
      ...contactOf(call.settings),
      onEvent: listen(source.id, crawlListener(out)),
    };
    const { crawl, reading } = await crawlAndRead(source, corpus, { ...options, codebook, readingThreads: 1 });
    sayCrawl(crawl, reading, out);
    if (crawl.failures.some((failure) => failure.outcome === 'unsafe') && !options.allowPrivate)
      out.say(privateHint[out.language]);
    articles += crawl.articles;
    ends.push(crawl.end);
    if (call.signal.aborted) break;
  }
  const database = call.options.db === databaseOption.default ? '' : ` --db ${call.options.db}`;
  const words = crawlWords[out.language];
  if (call.signal.aborted) out.say(words.stopped);
  else if (articles > 0) out.say(`${words.next}xianjian compare${database}`);
  else out.say(words.whatWasMet);
  return crawlExitCode(ends);
}
