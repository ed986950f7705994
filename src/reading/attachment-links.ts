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

const textOf = (node: ParentNode): string =>
  (node.children as ChildNode[])
    .map((child) =>
      child.type === 'text'
        ? (child as unknown as { data: string }).data
        : 'children' in child
          ? textOf(child as ParentNode)
          : '',
    )
    .join('');

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

/** The files that a page links to, once each, in order. @param origin the page's URL, against which addresses resolve */
export function attachmentLinksOf(root: ParentNode, origin: string): AttachmentLink[] {
  const found = new Map<string, AttachmentLink>();
  let base = origin;
  visitElements(root, (element) => {
    if (element.name === 'base' && element.attribs.href) base = resolve(element.attribs.href, origin) ?? origin;
    const address = addressOf(element);
    if (!address) return;
    const told = textOf(element) || attribute(element, 'title');
    const named = told.includes('.') && fileEnding.test(told);
    if (!named && !fileEnding.test(address) && !downloadService.test(address)) return;
    const words = told.replace(/\s+/g, ' ').trim();
    const url = resolve(address, base);
    if (url && !found.has(url)) found.set(url, { url, title: words || attribute(element, 'title') || decodeName(url) });
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
