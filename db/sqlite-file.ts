// A SQLite corpus as a file: copied while others write, checked, and made small again.
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CorpusError, UsageError } from '../src/model/errors.js';
import type { Said } from '../src/model/language.js';
import { meaning } from './sqlite-errors.js';

/** A copy of a corpus. */
export interface Backup {
  file: string;
  bytes: number;
}

/**
 * Copies a corpus by SQLite's online backup, also while a crawl writes (https://sqlite.org/backup.html), and checks the copy. The copy
 * has its name only when it is whole.
 * @throws UsageError where a file of that name is there; CorpusError where the corpus or the disk fails.
 */
export async function backupSqlite(address: string, to: string): Promise<Backup> {
  const file = resolve(to);
  if (existsSync(file))
    throw new UsageError(
      'E_EXISTS',
      { en: `${file} is there already`, zh: `${file} 已经存在` },
      { en: 'Name a new file; nothing was written.', zh: '请写一个新文件；什么也没有写入。' },
    );
  let handle: Sqlite.Database | undefined;
  try {
    handle = new Sqlite(resolve(address), { readonly: true, fileMustExist: true });
    return await copyOf(handle, file);
  } catch (error) {
    throw meaning(error, file);
  } finally {
    handle?.close();
  }
}

/** Copies a file beside itself before its tables are changed, and says where the copy lies. */
export async function keepCopy(
  handle: Sqlite.Database,
  file: string,
  say: (words: Said) => void = ({ en }) => process.stderr.write(`${en}\n`),
): Promise<void> {
  const time = new Date().toISOString().replace(/[:.]/g, '').slice(0, 17);
  const ending = /(?:\.\w+)?$/.exec(file)![0];
  const copy = `${file.slice(0, file.length - ending.length)}.before-upgrade-${time}Z${ending}`;
  if (existsSync(copy)) return;
  const { bytes } = await copyOf(handle, copy);
  const size = megabytes(bytes);
  say({
    en: `${file} is brought up to date for this version of xianjian. As it was, it is kept in ${copy} (${size}); delete that when all is well.`,
    zh: `${file} 正升级到本版本的县鉴。原样的副本在 ${copy}（${size}），确认无误后可以删除。`,
  });
}

/** Without rest after the first pages: a copy that pauses begins again whenever another program writes. */
const allAtOnce = 0x7fffffff;

async function copyOf(handle: Sqlite.Database, file: string): Promise<Backup> {
  const part = `${file}.${process.pid}.part`;
  try {
    await handle.backup(part, { progress: () => allAtOnce });
    check(part);
    renameSync(part, file);
    return { file, bytes: statSync(file).size };
  } finally {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(part + ending, { force: true });
  }
}

function check(file: string): void {
  const copy = new Sqlite(file);
  try {
    // Out of WAL for a moment, so that the copy is one file.
    copy.pragma('journal_mode = delete');
    const found = copy.pragma('quick_check(5)', { simple: true });
    if (found !== 'ok')
      throw new CorpusError(
        'E_CORPUS_DAMAGED',
        { en: `the copy is not sound: ${String(found)}`, zh: `副本不完好：${String(found)}` },
        {
          en: 'The corpus is damaged; `xianjian doctor` says more. Take an older copy.',
          zh: '语料库已损坏，详情见 xianjian doctor。请用较早的副本。',
        },
      );
  } finally {
    copy.close();
  }
}

/** Bytes of a corpus before and after. */
export interface Vacuumed {
  before: number;
  after: number;
}

/**
 * Gives the space of what was deleted back to the disk and renews the statistics by which questions are planned.
 * @throws CorpusError where another program uses the file, or the disk has no room for a second copy of it.
 */
export function vacuumSqlite(address: string): Vacuumed {
  const file = resolve(address);
  const size = (): number =>
    ['', '-wal'].reduce((sum, ending) => sum + (statSync(file + ending, { throwIfNoEntry: false })?.size ?? 0), 0);
  const before = size();
  let handle: Sqlite.Database | undefined;
  try {
    handle = new Sqlite(file, { fileMustExist: true, timeout: 5000 });
    handle.exec('vacuum');
    handle.exec('analyze');
    handle.pragma('wal_checkpoint(truncate)');
  } catch (error) {
    throw meaning(error, file);
  } finally {
    handle?.close();
  }
  return { before, after: size() };
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
