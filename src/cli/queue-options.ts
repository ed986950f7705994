// What the commands on queues are told: an address of PostgreSQL, and whole numbers.
import { isPostgres } from '../../db/open.js';
import { UsageError } from '../model/errors.js';

/** The address of a corpus in PostgreSQL. @throws UsageError for any other */
export function postgresAddress(value: unknown): string {
  const address = String(value);
  if (isPostgres(address)) return address;
  throw new UsageError(
    'E_WORKER_DATABASE',
    `${address} is no database on PostgreSQL, and many workers need one`,
    'Write --db postgres://user@host/database, and bring a file there with `xianjian copy`; for one machine `xianjian crawl` needs no queue.',
  );
}

/** A whole number from 1. @throws UsageError for anything else */
export function wholeNumber(option: string, value: unknown): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new UsageError('E_NUMBER', `${option} ${value} is no count`, 'Write a whole number from 1.');
}
