// xianjian sql: one read-only statement on the corpus.
import { openCorpus } from '../../../db/open.js';
import { UsageError } from '../../model/errors.js';
import { type Command, databaseOption } from '../command.js';
import { writeCsv, writeTable } from '../table.js';

export const sqlCommand: Command = {
  name: 'sql',
  arguments: '<statement>',
  summary: {
    en: 'Run one read-only SQL statement on the corpus (views v_figures and v_practices are the stable surface).',
    zh: '对语料库执行一条只读 SQL（视图 v_figures 和 v_practices 保持稳定）。',
  },
  options: [
    databaseOption,
    { flags: '--limit <rows>', about: { en: 'rows at most', zh: '最多几行' }, default: 1000 },
    { flags: '--json', about: { en: 'an array of objects', zh: '对象数组' } },
    { flags: '--csv', about: { en: 'CSV', zh: 'CSV 格式' } },
  ],
  examples: ['xianjian sql "select place, count(*) from figure group by place"'],
  async run({ arguments: [statement = ''], options }, out) {
    const limit = Number(options.limit);
    if (!Number.isInteger(limit) || limit < 1)
      throw new UsageError(
        'E_LIMIT',
        { en: `--limit ${options.limit} is no number of rows`, zh: `--limit ${options.limit} 不是行数` },
        { en: 'Write a whole number from 1.', zh: '请写不小于 1 的整数。' },
      );
    const corpus = await openCorpus(String(options.db), { readOnly: true });
    try {
      const { columns, rows, more } = await corpus.query(statement, limit);
      if (options.json) {
        const objects = rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
        out.data(`${JSON.stringify(objects, null, 2)}\n`);
      } else if (options.csv) out.data(writeCsv(columns, rows as (string | number | null)[][]));
      else
        out.data(
          writeTable(
            columns,
            rows.map((row) => row.map((value) => String(value ?? ''))),
            out.width,
          ),
        );
      if (more)
        out.say(
          { en: `Only the first ${limit} rows; --limit gives more.`, zh: `只列出前 ${limit} 行；要更多请用 --limit。` }[
            out.language
          ],
        );
      return 0;
    } finally {
      await corpus.close();
    }
  },
};
