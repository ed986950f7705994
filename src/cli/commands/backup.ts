// xianjian backup and xianjian vacuum: a copy of the corpus while others write, and its file made small again.
import { isPostgres, openCorpus } from '../../../db/open.js';
import { vacuumPostgres } from '../../../db/postgres-vacuum.js';
import { backupSqlite, vacuumSqlite } from '../../../db/sqlite-file.js';
import { UsageError } from '../../model/errors.js';
import { type Command, databaseOption } from '../command.js';
import { sayIn } from '../output.js';

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

export const backupCommand: Command = {
  name: 'backup',
  arguments: '<file>',
  summary: {
    en: 'Copy the corpus into a new file, also while a crawl writes; the copy is checked.',
    zh: '把语料库复制成新文件，采集进行中也可以；副本会经过检查。',
  },
  options: [databaseOption, { flags: '--json', about: { en: 'file and size', zh: '文件与大小' } }],
  examples: ['xianjian backup backups/2026-03-01.sqlite', 'xianjian backup copy.sqlite --db study.sqlite'],
  async run({ arguments: [file = ''], options }, out) {
    const address = String(options.db);
    if (isPostgres(address))
      throw new UsageError(
        'E_BACKUP_POSTGRES',
        { en: 'a corpus on PostgreSQL is not copied by this command', zh: '这条命令不复制 PostgreSQL 上的语料库' },
        {
          en: 'Use `pg_dump --format=custom`, or `xianjian copy --from postgres://… --to FILE` for a corpus in one file.',
          zh: '请用 pg_dump --format=custom；要单个文件，请用 xianjian copy --from postgres://… --to 文件。',
        },
      );
    // Says what is wrong with a file that is no corpus.
    const corpus = await openCorpus(address, { readOnly: true });
    const { documents, figures } = await corpus.counts();
    await corpus.close();
    const backup = await backupSqlite(address, file);
    if (options.json === true) out.data(`${JSON.stringify(backup)}\n`);
    else out.data(`${backup.file}\n`);
    out.say(
      {
        en: `${megabytes(backup.bytes)}, ${documents} documents and ${figures} figures or more; checked.`,
        zh: `${megabytes(backup.bytes)}，至少 ${documents} 份文件、${figures} 个数；已检查。`,
      }[out.language],
    );
    out.say({ en: `To use it: --db ${file}`, zh: `使用时写 --db ${file}` }[out.language]);
    return 0;
  },
};

export const vacuumCommand: Command = {
  name: 'vacuum',
  summary: {
    en: 'Bring the corpus up to date for this version and give unused space back to the disk.',
    zh: '把语料库升级到本版本，并把空闲空间还给磁盘。',
  },
  options: [databaseOption],
  examples: ['xianjian vacuum', 'xianjian vacuum --db study.sqlite'],
  async run({ options }, out) {
    const address = String(options.db);
    await (await openCorpus(address, { say: sayIn(out) })).close();
    if (isPostgres(address)) {
      await vacuumPostgres(address);
      out.say(
        { en: 'Statistics are renewed and dead rows may be used again.', zh: '统计已更新，废弃的行可以重新使用。' }[
          out.language
        ],
      );
      return 0;
    }
    const { before, after } = vacuumSqlite(address);
    out.say(
      {
        en: `${address}: ${megabytes(before)} before, ${megabytes(after)} now.`,
        zh: `${address}：原为 ${megabytes(before)}，现为 ${megabytes(after)}。`,
      }[out.language],
    );
    return 0;
  },
};
