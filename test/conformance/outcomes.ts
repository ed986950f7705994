// What every frontier in a database makes of outcomes: what is stored, what is known of an address after it, and what waits for
// reading. One suite of behaviour, run by the test of each database.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/page.js';
import { minute, start, useCrawl } from './crawl.js';
import { requestOf, settlementOf, sha256 } from './samples.js';
import type { MakePlace } from './study.js';

/** Runs the suite on corpora that `makePlace` makes room for. */
export function describeOutcomes(name: string, makePlace: MakePlace): void {
  describe(`a frontier in ${name}`, () => {
    const crawl = useCrawl(makePlace);

    describe('outcomes', () => {
      it('are stored with the page, what it was asked with, and what it leads to', async () => {
        await crawl.add(
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
        const { snapshotId, added } = await crawl.fetchNext('<html>', {
          found,
          listPage,
          answer: { finalUrl: 'http://one.example/list/', settings: { robots: 'ignored' } },
        });
        expect(added).toBe(2);
        const snapshot = await crawl.corpus.snapshot(snapshotId!);
        expect(snapshot).toMatchObject({
          run: crawl.run,
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
        expect(Buffer.from((await crawl.frontier.body(sha256('<html>')))!).toString()).toBe('<html>');
        expect(await crawl.frontier.body('00')).toBeNull();
        expect(await crawl.frontier.summary(crawl.run)).toEqual({
          pages: 1,
          bytes: 6,
          outcomes: [{ host: 'one.example', kind: 'list', outcome: 'ok', count: 1 }],
          listPages: [listPage],
          failures: [],
          waiting: 2,
          articles: 0,
          furtherPages: 0,
          attachments: 0,
        });
      });

      it('are undone as a whole where one part cannot be stored', async () => {
        await crawl.add(requestOf('a'));
        const slice = await crawl.take();
        const claimed = await crawl.claim(slice);
        const broken = { ...requestOf('b'), depth: null as unknown as number };
        await expect(
          crawl.frontier.settle(
            settlementOf(crawl.run, claimed, 'text', { found: [requestOf('good'), broken] }),
            start,
            start,
          ),
        ).rejects.toThrow();
        expect((await crawl.corpus.counts()).snapshots).toBe(0);
        expect(await crawl.frontier.body(sha256('text'))).toBeNull();
        expect(await crawl.frontier.summary(crawl.run)).toMatchObject({ pages: 0, waiting: 1 });
        expect(await crawl.frontier.settle(settlementOf(crawl.run, claimed, 'text'), start, start)).toMatchObject({
          added: 0,
        });
      });

      it('that pass are tried again when their time comes', async () => {
        await crawl.add(requestOf('a'));
        const retry = { state: 'waiting', notBefore: start + 5000 } as const;
        await crawl.fetchNext(null, { answer: { outcome: 'timeout', status: 0 }, disposition: retry });
        expect(await crawl.frontier.takeHost(crawl.run, 'worker', minute, start + 4999)).toBeNull();
        const again = await crawl.claim(await crawl.take(start + 5000), start + 5000);
        expect(again.attempts).toBe(1);
        expect(await crawl.frontier.summary(crawl.run)).toMatchObject({ failures: [], waiting: 1, pages: 1 });
      });

      it('that fail are told in the summary', async () => {
        await crawl.add(
          requestOf('a', { list: 'http://one.example/list' }),
          requestOf('b'),
          requestOf('c', { host: 'two.example' }),
        );
        await crawl.fetchNext(null, {
          answer: { outcome: 'gone', status: 404, reason: '404' },
          disposition: { state: 'failed' },
        });
        expect(await crawl.frontier.failHost(crawl.run, 'one.example', 'unreachable', 'no answer')).toBe(1);
        expect(await crawl.frontier.drop(crawl.run, 'budget')).toBe(1);
        expect(await crawl.frontier.summary(crawl.run)).toMatchObject({
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
        expect(await crawl.frontier.nextDue(crawl.run, start)).toBeNull();
      });

      it('count articles and attachments that arrived, a start address that is an article too', async () => {
        await crawl.add(
          requestOf('start', { kind: 'list' }),
          requestOf('a'),
          requestOf('f', { kind: 'attachment' }),
          requestOf('x'),
        );
        const slice = await crawl.take();
        const first = await crawl.claim(slice);
        const answer = { request: { ...first.request, kind: 'article' } as const };
        await crawl.frontier.settle(settlementOf(crawl.run, first, 'article', { answer }), start, start);
        await crawl.frontier.releaseHost(slice);
        await crawl.fetchNext(null, { answer: { outcome: 'not_modified', status: 304 } });
        await crawl.fetchNext(null, { answer: { outcome: 'gone', status: 404 }, disposition: { state: 'failed' } });
        await crawl.fetchNext('file');
        expect(await crawl.frontier.summary(crawl.run)).toMatchObject({ articles: 2, attachments: 1, pages: 4 });
      });
    });

    describe('what an address is known to give', () => {
      const known = async () => {
        const { rows } = await crawl.corpus.query('select sha256, text_hash, etag, last_seen from page', 9);
        return rows[0];
      };
      const first = '2026-03-01T08:00:00.000Z';
      const second = '2026-04-01T08:00:00.000Z';

      async function again(body: string | null, outcome: Outcome, fields: Parameters<typeof settlementOf>[3] = {}) {
        await crawl.nextRun();
        await crawl.add(requestOf('a'));
        return crawl.fetchNext(body, { ...fields, answer: { outcome, fetchedAt: second, ...fields.answer } });
      }

      beforeEach(async () => {
        await crawl.add(requestOf('a'));
        await crawl.fetchNext('old', { answer: { headers: { etag: '"1"' } }, textHash: 'print' });
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
          expect(Buffer.from((await crawl.corpus.snapshot(snapshotId!))!.bytes).toString()).toBe('challenge');
        },
      );
    });

    describe('waiting for reading', () => {
      it('are new articles and attachments, articles first, in order of fetch', async () => {
        await crawl.add(
          requestOf('f', { kind: 'attachment', priority: 0 }),
          requestOf('l', { kind: 'list' }),
          requestOf('a'),
          requestOf('b'),
          requestOf('bad'),
        );
        const ids: number[] = [];
        for (const body of ['file', 'list', 'a', 'b']) ids.push((await crawl.fetchNext(body)).snapshotId!);
        await crawl.fetchNext('challenge', { answer: { outcome: 'blocked' }, disposition: { state: 'failed' } });
        const [file, , a, b] = ids;
        expect(await crawl.corpus.unreadSnapshots(9)).toEqual([a, b, file]);
      });

      it('is what came first, not what came again', async () => {
        await crawl.add(requestOf('a'));
        const { snapshotId } = await crawl.fetchNext('text');
        await crawl.nextRun();
        await crawl.add(requestOf('a'));
        await crawl.fetchNext('text, counter 2', { answer: { outcome: 'same' } });
        expect(await crawl.corpus.unreadSnapshots(9)).toEqual([snapshotId]);
      });

      it('is an article whose bytes were met before only as a list', async () => {
        await crawl.add(requestOf('a', { kind: 'list' }));
        await crawl.fetchNext('text');
        await crawl.nextRun();
        await crawl.add(requestOf('a'));
        const { snapshotId } = await crawl.fetchNext('text', { answer: { outcome: 'same' } });
        expect(await crawl.corpus.unreadSnapshots(9)).toEqual([snapshotId]);
      });

      it('is a version that came back', async () => {
        const ids: number[] = [];
        for (const body of ['one', 'two', 'one']) {
          await crawl.add(requestOf('a'));
          ids.push((await crawl.fetchNext(body)).snapshotId!);
          await crawl.nextRun();
        }
        expect(await crawl.corpus.unreadSnapshots(9)).toEqual(ids);
      });
    });

    it('tells how many addresses of a place could never be read', async () => {
      await crawl.add(
        ...['a', 'b', 'c', 'trap'].map((path) => requestOf(path)),
        requestOf('sitemap.xml', { kind: 'sitemap', priority: 9 }),
        requestOf('d', { host: 'dead.example' }),
      );
      const failed = (outcome: Outcome) => ({ answer: { outcome }, disposition: { state: 'failed' } }) as const;
      await crawl.frontier.failHost(crawl.run, 'dead.example', 'unreachable', 'no answer');
      await crawl.fetchNext('a');
      await crawl.fetchNext(null, failed('gone'));
      await crawl.fetchNext(null, failed('timeout'));
      await crawl.fetchNext(null, failed('trap'));
      await crawl.fetchNext(null, failed('gone'));
      expect(await crawl.corpus.readings()).toEqual([{ place: '990101', documents: 0, failures: 3 }]);
      await crawl.nextRun();
      await crawl.add(requestOf('b'));
      await crawl.fetchNext('b, at last');
      expect(await crawl.corpus.readings()).toEqual([{ place: '990101', documents: 0, failures: 2 }]);
    });
  });
}
