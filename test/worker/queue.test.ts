// The queues on a real PostgreSQL: one waiting and one active slice a group, whoever asks; dead letters are shown and sent again.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Queue } from '../../src/worker/queue.js';
import { noPostgres, startPostgres, type TestServer } from '../helpers/postgres.js';

let server: TestServer;
let queue: Queue;
let other: Queue;
const options = { told: () => {}, supervise: null };

describe.skipIf(noPostgres !== null)(`queues${noPostgres === null ? '' : `: ${noPostgres}`}`, () => {
  beforeAll(async () => {
    server = await startPostgres();
    [queue, other] = (await Promise.all([1, 2].map(() => Queue.open(server.address(), options)))) as [Queue, Queue];
  }, 120_000);
  afterAll(async () => {
    await queue?.stop(1);
    await other?.stop(1);
    await server?.remove();
  });

  it('hand out one slice of a group at a time, across all workers', async () => {
    const past = Date.now() - 5000;
    await queue.slice('one.example', past);
    await other.slice('one.example', past);
    await other.slice('two.example', past);
    expect((await queue.counts()).slice.waiting).toBe(2);
    const [first] = await queue.boss.fetch<{ group: string }>('slice');
    const [second] = await other.boss.fetch<{ group: string }>('slice');
    expect([first?.data.group, second?.data.group].sort()).toEqual(['one.example', 'two.example']);
    // Its next slice waits until this one has ended.
    await queue.slice('one.example', past);
    expect(await other.boss.fetch('slice')).toEqual([]);
    expect(await queue.withSlice(['one.example', 'three.example'])).toEqual(new Set(['one.example']));
    for (const job of [first!, second!]) await queue.boss.complete('slice', job.id);
    const [next] = await other.boss.fetch<{ group: string }>('slice');
    expect(next?.data.group).toBe('one.example');
    await other.boss.complete('slice', next!.id);
  });

  it('keep what failed for good with its error, and send it again', async () => {
    await queue.boss.send('read', { snapshots: [7] }, { retryLimit: 0 });
    const [job] = await queue.boss.fetch('read');
    await queue.boss.fail('read', job!.id, new Error('the page cannot be read'));
    const dead = await other.dead(10);
    expect(dead).toMatchObject([{ queue: 'read', data: { snapshots: [7] }, error: 'the page cannot be read' }]);
    expect((await other.counts()).read).toMatchObject({ waiting: 0, dead: 1 });
    expect(await other.inBatches()).toEqual(new Set([7]));
    await other.resend(dead[0]!);
    expect(await other.dead(10)).toEqual([]);
    expect((await other.counts()).read).toMatchObject({ waiting: 1, dead: 0 });
  });

  it('know a source whose crawl waits or is under way', async () => {
    const source = { id: 'one', name: 'One', place: null, start: ['http://127.0.0.1:1/'] };
    expect(await queue.crawl(source)).toBe(true);
    expect(await other.crawl(source)).toBe(false);
  });
});
