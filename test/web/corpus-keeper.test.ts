// The corpus of a server under what happens to its file: it is not there yet, another version wrote it, a crawl writes at the same time, it is
// no corpus. Each is a page that says what happened and what to do, and the server is well again when the file is. And a port that is taken.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { webApp } from '../../src/web/app.js';
import { CorpusKeeper } from '../../src/web/corpus-keeper.js';
import { xianjian } from '../helpers/terminal.js';
import { codebook, type EvidenceStudy } from './evidence/study.js';
import { makePagesStudy } from './pages/study.js';

let study: EvidenceStudy;
let keepers: CorpusKeeper[] = [];
beforeEach(async () => {
  study = await makePagesStudy();
});
afterEach(async () => {
  for (const keeper of keepers) await keeper.close();
  keepers = [];
  await study.remove();
});

function appOn(file: string) {
  const keeper = new CorpusKeeper(file);
  keepers.push(keeper);
  const app = webApp({ corpus: keeper.corpus, write: keeper.write, codebook });
  return async (path: string): Promise<[status: number, text: string]> => {
    const answer = await app.request(path);
    return [answer.status, await answer.text()];
  };
}

const pages = ['/', '/compare', '/search?q=小学', '/c', '/c/990101', '/review', '/data', '/status'];

describe('a corpus that', () => {
  it('is missing: every page says what to do, and is there when the file is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xianjian-missing-'));
    const file = join(folder, 'corpus.sqlite');
    const get = appOn(file);
    for (const path of pages) {
      const [status, text] = await get(path);
      expect([path, status]).toEqual([path, 503]);
      expect(text).toMatch(/这里还没有语料库.*xianjian demo.*E_CORPUS_MISSING/s);
    }
    new Sqlite(study.database).exec(`vacuum into '${file}'`);
    expect((await get('/compare'))[1]).toContain('47所');
    rmSync(folder, { recursive: true, force: true });
  });

  it('is of a newer version', async () => {
    const handle = new Sqlite(study.database);
    handle.exec("insert into migration (name, timestamp) values ('9999_of_tomorrow', '2030-01-01T00:00:00Z')");
    handle.close();
    const [status, text] = await appOn(study.database)('/compare');
    expect(status).toBe(503);
    expect(text).toMatch(/更新版本.*请安装那个版本.*E_CORPUS_NEWER/s);
  });

  it('is no corpus', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xianjian-foreign-'));
    const file = join(folder, 'corpus.sqlite');
    writeFileSync(file, 'not a database, whatever its name says; longer than a header of SQLite would be: '.repeat(20));
    const [status, text] = await appOn(file)('/');
    expect(status).toBe(503);
    expect(text).toMatch(/--db/);
    expect(text).toMatch(/E_CORPUS_NOT_DATABASE/);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is being written by a crawl: every page shows what was there', async () => {
    const get = appOn(study.database);
    const crawl = new Sqlite(study.database);
    crawl.exec("begin immediate; update document set title = 'half written'");
    try {
      for (const path of pages) expect([path, (await get(path))[0]]).toEqual([path, 200]);
      const [, text] = await get('/c/990101');
      expect(text).toContain('甲县2023年教育工作总结');
      expect(text).not.toContain('half written');
    } finally {
      crawl.exec('rollback');
      crawl.close();
    }
  });

  it('is being written just when somebody decides: the decision is not lost', async () => {
    const keeper = new CorpusKeeper(study.database);
    keepers.push(keeper);
    const app = webApp({ corpus: keeper.corpus, write: keeper.write, codebook });
    const [figure] = await study.corpus.figures({ places: ['990101'] });
    const crawl = new Sqlite(study.database);
    crawl.exec('begin immediate');
    const answer = app.request('http://localhost/review', {
      method: 'POST',
      body: new URLSearchParams({ figure: figure!.id, action: 'accept', reviewer: '王' }),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    crawl.exec('commit');
    crawl.close();
    expect((await answer).status).toBe(303);
    expect(await study.corpus.decisions()).toHaveLength(1);
  });
});

describe('what was read of a county', () => {
  it('is that of the county asked for, whatever was kept of all', async () => {
    const [, text] = await appOn(study.database)('/c/990102');
    expect(text).toContain('读了 1 篇');
    const keeper = new CorpusKeeper(study.database);
    keepers.push(keeper);
    const corpus = await keeper.corpus();
    const all = await corpus.readings();
    expect(all.length).toBeGreaterThan(1);
    for (const reading of all) expect(await corpus.readings([reading.place])).toEqual([reading]);
    expect(await corpus.readings(['990109'])).toEqual(await study.corpus.readings(['990109']));
  });
});

describe('a port that is taken', () => {
  it('is named, with what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await xianjian(['serve', '--db', study.database, '--port', String(port)]);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`port ${port} on 127\\.0\\.0\\.1 is taken.*--port ${port + 1}`, 's'));
    await new Promise((resolve) => other.close(resolve));
  });
});
