// What errors of PostgreSQL and of the way to it mean. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html and
// Node's system errors. No password is ever part of a message.
import { CorpusError, XianjianError } from '../src/model/errors.js';
import { alike } from '../src/model/language.js';

/** An address as it may be shown: without user, password and other secrets. */
export function addressInWords(address: string): string {
  return address.replace(/\/\/.*@/, '//').replace(/([?&](?:password|user|sslkey|sslpassword)=)[^&]*/gi, '$1…');
}

const lostCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  // Unix sockets that are not there (yet).
  'ENOENT',
  // Shut down by an administrator or a crash, or starting; too many connections.
  ...['57P01', '57P02', '57P03', '57P05', '53300'],
]);

const lostMessages =
  /^(?:Connection terminated|timeout (?:exceeded )?when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool after)/i;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The server cannot be reached now, or the connection to it broke. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof XianjianError) return false;
  if (error instanceof AggregateError) return error.errors.every(isLost);
  const code = codeOf(error);
  return lostCodes.has(code) || code.startsWith('08') || lostMessages.test(error.message);
}

/** Two transactions were in each other's way, and this one was undone. */
export const mustRunAgain = (error: unknown): boolean => ['40P01', '40001'].includes(codeOf(error));

/** What an error means for the user. Errors that are no doing of the database stay as they are. */
export function meaning(error: unknown, name: string): unknown {
  if (error instanceof XianjianError || !(error instanceof Error)) return error;
  const options = { cause: error };
  if (isLost(error)) return gone(error, name);
  const said = `${name}: ${error.message}`;
  const code = codeOf(error);
  if (code === '28P01' || code === '28000' || /SASL|password must be a string/i.test(error.message))
    return new CorpusError(
      'E_CORPUS_PASSWORD',
      {
        en: `PostgreSQL refused the user or password for ${name}${code === '' ? ': no password was given' : ''}`,
        zh: `PostgreSQL 拒绝了 ${name} 的用户名或密码${code === '' ? '：没有给密码' : ''}`,
      },
      {
        en: 'Correct them in --db postgres://user:password@host/database, or leave the password out and set PGPASSWORD or ~/.pgpass.',
        zh: '请在 --db postgres://用户:密码@主机/数据库 中改正，或不写密码而设 PGPASSWORD 或 ~/.pgpass。',
      },
      options,
    );
  if (code === '3D000')
    return new CorpusError(
      'E_CORPUS_MISSING',
      { en: `there is no database at ${name}`, zh: `${name} 处没有数据库` },
      {
        en: 'Make it with `createdb --encoding UTF8 --template template0 NAME`, or name another with --db.',
        zh: '请用 createdb --encoding UTF8 --template template0 NAME 建立，或用 --db 另指一个。',
      },
      options,
    );
  if (code === '42501' || code === '25006')
    return new CorpusError(
      'E_CORPUS_RIGHTS',
      alike(said),
      {
        en: 'Give the user the right to write (`alter database NAME owner to USER`), and name the primary, not a replica.',
        zh: '请给该用户写入权限（alter database NAME owner to USER），并连接主库而不是从库。',
      },
      options,
    );
  if (code === '53100' || code === '53200')
    return new CorpusError(
      'E_CORPUS_FULL',
      alike(said),
      {
        en: 'Free disk or memory of the server and try again; nothing was lost.',
        zh: '请为服务器腾出磁盘或内存再试；没有丢失任何内容。',
      },
      options,
    );
  if (code === '54000')
    return new CorpusError(
      'E_CORPUS_LIMIT',
      alike(said),
      {
        en: 'An address longer than PostgreSQL can index (about 2700 bytes) cannot be kept there; leave that page out, or use a SQLite file.',
        zh: '网址超出 PostgreSQL 索引的长度（约 2700 字节），存不进去；请略去那一页，或改用 SQLite 文件。',
      },
      options,
    );
  return error;
}

function gone(error: Error, name: string): CorpusError {
  const first = error instanceof AggregateError ? (error.errors[0] as Error) : error;
  return new CorpusError(
    'E_CORPUS_GONE',
    {
      en: `PostgreSQL at ${name} cannot be reached: ${first.message}`,
      zh: `连不上 ${name} 的 PostgreSQL：${first.message}`,
    },
    {
      en: 'Start it, or correct host and port in --db; then type the same command again: what was stored is there, and it goes on from it.',
      zh: '请启动它，或改正 --db 中的主机和端口，再输入同一条命令：已存的都在，会接着做。',
    },
    { cause: error },
  );
}

export const emptyDatabase = (name: string) =>
  new CorpusError(
    'E_CORPUS_EMPTY',
    { en: `${name} holds no corpus yet`, zh: `${name} 里还没有语料库` },
    {
      en: 'Name another database with --db, or fill this one with `xianjian crawl`, `xianjian import` or `xianjian copy`.',
      zh: '请用 --db 另指数据库，或用 xianjian crawl、xianjian import、xianjian copy 充实它。',
    },
  );

export const needsUpgrade = (name: string) =>
  new CorpusError(
    'E_CORPUS_OLDER',
    {
      en: `${name} was written by an older version of xianjian and is opened for reading only`,
      zh: `${name} 由较旧版本的县鉴写成，而这里只读`,
    },
    {
      en: 'Make a copy with pg_dump, then bring it up to date: `xianjian vacuum --db postgres://…`.',
      zh: '请先用 pg_dump 备份，再升级：xianjian vacuum --db postgres://…',
    },
  );
