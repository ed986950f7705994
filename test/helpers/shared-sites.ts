// Serves the five sites of ../shared on free loopback ports, for tests that crawl them. Missing outside the workshop.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

const folder = join(resolve(import.meta.dirname, '../../..'), 'shared/sites');

export const haveSharedSites = existsSync(join(folder, 'serve.mjs'));

export interface SharedSite {
  name: string;
  place: string;
  start: string;
  article: string;
  listed: number;
}

export interface ServedSites {
  sites: SharedSite[];
  /** The log of requests as served so far. */
  requests(): { at: number; site: string; method: string; url: string; status: number | 'broken' }[];
  stop(): void;
}

/** Starts the sites; `--faults` makes every seventh request of a site fail once. */
export async function serveSharedSites(log: string, faults: boolean): Promise<ServedSites> {
  const port = await freePorts();
  const args = [join(folder, 'serve.mjs'), '--port', String(port), '--log', log, ...(faults ? ['--faults'] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await allListening(child);
  const about = JSON.parse(readFileSync(join(folder, 'sites.json'), 'utf8')) as Record<
    string,
    { place: string; start: string; article: string; listed: number }
  >;
  return {
    sites: Object.entries(about).map(([name, site], k) => ({
      name,
      place: site.place,
      start: `http://127.0.0.1:${port + k}${site.start}`,
      article: `http://127.0.0.1:${port + k}${site.article}`,
      listed: site.listed,
    })),
    requests: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line))
        : [],
    stop: () => child.kill(),
  };
}

function allListening(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let lines = 0;
    child.stdout!.on('data', (chunk: Buffer) => {
      lines += chunk.toString().split('\n').length - 1;
      if (lines >= 5) done();
    });
    child.on('exit', (code) => fail(new Error(`serve.mjs ended with ${code}`)));
  });
}

/** A port with four free ones behind it, as far as can be told. */
async function freePorts(): Promise<number> {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 30_000);
    const free = await Promise.all([0, 1, 2, 3, 4].map((k) => isFree(base + k)));
    if (free.every(Boolean)) return base;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
