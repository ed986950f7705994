// Where the scripts of a page fetch their rows: addresses in calls and options, with the parameters that stand beside them. Read, not run:
// a part that a script computes is filled where it is plain.
import type { ReadPage } from '../html.js';
import { withQuery } from '../url.js';
import { type NextRequest, scriptNumber } from './family.js';
import { argumentValue, callsOf, entriesOf, liveScripts } from './script-call.js';

/** Calls and options by which a script asks for data; the address is the last group that matched. */
const dataCalls = [
  /(?<![\w$])(?:fetch|getJSON|axios(?:\.(?:get|post))?|\$\.(?:get|post)|jQuery\.(?:get|post)|\$(?:http|axios)\.(?:get|post)|request(?:\.post)?)\s*\(\s*(["'`])([^"'`\n]{1,300}?)\1(\s*\+\s*[\w$.]+)?/g,
  /\b(?:url|dataUrl|dataurl|api|apiUrl|ajaxUrl|jsonUrl|listUrl|requestUrl|src)\s*[:=]\s*(["'`])([^"'`\n]{1,300}?)\1(\s*\+\s*[\w$.]+)?/g,
  /\.open\s*\(\s*["'](?:GET|POST)["']\s*,\s*(["'`])([^"'`\n]{1,300}?)\1(\s*\+\s*[\w$.]+)?/gi,
];
const isData = /\.json\b|\bjson\b|\/api\/|list|query|search|getinfo|page|article|news|data|channel|column|info/i;
const isNoData =
  /\.(?:js|css|html?|png|jpe?g|gif|svg|ico)(?:\?|$)|visit|count(?:er)?\b|stat(?:istics)?\b|login|weather|captcha|verify|share/i;

/** What a page's scripts ask for as data, likeliest first; of one address the call that tells its parameters. */
export function dataRequests(page: ReadPage): NextRequest[] {
  const found = new Map<string, number>();
  const called = calledData(page);
  for (const script of page.scripts) {
    for (const pattern of dataCalls) {
      for (const [, , written, joined] of script.matchAll(pattern)) {
        const link = fill(`${written}${joined ? `\${${joined.replace(/[\s+]/g, '')}}` : ''}`, script);
        if (link === null || !isData.test(link) || isNoData.test(link)) continue;
        const url = page.resolve(link);
        if (url !== null && url !== page.url)
          found.set(url, (/\.json\b|\/api\//i.test(link) ? 2 : 0) + (/list|page/i.test(link) ? 1 : 0));
      }
    }
  }
  return [...found]
    .sort((a, b) => b[1] - a[1])
    .map(([url]): NextRequest => called.get(url) ?? { url, kind: 'data', family: 'json' })
    .slice(0, 3);
}

const parameterCalls =
  /(?:\$|jQuery)\.(?:ajax|getJSON|get|post)|axios(?:\.(?:get|post|request))?|layui\.\$\.(?:ajax|get|post)|fetch|(?:this\.)?\$(?:http|axios)(?:\.(?:get|post))?|request(?:\.post)?/;

/** Calls whose parameters stand in an object: by their address, with the parameters in the query or, for POST, as a form. */
function calledData(page: ReadPage): Map<string, NextRequest> {
  const requests = new Map<string, NextRequest>();
  const script = liveScripts(page);
  if (!/\.(?:ajax|getJSON|get|post)\b|axios|fetch|request/.test(script)) return requests;
  for (const [first = '', second = ''] of callsOf(parameterCalls, script)) {
    const options = new Map(entriesOf(first.startsWith('{') ? first : second));
    const link = argumentValue(first.startsWith('{') ? (options.get('url') ?? '') : first, script);
    const url = link ? page.resolve(link) : null;
    if (url === null) continue;
    const written =
      options.get('body') ?? options.get('data') ?? options.get('params') ?? (first.startsWith('{') ? '' : second);
    const post = isPost(first, options, script);
    const body = post ? bodyOf(written, sendsJson(first, options, script), script) : null;
    const parameters = body === null ? parametersOf(written, script) : null;
    if (body !== null) requests.set(url, { url, form: body, kind: 'data', family: 'json' });
    else if (parameters !== null) requests.set(url, requestWith(url, parameters, post));
  }
  return requests;
}

/** axios sends an object as JSON; jQuery only where it is told to. */
function sendsJson(first: string, options: Map<string, string>, script: string): boolean {
  const stated = `${options.get('contentType') ?? ''} ${options.get('headers') ?? ''}`;
  if (/application\/json/i.test(stated)) return true;
  const call = new RegExp(`(?:axios|http|request)(?:\\.\\w+)?\\s*\\(\\s*${escaped(first.slice(0, 200))}`);
  return !/urlencoded/i.test(stated) && call.test(script);
}

/** The body in JSON of a call, null where it sends none: an object literal, or one that `JSON.stringify` makes a text of. */
function bodyOf(written: string, sendsJson: boolean, script: string): string | null {
  const stringified = /^JSON\.stringify\s*\(\s*(\{[\s\S]*\})\s*\)$/.exec(written)?.[1];
  const literal = stringified ?? (sendsJson ? written : '');
  const entries = entriesOf(literal);
  return entries.length === 0 ? null : JSON.stringify(objectOf(literal, script));
}

/** The values of an object literal by their types; what a script computes is a page's number, or an empty text. */
function objectOf(literal: string, script: string): Record<string, unknown> {
  return Object.fromEntries(
    entriesOf(literal).map(([name, written]) => {
      if (written.startsWith('{')) return [name, objectOf(written, script)];
      if (/^(?:true|false|null)$/.test(written)) return [name, JSON.parse(written)];
      const value = argumentValue(written, script) ?? (fill(`\${${name}}`, '') || '');
      return [name, /^["'`]/.test(written) || !/^\d{1,9}$/.test(value) ? value : Number(value)];
    }),
  );
}

/** jQuery's `$.post` is not told from `$.get` by its arguments; the options of `$.ajax` are. */
function isPost(first: string, options: Map<string, string>, script: string): boolean {
  const method = argumentValue(options.get('type') ?? options.get('method') ?? '', script) ?? '';
  return /^post$/i.test(method) || new RegExp(`\\.post\\s*\\(\\s*${escaped(first)}`).test(script);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function requestWith(url: string, parameters: Record<string, string>, post: boolean): NextRequest {
  if (!post) return { url: withQuery(url, parameters), kind: 'data', family: 'json' };
  const form = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return { url, form: form.join('&'), kind: 'data', family: 'json' };
}

/** The parameters of an object literal, percent-encoded; what a script computes is filled as in addresses, or left empty. */
function parametersOf(literal: string, script: string): Record<string, string> | null {
  const entries = entriesOf(literal);
  if (entries.length === 0) return null;
  return Object.fromEntries(
    entries.map(([name, written]) => {
      const value = argumentValue(written, script) ?? (fill(`\${${name}}`, '') || '');
      return [name, encodeURIComponent(value)];
    }),
  );
}

/** Fills `${page}` and the like: with the script's own value, else 1 for a page; null where a part stays unknown. */
function fill(template: string, script: string): string | null {
  let known = true;
  const filled = template.replace(/\$\{([^}]*)\}/g, (_, expression: string) => {
    const name = expression.trim().split('.').at(-1) ?? '';
    const value = /^\w+$/.test(name) ? scriptNumber(script, name) : null;
    if (value !== null) return String(value);
    if (/page|^p$|curr|index|^i$|^n$/i.test(name)) return '1';
    known = known && /size|limit|rows/i.test(name);
    return '20';
  });
  return known ? filled : null;
}
