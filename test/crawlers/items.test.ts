// Lists in the many shapes that county sites give them, in our own words: which links are rows, with which title and date, and
// which belong to menus, boxes and footers.
import { describe, expect, it } from 'vitest';
import { dateOfValue, listedDate } from '../../crawlers/dates.js';
import { ReadPage } from '../../crawlers/html.js';
import { attachmentLinks, listItems } from '../../crawlers/items.js';

const base = 'http://www.qinghe.test/xwzx/jyxw/index.html';
const read = (html: string): ReadPage =>
  new ReadPage(base, `<html><head><title>教育新闻</title></head><body>${html}</body></html>`);
const items = (html: string, paged = true) =>
  listItems(read(html), paged).map(({ url, title, date }) => [
    new URL(url).pathname + new URL(url).search,
    title,
    date,
  ]);

const menu =
  '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xwzx/">新闻中心</a></li><li><a href="/zwgk/art_1.html">政务公开指南与年度报告</a></li></ul></div>';
const crumb = '<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/xwzx/">新闻中心</a></div>';
const hot =
  '<div class="hot-list"><ul><li><a href="/t20310101_9.html">热点推荐：青禾县举行读书节</a><span>2031-01-01</span></li><li><a href="/t20310101_8.html">热点推荐：青禾县举行运动会</a><span>2031-01-01</span></li></ul></div>';
const foot =
  '<div id="footer"><a href="http://www.other.test/">友情链接：邻县教育局门户网站</a><a href="/art/2020/1/1/art_3_4.html">网站声明与使用帮助说明</a></div>';
const around = (list: string): string => `${menu}${crumb}<div class="main">${list}</div>${hot}${foot}`;
const wanted = (dates: (string | null)[]) => [
  ['/t20310304_1.html', '青禾县新建三所小学投入使用', dates[0]],
  ['/t20310303_2.html', '青禾县召开教育工作会议部署', dates[1]],
];
const [one, two] = [
  '<a href="/t20310304_1.html">青禾县新建三所小学投入使用</a>',
  '<a href="/t20310303_2.html">青禾县召开教育工作会议部署</a>',
];
const both = ['2031-03-04', '2031-03-03'];

describe('rows of a list', () => {
  it.each<[string, string, (string | null)[]]>([
    ['li with span', `<ul><li>${one}<span>2031-03-04</span></li><li>${two}<span>2031-03-03</span></li></ul>`, both],
    [
      'date before the link, in brackets',
      `<ul><li><i>[2031-03-04]</i>${one}</li><li><i>[2031-03-03]</i>${two}</li></ul>`,
      both,
    ],
    [
      'table rows',
      `<table><tr><td>·</td><td>${one}</td><td>2031/3/4</td></tr><tr><td>·</td><td>${two}</td><td>2031/3/3</td></tr></table>`,
      both,
    ],
    [
      'year, month and day in words',
      `<ul><li>${one}<em>2031年3月4日</em></li><li>${two}<em>2031年3月3日</em></li></ul>`,
      both,
    ],
    ['dl with dt and dd', `<dl><dt>${one}</dt><dd>2031.03.04</dd><dt>${two}</dt><dd>2031.03.03</dd></dl>`, both],
    ['lines parted by br', `<p>${one} (2031-03-04)<br>${two} (2031-03-03)<br></p>`, both],
    [
      'a day above its month',
      `<ul><li><div class="d"><b>04</b><span>2031-03</span></div>${one}</li><li><div class="d"><b>03</b><span>2031-03</span></div>${two}</li></ul>`,
      both,
    ],
    [
      'month and day alone',
      `<ul><li>${one}<span>03-04</span></li><li>${two}<span>03-03</span></li></ul>`,
      [null, null],
    ],
    [
      'a column before the title',
      `<ul><li>[<a href="/xw/">教育要闻</a>]${one}<span>2031-03-04</span></li><li>[<a href="/xw/">教育要闻</a>]${two}<span>2031-03-03</span></li></ul>`,
      both,
    ],
    [
      'rows in groups of their own list',
      `<ul class="l">${`<li>${one}<span>2031-03-04</span></li>`}</ul><ul class="l"><li>${two}<span>2031-03-03</span></li></ul>`,
      both,
    ],
    [
      'date and title in one link',
      '<ul><li><a href="/t20310304_1.html">青禾县新建三所小学投入使用<span>2031-03-04</span></a></li><li><a href="/t20310303_2.html">青禾县召开教育工作会议部署<span>2031-03-03</span></a></li></ul>',
      both,
    ],
    [
      'time of day',
      `<ul><li>${one}<span>2031-03-04 09:30:00</span></li><li>${two}<span>2031-03-03 17:05</span></li></ul>`,
      both,
    ],
    ['upper case and unclosed', `<UL><LI>${one.replace('<a', '<A')} 2031-03-04<LI>${two} 2031-03-03</UL>`, both],
    [
      'scripts in place of addresses',
      `<ul><li><a href="javascript:void(0)" onclick="window.open('/t20310304_1.html')">青禾县新建三所小学投入使用</a><span>2031-03-04</span></li><li><a href="javascript:location.href='/t20310303_2.html'">青禾县召开教育工作会议部署</a><span>2031-03-03</span></li></ul>`,
      both,
    ],
  ])('%s', (_, list, dates) => {
    expect(items(around(list))).toEqual(wanted(dates));
  });

  it('cards with a picture, a heading, a summary that speaks of dates, and a link to read on', () => {
    const card = (path: string, title: string, date: string): string =>
      `<div class="card"><a href="${path}"><img src="/1.jpg" alt=""></a><h3><a href="${path}">${title}</a></h3><p>2029年12月1日以来，青禾县坚持优先发展教育，先后新建和改建一批学校，群众满意度不断提高。</p><span class="time">${date}</span><a href="${path}">查看详情</a></div>`;
    const list =
      card('/t20310304_1.html', '青禾县新建三所小学投入使用', '2031-03-04') +
      card('/t20310303_2.html', '青禾县召开教育工作会议部署', '2031-03-03');
    expect(items(around(list))).toEqual(wanted(both));
  });

  it('a link around the whole row gives its heading as the title', () => {
    const row = (path: string, title: string, date: string): string =>
      `<li><a href="${path}"><h4>${title}</h4><p>青禾县坚持优先发展教育，先后新建和改建一批学校。</p><span>${date}</span></a></li>`;
    const list = `<ul>${row('/t20310304_1.html', '青禾县新建三所小学投入使用', '2031-03-04')}${row('/t20310303_2.html', '青禾县召开教育工作会议部署', '2031-03-03')}</ul>`;
    expect(items(around(list))).toEqual(wanted(both));
  });

  it('rows that look different in turn are of one list, also with a link to their column', () => {
    const column = '[<a href="/xw/">教育要闻</a>]';
    const list = `<div class="list"><div class="odd">${column}${one}<i>2031-03-04</i></div><div class="even">${column}${two}<i>2031-03-03</i></div></div>`;
    expect(items(around(list)).map(([path]) => path)).toEqual(['/t20310304_1.html', '/t20310303_2.html']);
  });

  it('the title attribute gives back what the list cut', () => {
    const list =
      '<ul><li><a href="/t20310304_1.html" title="青禾县新建三所小学投入使用">青禾县新建三所小...</a> 2031-03-04</li><li><a title="点击查看" href="/t20310303_2.html">青禾县召开教育工作会议部署</a> 2031-03-03</li></ul>';
    expect(items(around(list))).toEqual(wanted(both));
  });

  it('addresses without numbers count where the list dates them', () => {
    const list =
      '<ul><li><a href="/news/new-schools/">青禾县新建三所小学投入使用</a><span>2031-03-04</span></li><li><a href="/news/meeting/">青禾县召开教育工作会议部署</a><span>2031-03-03</span></li></ul>';
    expect(items(around(list)).map(([path]) => path)).toEqual(['/news/new-schools/', '/news/meeting/']);
  });

  it('a list in a part named like a menu is found where there is no other', () => {
    const list = `<div class="menu-box"><ul><li>${one}<span>2031-03-04</span></li><li>${two}<span>2031-03-03</span></li></ul></div>`;
    expect(items(`${crumb}${list}${foot}`)).toEqual(wanted(both));
  });

  it('several dated lists side by side all count where the page does not continue, the best one alone where it does', () => {
    const other =
      '<div class="gg"><ul><li><a href="/gg/101.html">关于公布青禾县小学学区的通告</a><span>2031-02-01</span></li><li><a href="/gg/102.html">关于青禾县教师招聘面试的公告</a><span>2031-02-02</span></li></ul></div>';
    const list = `<div class="xw"><ul><li>${one}<span>2031-03-04</span></li><li>${two}<span>2031-03-03</span></li><li><a href="/t20310302_3.html">青禾县教师节表彰大会隆重举行</a><span>2031-03-02</span></li></ul></div>`;
    expect(items(other + list, false)).toHaveLength(5);
    expect(items(other + list, true)).toHaveLength(3);
  });

  it('items on other sites are rows where the list dates them', () => {
    const list = `<ul><li>${one}<span>2031-03-04</span></li><li><a href="http://mp.other.test/s?id=77">青禾县教育公众号推送的文章</a><span>2031-03-02</span></li></ul>`;
    expect(listItems(read(around(list)), true).map((item) => new URL(item.url).host)).toEqual([
      'www.qinghe.test',
      'mp.other.test',
    ]);
  });

  it('a page of menus has no rows', () => {
    expect(items(menu + crumb + foot, false)).toEqual([]);
  });
});

describe('dates', () => {
  it.each<[string, string | null]>([
    ['2031-03-04', '2031-03-04'],
    ['发布时间：2031年3月4日 10:12', '2031-03-04'],
    ['20310304', '2031-03-04'],
    ['04 2031-03', '2031-03-04'],
    ['2031-02-30', null],
    ['2031-13-01', null],
    ['03-04', null],
    ['13812031030412', null],
    ['2031-03', null],
  ])('%s', (text, date) => {
    expect(listedDate(text)).toBe(date);
  });

  it('seconds and milliseconds since 1970 are Beijing time', () => {
    // 2031-03-03 16:00 UTC is midnight of 4 March in Beijing.
    const ms = Date.UTC(2031, 2, 3, 16);
    expect([dateOfValue(ms), dateOfValue(ms / 1000), dateOfValue(String(ms)), dateOfValue(ms - 1)]).toEqual([
      '2031-03-04',
      '2031-03-04',
      '2031-03-04',
      '2031-03-03',
    ]);
    expect([dateOfValue(5), dateOfValue(null), dateOfValue({})]).toEqual([null, null, null]);
  });
});

describe('attachments of an article', () => {
  it('are found in links, frames, viewers and players, not in menus', () => {
    const page = read(
      `<div class="nav"><a href="/help.pdf">帮助</a></div><a href="P0203.docx">附件1：实施方案</a><iframe src="/pdfjs/web/viewer.html?file=%2Ff%2Fa.pdf"></iframe>
       <div class="wp_pdf_player" pdfsrc="/_upload/b.pdf"></div><embed src="/f/c.ofd"><a href="/down.jsp?filename=d.xls&amp;id=3">附件2</a><a href="/t20310303_2.html">正文</a>`,
    );
    expect(attachmentLinks(page).map((each) => [each.url.replace('http://www.qinghe.test', ''), each.title])).toEqual([
      ['/xwzx/jyxw/P0203.docx', '附件1：实施方案'],
      ['/f/a.pdf', ''],
      ['/_upload/b.pdf', ''],
      ['/f/c.ofd', ''],
      ['/down.jsp?filename=d.xls&id=3', '附件2'],
    ]);
  });
});
