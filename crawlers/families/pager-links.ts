// The links and buttons of a pager in plain HTML: the one named 下一页, the numbered ones, and the controls that only a script answers.
import type { Element } from 'domhandler';
import { collapse, elements, type ReadPage, textOf } from '../html.js';
import { linkOf } from '../rows.js';
import { calledPage } from './called-pager.js';

const nextWords = /^(?:下\s*一?\s*页|后\s*一?\s*页|下一?頁|next(?:\s*page)?)$/i;
const arrow = /^(?:>|›|»|→|▶|►|&gt;)$/;

/** Whether words name the next page, whatever brackets and arrows stand around them. */
const namesNext = (words: string): boolean =>
  arrow.test(words) || nextWords.test(words.replace(/^[\s[【（(<‹«]+|(?:[\s\]】）)>›»→▶►…]|&gt;)+$/g, ''));

const nextClass = /(?:^|[^a-z])(?:next|nextpage|page-?next|p_next)(?:$|[^a-z])/i;

function anchorsOf(page: ReadPage): Element[] {
  return elements(page.document, (each) => each.name === 'a' || each.name === 'link');
}

/** Nodes that a link or button of a pager has at most; those of a row hold more. */
const mostOfControl = 50;

/** The words of a control: its text, its title, or those of the picture that it shows. */
function wordsOf(element: Element): string {
  const { title = '', value = '', 'aria-label': label = '' } = element.attribs;
  const shown = collapse(textOf(element, mostOfControl)) || collapse(title || label || value);
  if (shown) return shown;
  const [picture] = elements(element, (each) => each.name === 'img', mostOfControl);
  return collapse(picture?.attribs.alt || picture?.attribs.title || '');
}

/** The address of the link named 下一页, or marked as next by rel, or by class where it shows nothing. Null where there is none. */
export function nextLink(page: ReadPage): string | null {
  for (const anchor of anchorsOf(page)) {
    const words = wordsOf(anchor);
    const { rel, class: classes = '' } = anchor.attribs;
    const marked = rel === 'next' || namesNext(words) || (words === '' && nextClass.test(classes));
    if (!marked || /disabled|nolink|unclick/.test(classes)) continue;
    const url = page.resolve(linkOf(anchor)) ?? calledPage(page, anchor);
    if (url !== null && url !== page.url) return url;
  }
  return null;
}

/**
 * Without a link for "next": the numbered links of a pager, and among them the one after this page. Which number this page has
 * tells the one that is not linked, or marked as current, or linked to this very address.
 */
export function numberedNext(page: ReadPage): string | null {
  const numbered = numberedLinks(page);
  const own = [...numbered].find(([, url]) => url === page.url)?.[0];
  return afterCurrent(numbered, own ?? currentNumber(page));
}

/** What stands for the number after the current one: that is known, or the first that has no link. */
function afterCurrent<T>(numbered: ReadonlyMap<number, T>, known: number | undefined): T | null {
  if (numbered.size === 0) return null;
  const numbers = [...numbered.keys()];
  const first = Math.max(1, Math.min(...numbers) - 1);
  const gaps = Array.from({ length: Math.max(...numbers) - first + 1 }, (_, k) => first + k).filter(
    (each) => !numbered.has(each),
  );
  const current = known ?? gaps[0];
  return current === undefined ? null : (numbered.get(current + 1) ?? null);
}

const pressed = new Set(['a', 'button', 'input']);

/** The control that turns to the next page by a press: the one named 下一页, else the number after the current one; null where none does. */
export function nextControl(page: ReadPage, works: (control: Element) => boolean): Element | null {
  const numbered = new Map<number, Element>();
  for (const control of elements(page.document, ({ name, attribs }) => pressed.has(name) && !('disabled' in attribs))) {
    const words = wordsOf(control);
    const number = /^\[?(\d{1,4})\]?$/.exec(words)?.[1];
    if (!(number !== undefined || namesNext(words)) || !works(control)) continue;
    if (number === undefined) return control;
    if (!numbered.has(Number(number))) numbered.set(Number(number), control);
  }
  return afterCurrent(numbered, currentNumber(page));
}

/** Links whose words are a number, to addresses that differ from this page in numbers alone; also the options of a jump menu. */
function numberedLinks(page: ReadPage): Map<number, string> {
  const links = new Map<number, string>();
  const own = new Set([shapeOf(page.url), shapeOf(page.url, false)]);
  const add = (words: string, url: string | null): void => {
    const number = /^\D{0,2}(\d{1,5})\D{0,2}$/.exec(words)?.[1];
    if (number && url !== null && own.has(shapeOf(url)) && !links.has(Number(number))) links.set(Number(number), url);
  };
  for (const anchor of anchorsOf(page)) {
    const words = wordsOf(anchor);
    if (words.length <= 9) add(words, page.resolve(linkOf(anchor)) ?? calledPage(page, anchor));
  }
  for (const option of elements(
    page.document,
    (each) => each.name === 'option' && /[./?]/.test(each.attribs.value ?? ''),
  )) {
    add(collapse(textOf(option, mostOfControl)), page.resolve(option.attribs.value!));
  }
  return links;
}

/** An address without what pages of one list differ in: numbers, the extension, the name of the first page. */
function shapeOf(url: string, numbered = true): string {
  const [path = '', query = ''] = url.split('?', 2);
  const file = path.replace(/\/$|(?<=\/[^/]*)\.\w+$/, '');
  const list = (numbered ? file.replace(/[_-]?(?:p(?:age)?)?[_-]?\d+$/i, '') : file).replace(
    /\/(?:index|list|default|page)?\/?$/i,
    '',
  );
  const names = query
    .split('&')
    .filter((pair) => pair && !/^(?:\w*p(?:age|g|n)?\w*|start|offset|index|a\d+[tpc])=\d*$/i.test(pair));
  return `${list}?${names.sort().join('&')}`;
}

/** The number that a pager marks as the current one. */
function currentNumber(page: ReadPage): number | undefined {
  const marked = elements(
    page.document,
    (each) =>
      /(?:^|[^a-z])(?:current|cur|curr|on|active|thisclass|selected|now|no_d)(?:$|[^a-z])/i.test(
        each.attribs.class ?? '',
      ) && each.children.length === 1,
  );
  const numbers = marked.map((each) => collapse(textOf(each, mostOfControl))).filter((text) => /^\d{1,5}$/.test(text));
  return numbers.length === 1 ? Number(numbers[0]) : undefined;
}

const moreWords = /^(?:点击|點擊)?(?:加载|加載|查看|显示|展开)更多(?:信息|内容|数据|新闻)?\s*[.…>»↓▼]*$|^load more$/i;

/** The words of the first control that asks for more rows or the next page by a script alone, null where there is none. */
export function scriptControl(page: ReadPage): string | null {
  const [control] = elements(page.document, isControl);
  return control ? wordsOf(control) : null;
}

function isControl(element: Element): boolean {
  const { href = '', onclick = '', id = '' } = element.attribs;
  if (!['a', 'button', 'input', 'div', 'span', 'li'].includes(element.name) || element.children.length > 2)
    return false;
  const isButton = element.name === 'button' || element.name === 'input';
  if (!(isButton || Object.keys(element.attribs).length > 0) || linkOf(element) !== '') return false;
  const words = wordsOf(element);
  if (words.length > 12) return false;
  if (moreWords.test(words)) return isButton || href !== '' || onclick !== '' || id !== '';
  // A dead link to "next" stands on every last page; one with a call or a number in it does something.
  return (namesNext(words) || words === '2') && doesSomething(element);
}

function doesSomething({ attribs }: Element): boolean {
  const done = `${attribs.href ?? ''} ${attribs.onclick ?? ''}`.replace(/void\s*\(\s*0?\s*\)/g, '');
  if (/\w\s*\(\s*['"]?\w|\.submit\s*\(|\.value\s*=/.test(done)) return true;
  return Object.entries(attribs).some(
    ([name, value]) => /^(?:data-)?(?:page\w*|pn|p|num|index|pageno)$/i.test(name) && /^\d{1,5}$/.test(value),
  );
}
