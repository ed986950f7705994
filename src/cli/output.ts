// Where a command writes: data to stdout, everything else to stderr. Passed in, so that tests read what a user would see.
import type { Language } from '../compare/wording.js';

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

/** The language of messages: XIANJIAN_LANG, else the locale; Chinese for zh, English for all others. */
export function languageOf(environment: NodeJS.ProcessEnv): Language {
  const chosen = environment.XIANJIAN_LANG || environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return /^zh/i.test(chosen) ? 'zh' : 'en';
}

/** The output of this process. */
export function processOutput(environment: NodeJS.ProcessEnv = process.env): Output {
  const { stdout, stderr } = process;
  const lively = Boolean(stderr.isTTY) && environment.TERM !== 'dumb' && !environment.CI;
  let open = false;
  const clear = () => {
    if (open) stderr.write('\r\x1b[K');
    open = false;
  };
  return {
    data(text) {
      clear();
      stdout.write(text);
    },
    say(text) {
      clear();
      stderr.write(`${text}\n`);
    },
    progress(text) {
      if (!lively) return;
      stderr.write(`\r\x1b[K${text}`);
      open = true;
    },
    width: stdout.isTTY ? stdout.columns : null,
    colour: Boolean(stdout.isTTY) && !environment.NO_COLOR && environment.TERM !== 'dumb',
    language: languageOf(environment),
  };
}

/** Text from the net on its way to a terminal: control and bidirectional characters can move the cursor or hide words. */
export function harmless(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
