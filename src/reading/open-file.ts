// Opens a file in a worker thread, with limits of time and memory, so that no file can stop or fill the process that reads it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FileContent, FileTask } from './file-worker.js';
import { noteWords } from './notes.js';

/** Limits for one file. */
const limits = {
  milliseconds: 60_000,
  heapMegabytes: 768,
  /** Bytes of the file itself. */
  file: 200_000_000,
  unpacked: 300_000_000,
  parts: 500,
};

let entry: Promise<URL> | null = null;

/** The worker's code: compiled beside this file, or, where this runs from its TypeScript source, transpiled on the way. */
async function workerEntry(): Promise<URL> {
  if (!import.meta.url.endsWith('.ts')) return new URL('./file-worker.js', import.meta.url);
  const { default: typescript } = await import('typescript');
  const compilerOptions = { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 };
  const transpiled = (name: string): string => {
    const source = readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
    const { outputText } = typescript.transpileModule(source, { compilerOptions });
    const whole = outputText.replace(/ from '(\.\/[^']+)\.js'/g, (_, other) => ` from '${transpiled(`${other}.ts`)}'`);
    return `data:text/javascript;base64,${Buffer.from(whole).toString('base64')}`;
  };
  return new URL(transpiled('./file-worker.ts'));
}

/**
 * Reads a file's content in a worker.
 * @returns the content or why there is none; never rejects for what the file holds
 */
export async function openFile(kind: FileTask['kind'], bytes: Uint8Array): Promise<FileContent> {
  if (bytes.length > limits.file)
    return { failure: 'too_big', message: noteWords.largeFile({ bytes: bytes.length, most: limits.file }) };
  entry ??= workerEntry();
  const task: FileTask = { kind, bytes, mostUnpacked: limits.unpacked, mostParts: limits.parts };
  const worker = new Worker(await entry, {
    workerData: { base: import.meta.url, task },
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes },
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<FileContent>((resolve) => {
      const fail = (failure: 'damaged' | 'too_big', message: string) => resolve({ failure, message });
      timer = setTimeout(
        () => fail('too_big', noteWords.slow({ seconds: limits.milliseconds / 1000 })),
        limits.milliseconds,
      );
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) => {
        const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        fail(full ? 'too_big' : 'damaged', full ? noteWords.memory({ most: limits.heapMegabytes }) : error.message);
      });
      worker.once('exit', () => fail('damaged', noteWords.stopped()));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
