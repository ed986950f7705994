// xianjian reextract: kept pages are read again by today's rules and codebook, and every figure that changed is told.
import { availableParallelism } from 'node:os';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import type { KeptChange } from '../../../db/reextractions.js';
import { exitCodes, UsageError } from '../../model/errors.js';
import { type ReextractReport, reextract } from '../../reextract.js';
import { type Command, codebookOption, databaseOption } from '../command.js';
import { crawlWords } from '../crawl-words.js';
import { harmless, type Output, sayIn } from '../output.js';

export const reextractCommand: Command = {
  name: 'reextract',
  summary: {
    en: 'Read all kept pages again, after a new version of rules or codebook; nothing is fetched, and reviews stay.',
    zh: '规则或编码表更新之后，把存档的网页全部重读一遍；不联网，审核结果保留。',
  },
  options: [
    databaseOption,
    codebookOption,
    {
      flags: '--threads <n>',
      about: {
        en: 'threads that read; default one a processor, at most 8',
        zh: '用几个线程来读；默认每个处理器一个，最多 8 个',
      },
    },
    {
      flags: '--json',
      about: {
        en: 'each changed figure and the totals, one JSON object a line',
        zh: '有变化的数和合计，每行一个 JSON 对象',
      },
    },
  ],
  examples: ['xianjian reextract', 'xianjian reextract --codebook codebooks/mine.yaml --threads 4 --json'],
  async run({ options, signal }, out) {
    const threads = threadsOf(options.threads);
    const corpus = await openCorpus(String(options.db), { say: sayIn(out) });
    try {
      const report = await reextract(corpus, {
        codebook: String(options.codebook),
        threads,
        signal,
        onProgress: (documents) =>
          out.progress({ en: `  ${documents} documents read again`, zh: `  已重读文件 ${documents} 份` }[out.language]),
      });
      await writeChanges(corpus, report.id, options.json === true, out);
      say(report, out);
      if (options.json === true) out.data(`${JSON.stringify({ type: 'total', ...report })}\n`);
      if (report.interrupted) return exitCodes.interrupted;
      return report.failures.length > 0 ? exitCodes.partly : 0;
    } finally {
      await corpus.close();
    }
  },
};

function threadsOf(value: unknown): number {
  if (value === undefined) return Math.min(8, availableParallelism());
  const threads = Number(value);
  if (Number.isInteger(threads) && threads >= 0 && threads <= 64) return threads;
  throw new UsageError(
    'E_NUMBER',
    { en: `--threads ${String(value)} cannot be`, zh: `--threads 不能是 ${String(value)}` },
    { en: 'Write a whole number up to 64; 0 reads without threads.', zh: '请写不超过 64 的整数；0 表示不用线程。' },
  );
}

const page = 500;

async function writeChanges(corpus: Corpus, id: number, json: boolean, out: Output): Promise<void> {
  for (let after = { document: 0, position: -1 }; ; ) {
    const changes = await corpus.reextractions.changes(id, after, page);
    for (const change of changes)
      out.data(json ? `${JSON.stringify({ type: 'figure', ...change })}\n` : `${harmless(lineOf(change))}\n`);
    const last = changes.at(-1);
    if (changes.length < page || !last) return;
    after = { document: last.document, position: last.position };
  }
}

const marks = { added: '+', removed: '-', changed: '~' } as const;

function lineOf({ kind, figure, quote, fields, url }: KeptChange & { url: string }): string {
  const told = fields.map(({ field, before, after }) => `${field} ${inWords(before)} → ${inWords(after)}`);
  return [`${marks[kind]} ${figure}`, quote, ...told, url].join('  ');
}

const inWords = (value: unknown): string =>
  value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value);

function say(report: ReextractReport, out: Output): void {
  const seconds = report.tookMs / 1000;
  const rate = seconds > 0 ? (report.documents / seconds).toFixed(1) : null;
  if (report.resumed) out.say({ en: 'Taken up where it stopped.', zh: '从上次停下处接着重读。' }[out.language]);
  const took = seconds.toFixed(1);
  out.say(
    {
      en: `${report.documents} documents read again in ${took} s${rate === null ? '' : ` (${rate} a second)`}`,
      zh: `已重读文件 ${report.documents} 份，用时 ${took} 秒${rate === null ? '' : `（每秒 ${rate} 份）`}`,
    }[out.language],
  );
  out.say(
    {
      en: `figures: ${report.added} added, ${report.removed} removed, ${report.changed} changed`,
      zh: `数：新增 ${report.added} 个，减少 ${report.removed} 个，改变 ${report.changed} 个`,
    }[out.language],
  );
  for (const { url, message } of report.failures.slice(0, 20))
    out.say(harmless(`  ${{ en: 'not read', zh: '未读成' }[out.language]}: ${url}: ${message}`));
  if (report.failures.length > 20) out.say(`  ${crawlWords[out.language].more(report.failures.length - 20)}`);
  if (report.interrupted)
    out.say(
      {
        en: 'Stopped. Type the same command again to go on where it stopped.',
        zh: '已停下。再输入同一条命令，就从停下处接着重读。',
      }[out.language],
    );
}
