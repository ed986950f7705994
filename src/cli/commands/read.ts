// xianjian read: one page or file as reading sees it, without a corpus.
import stringWidth from 'string-width';
import { termOf } from '../../export/words.js';
import type { Document, LeftOut, LeftOutReason } from '../../model/document.js';
import { exitCodes } from '../../model/errors.js';
import type { Language } from '../../model/language.js';
import { readAll } from '../../reading/index.js';
import { allowPrivateOption, type Command, placeOption } from '../command.js';
import { noteLine } from '../crawl-words.js';
import { fetchInput } from '../input.js';
import { harmless, type Output } from '../output.js';

/** Notes that mean there is no text to go on with. */
const fatal = new Set(['not_text', 'no_article', 'needs_ocr', 'encrypted', 'damaged', 'unsupported', 'too_big']);

export const readCommand: Command = {
  name: 'read',
  arguments: '<file-or-url>',
  summary: {
    en: 'Read one page or file: title, dates, numbers, text, blocks, mends, and what was left out.',
    zh: '读一个网页或文件：标题、日期、文号、正文、段落、修补之处，以及略去的部分。',
  },
  options: [
    {
      flags: '--json',
      about: {
        en: 'one JSON object; an array where an archive holds several documents',
        zh: '一个 JSON 对象；压缩包里有几份文件时是数组',
      },
    },
    placeOption,
    allowPrivateOption,
  ],
  examples: ['xianjian read page.html', 'xianjian read notice.docx --json'],
  async run(call, out) {
    const {
      arguments: [target = ''],
      options,
    } = call;
    const input = await fetchInput(target, call);
    const documents = await readAll({ ...input, listsLeftOut: true });
    if (options.json) {
      const plain = documents.map(jsonOf);
      out.data(`${JSON.stringify(plain.length === 1 ? plain[0] : plain, null, 2)}\n`);
    } else for (const document of documents) showDocument(document, out);
    const lost = documents.filter(isLost);
    const some = documents.some((document) => document.text !== '');
    return lost.length === 0 ? 0 : some ? exitCodes.partly : exitCodes.failed;
  },
};

const isLost = (document: Document) => document.text === '' && document.notes.some((note) => fatal.has(note.code));

/** A document as the command line gives it. */
export function jsonOf(document: Document): unknown {
  const { wayBack, ...rest } = document;
  return { ...rest, wayBack: wayBack.toJSON() };
}

/** Labels in Chinese; in English they are their own names. */
const labels: Readonly<Record<string, string>> = {
  origin: '来源',
  format: '格式',
  title: '标题',
  published: '发布日期',
  signed: '成文日期',
  publisher: '发布机构',
  source: '信息来源',
  author: '作者',
  number: '文号',
  index: '索引号',
  to: '主送',
  genre: '文种',
  mends: '修补',
  unmended: '未修补',
  attached: '附件',
  broken: '残缺',
  note: '说明',
};

const labelled = (label: string, language: Language): string => {
  const name = `${(language === 'zh' ? labels[label] : undefined) ?? label}:`;
  return name + ' '.repeat(Math.max(0, 12 - stringWidth(name)));
};

function showDocument(document: Document, out: Output): void {
  const { language } = out;
  const head: [string, string | null][] = [
    ['origin', document.origin],
    ['format', `${document.format}, ${document.encoding}, ${termOf('script', document.script, language)}`],
    ['title', document.title],
    ['published', document.publishedIso ?? document.published],
    ['signed', document.signedIso ?? document.signed],
    ['publisher', document.publisher],
    ['source', document.source],
    ['author', document.author],
    ['number', document.documentNumber],
    ['index', document.indexNumber],
    ['to', document.addressees.join('、') || null],
    ['genre', termOf('genre', document.genre, language)],
    ['mends', document.mends.length > 0 ? String(document.mends.length) : null],
    ['unmended', document.unmended.map((place) => place.text).join(' ') || null],
    ['attached', document.attachments.map((link) => link.url).join(' ') || null],
  ];
  for (const [label, value] of head) if (value) out.data(`${labelled(label, language)}${harmless(value)}\n`);
  for (const [field, value] of Object.entries(document.broken))
    out.data(`${labelled('broken', language)}${field} ${harmless(value)}\n`);
  for (const note of document.notes) out.data(`${labelled('note', language)}${harmless(noteLine(note, language))}\n`);
  out.data(`\n${harmless(document.text)}\n`);
  showLeftOut(document.leftOut ?? [], out);
}

/** Characters of a part that was left out that are shown. */
const glimpse = 60;

const leftOutNames: Record<LeftOutReason, string> = {
  title: '标题',
  masthead: '页头信息',
  signature: '落款',
  attachments: '附件',
  credits: '署名',
  breadcrumb: '当前位置',
  tools: '页面工具',
  links: '链接',
  pager: '翻页',
  'after-end': '文末之后',
  footer: '页脚',
  hidden: '隐藏内容',
  outside: '正文之外',
};

function showLeftOut(parts: readonly LeftOut[], out: Output): void {
  if (parts.length === 0) return;
  out.data({ en: '\nleft out:\n', zh: '\n略去的部分：\n' }[out.language]);
  for (const { reason, text } of parts) {
    const line = text.replace(/\s+/g, ' ');
    const short =
      line.length > glimpse
        ? `${line.slice(0, glimpse)}… (${text.length} ${{ en: 'characters', zh: '字' }[out.language]})`
        : line;
    const name = out.language === 'zh' ? leftOutNames[reason] : reason;
    out.data(`  ${name}${' '.repeat(Math.max(1, 12 - stringWidth(name)))}${harmless(short)}\n`);
  }
}
