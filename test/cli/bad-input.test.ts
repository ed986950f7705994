// What people mistype and what the world does to a crawl: each a message that names it and says what to do, an exit code of the
// contract, and nothing lost of what was there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../../db/open.js';
import { xianjian } from '../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-bad-'));
const at = (name: string) => join(folder, name);
let server: Server;
let origin: string;

const pages: Record<string, string> = {
  '/empty-list.html': '<html><body><div class="list"><ul></ul></div><div>共0条</div></body></html>',
  '/list.html':
    '<ul class="list">' +
    ['a', 'b', 'c', 'd']
      .map(
        (name) =>
          `<li><a href="/2024/${name}.html">某县教育局召开${name}字号工作会议</a><span>2024-03-0${name.charCodeAt(0) - 96}</span></li>`,
      )
      .join('') +
    '</ul>',
  '/2024/a.html': `<html><body><h1>某县教育局召开a字号工作会议</h1><div class="content">${'<p>会议要求各校做好春季开学准备，全县新建幼儿园3所。</p>'.repeat(3)}</div></body></html>`,
  '/2024/b.html': '<html><body></body></html>',
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page ?? '<h1>404</h1>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const crawl = (url: string, database: string) =>
  xianjian(['crawl', url, '--place', '371083', '--allow-private', '--no-delay', '--db', at(database)]);

describe('crawl', () => {
  it('an unreachable host', async () => {
    const seen = await crawl('http://127.0.0.1:9/', 'unreachable.sqlite');
    expect(seen.code).toBe(1);
    expect(seen.stderr).toMatch(/unreachable/);
    expect(seen.stderr).toContain('127.0.0.1:9');
  });

  it('a start page that is not there', async () => {
    const seen = await crawl(`${origin}/nowhere.html`, 'gone.sqlite');
    expect(seen.code).toBe(1);
    expect(seen.stderr).toContain(`${origin}/nowhere.html`);
    expect(seen.stderr).toMatch(/gone/);
  });

  it('an empty list', async () => {
    const seen = await crawl(`${origin}/empty-list.html`, 'empty.sqlite');
    expect([1, 3]).toContain(seen.code);
    expect(seen.stderr).toContain('/empty-list.html');
  });

  it('articles that are gone or hold no text are named, and the others are kept', async () => {
    const seen = await crawl(`${origin}/list.html`, 'partly.sqlite');
    expect(seen.code).toBe(3);
    expect(seen.stderr).toContain(`${origin}/2024/c.html`);
    expect(seen.stderr).toMatch(/no text: .*\/2024\/b\.html/);
    const corpus = await openCorpus(at('partly.sqlite'), { readOnly: true });
    const figures = await corpus.figures({ withIndicator: false });
    await corpus.close();
    expect(figures).toContainEqual(expect.objectContaining({ value: 3, unit: '所' }));
  });

  it('a private address without leave', async () => {
    const seen = await xianjian(['crawl', `${origin}/list.html`, '--place', '371083', '--db', at('private.sqlite')]);
    expect(seen.code).toBe(1);
    expect(seen.stderr).toMatch(/--allow-private/);
    const looked = await xianjian(['inspect', `${origin}/list.html`]);
    expect(looked.code).toBe(1);
    expect(looked.stderr).toMatch(/--allow-private/);
  });

  it.each(['371099', '乳山区县', '12'])('a place that does not exist: %s', async (place) => {
    const seen = await xianjian(['crawl', `${origin}/list.html`, '--place', place, '--db', at('place.sqlite')]);
    expect(seen.code).toBe(2);
    expect(seen.stderr).toContain(`"${place}"`);
  });

  it('what is no address', async () => {
    for (const words of [['ftp://example.test/a'], ['no-such-source'], []]) {
      const seen = await xianjian(['crawl', ...words, '--db', at('none.sqlite')]);
      expect(seen.code, String(words)).toBe(2);
      expect(seen.stderr).toMatch(/error: .*\n.+/);
    }
  });
});

describe('import', () => {
  it('a file that is no text', async () => {
    writeFileSync(
      at('noise.bin'),
      Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919 * (index % 13)) % 256)),
    );
    const seen = await xianjian(['import', at('noise.bin'), '--db', at('noise.sqlite')]);
    expect(seen.code).toBe(1);
    expect(seen.stderr).toMatch(/noise\.bin/);
    expect(seen.stderr).toMatch(/not_text|unsupported/);
  });

  it('a missing file, and too many places', async () => {
    expect(await xianjian(['import', at('nowhere.txt'), '--db', at('x.sqlite')])).toMatchObject({ code: 2 });
    writeFileSync(at('one.txt'), '某县新建学校3所。');
    const seen = await xianjian(['import', at('one.txt'), '--place', '371083,370881', '--db', at('x.sqlite')]);
    expect(seen).toMatchObject({ code: 2 });
    expect(seen.stderr).toMatch(/2 places .* 1 files/);
  });

  it('one bad file among good ones: the good ones are there, exit 3', async () => {
    writeFileSync(at('good.txt'), '全县教育工作情况\n\n2023年，全县新建学校3所，新增学位1200个。');
    const seen = await xianjian([
      'import',
      at('noise.bin'),
      at('good.txt'),
      '--place',
      '371083',
      '--db',
      at('mixed.sqlite'),
    ]);
    expect(seen.code).toBe(3);
    const corpus = await openCorpus(at('mixed.sqlite'), { readOnly: true });
    const figures = await corpus.figures({ withIndicator: false });
    await corpus.close();
    expect(figures.map((figure) => figure.value)).toEqual(expect.arrayContaining([3, 1200]));
  });

  it('the same file twice changes nothing', async () => {
    const seen = await xianjian(['import', at('good.txt'), '--place', '371083', '--db', at('mixed.sqlite')]);
    expect(seen.code).toBe(0);
    expect(seen.stderr).toMatch(/already in the corpus/);
  });
});

describe('the corpus', () => {
  it('is missing', async () => {
    const seen = await xianjian(['compare', '--db', at('missing.sqlite')]);
    expect(seen.code).not.toBe(0);
    expect(seen.stderr).toContain(at('missing.sqlite'));
    expect(seen.stderr).toMatch(/xianjian (crawl|import|demo)/);
  });

  it('is no database, and is left as it was', async () => {
    writeFileSync(at('letter.sqlite'), 'Dear reader, this is no database at all.'.repeat(50));
    for (const words of [['compare'], ['import', at('good.txt')]]) {
      const seen = await xianjian([...words, '--db', at('letter.sqlite')]);
      expect(seen.code).toBe(1);
      expect(seen.stderr).toContain('letter.sqlite');
    }
  });

  it('is locked by another program', async () => {
    const database = at('locked.sqlite');
    await xianjian(['import', at('good.txt'), '--place', '371083', '--db', database]);
    writeFileSync(at('other.txt'), '某县新建学校5所。');
    const holder = spawn(
      process.execPath,
      [
        '-e',
        `const D=require('better-sqlite3');const d=new D(process.argv[1]);d.exec('begin exclusive');console.log('held');setInterval(()=>d,1000)`,
        database,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], cwd: join(import.meta.dirname, '..', '..') },
    );
    await once(holder.stdout!, 'data');
    const seen = await xianjian(['import', at('other.txt'), '--place', '371083', '--db', database]);
    holder.kill('SIGKILL');
    await once(holder, 'close');
    expect(seen.code).toBe(1);
    expect(seen.stderr).toMatch(/locked/);
    expect(seen.stderr).toContain('locked.sqlite');
    expect(await xianjian(['import', at('other.txt'), '--place', '371083', '--db', database])).toMatchObject({
      code: 0,
    });
  });
});

describe('questions', () => {
  it('unknown county, indicator, stage, period, record: the nearest names or what to write', async () => {
    const db = ['--db', at('mixed.sqlite')];
    const cases: [string[], RegExp][] = [
      [['compare', '--county', '乳山县'], /乳山市/],
      [['compare', '--indicator', 'new_school_place'], /new_school_places/],
      [['compare', '--stage', 'kindergarten'], /preschool/],
      [['compare', '--period', 'last year'], /2022\.\.2024/],
      [['show', '999-001'], /999-001/],
      [['show', '999'], /999/],
      [['sql', 'delete from figure'], /read/],
      [['nonsense'], /unknown command/],
      [['compare', '--nonsense'], /unknown option/],
    ];
    for (const [words, message] of cases) {
      const seen = await xianjian([...words, ...db]);
      expect(seen.code, words.join(' ')).toBe(2);
      expect(seen.stderr, words.join(' ')).toMatch(message);
    }
  });
});
