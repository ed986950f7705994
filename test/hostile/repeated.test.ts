// Pages that say one thing over and over: no reader takes more than its share of time, and none falls over. `REPEATED=100000 npx vitest run
// test/hostile/repeated.test.ts` makes them longer.
import { expect, it } from 'vitest';
import { readList } from '../../crawlers/families/index.js';
import { ReadPage, UnreadableTree } from '../../crawlers/html.js';
import { signpost } from '../../crawlers/signpost.js';
import { compileCodebook, extract, loadCodebook } from '../../extractors/index.js';
import { readPage } from '../../src/reading/index.js';

const letters = Number(process.env.REPEATED ?? 4000);
const codebook = compileCodebook(loadCodebook('education'));
const words =
  '1 1, 1. 一 百 万 十百千 % 百分之 分之 1/ 1:1: 16:1 ( （ () 《 》 《甲 〔 [ { 。 、 ， ; 年 2023年 2023- - — ~ 至 由1到 从1提高到 其中 其中1所 分别 分别为 1、 比 增长 1所 学校1所、 县 市 甲县 教师 联系人: 单位:万元 一、 (一) 第一 来源 发布时间: 每百名 人均 目标 http:// a@ 关于 通知 〔2023〕1号 附件1 = " \' \\ / .. 年1月 从 不低于 以上 左右 余 多 约 近 三成 翻 一番 倍 个百分点 “ ” é 繁 學(xué) 教(jiào) 万元/生'.split(
    ' ',
  );
const marks = [
  ...'< > <div> <p> <a> <td> <table> <tr> <table><tr><td> <ul><li> <b> <span> <h1> <title> <br> <form> <script> <!-- & &# &amp;'.split(
    ' ',
  ),
  '<![CDATA[',
  '<select><option>',
  '<td rowspan=200 colspan=200>1',
  '<a href="a.pdf">附件</a>',
  '<iframe src=a>',
];
const blanks = ['\t', '1\t', '\n', '\n\n', '  ', '\u3000', '\u200b', '\ufeff', '\u202e', '\u0000', '😀'];

const pageOf = (text: string): string =>
  `<meta charset=utf-8><title>甲县教育</title><div class="content"><h1>甲县教育情况</h1><p>2023年,全县新建学校3所。</p><div>${text}</div></div>`;

/** Milliseconds of processor time that a page of so much of one thing takes from bytes to records. */
async function timeOf(part: string, length: number): Promise<number> {
  const text = part.repeat(Math.ceil(length / part.length));
  const begun = process.cpuUsage();
  for (const [bytes, origin] of [
    [pageOf(text), 'http://a.example/b.html'],
    [text, 'a.txt'],
  ] as const)
    extract(await readPage({ bytes: Buffer.from(bytes), origin }), codebook, 'f');
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

it('takes no part of them for long', async () => {
  await timeOf('学校', 1000);
  const slow: string[] = [];
  for (const part of [...words, ...marks, ...blanks]) {
    let took = await timeOf(part, letters);
    // Memory being cleared, or a neighbour on the machine, may cost any one try its time.
    for (let more = 0; more < 2 && took > 500 + letters / 20; more++)
      took = Math.min(took, await timeOf(part, letters));
    if (took > 500 + letters / 20) slow.push(`${part}: ${Math.round(took)} ms`);
  }
  expect(slow).toEqual([]);
});

const openings =
  'a. paging. <script <script> <!-- /* // <record <record> <item> <base <title> <noscript> <![CDATA[ createPageHTML( createPageHTML("a",1, fetch( url:" $.ajax({ paging({ parseInt( if( ( " {"a":[ window.location= <a <option'.split(
    ' ',
  );

it('is passed by in lists and in what leads to another page, also where nothing closes what it opens', () => {
  const slow: string[] = [];
  for (const part of [...openings, 'function a(){', '<script>var pageCount=1;', '\t']) {
    const text = part.repeat(200_000 / part.length);
    for (const html of [`<body>pagination fenye list ${text}`, `<body>page <script>paging ${text}</script></body>`]) {
      const page = new ReadPage('http://a.example/list/index.html', html);
      const begun = process.cpuUsage();
      try {
        readList({ page });
        signpost(page);
      } catch (error) {
        if (!(error instanceof UnreadableTree)) throw error;
      }
      const { user, system } = process.cpuUsage(begun);
      if (user + system > 1_500_000) slow.push(`${part}: ${Math.round((user + system) / 1000)} ms`);
    }
  }
  expect(slow).toEqual([]);
});

it('a fraction of a fraction of a fraction … is none', async () => {
  await timeOf('百分之', 100_000);
  const text = `全县优秀率为百分之九十八,另有${'百分之'.repeat(50)}五。`;
  const { figures } = extract(await readPage({ bytes: Buffer.from(text), origin: 'a.txt' }), codebook, 'f');
  expect(figures.map(({ quote }) => quote)).toEqual(['百分之九十八']);
});
