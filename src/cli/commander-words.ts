// What commander says by itself, in the user's language: the frame of its help, and its errors. Its English is the key, so a sentence
// that a new version of commander words otherwise stays English instead of getting lost; test/cli/commander-words.test.ts meets each.
import type { HelpConfiguration } from 'commander';
import { Help } from 'commander';
import stringWidth from 'string-width';
import { type Language, wordTable } from '../model/language.js';
import { broken } from './table.js';

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Options:': '选项：',
  'Arguments:': '参数：',
  'Commands:': '命令：',
};

/** Sentences of commander's errors; a pattern and what it is in Chinese. */
const sentences: readonly [pattern: RegExp, zh: string][] = [
  [/^error: unknown option '(.*)'$/m, '错误：没有选项 $1'],
  [/^error: unknown command '(.*)'$/m, '错误：没有命令 $1'],
  [/^error: missing required argument '(.*)'$/m, '错误：缺少参数 $1'],
  [/^error: option '(.*)' argument missing$/m, '错误：选项 $1 之后缺少取值'],
  [
    /^error: too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)(?:: .*)?\.$/m,
    '错误：参数过多：应为 $2 个，却写了 $3 个',
  ],
  [/^\(Did you mean one of (.*)\?\)$/m, '（是不是想写 $1 之一？）'],
  [/^\(Did you mean (.*)\?\)$/m, '（是不是想写 $1？）'],
];

/** What commander would say of a fault, in a language. */
export const faultIn = (language: Language, text: string): string =>
  language === 'en' ? text : sentences.reduce((said, [pattern, zh]) => said.replace(pattern, zh), text);

/** Words of the frame that are given to commander. */
export const frameWords = wordTable(
  {
    about: '县鉴：采集各县区公开发布的内容，读出每一个数并附上原句，各县并排对照。',
    examples: '示例：',
    help: '显示帮助',
    helpOf: '显示某个命令的帮助',
    version: '显示版本',
    commands: '输入 xianjian --help 查看全部命令。',
    options: (name: string) => `输入 xianjian ${name} --help 查看它的选项。`,
  },
  {
    about: '县鉴: crawls what counties publish, reads every figure with its sentence, and lays counties side by side.',
    examples: 'Examples:',
    help: 'display help for command',
    helpOf: 'display help for command',
    version: 'output the version number',
    commands: 'Type `xianjian --help` for the commands.',
    options: (name: string) => `Type \`xianjian ${name} --help\` for its options.`,
  },
);

const plain = Object.assign(new Help(), { displayWidth: stringWidth });

/** How help is laid out: in the width of the terminal, examples whole so that they can be copied, and titles in the language. */
export function helpIn(language: Language): HelpConfiguration {
  const wrap = language === 'zh' ? brokenText : (text: string, width: number) => plain.boxWrap(text, width);
  const common: HelpConfiguration = {
    displayWidth: stringWidth,
    boxWrap: (text, width) =>
      text
        .split('\n')
        .map((line) => (line.startsWith('  $ ') ? line : wrap(line, width)))
        .join('\n'),
  };
  if (language === 'en') return common;
  return {
    ...common,
    styleTitle: (title) => titles[title] ?? title,
    styleUsage: (usage) => usage.replace('[options]', '[选项]').replace('[command]', '[命令]'),
    subcommandTerm: (command) => plain.subcommandTerm(command).replace(' [options]', ' [选项]'),
    optionDescription: (option) => plain.optionDescription(option).replace(/ \(default: "?(.*?)"?\)$/, '（默认 $1）'),
  };
}

const brokenText = (text: string, width: number): string => broken(text, width).join('\n');
