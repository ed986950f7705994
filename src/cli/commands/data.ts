// xianjian data: what the tables of a corpus hold, column by column, for questions in SQL.
import { tables, views } from '../../../db/schema.js';
import { sentenceIn } from '../../../db/schema-zh.js';
import { nearestWord } from '../../../extractors/index.js';
import { UsageError } from '../../model/errors.js';
import type { Command } from '../command.js';
import { writeCsv, writeTable } from '../table.js';

const catalogue: Readonly<Record<string, { about: string; columns: Readonly<Record<string, string>> }>> = {
  ...views,
  ...tables,
};

interface Described {
  table: string;
  column?: string;
  about: string;
}

export const dataCommand: Command = {
  name: 'data',
  arguments: '[tables...]',
  summary: {
    en: 'Say what the views and tables of a corpus hold; with names, what each of their columns does.',
    zh: '说明语料库各视图和表存什么；写出名称则逐列说明。',
  },
  options: [
    { flags: '--json', about: { en: 'an array of objects', zh: '对象数组' } },
    { flags: '--csv', about: { en: 'CSV', zh: 'CSV 格式' } },
  ],
  examples: ['xianjian data', 'xianjian data v_figures v_practices'],
  async run({ arguments: names, options }, out) {
    const { language } = out;
    const known = Object.keys(catalogue);
    for (const name of names) if (!Object.hasOwn(catalogue, name)) throw unknownTable(name, known);
    const described: Described[] =
      names.length > 0
        ? names.flatMap((table) =>
            Object.entries(catalogue[table]!.columns).map(([column, about]) => ({ table, column, about })),
          )
        : known.map((table) => ({ table, about: catalogue[table]!.about }));
    if (options.json || options.csv) {
      const rows = described.map((each) => ({ ...each, about_zh: sentenceIn(each.about, 'zh') }));
      if (options.json) out.data(`${JSON.stringify(rows, null, 2)}\n`);
      else
        out.data(
          writeCsv(
            Object.keys(rows[0]!),
            rows.map((row) => Object.values(row)),
          ),
        );
    } else {
      const heads = { en: ['table', 'column', 'about'], zh: ['表', '字段', '含义'] }[language];
      // The sentence is as long as it is: a terminal breaks it sooner than a table of several panels could be read.
      out.data(
        writeTable(
          names.length > 0 ? heads : heads.filter((_, index) => index !== 1),
          described.map(({ table, column, about }) => [
            table,
            ...(column ? [column] : []),
            sentenceIn(about, language),
          ]),
          null,
        ),
      );
    }
    return 0;
  },
};

function unknownTable(name: string, known: readonly string[]): UsageError {
  const near = nearestWord(name, known);
  return new UsageError(
    'E_TABLE',
    { en: `there is no table ${name}`, zh: `没有名为 ${name} 的表` },
    near === null
      ? { en: 'xianjian data lists all.', zh: 'xianjian data 列出全部。' }
      : { en: `Did you mean ${near}? xianjian data lists all.`, zh: `是否想写 ${near}？xianjian data 列出全部。` },
  );
}
