// The bytes a command reads: a file, or one address fetched with the crawl's own guard and patience.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inspect } from '../../crawlers/index.js';
import { resolveCounty } from '../corpus.js';
import { ReadingError, UsageError } from '../model/errors.js';
import type { ReadingInput } from '../reading/index.js';
import type { CommandCall } from './command.js';
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
    ? `${page.outcome}${page.reason ? `, ${page.reason}` : ''}`
    : robots.allowed
      ? notes.join('; ')
      : 'robots.txt forbids it';
  throw new ReadingError(
    'E_FETCH',
    `${target} gave no page (${met})`,
    `Type \`xianjian inspect ${target}\` to see why.`,
  );
}

/** @throws UsageError where the file is missing, a folder, or may not be read. */
export function fileBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const met = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code);
    throw new UsageError('E_FILE', `${resolve(path)} cannot be read: ${met}`, 'Check the path.', { cause });
  }
}
