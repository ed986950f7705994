// References to a page that can be pasted: GB/T 7714—2015 for electronic resources (8.8: author. title[EB/OL]. (published)[accessed].
// address.), and BibTeX. The hash of the archived bytes stands in both, so that the text meant can be proved.
import type { StoredDocument } from '../../../db/corpus.js';

type Cited = Pick<
  StoredDocument,
  'id' | 'title' | 'publisher' | 'documentNumber' | 'publishedIso' | 'signedIso' | 'url' | 'fetchedAt' | 'sha256'
>;

const beijing = 8 * 3600 * 1000;

/** The day of a fetch in Beijing time. */
export const fetchDay = (fetchedAt: string): string =>
  new Date(Date.parse(fetchedAt) + beijing).toISOString().slice(0, 10);

const isWeb = (url: string): boolean => /^https?:\/\//i.test(url);

/** A title in the form of the standard; a document number behind it, as in references to official documents. */
const titleOf = ({ title, documentNumber }: Cited): string =>
  `${title ?? '[题名不详]'}${documentNumber ? `: ${documentNumber}` : ''}`;

/** One line. An imported file, which has no address, is cited as another document: [Z]. */
export function gbtCitation(document: Cited): string {
  const author = document.publisher ?? '[责任者不详]';
  const published = (document.publishedIso ?? document.signedIso)?.slice(0, 10) ?? null;
  const dates = `${published ? `(${published})` : ''}[${fetchDay(document.fetchedAt)}]`;
  const hash = `存档SHA-256: ${document.sha256}.`;
  if (!isWeb(document.url)) return `${author}. ${titleOf(document)}[Z]. ${dates}. ${hash}`;
  return `${author}. ${titleOf(document)}[EB/OL]. ${dates}. ${document.url}. ${hash}`;
}

const special: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Characters that TeX takes for commands. */
const tex = (text: string): string =>
  text.replace(/[\\~^]|[#$%&_{}]/g, (sign) => special[sign] ?? `\\${sign}`).replace(/\s+/g, ' ');

/** An entry of type misc; names in double braces, so that no program parts them. The key is the document's number in the corpus. */
export function bibtexCitation(document: Cited): string {
  const published = document.publishedIso ?? document.signedIso;
  const fields: [name: string, value: string | null][] = [
    ['author', document.publisher && `{${tex(document.publisher)}}`],
    ['title', document.title && `{${tex(document.title)}}`],
    ['number', document.documentNumber && tex(document.documentNumber)],
    ['year', published?.slice(0, 4) ?? null],
    ['date', published?.slice(0, 10) ?? null],
    ['url', isWeb(document.url) ? document.url.replace(/[{}\s]/g, encodeURIComponent) : null],
    ['urldate', fetchDay(document.fetchedAt)],
    ['note', `SHA-256 of the archived bytes: ${document.sha256}`],
    ['langid', 'chinese'],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []));
  return [`@misc{xianjian-${document.id},`, ...lines, '}'].join('\n');
}
