// Runs a command line in this process and gives what its user would see.

import { main } from '../../src/cli/main.js';
import type { Language } from '../../src/model/language.js';

export interface Seen {
  code: number;
  stdout: string;
  stderr: string;
}

/** @param settings width of the terminal (null: no terminal), language, and where it is run; without, outside any study */
export async function xianjian(
  words: readonly string[],
  settings: {
    width?: number | null;
    language?: Language;
    signal?: AbortSignal;
    folder?: string;
    environment?: NodeJS.ProcessEnv;
  } = {},
): Promise<Seen> {
  let stdout = '';
  let stderr = '';
  const code = await main(
    words,
    {
      data: (text) => {
        stdout += text;
      },
      say: (text) => {
        stderr += `${text}\n`;
      },
      progress: () => {},
      width: settings.width ?? null,
      colour: false,
      language: settings.language ?? 'en',
    },
    settings.signal ?? new AbortController().signal,
    { folder: settings.folder ?? process.cwd(), environment: settings.environment ?? {} },
  );
  return { code, stdout, stderr };
}
