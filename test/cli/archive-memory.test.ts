// An archive of any size comes in and goes out in the memory of a few of its pages. 300 MB, plain and packed, with XIANJIAN_FULL=1, otherwise
// 64 MB.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok, response } from '../archive/warc.js';
import { compile } from '../helpers/compiled.js';

const isFull = process.env.XIANJIAN_FULL === '1';
const megabytes = isFull ? 300 : 64;
const folder = mkdtempSync(join(tmpdir(), 'xianjian-archive-'));
const at = (name: string) => join(folder, name);
const run = promisify(execFile);

let program: { path: string; remove: () => void };
beforeAll(() => {
  program = compile('test/cli/archiving-program.ts');
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** An archive of so many pages of half a megabyte that does not pack well. */
function makeArchive(file: string, pages: number, isPacked: boolean): void {
  const handle = openSync(file, 'w');
  for (let n = 0; n < pages; n++) {
    const page = `<html><body><h1>${n}</h1><!-- ${randomBytes(256 * 1024).toString('hex')} --></body></html>`;
    const record = response(`http://a.example/${n}.html`, ok, page);
    writeSync(handle, isPacked ? gzipSync(record, { level: 1 }) : record);
  }
  closeSync(handle);
}

async function roundTrip(name: string, pages: number) {
  makeArchive(at(name), pages, name.endsWith('.gz'));
  const copy = at(`copy-${name}`);
  const { stdout } = await run(process.execPath, [program.path, at(name), at(`${name}.sqlite`), copy]);
  const seen = JSON.parse(stdout) as { added: number; damaged: number; code: number; peak: number };
  return { ...seen, written: statSync(copy).size, size: statSync(at(name)).size };
}

describe('an archive of any size', () => {
  it.each(isFull ? ['pages.warc', 'pages.warc.gz'] : ['pages.warc'])(
    '%s comes in and goes out in bounded memory',
    async (name) => {
      const few = await roundTrip(`few-${name}`, 8);
      const many = await roundTrip(`many-${name}`, megabytes * 2);
      expect(few).toMatchObject({ added: 8, damaged: 0, code: 0 });
      expect(many).toMatchObject({ added: megabytes * 2, damaged: 0, code: 0 });
      expect(many.written).toBeGreaterThan(many.size * 0.9);
      // Held as a whole it would take its size once or more; garbage that waits to be collected is part of the peak.
      expect(many.peak - few.peak, `peaks ${few.peak} and ${many.peak} MB`).toBeLessThan(Math.min(megabytes, 150));
    },
    isFull ? 3_600_000 : 600_000,
  );
});
