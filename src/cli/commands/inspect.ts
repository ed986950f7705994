// xianjian inspect: what a crawl would do with one address. Nothing is kept.
import { inspect } from '../../../crawlers/index.js';
import { exitCodes, UsageError } from '../../model/errors.js';
import { readPage } from '../../reading/index.js';
import type { Command } from '../command.js';
import { harmless } from '../output.js';
import { contactOf } from '../settings.js';

export const inspectCommand: Command = {
  name: 'inspect',
  arguments: '<url>',
  summary: {
    en: 'Show what a crawl would do with an address: robots, outcome, list family and items, article.',
    zh: '查看采集一个网址会怎样：robots、结果、列表种类与条目、正文；什么也不存。',
  },
  options: [
    { flags: '--json', about: { en: 'one JSON object', zh: '一个 JSON 对象' } },
    { flags: '--allow-private', about: { en: 'allow private and loopback addresses', zh: '允许内网和本机地址' } },
  ],
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
    const say = (label: string, value: unknown) => out.data(`${`${label}:`.padEnd(12)}${harmless(String(value))}\n`);
    say(
      'robots',
      `${seen.robots.state}, ${seen.robots.allowed ? 'allowed' : 'forbidden'}${seen.robots.rule ? ` by ${seen.robots.rule}` : ''}`,
    );
    if (seen.robots.crawlDelay !== null) say('delay', `${seen.robots.crawlDelay} s between requests`);
    if (page)
      say(
        'outcome',
        `${page.outcome} ${page.status}${page.reason ? ` (${page.reason})` : ''}, ${page.body?.length ?? 0} bytes, ${page.tookMs} ms`,
      );
    say('family', seen.family ?? 'none: no list was found');
    say(
      'items',
      `${seen.items.length}${seen.total === null ? '' : ` of ${seen.total}`}${seen.next.length > 0 ? `, goes on at ${seen.next.join(' ')}` : ''}`,
    );
    for (const item of seen.items.slice(0, 10))
      out.data(`  ${item.date ?? '          '} ${harmless(item.title)}  ${item.url}\n`);
    if (article)
      say(
        'article',
        `${article.title ?? '(no title)'}, ${article.publishedIso ?? 'no date'}, ${article.text.length} characters, ${article.encoding}`,
      );
    for (const note of [...seen.notes, ...(article?.notes.map((each) => `${each.code}: ${each.message}`) ?? [])])
      say('note', note);
    return page?.outcome === 'ok' ? 0 : exitCodes.failed;
  },
};
