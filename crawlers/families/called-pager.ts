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
    for (const [, expression] of body.matchAll(sending)) {
      const address = joined(expression!, defined[1]!, Number(number), script);
      if (address !== null) return page.resolve(address);
    }
  }
  return null;
}

const escaped = (name: string) => name.replaceAll('$', '\\$');

/** `"index_" + n + ".html"` with a number for `n`; null where the number does not occur or a part is unknown. */
function joined(expression: string, parameter: string, number: number, script: string): string | null {
  const part =
    /\s*(?:"([^"]*)"|'([^']*)'|\(\s*([A-Za-z_$][\w$]*)\s*([-+])\s*(\d{1,3})\s*\)|([A-Za-z_$][\w$]*)(?!\s*[.([\w$]))\s*(\+|[),]|$)/y;
  let address = '';
  let counts = false;
  for (;;) {
    const met = part.exec(expression);
    if (!met) return null;
    const [, double, single, shifted, sign, by, name, end] = met;
    const word = double ?? single;
    if (word !== undefined) address += word;
    else if ((shifted ?? name) === parameter) {
      address += number + (by === undefined ? 0 : sign === '-' ? -Number(by) : Number(by));
      counts = true;
    } else {
      const value = name === undefined ? null : scriptValue(script, escaped(name));
      if (value === null) return null;
      address += value;
    }
    if (end !== '+') return counts ? address : null;
  }
}
