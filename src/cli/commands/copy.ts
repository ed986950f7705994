// xianjian copy: a whole corpus from one database into another, verified.
import { copyCorpus } from '../../../db/copy.js';
import { openStore } from '../../../db/open.js';
import { UsageError } from '../../model/errors.js';
import type { Language } from '../../model/language.js';
import type { Command } from '../command.js';
import { writeTable } from '../table.js';

const stageWords: Record<Language, Record<'copied' | 'verified', string>> = {
  en: { copied: 'copied', verified: 'verified' },
  zh: { copied: '已复制', verified: '已核对' },
};

export const copyCommand: Command = {
  name: 'copy',
  summary: {
    en: 'Copy a whole corpus into an empty database: from SQLite to PostgreSQL, back, or to a file of the same kind.',
    zh: '把整个语料库复制到空库：SQLite 与 PostgreSQL 之间，或同类之间；逐表核对。',
  },
  options: [
    {
      flags: '--from <db>',
      about: {
        en: 'the corpus: a SQLite file or a postgres:// address; it is only read',
        zh: '来源：SQLite 文件或 postgres:// 地址，只读',
      },
    },
    {
      flags: '--to <db>',
      about: { en: 'an empty database, or a file that does not exist yet', zh: '目标：空的数据库，或尚不存在的文件' },
    },
  ],
  examples: [
    'xianjian copy --from corpus.sqlite --to postgres://me@localhost/corpus',
    'xianjian copy --from postgres://me@localhost/corpus --to corpus.sqlite',
  ],
  async run({ options: { from, to } }, out) {
    if (from === undefined || to === undefined)
      throw new UsageError(
        'E_COPY',
        { en: 'a copy needs --from and --to', zh: '复制要同时写 --from 和 --to' },
        { en: 'Name both: a file or a postgres:// address each.', zh: '请两个都写：各是一个文件或 postgres:// 地址。' },
      );
    const source = await openStore(String(from), { readOnly: true });
    try {
      const target = await openStore(String(to), { create: true });
      try {
        const copied = await copyCorpus(source, target, (stage, table, rows) =>
          out.progress(`  ${stageWords[out.language][stage]} ${table}: ${rows}`),
        );
        const lines = copied.map(({ table, rows, sha256 }) => [table, String(rows), sha256.slice(0, 16)]);
        out.data(
          writeTable(out.language === 'zh' ? ['表', '行数', 'sha256'] : ['table', 'rows', 'sha256'], lines, out.width),
        );
        out.say(
          {
            en: `${source.address} is in ${target.address}: every table has the same rows, counted and hashed there.`,
            zh: `${source.address} 已复制到 ${target.address}：各表的行都相同，已在那里逐行清点并核对哈希。`,
          }[out.language],
        );
        return 0;
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
  },
};
