// Files that are there whole or not at all: written under another name in the same folder, and renamed when they are complete.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError, XianjianError } from '../model/errors.js';

/** A file on its way to its name. */
export interface NewFile {
  /** The name under which it is being written. */
  readonly path: string;
  write(data: string | Uint8Array): void;
}

/** What was written. */
export interface WrittenFile {
  path: string;
  bytes: number;
  /** Hex SHA-256, of what went through `write`. */
  sha256: string;
}

/**
 * Writes a file under its final name only once `work` is done; whatever fails leaves an older file of that name as it was.
 * @throws UsageError where the folder is missing or may not be written; XianjianError where the disk is full or fails
 */
export async function writeFileWhole<T>(
  target: string,
  work: (file: NewFile) => Promise<T>,
): Promise<WrittenFile & { result: T }> {
  const path = resolve(target);
  checkTarget(path);
  const partial = join(dirname(path), `.${basename(path).slice(0, 40)}.${process.pid}.partial`);
  const hash = createHash('sha256');
  let descriptor: number | null = null;
  try {
    descriptor = openSync(partial, 'w');
    const opened = descriptor;
    // One buffer for all texts: a new one for each would pile up before it is collected.
    let room = Buffer.allocUnsafe(1 << 20);
    const bytesOf = (text: string): Uint8Array => {
      if (text.length * 3 > room.length) room = Buffer.allocUnsafe(text.length * 3);
      return room.subarray(0, room.write(text, 'utf8'));
    };
    const write = (data: string | Uint8Array) => {
      const bytes = typeof data === 'string' ? bytesOf(data) : data;
      hash.update(bytes);
      for (let done = 0; done < bytes.length; ) done += writeSync(opened, bytes, done);
    };
    const result = await work({ path: partial, write });
    fsyncSync(descriptor);
    closeSync(descriptor);
    descriptor = null;
    const { size } = statSync(partial);
    renameSync(partial, path);
    return { path, bytes: size, sha256: hash.digest('hex'), result };
  } catch (error) {
    if (descriptor !== null) closeSync(descriptor);
    rmSync(partial, { force: true });
    throw meaning(error, path);
  }
}

function checkTarget(path: string): void {
  if (isFolder(path))
    throw new UsageError(
      'E_EXPORT_FILE',
      { en: `${path} is a folder`, zh: `${path} 是文件夹` },
      { en: 'Name a file in it, such as counties.xlsx.', zh: '请写其中的文件名，如 counties.xlsx。' },
    );
  if (!isFolder(dirname(path)))
    throw new UsageError(
      'E_EXPORT_FILE',
      { en: `there is no folder ${dirname(path)}`, zh: `没有文件夹 ${dirname(path)}` },
      { en: 'Make it first, or name another.', zh: '请先建立它，或换一个。' },
    );
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** What an error of the file system means. Other errors stay as they are. */
function meaning(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const options = { cause: error };
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new XianjianError(
      'E_EXPORT_FULL',
      { en: `the disk is full: ${path} was not written`, zh: `磁盘已满，没有写成 ${path}` },
      {
        en: 'Free some space or name another folder, and try again; no half file was left.',
        zh: '请腾出空间或换一个文件夹再试；没有留下半截文件。',
      },
      options,
    );
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENAMETOOLONG' || code === 'EIO')
    return new XianjianError(
      'E_EXPORT_FILE',
      {
        en: `${path} cannot be written: ${(error as Error).message}`,
        zh: `无法写入 ${path}：${(error as Error).message}`,
      },
      {
        en: 'Give yourself the right to write the folder, or name another file.',
        zh: '请取得该文件夹的写入权限，或换一个文件。',
      },
      options,
    );
  return error;
}
