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
  const { port, stop } = await startSites(['--log', log, ...(faults ? ['--faults'] : [])]);
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
    stop,
  };
}

/** Starts the sites on five ports in a row, again where somebody else took one meanwhile. `port` is that of the first. */
export async function startSites(flags: readonly string[]): Promise<{ port: number; stop(): void }> {
  for (let tries = 1; ; tries++) {
    const port = await freePorts();
    const child = spawn(process.execPath, [join(folder, 'serve.mjs'), '--port', String(port), ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const fault = await allListening(child);
    if (fault === null) return { port, stop: () => void child.kill() };
    child.kill();
    if (tries === 5) throw new Error(`the sites could not be served: ${fault}`);
  }
}

/** Waits until each site has said where it is; what was said instead where the process ended, null where all is well. */
function allListening(child: ChildProcess): Promise<string | null> {
  return new Promise((done) => {
    let [lines, fault] = [0, ''];
    child.stdout!.on('data', (chunk: Buffer) => {
      lines += chunk.toString().split('\n').length - 1;
      if (lines >= 5) done(null);
    });
    child.stderr!.on('data', (chunk: Buffer) => {
      fault += chunk.toString();
    });
    child.on('close', (code) => done(`serve.mjs ended with ${code}: ${fault}`));
  });
}

/** A port with four free ones behind it, as far as can be told: below those that systems give to who asks for any. */
async function freePorts(): Promise<number> {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 12_000);
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
