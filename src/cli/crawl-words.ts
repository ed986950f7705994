// What a crawl, an import and the demo say, in both languages.
import { type CrawlReport, sayReason } from '../../crawlers/index.js';
import { counted, type Language, type Said } from '../model/language.js';
import type { ReadingTotals } from '../pipeline.js';
import { sayNote } from '../reading/index.js';

type Gone = Pick<CrawlReport, 'source' | 'end' | 'articles' | 'furtherPages' | 'attachments'>;

const further = (pages: number): string => (pages === 0 ? '' : ` (${counted(pages, 'further page')} of theirs)`);
const furtherZh = (pages: number): string => (pages === 0 ? '' : `（另有续页 ${pages} 页）`);

const english = {
  run: (source: string, run: number, isResumed: boolean) =>
    `${source}: run ${run}${isResumed ? ', taken up where it stopped' : ''}`,
  list: (url: string, family: string, items: number) => `list ${url}  ${family}, ${counted(items, 'item')}`,
  progress: (done: number, known: number) => `${done} of ${known} known addresses`,
  rate: (perMinute: string) => `${perMinute} a minute`,
  left: (minutes: number) =>
    `${minutes < 1 ? 'under a minute' : minutes < 90 ? `about ${Math.ceil(minutes)} min` : `about ${Math.ceil(minutes / 60)} h`} for what is known`,
  again: ', will be tried again',
  rests: (host: string, until: string, why: string) => `${host} rests until ${until}: ${why}`,
  ended: ({ source, end, articles, furtherPages, attachments }: Gone, seconds: string) =>
    `${source}: ${end}, ${counted(articles, 'article')}${further(furtherPages)} and ${counted(attachments, 'attachment')} in ${seconds} s`,
  read: ({ documents, furtherPages, repeats, figures, practices, citations }: ReadingTotals) =>
    `read: ${counted(documents, 'document')}${further(furtherPages)}${
      repeats > 0
        ? ` (${repeats} ${repeats === 1 ? 'repeats another and is' : 'repeat another and are'} counted once)`
        : ''
    }, ${counted(figures, 'figure')}, ${counted(practices, 'practice')}, ${counted(citations, 'citation')}`,
  notComplete: (why: string) => `not complete: ${why}`,
  lost: (url: string, why: string) => `lost: ${url} (${why})`,
  noText: (url: string, why: string) => `no text: ${url} (${why})`,
  more: (count: number) => `… and ${count} more`,
  moreUnread: (count: number) => `… and ${count} more without text`,
  known: 'already in the corpus, nothing changed',
  unreadable: (message: string) => `cannot be read (${message}); the other files go on`,
  imported: (id: number, title: string | null, place: string | null, what: string) =>
    `document ${id} ${title ?? '(no title)'} [${place ?? 'place open'}], ${what}`,
  holds: (figures: number, practices: number) => `${counted(figures, 'figure')}, ${counted(practices, 'practice')}`,
  repeats: (id: number) => `repeats document ${id}`,
  pages: (count: number) => counted(count, 'page'),
  archive: (added: number, known: number) =>
    `a web archive, ${counted(added, 'page')} added${known > 0 ? `, ${known} already in the corpus` : ''}`,
  damaged: (at: number, message: string, resumedAt: number | null) =>
    `damaged at byte ${at} (${message}), ${resumedAt === null ? 'nothing follows' : `goes on at byte ${resumedAt}`}`,
  moreDamaged: (count: number) => `… and ${count} more damaged ${count === 1 ? 'place' : 'places'}`,
  leftOut: 'left out',
  next: 'Next: ',
  stopped: 'Stopped. Type the same command again to go on where it stopped.',
  whatWasMet: 'Next: xianjian inspect URL shows what was met.',
  corpusIs: (path: string) => `The corpus is ${path}. Next:`,
  showOne: 'one number, its sentence and its page',
  crawlOwn: 'a site of your own',
};

const chinese: typeof english = {
  run: (source, run, isResumed) => `${source}：第 ${run} 次采集${isResumed ? '，从上次停下处接着采' : ''}`,
  list: (url, family, items) => `列表 ${url}  种类 ${family}，${items} 条`,
  progress: (done, known) => `已知 ${known} 个地址，完成 ${done} 个`,
  rate: (perMinute) => `每分钟 ${perMinute} 个`,
  left: (minutes) =>
    `已知的还要${minutes < 1 ? '不到一分钟' : minutes < 90 ? `约 ${Math.ceil(minutes)} 分钟` : `约 ${Math.ceil(minutes / 60)} 小时`}`,
  again: '，稍后再试',
  rests: (host, until, why) => `${host} 歇到 ${until}：${why}`,
  ended: ({ source, end, articles, furtherPages, attachments }, seconds) =>
    `${source}：${sayReason(end, 'zh')}，文章 ${articles} 篇${furtherZh(furtherPages)}，附件 ${attachments} 个，用时 ${seconds} 秒`,
  read: ({ documents, furtherPages, repeats, figures, practices, citations }) =>
    `读出：文件 ${documents} 个${furtherZh(furtherPages)}${
      repeats > 0 ? `（其中 ${repeats} 个与另一文件重复，只计一次）` : ''
    }，数 ${figures} 个，做法 ${practices} 项，引文 ${citations} 条`,
  notComplete: (why) => `未完成：${why}`,
  lost: (url, why) => `未取得：${url}（${why}）`,
  noText: (url, why) => `没有正文：${url}（${why}）`,
  more: (count) => `…… 另有 ${count} 个`,
  moreUnread: (count) => `…… 另有 ${count} 个没有正文`,
  known: '语料库中已有，未作改动',
  unreadable: (message) => `读不了（${message}），其余文件照常进行`,
  imported: (id, title, place, what) => `文件 ${id} ${title ?? '（无标题）'} [${place ?? '县区未定'}]，${what}`,
  holds: (figures, practices) => `数 ${figures} 个，做法 ${practices} 项`,
  repeats: (id) => `与文件 ${id} 重复`,
  pages: (count) => `网页 ${count} 个`,
  archive: (added, known) => `网页档案，新增网页 ${added} 个${known > 0 ? `，库中已有 ${known} 个` : ''}`,
  damaged: (at, message, resumedAt) =>
    `第 ${at} 字节处损坏（${message}），${resumedAt === null ? '之后没有内容' : `从第 ${resumedAt} 字节接着读`}`,
  moreDamaged: (count) => `…… 另有 ${count} 处损坏`,
  leftOut: '略去',
  next: '下一步：',
  stopped: '已停下。再输入同一条命令，就从停下处接着采。',
  whatWasMet: '下一步：用 xianjian inspect 网址 查看遇到了什么。',
  corpusIs: (path) => `语料库在 ${path}。下一步：`,
  showOne: '一个数，它的原句和出处',
  crawlOwn: '采集自己的站点',
};

/** The words of crawls and imports. */
export const crawlWords: Record<Language, typeof english> = { en: english, zh: chinese };

/** Outcomes with which a page came. */
const good = ['ok', 'same', 'not_modified'];

/** An outcome in words. In Chinese the code of one that lost a page stands behind: `--reason` takes it. */
export const outcomeWord = (outcome: string, language: Language): string =>
  language === 'en' || good.includes(outcome)
    ? sayReason(outcome, language)
    : `${sayReason(outcome, language)}（${outcome}）`;

/** Outcomes with their counts: `ok 23, gone 1`. */
export const outcomeCounts = (
  counts: Iterable<readonly [outcome: string, count: number]>,
  language: Language,
): string =>
  [...counts]
    .map(([outcome, count]) => `${outcomeWord(outcome, language)} ${count}`)
    .join(language === 'zh' ? '，' : ', ');

/** How a request ended, and why: `gone, status 404`. */
export function endOf(outcome: string, reason: string | null | undefined, language: Language): string {
  const word = outcomeWord(outcome, language);
  return reason ? `${word}${language === 'zh' ? '，' : ', '}${sayReason(reason, language)}` : word;
}

/** A kept reason in both languages. */
export const reasonSaid = (reason: string): Said => ({ en: sayReason(reason, 'en'), zh: sayReason(reason, 'zh') });

/** A note of reading: in Chinese its sentence goes first, with its code behind. Beside its page's address it need not name it again. */
export function noteLine({ code, message }: Note, language: Language, beside?: string): string {
  const said = sayNote(message, language);
  const start = `${beside ?? ''}${language === 'zh' ? '：' : ': '}`;
  const note = beside !== undefined && said.startsWith(start) ? said.slice(start.length) : said;
  return language === 'zh' ? `${note}（${code}）` : `${code}: ${note}`;
}

interface Note {
  code: string;
  message: string;
}
