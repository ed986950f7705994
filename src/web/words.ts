// What the frame of the pages and its errors say, in Chinese and English. A key that one language lacks is a type error. Pages keep
// their own tables beside them, made with `wordTable`; terms of the field (statuses, stages, missing reasons) are those of compare.
import type { Language } from '../compare/wording.js';

/** The shape of a table without its wording. */
type Shape<T> = {
  readonly [Key in keyof T]: T[Key] extends string
    ? string
    : T[Key] extends (...given: never[]) => string
      ? T[Key]
      : Shape<T[Key]>;
};

/** A table in both languages: the English one must have exactly the keys of the Chinese. */
export const wordTable = <const T extends object>(zh: T, en: Shape<T>): Record<Language, Shape<T>> => ({
  zh: zh as unknown as Shape<T>,
  en,
});

export const words = wordTable(
  {
    brand: '县鉴',
    tagline: '县域教育数据与做法，逐句可查',
    skip: '跳到正文',
    menu: '主导航',
    nav: {
      overview: '概览',
      compare: '对比',
      search: '检索',
      counties: '县区',
      review: '审核',
      data: '数据',
      status: '状态',
    },
    searchLabel: '检索原句',
    searchHint: '检索原句，如 生师比',
    language: '语言',
    otherLanguage: 'English',
    theme: '配色',
    themes: { auto: '自动', light: '浅色', dark: '深色' },
    footer: (corpus: string, codebook: string, version: string) =>
      `语料库 ${corpus} · 编码表 ${codebook} · xianjian ${version}`,
    keys: '快捷键',
    close: '关闭',
    loading: '读取中…',
    openFull: '整页打开',
    failed: '未能取得，请整页打开。',
    error: {
      what: '出了什么事',
      cure: '怎么办',
      detail: '程序原话',
      back: '回到概览',
      notFound: '没有这一页',
      notFoundCure: '地址可能抄漏了几个字，或所指的记录已不在语料库中。可从概览或检索重新进入。',
      internal: '程序出错',
      internalCure: '这是 xianjian 的缺陷，请把下面的编号与终端里的输出一并报告。语料库没有被改动。',
      number: '编号',
      usage: '这个查询无法回答',
      usageCure: '请改正下面所说的条件，或去掉它。',
      corpus: '语料库无法打开',
      dropFilter: (name: string) => `去掉条件：${name}`,
    },
    faults: {
      E_CORPUS_MISSING: [
        '这里还没有语料库',
        '先运行 xianjian demo（自带样例，不联网）或 xianjian crawl、xianjian import，然后刷新本页；也可以用 --db 指定另一个文件。',
      ],
      E_CORPUS_EMPTY: ['语料库还是空的', '先运行 xianjian crawl 或 xianjian import，然后刷新本页。'],
      E_CORPUS_NEWER: ['语料库由更新版本的 xianjian 写成', '请安装那个版本，或用 --db 指定另一个文件。文件未被改动。'],
      E_CORPUS_OLDER: [
        '语料库由较旧版本写成，尚未升级',
        '先运行一条会写入的命令（如 xianjian crawl 或 xianjian import）把它升级，然后刷新本页。',
      ],
      E_CORPUS_LOCKED: ['语料库正被另一个程序占用', '采集正在写入。稍等片刻再刷新；已写入的内容不会丢失。'],
      E_CORPUS_FOREIGN: ['这个文件是别的程序的数据库', '请用 --db 指定语料库文件。文件未被改动。'],
      E_CORPUS_NOT_DATABASE: [
        '这个文件不是数据库',
        '请用 --db 指定语料库文件；要把它收进语料库，请用 xianjian import。',
      ],
      E_CORPUS_FOLDER: ['语料库文件无法打开', '请检查文件与文件夹的权限，或用 --db 指定另一个文件。'],
      E_CORPUS_DAMAGED: ['语料库文件已损坏', '请从副本恢复，或用 sqlite3 的 .recover 抢救。'],
      E_PLACE: ['没有这个县区，或名称有重', '请写六位代码，或县区全称。'],
      E_INDICATOR: ['编码表里没有这个指标', '指标名录见“数据”页。'],
      E_PERIOD: ['看不懂这个时期', '写作 2024、2024-05 或 2022..2024。'],
      E_OPTION: ['条件的取值无法识别', '请从下面所列的取值中选。'],
      E_WORDS: ['没有给出要找的词', '写一个或几个词，用空格隔开。'],
    },
  },
  {
    brand: 'xianjian',
    tagline: 'What counties report on education, with every sentence',
    skip: 'Skip to content',
    menu: 'Main',
    nav: {
      overview: 'Overview',
      compare: 'Compare',
      search: 'Search',
      counties: 'Counties',
      review: 'Review',
      data: 'Data',
      status: 'Status',
    },
    searchLabel: 'Search sentences',
    searchHint: 'Search sentences',
    language: 'Language',
    otherLanguage: '中文',
    theme: 'Theme',
    themes: { auto: 'Auto', light: 'Light', dark: 'Dark' },
    footer: (corpus: string, codebook: string, version: string) =>
      `Corpus ${corpus} · codebook ${codebook} · xianjian ${version}`,
    keys: 'Keys',
    close: 'Close',
    loading: 'Loading…',
    openFull: 'Open as a page',
    failed: 'It could not be fetched; open it as a page.',
    error: {
      what: 'What happened',
      cure: 'What to do',
      detail: 'In the program’s words',
      back: 'Back to the overview',
      notFound: 'There is no such page',
      notFoundCure:
        'The address may have lost a few characters, or the record it names is no longer in the corpus. Start again from the overview or the search.',
      internal: 'The program failed',
      internalCure:
        'This is a fault of xianjian; please report it with the number below and what the terminal shows. The corpus was not changed.',
      number: 'Number',
      usage: 'This query cannot be answered',
      usageCure: 'Correct the condition named below, or drop it.',
      corpus: 'The corpus cannot be opened',
      dropFilter: (name: string) => `Drop the condition: ${name}`,
    },
    faults: {
      E_CORPUS_MISSING: [
        'There is no corpus here yet',
        'Run `xianjian demo` (bundled sample, no network), `xianjian crawl` or `xianjian import`, then reload; or name another file with --db.',
      ],
      E_CORPUS_EMPTY: ['The corpus is still empty', 'Run `xianjian crawl` or `xianjian import`, then reload.'],
      E_CORPUS_NEWER: [
        'The corpus was written by a newer version of xianjian',
        'Install that version, or name another file with --db. The file was left as it is.',
      ],
      E_CORPUS_OLDER: [
        'The corpus was written by an older version and not upgraded yet',
        'Run a command that writes (`xianjian crawl` or `xianjian import`) to upgrade it, then reload.',
      ],
      E_CORPUS_LOCKED: [
        'Another program holds the corpus',
        'A crawl is writing. Wait a moment and reload; nothing that was written is lost.',
      ],
      E_CORPUS_FOREIGN: [
        'This file is the database of another program',
        'Name a corpus with --db. The file was left as it is.',
      ],
      E_CORPUS_NOT_DATABASE: [
        'This file is no database',
        'Name a corpus with --db; to bring the file into a corpus, use `xianjian import`.',
      ],
      E_CORPUS_FOLDER: [
        'The corpus file cannot be opened',
        'Check the rights on the file and its folder, or name another file with --db.',
      ],
      E_CORPUS_DAMAGED: [
        'The corpus file is damaged',
        'Restore it from a copy, or save what can be read with sqlite3 `.recover`.',
      ],
      E_PLACE: ['No such county, or several of that name', 'Write the six-digit code or the full name.'],
      E_INDICATOR: ['The codebook has no such indicator', 'The list of indicators is on the data page.'],
      E_PERIOD: ['The period cannot be read', 'Write 2024, 2024-05 or 2022..2024.'],
      E_OPTION: ['A condition has an unknown value', 'Choose one of the values named below.'],
      E_WORDS: ['No word was given to look for', 'Write one or more words, parted by spaces.'],
    },
  },
);

export type Words = (typeof words)[Language];
