// Where a page sends its reader at once: by `<meta http-equiv=refresh>`, or by a script that sets the location on a page that says
// nothing else. Scripts are read and not run: an address that takes more than words, known names and `+` is none.
import { isTag } from 'domhandler';
import { scriptValue } from './families/family.js';
import { blockEnd, collapse, elements, type ReadPage, textOf, withoutComments } from './html.js';

/** A page that is longer than this in words is no mere signpost to another. */
const signpostLength = 200;
const longestSignpost = 20_000;
/** Seconds within which a refresh leads on; a later one is the page's own renewal. */
const soon = 10;

/** The address that a page leads to at once, resolved; null where it stays. It may be the page itself. */
export function signpost(page: ReadPage): string | null {
  if (/http-equiv\s*=\s*["']?\s*refresh/i.test(page.text)) {
    const target = refreshTarget(page);
    if (target !== null) return target;
  }
  if (page.text.length > longestSignpost || !/location|navigate/.test(page.text)) return null;
  const target = scriptTarget(page);
  return target === null || isWordy(page) ? null : target;
}

const isWordy = (page: ReadPage): boolean => collapse(textOf(page.document)).length > signpostLength;

function refreshTarget(page: ReadPage): string | null {
  const refreshes = elements(
    page.document,
    ({ name, attribs }) => name === 'meta' && /^\s*refresh\s*$/i.test(attribs['http-equiv'] ?? ''),
  );
  for (const meta of refreshes) {
    const met = /^(\d*)(?:\.\d*)?(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?(?:"([^"]+)|'([^']+)|([^"'\s].*))/i.exec(
      (meta.attribs.content ?? '').trim(),
    );
    if (!met || Number(met[1] || 0) > soon) continue;
    // Inside noscript it is for readers without scripts: pages with something to say ask them to switch scripts on.
    if (hasAncestor(meta, 'noscript') && isWordy(page)) continue;
    return page.resolve((met[2] ?? met[3] ?? met[4])!.trim());
  }
  return null;
}

function hasAncestor(element: Parameters<typeof textOf>[0], name: string): boolean {
  for (let up = element.parent; up; up = up.parent) if (isTag(up) && up.name === name) return true;
  return false;
}

const sending =
  /(?<![\w$.'"])(?:(?:window|self|top|parent|document|this)\s*\.\s*)*(?:location|window\s*\[\s*["']location["']\s*\])(?:(?:\s*\.\s*href)?\s*=(?!=)|\s*\.\s*(?:replace|assign)\s*\()|\bwindow\s*\.\s*navigate\s*\(/g;

function scriptTarget(page: ReadPage): string | null {
  const onload = /<body\b[^<>]*\bonload\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(page.text);
  const all = withoutComments([...page.scripts, onload?.[1] ?? onload?.[2] ?? ''].join('\n'));
  const done = withoutDevices(doneAtOnce(all));
  for (const met of done.matchAll(sending)) {
    const address = addressAt(done, met.index + met[0].length, all, page);
    const url = address ? page.resolve(address) : null;
    if (url !== null) return url;
  }
  return null;
}

/** What scripts do without a click: functions that wait for one, or that nobody calls, are left out; delayed words are unwrapped. */
function doneAtOnce(script: string): string {
  const opening = /function\s*([\w$]*)\s*\([^)]*\)\s*\{|\([^()]*\)\s*=>\s*\{/g;
  let done = '';
  let at = 0;
  for (let met = opening.exec(script); met; met = opening.exec(script)) {
    const start = opening.lastIndex;
    const end = blockEnd(script, start);
    const before = script.slice(Math.max(0, met.index - 60), met.index);
    const name = met[1] ?? '';
    const waits = name
      ? !isCalled(name, script, met.index)
      : /click|submit|change|keydown|key(?:up|press)|[=:]\s*$/i.test(before.replace(/onload\s*=\s*$/i, ''));
    done += script.slice(at, met.index);
    if (!waits) done += `;${doneAtOnce(script.slice(start, end))};`;
    at = end + 1;
    opening.lastIndex = at;
  }
  return (done + script.slice(at)).replace(
    /setTimeout\s*\(\s*(?:"([^"]*)"|'([^']*)')\s*,/g,
    (_, double?: string, single?: string) => `;${double ?? single};(`,
  );
}

/** Whether a function is called anywhere but where it is defined; what stands in the page's links is not looked at. */
function isCalled(name: string, script: string, defined: number): boolean {
  const call = new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?:\\s*\\(|\\s*[,;)]|\\s*$)`, 'gm');
  return [...script.matchAll(call)].some(({ index }) => index < defined || index > defined + 'function '.length + 20);
}

/** Statements for some devices alone are not done by the others. */
function withoutDevices(script: string): string {
  const condition = /\bif\s*\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)\s*/g;
  let kept = '';
  let at = 0;
  for (let met = condition.exec(script); met; met = condition.exec(script)) {
    if (!/userAgent|mobile|iphone|android|platform|screen|isPC|isWap/i.test(met[1]!)) continue;
    const start = condition.lastIndex;
    const semicolon = script.indexOf(';', start);
    const end = script[start] === '{' ? blockEnd(script, start + 1) : semicolon < 0 ? script.length : semicolon;
    kept += `${script.slice(at, met.index)};`;
    at = end + 1;
    condition.lastIndex = at;
  }
  return kept + script.slice(at);
}

/** The address that an expression at a place of a script is; null where it is more than words and known names put together. */
function addressAt(script: string, place: number, all: string, page: ReadPage): string | null {
  const part = /\s*(?:"([^"\\]*)"|'([^'\\]*)'|`([^`$\\]*)`|([A-Za-z_$][\w$]*(?:\s*\.\s*\w+)*))[ \t]*(\+|[;),}\n]|$)/y;
  part.lastIndex = place;
  let address = '';
  for (;;) {
    const met = part.exec(script);
    if (!met) return null;
    const [, double, single, plain, name, end] = met;
    const word = double ?? single ?? plain ?? namedValue(name!.replace(/\s/g, ''), all, page);
    if (word === null) return null;
    address += word;
    if (end !== '+') return address;
  }
}

function namedValue(name: string, script: string, page: ReadPage): string | null {
  const own = /^(?:(?:window|self|document)\.)?location\.(host|hostname|origin|protocol|port)$/.exec(name)?.[1];
  if (own) return new URL(page.url)[own as 'host' | 'hostname' | 'origin' | 'protocol' | 'port'];
  return name.includes('.') ? null : scriptValue(script, name.replaceAll('$', '\\$'));
}
