// What the fuzzer feeds, and what it feeds to it: every reader of bytes that come from outside. A reader may refuse (an error of ours,
// with a code), and must neither crash, nor hang, nor give back what the bytes do not hold.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseDocument } from 'htmlparser2';
import { challengeKind } from '../../crawlers/blocked.js';
import { readList } from '../../crawlers/families/index.js';
import { ReadPage, UnreadableTree } from '../../crawlers/html.js';
import { attachmentLinks, frameLinks } from '../../crawlers/items.js';
import { askRobots, crawlDelayOf, parseRobots } from '../../crawlers/robots.js';
import { parseSource } from '../../crawlers/source.js';
import { decodeBytes } from '../../crawlers/text.js';
import { canonicalUrl, resolveLink } from '../../crawlers/url.js';
import { parseCodebook } from '../../extractors/codebooks/load.js';
import { compileCodebook, extract, loadCodebook } from '../../extractors/index.js';
import { readNumbers } from '../../extractors/rules/quantities.js';
import { readArchive } from '../../src/archive/index.js';
import { XianjianError } from '../../src/model/errors.js';
import { withNumbers } from '../../src/reading/docx-numbering.js';
import { readAll, readPage } from '../../src/reading/index.js';
import { mendLines } from '../../src/reading/mend.js';
import { linesOfText } from '../../src/reading/plain-text.js';
import { docxOf, pdfOf, zipOf } from '../helpers/zip.js';
import type { EvidenceStudy } from '../web/evidence/study.js';
import { makePagesStudy } from '../web/pages/study.js';
import { numberings, queries, tables, traditional } from './whole-inputs.js';

export interface Target {
  name: string;
  /** Whole, right input that is mutated. */
  corpus: readonly Buffer[];
  /** Reads it, and tells how much it found where that takes the time. What it throws is a finding, unless it is a refusal. */
  feed(bytes: Buffer): unknown;
  /** Milliseconds that each thing found may take. */
  each?: number;
  /** Gives back what it opened. */
  close?(): Promise<void>;
}

const here = import.meta.dirname;
const filesOf = (folder: string, end: string): Buffer[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));

const pages = filesOf(join(here, '../pages'), '.html');
const texts = [
  '2016年以来,全县共投入5.2亿元,改扩建学校13所,新增学位7190个;每百名学生拥有骨干教师小学2.7人、初中3人,占38.3%,是国家标准的两倍多。',
  '小学、初中生均公用经费由650元、850元提高到720元、940元,“十四五”期间力争达到1 200元以上;生师比16:1,身高1米65,比例6:3:1。',
  '其中小学3457人(含教学点12个)、初中2181人,分别比上年增长2.1%、-0.8%,近三成、万分之五、一千二百余名、数百所、翻了一番。',
].map((text) => Buffer.from(text));
const education = compileCodebook(loadCodebook('education'));

/** A refusal: an error that names its code and its cure. */
function refusing(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof XianjianError) && !(error instanceof UnreadableTree)) throw error;
  }
}

const isRight = (condition: boolean, what: string): void => {
  if (!condition) throw new Error(`wrong: ${what}`);
};

/** @returns the number of figures */
async function readAndExtract(bytes: Buffer, origin: string): Promise<number> {
  const document = await readPage({ bytes, origin });
  const { figures, practices, citations } = extract(document, education, 'f');
  for (const { quote, textStart, textEnd, value } of figures) {
    isRight(document.text.slice(textStart, textEnd) === quote, `the offsets of ${quote}`);
    isRight(Number.isFinite(value), `the value of ${quote}`);
  }
  // Each once: a search through the text for each of ten thousand figures would take longer than the reading.
  for (const sentence of new Set([...figures, ...practices, ...citations].map((each) => each.sentence)))
    isRight(document.text.includes(sentence), `the sentence ${sentence.slice(0, 40)}`);
  return figures.length;
}

const eachFigure = 0.12;

let asked: Promise<EvidenceStudy> | null = null;

const xlsx = (): Buffer => readFileSync(join(here, '../pages/data-table/page.html'));
const record = (type: string, block: string): string =>
  `WARC/1.1\r\nWARC-Type: ${type}\r\nWARC-Target-URI: http://a.example/x.html\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n` +
  `WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nContent-Type: application/http; msgtype=response\r\n` +
  `Content-Length: ${Buffer.byteLength(block)}\r\n\r\n${block}\r\n\r\n`;
const answer = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<p>甲乙</p>';

export const targets: readonly Target[] = [
  {
    name: 'decode',
    corpus: pages,
    feed: (bytes) => [decodeBytes(bytes), decodeBytes(bytes, 'text/html; charset=big5')],
  },
  {
    name: 'mend',
    corpus: traditional,
    feed: (bytes) => {
      const text = bytes.toString('utf8');
      for (const line of mendLines(linesOfText(text)).lines) {
        const { start, end } = line.wayBack.original({ start: 0, end: line.text.length });
        isRight(start >= 0 && end <= text.length && start <= end, `the way back of ${line.text.slice(0, 40)}`);
      }
    },
  },
  {
    name: 'tables',
    corpus: tables,
    feed: (bytes) => readAndExtract(bytes, 'http://a.example/b/t.html'),
    each: eachFigure,
  },
  {
    name: 'page to figures',
    corpus: pages,
    feed: (bytes) => readAndExtract(bytes, 'http://a.example/b/c.html'),
    each: eachFigure,
  },
  { name: 'text to figures', corpus: texts, feed: (bytes) => readAndExtract(bytes, 'a.txt'), each: eachFigure },
  {
    name: 'numbers',
    corpus: texts,
    feed: (bytes) => {
      const text = bytes.toString('utf8');
      let last = 0;
      for (const item of readNumbers(text).candidates) {
        if (item.rejected !== null) continue;
        isRight(
          item.quoteStart >= last && item.quoteEnd > item.quoteStart,
          `the place of ${text.slice(item.quoteStart, item.quoteEnd)}`,
        );
        isRight(Number.isFinite(item.value), 'a value');
        last = item.quoteEnd;
      }
    },
  },
  {
    name: 'attachments',
    corpus: [
      docxOf(['关于印发方案的通知', '新建学校3所。']),
      pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>']),
      zipOf([
        { name: '1.docx', data: docxOf(['甲']) },
        { name: 'a.html', data: xlsx() },
      ]),
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(4096, 7)]),
      Buffer.from('{\\rtf1\\ansi\\deff0 {\\fonttbl;}\\u23398 ?\\par 120}'),
    ],
    feed: (bytes) => readAll({ bytes, origin: 'http://a.example/f' }),
  },
  {
    name: 'robots',
    corpus: [
      'User-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 2.5\nSitemap: http://a.example/s.xml\n\nUser-agent: 县鉴\nDisallow:\n',
    ].map((text) => Buffer.from(text)),
    feed: (bytes) => {
      const robots = parseRobots(bytes.toString('utf8'));
      askRobots(robots, 'xianjian', 'http://a.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab?x=%');
      crawlDelayOf(robots, 'xianjian');
    },
  },
  {
    name: 'lists, sitemaps and feeds',
    corpus: [
      ...pages,
      ...[
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://a.example/1.html</loc><lastmod>2024-05-01</lastmod></url></urlset>',
        '<?xml version="1.0"?><sitemapindex><sitemap><loc>http://a.example/s1.xml.gz</loc></sitemap></sitemapindex>',
        '<?xml version="1.0"?><rss version="2.0"><channel><item><title>甲</title><link>http://a.example/2.html</link><pubDate>Wed, 01 May 2024 08:00:00 GMT</pubDate></item></channel></rss>',
        '<script>createPageHTML(25, 0, "index", "html", "black", 480);</script><ul><li><a href="./t1.html">新建学校三所的通知</a><span>2024-05-01</span></li></ul>',
        '{"code":200,"data":{"total":86,"rows":[{"title":"甲","url":"/a/1.html","date":"2024-05-01"}]}}',
        '<datastore><nextgroup>/a?page=2</nextgroup><recordset><record><![CDATA[<a href="/1.html">甲</a>]]></record></recordset><totalrecord>86</totalrecord></datastore>',
      ].map((text) => Buffer.from(text)),
    ],
    feed: (bytes) =>
      refusing(() => {
        const page = new ReadPage('http://a.example/list/index.html', bytes.toString('utf8'));
        readList({ page });
        attachmentLinks(page);
        frameLinks(page);
        challengeKind(200, {}, page.text);
      }),
  },
  {
    name: 'addresses',
    corpus: [
      'http://a.example:80/b/../c?x=%B0%A1&y=1#z',
      '//a.example/甲?b=乙',
      'javascript:void(0)',
      'http://[::ffff:127.0.0.1]/',
      'mailto:a@b.example',
    ].map((text) => Buffer.from(text)),
    feed: (bytes) => {
      const found = resolveLink(bytes.toString('latin1'), 'http://a.example/b/', 'gb18030');
      if (found !== null) canonicalUrl(found);
      const wide = resolveLink(bytes.toString('utf8'), 'http://a.example/b/');
      if (wide !== null)
        isRight(canonicalUrl(canonicalUrl(wide)) === canonicalUrl(wide), `the canonical form of ${wide}`);
    },
  },
  {
    name: 'web archives',
    corpus: [
      Buffer.from(record('response', answer) + record('warcinfo', 'a: b\r\n')),
      gzipSync(record('response', answer)),
    ],
    feed: async (bytes) => {
      const source = {
        size: bytes.length,
        read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
      };
      let records = 0;
      for await (const _ of readArchive(source)) records++;
      return records;
    },
    each: 8,
  },
  {
    name: 'numbers of Word',
    corpus: numberings,
    feed: (bytes) => {
      const [numbering = '', styles = '', main = ''] = bytes.toString('utf8').split('<!-- part -->');
      const options = { xmlMode: true, decodeEntities: false, withEndIndices: true };
      const numbered = withNumbers((xml) => parseDocument(xml, options), { main, numbering, styles });
      // Numbers are short: what grows is what is read.
      isRight(numbered.length < 1_000_000 + bytes.length * 20, `${numbered.length} characters`);
    },
  },
  {
    name: 'source files',
    corpus: filesOf(join(here, '../../crawlers/sources'), '.yaml'),
    feed: (bytes) => refusing(() => parseSource(bytes.toString('utf8'), 'a.yaml')),
  },
  {
    name: 'codebooks',
    corpus: filesOf(join(here, '../../extractors/codebooks'), 'public-finance.yaml'),
    feed: (bytes) => refusing(() => compileCodebook(parseCodebook(bytes.toString('utf8'), 'a.yaml'))),
  },
  {
    name: 'queries of pages and API',
    corpus: queries,
    feed: async (bytes) => {
      asked ??= makePagesStudy();
      const { app } = await asked;
      const address = URL.parse(bytes.toString('utf8'), 'http://localhost/');
      if (address?.host !== 'localhost') return;
      const answer = await app.request(address.href, { headers: { host: 'localhost' } });
      await answer.arrayBuffer();
      isRight(answer.status < 500, `${answer.status} for ${address.href.slice(0, 500)}`);
    },
    close: async () => {
      await (await asked)?.remove();
      asked = null;
    },
  },
];
