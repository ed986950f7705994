// Pagers that send a form of their page: `__doPostBack('pager','2')` of ASP.NET, a button 下一页 that submits, a script that sets the field
// of the page's number and submits. Read, not run: the fields of the form as they stand, with what the press would change.
import type { Element } from 'domhandler';
import { elements, type ReadPage } from '../html.js';
import { withQuery } from '../url.js';
import type { NextRequest } from './family.js';

type Fields = Map<string, string>;

const postback =
  /__doPostBack\s*\(\s*(?:'|&#39;|")([^'"]*?)(?:'|&#39;|")\s*,\s*(?:'|&#39;|")([^'"]*?)(?:'|&#39;|")\s*\)/;
const setting = /([A-Za-z_$][\w$]*)(?:'\s*\)|"\s*\)|'\s*\]|"\s*\])?\s*\.value\s*=\s*["']?(\d{1,5})["']?/;

/** What a press on a control sends beside the fields of its form, null where it sends none. */
function pressOf({ name, attribs }: Element): Fields | null {
  const done = `${attribs.href ?? ''} ${attribs.onclick ?? ''}`;
  const [, target, argument] = postback.exec(done) ?? [];
  if (target !== undefined && argument !== undefined)
    return new Map([
      ['__EVENTTARGET', target],
      ['__EVENTARGUMENT', argument],
    ]);
  const submits = (name === 'input' || name === 'button') && /^submit$/i.test(attribs.type ?? '');
  if (submits) return attribs.name ? new Map([[attribs.name, attribs.value ?? '']]) : new Map();
  const [, field, number] = /\bsubmit\s*\(/.test(done) ? (setting.exec(done) ?? []) : [];
  return field !== undefined && number !== undefined ? new Map([[field, number]]) : null;
}

/** Whether a press on a control sends a form. */
export const sendsForm = (control: Element): boolean => pressOf(control) !== null;

function formAround(page: ReadPage, control: Element): Element | null {
  for (let node = control.parent; node; node = node.parent)
    if (node.type === 'tag' && (node as Element).name === 'form') return node as Element;
  // Where a control stands outside, a page with one form means that one.
  const forms = elements(page.document, ({ name }) => name === 'form');
  return forms.length === 1 ? forms[0]! : null;
}

/** What the form would send by itself: its fields as they stand, without buttons and files. */
function fieldsOf(form: Element): Fields {
  const fields: Fields = new Map();
  for (const { name, attribs } of elements(form, (each) => each.name === 'input' || each.name === 'select')) {
    if (!attribs.name || 'disabled' in attribs) continue;
    const type = name === 'input' ? (attribs.type ?? 'text').toLowerCase() : 'select';
    if (
      /^(?:submit|button|image|reset|file)$/.test(type) ||
      (/^(?:radio|checkbox)$/.test(type) && !('checked' in attribs))
    )
      continue;
    fields.set(attribs.name, attribs.value ?? '');
  }
  for (const select of elements(form, (each) => each.name === 'select' && Boolean(each.attribs.name))) {
    const options = elements(select, (each) => each.name === 'option');
    const chosen = options.find(({ attribs }) => 'selected' in attribs) ?? options[0];
    fields.set(select.attribs.name!, chosen?.attribs.value ?? '');
  }
  return fields;
}

/** The request that a press on a control of a pager makes by a form of its page, null where it makes none. */
export function sentForm(page: ReadPage, control: Element): NextRequest | null {
  const press = pressOf(control);
  const form = press ? formAround(page, control) : null;
  if (!press || !form) return null;
  const fields = fieldsOf(form);
  // A script that sets a field means one that the form has; ASP.NET adds the two of a press by a script.
  const known = [...press.keys()].every(
    (name) => fields.has(name) || name.startsWith('__EVENT') || control.name !== 'a',
  );
  const url = page.resolve(form.attribs.action || page.url);
  if (!known || url === null) return null;
  for (const [name, value] of press) fields.set(name, value);
  const sent = [...fields].map(([name, value]) => [encodeURIComponent(name), encodeURIComponent(value)] as const);
  if (!/^post$/i.test(form.attribs.method ?? ''))
    return { url: withQuery(url, Object.fromEntries(sent)), kind: 'list', family: 'links' };
  return { url, kind: 'list', family: 'links', form: sent.map((pair) => pair.join('=')).join('&') };
}
