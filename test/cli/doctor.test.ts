// xianjian doctor as a command: the sites of a study are asked by the name that the study gives for itself, and what they say is told.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { testServer } from '../helpers/server.js';
import { xianjian } from '../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-doctor-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('doctor --sites tells the contact of the study to every site that it asks, robots.txt included', async () => {
  const server = await testServer(({ url }) =>
    url === '/robots.txt' ? { status: 404, body: 'x' } : { body: '<title>动态</title><p>青禾县教育局</p>' },
  );
  mkdirSync(join(folder, 'sites'));
  writeFileSync(join(folder, 'xianjian.yaml'), 'contact: study@example.org\nsources: sites\n');
  const source = `id: qinghe\nname: 青禾县\nplace: null\nstart: ['${server.url}/dt/']\n`;
  writeFileSync(join(folder, 'sites', 'qinghe.yaml'), source);
  const words = ['doctor', '--sites', '--allow-private', '--json', '--port', '0', '--db', join(folder, 'none.sqlite')];
  const seen = await xianjian(words, { folder });
  await server.close();
  const site = (JSON.parse(seen.stdout) as { check: string; state: string; met: string }[]).filter(({ check }) =>
    /qinghe/.test(check),
  );
  expect(site).toMatchObject([{ state: 'ok' }]);
  expect(server.requests.map(({ url }) => url)).toEqual(['/robots.txt', '/dt/']);
  for (const { headers } of server.requests) expect(headers['user-agent']).toContain('study@example.org');
});
