// Where a command writes: data to stdout, everything else to stderr. Passed in, so that tests read what a user would see.

import { harmless, harmlessInColour } from '../model/harmless.js';
import type { Language, Said } from '../model/language.js';

export { harmless };

export interface Output {
  /** Data. Adds no line break of its own. */
  data(text: string): void;
  /** Words for the person at the terminal: one or more lines. */
  say(text: string): void;
  /** A line that the next one replaces, on a terminal; nothing elsewhere. */
  progress(text: string): void;
  /** Columns that a table may take, null without limit (pipe, file). */
  width: number | null;
  colour: boolean;
  language: Language;
}

/** The language of messages that a locale asks for: Chinese for zh, English for all others. */
export const languageNamed = (locale: string): Language => (/^zh/i.test(locale) ? 'zh' : 'en');

/** The language of messages: XIANJIAN_LANG, else the locale. */
const languageOf = ({ XIANJIAN_LANG, LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language =>
  languageNamed(XIANJIAN_LANG || LC_ALL || LC_MESSAGES || LANG || '');

/** Says words that are there in both languages. */
export const sayIn =
  (out: Output) =>
  (words: Said): void =>
    out.say(words[out.language]);

/** Where an output goes: two streams of this process, or of a test. */
export interface Streams {
  stdout: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;
  stderr: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;
}

/**
 * The output of this process. Whatever a command forgot to make harmless is so here: words always, data where a person reads them; a
 * program gets data as they are.
 */
export function processOutput(
  environment: NodeJS.ProcessEnv = process.env,
  { stdout, stderr }: Streams = process,
): Output {
  const lively = Boolean(stderr.isTTY) && environment.TERM !== 'dumb' && !environment.CI;
  let open = false;
  const clear = () => {
    if (open) stderr.write('\r\x1b[K');
    open = false;
  };
  return {
    data(text) {
      clear();
      stdout.write(stdout.isTTY ? harmlessInColour(text) : text);
    },
    say(text) {
      clear();
      stderr.write(`${harmlessInColour(text)}\n`);
    },
    progress(text) {
      if (!lively) return;
      stderr.write(`\r\x1b[K${harmless(text.replaceAll('\n', ' '))}`);
      open = true;
    },
    width: stdout.isTTY ? stdout.columns : null,
    colour: Boolean(stdout.isTTY) && !environment.NO_COLOR && environment.TERM !== 'dumb',
    language: languageOf(environment),
  };
}
