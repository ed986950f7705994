// Style sheets and scripts of the pages: files of the package, each under a name that holds its hash, so that a browser may keep it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Hono } from 'hono';
import { packageRoot } from '../model/package-root.js';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const folder = join(packageRoot, 'src', 'web', 'static');

interface StaticFile {
  address: string;
  type: string;
  body: Uint8Array<ArrayBuffer>;
}

const files = new Map<string, StaticFile>(
  readdirSync(folder).map((name) => {
    const body = new Uint8Array(readFileSync(join(folder, name)));
    const ending = extname(name);
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
    const address = `/static/${name.slice(0, -ending.length)}.${hash}${ending}`;
    return [name, { address, type: types[ending] ?? 'application/octet-stream', body }];
  }),
);

/** The address of a file in src/web/static. @throws Error for a name that is not there. */
export function asset(name: string): string {
  const file = files.get(name);
  if (!file) throw new Error(`src/web/static has no file ${name}`);
  return file.address;
}

/** Serves them. An address with another hash is answered with the file of today, not to be kept. */
export const staticFiles = new Hono().get('/static/:name', (c) => {
  const asked = c.req.path;
  const exact = [...files.values()].find(({ address }) => address === asked);
  const file = exact ?? files.get(c.req.param('name').replace(/\.[0-9a-f]{12}(?=\.\w+$)/, ''));
  if (!file) return c.text('not found', 404);
  c.header('Content-Type', file.type);
  c.header('Cache-Control', exact ? 'public, max-age=31536000, immutable' : 'no-cache');
  return c.body(file.body);
});
