// Pagers that call a function of the page: `javascript:goPage(2)`, where the page itself says what goPage does: it sends the reader to
// an address put together from words and the number. Read, not run: whatever else the function does, there is no address.
import type { Element } from 'domhandler';
import { blockEnd, type ReadPage } from '../html.js';
import { scriptValue } from './family.js';

const call = /^\s*(?:javascript:)?\s*(?:return\s+)?([A-Za-z_$][\w$]*)\s*\(\s*(["']?)(\d{1,5})\2\s*\)/;
const sending =
  /(?:\blocation(?:\s*\.\s*href)?\s*=(?!=)|\blocation\s*\.\s*(?:assign|replace)\s*\(|\bopen\s*\()\s*([^;\n}]+)/g;

/** The address that a link or button leads to by a function of its page, null where it calls none or the address is not plain. */
export function calledPage(page: ReadPage, { attribs: { href = '', onclick = '' } }: Element): string | null {
  const met = call.exec(onclick) ?? call.exec(href);
  if (!met) return null;
  const [, name, , number] = met;
  for (const script of page.scripts) {
    const defined = new RegExp(
      `(?:function\\s+${escaped(name!)}|(?<![\\w$.])${escaped(name!)}\\s*[=:]\\s*function)\\s*\\(\\s*([A-Za-z_$][\\w$]*)\\s*\\)\\s*\\{`,
    ).exec(script);
    if (!defined) continue;
    const start = defined.index + defined[0].length;
    const body = script.slice(start, blockEnd(script, start));
    const address = sentTo(body, (each) => each === defined[1], Number(number), script);
    if (address !== null) return page.resolve(address);
  }
  return null;
}

const escaped = (name: string) => name.replaceAll('$', '\\$');

/** The first address that a piece of script sends its reader to by way of a number; `counts` knows the names that stand for it. */
export function sentTo(
  piece: string,
  counts: (name: string) => boolean,
  number: number,
  script: string,
): string | null {
  for (const [, expression] of piece.matchAll(sending)) {
    const address = joined(expression!, counts, number, script);
    if (address !== null) return address;
  }
  return null;
}

/** `"index_" + n + ".html"` with a number for `n`; null where the number does not occur or a part is unknown. */
export function joined(
  expression: string,
  counts: (name: string) => boolean,
  number: number,
  script: string,
): string | null {
  const part =
    /\s*(?:"([^"]*)"|'([^']*)'|\(\s*([A-Za-z_$][\w$.]*)\s*([-+])\s*(\d{1,3})\s*\)|([A-Za-z_$][\w$.]*(?:\(\))?)(?!\s*[([]))\s*(\+|[),]|$)/y;
  let address = '';
  let counted = false;
  for (;;) {
    const met = part.exec(expression);
    if (!met) return null;
    const [, double, single, shifted, sign, by, name, end] = met;
    const word = double ?? single;
    const named = shifted ?? name ?? '';
    if (word !== undefined) address += word;
    else if (counts(named)) {
      address += number + (by === undefined ? 0 : sign === '-' ? -Number(by) : Number(by));
      counted = true;
    } else {
      const value = name === undefined ? null : scriptValue(script, escaped(name.replace(/^this\./, '')));
      if (value === null) return null;
      address += value;
    }
    if (end !== '+') return counted ? address : null;
  }
}
