// The message about a crawl that did not end complete: ready for an e-mail (subject and text, in the language of the study), and for a
// webhook as JSON.
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { type CrawlReport, type Source, sayReason } from '../../crawlers/index.js';
import { alike, type Language, type Said, wordTable } from '../model/language.js';
import type { CommandCall } from './command.js';
import { withoutSecrets } from './log.js';
import type { Output } from './output.js';

/** One message: its subject and text are for people, the rest for programs and the same in every language. */
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
export function alertOf(source: Source, crawl: CrawlReport, now: Date, language: Language): Alert | null {
  if (crawl.end === 'complete' || crawl.end === 'interrupted') return null;
  return alert(source, now, language, { ...crawl, failures: crawl.failures.length });
}

/** The message about a crawl that broke off by a fault of the program. */
export function alertOfFault(source: Source, fault: Said, now: Date, language: Language): Alert {
  const lost = { run: null, end: 'failed', articles: 0, attachments: 0, failures: 0, tookMs: 0 };
  return alert(source, now, language, { ...lost, reasons: [fault.en] }, [fault[language]]);
}

type Ending = Pick<Alert, 'run' | 'end' | 'articles' | 'attachments' | 'failures' | 'tookMs' | 'reasons'>;

const alertWords = wordTable(
  {
    subject: (source: string, end: string, run: string) => `县鉴：${source} 采集${end}${run}`,
    run: (run: number) => `（第 ${run} 次）`,
    ended: (name: string, source: string, end: string, run: string) => `${name}（${source}）的采集${end}${run}。`,
    counts: (articles: number, attachments: number, failures: number) =>
      `取得文章 ${articles} 篇，附件 ${attachments} 个；未取得的网址 ${failures} 个。`,
    more: (run: number) => `详情：xianjian runs ${run}`,
    again: (source: string) => `重新采集：xianjian retry --failed ${source}`,
  },
  {
    subject: (source: string, end: string, run: string) => `xianjian: ${source} ended ${end}${run}`,
    run: (run: number) => ` (run ${run})`,
    ended: (name: string, source: string, end: string, run: string) =>
      `${name} (${source}) was crawled and ended ${end}${run}.`,
    counts: (articles: number, attachments: number, failures: number) =>
      `${articles} articles and ${attachments} attachments arrived, ${failures} addresses were lost.`,
    more: (run: number) => `More: xianjian runs ${run}`,
    again: (source: string) => `Once more: xianjian retry --failed ${source}`,
  },
);

function alert(
  source: Source,
  now: Date,
  language: Language,
  { run, end, articles, attachments, failures, tookMs, reasons }: Ending,
  why: readonly string[] = reasons.map((reason) => sayReason(reason, language)),
): Alert {
  const words = alertWords[language];
  const named = run === null ? '' : words.run(run);
  const ended = sayReason(end, language);
  const lines = [
    words.ended(source.name, source.id, ended, named),
    words.counts(articles, attachments, failures),
    ...why.map((reason) => `- ${reason}`),
    ...(run === null ? [] : [words.more(run)]),
    ...(failures > 0 ? [words.again(source.id)] : []),
  ];
  return {
    subject: words.subject(source.id, ended, named),
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
  async (alert: Alert): Promise<Said | null> => {
    const webhook = settings.webhook?.value;
    const fault = webhook === undefined ? null : await postAlert(webhook, alert);
    if (options.json === true && !(again && fault !== null)) out.data(`${JSON.stringify(alert)}\n`);
    return fault;
  };

const tries = 3;
const patienceMs = 10_000;

/** Posts a message as JSON. Gives what went wrong after three tries, in words without the secret part of the address; null for success. */
async function postAlert(webhook: string, alert: Alert, pauseMs = 1000): Promise<Said | null> {
  let fault: Said = alike('');
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
      fault = { en: `it answered ${answer.status}`, zh: `回应为 HTTP 状态 ${answer.status}` };
      // Nothing changes by asking again.
      if (answer.status < 500 && answer.status !== 429) break;
    } catch (error) {
      const { message, cause } = error as Error;
      fault = alike(cause instanceof Error ? cause.message : message);
    }
    if (attempt < tries) await setTimeout(pauseMs * attempt);
  }
  // The path of a webhook is its secret.
  const { origin } = new URL(withoutSecrets(webhook));
  return {
    en: `the webhook at ${origin} did not take the message about ${alert.source}: ${fault.en}; correct \`webhook\` in xianjian.yaml`,
    zh: `${origin} 的 webhook 没有收下关于 ${alert.source} 的消息：${fault.zh}；请改正 xianjian.yaml 里的 webhook`,
  };
}
