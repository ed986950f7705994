// What every frontier in a database does with runs, requests, hosts and claims: one suite of behaviour, run by the test of each
// database.
import { describe, expect, it } from 'vitest';
import type { Frontier } from '../../src/model/frontier.js';
import type { RequestKind } from '../../src/model/page.js';
import { minute, source, start, useCrawl } from './crawl.js';
import { pageOf, requestOf, settlementOf, sha256 } from './samples.js';
import type { MakePlace } from './study.js';

/** Runs the suite on corpora that `makePlace` makes room for. */
export function describeFrontier(name: string, makePlace: MakePlace): void {
  describe(`a frontier in ${name}`, () => {
    const crawl = useCrawl(makePlace);

    describe('runs', () => {
      it('go on until they are ended', async () => {
        await crawl.add(requestOf('a'));
        await crawl.fetchNext('12345');
        expect(await crawl.frontier.openRun(source, start + minute)).toEqual({
          id: crawl.run,
          resumed: true,
          startedAt: start,
          pages: 1,
          bytes: 5,
        });
        await crawl.frontier.endRun(crawl.run, 'complete', null, start + minute);
        expect(await crawl.frontier.openRun(source, start + 2 * minute)).toEqual({
          id: crawl.run + 1,
          resumed: false,
          startedAt: start + 2 * minute,
          pages: 0,
          bytes: 0,
        });
      });

      it('are one a source, also where two programs begin at once', async () => {
        const opened = await Promise.all([1, 2, 3].map(() => crawl.frontier.openRun({ ...source, id: 'two' }, start)));
        expect(new Set(opened.map((each) => each.id)).size).toBe(1);
        expect(opened[0]!.id).not.toBe(crawl.run);
      });

      it('remember how many items the last one found that did not fail', async () => {
        const listPage = { list: 'l', url: 'l', family: 'f', items: 7, itemsHash: 'h' };
        expect(await crawl.frontier.lastYield(source.id, crawl.run)).toBeNull();
        await crawl.add(requestOf('list', { kind: 'list' }), requestOf('list_1', { kind: 'list' }));
        await crawl.fetchNext('a', { listPage });
        await crawl.fetchNext('b', { listPage: { ...listPage, items: 3 } });
        await crawl.nextRun();
        expect(await crawl.frontier.lastYield(source.id, crawl.run)).toBe(10);
        await crawl.frontier.endRun(crawl.run, 'failed', 'no items', start);
        crawl.run = (await crawl.frontier.openRun(source, start)).id;
        expect(await crawl.frontier.lastYield(source.id, crawl.run)).toBe(10);
      });
    });

    describe('adding', () => {
      it('knows an address with its form once a run', async () => {
        const form = requestOf('a', { form: 'page=2', kind: 'list' });
        expect(await crawl.add(requestOf('a'), requestOf('b'), requestOf('a', { depth: 3 }))).toBe(2);
        expect(await crawl.add(requestOf('a'), form, form)).toBe(1);
        await crawl.fetchNext('a');
        expect(await crawl.add(requestOf('a'), form)).toBe(0);
        await crawl.nextRun();
        expect(await crawl.add(requestOf('b'), form)).toBe(2);
      });

      it('leaves out articles and attachments that were seen since, but no lists', async () => {
        await crawl.add(requestOf('a'), requestOf('l', { kind: 'list' }), requestOf('lost'));
        await crawl.fetchNext('list');
        await crawl.fetchNext('article');
        await crawl.fetchNext(null, { answer: { outcome: 'gone', status: 404 }, disposition: { state: 'failed' } });
        await crawl.nextRun();
        const all = [requestOf('a'), requestOf('l', { kind: 'list' }), requestOf('lost'), requestOf('new')];
        const fetched = Date.parse('2026-03-01T08:00:00.000Z');
        expect(await crawl.frontier.add(crawl.run, all, start, fetched - 1)).toBe(3);
        expect(await crawl.frontier.add(crawl.run, all, start, fetched)).toBe(1);
      });

      it('is asked in the order of priority, then of adding', async () => {
        const kinds: RequestKind[] = ['attachment', 'article', 'sitemap', 'list', 'article', 'data'];
        await crawl.add(
          ...kinds.map((kind, index) => requestOf(`${kind}-${index}`, { kind })),
          requestOf('urgent', { priority: 0 }),
        );
        const slice = await crawl.take();
        const order: string[] = [];
        for (let index = 0; index < 7; index++) order.push((await crawl.claim(slice)).request.url.split('/').at(-1)!);
        expect(order).toEqual(['urgent', 'list-3', 'data-5', 'sitemap-2', 'article-1', 'article-4', 'attachment-0']);
        expect(await crawl.frontier.claim(crawl.run, slice, start, minute, start)).toBeNull();
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
        await crawl.add(request);
        expect((await crawl.claim(await crawl.take())).request).toEqual(request);
      });
    });

    describe('hosts', () => {
      it('are held by one worker each', async () => {
        await crawl.add(requestOf('a'), requestOf('b'), requestOf('c', { host: 'two.example' }));
        const asked = await Promise.all(
          ['x', 'y', 'z'].map((owner) => crawl.frontier.takeHost(crawl.run, owner, minute, start)),
        );
        const taken = asked.filter((slice) => slice !== null);
        expect(taken.map((slice) => slice.host).sort()).toEqual(['one.example', 'two.example']);
        await crawl.frontier.releaseHost(taken[0]!);
        expect(await crawl.frontier.takeHost(crawl.run, 'w', minute, start)).toMatchObject({
          host: taken[0]!.host,
          owner: 'w',
        });
      });

      it('of one group are held together and share their clock', async () => {
        await crawl.add(requestOf('a', { group: 'g' }), requestOf('b', { host: 'two.example', group: 'g' }));
        const slice = await crawl.take();
        expect(await crawl.frontier.takeHost(crawl.run, 'other', minute, start)).toBeNull();
        const claimed = await crawl.claim(slice);
        const clock = { nextAt: start + 5000, backoff: 2, fails: 1, opened: 0, tookMs: 40 };
        await crawl.frontier.settle(settlementOf(crawl.run, claimed, 'a', { clock }), start, start);
        await crawl.frontier.releaseHost(slice);
        expect(await crawl.frontier.takeHost(crawl.run, 'other', minute, start + 4999)).toBeNull();
        expect(await crawl.frontier.takeHost(crawl.run, 'other', minute, start + 5000)).toMatchObject({
          host: 'two.example',
          clock,
        });
      });

      it('are free again when the lease runs out, and then closed to the first worker', async () => {
        await crawl.add(requestOf('a'), requestOf('b'));
        const late = await crawl.take();
        expect(await crawl.frontier.takeHost(crawl.run, 'other', minute, start + minute - 1)).toBeNull();
        const other = await crawl.take(start + minute, 'other');
        expect(await crawl.frontier.claim(crawl.run, late, start, minute, start + minute)).toBeNull();
        await crawl.frontier.releaseHost(late);
        expect(await crawl.frontier.takeHost(crawl.run, 'third', minute, start + minute)).toBeNull();
        expect(await crawl.frontier.claim(crawl.run, other, start, minute, start + minute)).not.toBeNull();
      });

      it('are held longer with every claim', async () => {
        await crawl.add(requestOf('a'), requestOf('b'));
        const slice = await crawl.take();
        await crawl.claim(slice, start + minute - 1);
        expect(await crawl.frontier.takeHost(crawl.run, 'other', minute, start + minute)).toBeNull();
        expect(await crawl.claim(slice, start + minute + 1)).toMatchObject({
          request: { url: 'http://one.example/b' },
        });
      });

      it('move their clock when a request is claimed', async () => {
        await crawl.add(requestOf('a'), requestOf('b'));
        const slice = await crawl.take();
        await crawl.frontier.claim(crawl.run, slice, start + 3000, minute, start);
        await crawl.frontier.releaseHost(slice);
        expect(await crawl.frontier.takeHost(crawl.run, 'other', minute, start + 2999)).toBeNull();
        expect(await crawl.frontier.takeHost(crawl.run, 'other', minute, start + 3000)).not.toBeNull();
      });

      it('tell when the next is due, if need be when a lease runs out', async () => {
        expect(await crawl.frontier.nextDue(crawl.run, start)).toBeNull();
        await crawl.add(requestOf('c', { host: 'three.example' }));
        const three = await crawl.take();
        expect(await crawl.frontier.nextDue(crawl.run, start)).toBe(start + minute);
        await crawl.frontier.drop(crawl.run, 'not wanted');
        await crawl.frontier.releaseHost(three);
        await crawl.add(requestOf('a'), requestOf('b', { host: 'two.example' }));
        expect(await crawl.frontier.nextDue(crawl.run, start)).toBeLessThanOrEqual(start);
        const one = await crawl.take();
        const first = await crawl.claim(one);
        const two = await crawl.take(start, 'other');
        await crawl.claim(two, start + 1000);
        expect(await crawl.frontier.nextDue(crawl.run, start + 1000)).toBe(start + minute);
        const retry = { state: 'waiting', notBefore: start + 7000 } as const;
        await crawl.frontier.settle(settlementOf(crawl.run, first, null, { disposition: retry }), start, start);
        await crawl.frontier.releaseHost(one);
        expect(await crawl.frontier.nextDue(crawl.run, start)).toBe(start + 7000);
      });

      it('are told with what is open, by run and by group, and when they are due', async () => {
        await crawl.add(requestOf('a'), requestOf('b'), requestOf('c', { host: 'two.example', group: 'two' }));
        const slice = await crawl.frontier.takeHost(crawl.run, 'worker', minute, start, 'two.example');
        expect(slice?.host).toBe('two.example');
        expect(await crawl.frontier.takeHost(crawl.run, 'other', minute, start, 'two.example')).toBeNull();
        await crawl.claim(slice!);
        const open = await crawl.frontier.openHosts({ run: crawl.run }, start);
        expect(open).toMatchObject([
          { run: crawl.run, host: 'one.example', at: 0, held: false },
          // All that is open there is in somebody's hands.
          { run: crawl.run, host: 'two.example', group: 'two', at: null, held: true },
        ]);
        expect(await crawl.frontier.openHosts({ group: 'two' }, start)).toMatchObject([{ host: 'two.example' }]);
        expect(await crawl.frontier.unfinished(crawl.run)).toMatchObject({ id: crawl.run, definition: '{}' });
        await crawl.frontier.endRun(crawl.run, 'failed', null, start);
        expect(await crawl.frontier.unfinished(crawl.run)).toBeNull();
        expect(await crawl.frontier.openHosts({ group: 'two' }, start)).toEqual([]);
      });

      it('keep their robots.txt and their TLS profile', async () => {
        await crawl.add(requestOf('a'));
        const robots = {
          text: 'User-agent: *\nDisallow: /x\n',
          state: 'rules',
          outcome: 'ok',
          fetchedAt: start,
          expiresAt: start + minute,
          tries: 0,
        } as const;
        const slice = await crawl.take();
        const { claim: _claim, ...settlement } = settlementOf(crawl.run, await crawl.claim(slice), robots.text);
        const page = pageOf(requestOf('robots.txt', { kind: 'robots' }), robots.text);
        const { snapshotId } = await crawl.frontier.settle(
          { ...settlement, claim: null, page, robots, tlsProfile: 'p256' },
          start,
          start,
        );
        expect(await crawl.corpus.snapshot(snapshotId!)).toMatchObject({
          kind: 'robots',
          url: 'http://one.example/robots.txt',
        });
        await crawl.frontier.releaseHost(slice);
        const later = start + 2 * minute;
        expect(await crawl.frontier.takeHost(crawl.run, 'other', minute, later)).toMatchObject({
          robots,
          tlsProfile: 'p256',
        });
      });
    });

    describe('claims', () => {
      it('return when they run out, and a settlement that comes late changes nothing', async () => {
        await crawl.add(requestOf('a'));
        const slow = await crawl.claim(await crawl.take());
        const later = start + minute;
        const quick = await crawl.claim(await crawl.take(later, 'other'), later);
        expect(quick).toMatchObject({ id: slow.id, attempts: 0 });
        const late = await crawl.frontier.settle(
          settlementOf(crawl.run, slow, 'late', { found: [requestOf('found')] }),
          later,
          start,
        );
        expect(late).toEqual({ snapshotId: null, added: 0 });
        expect((await crawl.corpus.counts()).snapshots).toBe(0);
        expect(await crawl.frontier.settle(settlementOf(crawl.run, quick, 'good'), later, start)).toMatchObject({
          added: 0,
        });
        expect(await crawl.frontier.settle(settlementOf(crawl.run, quick, 'twice'), later, start)).toMatchObject({
          snapshotId: null,
        });
        expect((await crawl.corpus.counts()).snapshots).toBe(1);
        expect(await crawl.frontier.nextDue(crawl.run, later)).toBeNull();
      });

      it('can be given back', async () => {
        await crawl.add(requestOf('a'));
        const slice = await crawl.take();
        const first = await crawl.claim(slice);
        await crawl.frontier.unclaim(first);
        const second = await crawl.claim(slice);
        expect(second).toMatchObject({ id: first.id, attempts: 0 });
        await crawl.frontier.unclaim(first);
        expect(await crawl.frontier.claim(crawl.run, slice, start, minute, start)).toBeNull();
      });

      it('know what the address gave before', async () => {
        await crawl.add(requestOf('a'));
        const headers = { etag: '"1"', 'last-modified': 'Mon, 02 Mar 2026 00:00:00 GMT' };
        const first = await crawl.fetchNext('text', { answer: { headers }, textHash: 'print' });
        expect(first.claim).toMatchObject({ etag: null, lastModified: null, sha256: null, textHash: null });
        await crawl.nextRun();
        await crawl.add(requestOf('a'));
        expect(await crawl.claim(await crawl.take())).toMatchObject({
          etag: '"1"',
          lastModified: 'Mon, 02 Mar 2026 00:00:00 GMT',
          sha256: sha256('text'),
          textHash: 'print',
        });
      });
    });

    it('is one for two connections to the same corpus', async () => {
      const other = await crawl.place.open();
      try {
        await crawl.add(
          ...Array.from({ length: 12 }, (_, index) => requestOf(`${index}`, { host: `${index % 3}.example` })),
        );
        const held = new Set<string>();
        const fetched: string[] = [];
        const work = async (mine: Frontier, owner: string) => {
          for (;;) {
            const slice = await mine.takeHost(crawl.run, owner, minute, start);
            if (!slice) return;
            expect(held.has(slice.host)).toBe(false);
            held.add(slice.host);
            const claimed = (await mine.claim(crawl.run, slice, start, minute, start))!;
            await new Promise((resolve) => setTimeout(resolve, 1));
            await mine.settle(settlementOf(crawl.run, claimed, claimed.request.url), start, start);
            fetched.push(claimed.request.url);
            held.delete(slice.host);
            await mine.releaseHost(slice);
          }
        };
        await Promise.all([work(crawl.frontier, 'x'), work(other.frontier, 'y'), work(other.frontier, 'z')]);
        // A worker that finds no free host goes home, so some may be left to the last.
        await work(crawl.frontier, 'x');
        expect(new Set(fetched).size).toBe(12);
        expect(fetched).toHaveLength(12);
      } finally {
        await other.close();
      }
    });
  });
}
