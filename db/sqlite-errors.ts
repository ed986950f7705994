// What SQLite's errors mean for people, and what can be said of a file that is no corpus.
import { CorpusError, XianjianError } from '../src/model/errors.js';

export const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^SQLITE_(?:BUSY|LOCKED)/.test(String(error.code));

/** What an error of SQLite means for the user. Other errors stay as they are. */
export function meaning(error: unknown, file: string): unknown {
  if (error instanceof XianjianError || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (!code.startsWith('SQLITE_')) return error;
  const said = `${file}: ${error.message}`;
  const options = { cause: error };
  if (isBusy(error))
    return new CorpusError(
      'E_CORPUS_LOCKED',
      `${file} is locked by another program`,
      'Wait until it is done, or end it, and try again.',
      options,
    );
  if (code === 'SQLITE_NOTADB') return notADatabase(file, error);
  if (code.startsWith('SQLITE_CORRUPT'))
    return new CorpusError(
      'E_CORPUS_DAMAGED',
      `${said}: the file is damaged`,
      'Restore it from a copy, or save what can be read with `sqlite3 FILE .recover`.',
      options,
    );
  if (code === 'SQLITE_FULL')
    return new CorpusError(
      'E_CORPUS_FULL',
      `${said}: the disk is full`,
      'Free some space and try again; nothing was lost.',
      options,
    );
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) return notWritable(file, error);
  if (code.startsWith('SQLITE_IOERR'))
    return new CorpusError(
      'E_CORPUS_DISK',
      `${said}: the disk failed`,
      'Check the disk and the rights on the file.',
      options,
    );
  return error;
}

export const emptyFile = (file: string) =>
  new CorpusError(
    'E_CORPUS_EMPTY',
    `${file} holds no corpus yet`,
    'Name another file with --db, or fill this one with `xianjian crawl` or `xianjian import`.',
  );

export const notADatabase = (file: string, cause?: unknown) =>
  new CorpusError(
    'E_CORPUS_NOT_DATABASE',
    `${file} is no SQLite database`,
    'Name another file with --db; to bring this one into a corpus, use `xianjian import`.',
    { cause },
  );

/** Also for reading SQLite writes files beside the database, which tell writers what is being read. */
export const notWritable = (path: string, cause: unknown) =>
  new CorpusError(
    'E_CORPUS_FOLDER',
    `${path} cannot be opened or written: ${(cause as Error).message}`,
    'Give yourself the right to write it and its folder (for reading too), copy it to a folder of your own, or name another file with --db.',
    { cause },
  );
