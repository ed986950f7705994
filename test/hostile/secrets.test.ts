// User names and passwords in addresses: wherever they come from, they end in no corpus, no file, no log and on no terminal. What a name
// in the query calls a token stays in the address, which could not be asked for without it, and is blotted out in logs.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withoutSecrets } from '../../src/cli/log.js';
import { withoutCredentials } from '../../src/model/address.js';
import { type TestServer, testServer } from '../helpers/server.js';
import { type Seen, xianjian } from '../helpers/terminal.js';

const secret = 'geheim7Q';
let folder: string;
let server: TestServer;
const withSecret = (path: string): string => `http://user:${secret}@127.0.0.1:${server.port}${path}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xianjian-secrets-'));
  server = await testServer(({ url }) => {
    if (url === '/list.html')
      return {
        body: `<ul>${[1, 2, 3].map((n) => `<li><a href="${withSecret(`/a/${n}.html`)}">示例县第${n}所学校建成投用</a><span>2031-03-04</span></li>`).join('')}</ul>`,
      };
    if (url === '/a/2.html') return { status: 302, headers: { location: withSecret('/a/1.html') }, body: '' };
    return url.startsWith('/a/')
      ? {
          body: `<title>学校建成</title><p>${'全县新建学校12所。'.repeat(8)}<a href="${withSecret('/a/x.pdf')}">附件</a></p>`,
        }
      : { status: 404, body: '' };
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every text of every table; bodies are bytes. */
function textsOf(database: string): string[] {
  const handle = new Sqlite(database, { readonly: true });
  const tables = handle.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
  const rows = tables.flatMap((table) => handle.prepare(`select * from "${table}"`).raw().all() as unknown[][]);
  handle.close();
  return rows.flat().filter((value): value is string => typeof value === 'string');
}

/** Everything that was written, as bytes. */
const written = (): [string, string][] =>
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('latin1')]);

it('are not kept by a crawl, its log, an import, or any export', async () => {
  const database = join(folder, 'corpus.sqlite');
  const seen: Seen[] = [];
  const run = async (...words: string[]) => seen.push(await xianjian([...words, '--db', database]));
  const source = join(folder, 'source.yaml');
  const yaml = `id: one\nname: 一\nplace: "990101"\nstart: ['${withSecret('/list.html')}']\nbrowser: never\n`;
  const crawl = ['--allow-private', '--no-delay', '--log', join(folder, 'log.jsonl')];
  writeFileSync(source, yaml);
  await run('crawl', '--source', source, ...crawl);
  expect(seen[0]!.code, seen[0]!.stderr).toBeLessThan(4);
  rmSync(source);
  await run('crawl', withSecret('/list.html'), '--place', '990101', ...crawl);
  const page = join(folder, 'page.html');
  writeFileSync(page, `<title>学校</title><p>${'全县新建学校12所。'.repeat(9)}</p>`);
  await run('import', page, '--url', withSecret('/b.html'));
  const block = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>全县新建学校13所。</p>';
  const head = `WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: ${withSecret('/w.html')}\r\nWARC-Date: 2024-05-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: ${Buffer.byteLength(block)}\r\n\r\n`;
  const archive = join(folder, 'in.warc');
  writeFileSync(archive, `${head}${block}\r\n\r\n`);
  await run('import', archive);
  rmSync(archive);
  for (const table of ['figures', 'documents'])
    await run('export', '-o', join(folder, `${table}.jsonl`), '--table', table, '--every');
  await run('export', '--warc', join(folder, 'out.warc'));
  await run('runs');
  await run('inspect', withSecret('/list.html'), '--allow-private');
  for (const { stdout, stderr } of seen) expect(`${stdout}${stderr}`).not.toContain(secret);
  // The bytes of a page are kept as they came, and a page may name what it likes; nothing beside them does.
  for (const [name, text] of written().filter(([each]) => !/^out\.warc$|\.sqlite/.test(each)))
    expect(text.includes(secret), name).toBe(false);
  expect(textsOf(database).filter((text) => text.includes(secret))).toEqual([]);
  const warc = written().find(([name]) => name === 'out.warc')![1];
  for (const line of warc.split('\r\n').filter((each) => /^(?:WARC-|Xianjian-|host:|GET )/i.test(each)))
    expect(line).not.toContain(secret);
  expect(readFileSync(join(folder, 'documents.jsonl'), 'utf8')).toContain('/b.html');
});

it.each([
  ['http://u:p@a.example/x', 'http://a.example/x'],
  ['http://u@a.example', 'http://a.example'],
  ['http://a.example/u:p@b', 'http://a.example/u:p@b'],
  ['http://a.example?x=u:p@b', 'http://a.example?x=u:p@b'],
  ['/files/a@b.txt', '/files/a@b.txt'],
  ['postgres://u:p%40@h/db', 'postgres://h/db'],
])('%s is kept as %s', (address, kept) => expect(withoutCredentials(address)).toBe(kept));

it('logs blot out what is called a token', () => {
  expect(withoutSecrets('http://u:p@a.example/x?page=2&access_token=abc&Sign=1')).toBe(
    'http://a.example/x?page=2&access_token=***&Sign=***',
  );
});
