// The files of a new study, as `xianjian init` writes them: settings, a source and a codebook to begin with, and what git leaves out.
import type { Language } from '../model/language.js';
import { aboutSetting, type SettingName, settingNames, settingsFile, settingsJsonSchema } from './settings.js';

/** What each setting could be, for the lines that are written as comments. */
const samples: Record<SettingName, string> = {
  db: 'corpus.sqlite',
  codebook: 'codebooks/mine.yaml',
  sources: 'sources',
  contact: 'name@university.example',
  language: 'zh',
  timezone: 'Asia/Shanghai',
  jitter: '20',
  webhook: 'https://hooks.example.org/xianjian',
  port: '4170',
  host: '127.0.0.1',
};

/** Settings that a new study makes; the others stand as comments. */
const made: readonly SettingName[] = ['db', 'sources'];

/** Path below the study's folder to text. */
export function studyFiles(language: Language): ReadonlyMap<string, string> {
  return new Map([
    [settingsFile, settings(language)],
    ['xianjian.schema.json', `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`],
    ['sources/_example.yaml', source[language]],
    ['codebooks/mine.yaml', codebookIn(language)],
    ['.gitignore', ['*.sqlite', '*.sqlite-shm', '*.sqlite-wal', '*.log', '*.tgz', ''].join('\n')],
  ]);
}

const settingsHead: Record<Language, readonly string[]> = {
  en: [
    '# Settings of this study. A flag of a command goes before a variable (XIANJIAN_DB …), a variable before this file.',
    '# Paths are meant from the folder of this file.',
  ],
  zh: [
    '# 本研究的设置。命令行参数先于环境变量（XIANJIAN_DB……），环境变量先于本文件。',
    '# 相对路径从本文件所在的文件夹算起。',
  ],
};

function settings(language: Language): string {
  const lines = settingNames.flatMap((name) => [
    '',
    `# ${aboutSetting(name)[language]}`,
    `${made.includes(name) ? '' : '# '}${name}: ${samples[name]}`,
  ]);
  return ['# yaml-language-server: $schema=./xianjian.schema.json', ...settingsHead[language], ...lines, ''].join('\n');
}

/** A source file with all its keys; those of which a source has no need stand as comments. */
const source: Record<Language, string> = {
  en: `# A source: one site to crawl. Files whose names begin with _ are not crawled: copy this one, or let
#   xianjian sources add https://www.example.gov.cn/jyj/ --place 371083 -o sources/my-county.yaml
# look at the site and write it.
id: example
name: An example
# The county it speaks for (GB/T 2260, in quotes), or null where it speaks for many.
place: null
# Lists of news or notices, a home page, a sitemap or a feed.
start:
  - https://www.example.gov.cn/jyj/
# For a home page: words of which a link must hold one to be followed.
# topics: [教育, 学校, 教师]
# The kind of the list, where it is not recognised by itself; \`xianjian inspect\` and \`sources add\` name it.
# family: trs
# CSS selectors of the list, where no kind fits.
# selectors: { item: ul.news li, link: a, title: a, date: span, next: a.next }
# Whether a browser may draw a list that comes empty: auto, never or always.
# browser: auto
# Ends of one run, depth in links from a start page; the next run goes on from there.
budget: { pages: 2000, megabytes: 500, minutes: 120, depth: 6 }
# Seconds between two requests; a longer pause that robots.txt or the host asks for is kept anyway.
# delay: 3
# Hours within which a kept article is not asked for again. Without it every run asks whether it changed.
# revisit: 24
# For old servers: TLS 1.0 may be tried, certificates are not checked. Kept with every page.
# tls: { legacy: true, anyCertificate: true }
# Asks although robots.txt forbids it; the reason is kept with every page.
# ignoreRobots: The owner of the site agreed in writing on 2026-03-02.
# When \`xianjian schedule\` crawls it: a cron line (minute, hour, day, month, weekday), here Mondays at half past two.
schedule: "30 2 * * 1"
# The time zone of that line, where it is not that of the study.
# timezone: Asia/Shanghai
# For people: what of this file was checked on copies, and what only a crawl of the site can show.
# verified: { offline: [the kind of the list], live: [whether the host answers] }
`,
  zh: `# 站点文件：要采集的一个站点。文件名以 _ 开头的不采集：请复制本文件，或者用
#   xianjian sources add https://www.example.gov.cn/jyj/ --place 371083 -o sources/my-county.yaml
# 查看站点并写出一个。
id: example
name: 示例站点
# 站点属于哪个县区（GB/T 2260 代码，加引号）；涉及多个县区的写 null。
place: null
# 起始页：新闻或通知的列表、首页、sitemap 或 feed。
start:
  - https://www.example.gov.cn/jyj/
# 起始页是首页时，只跟进含有其中一个词的链接。
# topics: [教育, 学校, 教师]
# 列表种类，认不出时才写；xianjian inspect 和 sources add 会说出种类。
# family: trs
# 列表的 CSS 选择器，没有合适的种类时才写。
# selectors: { item: ul.news li, link: a, title: a, date: span, next: a.next }
# 列表取来是空的，是否用浏览器打开：auto、never 或 always。
# browser: auto
# 一次采集的限度，depth 是从起始页算起的链接层数；没采完的，下次接着采。
budget: { pages: 2000, megabytes: 500, minutes: 120, depth: 6 }
# 两次请求之间隔几秒；robots.txt 或主机要求更久的，照它的要求。
# delay: 3
# 已存的文章几小时内不再请求。不写则每次采集都问一问有没有改动。
# revisit: 24
# 用于旧服务器：可以用 TLS 1.0，不检查证书。每一页都会记下。
# tls: { legacy: true, anyCertificate: true }
# robots.txt 不允许也采集，须写明理由；每一页都会记下。
# ignoreRobots: 站点主管单位 2026-03-02 书面同意
# xianjian schedule 何时采集：cron 行（分、时、日、月、星期），这里是每周一 2:30。
schedule: "30 2 * * 1"
# 上一行的时区，与研究的设置不同时才写。
# timezone: Asia/Shanghai
# 给人看的：本文件哪些已在副本上核对过，哪些要实际采集才知道。
# verified: { offline: [列表种类], live: [主机是否有回应] }
`,
};

const codebookHead: Record<Language, string> = {
  en: `# A codebook: what is asked of the texts. \`xianjian codebook --codebook codebooks/mine.yaml --check\` names every fault with its line.
# It is taken where xianjian.yaml says \`codebook: codebooks/mine.yaml\`, or with --codebook.
`,
  zh: `# 编码表：要从文中读什么。xianjian codebook --codebook codebooks/mine.yaml --check 指出每处问题在哪一行。
# 在 xianjian.yaml 里写 codebook: codebooks/mine.yaml，或用 --codebook，就按它来读。
`,
};

const aboutWordings: Record<Language, string> = {
  en: "Words that a figure's sentence must hold; a|b is either, a space means both.",
  zh: '数所在的句子须含有的词；a|b 是任一个，空格是都要有。',
};

const codebookIn = (language: Language): string => `${codebookHead[language]}id: mine
zh: 我的指标
en: my indicators

indicators:
  - id: schools_built
    zh: 新建学校
    en: schools newly built
    definition: 新建成的学校数，不含改建和扩建。
    dimension: count
    unit: 所
    stages: [all, preschool, primary, junior]
    # ${aboutWordings[language]}
    wordings:
      - 新建 学校|小学|初中|中学|幼儿园
    exclusions:
      - 改建|扩建
`;
