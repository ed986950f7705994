// xianjian inspect: what a crawl would do with one address. Nothing is kept.
import stringWidth from 'string-width';
import { inspect, sayReason } from '../../../crawlers/index.js';
import { exitCodes, UsageError } from '../../model/errors.js';
import type { KeptRobots } from '../../model/frontier.js';
import { wordTable } from '../../model/language.js';
import type { Page } from '../../model/page.js';
import { readPage } from '../../reading/index.js';
import { allowPrivateOption, type Command, privateHint } from '../command.js';
import { noteLine, outcomeWord } from '../crawl-words.js';
import { harmless } from '../output.js';
import { contactOf } from '../settings.js';

const robotsStates: Record<KeptRobots['state'], string> = { rules: '有规则', none: '没有规则', unavailable: '取不到' };

const inspectWords = wordTable(
  {
    labels: {
      robots: 'robots',
      delay: '停顿',
      outcome: '结果',
      family: '列表种类',
      items: '条目',
      article: '正文',
      note: '说明',
    },
    robots: (state: string, isAllowed: boolean, rule: string | null | undefined) =>
      `${robotsStates[state as KeptRobots['state']]}，${isAllowed ? '允许' : '不允许'}${rule ? `（${rule}）` : ''}`,
    delay: (seconds: number) => `两次请求之间 ${seconds} 秒`,
    outcome: ({ status, body, tookMs }: Page, outcome: string, reason: string | undefined) =>
      `${outcome}，HTTP 状态 ${status}${reason ? `（${reason}）` : ''}，${body?.length ?? 0} 字节，${tookMs} 毫秒`,
    noFamily: '无：没有找到列表',
    items: (count: number, total: number | null, next: string) =>
      `${count}${total === null ? '' : `，共 ${total}`}${next === '' ? '' : `，接着是 ${next}`}`,
    untitled: '（无标题）',
    undated: '无日期',
    characters: (count: number) => `${count} 字`,
  },
  {
    labels: {
      robots: 'robots',
      delay: 'delay',
      outcome: 'outcome',
      family: 'family',
      items: 'items',
      article: 'article',
      note: 'note',
    },
    robots: (state: string, isAllowed: boolean, rule: string | null | undefined) =>
      `${state}, ${isAllowed ? 'allowed' : 'forbidden'}${rule ? ` by ${rule}` : ''}`,
    delay: (seconds: number) => `${seconds} s between requests`,
    outcome: ({ status, body, tookMs }: Page, outcome: string, reason: string | undefined) =>
      `${outcome} ${status}${reason ? ` (${reason})` : ''}, ${body?.length ?? 0} bytes, ${tookMs} ms`,
    noFamily: 'none: no list was found',
    items: (count: number, total: number | null, next: string) =>
      `${count}${total === null ? '' : ` of ${total}`}${next === '' ? '' : `, goes on at ${next}`}`,
    untitled: '(no title)',
    undated: 'no date',
    characters: (count: number) => `${count} characters`,
  },
);

export const inspectCommand: Command = {
  name: 'inspect',
  arguments: '<url>',
  summary: {
    en: 'Show what a crawl would do with an address: robots, outcome, list family and items, article.',
    zh: '查看采集一个网址会怎样：robots、结果、列表种类与条目、正文；什么也不存。',
  },
  options: [{ flags: '--json', about: { en: 'one JSON object', zh: '一个 JSON 对象' } }, allowPrivateOption],
  examples: ['xianjian inspect https://www.example.gov.cn/jyj/'],
  async run({ arguments: [url = ''], options, settings, signal }, out) {
    if (!URL.canParse(url))
      throw new UsageError(
        'E_URL',
        { en: `"${url}" is no address`, zh: `“${url}”不是网址` },
        { en: 'Write a whole address: https://…', zh: '请写完整的网址：https://…' },
      );
    const seen = await inspect(url, { allowPrivate: options.allowPrivate === true, signal, ...contactOf(settings) });
    const { page } = seen;
    const type = page?.headers['content-type'];
    const article =
      page?.body && page.outcome === 'ok'
        ? await readPage({ bytes: page.body, origin: page.finalUrl, ...(type ? { contentType: type } : {}) })
        : null;
    if (options.json) {
      const { body: _, ...fetched } = page ?? { body: null };
      const { title, publishedIso, publisher, encoding, notes, text } = article ?? {};
      const read = article && { title, publishedIso, publisher, encoding, notes, characters: text!.length };
      out.data(`${JSON.stringify({ ...seen, page: page && fetched, article: read }, null, 2)}\n`);
      return page?.outcome === 'ok' ? 0 : exitCodes.failed;
    }
    const words = inspectWords[out.language];
    const say = (label: keyof typeof words.labels, value: unknown) => {
      const name = `${words.labels[label]}:`;
      out.data(`${name}${' '.repeat(Math.max(0, 12 - stringWidth(name)))}${harmless(String(value))}\n`);
    };
    say('robots', words.robots(seen.robots.state, seen.robots.allowed, seen.robots.rule));
    if (seen.robots.crawlDelay !== null) say('delay', words.delay(seen.robots.crawlDelay));
    if (page)
      say(
        'outcome',
        words.outcome(
          page,
          outcomeWord(page.outcome, out.language),
          page.reason && sayReason(page.reason, out.language),
        ),
      );
    say('family', seen.family ?? words.noFamily);
    say('items', words.items(seen.items.length, seen.total, seen.next.join(' ')));
    for (const item of seen.items.slice(0, 10))
      out.data(`  ${item.date ?? '          '} ${harmless(item.title)}  ${item.url}\n`);
    if (article)
      say(
        'article',
        `${article.title ?? words.untitled}, ${article.publishedIso ?? words.undated}, ${words.characters(article.text.length)}, ${article.encoding}`,
      );
    for (const note of seen.notes) say('note', sayReason(note, out.language));
    for (const note of article?.notes ?? []) say('note', noteLine(note, out.language));
    const isRefused = [seen.robots.outcome, page?.outcome].includes('unsafe');
    if (isRefused && options.allowPrivate !== true) out.say(privateHint[out.language]);
    return page?.outcome === 'ok' ? 0 : exitCodes.failed;
  },
};
