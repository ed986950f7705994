// What machines that watch are told: health with its status code, and metrics that Prometheus can read.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../../db/open.js';
import { loadCodebook } from '../../extractors/index.js';
import { webApp } from '../../src/web/app.js';
import { health } from '../../src/web/health.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-health-'));
const file = join(folder, 'corpus.sqlite');
afterAll(() => rmSync(folder, { recursive: true }));

describe('health', () => {
  it('is 503 with a code while there is no corpus, and tells no path', async () => {
    const app = health(() => openCorpus(file, { readOnly: true }));
    const answer = await app.request('/healthz');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ status: 'unavailable', code: 'E_CORPUS_MISSING' });
    const text = await (await app.request('/metrics')).text();
    expect(text).toContain('xianjian_corpus_up{code="E_CORPUS_MISSING"} 0');
    expect(text).not.toContain(folder);
  });

  it('is 200 with numbers in the format of Prometheus, in the pages’ server too', async () => {
    const corpus = await openCorpus(file, { create: true });
    const now = Date.now();
    const run = await corpus.frontier.openRun({ id: 'a"b', name: 'A', place: null, definition: '{}' }, now - 5000);
    await corpus.frontier.endRun(run.id, 'partial', 'why', now);
    const schedule = { name: 'A', place: null, definition: '{}', cron: '0 1 * * *', timezone: 'UTC', jitter: 0 };
    const late = now - 7_200_000;
    await corpus.schedules.set([{ ...schedule, source: 'a"b', dueAt: late, beginsAt: late }], now);
    const app = webApp({ corpus, codebook: loadCodebook('education') });
    const answer = await app.request('http://127.0.0.1/healthz');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'ok' });
    const metrics = await app.request('http://127.0.0.1/metrics');
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = (await metrics.text()).trimEnd().split('\n');
    expect(lines).toContain('xianjian_corpus_up 1');
    expect(lines).toContain('xianjian_runs{end="partial"} 1');
    expect(lines).toContain('xianjian_last_run_complete{source="a\\"b"} 0');
    expect(lines).toContain(`xianjian_last_run_timestamp_seconds{source="a\\"b"} ${now / 1000}`);
    const overdue = lines.find((line) => line.startsWith('xianjian_schedule_overdue_seconds'))!;
    expect(Number(overdue.split(' ').at(-1))).toBeGreaterThanOrEqual(7200);
    // Each sample belongs to the type told right before, once.
    let name = '';
    const told = new Set<string>();
    for (const line of lines) {
      const type = /^# TYPE (\S+) (?:gauge|counter)$/.exec(line);
      if (type) name = type[1]!;
      if (type) expect(told.has(name)).toBe(false);
      if (type) told.add(name);
      if (!line.startsWith('#')) expect(line).toMatch(new RegExp(`^${name}(?:\\{.*\\})? -?[\\d.e+]+$`));
    }
    await corpus.close();
  });
});
