// Which links of a page lead to files, and what each is called.
import { describe, expect, it } from 'vitest';
import { attachmentLinksOf } from '../../src/reading/attachment-links.js';
import { parseHtml } from '../../src/reading/html.js';

const linksOf = (html: string) => attachmentLinksOf(parseHtml(html).root, 'https://www.example.gov.cn/xw/1.html');
const at = (path: string) => `https://www.example.gov.cn${path}`;

describe('links to files', () => {
  it('are told by address, by words, or by a service for downloads', () => {
    const html = `<a href="/f/plan.docx">方案</a><a href="/down?id=7">招生范围.xls</a>
      <a href="/api/download.jsp?id=3">附件1</a><a href="/xw/2.html">下一篇</a><a href="javascript:void(0)">表.doc</a>`;
    expect(linksOf(html)).toEqual([
      { url: at('/f/plan.docx'), title: '方案' },
      { url: at('/down?id=7'), title: '招生范围.xls' },
      { url: at('/api/download.jsp?id=3'), title: '附件1' },
    ]);
  });

  it('are named by their words, by a title, by what a player says of its file, else by their address', () => {
    const html = `<a href="/a.pdf"><b>工作</b>方案</a><a href="/b.pdf" title="任务清单"></a>
      <div class="wp_pdf_player" pdfsrc="/_upload/x/3f.pdf" sudyfile-attr="{'title':'学校一览.pdf'}"></div><a href="/%E8%A1%A8.xls"></a>`;
    expect(linksOf(html).map(({ title }) => title)).toEqual(['工作方案', '任务清单', '学校一览.pdf', '表.xls']);
  });

  it('that nothing closes are read no further than a link goes', () => {
    const [link] = linksOf(`<a href="/a.pdf">表${'<i>字</i>'.repeat(2000)}`);
    expect(link!.title.length).toBeLessThan(600);
  });
});
