// The bytes a command reads: a file, or one address fetched with the crawl's own guard and patience.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inspect } from '../../crawlers/index.js';
import { resolveCounty } from '../corpus.js';
import { ReadingError, UsageError, whyUnreadable } from '../model/errors.js';
import type { ReadingInput } from '../reading/index.js';
import type { CommandCall } from './command.js';
import { endOf, reasonSaid } from './crawl-words.js';
import { contactOf } from './settings.js';

/**
 * The bytes of a path or address with what is known of them.
 * @throws UsageError where there is no such file; ReadingError where the address gave no page
 */
export async function fetchInput(
  target: string,
  { options, settings, signal }: Pick<CommandCall, 'options' | 'settings' | 'signal'>,
): Promise<ReadingInput> {
  const place = options.place === undefined ? {} : { placeHint: resolveCounty(String(options.place)) };
  if (!/^https?:\/\//i.test(target)) return { bytes: fileBytes(target), origin: resolve(target), ...place };
  const { page, notes, robots } = await inspect(target, {
    allowPrivate: options.allowPrivate === true,
    signal,
    ...contactOf(settings),
  });
  if (page?.body && page.outcome === 'ok') {
    const type = page.headers['content-type'];
    return { bytes: page.body, origin: page.finalUrl, ...(type ? { contentType: type } : {}), ...place };
  }
  const met = page
    ? { en: endOf(page.outcome, page.reason, 'en'), zh: endOf(page.outcome, page.reason, 'zh') }
    : robots.allowed || robots.state === 'unavailable'
      ? reasonSaid(notes.join('; '))
      : { en: 'robots.txt forbids it', zh: 'robots.txt 不允许' };
  throw new ReadingError(
    'E_FETCH',
    { en: `${target} gave no page (${met.en})`, zh: `${target} 没有取得网页（${met.zh}）` },
    {
      en: `Type \`xianjian inspect ${target}\` to see why.`,
      zh: `原因可用 xianjian inspect ${target} 查看。`,
    },
  );
}

/** @throws UsageError where the file is missing, a folder, or may not be read. */
export function fileBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    const met = whyUnreadable(cause);
    throw new UsageError(
      'E_FILE',
      { en: `${resolve(path)} cannot be read: ${met.en}`, zh: `无法读取 ${resolve(path)}：${met.zh}` },
      { en: 'Check the path.', zh: '请核对路径。' },
      { cause },
    );
  }
}
