// Links to files beside an article: by the ending of the address, of the words or of the download service's own parameters.
import type { ChildNode, Element, ParentNode } from 'domhandler';
import type { AttachmentLink } from '../model/document.js';
import { attribute } from './html.js';

const fileEnding = /\.(?:docx?|xlsx?|pdf|wps|et|ofd|ceb|zip|rar|7z|pptx?)(?=$|[?#&\s"')\]）】（(])/i;
const downloadService =
  /(?:downfile|download|attachment|filedown|getfile)[\w/.-]*(?:\.jsp|\.do|\.aspx?|\.action|\.php|\?)/i;

function visitElements(parent: ParentNode, visit: (element: Element) => void): void {
  for (const node of parent.children as ChildNode[]) {
    if (!('children' in node)) continue;
    if (node.type === 'tag') visit(node as Element);
    visitElements(node as ParentNode, visit);
  }
}

/** Nodes of a link that are looked at: one that nothing closes holds the rest of the page. */
const mostNodes = 500;

function textOf(element: Element): string {
  let text = '';
  let left = mostNodes;
  const open: ChildNode[] = element.children.slice(0, mostNodes).toReversed();
  for (let node = open.pop(); node && left > 0; node = open.pop(), left--) {
    if (node.type === 'text') text += (node as unknown as { data: string }).data;
    else if ('children' in node) open.push(...node.children.slice(0, left).toReversed());
  }
  return text;
}

function addressOf(element: Element): string {
  if (element.name === 'a') return attribute(element, 'href');
  return (
    attribute(element, 'pdfsrc') ||
    attribute(element, 'sudyfile-src') ||
    (element.name === 'iframe' || element.name === 'embed' ? attribute(element, 'src') : '')
  );
}

function resolve(address: string, base: string): string | null {
  if (!address || /^(?:javascript|mailto|tel|data|#)/i.test(address)) return null;
  try {
    const url = new URL(address, base);
    url.username = '';
    url.password = '';
    return /^(?:https?|file):$/.test(url.protocol) ? url.href : null;
  } catch {
    return address;
  }
}

/** WebPlus says the name of a file in an attribute of its own, `{'title':'…'}`. */
const playerTitle = /(['"])title\1\s*:\s*(['"])(.{1,300}?)\2/;

function titleOf(element: Element): string {
  return attribute(element, 'title') || (playerTitle.exec(attribute(element, 'sudyfile-attr'))?.[3] ?? '');
}

/** The files that a page links to, once each, in order. @param origin the page's URL, against which addresses resolve */
export function attachmentLinksOf(root: ParentNode, origin: string): AttachmentLink[] {
  const found = new Map<string, AttachmentLink>();
  let base = origin;
  visitElements(root, (element) => {
    if (element.name === 'base' && element.attribs.href) base = resolve(element.attribs.href, origin) ?? origin;
    const address = addressOf(element);
    if (!address) return;
    const told = textOf(element) || titleOf(element);
    const named = told.includes('.') && fileEnding.test(told);
    if (!named && !fileEnding.test(address) && !downloadService.test(address)) return;
    const words = told.replace(/\s+/g, ' ').trim();
    const url = resolve(address, base);
    if (url && !found.has(url)) found.set(url, { url, title: words || titleOf(element) || decodeName(url) });
  });
  return [...found.values()];
}

function decodeName(url: string): string {
  const name = url.split(/[?#]/)[0]!.split('/').at(-1) ?? url;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
