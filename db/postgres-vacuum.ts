// Care of a corpus on PostgreSQL by hand; its own autovacuum does the same from day to day.
import { addressInWords, meaning } from './postgres-errors.js';
import { poolFor } from './postgres-pool.js';

/** Lets dead rows be used again and renews statistics. @throws CorpusError where the server cannot be reached or refuses it */
export async function vacuumPostgres(address: string): Promise<void> {
  const pool = poolFor(address);
  try {
    await pool.query('vacuum (analyze)');
  } catch (error) {
    throw meaning(error, addressInWords(address));
  } finally {
    await pool.end();
  }
}
