// xianjian retry: asks once more for what failed, and for nothing else.
import type { Source } from '../../../crawlers/index.js';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import type { FailedRequest } from '../../../db/run-list.js';
import { compileCodebook, loadCodebook, nearestWord } from '../../../extractors/index.js';
import { UsageError } from '../../model/errors.js';
import type { FrontierRequest } from '../../model/frontier.js';
import { type Outcome, outcomes } from '../../model/page.js';
import { crawlAndRead } from '../../pipeline.js';
import {
  allowPrivateOption,
  type Command,
  type CommandCall,
  codebookOption,
  databaseOption,
  listOf,
  noDelayOption,
} from '../command.js';
import { crawlExitCode, crawlListener, sayCrawl } from '../crawl-report.js';
import { logged, logOption } from '../log.js';
import { sayIn } from '../output.js';
import { contactOf } from '../settings.js';

export const retryCommand: Command = {
  name: 'retry',
  arguments: '[source...]',
  summary: {
    en: 'Ask once more for addresses that failed: all of them, of some sources, or those of one kind of failure.',
    zh: '重新采集失败的网址：全部、某些站点的，或某一类失败的。',
  },
  options: [
    databaseOption,
    codebookOption,
    {
      flags: '--failed',
      about: {
        en: 'what failed in the newest run that asked for it (the only choice)',
        zh: '最近一次采集中失败的（目前只有这一种）',
      },
    },
    {
      flags: '--reason <outcomes...>',
      about: {
        en: 'only these outcomes: tls, timeout, blocked, gone …',
        zh: '只取这些结果：tls、timeout、blocked、gone……',
      },
    },
    { flags: '--dry-run', about: { en: 'list the addresses; ask for nothing', zh: '只列出网址，不采集' } },
    allowPrivateOption,
    noDelayOption,
    logOption,
  ],
  examples: ['xianjian retry --failed', 'xianjian retry --failed --reason tls,timeout', 'xianjian retry --failed qufu'],
  async run(call, written) {
    const { out, listen } = logged(call.options.log, written);
    const wanted = outcomesOf(call.options.reason);
    const codebook = compileCodebook(loadCodebook(String(call.options.codebook)));
    const corpus = await openCorpus(String(call.options.db), { say: sayIn(out) });
    try {
      const failed = await corpus.failedRequests({
        ...(call.arguments.length > 0 ? { sources: call.arguments } : {}),
        ...(wanted ? { outcomes: wanted } : {}),
      });
      if (failed.length === 0) out.say({ en: 'Nothing of that kind failed.', zh: '没有这样的失败。' }[out.language]);
      if (call.options.dryRun === true) {
        for (const { source, outcome, url } of failed) out.data(`${source}\t${outcome}\t${url}\n`);
        return 0;
      }
      const ends: string[] = [];
      for (const [id, requests] of bySource(failed)) {
        const source = await definitionOf(corpus, id);
        out.say(
          {
            en: `${id}: ${requests.length} addresses are asked for once more`,
            zh: `${id}：重新采集 ${requests.length} 个网址`,
          }[out.language],
        );
        const options = crawlOptions(call, requests);
        const onEvent = listen(id, crawlListener(out));
        const { crawl, reading } = await crawlAndRead(source, corpus, { ...options, codebook, onEvent });
        sayCrawl(crawl, reading, out);
        ends.push(crawl.end);
        if (call.signal.aborted) break;
      }
      return crawlExitCode(ends);
    } finally {
      await corpus.close();
    }
  },
};

function outcomesOf(option: unknown): Outcome[] | undefined {
  const words = listOf(option);
  for (const word of words ?? []) {
    if (outcomes.includes(word as Outcome)) continue;
    const nearest = nearestWord(word, outcomes);
    throw new UsageError(
      'E_REASON',
      { en: `there is no outcome ${word}`, zh: `没有结果 ${word}` },
      nearest
        ? { en: `Did you mean ${nearest}?`, zh: `是不是想写 ${nearest}？` }
        : { en: `Outcomes are ${outcomes.join(', ')}.`, zh: `结果有：${outcomes.join('、')}。` },
    );
  }
  return words as Outcome[] | undefined;
}

function bySource(failed: readonly FailedRequest[]): Map<string, FailedRequest[]> {
  const groups = new Map<string, FailedRequest[]>();
  for (const request of failed) groups.set(request.source, [...(groups.get(request.source) ?? []), request]);
  return groups;
}

/** The source as it was at its last run. */
async function definitionOf(corpus: Corpus, id: string): Promise<Source> {
  return JSON.parse((await corpus.sourceDefinition(id))!) as Source;
}

function crawlOptions({ options, settings, signal }: CommandCall, failed: readonly FailedRequest[]) {
  const present = <Name extends string>(name: Name, value: string | null) =>
    value === null ? {} : ({ [name]: value } as Record<Name, string>);
  const requests = failed.map(
    ({ referrer, anchor, listed, family, list, form, outcome: _, ...request }): FrontierRequest => ({
      ...request,
      ...present('referrer', referrer),
      ...present('anchor', anchor),
      ...present('listed', listed),
      ...present('family', family),
      ...present('list', list),
      ...(form === '' ? {} : { form }),
    }),
  );
  return {
    allowPrivate: options.allowPrivate === true,
    noDelay: options.delay === false,
    signal,
    requests,
    ...contactOf(settings),
  };
}
