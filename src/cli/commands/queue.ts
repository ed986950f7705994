// xianjian queue: what workers have before them: puts crawls into the queue, counts, and shows dead letters and sends them again.
import { loadSource } from '../../../crawlers/index.js';
import { openCorpus } from '../../../db/open.js';
import { resolveCounty } from '../../corpus.js';
import { UsageError } from '../../model/errors.js';
import { type DeadLetter, Queue } from '../../worker/queue.js';
import { addressPlaceOption, type Command, type CommandCall, databaseOption } from '../command.js';
import { type Output, sayIn } from '../output.js';
import { postgresAddress, wholeNumber } from '../queue-options.js';
import { sourceNamed, studySources } from '../source-names.js';
import { writeTable } from '../table.js';

export const queueCommand: Command = {
  name: 'queue',
  arguments: '[source...]',
  summary: {
    en: 'Put crawls into the queue for workers, or show what waits there and what failed for good.',
    zh: '把采集任务排入队列，或查看等待的和彻底失败的任务。',
  },
  options: [
    {
      ...databaseOption,
      flags: '--db <address>',
      about: { en: 'the corpus: postgres://user@host/database', zh: '语料库：postgres://用户@主机/数据库' },
    },
    { flags: '--all', about: { en: "put all the study's sources into the queue", zh: '把本研究的全部站点排入队列' } },
    addressPlaceOption,
    {
      flags: '--dead',
      about: { en: 'show dead letters: jobs that failed as often as they may', zh: '列出死信，即重试次数已用完的任务' },
    },
    {
      flags: '--resend <ids...>',
      about: { en: 'send dead letters again: their ids, or all', zh: '重新派发死信：写编号，或写 all' },
    },
    { flags: '--limit <rows>', about: { en: 'dead letters at most', zh: '最多列几条死信' }, default: 100 },
    { flags: '--json', about: { en: 'an array or object', zh: '数组或对象' } },
  ],
  examples: [
    'xianjian queue rushan --db postgres://me@db.example/corpus',
    'xianjian queue --db postgres://me@db.example/corpus',
    'xianjian queue --db postgres://me@db.example/corpus --dead',
    'xianjian queue --db postgres://me@db.example/corpus --resend all',
  ],
  async run(call, out) {
    const address = postgresAddress(call.options.db);
    const sources = sourcesOf(call);
    // The corpus has its tables before a worker looks for them.
    await (await openCorpus(address, { create: true, say: sayIn(out) })).close();
    const queue = await Queue.open(address, { told: (message) => out.say(message), supervise: null });
    try {
      for (const source of sources) {
        const isNew = await queue.crawl(source);
        out.say(
          {
            en: `${source.id}: ${isNew ? 'in the queue' : 'is in the queue or under way already'}`,
            zh: `${source.id}：${isNew ? '已排入队列' : '已在队列中或正在采集'}`,
          }[out.language],
        );
      }
      if (call.options.resend !== undefined) await resend(queue, call.options.resend, out);
      else if (call.options.dead) await showDead(queue, call, out);
      else if (sources.length === 0) await showCounts(queue, call, out);
      return 0;
    } finally {
      await queue.stop(1);
    }
  },
};

function sourcesOf({ arguments: names, options, settings }: CommandCall) {
  const place = options.place === undefined ? null : resolveCounty(String(options.place));
  const sources = names.map((name) => sourceNamed(name, place, settings));
  return options.all ? [...sources, ...studySources(settings).map(loadSource)] : sources;
}

async function showCounts(queue: Queue, { options }: CommandCall, out: Output): Promise<void> {
  const counts = await queue.counts();
  if (options.json) return out.data(`${JSON.stringify(counts, null, 2)}\n`);
  const rows = Object.entries(counts).map(([name, { waiting, retry, active, dead }]) =>
    [name, waiting, retry, active, dead].map(String),
  );
  out.data(
    writeTable(
      {
        en: ['queue', 'waiting', 'retry', 'active', 'dead'],
        zh: ['队列', '等待', '待重试', '进行中', '死信'],
      }[out.language],
      rows,
      out.width,
    ),
  );
}

async function showDead(queue: Queue, { options }: CommandCall, out: Output): Promise<void> {
  const dead = await queue.dead(wholeNumber('--limit', options.limit));
  if (options.json) return out.data(`${JSON.stringify(dead, null, 2)}\n`);
  const rows = dead.map(({ id, queue, since, error, data }) => [id, queue, since, error, JSON.stringify(data)]);
  out.data(
    writeTable(
      { en: ['id', 'queue', 'since', 'error', 'job'], zh: ['编号', '队列', '起于', '错误', '任务'] }[out.language],
      rows,
      out.width,
    ),
  );
  if (dead.length > 0)
    out.say(
      { en: 'Send them again with --resend ID, or --resend all.', zh: '重新派发：--resend 编号，或 --resend all。' }[
        out.language
      ],
    );
}

async function resend(queue: Queue, wanted: unknown, out: Output): Promise<void> {
  const ids = [wanted].flat().map(String);
  const dead = await queue.dead(100_000);
  const chosen = ids.includes('all') ? dead : dead.filter(({ id }) => ids.includes(id));
  const unknown = ids.filter((id) => id !== 'all' && !dead.some((letter: DeadLetter) => letter.id === id));
  if (unknown.length > 0)
    throw new UsageError(
      'E_DEAD_LETTER',
      { en: `no dead letter has the id ${unknown.join(', ')}`, zh: `没有编号为 ${unknown.join('、')} 的死信` },
      { en: 'Show them with --dead.', zh: '死信可用 --dead 列出。' },
    );
  for (const letter of chosen) await queue.resend(letter);
  out.say({ en: `${chosen.length} sent again`, zh: `已重新派发 ${chosen.length} 条` }[out.language]);
}
