// For machines that watch: /healthz says whether the corpus answers, /metrics gives its numbers in the text format of Prometheus
// (https://prometheus.io/docs/instrumenting/exposition_formats/). No address, no path and no words of pages are in them.
import { Hono } from 'hono';
import type { Corpus } from '../../db/corpus.js';
import { XianjianError } from '../model/errors.js';
import { packageVersion } from '../model/package-root.js';

/** @param corpus an open corpus, or what opens it: then one that cannot be used is an answer of 503 */
export function health(corpus: Corpus | (() => Promise<Corpus>)): Hono {
  const opened = async (): Promise<Corpus> => (typeof corpus === 'function' ? corpus() : corpus);
  const app = new Hono();
  app.get('/healthz', async (c) => {
    c.header('Cache-Control', 'no-store');
    try {
      await (await opened()).activity();
      return c.json({ status: 'ok', version: packageVersion });
    } catch (error) {
      return c.json({ status: 'unavailable', version: packageVersion, code: codeOf(error) }, 503);
    }
  });
  app.get('/metrics', async (c) => {
    c.header('Cache-Control', 'no-store');
    c.header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
    const metrics = new Metrics();
    ofProcess(metrics);
    try {
      await ofCorpus(metrics, await opened());
      metrics.add('xianjian_corpus_up', 'gauge', 'Whether the corpus answers.', [{ value: 1 }]);
    } catch (error) {
      const code = codeOf(error);
      metrics.add('xianjian_corpus_up', 'gauge', 'Whether the corpus answers.', [{ labels: { code }, value: 0 }]);
    }
    return c.body(metrics.text());
  });
  return app;
}

/** Codes are for everybody; messages may name files and servers. */
const codeOf = (error: unknown): string => (error instanceof XianjianError ? error.code : 'E_INTERNAL');

function ofProcess(metrics: Metrics): void {
  const { heapUsed, rss } = process.memoryUsage();
  const started = Date.now() / 1000 - process.uptime();
  const { user, system } = process.cpuUsage();
  metrics.add('xianjian_info', 'gauge', 'Version of the program.', [{ labels: { version: packageVersion }, value: 1 }]);
  metrics.add('process_start_time_seconds', 'gauge', 'When the process began, since 1970.', [{ value: started }]);
  metrics.add('process_resident_memory_bytes', 'gauge', 'Memory of the process.', [{ value: rss }]);
  metrics.add('process_cpu_seconds_total', 'counter', 'Processor time of the process.', [
    { value: (user + system) / 1e6 },
  ]);
  metrics.add('nodejs_heap_size_used_bytes', 'gauge', 'Memory used by objects.', [{ value: heapUsed }]);
}

async function ofCorpus(metrics: Metrics, corpus: Corpus): Promise<void> {
  const counts = await corpus.counts();
  const activity = await corpus.activity();
  const now = Date.now();
  const schedules = await corpus.schedules.all(now);
  const gauge = (name: string, help: string, samples: Sample[]) =>
    metrics.add(`xianjian_${name}`, 'gauge', help, samples);
  gauge(
    'records',
    'What the corpus holds, by kind.',
    Object.entries(counts).map(([kind, value]) => ({ labels: { kind }, value })),
  );
  gauge(
    'runs',
    'Crawls by how they ended.',
    Object.entries(activity.runs).map(([end, value]) => ({ labels: { end }, value })),
  );
  gauge('requests_waiting', 'Addresses that wait to be fetched.', [{ value: activity.waiting }]);
  gauge('pages_unread', 'Kept pages that wait to be read.', [{ value: activity.unread }]);
  gauge('hosts_resting', 'Groups of hosts that rest longer than usual.', [{ value: activity.resting }]);
  gauge(
    'last_run_timestamp_seconds',
    'When the last crawl of a source ended, since 1970.',
    activity.lastRuns.map(({ source, endedAt }) => ({ labels: { source }, value: Date.parse(endedAt) / 1000 })),
  );
  gauge(
    'last_run_complete',
    'Whether the last crawl of a source ended complete.',
    activity.lastRuns.map(({ source, end }) => ({ labels: { source }, value: end === 'complete' ? 1 : 0 })),
  );
  gauge(
    'schedule_overdue_seconds',
    'By how much the next crawl of a source is late; 0 where it is not.',
    schedules.map(({ source, beginsAt, held }) => ({
      labels: { source },
      value: held ? 0 : Math.max(0, now - beginsAt) / 1000,
    })),
  );
}

interface Sample {
  labels?: Record<string, string>;
  value: number;
}

/** Lines of the exposition format. */
class Metrics {
  readonly #lines: string[] = [];

  /** One metric with its samples; a metric without any is left out. */
  add(name: string, type: 'gauge' | 'counter', help: string, samples: readonly Sample[]): void {
    if (samples.length === 0) return;
    this.#lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
    for (const { labels = {}, value } of samples) {
      const written = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
      this.#lines.push(`${name}${written.length > 0 ? `{${written.join(',')}}` : ''} ${value}`);
    }
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}

const escaped = (text: string): string => text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n');
