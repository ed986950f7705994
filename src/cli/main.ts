#!/usr/bin/env node
// The command line's entry: arguments to a command, errors to a message with its cure, and the exit code.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command as CommanderCommand, CommanderError, Help } from 'commander';
import stringWidth from 'string-width';
import { exitCodes, XianjianError } from '../model/errors.js';
import { packageVersion } from '../model/package-root.js';
import type { Command } from './command.js';
import { commands } from './commands/index.js';
import { harmless, type Output, processOutput } from './output.js';
import { readSettings, type Settings, withSettings } from './settings.js';

/**
 * Runs one command line.
 * @param words the arguments behind the program's name
 * @param place where it is run: the folder decides which study's settings hold
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage, 3 partly done, 130 interrupted
 */
export async function main(
  words: readonly string[],
  out: Output,
  signal: AbortSignal,
  place: { folder: string; environment: NodeJS.ProcessEnv } = { folder: process.cwd(), environment: process.env },
): Promise<number> {
  let code = 0;
  const program = new CommanderCommand('xianjian')
    .description(
      '县鉴: crawls what counties publish, reads every figure with its sentence, and lays counties side by side.',
    )
    .version(packageVersion)
    .configureHelp({ boxWrap: wrapped, displayWidth: stringWidth })
    .showSuggestionAfterError()
    .showHelpAfterError('Type `xianjian --help` for the commands.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => out.data(text), writeErr: (text) => out.say(text.trimEnd()) });
  for (const command of commands) {
    add(program, command, async (positional, options, isTyped) => {
      const settings = readSettings(place.folder, place.environment);
      const known = command.options.map(({ flags }) => /--([a-z]+)/.exec(flags)?.[1] ?? '');
      const call = {
        arguments: positional,
        options: withSettings(options, isTyped, settings, known),
        settings,
        signal,
      };
      code = await command.run(call, inLanguage(out, settings, place.environment));
    });
  }
  if (words.length === 0) {
    out.say(program.helpInformation());
    return exitCodes.usage;
  }
  try {
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, out);
  }
}

function add(
  program: CommanderCommand,
  command: Command,
  run: (positional: string[], options: Record<string, unknown>, isTyped: (option: string) => boolean) => Promise<void>,
): void {
  const child = program
    .command(command.name)
    .summary(command.summary)
    .description(`${command.summary}\n\nExamples:\n${command.examples.map((example) => `  $ ${example}`).join('\n')}`)
    .showHelpAfterError(`Type \`xianjian ${command.name} --help\` for its options.`)
    .exitOverride();
  if (command.arguments) child.arguments(command.arguments);
  for (const { flags, about, default: value } of command.options) {
    if (value === undefined) child.option(flags, about);
    else child.option(flags, about, String(value));
  }
  child.action(async () => run(child.args, child.opts(), (option) => child.getOptionValueSource(option) === 'cli'));
}

/** Help in the width of the terminal; examples stay whole, so that they can be copied. */
function wrapped(text: string, width: number): string {
  const plain = Object.assign(new Help(), { displayWidth: stringWidth });
  return text
    .split('\n')
    .map((line) => (line.startsWith('  $ ') ? line : plain.boxWrap(line, width)))
    .join('\n');
}

/** The study's language, where the environment names none of its own. */
function inLanguage(out: Output, settings: Settings, environment: NodeJS.ProcessEnv): Output {
  const language = settings.language?.value;
  if (language === undefined || environment.XIANJIAN_LANG || language === out.language) return out;
  return { ...out, language };
}

/** Says what went wrong and what to do; gives the exit code. */
function explain(error: unknown, out: Output): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  if (error instanceof XianjianError) {
    out.say(harmless(`error: ${error.message} [${error.code}]\n${error.cure}`));
    return error.exitCode;
  }
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  out.say(
    harmless(
      `error: ${message} [E_INTERNAL]\nThis is a fault of xianjian; please report it with the lines below.\n${stack ?? ''}`,
    ),
  );
  return exitCodes.failed;
}

/** Ctrl-C once lets the command finish what it has in hand; twice ends at once. */
async function runProcess(): Promise<void> {
  const stop = new AbortController();
  const out = processOutput();
  process.on('SIGINT', () => {
    if (stop.signal.aborted) process.exit(exitCodes.interrupted);
    stop.abort();
    out.say('Finishing what is in hand; Ctrl-C again stops at once.');
  });
  process.on('SIGTERM', () => stop.abort());
  // A reader that closes its end early (head) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? 0 : exitCodes.failed),
  );
  process.exitCode = await main(process.argv.slice(2), out, stop.signal);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await runProcess();
