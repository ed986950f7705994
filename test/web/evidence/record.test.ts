// The record page and its archived page: what they show, and what they say where the evidence does not hold. Damage is done to the file
// of the corpus by SQL.
import Database from 'better-sqlite3';
import { load } from 'cheerio';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../../../src/web/evidence/agreement.js';
import { bibtexCitation, fetchDay, gbtCitation } from '../../../src/web/evidence/citation.js';
import { governing, surroundings } from '../../../src/web/evidence/passage-context.js';
import { partsOfQuote } from '../../../src/web/evidence/quote-parts.js';
import { type EvidenceStudy, makeEvidenceStudy, type RecordRow, recordsOf } from './study.js';

const notice = (
  schools: string,
  money = '3600万元',
) => `<!doctype html><html><head><meta charset="utf-8"><title>示例县学校建设情况</title></head>
<body><h1>示例县学校建设情况</h1><div>发布时间：2024-05-20 来源：示例县教育局 文号：示教〔2024〕7号</div>
<div id="zoom"><p>各镇街、各学校：</p><p>现将全县学校建设情况通报如下。</p><p>2023年，全县共有小学${schools}所，比上年增加2所。</p>
<p>全年投入${money}改善办学条件，新建校舍1.2万平方米，新增学位1350个。</p>
<p>表1 各校情况</p><table><tr><th>学校</th><th>学生数（人）</th><th>专任教师（人）</th></tr>
<tr><td>实验小学</td><td>1250</td><td>86</td></tr><tr><td>城关小学</td><td>970</td><td>64</td></tr></table>
<p>下一步，各校要开展课后服务，做好校长教师交流轮岗工作，让学生在家门口上好学。</p></div></body></html>`;
const url = 'https://site.example/notice.html';

let study: EvidenceStudy;
let rows: RecordRow[];
beforeAll(async () => {
  study = await makeEvidenceStudy();
  await study.add(url, notice('46', '2800万元'));
  await study.add(url, notice('47'));
  rows = await recordsOf(study.corpus);
});
afterAll(() => study.remove());

const newest = (quote: string) => rows.filter((row) => row.quote === quote).at(-1)!;
const get = async (path: string) => {
  const answer = await study.app.request(path);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, $: load(text) };
};

describe('a record', () => {
  it('shows its sentence with two sentences on each side, number and unit apart', async () => {
    const { $, status } = await get(`/record/${newest('47所').id}`);
    expect(status).toBe(200);
    const quote = $('blockquote');
    expect(quote.find('mark').text()).toBe('47所');
    expect(quote.find('mark .numeral').text()).toBe('47');
    expect(quote.find('mark .unit').text()).toBe('所');
    expect(quote.find('.own').text()).toBe('2023年，全县共有小学47所，比上年增加2所。');
    expect(quote.find('.around').first().text()).toContain('现将全县学校建设情况通报如下。');
    expect(quote.find('.around').last().text()).toContain('全年投入3600万元');
  });

  it('names publisher, number, dates, fetch, hash, place in the original and rules', async () => {
    const row = newest('47所');
    const { $ } = await get(`/record/${row.id}`);
    const facts = new Map(
      $('dl.facts dt')
        .toArray()
        .map((dt) => [$(dt).text(), $(dt).next().text()]),
    );
    expect(facts.get('发布机构')).toBe('示例县教育局');
    expect(facts.get('文号')).toBe('示教〔2024〕7号');
    expect(facts.get('发布日期')).toBe('2024-05-20');
    expect(facts.get('SHA-256')).toBe(hashOf(new TextEncoder().encode(notice('47'))));
    expect(facts.get('原文位置')).toContain(`${row.start}–${row.end}`);
    expect(notice('47').slice(row.start, row.end)).toBe('47所');
    expect(facts.get('规则')).toMatch(/numeral/);
    expect(facts.get('采集时间')).toMatch(/^20\d\d-.*Z$/);
  });

  it('tells what each version of the page said of the quantity', async () => {
    const { $ } = await get(`/record/${newest('47所').id}`);
    const told = $('tbody tr')
      .toArray()
      .map((row) => $(row).find('td').last().text());
    expect(told).toEqual(['本条', '46所']);
    expect($('tbody tr').last().find('a').attr('href')).toBe(`/record/${newest('46所').id}`);
    const older = await get(`/record/${newest('46所').id}`);
    expect(older.$('.notice.warn').text()).toContain('较新的一版');
  });

  it('is the same content for the drawer, and in English', async () => {
    const { id } = newest('47所');
    const fragment = await get(`/record/${id}?fragment=1`);
    expect(fragment.text).toMatch(/^<article class="fragment">/);
    expect(fragment.$('blockquote mark').text()).toBe('47所');
    const english = await get(`/record/${id}?lang=en`);
    expect(english.$('h2').first().text()).toBe('Source');
    expect(english.$('iframe').attr('sandbox')).toBe('');
  });

  it('that is a practice has its sentence marked and its page in a frame', async () => {
    const practice = rows.filter(({ id }) => id.includes('-p')).at(-1)!;
    const { $ } = await get(`/record/${practice.id}`);
    expect($('blockquote mark').text()).toBe(practice.quote);
    expect($('iframe').attr('src')).toBe(`/snapshot/${practice.snapshot}/page?record=${practice.id}#passage`);
    const framed = await get(`/snapshot/${practice.snapshot}/page?record=${practice.id}`);
    expect(framed.$('mark.passage').text()).toBe(practice.quote);
  });

  it('that is gone is a page that says what to do', async () => {
    const { status, text } = await get(`/record/${newest('47所').document}-9`);
    expect(status).toBe(404);
    expect(text).toMatch(/没有记录.*检索原句/s);
    expect((await get('/record/zzz')).$('main a[href^="/record/"]').length).toBe(0);
    const near = await get(`/record/${newest('47所').document}-00`);
    expect(near.$('main a[href^="/record/"]').length).toBeGreaterThan(0);
    expect((await get('/record/%3Cscript%3E')).text).not.toContain('<script>%3C');
    expect((await get('/record/%3Cb%3E')).$('h1').html()).toBe('没有记录 &lt;b&gt;');
  });
});

describe('an archived page', () => {
  it('may run and fetch nothing, and may be framed by us alone', async () => {
    const row = newest('47所');
    const { headers, $ } = await get(`/snapshot/${row.snapshot}/page?record=${row.id}`);
    const policy = headers.get('Content-Security-Policy')!;
    expect(policy).toMatch(/default-src 'none'; style-src 'sha256-[\w+/=]+'/);
    expect(policy).toMatch(/frame-ancestors 'self'; sandbox$/);
    expect(policy).not.toMatch(/unsafe|script-src|img-src|https?:|\*|allow-/);
    const style = $('style').text();
    expect(policy).toContain(Buffer.from(hashOf(new TextEncoder().encode(style)), 'hex').toString('base64'));
    expect(style).not.toMatch(/url\(|@import|@font-face/);
  });

  it('marks the quote, its sentence, and says that all three agree', async () => {
    const row = newest('47所');
    const { $ } = await get(`/snapshot/${row.snapshot}/page?record=${row.id}`);
    expect($('#passage').text()).toBe('47所');
    expect($('mark').text()).toBe('2023年，全县共有小学47所，比上年增加2所。');
    expect($('.good').text()).toContain(row.id);
    expect($('.fault').length).toBe(0);
  });

  it('marks the cell of a table and its heads', async () => {
    const row = newest('970') ?? rows.find(({ quote }) => quote.startsWith('970'))!;
    const { $ } = await get(`/snapshot/${row.snapshot}/page?record=${row.id}`);
    expect($('td.cell').text()).toBe('970');
    expect(
      $('.cell-head')
        .toArray()
        .map((cell) => $(cell).text())
        .sort(),
    ).toEqual(['城关小学', '学生数（人）'].sort());
  });

  it('shows the text that was read where that is asked for', async () => {
    const row = newest('47所');
    const { $ } = await get(`/snapshot/${row.snapshot}/page?record=${row.id}&view=text`);
    expect($('.read mark').text()).toBe('47所');
    expect($('.note').text()).toContain('不是网页原样');
  });

  it('stands in a page of ours with the way back to the record', async () => {
    const row = newest('47所');
    const { $, status } = await get(`/snapshot/${row.snapshot}?record=${row.id}`);
    expect(status).toBe(200);
    expect($('iframe').attr('sandbox')).toBe('');
    expect($(`a[href="/record/${row.id}"]`).length).toBe(1);
  });

  it('without a record is the page unmarked', async () => {
    const { $, status } = await get(`/snapshot/${newest('47所').snapshot}/page`);
    expect(status).toBe(200);
    expect($('main').text()).toContain('全县共有小学47所');
    expect($('mark').length).toBe(0);
  });

  it('of another fetch than the record’s is not marked', async () => {
    const { $ } = await get(`/snapshot/${newest('46所').snapshot}/page?record=${newest('47所').id}`);
    expect($('mark').length).toBe(0);
    expect($('.fault').text()).toContain('出自另一次采集');
  });

  it('that the corpus does not have is a page that says what to do', async () => {
    const none = await get('/snapshot/9999/page');
    expect(none.status).toBe(404);
    expect(none.text).toMatch(/没有快照 9999.*重新采集/s);
    expect((await get('/snapshot/x/page')).status).toBe(404);
    expect((await get(`/snapshot/${newest('47所').snapshot}/page?record=none`)).status).toBe(404);
  });
});

describe('evidence that does not hold', () => {
  let broken: EvidenceStudy;
  let row: RecordRow;
  beforeEach(async () => {
    broken = await makeEvidenceStudy();
    await broken.add(url, notice('47'));
    row = (await recordsOf(broken.corpus)).find(({ quote }) => quote === '47所')!;
  });
  afterEach(() => broken.remove());

  /** Changes the file and asks for the page. */
  async function damagedBy(sql: string, ...values: unknown[]) {
    const database = new Database(broken.database);
    const { changes } = database.prepare(sql).run(...values);
    database.close();
    expect(changes).toBeGreaterThan(0);
    const answer = await broken.app.request(`/snapshot/${row.snapshot}/page?record=${row.id}`);
    const $ = load(await answer.text());
    expect($('mark').length).toBe(0);
    return { status: answer.status, said: $('.fault, .trouble').text(), page: $('main').text() };
  }

  it('by other bytes under the hash: says which hash was met', async () => {
    const other = new TextEncoder().encode(notice('99'));
    const { said, page } = await damagedBy(
      "update body set bytes = ?, encoding = 'identity', size = ?",
      other,
      other.length,
    );
    expect(said).toContain(hashOf(other));
    expect(said).toMatch(/不符.*重新采集/s);
    expect(page).toContain('小学99所');
  });

  it('by bytes that cannot be unpacked', async () => {
    const { said, status } = await damagedBy("update body set bytes = x'ffff', encoding = 'deflate'");
    expect(status).toBe(503);
    expect(said).toMatch(/字节已损坏.*备份/s);
  });

  it('by a quote that the text does not have there', async () => {
    const { said } = await damagedBy("update figure set quote = '48所' where id = ?", row.id);
    expect(said).toMatch(/不符.*“47所”/s);
  });

  it('by offsets that do not lead to the text', async () => {
    const { said } = await damagedBy('update figure set original_start = original_start + 1 where id = ?', row.id);
    expect(said).toMatch(/不符.*回到原文的/s);
  });

  it('by other words at the place of the page, though they stand elsewhere in it', async () => {
    const source = notice('47');
    const shift = source.indexOf('全年投入') - source.indexOf('47所');
    const database = new Database(broken.database);
    const runs = JSON.parse(database.prepare('select way_back from document').pluck().get() as string) as number[];
    database.close();
    const moved = runs.map((number, i) => (i % 4 === 2 ? number + shift : number));
    await damagedBy(
      'update figure set original_start = original_start + ?, original_end = original_end + ?',
      shift,
      shift,
    );
    const { said } = await damagedBy('update document set way_back = ?', JSON.stringify(moved));
    expect(said).toMatch(/不符.*“全年投”.*也不在别处寻找/s);
  });
});

describe('citations', () => {
  const cited = {
    id: 17,
    title: '关于{校舍}建设的通知_50%',
    publisher: '示例县教育局',
    documentNumber: '示教〔2024〕7号',
    publishedIso: '2024-05-20T09:30',
    signedIso: null,
    url: 'https://site.example/a_b.html?x=1&y=2',
    fetchedAt: '2026-11-24T17:30:00.000Z',
    sha256: 'ab'.repeat(32),
  };

  it('in the form of GB/T 7714, with the day of the fetch in Beijing', () => {
    expect(gbtCitation(cited)).toBe(
      `示例县教育局. 关于{校舍}建设的通知_50%: 示教〔2024〕7号[EB/OL]. (2024-05-20)[2026-11-25]. https://site.example/a_b.html?x=1&y=2. 存档SHA-256: ${'ab'.repeat(32)}.`,
    );
    expect(fetchDay('2026-11-24T15:59:59Z')).toBe('2026-11-24');
  });

  it('of a file without an address, and of one without author, title or date', () => {
    const bare = {
      ...cited,
      title: null,
      publisher: null,
      documentNumber: null,
      publishedIso: null,
      url: '/data/a.docx',
    };
    expect(gbtCitation(bare)).toMatch(/^\[责任者不详\]\. \[题名不详\]\[Z\]\. \[2026-11-25\]\. 存档/);
    expect(bibtexCitation(bare)).not.toMatch(/url =|author =|title =|year =/);
  });

  it('in BibTeX with the signs of TeX made harmless', () => {
    const entry = bibtexCitation(cited);
    expect(entry).toContain('title = {{关于\\{校舍\\}建设的通知\\_50\\%}},');
    expect(entry).toContain('url = {https://site.example/a_b.html?x=1&y=2},');
    expect(entry).toMatch(/^@misc\{xianjian-17,\n[\s\S]*\n\}$/);
  });
});

describe('parts of a quote', () => {
  const kinds = (quote: string) => partsOfQuote(quote).map(({ kind, text }) => `${kind[0]}:${text}`);

  it('tell number from unit and qualifier', () => {
    expect(kinds('73.18亿元')).toEqual(['n:73.18亿', 'u:元']);
    expect(kinds('不低于85%')).toEqual(['q:不低于', 'n:85', 'u:%']);
    expect(kinds('四万余名')).toEqual(['n:四万', 'u:余名']);
    expect(kinds('3,600万元')).toEqual(['n:3,600万', 'u:元']);
    expect(kinds('60%至70%')).toEqual(['n:60', 'u:%至', 'n:70', 'u:%']);
    expect(kinds('大多数')).toEqual(['q:大多', 'n:数']);
  });

  it('are the quote together', () => {
    for (const quote of ['', '1:16.2', '约2.5倍', '半数', 'abc', '１２所'])
      expect(
        partsOfQuote(quote)
          .map(({ text }) => text)
          .join(''),
      ).toBe(quote);
  });
});

describe('surroundings', () => {
  const text = '甲一。甲二。乙一有3所。乙二有3所。丙一。丙二。丙三。';

  it('are those of the second sentence where its words come twice', () => {
    const textStart = text.lastIndexOf('3所');
    const record = { textStart, textEnd: textStart + 2, sentence: '乙二有3所。' };
    expect(surroundings(text, record)).toEqual({ before: '甲二。乙一有3所。', after: '丙一。丙二。' });
  });

  it('end with the text', () => {
    expect(surroundings('有3所。', { textStart: 1, textEnd: 3, sentence: '有3所。' })).toEqual({
      before: '',
      after: '',
    });
  });
});

describe('heads of a cell', () => {
  it('are its own column and row, not those of a neighbour with the same words', () => {
    const cell = (row: number, column: number, text: string, header: boolean, heads: string[] = []) => ({
      kind: 'cell' as const,
      table: 0,
      row,
      column,
      header,
      heads,
      text,
    });
    const cells = [
      cell(0, 0, '校', true),
      cell(0, 1, '人数', true),
      cell(0, 2, '人数', true),
      cell(1, 0, '甲', true),
      cell(1, 1, '5', false, ['甲', '人数']),
      cell(1, 2, '6', false, ['甲', '人数']),
    ];
    let text = '';
    const blocks = cells.map(({ text: words, ...block }) => {
      const start = text.length;
      text += `${words}\t`;
      return { ...block, start, end: start + words.length };
    });
    const { cell: found, heads } = governing(blocks, text, blocks[5]!.start);
    expect(found).toBe(blocks[5]);
    expect(heads).toEqual([blocks[3], blocks[2]]);
    expect(governing(blocks, text, text.length)).toEqual({ cell: null, heads: [] });
  });
});
