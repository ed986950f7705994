// The faces of the program that strangers' texts are looked at through: what a terminal is sent, and what of a page could do harm.
import { load } from 'cheerio';
import type { Element } from 'domhandler';
import { main } from '../../src/cli/main.js';
import { processOutput } from '../../src/cli/output.js';
import { markOf, payloadNames, payloads } from './strangers.js';

interface Terminal {
  code: number;
  /** What the terminal of a person, 100 columns wide, was sent. */
  text: string;
  stdout: string;
}

/** Runs a command as on a terminal, through the same output as the program's. */
export async function onTerminal(words: readonly string[], folder: string): Promise<Terminal> {
  let text = '';
  let stdout = '';
  const write = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  const data = (chunk: unknown) => {
    stdout += String(chunk);
    return write(chunk);
  };
  const streams = { stdout: { write: data, isTTY: true, columns: 100 }, stderr: { write, isTTY: true } };
  const out = processOutput({ TERM: 'xterm', LANG: 'zh_CN.UTF-8' }, streams as never);
  const code = await main(words, out, new AbortController().signal, { folder, environment: {} });
  return { code, text, stdout };
}

/** What commands themselves send besides letters: their colours, and the clearing of a line of progress. */
export const withoutOwn = (text: string): string =>
  text.replace(/\u001b\[(?:0|1|1;4|22|33|39)m|\r\u001b\[K|\r(?=\n)/g, '');

/** Names of the payloads that a text holds. */
export const marksIn = (text: string): string[] => payloadNames.filter((name) => text.includes(markOf(payloads[name])));

/** What of a page could run, load from elsewhere or send there. */
export function dangerIn(html: string): string[] {
  const $ = load(html);
  const found: string[] = [];
  for (const element of $('*').toArray() as Element[]) {
    const name = element.tagName;
    if (
      ['iframe', 'object', 'embed', 'base', 'svg:script', 'foreignobject'].includes(name) &&
      !$(element).attr('src')?.startsWith('/snapshot/')
    )
      found.push(name);
    if (name === 'script' && !$(element).attr('src')?.startsWith('/static/')) found.push('script');
    for (const [key, value] of Object.entries(element.attribs)) {
      if (/^on/i.test(key) || key === 'srcdoc') found.push(`${name} ${key}`);
      if (/^(?:href|src|action|formaction|xlink:href)$/i.test(key) && /^\s*(?:javascript|data|vbscript):/i.test(value))
        if (!(name === 'img' && value.startsWith('data:image/'))) found.push(`${name} ${key}=${value}`);
      if (/^(?:src|action)$/.test(key) && /^(?:https?:)?\/\//.test(value)) found.push(`${name} ${key}=${value}`);
    }
  }
  return found;
}
