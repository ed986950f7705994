// What a command is: one object from which the command line, its help and the reference in the README are made.
import { UsageError } from '../model/errors.js';
import type { Said } from '../model/language.js';
import type { Output } from './output.js';
import type { Settings } from './settings.js';

export interface CommandOption {
  /** As commander reads it: `--place <code>`, `--json`, `--county <names...>`. */
  flags: string;
  about: Said;
  default?: string | number | boolean;
}

export interface Command {
  name: string;
  /** Positional arguments as commander reads them: `<file...>`, `[url]`. */
  arguments?: string;
  summary: Said;
  options: readonly CommandOption[];
  /** Whole command lines. */
  examples: readonly string[];
  /**
   * Runs it. Throws a XianjianError for whatever a person can cure.
   * @returns the exit code
   */
  run(call: CommandCall, out: Output): Promise<number>;
}

/** What the user typed, and how a command learns that it should stop. */
export interface CommandCall {
  arguments: string[];
  options: Record<string, unknown>;
  /** Of the study; what they say of this command's options stands in `options` already. */
  settings: Settings;
  /** Aborted by Ctrl-C: finish what is in hand. */
  signal: AbortSignal;
}

export const databaseOption: CommandOption = {
  flags: '--db <file>',
  about: { en: 'the corpus: a SQLite file', zh: '语料库：SQLite 文件' },
  default: 'corpus.sqlite',
};

export const codebookOption: CommandOption = {
  flags: '--codebook <name>',
  about: {
    en: 'what is asked of the texts: education, public-finance, or a YAML file of your own',
    zh: '编码表，即要从文中读什么：education、public-finance，或自己写的 YAML 文件',
  },
  default: 'education',
};

export const countyOption: CommandOption = {
  flags: '--county <names...>',
  about: {
    en: 'counties by code or name (371083, 乳山), parted by commas or spaces; without it all that were read',
    zh: '县区的代码或名称（371083、乳山），用逗号或空格分隔；不写就是已读的全部县区',
  },
};

/** Words of an option that takes several, parted by commas or given one by one; undefined where it was not given. */
export function listOf(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const words = [value].flat().flatMap((word) => String(word).split(/[,，、]/));
  return words.map((word) => word.trim()).filter((word) => word !== '');
}

export const placeOption: CommandOption = {
  flags: '--place <code>',
  about: { en: 'the county it speaks of: code or name', zh: '文件说的是哪个县区：代码或名称' },
};

export const addressPlaceOption: CommandOption = {
  flags: '--place <code>',
  about: { en: 'the county an address speaks for: code or name', zh: '该网址属于哪个县区：代码或名称' },
};

export const allowPrivateOption: CommandOption = {
  flags: '--allow-private',
  about: { en: 'allow private and loopback addresses (intranet, tests)', zh: '允许内网和本机地址（内部网、测试）' },
};

/** What to do about an address that was refused because it is private. */
export const privateHint: Said = {
  en: '  Private and loopback addresses are asked only with --allow-private.',
  zh: '  内网和本机地址要加 --allow-private 才访问。',
};

export const noDelayOption: CommandOption = {
  flags: '--no-delay',
  about: { en: 'no pause between requests; only for private addresses', zh: '请求之间不停顿；只能用于内网地址' },
};

/** The number behind --port. @throws UsageError where it is none */
export function portOf(value: unknown): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(
    'E_PORT',
    { en: `--port ${value} is no port`, zh: `--port ${value} 不是端口` },
    { en: 'Write a whole number from 0 to 65535.', zh: '请写 0 到 65535 的整数。' },
  );
}
