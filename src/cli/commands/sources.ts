// xianjian sources: the sites that can be crawled by name, whether they still answer as their files say, and a file for a new site.
import { existsSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import {
  type Inspection,
  inspect,
  loadSource,
  type Source,
  sourceFromUrl,
  sourceYaml,
} from '../../../crawlers/index.js';
import { countyOf, resolveCounty } from '../../corpus.js';
import { exitCodes, UsageError, XianjianError } from '../../model/errors.js';
import type { Language, Said } from '../../model/language.js';
import { allowPrivateOption, type Command, type CommandCall, listOf, placeOption } from '../command.js';
import { outcomeWord, reasonSaid } from '../crawl-words.js';
import { harmless, type Output } from '../output.js';
import { contactOf } from '../settings.js';
import { knownSources, sourceFile } from '../source-names.js';

const actions: Record<string, (targets: string[], call: CommandCall, out: Output) => Promise<number>> = {
  list,
  check,
  add,
};

export const sourcesCommand: Command = {
  name: 'sources',
  arguments: '<action> [target...]',
  summary: {
    en: 'Sites as source files: list them, check that they still answer as their files say, add one from an address.',
    zh: '管理站点文件：列出、检查站点是否还照文件所写回应、由网址新建。',
  },
  options: [
    placeOption,
    {
      flags: '-o, --output <file>',
      about: {
        en: 'add: the file to write; without it the name is made from the address',
        zh: 'add：要写的文件；不写则由网址取名',
      },
    },
    {
      flags: '--topics <words...>',
      about: {
        en: 'add: for a home page, words that the links to follow must hold one of',
        zh: 'add：网址是首页时，只跟进含有其中一个词的链接',
      },
    },
    allowPrivateOption,
  ],
  examples: [
    'xianjian sources list',
    'xianjian sources check my-county.yaml',
    'xianjian sources add https://www.example.gov.cn/jyj/xwdt/ --place 371083 -o my-county.yaml',
  ],
  async run(call, out) {
    const [name = '', ...targets] = call.arguments;
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action) return action(targets, call, out);
    throw new UsageError(
      'E_ACTION',
      { en: `sources cannot "${name}"`, zh: `sources 没有“${name}”这个动作` },
      {
        en: `Write one of ${Object.keys(actions).join(', ')}.`,
        zh: `请写其中之一：${Object.keys(actions).join('、')}。`,
      },
    );
  },
};

const filesOf = (targets: readonly string[], { settings }: CommandCall): string[] =>
  targets.length > 0 ? targets.map((target) => sourceFile(target, settings)) : knownSources(settings);

/** Columns of an id: a file has the name of its source. */
const widthFor = (files: readonly string[]): number =>
  Math.max(12, ...files.map((file) => basename(file, '.yaml').length));

async function list(targets: string[], call: CommandCall, out: Output): Promise<number> {
  const files = filesOf(targets, call);
  for (const file of files) {
    const { id, name, place, start } = loadSource(file);
    const county =
      place === null ? { en: 'any place', zh: '不限县区' }[out.language] : `${place} ${countyOf(place).name}`;
    out.data(`${harmless([id.padEnd(widthFor(files)), county, name, start.join(' ')].join('  '))}\n`);
  }
  return 0;
}

/** One line a source. What is wrong with one does not keep the others from being looked at. */
async function check(targets: string[], call: CommandCall, out: Output): Promise<number> {
  const files = filesOf(targets, call);
  let failed = 0;
  let looked = 0;
  for (const file of files) {
    if (call.signal.aborted) break;
    looked += 1;
    out.progress(`${looked}/${files.length}: ${basename(file)}`);
    const { line, sound } = await checked(file, widthFor(files), call, out.language);
    out.data(`${harmless(line.replace(/[\r\n]+/g, ' '))}\n`);
    failed += sound ? 0 : 1;
  }
  if (looked < files.length) {
    out.say(
      {
        en: `Stopped; ${files.length - looked} sources were not looked at.`,
        zh: `已停下；还有 ${files.length - looked} 个站点没有检查。`,
      }[out.language],
    );
    return exitCodes.interrupted;
  }
  if (failed === 0) return 0;
  return failed === files.length ? exitCodes.failed : exitCodes.partly;
}

async function checked(
  file: string,
  width: number,
  call: CommandCall,
  language: Language,
): Promise<{ line: string; sound: boolean }> {
  try {
    const source = loadSource(file);
    const words: string[] = [];
    let sound = true;
    for (const url of source.start) {
      const seen = await look(url, call, source);
      const problem = problemOf(seen, source);
      if (problem !== null) sound = false;
      words.push(problem === null ? found(seen, language) : `${found(seen, language)}: ${problem[language]}`);
    }
    return {
      line: `${source.id.padEnd(width)}  ${sound ? soundWords[language].ok : soundWords[language].failed}  ${words.join('; ')}`,
      sound,
    };
  } catch (error) {
    if (!(error instanceof XianjianError)) throw error;
    return {
      line: `${basename(file).padEnd(width)}  ${soundWords[language].failed}  ${error.said.message[language]}${{ en: '. ', zh: '。' }[language]}${error.said.cure[language]}`,
      sound: false,
    };
  }
}

/** Of one width, so that lines stand below each other. */
const soundWords: Record<Language, { ok: string; failed: string }> = {
  en: { ok: 'ok    ', failed: 'FAILED' },
  zh: { ok: '正常  ', failed: '有问题' },
};

const look = (url: string, { options, settings, signal }: CommandCall, source: Source): Promise<Inspection> =>
  inspect(url, { allowPrivate: options.allowPrivate === true, signal, source, ...contactOf(settings) });

/** Family, items and outcome in words. */
function found({ page, family, items, total, robots }: Inspection, language: Language): string {
  const outcome = page
    ? `${outcomeWord(page.outcome, language)} ${page.status}`
    : `${{ en: 'not asked', zh: '未请求' }[language]}, robots.txt ${robots.state}`;
  const rows = {
    en: `${items.length}${total === null ? '' : ` of ${total}`} items`,
    zh: `${items.length} 条${total === null ? '' : `，共 ${total} 条`}`,
  };
  return {
    en: `${outcome}, family ${family ?? 'none'}, ${rows.en}`,
    zh: `${outcome}，列表种类 ${family ?? '无'}，${rows.zh}`,
  }[language];
}

/** Why a crawl of the source would bring nothing, or other than its file says; null where it would do. */
function problemOf({ page, family, items, notes }: Inspection, source: Source): Said | null {
  if (page?.outcome !== 'ok')
    return notes.length > 0 ? reasonSaid(notes.join('; ')) : { en: 'no answer', zh: '没有回应' };
  if (source.family !== undefined && family !== source.family)
    return { en: `its file says family ${source.family}`, zh: `文件写的列表种类是 ${source.family}` };
  // From a home page the topics lead on.
  return items.length === 0 && !source.topics ? { en: 'no list was found', zh: '没有找到列表' } : null;
}

/** Words of the field, for a home page of which the user told none. */
const usualTopics = ['教育', '学校', '学位', '教师', '中小学', '幼儿园'];
/** The family of a page with links and nothing more: what every crawl tries last. */
const plainFamily = 'links';

async function add([url, ...more]: string[], call: CommandCall, out: Output): Promise<number> {
  if (url === undefined || more.length > 0)
    throw new UsageError(
      'E_URL',
      { en: 'add takes one address', zh: 'add 只接受一个网址' },
      { en: 'Write one: https://…', zh: '请写一个：https://…' },
    );
  const place = call.options.place === undefined ? null : resolveCounty(String(call.options.place));
  const made = sourceFromUrl(url, { place });
  const file = String(call.options.output ?? `${made.id}.yaml`);
  if (existsSync(file))
    throw new UsageError(
      'E_EXISTS',
      { en: `${resolve(file)} is there already`, zh: `${resolve(file)} 已经存在` },
      { en: 'Name another file with -o, or move this one.', zh: '请用 -o 另写文件名，或移走原有的文件。' },
    );
  const seen = await look(made.start[0]!, call, made);
  if (seen.page?.outcome !== 'ok') {
    out.say(
      harmless(
        `${url} ${{ en: 'gave no page', zh: '没有取得网页' }[out.language]}: ${found(seen, out.language)}: ${problemOf(seen, made)?.[out.language]}`,
      ),
    );
    out.say(
      {
        en: `Nothing was written. Type \`xianjian inspect ${harmless(url)}\` to see more.`,
        zh: `什么也没有写入。详情见 xianjian inspect ${harmless(url)}`,
      }[out.language],
    );
    return exitCodes.failed;
  }
  const source = sourceOf(made, seen, listOf(call.options.topics));
  write(file, sourceYaml(source, headOf(source, seen, out.language)));
  out.say(harmless(`${file}: ${found(seen, out.language)}`));
  if (source.topics)
    out.say(
      {
        en: `  followed from here: links that hold ${source.topics.join(', ')} (topics)`,
        zh: `  由此跟进含有这些词的链接：${source.topics.join('、')}（topics）`,
      }[out.language],
    );
  if (place === null)
    out.say(
      {
        en: '  It names no county; add one with --place, or in the file.',
        zh: '  没有写县区；请用 --place 补上，或写在文件里。',
      }[out.language],
    );
  out.say(
    {
      en: `Next: xianjian crawl --source ${file}${call.options.allowPrivate === true ? ' --allow-private' : ''}`,
      zh: `下一步：xianjian crawl --source ${file}${call.options.allowPrivate === true ? ' --allow-private' : ''}`,
    }[out.language],
  );
  return 0;
}

/** What stands at the head of a written source file: what was met, and how it comes to be crawled again and again. */
function headOf({ name }: Source, seen: Inspection, language: Language): string[] {
  const day = new Date().toISOString().slice(0, 10);
  return {
    en: [
      `${name}, looked at on ${day}: ${found(seen, language)}.`,
      'All keys: sources/_example.yaml of a new study (`xianjian init`). The line of `xianjian schedule`, here Mondays at half past two:',
      'schedule: "30 2 * * 1"',
    ],
    zh: [
      `${name}，${day} 查看：${found(seen, language)}。`,
      '全部键见新研究（xianjian init）的 sources/_example.yaml。xianjian schedule 按下面这样的行采集，这里是每周一 2:30：',
      'schedule: "30 2 * * 1"',
    ],
  }[language];
}

function sourceOf(made: Source, { family, items, robots }: Inspection, topics: string[] | undefined): Source {
  const isList = items.length > 0;
  const words = topics ?? (isList ? undefined : usualTopics);
  return {
    ...made,
    ...(isList && family !== null && family !== plainFamily ? { family } : {}),
    ...(words ? { topics: words } : {}),
    ...(robots.crawlDelay === null ? {} : { delay: robots.crawlDelay }),
  };
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (cause) {
    throw new UsageError(
      'E_FILE',
      {
        en: `${resolve(file)} cannot be written: ${(cause as Error).message}`,
        zh: `无法写入 ${resolve(file)}：${(cause as Error).message}`,
      },
      { en: 'Name another file.', zh: '请另写文件名。' },
      {
        cause,
      },
    );
  }
}
