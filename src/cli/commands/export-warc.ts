// xianjian export --warc: every page with its bytes as a web archive, which other tools can replay and import reads back.
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Corpus } from '../../../db/corpus.js';
import { type ArchiveCounts, writeArchive } from '../../archive/index.js';
import { UsageError } from '../../model/errors.js';
import { packageVersion } from '../../model/package-root.js';
import type { Output } from '../output.js';

/**
 * Writes all pages of a corpus to a WARC file, a gzip member a record unless its name ends in `.warc`. The file takes its name when
 * it is whole.
 * @returns the exit code
 * @throws UsageError where the file cannot be written
 */
export async function exportWarc(corpus: Corpus, file: string, out: Output): Promise<number> {
  const unfinished = `${file}.part`;
  const counts: ArchiveCounts = { responses: 0, revisits: 0, resources: 0 };
  const records = writeArchive(corpus.exchanges(), {
    gzip: !/\.warc$/i.test(file),
    software: `xianjian/${packageVersion}`,
    madeAt: new Date().toISOString(),
    counts,
  });
  let handle: FileHandle | null = null;
  try {
    handle = await open(unfinished, 'w');
    for await (const bytes of records) {
      await handle.writeFile(bytes);
      out.progress(`${counts.responses + counts.revisits + counts.resources} pages`);
    }
    await handle.close();
    await rename(unfinished, file);
  } catch (cause) {
    await handle?.close().catch(() => {});
    if (handle) await rm(unfinished, { force: true });
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new UsageError(
      'E_EXPORT',
      { en: `${resolve(file)} cannot be written: ${cause.message}`, zh: `无法写入 ${resolve(file)}：${cause.message}` },
      {
        en: 'Name a file in a folder that is there, with room on its disk.',
        zh: '请写一个已有文件夹中的文件，磁盘要有空间。',
      },
      { cause },
    );
  }
  out.say(
    `${file}: ${counts.responses} answers, ${counts.revisits} that repeat an earlier one, ${counts.resources} files brought in by hand`,
  );
  return 0;
}
