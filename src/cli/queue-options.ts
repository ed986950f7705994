// What the commands on queues are told: an address of PostgreSQL, and whole numbers.
import { isPostgres } from '../../db/open.js';
import { UsageError } from '../model/errors.js';

/** The address of a corpus in PostgreSQL. @throws UsageError for any other */
export function postgresAddress(value: unknown): string {
  const address = String(value);
  if (isPostgres(address)) return address;
  throw new UsageError(
    'E_WORKER_DATABASE',
    {
      en: `${address} is no database on PostgreSQL, and many workers need one`,
      zh: `${address} 不是 PostgreSQL 数据库，而多个工作进程需要它`,
    },
    {
      en: 'Write --db postgres://user@host/database, and bring a file there with `xianjian copy`; for one machine `xianjian crawl` needs no queue.',
      zh: '请写 --db postgres://用户@主机/数据库，并用 xianjian copy 把文件复制过去；只用一台机器时，xianjian crawl 不需要队列。',
    },
  );
}

/** A whole number from 1. @throws UsageError for anything else */
export function wholeNumber(option: string, value: unknown): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new UsageError(
    'E_NUMBER',
    { en: `${option} ${value} is no count`, zh: `${option} ${value} 不是个数` },
    { en: 'Write a whole number from 1.', zh: '请写不小于 1 的整数。' },
  );
}
