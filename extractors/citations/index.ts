// Policy documents that a text cites by 《…》 and by document number. Names in 《》 that are no documents (papers, books, courses)
// are left out, unless a document number follows them.
import type { Document } from '../../src/model/document.js';
import type { Citation } from '../../src/model/record.js';
import type { Span } from '../../src/model/way-back.js';
import { documentKinds, issuerEnds, noDocuments, notOfIssuer, ownGovernment, sentOut } from '../lexicon/documents.js';
import { sentenceAt, sentencesOf } from '../rules/clauses.js';

/** A document number: 机关代字 + 年 + 序号, in any brackets. */
const numberPattern =
  /([\u4e00-\u9fa5A-Za-z]{1,14})\s*[〔[【(（﹝［]\s*((?:19|20)\d\d)\s*[〕\]】)）﹞］]\s*(?:第\s*)?(\d{1,4})\s*号/;
const numbers = new RegExp(numberPattern, 'g');
const inFront = new RegExp(`${numberPattern.source}(?:文件)?\\s*$`);
const attached = new RegExp(`^\\s*[(（〔[【]?\\s*${numberPattern.source}`);
const longestTitle = 160;

/**
 * The citations of a document in text order; one that is cited twice comes twice. The document's own title and number are none.
 * @param name prefix of the ids (`000` gives `000-c01`).
 * @param county the name of the county it speaks of, which 县政府 stands for.
 */
export function extractCitations(document: Document, name: string, county?: string): Citation[] {
  const { text } = document;
  const sentences = sentencesOf(text);
  const found = [...titled(document, county), ...bareNumbers(document)].sort((a, b) => a.start - b.start);
  const taken: Span[] = [];
  const citations: Citation[] = [];
  for (const { start, end, title, number, issuer } of found) {
    if (taken.some((span) => start < span.end && end > span.start)) continue;
    taken.push({ start, end });
    const sentence = sentences[Math.max(0, sentenceAt(sentences, start))] ?? { start, end };
    citations.push({
      id: `${name}-c${String(citations.length + 1).padStart(2, '0')}`,
      ...document.wayBack.original({ start, end }),
      title,
      number,
      issuer,
      quote: text.slice(start, end),
      textStart: start,
      textEnd: end,
      sentence: text.slice(sentence.start, Math.max(end, sentence.end)),
    });
  }
  return citations;
}

interface Found extends Span {
  title: string | null;
  number: string | null;
  issuer: string | null;
}

/** Documents named in 《…》, with the number behind them. */
function* titled(document: Document, county: string | undefined): Generator<Found> {
  const { text } = document;
  for (let open = text.indexOf('《'); open >= 0; open = text.indexOf('《', open + 1)) {
    const close = closing(text, open);
    if (close < 0 || isOwnTitle(document, open, close) || isFileName(text, close)) continue;
    const title = text.slice(open + 1, close).replace(/\s+/g, '');
    const behind = attached.exec(text.slice(close + 1, close + 40));
    const before = numberBefore(text, open);
    if (!behind && !before && !isDocument(title)) continue;
    const end = behind ? numberEnd(text, close + 1 + behind[0].length) : close + 1;
    yield {
      start: before?.start ?? open,
      end,
      title,
      number: behind ? written(behind) : (before?.number ?? null),
      issuer: issuerOf(document, title, open, close, county),
    };
    open = close;
  }
}

/** The 》 that closes a title, past titles inside it; -1 where it stays open. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length && at - open <= longestTitle; at++) {
    if (text[at] === '《') depth++;
    else if (text[at] === '》' && --depth === 0) return at;
    else if (text[at] === '。') return -1;
  }
  return -1;
}

/** A number right in front of a title: 教督〔2017〕6号《…》. */
function numberBefore(text: string, open: number): { start: number; number: string } | null {
  const match = inFront.exec(text.slice(Math.max(0, open - 32), open));
  const sign = match?.[1]?.replace(notOfIssuer, '');
  if (!match || !sign) return null;
  const start = open - match[0].length + match[1]!.length - sign.length;
  return { start, number: `${sign}〔${match[2]}〕${match[3]}号` };
}

/** The bracket that closes around the number belongs to the citation. */
const numberEnd = (text: string, at: number): number =>
  (/^\s*[)）〕\]】]/.exec(text.slice(at, at + 2))?.[0].length ?? 0) + at;

const written = (match: RegExpMatchArray): string => `${match[1]}〔${match[2]}〕${match[3]}号`;

function isDocument(title: string): boolean {
  const core = title.replace(/(?:[(（〔[][^()（）〔〕[\]]*[)）〕\]])+$/, '').replace(/[“”"]/g, '');
  return core.length >= 3 && documentKinds.test(core) && !noDocuments.test(core);
}

/** The text's own title: 关于印发《…》的通知 at its head, on one line or several. */
function isOwnTitle(document: Document, open: number, close: number): boolean {
  const plain = (words: string) => words.replace(/\s+/g, '');
  const title = plain(document.title ?? '');
  const name = plain(document.text.slice(open, close + 1));
  if (!title.includes(name)) return false;
  const before = plain(document.text.slice(Math.max(0, open - 16), open)).slice(-4);
  const after = plain(document.text.slice(close + 1, close + 10)).slice(0, 3);
  return title.includes(before + name + after);
}

/** A line that names an attached file. */
const isFileName = (text: string, at: number): boolean =>
  /^[^\n]{0,60}\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar)\s*(?:\n|$)/i.test(text.slice(at, at + 80));

/** Numbers without a title before them, but for the text's own. */
function* bareNumbers(document: Document): Generator<Found> {
  const { text, documentNumber } = document;
  for (const match of text.matchAll(numbers)) {
    const sign = match[1]!.replace(notOfIssuer, '');
    const number = `${sign}〔${match[2]}〕${match[3]}号`;
    if (sign === '' || number === documentNumber?.replace(/\s/g, '')) continue;
    const end = match.index + match[0].length;
    yield { start: match.index + match[1]!.length - sign.length, end, title: null, number, issuer: null };
  }
}

/** Who issued it: named before it, at the head of its title, by the sentence, or the text that sends it out. */
function issuerOf(document: Document, title: string, open: number, close: number, county?: string): string | null {
  const { text } = document;
  const before = text.slice(Math.max(0, open - 40), open);
  const named = bodyAtEnd(lastPart(before));
  if (named) return named;
  const head = bodyAtStart(title);
  if (head) return head;
  if (sentOut.test(text.slice(close + 1, close + 60))) return document.publisher;
  const sentence = lastPart(text.slice(Math.max(0, open - 300), open));
  return ownBody(
    sentence.replace(/《[^《》]*》(?:[(（][^()（）]*[)）])?[、和及,，]?/g, ''),
    county ?? ownCounty(document),
  );
}

/** What stands behind the last mark that ends a sentence. */
const lastPart = (words: string): string =>
  words.slice(Math.max(...['\n', '。', '；', ';'].map((mark) => words.lastIndexOf(mark))) + 1);

/** 教育部《…》: the body whose name ends right before the title. */
function bodyAtEnd(before: string): string | null {
  const words = before.replace(/(?:联合)?(?:关于)?(?:印发|下发|发布|出台|制定|颁布|转发)?(?:的|了)?\s*$/, '');
  if (!issuerEnds.some((end) => words.endsWith(end))) return null;
  const name = words.replace(notOfIssuer, '');
  return name.length >= 2 && !/^[我市县区省]/.test(name) ? name : null;
}

/** 阳谷县人民政府关于…: the body that opens the title. */
function bodyAtStart(title: string): string | null {
  const about = title.indexOf('关于');
  if (about > 0) {
    const head = title.slice(0, about);
    return issuerEnds.some((end) => head.endsWith(end)) ? head : null;
  }
  const body =
    /^[\u4e00-\u9fa5]{2,8}?[省市县区旗州](?:人民政府(?:办公[厅室])?|(?:委|教育|教育和体育|教育体育|财政|人力资源和社会保障|发展和改革)(?:局|厅|委员会))/.exec(
      title,
    );
  return body?.[0] ?? null;
}

/** 县政府先后出台《…》: the county's own government. */
function ownBody(sentence: string, county: string | undefined): string | null {
  const kind = ownGovernment.exec(sentence)?.[1];
  return kind !== undefined && county?.endsWith(kind) ? `${county}人民政府` : null;
}

const ownCounty = ({ publisher }: Document): string | undefined =>
  /^([\u4e00-\u9fa5]{2,8}[市县区旗])人民政府/.exec(publisher ?? '')?.[1];
