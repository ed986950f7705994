// What was seen and not taken: every line of a page is in the text or in the list with its reason, at its place in the source.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flattenPage } from '../../src/reading/flatten.js';
import { decodedOriginal, parseHtml, readPage } from '../../src/reading/index.js';
import { squash } from '../../src/reading/line.js';

const pages = join(import.meta.dirname, '../pages');
const origin = 'https://www.a.gov.cn/1.html';

const page = `<html><head><title>县里添了三所幼儿园</title></head><body>
<div><a href="/">首页</a><a href="/a">政务公开</a></div><div>当前位置:<a href="/">首页</a> &gt; 教育</div>
<h1>县里添了三所幼儿园</h1><p>发布时间:2024-03-02 来源:教育局</p><p style="display:none">不给人看的话。</p>
<div class="content"><p>今年春天,县里添了三所公办幼儿园,新增学位810个。</p><p>【打印本页】</p><p>三所园共招收教师64名,保育员32名。</p>
<p>附件:招生范围.doc</p><p>县教育局</p><p>2024年3月1日</p></div><p>责任编辑:某某</p><p>上一篇:<a href="/b">春季开学</a></p>
<p>相关阅读</p><p><a href="/c">去年新增学位</a></p><div>ICP备00000000号</div></body></html>`;

describe('what was left out', () => {
  it('has a reason and a place', async () => {
    const { leftOut, text } = await readPage({ bytes: Buffer.from(page), origin, listsLeftOut: true });
    expect(text.split('\n')).toHaveLength(2);
    expect(leftOut!.map((part) => [part.reason, part.text])).toEqual([
      ['links', '首页政务公开'],
      ['breadcrumb', '当前位置:首页 > 教育'],
      ['title', '县里添了三所幼儿园'],
      ['masthead', '发布时间:2024-03-02 来源:教育局'],
      ['hidden', '不给人看的话。'],
      ['tools', '【打印本页】'],
      ['attachments', '附件:招生范围.doc'],
      ['signature', '县教育局\n2024年3月1日'],
      ['credits', '责任编辑:某某'],
      ['pager', '上一篇:春季开学'],
      ['after-end', '相关阅读'],
      ['links', '去年新增学位'],
      ['footer', 'ICP备00000000号'],
    ]);
    for (const part of leftOut!.filter((each) => each.reason !== 'breadcrumb' && each.reason !== 'links'))
      expect(page.slice(part.start, part.end)).toContain(part.text.split('\n')[0]!.slice(0, 4));
  });

  it('is listed only where it is asked for', async () => {
    expect((await readPage({ bytes: Buffer.from(page), origin })).leftOut).toBeUndefined();
  });

  it('and the text together hold every line that the hard pages show', async () => {
    let lines = 0;
    for (const slug of readdirSync(pages)) {
      const bytes = readFileSync(join(pages, slug, 'page.html'));
      const { leftOut, text, script, format } = await readPage({ bytes, origin, listsLeftOut: true });
      if (script !== 'simplified' || format !== 'html') continue;
      const seen = squash(`${text}${leftOut!.map((part) => part.text).join('')}`);
      for (const line of flattenPage(parseHtml(decodedOriginal(bytes).text))) {
        expect(seen, slug).toContain(squash(line.text));
        lines++;
      }
    }
    expect(lines).toBeGreaterThan(600);
  });
});
