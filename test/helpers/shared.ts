// The five real documents that lie beside the checkout, and their sites. Absent on a user's machine: tests then say so and skip.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startSites } from './shared-sites.js';

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
  const { port, stop } = await startSites([
    ...(options.faults ? ['--faults'] : []),
    ...(options.log ? ['--log', options.log] : []),
  ]);
  const names = seedSites().map((site) => site.name);
  return {
    urlOf: (site, path = site.start) => `http://127.0.0.1:${port + names.indexOf(site.name)}${path}`,
    close: stop,
  };
}
