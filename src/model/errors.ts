// The family of errors. An error is named after what happens next, names what was met, and ends with the cure, in both languages
// that people read; programs read its code and its English. What a crawl or a reading expects to meet (404, a scan without text) is an
// outcome, no error.
import { alike, type Said } from './language.js';

/** Exit codes of the command line: 0 done, also when nothing was found. */
export const exitCodes = { failed: 1, usage: 2, partly: 3, interrupted: 130 } as const;

/** Anything that stops a command with a message for people. `cure` is a sentence that says what to do. */
export class XianjianError extends Error {
  readonly code: string;
  readonly cure: string;
  /** What was met and what to do, for people; `message` and `cure` are the English. */
  readonly said: { readonly message: Said; readonly cure: Said };
  readonly exitCode: number;

  constructor(code: string, message: Said, cure: Said, options: { exitCode?: number; cause?: unknown } = {}) {
    super(message.en, { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.cure = cure.en;
    this.said = { message, cure };
    this.exitCode = options.exitCode ?? exitCodes.failed;
  }
}

/** The command was called wrongly: nothing was done, exit code 2. */
export class UsageError extends XianjianError {
  constructor(code: string, message: Said, cure: Said, options: { cause?: unknown } = {}) {
    super(code, message, cure, { ...options, exitCode: exitCodes.usage });
  }
}

/** The corpus cannot be used: no database, locked, damaged, or from a newer version. */
export class CorpusError extends XianjianError {}

/** A file or page could not be read at all. */
export class ReadingError extends XianjianError {}

/** A source or codebook file is wrong; carries file and line. */
export class ConfigurationError extends XianjianError {
  constructor(code: string, message: Said, cure: Said, options: { cause?: unknown } = {}) {
    super(code, message, cure, { ...options, exitCode: exitCodes.usage });
  }
}

/** Why a file cannot be opened, in words for the usual cases and as the system's code for others. */
export function whyUnreadable(cause: unknown): Said {
  const { code, message } = cause as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return { en: 'there is no such file', zh: '没有这个文件' };
    case 'EISDIR':
      return { en: 'it is a folder', zh: '它是文件夹' };
    case 'EACCES':
      return { en: 'you may not read it (EACCES)', zh: '没有读取的权限（EACCES）' };
    default:
      return alike(code ?? message);
  }
}
