// The message about a crawl that did not end complete: ready for an e-mail (subject and text), and for a webhook as JSON.
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { CrawlReport, Source } from '../../crawlers/index.js';
import type { CommandCall } from './command.js';
import { withoutSecrets } from './log.js';
import type { Output } from './output.js';

/** One message: its subject and text are for people, the rest for programs. */
export interface Alert {
  subject: string;
  text: string;
  source: string;
  name: string;
  run: number | null;
  end: string;
  reasons: string[];
  articles: number;
  attachments: number;
  failures: number;
  tookMs: number;
  /** The machine that crawled, and when it ended, ISO 8601 in UTC. */
  machine: string;
  endedAt: string;
}

/** The message about a crawl; null where it ended complete or a person interrupted it. */
export function alertOf(source: Source, crawl: CrawlReport, now: Date): Alert | null {
  if (crawl.end === 'complete' || crawl.end === 'interrupted') return null;
  return alert(source, now, { ...crawl, failures: crawl.failures.length });
}

/** The message about a crawl that broke off by a fault of the program. */
export const alertOfFault = (source: Source, message: string, now: Date): Alert =>
  alert(source, now, {
    run: null,
    end: 'failed',
    reasons: [message],
    articles: 0,
    attachments: 0,
    failures: 0,
    tookMs: 0,
  });

type Ending = Pick<Alert, 'run' | 'end' | 'articles' | 'attachments' | 'failures' | 'tookMs' | 'reasons'>;

function alert(
  source: Source,
  now: Date,
  { run, end, articles, attachments, failures, tookMs, reasons }: Ending,
): Alert {
  const named = run === null ? '' : ` (run ${run})`;
  const lines = [
    `${source.name} (${source.id}) was crawled and ended ${end}${named}.`,
    `${articles} articles and ${attachments} attachments arrived, ${failures} addresses were lost.`,
    ...reasons.map((reason) => `- ${reason}`),
    ...(run === null ? [] : [`More: xianjian runs ${run}`]),
    ...(failures > 0 ? [`Once more: xianjian retry --failed ${source.id}`] : []),
  ];
  return {
    subject: `xianjian: ${source.id} ended ${end}${named}`,
    text: `${lines.join('\n')}\n`,
    source: source.id,
    name: source.name,
    run,
    end,
    reasons,
    articles,
    attachments,
    failures,
    tookMs,
    machine: hostname(),
    endedAt: now.toISOString(),
  };
}

/**
 * How a command tells of trouble: to the webhook of the study, and with `--json` as a line on stdout. What it gives back is what went
 * wrong with the webhook, null for nothing. `again`: it is told once more where that went wrong, so the line waits for that.
 */
export const teller =
  ({ options, settings }: Pick<CommandCall, 'options' | 'settings'>, out: Output, { again }: { again: boolean }) =>
  async (alert: Alert): Promise<string | null> => {
    const webhook = settings.webhook?.value;
    const fault = webhook === undefined ? null : await postAlert(webhook, alert);
    if (options.json === true && !(again && fault !== null)) out.data(`${JSON.stringify(alert)}\n`);
    return fault;
  };

const tries = 3;
const patienceMs = 10_000;

/** Posts a message as JSON. Gives what went wrong after three tries, in words without the secret part of the address; null for success. */
async function postAlert(webhook: string, alert: Alert, pauseMs = 1000): Promise<string | null> {
  let fault = '';
  for (let attempt = 1; attempt <= tries; attempt++) {
    try {
      const answer = await fetch(webhook, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(alert),
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs),
      });
      await answer.body?.cancel();
      if (answer.ok) return null;
      fault = `it answered ${answer.status}`;
      // Nothing changes by asking again.
      if (answer.status < 500 && answer.status !== 429) break;
    } catch (error) {
      const { message, cause } = error as Error;
      fault = cause instanceof Error ? cause.message : message;
    }
    if (attempt < tries) await setTimeout(pauseMs * attempt);
  }
  // The path of a webhook is its secret.
  const { origin } = new URL(withoutSecrets(webhook));
  return `the webhook at ${origin} did not take the message about ${alert.source}: ${fault}; correct \`webhook\` in xianjian.yaml`;
}
