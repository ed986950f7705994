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
      { en: `${file} is locked by another program`, zh: `${file} 正被另一个程序占用` },
      { en: 'Wait until it is done, or end it, and try again.', zh: '请等它做完，或结束它，再试一次。' },
      options,
    );
  if (code === 'SQLITE_NOTADB') return notADatabase(file, error);
  if (code.startsWith('SQLITE_CORRUPT'))
    return new CorpusError(
      'E_CORPUS_DAMAGED',
      { en: `${said}: the file is damaged`, zh: `${said}：文件已损坏` },
      {
        en: 'Restore it from a copy, or save what can be read with `sqlite3 FILE .recover`.',
        zh: '请从副本恢复，或用 sqlite3 FILE .recover 抢救。',
      },
      options,
    );
  if (code === 'SQLITE_FULL')
    return new CorpusError(
      'E_CORPUS_FULL',
      { en: `${said}: the disk is full`, zh: `${said}：磁盘已满` },
      { en: 'Free some space and try again; nothing was lost.', zh: '请腾出空间再试；没有丢失任何内容。' },
      options,
    );
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) return notWritable(file, error);
  if (code.startsWith('SQLITE_IOERR'))
    return new CorpusError(
      'E_CORPUS_DISK',
      { en: `${said}: the disk failed`, zh: `${said}：磁盘出错` },
      { en: 'Check the disk and the rights on the file.', zh: '请检查磁盘和文件权限。' },
      options,
    );
  return error;
}

export const emptyFile = (file: string) =>
  new CorpusError(
    'E_CORPUS_EMPTY',
    { en: `${file} holds no corpus yet`, zh: `${file} 里还没有语料库` },
    {
      en: 'Name another file with --db, or fill this one with `xianjian crawl` or `xianjian import`.',
      zh: '请用 --db 指定另一个文件，或用 xianjian crawl、xianjian import 充实它。',
    },
  );

export const notADatabase = (file: string, cause?: unknown) =>
  new CorpusError(
    'E_CORPUS_NOT_DATABASE',
    { en: `${file} is no SQLite database`, zh: `${file} 不是 SQLite 数据库` },
    {
      en: 'Name another file with --db; to bring this one into a corpus, use `xianjian import`.',
      zh: '请用 --db 指定另一个文件；要把它收进语料库，请用 xianjian import。',
    },
    { cause },
  );

/** Also for reading SQLite writes files beside the database, which tell writers what is being read. */
export const notWritable = (path: string, cause: unknown) =>
  new CorpusError(
    'E_CORPUS_FOLDER',
    {
      en: `${path} cannot be opened or written: ${(cause as Error).message}`,
      zh: `无法打开或写入 ${path}：${(cause as Error).message}`,
    },
    {
      en: 'Give yourself the right to write it and its folder (for reading too), copy it to a folder of your own, or name another file with --db.',
      zh: '请取得该文件及其文件夹的写入权限（只读也需要），把它复制到自己的文件夹，或用 --db 指定另一个文件。',
    },
    { cause },
  );
