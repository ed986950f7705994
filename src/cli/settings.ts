// Settings of a study: the file xianjian.yaml of its folder and the XIANJIAN_* variables. A flag goes before a variable, a variable
// before the file, the file before what a command does by itself.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { isTimeZone } from '../../crawlers/index.js';
import { nearestWord } from '../../extractors/index.js';
import { ConfigurationError, whyUnreadable } from '../model/errors.js';
import { atPlace, demand, wordsOf } from '../model/input-faults.js';
import type { Said } from '../model/language.js';
import { parseYaml } from '../model/yaml.js';
import { languageNamed } from './output.js';

const text = z.string().trim().min(1);

/** What each setting means. */
const aboutSettings = {
  db: {
    en: 'The corpus: a SQLite file, or a postgres:// address without its password (XIANJIAN_DB may hold one).',
    zh: '语料库：SQLite 文件，或不含密码的 postgres:// 地址（XIANJIAN_DB 可以含密码）。',
  },
  codebook: {
    en: 'What is asked of the texts: education, public-finance, or a YAML file.',
    zh: '编码表：education、public-finance，或 YAML 文件。',
  },
  sources: {
    en: 'The folder of source files that `crawl` and `schedule` take when none is named.',
    zh: '站点文件夹：crawl 和 schedule 没写站点时用它。',
  },
  contact: {
    en: 'Whom the owner of a crawled site can write to; sent with every request.',
    zh: '联系方式：供被采集站点的管理者联系，随每次请求发出。',
  },
  language: { en: 'The language of messages.', zh: '提示用的语言。' },
  timezone: {
    en: 'The time zone of the cron lines of sources. Default Asia/Shanghai.',
    zh: '站点文件中 cron 行的时区，默认 Asia/Shanghai。',
  },
  jitter: {
    en: 'Minutes by which a due crawl may begin later, so that not all begin at once. Default 0.',
    zh: '到点的采集最多推迟几分钟开始，以免同时开始，默认 0。',
  },
  webhook: {
    en: 'Where `schedule` and `worker` post a JSON message about a crawl that did not end complete.',
    zh: '采集未完成时，schedule 和 worker 把 JSON 消息发到这个地址。',
  },
  port: { en: 'The port of `serve`. Default 4170.', zh: 'serve 的端口，默认 4170。' },
  host: { en: 'The address that `serve` listens on. Default 127.0.0.1.', zh: 'serve 监听的地址，默认 127.0.0.1。' },
} as const satisfies Record<string, Said>;

const schema = z.strictObject({
  db: text.optional().describe(aboutSettings.db.en),
  codebook: text.optional().describe(aboutSettings.codebook.en),
  sources: text.optional().describe(aboutSettings.sources.en),
  contact: text
    .regex(
      /^(?:https?:\/\/\S+|[^\s@]+@[^\s@]+)$/,
      demand({ en: 'must be an e-mail address or the address of a page', zh: '须是电子邮箱或网页地址' }),
    )
    .optional()
    .describe(aboutSettings.contact.en),
  language: z.enum(['zh', 'en']).optional().describe(aboutSettings.language.en),
  timezone: text
    .refine(
      isTimeZone,
      demand({ en: 'is no time zone: write one like Asia/Shanghai', zh: '不是时区，写法如 Asia/Shanghai' }),
    )
    .optional()
    .describe(aboutSettings.timezone.en),
  jitter: z.number().min(0).max(720).optional().describe(aboutSettings.jitter.en),
  webhook: text
    .regex(/^https?:\/\/\S+$/, demand({ en: 'must be an http or https address', zh: '须是 http 或 https 网址' }))
    .optional()
    .describe(aboutSettings.webhook.en),
  port: z.int().min(0).max(65535).optional().describe(aboutSettings.port.en),
  host: text.optional().describe(aboutSettings.host.en),
});

type Values = z.infer<typeof schema>;
export type SettingName = keyof Values;

/** Where a setting was made: the name of a variable, or file and line. */
export interface Setting<Name extends SettingName = SettingName> {
  value: NonNullable<Values[Name]>;
  origin: string;
}

/** The settings that were made, each with its origin. */
export type Settings = { readonly [Name in SettingName]?: Setting<Name> };

/** Name of the file of a study. */
export const settingsFile = 'xianjian.yaml';
/** What of the settings goes out with every request to a site. */
export const contactOf = ({ contact }: Settings): { contact?: string } => (contact ? { contact: contact.value } : {});
/** Names of all settings, in the order of their documentation. */
export const settingNames = Object.keys(schema.shape) as SettingName[];
/** What a setting means. */
export const aboutSetting = (name: SettingName): Said => aboutSettings[name];
/** The variable of a setting. That of the language takes what a locale is called, too: zh_CN.UTF-8. */
export const variableOf = (name: SettingName): string =>
  name === 'language' ? 'XIANJIAN_LANG' : `XIANJIAN_${name.toUpperCase()}`;
/** The file's JSON schema (draft 2020-12), for editors. */
export const settingsJsonSchema = (): object => z.toJSONSchema(schema);

/** Variables that are read elsewhere: the browser, the token of `serve`, and which file of settings to read. */
const otherVariables = ['XIANJIAN_CONFIG', 'XIANJIAN_CHROMIUM', 'XIANJIAN_TOKEN'];

/**
 * Reads the settings that hold in a folder: of the nearest xianjian.yaml in it or above, or of the file named by XIANJIAN_CONFIG.
 * @throws ConfigurationError with file and line, or the variable, for a key that is unknown and for a value that cannot be.
 */
export function readSettings(folder: string, environment: NodeJS.ProcessEnv): Settings {
  const named = environment.XIANJIAN_CONFIG;
  const file = named ? resolve(folder, named) : fileAbove(folder);
  return { ...(file === null ? {} : fromFile(file)), ...fromEnvironment(environment, folder) };
}

function fileAbove(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, settingsFile);
    if (existsSync(file)) return file;
    if (dirname(at) === at) return null;
  }
}

function fromFile(file: string): Settings {
  const yaml = parseYaml(readIt(file));
  if ('faults' in yaml) {
    const { line, message } = yaml.faults[0];
    throw new ConfigurationError('E_SETTINGS', atPlace(`${file}:${line}`, message), {
      en: 'Mend the YAML at this line.',
      zh: '请改正这一行的 YAML。',
    });
  }
  const { document, lines } = yaml;
  const written: unknown = yaml.value ?? {};
  const lineOf = (name: string): number => {
    const node = document.get(name, true) as { range?: [number, number, number] } | undefined;
    return node?.range ? lines.linePos(node.range[0]).line : 1;
  };
  const result = schema.safeParse(written, { reportInput: true });
  if (!result.success) throw faultOf(result.error.issues[0]!, (name) => `${file}:${lineOf(name)}`);
  return Object.fromEntries(
    Object.entries(result.data).map(([name, value]) => [
      name,
      { value: fromFolder(name, value, dirname(file)), origin: `${file}:${lineOf(name)}` },
    ]),
  );
}

function readIt(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const met = whyUnreadable(cause);
    throw new ConfigurationError(
      'E_SETTINGS',
      { en: `${file} cannot be read: ${met.en}`, zh: `无法读取 ${file}：${met.zh}` },
      {
        en: 'Name a file that is there (XIANJIAN_CONFIG), or type `xianjian init`.',
        zh: '请写一个存在的文件（XIANJIAN_CONFIG），或运行 xianjian init。',
      },
      { cause },
    );
  }
}

function fromEnvironment(environment: NodeJS.ProcessEnv, folder: string): Settings {
  const made: Record<string, Setting> = {};
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith('XIANJIAN_') || otherVariables.includes(variable) || !value) continue;
    const name =
      settingNames.find((each) => variableOf(each) === variable) ?? variable.slice('XIANJIAN_'.length).toLowerCase();
    const result = schema.safeParse({ [name]: typed(name, value) }, { reportInput: true });
    if (!result.success) throw faultOf(result.error.issues[0]!, () => variable, variableOf as (name: string) => string);
    const given = result.data[name as SettingName]!;
    made[name] = { value: fromFolder(name, given, folder), origin: variable };
  }
  return made as Settings;
}

/** The words of a variable as the schema wants them. */
function typed(name: string, value: string): string | number {
  if (name === 'language') return languageNamed(value);
  return (name === 'port' || name === 'jitter') && value.trim() !== '' ? Number(value) : value;
}

/** Paths are meant from the folder where they were written. */
function fromFolder<Value>(name: string, value: Value, folder: string): Value {
  const isPath =
    (name === 'db' && !String(value).includes('://')) ||
    name === 'sources' ||
    (name === 'codebook' && /\.ya?ml$/.test(String(value)));
  return isPath && !isAbsolute(String(value)) ? (join(folder, String(value)) as Value) : value;
}

type Issue = z.core.$ZodIssue;

function faultOf(issue: Issue, at: (name: string) => string, spelled = (name: string) => name): ConfigurationError {
  if (issue.code === 'unrecognized_keys') {
    const name = issue.keys[0]!;
    const nearest = nearestWord(name, settingNames);
    return new ConfigurationError(
      'E_SETTING',
      { en: `${at(name)}: there is no setting ${spelled(name)}`, zh: `${at(name)}：没有设置 ${spelled(name)}` },
      nearest
        ? { en: `Did you mean ${spelled(nearest)}?`, zh: `是不是想写 ${spelled(nearest)}？` }
        : {
            en: `Settings are ${settingNames.map(spelled).join(', ')}.`,
            zh: `全部设置：${settingNames.map(spelled).join('、')}。`,
          },
    );
  }
  const name = String(issue.path[0] ?? '');
  const about = settingNames.includes(name as SettingName) ? aboutSetting(name as SettingName) : null;
  const words = wordsOf(issue);
  return new ConfigurationError(
    'E_SETTING',
    {
      en: `${at(name)}: ${name || 'the file'}: ${words.en}`,
      zh: `${at(name)}：${name || '整个文件'}：${words.zh}`,
    },
    about ?? { en: 'Write one setting a line: name: value.', zh: '请每行写一项设置：名称: 值' },
  );
}

/** What a command's options are where the settings say so and the user typed no flag. */
export function withSettings(
  options: Record<string, unknown>,
  isTyped: (option: string) => boolean,
  settings: Settings,
  known: readonly string[],
): Record<string, unknown> {
  const made = { ...options };
  for (const name of ['db', 'codebook', 'port', 'host'] as const) {
    const setting = settings[name];
    if (setting && known.includes(name) && !isTyped(name)) made[name] = String(setting.value);
  }
  return made;
}
