// Throughput of 1, 2 and 4 workers on one PostgreSQL, in one run, as ratios: hosts on loopback without pauses, every page fetched, kept,
// read and extracted. Says what limits: the share of all processor cores that workers, PostgreSQL and the sites took.
// node test/bench/workers.mjs [--hosts 40] [--articles 24], after `npm run build`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { openCorpus } from '../../dist/db/open.js';
import { Queue } from '../../dist/src/worker/queue.js';
import { manyHosts } from '../helpers/many-hosts.mjs';

const { values } = parseArgs({
  options: { hosts: { type: 'string', default: '40' }, articles: { type: 'string', default: '24' } },
});
const hosts = Number(values.hosts);
const articles = Number(values.articles);
const root = resolve(import.meta.dirname, '..', '..');
const ticksASecond = 100;

/** The helper of the tests, which is TypeScript. */
async function startPostgres() {
  const source = readFileSync(join(root, 'test', 'helpers', 'postgres.ts'), 'utf8');
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true };
  mkdirSync(join(root, '.cache'), { recursive: true });
  const made = join(root, '.cache', 'bench-postgres.mjs');
  writeFileSync(made, ts.transpileModule(source, { compilerOptions: options }).outputText);
  return (await import(pathToFileURL(made).href)).startPostgres();
}

/** Seconds of processor time by process, with its name. */
function processorTimes() {
  const found = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const name = /\((.*)\)/.exec(stat)[1];
      found.set(Number(pid), { name, seconds: (Number(fields[11]) + Number(fields[12])) / ticksASecond });
    } catch {
      // It ended meanwhile.
    }
  }
  return found;
}

/** Seconds that all cores were busy since the machine began; programs that ended count too. */
function busySeconds() {
  const [user, nice, system, , , irq, soft, steal] = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]
    .match(/\d+/g)
    .map(Number);
  return (user + nice + system + irq + soft + steal) / ticksASecond;
}

async function measure(server, count) {
  const { address, remove } = await server.room();
  const corpus = await openCorpus(address, { create: true });
  const queue = await Queue.open(address, { told: () => {}, supervise: null });
  const sites = await manyHosts(hosts, articles);
  const workers = Array.from({ length: count }, () =>
    spawn(
      process.execPath,
      [join(root, 'dist/src/cli/main.js'), 'worker', '--db', address, '--allow-private', '--no-delay', '--hosts', '6'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    ),
  );
  // All are started before the work is.
  await Promise.all(
    workers.map(async (worker) => {
      for await (const data of worker.stderr) if (String(data).includes('worker started')) break;
    }),
  );
  const before = processorTimes();
  const busyBefore = busySeconds();
  const began = performance.now();
  for (let part = 0; part < 4; part++) {
    const start = sites.starts.filter((_, index) => index % 4 === part);
    await queue.crawl({ id: `part-${part}`, name: `Part ${part}`, place: null, start });
  }
  const wanted = hosts * articles;
  for (let done = 0; done < wanted; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    done = (await corpus.query('select count(*) from document', 1)).rows[0][0];
  }
  const seconds = (performance.now() - began) / 1000;
  const sizes = await corpus.query(
    `select sum(pg_total_relation_size(oid)) from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'`,
    1,
  );
  const bytesAPage = sizes.rows[0][0] / (wanted + hosts);
  const spent = { workers: 0, postgres: 0, sites: 0, others: 0 };
  const pids = new Set(workers.map((worker) => worker.pid));
  for (const [pid, { name, seconds: now }] of processorTimes()) {
    const used = now - (before.get(pid)?.seconds ?? 0);
    if (pids.has(pid)) spent.workers += used;
    else if (name.startsWith('postgres')) spent.postgres += used;
    else if (pid === process.pid) spent.sites += used;
  }
  spent.others = Math.max(0, busySeconds() - busyBefore - spent.workers - spent.postgres - spent.sites);
  for (const worker of workers) worker.kill('SIGTERM');
  await Promise.all(workers.map((worker) => (worker.exitCode === null ? once(worker, 'exit') : null)));
  await queue.stop(1);
  await sites.close();
  await corpus.close();
  await remove();
  return { count, pages: wanted + hosts, seconds, spent, bytesAPage };
}

const server = await startPostgres();
const cores = availableParallelism();
let first = null;
try {
  for (const count of [1, 2, 4]) {
    const { pages, seconds, spent, bytesAPage } = await measure(server, count);
    const rate = pages / seconds;
    first ??= rate;
    const share = (used) => `${Math.round((100 * used) / (seconds * cores))} %`;
    console.log(
      `${count} workers: ${pages} pages in ${seconds.toFixed(1)} s, ${rate.toFixed(1)} pages/s, ratio ${(rate / first).toFixed(2)}; ` +
        `of ${cores} cores: workers ${share(spent.workers)}, PostgreSQL ${share(spent.postgres)}, sites and this bench ${share(spent.sites)}, ` +
        `others on this machine ${share(spent.others)}; ${((1000 * spent.workers) / pages).toFixed(0)} ms of a core a page in workers, ${((1000 * spent.postgres) / pages).toFixed(0)} ms in PostgreSQL; ${(bytesAPage / 1000).toFixed(1)} kB a page on its disk, indexes included`,
    );
  }
  console.log(
    'Where the shares add up to nearly 100 %, the processor cores are the limit, and more workers on this machine cannot help.',
  );
} finally {
  await server.remove();
}
