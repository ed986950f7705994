// xianjian completion: what a shell needs to complete commands and options, made from the commands themselves.
import { UsageError } from '../../model/errors.js';
import type { Command } from '../command.js';

interface Completed {
  name: string;
  summary: string;
  options: string[];
}

const longOption = (flags: string): string => /--[a-z-]+/.exec(flags)?.[0] ?? '';

/** Quotes for sh; summaries hold no control characters. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function bash(commands: readonly Completed[]): string {
  const cases = commands.map(({ name, options }) => `    ${name}) words=${quoted(options.join(' '))} ;;`);
  return `_xianjian() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${quoted(commands.map(({ name }) => name).join(' '))} -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _xianjian xianjian
`;
}

function zsh(commands: readonly Completed[]): string {
  const described = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`);
  const cases = commands.map(
    ({ name, options }) => `    ${name}) compadd -- ${options.map(quoted).join(' ')}; _files ;;`,
  );
  return `#compdef xianjian
_xianjian() {
  local -a commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case "$words[2]" in
${cases.join('\n')}
  esac
}
compdef _xianjian xianjian
`;
}

function fish(commands: readonly Completed[]): string {
  return commands
    .flatMap(({ name, summary, options }) => [
      `complete -c xianjian -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...options.map((option) => `complete -c xianjian -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`),
    ])
    .join('\n')
    .concat('\n');
}

const shells: Readonly<Record<string, (commands: readonly Completed[]) => string>> = { bash, zsh, fish };

/** @param all every command of the program, this one included */
export const completionCommand = (all: () => readonly Command[]): Command => ({
  name: 'completion',
  arguments: '<shell>',
  summary: {
    en: 'Write what bash, zsh or fish need to complete commands and options.',
    zh: '输出 bash、zsh 或 fish 补全命令和选项所需的脚本。',
  },
  options: [],
  examples: [
    'source <(xianjian completion bash)',
    'xianjian completion zsh > ~/.zfunc/_xianjian',
    'xianjian completion fish > ~/.config/fish/completions/xianjian.fish',
  ],
  async run({ arguments: [shell = ''] }, out) {
    const write = shells[shell];
    if (!write)
      throw new UsageError(
        'E_SHELL',
        { en: `there is no completion for "${shell}"`, zh: `没有 ${shell} 的补全脚本` },
        {
          en: `Name one of ${Object.keys(shells).join(', ')}.`,
          zh: `请写其中之一：${Object.keys(shells).join('、')}。`,
        },
      );
    out.data(
      write(
        all().map(({ name, summary, options }) => ({
          name,
          summary: summary[out.language],
          options: [...options.map(({ flags }) => longOption(flags)).filter(Boolean), '--help'],
        })),
      ),
    );
    return 0;
  },
});
