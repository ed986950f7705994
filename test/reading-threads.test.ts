import { describe, expect, it } from 'vitest';
import { InOrder } from '../src/reading-threads.js';

const soon = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('work in two steps', () => {
  it('takes second steps in order, whatever order the first ones end in, and no more than four are ahead', async () => {
    const order = new InOrder();
    const said: string[] = [];
    let begun = 0;
    let ended = 0;
    let ahead = 0;
    for (let i = 0; i < 12; i++)
      order.add(
        async () => {
          begun += 1;
          ahead = Math.max(ahead, begun - ended);
          await soon((i * 7) % 5);
          return i;
        },
        async (result) => {
          said.push(String(result));
          ended += 1;
        },
      );
    await order.done;
    expect(said).toEqual(Array.from({ length: 12 }, (_, i) => String(i)));
    expect(ahead).toBe(4);
  });

  it('lets one wait for all before it', async () => {
    const order = new InOrder();
    const said: string[] = [];
    for (const [name, waits] of [
      ['a', false],
      ['b', true],
    ] as const)
      order.add(
        async () => void said.push(`first ${name}`),
        async () => {
          await soon(5);
          said.push(`second ${name}`);
        },
        waits,
      );
    await order.done;
    expect(said).toEqual(['first a', 'second a', 'first b', 'second b']);
  });

  it('ends with the first error, and nothing is done after it', async () => {
    const order = new InOrder();
    const said: number[] = [];
    for (const i of [0, 1, 2])
      order.add(
        async () => {
          if (i === 1) throw new Error('no room');
          return i;
        },
        async (result) => void said.push(result),
      );
    await expect(order.done).rejects.toThrow('no room');
    expect(said).toEqual([0]);
  });
});
