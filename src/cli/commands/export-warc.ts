// xianjian export --warc: every page with its bytes as a web archive, which other tools can replay and import reads back.
import type { Corpus } from '../../../db/corpus.js';
import { type ArchiveCounts, writeArchive } from '../../archive/index.js';
import { writeFileWhole } from '../../export/file.js';
import { packageVersion } from '../../model/package-root.js';
import { crawlWords } from '../crawl-words.js';
import type { Output } from '../output.js';

/**
 * Writes all pages of a corpus to a WARC file, a gzip member a record unless its name ends in `.warc`. The file takes its name when
 * it is whole.
 * @returns the exit code
 * @throws UsageError where the folder is missing or may not be written; XianjianError where the disk is full or fails
 */
export async function exportWarc(corpus: Corpus, file: string, out: Output): Promise<number> {
  const counts: ArchiveCounts = { responses: 0, revisits: 0, resources: 0 };
  const records = writeArchive(corpus.exchanges(), {
    gzip: !/\.warc$/i.test(file),
    software: `xianjian/${packageVersion}`,
    madeAt: new Date().toISOString(),
    counts,
  });
  await writeFileWhole(file, async ({ write }) => {
    for await (const bytes of records) {
      write(bytes);
      out.progress(crawlWords[out.language].pages(counts.responses + counts.revisits + counts.resources));
    }
  });
  out.say(
    {
      en: `${file}: ${counts.responses} answers, ${counts.revisits} that repeat an earlier one, ${counts.resources} files brought in by hand`,
      zh: `${file}：网页回应 ${counts.responses} 个，与先前相同的 ${counts.revisits} 个，手工导入的文件 ${counts.resources} 个`,
    }[out.language],
  );
  return 0;
}
