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
  port: '8420',
  host: '127.0.0.1',
};

/** Settings that a new study makes; the others stand as comments. */
const made: readonly SettingName[] = ['db', 'sources'];

/** Path below the study's folder to text. */
export function studyFiles(language: Language): ReadonlyMap<string, string> {
  return new Map([
    [settingsFile, settings(language)],
    ['xianjian.schema.json', `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`],
    ['sources/_example.yaml', source],
    ['codebooks/mine.yaml', codebook],
    ['.gitignore', ['*.sqlite', '*.sqlite-shm', '*.sqlite-wal', '*.log', ''].join('\n')],
  ]);
}

function settings(language: Language): string {
  const lines = settingNames.flatMap((name) => [
    '',
    `# ${aboutSetting(name)[language]}`,
    `${made.includes(name) ? '' : '# '}${name}: ${samples[name]}`,
  ]);
  return [
    '# yaml-language-server: $schema=./xianjian.schema.json',
    '# Settings of this study. A flag of a command goes before a variable (XIANJIAN_DB …), a variable before this file.',
    '# Paths are meant from the folder of this file.',
    ...lines,
    '',
  ].join('\n');
}

const source = `# A source: one site to crawl. Files whose names begin with _ are not crawled: copy this one, or let
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
# Ends of one run; the next run goes on from there.
budget: { pages: 2000, megabytes: 500, minutes: 120 }
# Seconds between two requests; a longer pause that robots.txt or the host asks for is kept anyway.
# delay: 3
# When \`xianjian schedule\` crawls it: a cron line, here Mondays at half past two.
schedule: "30 2 * * 1"
# The time zone of that line, where it is not that of the study.
# timezone: Asia/Shanghai
`;

const codebook = `# A codebook: what is asked of the texts. \`xianjian codebook --codebook codebooks/mine.yaml --check\` names every fault with its line.
# It is taken where xianjian.yaml says \`codebook: codebooks/mine.yaml\`, or with --codebook.
id: mine
zh: 我的指标
en: my indicators

indicators:
  - id: schools_built
    zh: 新建学校
    en: schools newly built
    definition: 新建成的学校数,不含改建和扩建。
    dimension: count
    unit: 所
    stages: [all, preschool, primary, junior]
    # Words that a figure's sentence must hold; a|b is either, a space means both.
    wordings:
      - 新建 学校|小学|初中|中学|幼儿园
    exclusions:
      - 改建|扩建
`;
