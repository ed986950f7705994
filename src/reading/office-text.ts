// Two forms in which office programs save a document as text under the name .doc: a web page packed as a mail (MHTML, RFC 2557) and the XML of
// Word 2003. Both to HTML.
import { decodeBytes } from './decode.js';

const latin = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

const header = (head: string, name: string) =>
  new RegExp(`^${name}[ \\t]*:([^\\r\\n]*(?:\\r?\\n[ \\t][^\\r\\n]*)*)`, 'im').exec(head)?.[1] ?? '';

/** Bytes of a text in quoted-printable (RFC 2045, 6.7) or base64; any other encoding leaves them as they are. */
function transferred(text: string, encoding: string): Uint8Array {
  if (/base64/i.test(encoding)) return Buffer.from(text, 'base64');
  if (!/quoted-printable/i.test(encoding)) return Buffer.from(text, 'latin1');
  const joined = text.replace(/=[ \t]*\r?\n/g, '');
  const plain = joined.replace(/=([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(plain, 'latin1');
}

/** The web page in a mail, decoded, or '' where it holds none. */
export function htmlOfMail(bytes: Uint8Array): string {
  const mail = latin(bytes);
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(mail.slice(0, 4096));
  const parts = boundary ? mail.split(`--${boundary[1] ?? boundary[2]}`) : [mail];
  for (const part of parts) {
    const end = /\r?\n\r?\n/.exec(part.replace(/^\r?\n/, (line) => ' '.repeat(line.length)));
    const head = end ? part.slice(0, end.index) : '';
    const type = header(head, 'Content-Type');
    // The mail itself may name text/html as the type of its first part.
    if (!end || !/^\s*text\/html/i.test(type)) continue;
    const body = part.slice(end.index + end[0].length);
    return decodeBytes(transferred(body, header(head, 'Content-Transfer-Encoding')), type).text;
  }
  return '';
}

const wordToken =
  /<w:(instrText|delText|binData)\b[^>]*>[\s\S]*?<\/w:\1>|<(\/?)w:(p|tbl|tr|tc|br|tab|gridSpan|t)\b([^>]*)>([^<]*)/g;
const wordTags: Record<string, string> = { p: 'p', tbl: 'table', tr: 'tr', tc: 'td' };

/** The body of a document in the XML of Word 2003 (WordprocessingML), decoded. */
export function htmlOfWordXml(bytes: Uint8Array): string {
  const { text } = decodeBytes(bytes);
  const body = text.slice(Math.max(0, text.search(/<w:body\b/)));
  const html: string[] = [];
  let cell = -1;
  for (const [, silent, closing, name, attributes, inner] of body.matchAll(wordToken)) {
    if (silent !== undefined) continue;
    const tag = wordTags[name!];
    if (tag && !attributes!.endsWith('/')) {
      if (name === 'tc' && !closing) cell = html.length;
      html.push(`<${closing}${tag}>`);
    } else if (name === 'gridSpan' && cell >= 0) {
      html[cell] = `<td colspan="${/\bw:val="(\d+)"/.exec(attributes!)?.[1] ?? 1}">`;
    } else if (name === 't' && !closing) html.push(inner!);
    else if (name === 'br') html.push('<br>');
    else if (name === 'tab') html.push(' ');
  }
  return html.join('');
}
