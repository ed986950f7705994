// The five real documents that lie beside the checkout, and their sites. Absent on a user's machine: tests then say so and skip.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

/** ../shared beside the checkout. */
export const sharedFolder = resolve(import.meta.dirname, '..', '..', '..', 'shared');

/** Whether it is there; says so once where it is not. */
export const hasShared = existsSync(join(sharedFolder, 'seeds'));
if (!hasShared) console.warn(`skipped: ${sharedFolder} is missing, so nothing is tested on the real seeds`);

export interface SeedSite {
  name: string;
  place: string;
  document: string;
  start: string;
  article: string;
  listed: number;
  published: string;
}

/** The five sites in the order in which they are served. */
export function seedSites(): SeedSite[] {
  const about = JSON.parse(readFileSync(join(sharedFolder, 'sites', 'sites.json'), 'utf8')) as Record<string, SeedSite>;
  return Object.entries(about).map(([name, site]) => ({ ...site, name }));
}

/** Path of the plain text of a seed: 000 to 004. */
export function seedFile(document: string): string {
  const folder = join(sharedFolder, 'seeds');
  return join(folder, readdirSync(folder).find((name) => name.startsWith(document))!);
}

/** Serves the five sites on loopback. `urlOf(site)` is the address of its start page. */
export async function serveSeedSites(
  options: { faults?: boolean; log?: string } = {},
): Promise<{ urlOf(site: SeedSite, path?: string): string; close(): void }> {
  const port = await freePorts(5);
  const flags = [...(options.faults ? ['--faults'] : []), ...(options.log ? ['--log', options.log] : [])];
  const child = spawn(process.execPath, [join(sharedFolder, 'sites', 'serve.mjs'), '--port', String(port), ...flags], {
    stdio: 'ignore',
  });
  await answering(child, `http://127.0.0.1:${port + 4}/`);
  const names = seedSites().map((site) => site.name);
  return {
    urlOf: (site, path = site.start) => `http://127.0.0.1:${port + names.indexOf(site.name)}${path}`,
    close: () => {
      child.kill();
    },
  };
}

/** The first of `count` ports in a row that are free now. */
async function freePorts(count: number): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const first = 20_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('no five free ports in a row');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`the sites could not be served: exit ${child.exitCode}`);
    const answer = await fetch(url).catch(() => null);
    if (answer) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`no answer from ${url}`);
}
