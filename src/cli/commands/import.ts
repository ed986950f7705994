// xianjian import: brings files into the corpus, with the same result as if their pages had been crawled.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { type CompiledCodebook, compileCodebook, loadCodebook } from '../../../extractors/index.js';
import { resolveCounty } from '../../corpus.js';
import { withoutCredentials } from '../../model/address.js';
import { exitCodes, UsageError } from '../../model/errors.js';
import { addReading, importFile, noReadings, type ReadingReport, readSnapshot, readUnread } from '../../pipeline.js';
import { type Command, type CommandCall, codebookOption, databaseOption } from '../command.js';
import { sayReading } from '../crawl-report.js';
import { crawlWords, noteLine } from '../crawl-words.js';
import { importArchive, isArchive } from '../import-archive.js';
import { type Output, sayIn } from '../output.js';

export const importCommand: Command = {
  name: 'import',
  arguments: '<path...>',
  summary: {
    en: 'Bring files (txt, html, mht, docx, doc, rtf, pdf, ofd, xls, xlsx, zip, warc) or folders of them into the corpus.',
    zh: '把文件（txt、html、mht、docx、doc、rtf、pdf、ofd、xls、xlsx、zip、warc）或整个文件夹导入语料库。',
  },
  options: [
    databaseOption,
    codebookOption,
    {
      flags: '--place <codes...>',
      about: {
        en: 'the county they speak of: one for all, or one for each file in order',
        zh: '文件说的是哪个县区：只写一个，或按文件顺序逐个写',
      },
    },
    {
      flags: '--date <date>',
      about: {
        en: 'the date of the text where it states none (2024-05-21)',
        zh: '文中没有日期时采用的日期（2024-05-21）',
      },
    },
    { flags: '--url <url>', about: { en: 'the address one file came from', zh: '文件原来的网址（只导入一个文件时）' } },
  ],
  examples: [
    'xianjian import notice.docx --place 371083',
    'xianjian import a.txt b.txt --place 371083 370881',
    'xianjian import saved-pages/ --place 阳谷',
    'xianjian import crawl-2024.warc.gz --place 371083',
  ],
  async run(call, out) {
    const files = filesOf(call.arguments);
    const places = placesOf(call, files.length);
    const { url, date } = checkedOptions(call, files.length);
    const codebook = compileCodebook(loadCodebook(String(call.options.codebook)));
    const corpus = await openCorpus(String(call.options.db), { create: true, say: sayIn(out) });
    try {
      return await importAll(
        files.map((path, index) => ({ path, place: places[index]!, url, date })),
        corpus,
        codebook,
        {
          call,
          out,
        },
      );
    } finally {
      await corpus.close();
    }
  },
};

interface FileAsked {
  path: string;
  place: string | null;
  url: string | null;
  date: string | null;
}

/** All files under the paths; folders are walked in the order of names. */
function filesOf(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    let isFolder: boolean;
    try {
      isFolder = statSync(path).isDirectory();
    } catch (cause) {
      throw new UsageError(
        'E_NO_FILE',
        { en: `there is no file ${resolve(path)}`, zh: `没有文件 ${resolve(path)}` },
        { en: 'Check the path; nothing was imported.', zh: '请核对路径；什么也没有导入。' },
        {
          cause,
        },
      );
    }
    if (!isFolder) return [path];
    const inside = readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    if (inside.length > 0) return inside;
    throw new UsageError(
      'E_EMPTY_FOLDER',
      { en: `the folder ${resolve(path)} holds no files`, zh: `文件夹 ${resolve(path)} 里没有文件` },
      { en: 'Nothing was imported.', zh: '什么也没有导入，请换一个文件夹。' },
    );
  });
}

function placesOf({ options }: CommandCall, files: number): (string | null)[] {
  const named = [options.place ?? []].flat().flatMap((words) => String(words).split(/[,，]/).filter(Boolean));
  const codes = named.map(resolveCounty);
  if (codes.length <= 1) return Array.from({ length: files }, () => codes[0] ?? null);
  if (codes.length === files) return codes;
  throw new UsageError(
    'E_PLACES',
    {
      en: `${codes.length} places were named for ${files} files`,
      zh: `文件有 ${files} 个，却写了 ${codes.length} 个县区`,
    },
    {
      en: 'Name one place for all files, or one for each file in their order.',
      zh: '请只写一个县区，或按文件顺序逐个写。',
    },
  );
}

function checkedOptions({ options }: CommandCall, files: number): { url: string | null; date: string | null } {
  const url = options.url === undefined ? null : String(options.url);
  if (url !== null && files !== 1)
    throw new UsageError(
      'E_URL',
      { en: `--url names one page, but there are ${files} files`, zh: `--url 只能指一个网页，而文件有 ${files} 个` },
      { en: 'Import them one by one.', zh: '请逐个导入。' },
    );
  if (url !== null && !URL.canParse(url))
    throw new UsageError(
      'E_URL',
      { en: `"${url}" is no address`, zh: `“${url}”不是网址` },
      { en: 'Write a whole address: https://…', zh: '请写完整的网址：https://…' },
    );
  const date = options.date === undefined ? null : String(options.date);
  if (date !== null && !/^\d{4}(-\d\d){0,2}$/.test(date))
    throw new UsageError(
      'E_DATE',
      { en: `"${date}" is no date`, zh: `“${date}”不是日期` },
      { en: 'Write 2024, 2024-05 or 2024-05-21.', zh: '请写 2024、2024-05 或 2024-05-21。' },
    );
  return { url: url && withoutCredentials(url), date };
}

async function importAll(
  files: readonly FileAsked[],
  corpus: Corpus,
  codebook: CompiledCodebook,
  { call, out }: { call: CommandCall; out: Output },
): Promise<number> {
  const totals = noReadings();
  const readOne = async (id: number) => {
    const report = call.signal.aborted ? null : await readSnapshot(corpus, id, codebook);
    if (report) addReading(totals, report);
  };
  let failed = 0;
  let damaged = 0;
  // Files, and pages of archives.
  let parts = 0;
  for (const file of files) {
    if (call.signal.aborted) break;
    try {
      if (await isArchive(file.path)) {
        if (file.url !== null)
          throw new UsageError(
            'E_URL',
            {
              en: '--url names one page, and a web archive names its own',
              zh: '--url 只能指一个网页，而网页档案自带各页的网址',
            },
            { en: 'Leave --url out.', zh: '请去掉 --url。' },
          );
        const archive = await importArchive(corpus, file.path, file, { out, signal: call.signal });
        damaged += archive.damaged;
        parts += archive.added + archive.known + archive.damaged;
        continue;
      }
      const bytes = readFileSync(file.path);
      parts += 1;
      const imported = await importFile(
        corpus,
        { url: file.url ?? resolve(file.path), bytes, place: file.place, date: file.date },
        codebook,
      );
      sayFile(file.path, imported, out);
      if (imported.report) addReading(totals, imported.report);
    } catch (error) {
      if (!isFileError(error)) throw error;
      failed += 1;
      out.say(`${basename(file.path)}: ${crawlWords[out.language].unreadable(error.message)}`);
    }
  }
  // What archives held, and what an import that was stopped had kept and not read.
  await readUnread(corpus, readOne);
  sayReading(totals, out);
  out.say(
    `${crawlWords[out.language].next}xianjian compare${call.options.db === databaseOption.default ? '' : ` --db ${call.options.db}`}`,
  );
  const lost = failed + damaged + totals.unread.length;
  if (lost === 0) return 0;
  return lost >= parts + failed ? exitCodes.failed : exitCodes.partly;
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error;

function sayFile(path: string, { added, report }: { added: boolean; report: ReadingReport | null }, out: Output): void {
  const name = basename(path);
  const words = crawlWords[out.language];
  if (!added) {
    out.say(`${name}: ${words.known}`);
    return;
  }
  for (const document of report?.documents ?? []) {
    const { id, title, place, repeats, figures, practices } = document;
    const what = repeats === null ? words.holds(figures, practices) : words.repeats(repeats);
    out.say(`${name}: ${words.imported(id, title, place, what)}`);
    for (const note of document.notes) out.say(`  ${noteLine(note, out.language)}`);
  }
}
