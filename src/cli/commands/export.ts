// xianjian export: what a corpus holds as files for other programs.
import { setFlagsFromString } from 'node:v8';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { type Codebook, loadCodebook } from '../../../extractors/index.js';
import { exportFormats, exportTable, tableOf, writeLines } from '../../export/index.js';
import { exportPackage } from '../../export/package.js';
import { chineseTables, type TableName, tableNames } from '../../export/table.js';
import { type Headers, headerKinds } from '../../export/xlsx.js';
import type { CompareQuery } from '../../model/cell.js';
import { UsageError } from '../../model/errors.js';
import { counted, type Language } from '../../model/language.js';
import { type Command, codebookOption, databaseOption } from '../command.js';
import type { Output } from '../output.js';
import { checkWords, normaliseOptions, queryOf, queryOptions } from '../query.js';
import { exportWarc } from './export-warc.js';

export const exportCommand: Command = {
  name: 'export',
  summary: {
    en: 'Write what the corpus holds to a file: every figure with its sentence and document, or one of four other tables.',
    zh: '把语料库导出成文件：每个数连同原句和文件，或另外四张表之一。',
  },
  options: [
    databaseOption,
    codebookOption,
    ...queryOptions,
    ...normaliseOptions,
    {
      flags: '-o, --output <file>',
      about: {
        en: `the file; its ending names the format: ${exportFormats.join(', ')}`,
        zh: `文件；由后缀定格式：${exportFormats.join(', ')}`,
      },
    },
    {
      flags: '--table <name>',
      about: { en: tableNames.join(', '), zh: `哪张表：${tableNames.join(', ')}` },
      default: 'figures',
    },
    {
      flags: '--package <folder>',
      about: {
        en: 'all tables as a Frictionless data package in a new folder',
        zh: '把全部表写成 Frictionless 数据包，放进新文件夹',
      },
    },
    {
      flags: '--warc <file>',
      about: {
        en: 'every page with its bytes, as a web archive (WARC 1.1; gzipped unless named .warc)',
        zh: '全部网页的原始字节，存成网页档案（WARC 1.1；名称不以 .warc 结尾则压缩）',
      },
    },
    {
      flags: '--every',
      about: { en: 'figures that fit no indicator or no county too', zh: '连同不合任何指标或不知属于哪个县的数' },
    },
    {
      flags: '--redact',
      about: {
        en: 'texts without telephone numbers and names of persons, as far as they are known for such',
        zh: '去掉文中的电话号码和人名（以能认出的为限）',
      },
    },
    {
      flags: '--headers <kind>',
      about: {
        en: 'zh, en or both; default zh in .xlsx, en in the others',
        zh: '表头：zh、en 或 both；.xlsx 默认 zh，其余默认 en',
      },
    },
    {
      flags: '--no-bom',
      about: {
        en: 'CSV without the byte order mark that Excel and WPS need',
        zh: 'CSV 不写字节序标记（Excel 和 WPS 需要它）',
      },
    },
    {
      flags: '--format <format>',
      about: { en: 'csv or jsonl on stdout, without a file', zh: '不写文件，以 csv 或 jsonl 输出到 stdout' },
    },
  ],
  examples: [
    'xianjian export -o counties.xlsx',
    'xianjian export -o 乳山.csv --county 乳山 --period 2023..2024',
    'xianjian export --package data --status actual',
    'xianjian export --table practices --format jsonl | head',
    'xianjian export --warc pages.warc.gz',
  ],
  async run({ options, signal }, out) {
    const query = queryOf(options);
    const asked = {
      table: wordOf('table', options.table, tableNames) ?? 'figures',
      every: options.every === true,
      redact: options.redact === true,
      signal,
    };
    const headers = wordOf('headers', options.headers, headerKinds);
    const format = wordOf('format', options.format, ['csv', 'jsonl'] as const);
    const targets = ['output', 'package', 'warc', 'format'].filter((name) => options[name] !== undefined);
    if (targets.length !== 1)
      throw new UsageError(
        'E_EXPORT',
        targets.length === 0
          ? { en: 'no file was named', zh: '没有写文件名' }
          : { en: `--${targets.join(' and --')} cannot be had at once`, zh: `--${targets.join(' 与 --')} 不能同时用` },
        {
          en: 'Write one of -o FILE.xlsx, --package FOLDER, --warc FILE.warc.gz or --format csv.',
          zh: '请写其中之一：-o 文件.xlsx、--package 文件夹、--warc 文件.warc.gz、--format csv。',
        },
      );
    if (asked.redact && options.warc !== undefined)
      throw new UsageError(
        'E_REDACT',
        {
          en: '--warc writes pages as they came, which cannot be redacted',
          zh: '--warc 原样写出网页，无法隐去其中内容',
        },
        { en: 'Leave --redact out, or write a table: -o FILE.csv.', zh: '请去掉 --redact，或改写成表：-o 文件.csv。' },
      );
    // Rows pass by the million and none is kept: V8 would let them pile up to twice the memory before it collects them.
    setFlagsFromString('--heap-growing-percent=30');
    const codebook = loadCodebook(String(options.codebook));
    const corpus = await openCorpus(String(options.db), { readOnly: true });
    try {
      if (options.warc !== undefined) return await exportWarc(corpus, String(options.warc), out);
      const question = { corpus, query, codebook };
      if (options.package !== undefined) return await writePackage(question, String(options.package), asked, out);
      const settings = { ...asked, ...(headers ? { headers } : {}), bom: options.bom !== false };
      if (format) return await writeStdout(question, format, { ...settings, bom: false }, out);
      return await writeFile(question, String(options.output), settings, out);
    } finally {
      await corpus.close();
    }
  },
};

interface Question {
  corpus: Corpus;
  query: CompareQuery;
  codebook: Codebook;
}

interface Settings {
  table: TableName;
  every: boolean;
  redact: boolean;
  headers?: Headers;
  bom?: boolean;
  signal: AbortSignal;
}

function wordOf<Word extends string>(option: string, value: unknown, known: readonly Word[]): Word | undefined {
  if (value === undefined) return undefined;
  checkWords(option, [String(value)], known);
  return value as Word;
}

async function writeFile({ corpus, query, codebook }: Question, path: string, settings: Settings, out: Output) {
  const { rows, files } = await exportTable(corpus, query, codebook, path, settings);
  if (rows === 0) return sayNothing({ corpus, query, codebook }, settings, out);
  out.say(`${files.map((file) => file.path).join('\n')}\n${summary(rows, settings.table, query, out.language)}`);
  return 0;
}

async function writeStdout(
  { corpus, query, codebook }: Question,
  format: 'csv' | 'jsonl',
  settings: Settings,
  out: Output,
) {
  const table = await tableOf(corpus, query, codebook, settings);
  if (!table) return sayNothing({ corpus, query, codebook }, settings, out);
  const rows = await writeLines(table, format, settings, (text) => out.data(text));
  out.say(summary(rows, settings.table, query, out.language));
  return 0;
}

async function writePackage({ corpus, query, codebook }: Question, folder: string, settings: Settings, out: Output) {
  const { path, rows } = await exportPackage(corpus, query, codebook, folder, settings);
  const counts = Object.entries(rows).map(([name, count]) => `${name} ${count}`);
  const filter = filterText(query);
  out.say(
    {
      en: `${path}\nrows: ${counts.join(', ')}; filter: ${filter || 'none'}`,
      zh: `${path}\n行数：${counts.join('，')}；条件：${filter || '无'}`,
    }[out.language],
  );
  return 0;
}

const summary = (rows: number, table: TableName, query: CompareQuery, language: Language): string =>
  ({
    en: `${counted(rows, 'row')} of ${table}${table === 'figures' ? ' (cells without a value, with their reason, are rows too)' : ''}; filter: ${filterText(query) || 'none'}`,
    zh: `${chineseTables[table]} ${rows} 行${table === 'figures' ? '（没有值的格也占一行，附原因）' : ''}；条件：${filterText(query) || '无'}`,
  })[language];

const filterText = (query: CompareQuery): string =>
  Object.entries(query)
    .map(([name, value]) => `${name}=${[value].flat().join(',')}`)
    .join(' ');

/** Why no row fits, and which filter to drop. */
async function sayNothing({ corpus, query, codebook }: Question, settings: Settings, out: Output): Promise<number> {
  const helpful: string[] = [];
  for (const filter of Object.keys(query) as (keyof CompareQuery)[]) {
    const { [filter]: _dropped, ...wider } = query;
    if (await tableOf(corpus, wider, codebook, settings)) helpful.push(filter);
  }
  const none = {
    en: `The corpus holds no ${settings.table} yet; no file was written. Next: xianjian crawl URL --place CODE`,
    zh: `语料库里还没有${chineseTables[settings.table]}，没有写文件。下一步：xianjian crawl 网址 --place 代码`,
  };
  const unfit = {
    en: `No row of ${settings.table} fits ${filterText(query)}; no file was written. ${
      helpful.length > 0 ? `Without ${helpful.join(', or without ')} there are some.` : 'No single filter is to blame.'
    }`,
    zh: `${chineseTables[settings.table]}没有一行符合 ${filterText(query)}，没有写文件。${
      helpful.length > 0 ? `去掉 ${helpful.join(' 或 ')} 就有。` : '只去掉其中一个条件也没有。'
    }`,
  };
  out.say((Object.keys(query).length === 0 ? none : unfit)[out.language]);
  return 0;
}
