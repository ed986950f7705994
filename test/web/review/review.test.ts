// /review over HTTP, as a browser without scripts sends it; and in Chromium ten figures by keys.
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { webApp } from '../../../src/web/app.js';
import { CorpusKeeper } from '../../../src/web/corpus-keeper.js';
import { executable, launch, patienceMs } from '../../helpers/chromium.js';
import { codebook, makeApiStudy } from '../api/study.js';

let study: Awaited<ReturnType<typeof makeApiStudy>>;
let keeper: CorpusKeeper;
let app: ReturnType<typeof webApp>;

beforeEach(async () => {
  study = await makeApiStudy();
  keeper = new CorpusKeeper(study.database);
  app = webApp({ corpus: keeper.corpus, write: keeper.write, codebook });
});
afterEach(async () => {
  await keeper.close();
  await study.remove();
});

const textOf = async (path: string): Promise<string> => (await app.request(path)).text();
const inHand = (html: string): string | undefined => /data-figure="([^"]+)"/.exec(html)?.[1];
const post = (form: Record<string, string>, headers = {}) =>
  app.request('http://localhost/review', {
    method: 'POST',
    body: new URLSearchParams({ reviewer: '王', ...form }),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
  });

describe('the review page', () => {
  it('shows a figure with its sentence, why, and the form; and the next one when it was decided', async () => {
    const path = '/review?county=990101&why=low_confidence';
    const html = await textOf(`${path}&lang=en`);
    const figure = inHand(html)!;
    const { record } = (await study.corpus.evidence(figure))!;
    expect(html).toContain(`Its confidence is ${'confidence' in record ? record.confidence : ''}.`);
    const answer = await post({ figure, action: 'accept', back: 'county=990101&why=low_confidence' });
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, path]);
    expect(answer.headers.get('Set-Cookie')).toMatch(/reviewer=/);
    expect(await study.corpus.decisions()).toMatchObject([
      { figure, action: 'accept', reviewer: '王', isStanding: true },
    ]);
    const after = await textOf(path);
    expect(inHand(after)).not.toBe(figure);
    expect(after).toContain(`/record/${figure}`);
  });

  it('corrects, rejects with a reason, skips and takes back', async () => {
    const path = '/review?county=990102';
    const first = inHand(await textOf(path))!;
    await post({ figure: first, action: 'correct', value: '38.3%', stage: '', reason: '看错' });
    const second = inHand(await textOf(path))!;
    await post({ figure: second, action: 'reject', reason: '计划数' });
    const third = inHand(await textOf(path))!;
    await post({ figure: third, action: 'skip' });
    expect(new Set([first, second, third]).size).toBe(3);
    expect(inHand(await textOf(path))).not.toBe(third);
    const decisions = await study.corpus.decisions();
    expect(decisions.map(({ figure, action, correction }) => [figure, action, correction])).toEqual([
      [third, 'skip', null],
      [second, 'reject', null],
      [first, 'correct', { value: 0.383 }],
    ]);
    await post({ action: 'undo', decision: String(decisions[1]!.id) });
    expect((await study.corpus.decisions())[1]).toMatchObject({ isStanding: false, undoneBy: '王' });
    expect(await textOf(path)).toContain('已撤销');
  });

  it.each([
    [{ action: 'reject' }, /E_DECISION/],
    [{ action: 'correct' }, /E_DECISION/],
    [{ action: 'correct', value: 'many' }, /many/],
    [{ action: 'approve' }, /approve/],
    [{ action: 'accept', reviewer: '' }, /E_DECISION/],
    [{ action: 'accept', figure: '99-001' }, /99-001/],
    [{ action: 'undo', decision: 'x' }, /E_UNDO/],
    [{}, /E_DECISION/],
  ])('refuses %j with a page that says why, and writes nothing', async (form, said) => {
    const answer = await post({ figure: '1-001', ...form });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(said);
    expect(await study.corpus.decisions()).toEqual([]);
  });

  it('is closed to pages of other sites, and without the token for reading only', async () => {
    expect((await post({ figure: '1-001', action: 'accept' }, { Origin: 'http://evil.example' })).status).toBe(403);
    const guarded = webApp({ corpus: keeper.corpus, write: keeper.write, codebook, token: 'right' });
    const html = await (await guarded.request('/review')).text();
    expect(html).toContain('只能看');
    expect(html).not.toContain('value="accept"');
    const answer = await guarded.request('http://localhost/review', {
      method: 'POST',
      body: new URLSearchParams({ figure: '1-001', action: 'accept', reviewer: '王' }),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(403);
    expect(await study.corpus.decisions()).toEqual([]);
  });

  it('leads nowhere else than to the queue', async () => {
    const answer = await post({ figure: '1-001', action: 'accept', back: '&url=//evil.example&county=990101' });
    expect(answer.headers.get('Location')).toBe('/review?county=990101');
  });

  it('shows stored markup as text, and decisions that wait', async () => {
    const html = await textOf('/review?county=990101');
    expect(html).not.toContain('<script>alert');
    await post({ figure: '1-003', action: 'reject', reason: '<b>no</b>' });
    await study.corpus.undo((await study.corpus.decisions())[0]!.id, { reviewer: 'x', at: '2026-03-02T08:00:00.000Z' });
    expect(await textOf('/review')).toContain('&lt;b&gt;no&lt;/b&gt;');
  });
});

describe('what was decided', () => {
  it('shows in tables, files and on the record, with what the rules read', async () => {
    const { value, unit } = (await study.corpus.figures({ documents: [1] })).find(({ id }) => id === '1-002')!;
    await post({ figure: '1-001', action: 'reject', reason: '计划数' });
    await post({ figure: '1-002', action: 'correct', value: '7.5', reason: '看错' });
    const { data } = (await (await app.request('/api/v1/figures?county=990101')).json()) as {
      data: Record<string, string | number | null>[];
    };
    const rowOf = (id: string) => data.find((row) => row.figure_id === id);
    expect(rowOf('1-001')).toMatchObject({
      value_status: 'rejected',
      value: null,
      chosen: false,
      review: 'reject',
      reviewer: '王',
      review_reason: '计划数',
      as_read: expect.stringMatching(/^[\d.]+ \S+$/),
    });
    expect(rowOf('1-002')).toMatchObject({
      value_status: 'value',
      value: 7.5,
      unit,
      review: 'correct',
      as_read: `value ${value} → 7.5`,
    });
    expect(rowOf('1-003')).toMatchObject({ review: null, as_read: null });
    const page = await textOf('/record/1-002');
    expect(page).toMatch(/人工审核.*更正.*value .* → 7\.5.*看错.*王/s);
    const { decisions } = (await study.corpus.evidence('1-002'))!;
    expect(decisions).toMatchObject([{ action: 'correct', correction: { value: 7.5 } }]);
  });
});

describe.skipIf(executable === null)('in Chromium (skipped where there is none)', () => {
  let browser: Browser;
  let server: ServerType;
  let page: Page;
  let base: string;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    server = createAdaptorServer({ fetch: (request) => app.fetch(request) });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    page = await browser.newPage();
    page.setDefaultTimeout(patienceMs);
  });
  afterEach(async () => {
    await page.close();
    server.close();
  });

  const figureInHand = () => page.getAttribute('[data-figure]', 'data-figure');
  /** Presses keys and waits until the page has come again. */
  const andReload = async (press: () => Promise<void>) => {
    const loaded = page.waitForEvent('load');
    await press();
    await loaded;
  };

  it('reviews ten figures by keys', async () => {
    await page.goto(`${base}/review`);
    await page.fill('.review-form [name=reviewer]', '王');
    await page.evaluate('document.activeElement.blur()');
    const seen: (string | null)[] = [];
    for (let n = 0; n < 10; n++) {
      seen.push(await figureInHand());
      if (n % 5 === 1) {
        await page.keyboard.press('x');
        await page.keyboard.type('as 计划');
        await andReload(() => page.keyboard.press('Enter'));
      } else if (n % 5 === 2) {
        await page.keyboard.press('c');
        await page.keyboard.type('13');
        await andReload(() => page.keyboard.press('Enter'));
      } else await andReload(() => page.keyboard.press(n % 5 === 3 ? 's' : 'a'));
    }
    expect(new Set(seen).size).toBe(10);
    const decisions = (await study.corpus.decisions()).reverse();
    expect(decisions.map(({ figure }) => figure)).toEqual(seen);
    expect(decisions.map(({ action }) => action)).toEqual(
      Array.from({ length: 10 }, (_, n) => ['accept', 'reject', 'correct', 'skip', 'accept'][n % 5]),
    );
    expect(decisions[1]).toMatchObject({ reason: 'as 计划', reviewer: '王' });
    expect(decisions[2]).toMatchObject({ correction: { value: 13 } });
    await andReload(() => page.keyboard.press('u'));
    expect((await study.corpus.decisions())[0]).toMatchObject({ isStanding: false, undoneBy: '王' });
  });

  it('hears no key while words are typed or composed', async () => {
    await page.goto(`${base}/review`);
    await page.fill('.review-form [name=reviewer]', '王');
    await page.focus('[data-review=reason]');
    await page.keyboard.type('as u');
    await page.evaluate(`
      document.activeElement.blur();
      for (const how of [{ isComposing: true }, { keyCode: 229 }, { ctrlKey: true }])
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true, ...how }));
    `);
    await page.waitForTimeout(200);
    expect(await study.corpus.decisions()).toEqual([]);
    // The same key, plain, is heard.
    await andReload(() => page.keyboard.press('a'));
    expect(await study.corpus.decisions()).toHaveLength(1);
  });
});
