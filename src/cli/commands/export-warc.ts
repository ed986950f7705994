// xianjian export --warc: every page with its bytes as a web archive, which other tools can replay and import reads back.
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Corpus } from '../../../db/corpus.js';
import { type ArchiveCounts, writeArchive } from '../../archive/index.js';
import { UsageError } from '../../model/errors.js';
import { packageVersion } from '../../model/package-root.js';
import { crawlWords } from '../crawl-words.js';
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
      out.progress(crawlWords[out.language].pages(counts.responses + counts.revisits + counts.resources));
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
    {
      en: `${file}: ${counts.responses} answers, ${counts.revisits} that repeat an earlier one, ${counts.resources} files brought in by hand`,
      zh: `${file}：网页回应 ${counts.responses} 个，与先前相同的 ${counts.revisits} 个，手工导入的文件 ${counts.resources} 个`,
    }[out.language],
  );
  return 0;
}
