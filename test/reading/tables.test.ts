// Tables of data: what governs a cell, in pages and in plain text.
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/reading/index.js';

const read = (source: string) => {
  const document = readText(source, { origin: 'table.html' });
  const cells = new Map(
    document.blocks
      .filter((block) => block.kind === 'cell' && !block.header)
      .map((block) => [document.text.slice(block.start, block.end), { heads: block.heads, unit: block.unit }]),
  );
  return { document, cells };
};

describe('tables', () => {
  it('heads over two rows, merged cells, units of caption and heads', () => {
    const { document, cells } =
      read(`<h1>青阳县教育经费情况</h1><p>现将全县教育经费情况公布如下,请社会监督。</p><p>单位:万元</p>
      <table><tr><th rowspan=2>乡镇</th><th colspan=2>小学</th><th rowspan=2>占比(%)</th></tr>
      <tr><th>投入</th><th>学生数(人)</th></tr>
      <tr><td>白河镇</td><td>120.5</td><td>1203</td><td>35.2</td></tr>
      <tr><td rowspan=2>青山乡</td><td>98</td><td>2024</td><td>64.8%</td></tr><tr><td>12</td><td>30</td><td>—</td></tr></table>
      <p>各单位要加强管理,提高资金使用效益。</p>`);
    expect(cells.get('120.5')).toEqual({ heads: ['白河镇', '小学', '投入'], unit: '万元' });
    expect(cells.get('2024')).toEqual({ heads: ['青山乡', '小学', '学生数'], unit: '人' });
    expect(cells.get('35.2')).toEqual({ heads: ['白河镇', '占比'], unit: '%' });
    expect(cells.get('64.8%')).toEqual({ heads: ['青山乡', '占比'], unit: undefined });
    expect(cells.get('12')).toEqual({ heads: ['青山乡', '小学', '投入'], unit: '万元' });
    expect(document.text).toContain('\n白河镇\t120.5\t1203\t35.2\n');
    expect(document.blocks.find((block) => block.kind === 'caption')).toMatchObject({ unit: '万元' });
  });

  it('rows over the whole width part the table; numbers of rows are no heads', () => {
    const { cells } = read(`<h1>青阳县学校一览表</h1><table><tr><td>序号</td><td>学校</td><td>学生数</td></tr>
      <tr><td colspan=3>一、小学</td></tr><tr><td>1</td><td>一小</td><td>520</td></tr>
      <tr><td colspan=3>二、初中</td></tr><tr><td>2</td><td>一中</td><td>720</td></tr></table>`);
    expect(cells.get('520')?.heads).toEqual(['一、小学', '一小', '学生数']);
    expect(cells.get('720')?.heads).toEqual(['二、初中', '一中', '学生数']);
  });

  it('tabbed lines of plain text are rows', () => {
    const { document, cells } = read(
      '青阳县学校基本情况表\n单位:人\n序号\t学校\t学生数\t教师数\n1\t第一小学\t820\t45\n2\t第二小学\t1020\t60\n合计\t\t1840\t105\n',
    );
    expect(document.title).toBe('青阳县学校基本情况表');
    expect(cells.get('1020')).toEqual({ heads: ['第二小学', '学生数'], unit: '人' });
    expect(cells.get('105')).toEqual({ heads: ['合计', '教师数'], unit: '人' });
  });

  it('the way back leads to the cell in the source', () => {
    const source =
      '<h1>情况表</h1><table><tr><td>学校</td><td>人数</td></tr><tr><td>一&nbsp;中</td><td>7&#50;0</td></tr></table>';
    const { document } = read(source);
    const cell = document.blocks.findLast((block) => block.kind === 'cell')!;
    const place = document.wayBack.original(cell);
    expect(source.slice(place.start, place.end)).toBe('7&#50;0');
  });

  it('a table that lays out a page is none', () => {
    const { document } = read(
      `<table><tr><td><a href=1>首页</a></td><td><a href=2>新闻</a></td></tr><tr><td>通知</td><td>${'全县新建学校12所,新增学位5130个,投入资金1.7亿元。'.repeat(12)}</td></tr></table>`,
    );
    expect(document.blocks.filter((block) => block.kind === 'cell')).toEqual([]);
  });

  // Found by fuzzing: a misspelt tag around the rows ended the reading of the page with a TypeError.
  it.each(['form', 'tbo年td', 'font'])('rows within <%s> are rows', (tag) => {
    const { cells } = read(`<h1>示例市各县2023年教育经费执行情况</h1><p>发布时间:2024-05-01</p><p>单位:万元</p>
      <table><thead><tr><th rowspan=2>县区</th><th colspan=2>一般公共预算教育经费</th></tr><tr><th>2022年</th><th>2023年</th></tr></thead>
      <${tag}><tr><td>甲县</td><td>1,200.5</td><td>1300</td></tr><tr><td>乙县</td><td>980</td><td>990</td></tr></${tag}></table>`);
    expect(cells.get('1,200.5')).toEqual({ heads: ['甲县', '一般公共预算教育经费', '2022年'], unit: '万元' });
  });
});
