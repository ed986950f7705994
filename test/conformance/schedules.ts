// What every corpus does with schedules: claimed by one, kept while it lives, caught up when it does not.
import { beforeEach, describe, expect, it } from 'vitest';
import type { NewSchedule } from '../../db/schedules.js';
import { type MakePlace, useStudy } from './study.js';

const hour = 3600_000;
const now = Date.parse('2026-03-02T00:00:00Z');

const entry = (source: string, fields: Partial<NewSchedule> = {}): NewSchedule => ({
  source,
  name: `Site ${source}`,
  place: '990101',
  definition: '{}',
  cron: '30 2 * * *',
  timezone: 'Asia/Shanghai',
  jitter: 10,
  dueAt: now - hour,
  beginsAt: now - hour + 60_000,
  ...fields,
});

/** Runs the suite on corpora that `makePlace` makes room for. */
export function describeSchedules(name: string, makePlace: MakePlace): void {
  describe(`schedules in ${name}`, () => {
    const study = useStudy(makePlace);
    const claim = (owner: string, at = now) => study.corpus.schedules.claim(owner, ['one', 'two'], hour, at);

    beforeEach(() =>
      study.corpus.schedules.set([entry('one'), entry('two', { dueAt: now + hour, beginsAt: now + hour })], now),
    );

    it('are listed with their names, the first to begin first', async () => {
      expect(await study.corpus.schedules.all(now)).toEqual([
        {
          source: 'one',
          name: 'Site one',
          cron: '30 2 * * *',
          timezone: 'Asia/Shanghai',
          jitter: 10,
          dueAt: now - hour,
          beginsAt: now - hour + 60_000,
          lastDueAt: null,
          lastRun: null,
          held: false,
        },
        expect.objectContaining({ source: 'two', held: false }),
      ]);
    });

    it('are given to one of many who ask at the same time', async () => {
      const second = await study.place.open();
      const askers = [study.corpus, second, study.corpus, second];
      const claimed = await Promise.all(
        askers.map((corpus, index) => corpus.schedules.claim(`asker ${index}`, ['one', 'two'], hour, now)),
      );
      await second.close();
      expect(claimed.filter((each) => each !== null).map((each) => each.source)).toEqual(['one']);
      expect((await study.corpus.schedules.all(now))[0]).toMatchObject({ source: 'one', held: true });
    });

    it('are given only where they are due, and only of the sources that were named', async () => {
      expect(await study.corpus.schedules.claim('me', ['two', 'three'], hour, now)).toBeNull();
      expect(await study.corpus.schedules.claim('me', [], hour, now)).toBeNull();
      expect(await claim('me', now - hour)).toBeNull();
      expect(await study.corpus.schedules.claim('me', ['two', 'three'], hour, now + hour)).toMatchObject({
        source: 'two',
        dueAt: now + hour,
      });
    });

    it('are held as long as their holder says so, and then given to another', async () => {
      await claim('first');
      expect(await claim('second', now + hour - 1)).toBeNull();
      expect(await study.corpus.schedules.extend('one', 'first', hour, now + hour - 1)).toBe(true);
      expect(await claim('second', now + 2 * hour - 2)).toMatchObject({ source: 'two' });
      expect(await claim('third', now + 2 * hour)).toMatchObject({ source: 'one' });
      expect(await study.corpus.schedules.extend('one', 'first', hour, now + 2 * hour)).toBe(false);
      const next = { dueAt: now + 24 * hour, beginsAt: now + 24 * hour };
      expect(await study.corpus.schedules.finish('one', 'first', { dueAt: now - hour, run: 1, next })).toBe(false);
      expect(await study.corpus.schedules.finish('one', 'third', { dueAt: now - hour, run: 2, next })).toBe(true);
      expect(await study.corpus.schedules.all(now)).toContainEqual(
        expect.objectContaining({
          source: 'one',
          lastDueAt: now - hour,
          lastRun: 2,
          dueAt: now + 24 * hour,
          held: false,
        }),
      );
    });

    it('that were given free are due still', async () => {
      await claim('first');
      await study.corpus.schedules.release('one', 'somebody else');
      expect(await claim('second')).toBeNull();
      await study.corpus.schedules.release('one', 'first');
      expect(await claim('second')).toMatchObject({ source: 'one', lastDueAt: null });
    });

    it('are set anew with what was crawled last, but not while somebody crawls', async () => {
      await claim('first');
      await study.corpus.schedules.set([entry('one', { cron: '0 1 * * *' })], now);
      const next = { dueAt: now + hour, beginsAt: now + hour };
      await study.corpus.schedules.finish('one', 'first', { dueAt: now - hour, run: 7, next });
      expect((await study.corpus.schedules.all(now)).find((each) => each.source === 'one')?.cron).toBe('30 2 * * *');
      await study.corpus.schedules.set([entry('one', { cron: '0 1 * * *', dueAt: now + 5 * hour })], now);
      expect(await study.corpus.schedules.all(now)).toContainEqual(
        expect.objectContaining({ source: 'one', cron: '0 1 * * *', dueAt: now + 5 * hour, lastRun: 7 }),
      );
    });

    it('know the run that a queue made of them, begun before that was noted or after', async () => {
      const next = { dueAt: now + 24 * hour, beginsAt: now + 24 * hour };
      const one = async () => (await study.corpus.schedules.all(now)).find((each) => each.source === 'one');
      await claim('first');
      await study.corpus.schedules.begun('one', now - hour, 7);
      expect(await one()).toMatchObject({ lastRun: 7, held: true });
      await study.corpus.schedules.finish('one', 'first', { dueAt: now - hour, run: null, next });
      expect(await one()).toMatchObject({ lastDueAt: now - hour, lastRun: 7, dueAt: now + 24 * hour, held: false });
      await study.corpus.schedules.claim('second', ['one'], hour, now + 24 * hour);
      const later = { dueAt: now + 48 * hour, beginsAt: now + 48 * hour };
      await study.corpus.schedules.finish('one', 'second', { dueAt: now + 24 * hour, run: null, next: later });
      // The run before is not that of this time.
      expect(await one()).toMatchObject({ lastDueAt: now + 24 * hour, lastRun: null });
      await study.corpus.schedules.begun('one', now + 24 * hour, 8);
      expect(await one()).toMatchObject({ lastDueAt: now + 24 * hour, lastRun: 8 });
      // A job that comes late says nothing of what came after it.
      await study.corpus.schedules.begun('one', now - hour, 7);
      expect(await one()).toMatchObject({ lastDueAt: now + 24 * hour, lastRun: 8 });
    });

    it('are forgotten', async () => {
      await study.corpus.schedules.forget(['one', 'unknown']);
      expect((await study.corpus.schedules.all(now)).map((each) => each.source)).toEqual(['two']);
    });
  });
}
