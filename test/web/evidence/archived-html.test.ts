// An archived page is words and tables: nothing of it runs, nothing is fetched, nothing escapes its element, and what was to be seen of
// the passage is seen. Checked on the markup, and in Chromium with the safety net of policy and sandbox taken away.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { load } from 'cheerio';
import type { Element } from 'domhandler';
import fc from 'fast-check';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseHtml } from '../../../src/reading/index.js';
import { archivedHtml, isShown } from '../../../src/web/evidence/archived-html.js';
import { executable, launch } from '../../helpers/chromium.js';
import { hostilePage } from './hostile.js';
import { type EvidenceStudy, makeEvidenceStudy, recordsOf } from './study.js';

const words = { image: '图片' };
const nowhere = { start: 0, end: 0 };

const write = (source: string, marked: string[] = []): string =>
  archivedHtml(parseHtml(source), {
    marks: marked.map((text) => {
      const start = source.indexOf(text);
      return { kind: 'passage', span: { start, end: start + text.length }, isCell: true };
    }),
    article: { start: 0, end: source.length },
    words,
  });

const allowedTags = new Set(
  'html head body div span br hr ul ol li table caption thead tbody tfoot tr td th mark'.split(' '),
);
const allowedAttributes = new Set(['class', 'title', 'id', 'colspan', 'rowspan']);

/** Elements and attributes that the short list does not have, and ids other than ours. */
function foreignIn(html: string): string[] {
  const $ = load(html);
  return ($('*').toArray() as Element[])
    .filter((node) => node.type === 'tag')
    .flatMap((node) => [
      ...(allowedTags.has(node.tagName) ? [] : [node.tagName]),
      ...Object.entries(node.attribs).flatMap(([name, value]) =>
        allowedAttributes.has(name) && (name !== 'id' || value === 'passage') ? [] : [`${node.tagName}[${name}]`],
      ),
    ]);
}

describe('the markup of an archived page', () => {
  it('holds no element and no attribute but ours', () => {
    expect(foreignIn(write(hostilePage('http://evil.example')))).toEqual([]);
  });

  it('stays so for any markup', () => {
    const piece = fc.constantFrom(
      ...'<script> </script> <style> </style> <svg> </svg> <math> <table> <tr> <td colspan="2"> </td> <p onclick=x> <a href="javascript:x"> <img src=x onerror=x> <!-- --> <![CDATA[ ]]> <noscript> </noscript> <textarea> <title> <select> <option> <template> <form> <input autofocus> " \' > < &lt; &quot; <iframe srcdoc="<b>"> <b> </b> <mark id=passage> 文字 \u0000 \r'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(foreignIn(write(pieces.join('')))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('keeps words, tables with their spans, breaks and lists', () => {
    const $ = load(
      write(
        '<h2>标题</h2><p>一<br>二</p><ul><li>甲</li></ul><table><tr><td rowspan="2" colspan="99999" width="3">数</td></tr></table>',
      ),
    );
    expect($('div.h2').text()).toBe('标题');
    expect($('div.p').html()).toBe('一<br>二');
    expect($('ul > li').text()).toBe('甲');
    expect($('td').attr()).toEqual({ rowspan: '2' });
  });

  it('shows images and links as words', () => {
    const $ = load(
      write('<img src="http://a.example/x.png" alt="校门"><a href="http://b.example/?a=1&amp;b=2">看</a>'),
    );
    expect($('.image').text()).toBe('图片: 校门');
    expect($('.a').text()).toBe('看');
    expect($('.a').attr('title')).toBe('http://b.example/?a=1&b=2');
  });

  it('leaves out what the page hides, unless the passage is in it', () => {
    expect(write('<p style="display: none">暗处</p><p hidden>另一处</p>')).toBe('');
    expect(write('<p style="display:none">有12所</p>', ['12所'])).toContain(
      '<mark class="passage" id="passage">12所</mark>',
    );
  });

  it('marks across elements, and the cell of a table', () => {
    const $ = load(write('<table><tr><td>共<b>1</b>2<i>所</i></td><td>旁</td></tr></table>', ['1</b>2<i>所']));
    expect($('mark.passage').text()).toBe('12所');
    expect($('mark').length).toBe(3);
    expect($('#passage').text()).toBe('1');
    expect($('td.cell').text()).toBe('共12所');
  });

  it('knows what it does not show', () => {
    const source = '<p>看得见</p><script>var a = "看不见"</script>';
    const page = parseHtml(source);
    const at = (text: string) => ({ start: source.indexOf(text), end: source.indexOf(text) + text.length });
    expect(isShown(page, at('看得见'))).toBe(true);
    expect(isShown(page, at('看不见'))).toBe(false);
    expect(isShown(page, nowhere)).toBe(false);
  });
});

describe.skipIf(executable === null)('in Chromium (skipped where there is none)', () => {
  let browser: Browser;
  let thief: Server;
  let origin: string;
  let study: EvidenceStudy;
  const stolen: string[] = [];

  beforeAll(async () => {
    thief = createServer((request, response) => {
      stolen.push(request.url ?? '');
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.end('x');
    });
    await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(thief.address() as AddressInfo).port}`;
    study = await makeEvidenceStudy();
    await study.add('https://site.example/hostile.html', hostilePage(origin));
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.remove();
    await new Promise((resolve) => thief.close(resolve));
  });

  /** What ran and what was asked for while a page was shown, looked at and clicked on. */
  async function show(html: string): Promise<{ ran: string[]; asked: string[]; text: string }> {
    stolen.length = 0;
    const page = await browser.newPage();
    const ran: string[] = [];
    await page.exposeFunction('ran', (what: string) => ran.push(what));
    page.on('dialog', (dialog) => dialog.dismiss());
    await page.setContent(html, { waitUntil: 'load' });
    for (const element of await page.locator('.a, td, .p').all()) await element.dispatchEvent('click');
    await page.waitForTimeout(300);
    const text = (await page.locator('body').textContent()) ?? '';
    await page.close();
    return { ran, asked: [...stolen], text };
  }

  it('the page as it came does run and ask, so that the test can fail', async () => {
    const { ran, asked } = await show(hostilePage(origin).replace(/<meta http-equiv="refresh"[^>]*>/, ''));
    expect(ran.length).toBeGreaterThan(2);
    expect(asked.length).toBeGreaterThan(2);
  });

  it('what we send does neither, even without its policy and without a sandbox', async () => {
    const rows = await recordsOf(study.corpus);
    expect(rows.length).toBeGreaterThan(5);
    const { snapshot, id } = rows[0]!;
    const answer = await study.app.request(`/snapshot/${snapshot}/page?record=${id}`);
    const { ran, asked, text } = await show(await answer.text());
    expect(ran).toEqual([]);
    expect(asked).toEqual([]);
    expect(text).toContain('全县现有小学47所');
    expect(text).toContain("<script>ran('entity')</script>");
  });

  it('marks the passage where the reader sees it', async () => {
    const record = (await recordsOf(study.corpus)).find(({ quote }) => quote.includes('3,600万元'))!;
    const answer = await study.app.request(`/snapshot/${record.snapshot}/page?record=${record.id}`);
    const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
    await page.setContent(await answer.text());
    expect(await page.locator('#passage').textContent()).toBe('3,600万元');
    expect(await page.locator('#passage').isVisible()).toBe(true);
    await page.close();
  });
});
