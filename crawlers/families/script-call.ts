// Calls in the scripts of a page, read and not run: where a function is called, and what plain values its arguments have.
import { type ReadPage, withoutComments } from '../html.js';
import { scriptValue } from './family.js';

/** The scripts of a page, without those that an HTML comment around them switches off, and without comments of their own. */
export function liveScripts(page: ReadPage): string {
  return withoutComments(page.liveScripts.join('\n')).replace(/(^|[\s;{}])\/\/[^\n]*/g, '$1');
}

/** Calls of one function that a page is asked for; it has a few. */
const mostCalls = 200;

/** The arguments of each call of a function as they are written, of the first few hundred; its definitions are no calls. */
export function* callsOf(name: RegExp, script: string): Generator<string[]> {
  let calls = 0;
  for (const met of script.matchAll(new RegExp(`(?<![\\w$])(?:${name.source})\\s*\\(`, `g${name.flags}`))) {
    if (++calls > mostCalls) return;
    if (/\bfunction\s*$/.test(script.slice(Math.max(0, met.index - 20), met.index))) continue;
    const written = argumentsAt(script, met.index + met[0].length);
    if (written !== null) yield written;
  }
}

/** A call is no longer than this. */
const longestCall = 5000;

/** What stands between the brackets of a call that open before `start`, parted at its commas; null where they do not close. */
function argumentsAt(script: string, start: number): string[] | null {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = start;
  for (let at = start; at < Math.min(script.length, start + longestCall); at++) {
    const sign = script[at]!;
    if (quote) {
      if (sign === '\\') at += 1;
      else if (sign === quote) quote = '';
    } else if (/["'`]/.test(sign)) quote = sign;
    else if (/[([{]/.test(sign)) depth += 1;
    else if (/[)\]}]/.test(sign) && depth > 0) depth -= 1;
    else if (sign === ')' || (sign === ',' && depth === 0)) {
      parts.push(script.slice(from, at).trim());
      from = at + 1;
      if (sign === ')') return parts;
    }
  }
  return null;
}

/** The names and written values of an object literal, empty where it is none. */
export function entriesOf(literal: string): [name: string, written: string][] {
  if (!/^\{[\s\S]*\}$/.test(literal)) return [];
  return (argumentsAt(`${literal.slice(1, -1)})`, 0) ?? []).flatMap((entry) => {
    const met = /^["']?([\w$-]+)["']?\s*:\s*([\s\S]+)$/.exec(entry) ?? /^([A-Za-z_$][\w$]*)()$/.exec(entry);
    return met ? [[met[1]!, met[2]! || met[1]!] as [string, string]] : [];
  });
}

/** An argument that is longer gives no plain value. */
const longestArgument = 1000;

/** The plain value of an argument: a word in quotes, a number, a variable that holds one, a number read from a word, a quotient. */
export function argumentValue(written: string, script: string): string | null {
  if (written.length > longestArgument) return null;
  const quoted = /^(["'`])([^"'`]*)\1$/.exec(written);
  if (quoted) return quoted[2]!.trim();
  if (/^\d+$/.test(written)) return written;
  const inner = /^(?:parseInt|Number|String)\s*\(\s*([\s\S]+?)\s*(?:,\s*10\s*)?\)$/.exec(written)?.[1];
  if (inner) return argumentValue(inner, script);
  const quotient = /^Math\.ceil\s*\(\s*([\w$.]+)\s*\/\s*([\w$.]+)\s*\)$/.exec(written);
  if (quotient) {
    const [whole, part] = [quotient[1]!, quotient[2]!].map((each) => Number(argumentValue(each, script) ?? Number.NaN));
    return whole! > 0 && part! > 0 ? String(Math.ceil(whole! / part!)) : null;
  }
  return /^[\w$.]+$/.test(written) ? scriptValue(script, written.split('.').at(-1)!.replaceAll('$', '\\$')) : null;
}
