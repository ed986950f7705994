// What the doctor says of machines and corpora that are in order and that are not.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../db/open.js';
import { type DoctorQuestion, diagnose } from '../src/doctor.js';
import { fileOf, printOf } from './conformance/samples.js';
import { documentOf } from './helpers/document.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-doctor-'));
const file = join(folder, 'corpus.sqlite');
afterAll(() => rmSync(folder, { recursive: true }));

const ask = async (fields: Partial<DoctorQuestion> = {}) => {
  const findings = await diagnose({ db: file, port: 0, environment: {}, ...fields });
  return (check: string) => findings.find((each) => each.check === check);
};

describe('the doctor', () => {
  it('finds this machine in order, and no corpus yet', async () => {
    const finding = await ask();
    for (const check of ['Node', 'SQLite', 'Chinese order', 'Chinese in tables', 'clock', 'proxy', 'port'])
      expect(finding(check), check).toMatchObject({ state: 'ok' });
    expect(finding('corpus')).toMatchObject({ state: 'notice', cure: expect.stringContaining('xianjian crawl') });
  });

  it('tells of a port that is taken and of a proxy', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as AddressInfo;
    const finding = await ask({ port, environment: { https_proxy: 'http://127.0.0.1:3128' } });
    server.close();
    expect(finding('port')).toMatchObject({ state: 'notice', met: expect.stringContaining('EADDRINUSE') });
    expect(finding('proxy')).toMatchObject({ state: 'notice', met: 'HTTPS_PROXY set' });
  });

  it('tells of documents without a county, late schedules and a failed crawl', async () => {
    const corpus = await openCorpus(file, { create: true });
    const { snapshotId } = await corpus.keepFile(fileOf('text', { place: null }));
    const document = documentOf('text');
    const entry = { snapshotId, part: '', document, print: printOf('text'), repeats: null, attachedTo: null };
    const none = { figures: [], practices: [], citations: [] };
    await corpus.storeDocument({ ...entry, extractor: '1', codebook: 'x' }, () => ({
      placeReason: 'not told',
      ...none,
    }));
    const source = { name: 'S', place: null, definition: '{}' };
    const run = await corpus.frontier.openRun({ id: 's', ...source }, Date.now());
    await corpus.frontier.endRun(run.id, 'failed', 'gone', Date.now());
    const due = Date.now() - 10 * 3600_000;
    const line = { cron: '0 1 * * *', timezone: 'UTC', jitter: 0, dueAt: due, beginsAt: due };
    await corpus.schedules.set([{ source: 's', ...source, ...line }], Date.now());
    await corpus.close();
    const finding = await ask();
    expect(finding('corpus')).toMatchObject({ state: 'ok', met: expect.stringContaining('1 document,') });
    expect(finding('documents without a county')).toMatchObject({
      state: 'notice',
      met: expect.stringContaining('not told'),
    });
    expect(finding('schedules')).toMatchObject({ state: 'notice', met: 'late: s' });
    expect(finding('last crawls')).toMatchObject({ state: 'notice', cure: `Type \`xianjian runs ${run.id}\`.` });
  });

  it('tells of a file that is no corpus, and of a server that is away without its password', async () => {
    const other = join(folder, 'other.sqlite');
    writeFileSync(other, 'no database, but long enough to be read as one');
    expect((await ask({ db: other }))('corpus')).toMatchObject({ state: 'fault', met: expect.stringContaining(other) });
    const away = (await ask({ db: 'postgres://me:hush@127.0.0.1:1/x' }))('corpus');
    expect(away).toMatchObject({ state: 'fault' });
    expect(JSON.stringify(away)).not.toContain('hush');
  });

  it('says of sites what a crawl would meet', async () => {
    const site = (id: string, start: string) => ({ id, name: id, place: null, start: [start] });
    const finding = await ask({
      sites: [site('nowhere', 'http://nowhere.invalid/'), site('old', 'https://127.0.0.1/')],
      ask: async () => 'tls',
    });
    expect(finding('site nowhere')).toMatchObject({
      state: 'fault',
      met: expect.stringContaining('name is not known'),
    });
    expect(finding('site old')).toMatchObject({ state: 'notice', cure: expect.stringContaining('legacy: true') });
  });
});
