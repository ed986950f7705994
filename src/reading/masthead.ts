// What the head and foot of a document say about it, from the labelled fields around its body, its signature and its title.
import type { Masthead } from '../model/document.js';
import { addresseesIn } from './addressees.js';
import type { Body } from './body.js';
import { isToolLine, type LineKind } from './chrome.js';
import { findDates, labelledDate } from './dates.js';
import { deliveryOf } from './delivery.js';
import { documentNumberOf } from './document-number.js';
import { type FieldName, fieldsOf, labelAlone } from './fields.js';
import { genreOf } from './genre.js';
import { labelsAbove } from './label-cells.js';
import { fold, type Line } from './line.js';
import { accountName, metaOf, type PageHead } from './meta.js';
import { publishedOf, type StatedDate } from './published.js';
import type { FoundTitle } from './title.js';

/** Everything that the masthead is read from. */
export interface MastheadSigns {
  lines: readonly Line[];
  kinds: readonly (LineKind | null)[];
  head: PageHead;
  title: FoundTitle | null;
  body: Body;
  /** The text of the body. */
  text: string;
  /** Most of it stands in tables of data. */
  tabular: boolean;
}

type Values = Map<FieldName, string[]>;

function add(values: Values, name: FieldName, value: string): void {
  const known = values.get(name);
  if (known) known.push(value);
  else values.set(name, [value]);
}

/** The line after a label cell, where it is that label's value: the next cell of the same row, or '' where that cell is empty. */
function valueBeside(lines: readonly Line[], index: number): string {
  const line = lines[index]!;
  const next = lines[index + 1];
  if (!next || labelAlone(fold(next.text)) !== null) return '';
  if (line.cell)
    return next.cell !== line.cell && next.cell?.parent === line.cell.parent && isNextCell(line, next) ? next.text : '';
  return line.element !== null && next.element?.parent === line.element.parent ? next.text : '';
}

function isNextCell(line: Line, next: Line): boolean {
  let node = line.cell!.next;
  while (node && node.type !== 'tag') node = node.next;
  return node === next.cell;
}

/** Labelled values in the lines outside the body. */
function valuesOf({ lines, body }: MastheadSigns): Values {
  const values: Values = new Map();
  const above = labelsAbove(lines);
  lines.forEach((line, i) => {
    if ((i >= body.from && i < body.to) || line.text.length > 300) return;
    const folded = fold(line.text);
    const alone = labelAlone(folded);
    const label = above.get(line);
    if (label !== undefined) add(values, labelAlone(label)!, line.text);
    else if (alone !== null) add(values, alone, valueBeside(lines, i));
    else for (const field of fieldsOf(folded)) add(values, field.name, field.value);
  });
  return values;
}

/** A name of an office, medium or person without tools and dates that were glued to it. */
function cleanName(value: string): string {
  let name = fold(value);
  const [date] = findDates(name);
  if (date) name = name.slice(0, date.start);
  const words: string[] = [];
  for (const word of name.split(/\s+/)) {
    if (word && isToolLine(word)) break;
    words.push(word);
  }
  name = words
    .join(' ')
    .replace(/https?:\/\/\S*/g, '')
    .replace(/[|丨_·—-]+\s*$/u, '')
    .trim();
  return /^[《【[(].*[》】\])]$/.test(name) ? name.slice(1, -1) : name;
}

const nothing = /^(?:无|暂无|null|none|undefined|[-—/\s]*)$/i;
const unsaid = /^(?:本站|本网|本网站|原创|网络|互联网|转载|本站原创|admin|管理员|未知|不详|佚名|本站编辑)$/i;

function firstName(values: Values, name: FieldName): string | null {
  for (const value of values.get(name) ?? []) {
    const clean = cleanName(value);
    if (clean && clean.length <= 60 && !nothing.test(clean)) return clean;
  }
  return null;
}

/** The source that a masthead line prints without a label: what is left of it beside date and address. */
function bareSource({ lines, kinds, body, title }: MastheadSigns): string | null {
  const from = title && title.line >= 0 ? title.line + title.lines : Math.max(0, body.from - 4);
  for (let i = from; i < body.from; i++) {
    if (kinds[i] !== 'info') continue;
    const folded = fold(lines[i]!.text);
    const fields = fieldsOf(folded);
    let rest = fields[0] ? folded.slice(0, fields[0].start) : folded;
    const dates = findDates(rest);
    if (dates.length === 0) continue;
    for (const date of dates.toReversed()) rest = `${rest.slice(0, date.start)} ${rest.slice(date.end)}`;
    const name = cleanName(rest.replace(/https?:\/\/[\w./-]*|www\.[\w.-]+/g, ' '));
    if (/^\p{Script=Han}{3,16}$/u.test(name) && !isToolLine(name)) return name;
  }
  return null;
}

const officeEnd =
  '人民政府办公室|人民政府办公厅|人民政府|委员会办公室|委员会|办公室|教育和体育局|教育体育局|教体局|教育局|教育厅|教育委员会|局|厅|管委会|领导小组';
const titleOffice = new RegExp(
  `^(?<office>\\p{Script=Han}{2,40}?(?:${officeEnd}))(?:[\\s\\p{Script=Han}]{2,80}(?:局|厅|委|部|会|办))?\\s*(?=关于|印发|转发)`,
  'u',
);
const officeLine = new RegExp(
  `^\\p{Script=Han}{2,40}(?:${officeEnd}|中学|小学|学校|幼儿园|中心|大学|学院|公司|部|委|组|会)$`,
  'u',
);

/** The office that signed: the first line of the signature that is one. */
function signingOffice(body: Body): string | null {
  for (const line of body.signature) {
    const [date] = findDates(fold(line.text));
    const printed = (date ? fold(line.text).slice(0, date.start) : line.text).trim();
    const name = printed.replace(/\s*[(（](?:印章|盖章|公章|章|代章)[)）]$/, '');
    if (name.length >= 3 && (officeLine.test(name) || !date)) return name;
  }
  return null;
}

/** The site's name: stated in the head, else the last part of the <title> that is a site's. */
function siteOf(head: PageHead): string | null {
  const stated = metaOf(head, 'sitename', 'og:site_name');
  if (stated) return stated;
  const last =
    head.title
      .split(/[_|｜\-—–]/)
      .at(-1)
      ?.trim() ?? '';
  return head.title !== last && /(?:网|政府|局|委员会|厅|日报|晚报|学校|中学|小学|门户网站|电视台)$/.test(last)
    ? last
    : null;
}

function signedOf(body: Body, values: Values): StatedDate | null {
  for (const line of [...body.signature].reverse()) {
    const [date] = findDates(fold(line.text));
    if (date) return { printed: date.printed, iso: date.iso };
  }
  for (const value of values.get('signed') ?? []) {
    const date = labelledDate(value);
    if (date) return { printed: date.printed, iso: date.iso };
  }
  return null;
}

const isBroken = (value: string) => /(?:None|null|undefined|NaN)|[{}<>$]|[/-]$/.test(value);

function numbered(signs: MastheadSigns, values: Values, broken: Record<string, string>): string | null {
  for (const value of values.get('documentNumber') ?? []) {
    const number = documentNumberOf(value);
    if (number) return number;
    if (!nothing.test(value) && /\d/.test(value)) broken.documentNumber = value;
  }
  const { lines, body, title } = signs;
  const from = title && title.line >= 0 ? Math.max(0, title.line - 4) : Math.max(0, body.from - 12);
  for (let i = from; i < Math.min(body.from, lines.length); i++) {
    const folded = fold(lines[i]!.text).trim();
    const number = documentNumberOf(folded);
    if (number && folded.length <= number.length + 8) return number;
  }
  return documentNumberOf(fold(title?.title ?? '')) ?? documentNumberOf(fold(metaOf(signs.head, 'documentnumber')));
}

/** Whom a notice is addressed to, in one of its first lines. */
function addresseesOf(body: Body): string[] {
  for (const line of body.lines.slice(0, 3)) {
    const found = addresseesIn(line.text);
    if (found.length > 0) return found;
  }
  return [];
}

function publisherOf(signs: MastheadSigns, values: Values, source: string | null): string | null {
  const stated = firstName(values, 'publisher');
  if (stated) return stated;
  const signed = signingOffice(signs.body);
  if (signed) return signed;
  const titled = titleOffice.exec(signs.title?.title ?? '')?.groups?.office;
  if (titled) return titled;
  if (source && !unsaid.test(source)) return source;
  return siteOf(signs.head);
}

/** Reads the masthead. A value that is missing is null, one that cannot be right stands in `broken` too. */
export function mastheadOf(signs: MastheadSigns): Masthead {
  const { lines, kinds, head, body } = signs;
  const values = valuesOf(signs);
  const broken: Record<string, string> = {};
  const title = signs.title?.title ?? null;
  const places = {
    title: signs.title?.line ?? -1,
    bodyFrom: body.from,
    bodyTo: body.to,
    signature: new Set(body.signature),
  };
  const published = publishedOf(lines, kinds, head, places);
  const below = signs.title && signs.title.line >= 0 ? signs.title.line + signs.title.lines : body.from;
  const delivery = deliveryOf(lines, below, body.from);
  const given = delivery.iso === null ? null : { printed: delivery.printed!, iso: delivery.iso };
  const signed = signedOf(body, values) ?? given;
  const source =
    firstName(values, 'source') ??
    (cleanName(metaOf(head, accountName)) ||
      bareSource(signs) ||
      cleanName(metaOf(head, 'contentsource', 'source')) ||
      null);
  const author =
    firstName(values, 'author') ?? (cleanName(metaOf(head, 'author', 'og:article:author')) || delivery.speaker);
  const documentNumber = numbered(signs, values, broken);
  const indexNumber = (values.get('indexNumber') ?? []).find((value) => value !== '' && !nothing.test(value)) ?? null;
  if (indexNumber !== null && isBroken(indexNumber)) broken.indexNumber = indexNumber;
  const addressees = addresseesOf(body);
  return {
    title,
    published: published?.printed ?? null,
    publishedIso: published?.iso ?? null,
    signed: signed?.printed ?? null,
    signedIso: signed?.iso ?? null,
    publisher: publisherOf(signs, values, source),
    source,
    author,
    documentNumber,
    indexNumber,
    addressees,
    genre: genreOf({
      tabular: signs.tabular,
      title: title ?? '',
      text: signs.text,
      documentNumber,
      source,
      author,
      site: siteOf(head),
      addressees,
      congress: delivery.congress,
    }),
    broken,
  };
}
