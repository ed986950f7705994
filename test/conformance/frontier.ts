// What every frontier in a database does: one suite of behaviour, run by the test of each database.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Corpus } from '../../db/corpus.js';
import type { Claim, Frontier, FrontierRequest, HostSlice } from '../../src/model/frontier.js';
import type { Outcome, RequestKind } from '../../src/model/page.js';
import type { CorpusPlace } from './corpus.js';
import { pageOf, requestOf, settlementOf, sha256 } from './samples.js';

const minute = 60_000;
const start = Date.parse('2026-03-01T08:00:00.000Z');
const source = { id: 'one', name: 'One', place: '990101', definition: '{}' };

/** Runs the suite on corpora that `makePlace` makes room for. */
export function describeFrontier(name: string, makePlace: () => Promise<CorpusPlace>): void {
  describe(`a frontier in ${name}`, () => {
    let place: CorpusPlace;
    let corpus: Corpus;
    let frontier: Frontier;
    let run: number;

    beforeEach(async () => {
      place = await makePlace();
      corpus = await place.open();
      frontier = corpus.frontier;
      run = (await frontier.openRun(source, start)).id;
    });
    afterEach(async () => {
      await corpus.close();
      await place.remove();
    });

    const add = (...requests: FrontierRequest[]) => frontier.add(run, requests, start, start);

    async function take(now = start, owner = 'worker'): Promise<HostSlice> {
      const slice = await frontier.takeHost(run, owner, minute, now);
      expect(slice, 'a free host').not.toBeNull();
      return slice!;
    }

    async function claim(slice: HostSlice, now = start): Promise<Claim> {
      const claimed = await frontier.claim(run, slice, now, minute, now);
      expect(claimed, 'a due request').not.toBeNull();
      return claimed!;
    }

    /** Takes a host, claims its next request and settles it. */
    async function fetchNext(
      body: string | null,
      fields: Parameters<typeof settlementOf>[3] = {},
    ): Promise<{ claim: Claim; snapshotId: number | null; added: number }> {
      const slice = await take();
      const claimed = await claim(slice);
      const result = await frontier.settle(settlementOf(run, claimed, body, fields), start, start);
      await frontier.releaseHost(slice);
      return { claim: claimed, ...result };
    }

    /** Ends the run and begins the next. */
    async function nextRun(): Promise<void> {
      await frontier.endRun(run, 'complete', null, start);
      run = (await frontier.openRun(source, start)).id;
    }

    describe('runs', () => {
      it('go on until they are ended', async () => {
        await add(requestOf('a'));
        await fetchNext('12345');
        expect(await frontier.openRun(source, start + minute)).toEqual({
          id: run,
          resumed: true,
          startedAt: start,
          pages: 1,
          bytes: 5,
        });
        await frontier.endRun(run, 'complete', null, start + minute);
        expect(await frontier.openRun(source, start + 2 * minute)).toEqual({
          id: run + 1,
          resumed: false,
          startedAt: start + 2 * minute,
          pages: 0,
          bytes: 0,
        });
      });

      it('are one a source, also where two programs begin at once', async () => {
        const opened = await Promise.all([1, 2, 3].map(() => frontier.openRun({ ...source, id: 'two' }, start)));
        expect(new Set(opened.map((each) => each.id)).size).toBe(1);
        expect(opened[0]!.id).not.toBe(run);
      });

      it('remember how many items the last one found that did not fail', async () => {
        const listPage = { list: 'l', url: 'l', family: 'f', items: 7, itemsHash: 'h' };
        expect(await frontier.lastYield(source.id, run)).toBeNull();
        await add(requestOf('list', { kind: 'list' }), requestOf('list_1', { kind: 'list' }));
        await fetchNext('a', { listPage });
        await fetchNext('b', { listPage: { ...listPage, items: 3 } });
        await nextRun();
        expect(await frontier.lastYield(source.id, run)).toBe(10);
        await frontier.endRun(run, 'failed', 'no items', start);
        run = (await frontier.openRun(source, start)).id;
        expect(await frontier.lastYield(source.id, run)).toBe(10);
      });
    });

    describe('adding', () => {
      it('knows an address with its form once a run', async () => {
        const form = requestOf('a', { form: 'page=2', kind: 'list' });
        expect(await add(requestOf('a'), requestOf('b'), requestOf('a', { depth: 3 }))).toBe(2);
        expect(await add(requestOf('a'), form, form)).toBe(1);
        await fetchNext('a');
        expect(await add(requestOf('a'), form)).toBe(0);
        await nextRun();
        expect(await add(requestOf('b'), form)).toBe(2);
      });

      it('leaves out articles and attachments that were seen since, but no lists', async () => {
        await add(requestOf('a'), requestOf('l', { kind: 'list' }), requestOf('lost'));
        await fetchNext('list');
        await fetchNext('article');
        await fetchNext(null, { answer: { outcome: 'gone', status: 404 }, disposition: { state: 'failed' } });
        await nextRun();
        const all = [requestOf('a'), requestOf('l', { kind: 'list' }), requestOf('lost'), requestOf('new')];
        const fetched = Date.parse('2026-03-01T08:00:00.000Z');
        expect(await frontier.add(run, all, start, fetched - 1)).toBe(3);
        expect(await frontier.add(run, all, start, fetched)).toBe(1);
      });

      it('is asked in the order of priority, then of adding', async () => {
        const kinds: RequestKind[] = ['attachment', 'article', 'sitemap', 'list', 'article', 'data'];
        await add(
          ...kinds.map((kind, index) => requestOf(`${kind}-${index}`, { kind })),
          requestOf('urgent', { priority: 0 }),
        );
        const slice = await take();
        const order: string[] = [];
        for (let index = 0; index < 7; index++) order.push((await claim(slice)).request.url.split('/').at(-1)!);
        expect(order).toEqual(['urgent', 'list-3', 'data-5', 'sitemap-2', 'article-1', 'article-4', 'attachment-0']);
        expect(await frontier.claim(run, slice, start, minute, start)).toBeNull();
      });

      it('gives back all that was told of a request', async () => {
        const request = requestOf('a', {
          kind: 'list',
          form: 'x=1',
          referrer: 'http://one.example/',
          anchor: '更多',
          listed: '2026-02-28',
          family: 'plain',
          list: 'http://one.example/list',
          depth: 2,
          priority: 5,
          group: 'example',
        });
        await add(request);
        expect((await claim(await take())).request).toEqual(request);
      });
    });

    describe('hosts', () => {
      it('are held by one worker each', async () => {
        await add(requestOf('a'), requestOf('b'), requestOf('c', { host: 'two.example' }));
        const [one, two, three] = await Promise.all(
          ['x', 'y', 'z'].map((owner) => frontier.takeHost(run, owner, minute, start)),
        );
        expect([one?.host, two?.host].sort()).toEqual(['one.example', 'two.example']);
        expect(three).toBeNull();
        await frontier.releaseHost(one!);
        expect(await frontier.takeHost(run, 'z', minute, start)).toMatchObject({ host: one!.host, owner: 'z' });
      });

      it('of one group are held together and share their clock', async () => {
        await add(requestOf('a', { group: 'g' }), requestOf('b', { host: 'two.example', group: 'g' }));
        const slice = await take();
        expect(await frontier.takeHost(run, 'other', minute, start)).toBeNull();
        const claimed = await claim(slice);
        const clock = { nextAt: start + 5000, backoff: 2, fails: 1, opened: 0, tookMs: 40 };
        await frontier.settle(settlementOf(run, claimed, 'a', { clock }), start, start);
        await frontier.releaseHost(slice);
        expect(await frontier.takeHost(run, 'other', minute, start + 4999)).toBeNull();
        expect(await frontier.takeHost(run, 'other', minute, start + 5000)).toMatchObject({
          host: 'two.example',
          clock,
        });
      });

      it('are free again when the lease runs out, and then closed to the first worker', async () => {
        await add(requestOf('a'), requestOf('b'));
        const late = await take();
        expect(await frontier.takeHost(run, 'other', minute, start + minute - 1)).toBeNull();
        const other = await take(start + minute, 'other');
        expect(await frontier.claim(run, late, start, minute, start + minute)).toBeNull();
        await frontier.releaseHost(late);
        expect(await frontier.takeHost(run, 'third', minute, start + minute)).toBeNull();
        expect(await frontier.claim(run, other, start, minute, start + minute)).not.toBeNull();
      });

      it('are held longer with every claim', async () => {
        await add(requestOf('a'), requestOf('b'));
        const slice = await take();
        await claim(slice, start + minute - 1);
        expect(await frontier.takeHost(run, 'other', minute, start + minute)).toBeNull();
        expect(await claim(slice, start + minute + 1)).toMatchObject({ request: { url: 'http://one.example/b' } });
      });

      it('move their clock when a request is claimed', async () => {
        await add(requestOf('a'), requestOf('b'));
        const slice = await take();
        await frontier.claim(run, slice, start + 3000, minute, start);
        await frontier.releaseHost(slice);
        expect(await frontier.takeHost(run, 'other', minute, start + 2999)).toBeNull();
        expect(await frontier.takeHost(run, 'other', minute, start + 3000)).not.toBeNull();
      });

      it('tell when the next is due', async () => {
        expect(await frontier.nextDue(run, start)).toBeNull();
        await add(requestOf('a'), requestOf('b', { host: 'two.example' }));
        expect(await frontier.nextDue(run, start)).toBeLessThanOrEqual(start);
        const one = await take();
        const first = await claim(one);
        const two = await take(start, 'other');
        await claim(two, start + 1000);
        expect(await frontier.nextDue(run, start + 1000)).toBe(start + minute);
        const retry = { state: 'waiting', notBefore: start + 7000 } as const;
        await frontier.settle(settlementOf(run, first, null, { disposition: retry }), start, start);
        await frontier.releaseHost(one);
        expect(await frontier.nextDue(run, start)).toBe(start + 7000);
      });

      it('keep their robots.txt and their TLS profile', async () => {
        await add(requestOf('a'));
        const robots = {
          text: 'User-agent: *\nDisallow: /x\n',
          state: 'rules',
          outcome: 'ok',
          fetchedAt: start,
          expiresAt: start + minute,
          tries: 0,
        } as const;
        const slice = await take();
        const { claim: _claim, ...settlement } = settlementOf(run, await claim(slice), robots.text);
        const page = pageOf(requestOf('robots.txt', { kind: 'robots' }), robots.text);
        const { snapshotId } = await frontier.settle(
          { ...settlement, claim: null, page, robots, tlsProfile: 'p256' },
          start,
          start,
        );
        expect(await corpus.snapshot(snapshotId!)).toMatchObject({
          kind: 'robots',
          url: 'http://one.example/robots.txt',
        });
        await frontier.releaseHost(slice);
        const later = start + 2 * minute;
        expect(await frontier.takeHost(run, 'other', minute, later)).toMatchObject({ robots, tlsProfile: 'p256' });
      });
    });

    describe('claims', () => {
      it('return when they run out, and a settlement that comes late changes nothing', async () => {
        await add(requestOf('a'));
        const slow = await claim(await take());
        const later = start + minute;
        const quick = await claim(await take(later, 'other'), later);
        expect(quick).toMatchObject({ id: slow.id, attempts: 0 });
        const late = await frontier.settle(
          settlementOf(run, slow, 'late', { found: [requestOf('found')] }),
          later,
          start,
        );
        expect(late).toEqual({ snapshotId: null, added: 0 });
        expect((await corpus.counts()).snapshots).toBe(0);
        expect(await frontier.settle(settlementOf(run, quick, 'good'), later, start)).toMatchObject({ added: 0 });
        expect(await frontier.settle(settlementOf(run, quick, 'twice'), later, start)).toMatchObject({
          snapshotId: null,
        });
        expect((await corpus.counts()).snapshots).toBe(1);
        expect(await frontier.nextDue(run, later)).toBeNull();
      });

      it('can be given back', async () => {
        await add(requestOf('a'));
        const slice = await take();
        const first = await claim(slice);
        await frontier.unclaim(first);
        const second = await claim(slice);
        expect(second).toMatchObject({ id: first.id, attempts: 0 });
        await frontier.unclaim(first);
        expect(await frontier.claim(run, slice, start, minute, start)).toBeNull();
      });

      it('know what the address gave before', async () => {
        await add(requestOf('a'));
        const headers = { etag: '"1"', 'last-modified': 'Mon, 02 Mar 2026 00:00:00 GMT' };
        const first = await fetchNext('text', { answer: { headers }, textHash: 'print' });
        expect(first.claim).toMatchObject({ etag: null, lastModified: null, sha256: null, textHash: null });
        await nextRun();
        await add(requestOf('a'));
        expect(await claim(await take())).toMatchObject({
          etag: '"1"',
          lastModified: 'Mon, 02 Mar 2026 00:00:00 GMT',
          sha256: sha256('text'),
          textHash: 'print',
        });
      });
    });

    describe('outcomes', () => {
      it('are stored with the page, what it was asked with, and what it leads to', async () => {
        await add(
          requestOf('list', { kind: 'list', referrer: 'http://one.example/', anchor: '列表', listed: '2026-02-01' }),
        );
        const found = [requestOf('a'), requestOf('b', { host: 'two.example' }), requestOf('list', { kind: 'list' })];
        const listPage = {
          list: 'http://one.example/list',
          url: 'http://one.example/list',
          family: 'plain',
          items: 2,
          itemsHash: 'h',
          total: 3,
          pages: 2,
          problem: 'one is missing',
        };
        const { snapshotId, added } = await fetchNext('<html>', {
          found,
          listPage,
          answer: { finalUrl: 'http://one.example/list/', settings: { robots: 'ignored' } },
        });
        expect(added).toBe(2);
        const snapshot = await corpus.snapshot(snapshotId!);
        expect(snapshot).toMatchObject({
          run,
          source: 'one',
          kind: 'list',
          url: 'http://one.example/list',
          finalUrl: 'http://one.example/list/',
          contentType: 'text/html',
          sha256: sha256('<html>'),
          place: '990101',
          referrer: 'http://one.example/',
          anchor: '列表',
          listed: '2026-02-01',
        });
        expect(Buffer.from(snapshot!.bytes).toString()).toBe('<html>');
        expect(Buffer.from((await frontier.body(sha256('<html>')))!).toString()).toBe('<html>');
        expect(await frontier.body('00')).toBeNull();
        expect(await frontier.summary(run)).toEqual({
          pages: 1,
          bytes: 6,
          outcomes: [{ host: 'one.example', kind: 'list', outcome: 'ok', count: 1 }],
          listPages: [listPage],
          failures: [],
          waiting: 2,
          articles: 0,
          attachments: 0,
        });
      });

      it('are undone as a whole where one part cannot be stored', async () => {
        await add(requestOf('a'));
        const slice = await take();
        const claimed = await claim(slice);
        const broken = { ...requestOf('b'), depth: null as unknown as number };
        await expect(
          frontier.settle(settlementOf(run, claimed, 'text', { found: [requestOf('good'), broken] }), start, start),
        ).rejects.toThrow();
        expect((await corpus.counts()).snapshots).toBe(0);
        expect(await frontier.body(sha256('text'))).toBeNull();
        expect(await frontier.summary(run)).toMatchObject({ pages: 0, waiting: 1 });
        expect(await frontier.settle(settlementOf(run, claimed, 'text'), start, start)).toMatchObject({ added: 0 });
      });

      it('that pass are tried again when their time comes', async () => {
        await add(requestOf('a'));
        const retry = { state: 'waiting', notBefore: start + 5000 } as const;
        await fetchNext(null, { answer: { outcome: 'timeout', status: 0 }, disposition: retry });
        expect(await frontier.takeHost(run, 'worker', minute, start + 4999)).toBeNull();
        const again = await claim(await take(start + 5000), start + 5000);
        expect(again.attempts).toBe(1);
        expect(await frontier.summary(run)).toMatchObject({ failures: [], waiting: 1, pages: 1 });
      });

      it('that fail are told in the summary', async () => {
        await add(
          requestOf('a', { list: 'http://one.example/list' }),
          requestOf('b'),
          requestOf('c', { host: 'two.example' }),
        );
        await fetchNext(null, {
          answer: { outcome: 'gone', status: 404, reason: '404' },
          disposition: { state: 'failed' },
        });
        expect(await frontier.failHost(run, 'one.example', 'unreachable', 'no answer')).toBe(1);
        expect(await frontier.drop(run, 'budget')).toBe(1);
        expect(await frontier.summary(run)).toMatchObject({
          failures: [
            {
              url: 'http://one.example/a',
              kind: 'article',
              outcome: 'gone',
              reason: '404',
              list: 'http://one.example/list',
            },
            { url: 'http://one.example/b', kind: 'article', outcome: 'unreachable', reason: 'no answer', list: null },
          ],
          waiting: 0,
        });
        expect(await frontier.nextDue(run, start)).toBeNull();
      });

      it('count articles and attachments that arrived, a start address that is an article too', async () => {
        await add(
          requestOf('start', { kind: 'list' }),
          requestOf('a'),
          requestOf('f', { kind: 'attachment' }),
          requestOf('x'),
        );
        const slice = await take();
        const first = await claim(slice);
        const answer = { request: { ...first.request, kind: 'article' } as const };
        await frontier.settle(settlementOf(run, first, 'article', { answer }), start, start);
        await frontier.releaseHost(slice);
        await fetchNext(null, { answer: { outcome: 'not_modified', status: 304 } });
        await fetchNext(null, { answer: { outcome: 'gone', status: 404 }, disposition: { state: 'failed' } });
        await fetchNext('file');
        expect(await frontier.summary(run)).toMatchObject({ articles: 2, attachments: 1, pages: 4 });
      });
    });

    describe('what an address is known to give', () => {
      const known = async () => {
        const { rows } = await corpus.query('select sha256, text_hash, etag, last_seen from page', 9);
        return rows[0];
      };
      const first = '2026-03-01T08:00:00.000Z';
      const second = '2026-04-01T08:00:00.000Z';

      async function again(body: string | null, outcome: Outcome, fields: Parameters<typeof settlementOf>[3] = {}) {
        await nextRun();
        await add(requestOf('a'));
        return fetchNext(body, { ...fields, answer: { outcome, fetchedAt: second, ...fields.answer } });
      }

      beforeEach(async () => {
        await add(requestOf('a'));
        await fetchNext('old', { answer: { headers: { etag: '"1"' } }, textHash: 'print' });
        expect(await known()).toEqual([sha256('old'), 'print', '"1"', first]);
      });

      it('changes with new content', async () => {
        await again('new', 'ok', { textHash: 'other' });
        expect(await known()).toEqual([sha256('new'), 'other', null, second]);
      });

      it('stays where the server says so, and was seen again', async () => {
        await again(null, 'not_modified', { answer: { status: 304, headers: { etag: '"2"' } } });
        expect(await known()).toEqual([sha256('old'), 'print', '"2"', second]);
      });

      it('keeps its print where the same bytes came', async () => {
        await again('old', 'same');
        expect(await known()).toEqual([sha256('old'), 'print', null, second]);
      });

      it.each<Outcome>(['blocked', 'gone', 'soft404', 'timeout', 'too_big', 'cut_short', 'server_error', 'moved'])(
        'is not touched by %s, and the bytes are kept as evidence',
        async (outcome) => {
          const { snapshotId } = await again('challenge', outcome, { disposition: { state: 'failed' } });
          expect(await known()).toEqual([sha256('old'), 'print', '"1"', first]);
          expect(Buffer.from((await corpus.snapshot(snapshotId!))!.bytes).toString()).toBe('challenge');
        },
      );
    });

    describe('waiting for reading', () => {
      it('are new articles and attachments, articles first, in order of fetch', async () => {
        await add(
          requestOf('f', { kind: 'attachment', priority: 0 }),
          requestOf('l', { kind: 'list' }),
          requestOf('a'),
          requestOf('b'),
          requestOf('bad'),
        );
        const ids: number[] = [];
        for (const body of ['file', 'list', 'a', 'b']) ids.push((await fetchNext(body)).snapshotId!);
        await fetchNext('challenge', { answer: { outcome: 'blocked' }, disposition: { state: 'failed' } });
        const [file, , a, b] = ids;
        expect(await corpus.unreadSnapshots(9)).toEqual([a, b, file]);
      });

      it('is what came first, not what came again', async () => {
        await add(requestOf('a'));
        const { snapshotId } = await fetchNext('text');
        await nextRun();
        await add(requestOf('a'));
        await fetchNext('text, counter 2', { answer: { outcome: 'same' } });
        expect(await corpus.unreadSnapshots(9)).toEqual([snapshotId]);
      });

      it('is an article whose bytes were met before only as a list', async () => {
        await add(requestOf('a', { kind: 'list' }));
        await fetchNext('text');
        await nextRun();
        await add(requestOf('a'));
        const { snapshotId } = await fetchNext('text', { answer: { outcome: 'same' } });
        expect(await corpus.unreadSnapshots(9)).toEqual([snapshotId]);
      });

      it('is a version that came back', async () => {
        const ids: number[] = [];
        for (const body of ['one', 'two', 'one']) {
          await add(requestOf('a'));
          ids.push((await fetchNext(body)).snapshotId!);
          await nextRun();
        }
        expect(await corpus.unreadSnapshots(9)).toEqual(ids);
      });
    });

    it('tells which places could not be read', async () => {
      await add(
        requestOf('a'),
        requestOf('b'),
        requestOf('c'),
        requestOf('robots.txt', { kind: 'robots', priority: 9 }),
      );
      const failed = { answer: { outcome: 'gone', status: 404 }, disposition: { state: 'failed' } } as const;
      await fetchNext('a');
      await fetchNext(null, failed);
      await fetchNext(null, failed);
      await fetchNext(null, failed);
      await nextRun();
      await add(requestOf('b'));
      await fetchNext('b, at last');
      expect(await corpus.readings()).toEqual([{ place: '990101', documents: 0, failures: 1 }]);
    });

    it('is one for two connections to the same corpus', async () => {
      const other = await place.open();
      try {
        await add(...Array.from({ length: 12 }, (_, index) => requestOf(`${index}`, { host: `${index % 3}.example` })));
        const held = new Set<string>();
        const fetched: string[] = [];
        const work = async (mine: Frontier, owner: string) => {
          for (;;) {
            const slice = await mine.takeHost(run, owner, minute, start);
            if (!slice) return;
            expect(held.has(slice.host)).toBe(false);
            held.add(slice.host);
            const claimed = (await mine.claim(run, slice, start, minute, start))!;
            await new Promise((resolve) => setTimeout(resolve, 1));
            await mine.settle(settlementOf(run, claimed, claimed.request.url), start, start);
            fetched.push(claimed.request.url);
            held.delete(slice.host);
            await mine.releaseHost(slice);
          }
        };
        await Promise.all([work(frontier, 'x'), work(other.frontier, 'y'), work(other.frontier, 'z')]);
        // A worker that finds no free host goes home, so some may be left to the last.
        await work(frontier, 'x');
        expect(new Set(fetched).size).toBe(12);
        expect(fetched).toHaveLength(12);
      } finally {
        await other.close();
      }
    });
  });
}
