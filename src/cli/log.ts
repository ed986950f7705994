// Structured logs (pino): one JSON object a line, with run, host and URL of what happened, and nothing secret in it.
import { type Logger, pino } from 'pino';
import type { CrawlEvent } from '../../crawlers/index.js';
import { UsageError } from '../model/errors.js';
import type { CommandOption } from './command.js';
import type { Output } from './output.js';

export const logOption: CommandOption = {
  flags: '--log <json|file>',
  about: {
    en: 'a log of JSON lines: `json` on stderr in place of words for people, or a file beside them',
    zh: 'JSON 行日志：写 json 则输出到 stderr，代替给人看的文字；写文件名则另存一份',
  },
};

type Listener = (event: CrawlEvent) => void;
/** Adds the log to a listener of a source's crawl. */
export type Listen = (source: string, listener: Listener) => Listener;

const secretName = /token|key|secret|pass|auth|sign|session|credential/i;

/** An address without user, password and the values of parameters whose names sound secret. Words that are no address stay. */
export function withoutSecrets(address: string): string {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return address;
  }
  if (url.username !== '' || url.password !== '') {
    url.username = '';
    url.password = '';
  }
  for (const name of [...url.searchParams.keys()]) if (secretName.test(name)) url.searchParams.set(name, '***');
  return url.href;
}

/** Addresses in a sentence, each without its secrets. */
const sentenceWithoutSecrets = (text: string): string =>
  text.replace(/[a-z][a-z0-9+.-]*:\/\/[^\s"'<>（）]+/gi, withoutSecrets);

/**
 * What `--log` asks for: the output that people read, and how a crawl is followed.
 * @throws UsageError where the file cannot be written
 */
export function logged(option: unknown, out: Output): { out: Output; listen: Listen } {
  if (option === undefined) return { out, listen: (_, listener) => listener };
  if (option === 'json') {
    const log = pino({}, { write: (line: string) => out.say(line.trimEnd()) });
    const quiet: Output = { ...out, say: (text) => log.info(sentenceWithoutSecrets(text)), progress: () => {} };
    // What the log tells by itself needs no words.
    return { out: quiet, listen: (source) => eventLog(log, source) };
  }
  const log = pino({}, fileOf(String(option)));
  return {
    out: {
      ...out,
      say: (text) => {
        log.info(sentenceWithoutSecrets(text));
        out.say(text);
      },
    },
    listen: (source, listener) => {
      const write = eventLog(log, source);
      return (event) => {
        write(event);
        listener(event);
      };
    },
  };
}

function fileOf(file: string) {
  try {
    return pino.destination({ dest: file, sync: true });
  } catch (cause) {
    throw new UsageError(
      'E_FILE',
      {
        en: `${file} cannot be written: ${(cause as Error).message}`,
        zh: `无法写入 ${file}：${(cause as Error).message}`,
      },
      { en: 'Name a file in a folder that is there, or `json`.', zh: '请写一个已有文件夹中的文件，或写 json。' },
      { cause },
    );
  }
}

/** One line an event: outcomes at `info`, those that lost a page at `warn`. */
function eventLog(log: Logger, source: string): Listener {
  let run: number | undefined;
  return (event) => {
    switch (event.type) {
      case 'run':
        run = event.run;
        log.info({ source, run, resumed: event.resumed }, 'run');
        break;
      case 'list': {
        const { url, family, items, added } = event;
        log.info({ source, run, host: hostOf(url), url: withoutSecrets(url), family, items, added }, 'list');
        break;
      }
      case 'outcome': {
        const { page, host, retryAt } = event;
        const { request, outcome, status, reason } = page;
        const isGood = ['ok', 'same', 'not_modified'].includes(outcome);
        const about = { source, run, host, url: withoutSecrets(request.url), kind: request.kind, outcome, status };
        const more = {
          ...(reason ? { reason: sentenceWithoutSecrets(reason) } : {}),
          ...(retryAt === undefined ? {} : { retryAt: new Date(retryAt).toISOString() }),
        };
        log[isGood || request.kind === 'robots' ? 'info' : 'warn']({ ...about, ...more }, 'outcome');
        break;
      }
      case 'waiting':
        log.info(
          { source, run, host: event.host, until: new Date(event.until).toISOString(), why: event.why },
          'waiting',
        );
        break;
      case 'note':
        log.warn({ source, run }, sentenceWithoutSecrets(event.message));
        break;
      default:
    }
  };
}

const hostOf = (url: string): string => {
  try {
    return new URL(url).host;
  } catch {
    return '';
  }
};
