// Threads that read kept pages (stage 3, and stage 4 where records are asked for): a long page holds up no fetch and no answer of the
// thread that asks, which alone stores.
import { Piscina } from 'piscina';
import reread, { type RereadDocument, type RereadTask } from './reading-worker.js';

/** Pages that a thread may be given at once: it has its next before the last one is stored. */
export const inHand = 4;

/** Megabytes for a thread's young objects: half of Node's own, which saves memory and takes no time (`node test/bench/crawl.mjs`). */
const youngMb = 24;

export interface PageReader {
  read(task: RereadTask): Promise<RereadDocument[]>;
  close(): Promise<void>;
}

/** A pool of threads; from TypeScript sources, which threads cannot load, and for no threads, this thread itself. */
export function readingThreads(threads: number): PageReader {
  if (threads === 0 || import.meta.url.endsWith('.ts')) return { read: reread, close: async () => {} };
  const pool = new Piscina<RereadTask, RereadDocument[]>({
    filename: new URL('./reading-worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: inHand,
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  });
  const close = (): Promise<void> => {
    // Whoever stops in the middle of its work leaves pages in hand: their answers, which nobody waits for, are no fault.
    pool.on('error', () => {});
    return pool.destroy();
  };
  return { read: (task) => pool.run(task), close };
}

/** Work in two steps: a few first steps are ahead of the second ones, which are taken one by one in the order that was given. */
export class InOrder {
  readonly #ends: Promise<void>[] = [];
  #last: Promise<void> = Promise.resolve();

  /** Resolves when all that was given is done; rejects with the first error, after which nothing more is done. */
  get done(): Promise<void> {
    return this.#last;
  }

  /** @param waits its first step needs what the second steps before it do */
  add<T>(first: () => Promise<T>, second: (result: T) => Promise<void>, waits = false): void {
    const ready = (waits ? this.#last : (this.#ends.at(-inHand) ?? Promise.resolve())).then(first);
    // Told by the chain when its turn comes.
    ready.catch(() => {});
    this.#last = this.#last.then(async () => second(await ready));
    this.#ends.push(this.#last);
    if (this.#ends.length > inHand) this.#ends.shift();
  }
}
