#!/usr/bin/env node
// The command line's entry: arguments to a command, errors to a message with its cure, and the exit code.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command as CommanderCommand, CommanderError } from 'commander';
import { exitCodes, XianjianError } from '../model/errors.js';
import type { Language } from '../model/language.js';
import { packageVersion } from '../model/package-root.js';
import type { Command } from './command.js';
import { faultIn, frameWords, helpIn } from './commander-words.js';
import { commands } from './commands/index.js';
import { harmless, type Output, processOutput } from './output.js';
import { readSettings, withSettings } from './settings.js';

/**
 * Runs one command line.
 * @param line the arguments behind the program's name
 * @param place where it is run: the folder decides which study's settings hold
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage, 3 partly done, 130 interrupted
 */
export async function main(
  line: readonly string[],
  out: Output,
  signal: AbortSignal,
  place: { folder: string; environment: NodeJS.ProcessEnv } = { folder: process.cwd(), environment: process.env },
): Promise<number> {
  let code = 0;
  const told = inLanguage(out, place);
  const { language } = told;
  const words = frameWords[language];
  const program = new CommanderCommand('xianjian')
    .description(words.about)
    .version(packageVersion, '-V, --version', words.version)
    .helpOption('-h, --help', words.help)
    .helpCommand(language === 'zh' ? 'help [命令]' : 'help [command]', words.helpOf)
    .configureHelp(helpIn(language))
    .showSuggestionAfterError()
    .showHelpAfterError(words.commands)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => out.data(text),
      writeErr: (text) => out.say(text.trimEnd()),
      outputError: (text, write) => write(faultIn(language, text)),
    });
  for (const command of commands) {
    add(program, command, language, async (positional, options, isTyped) => {
      const settings = readSettings(place.folder, place.environment);
      const known = command.options.map(({ flags }) => /--([a-z]+)/.exec(flags)?.[1] ?? '');
      const call = {
        arguments: positional,
        options: withSettings(options, isTyped, settings, known),
        settings,
        signal,
      };
      code = await command.run(call, told);
    });
  }
  if (line.length === 0) {
    out.say(program.helpInformation());
    return exitCodes.usage;
  }
  try {
    await program.parseAsync([...line], { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, told);
  }
}

function add(
  program: CommanderCommand,
  command: Command,
  language: Language,
  run: (positional: string[], options: Record<string, unknown>, isTyped: (option: string) => boolean) => Promise<void>,
): void {
  const words = frameWords[language];
  const examples = command.examples.map((example) => `  $ ${example}`);
  const child = program
    .command(command.name)
    .summary(command.summary[language])
    .description([command.summary[language], '', words.examples, ...examples].join('\n'))
    .helpOption('-h, --help', words.help)
    .showHelpAfterError(words.options(command.name))
    .exitOverride();
  if (command.arguments) child.arguments(command.arguments);
  for (const { flags, about, default: value } of command.options) {
    if (value === undefined) child.option(flags, about[language]);
    else child.option(flags, about[language], String(value));
  }
  child.action(async () => run(child.args, child.opts(), (option) => child.getOptionValueSource(option) === 'cli'));
}

/** The language that the settings name, else that of the locale. Settings that cannot be read say so when a command runs. */
function inLanguage(out: Output, { folder, environment }: { folder: string; environment: NodeJS.ProcessEnv }): Output {
  let language: Language | undefined;
  try {
    language = readSettings(folder, environment).language?.value;
  } catch {
    return out;
  }
  return language === undefined || language === out.language ? out : { ...out, language };
}

/** Says what went wrong and what to do; gives the exit code. */
function explain(error: unknown, out: Output): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  const { language } = out;
  const fault = { en: 'error: ', zh: '错误：' }[language];
  if (error instanceof XianjianError) {
    const { message, cure } = error.said;
    out.say(harmless(`${fault}${message[language]} [${error.code}]\n${cure[language]}`));
    return error.exitCode;
  }
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  const report = {
    en: 'This is a fault of xianjian; please report it with the lines below.',
    zh: '这是 xianjian 自身的缺陷，请把下面几行一并报告。',
  }[language];
  out.say(harmless(`${fault}${message} [E_INTERNAL]\n${report}\n${stack ?? ''}`));
  return exitCodes.failed;
}

/** Ctrl-C once lets the command finish what it has in hand; twice ends at once. */
async function runProcess(): Promise<void> {
  const stop = new AbortController();
  const out = processOutput();
  process.on('SIGINT', () => {
    if (stop.signal.aborted) process.exit(exitCodes.interrupted);
    stop.abort();
    out.say(
      {
        en: 'Finishing what is in hand; Ctrl-C again stops at once.',
        zh: '正在做完手头的事；再按一次 Ctrl-C 立即停止。',
      }[out.language],
    );
  });
  process.on('SIGTERM', () => stop.abort());
  // A reader that closes its end early (head) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? 0 : exitCodes.failed),
  );
  process.exitCode = await main(process.argv.slice(2), out, stop.signal);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await runProcess();
