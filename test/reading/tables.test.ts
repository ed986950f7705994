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

  it('a unit per pupil and term, per pupil and day', () => {
    const { cells } =
      read(`<h1>青阳县收费公示</h1><table><tr><th>学校</th><th>学费(元/生·学期)</th><th>伙食费(元/生·天)</th></tr>
      <tr><td>一中</td><td>800</td><td>15</td></tr><tr><td>二中</td><td>600</td><td>12</td></tr></table>`);
    expect(cells.get('800')).toEqual({ heads: ['一中', '学费'], unit: '元/生·学期' });
    expect(cells.get('12')).toEqual({ heads: ['二中', '伙食费'], unit: '元/生·天' });
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

  it('a column of units gives each row its own; shares and rates have none of it', () => {
    const { cells } =
      read(`<h1>青阳县教育统计</h1><table><tr><td>指标</td><td>计量单位</td><td>2023年</td><td>增长%</td></tr>
      <tr><td>幼儿园</td><td>所</td><td>61</td><td>3.4</td></tr><tr><td>教育支出</td><td>万元</td><td>48,210</td><td>7.2</td></tr>
      <tr><td>其中:基本建设</td><td>〃</td><td>5,030</td><td>1.1</td></tr></table>`);
    expect(cells.get('61')).toEqual({ heads: ['幼儿园', '2023年'], unit: '所' });
    expect(cells.get('48,210')).toEqual({ heads: ['教育支出', '2023年'], unit: '万元' });
    expect(cells.get('5,030')).toEqual({ heads: ['其中:基本建设', '2023年'], unit: '万元' });
    expect(cells.get('7.2')).toEqual({ heads: ['教育支出', '增长'], unit: '%' });
  });

  it('a column headed 单位 that holds offices gives no units', () => {
    const { cells } = read(`<h1>青阳县公开招聘岗位表</h1><table><tr><td>岗位</td><td>单位</td><td>人数</td></tr>
      <tr><td>语文</td><td>白河中学</td><td>4</td></tr><tr><td>数学</td><td>青山中学</td><td>7</td></tr></table>`);
    expect(cells.get('7')).toEqual({ heads: ['数学', '青山中学', '人数'], unit: undefined });
  });

  it('two tables side by side in one grid: each has its own heads', () => {
    const { cells } = read(`<h1>白河中学收支预算总表</h1><p>单位:万元</p>
      <table><tr><td colspan=2>收入</td><td colspan=2>支出</td></tr><tr><td>项目</td><td>预算数</td><td>项目</td><td>预算数</td></tr>
      <tr><td>财政拨款</td><td>910.5</td><td>教育</td><td>801.2</td></tr><tr><td>其他收入</td><td></td><td>社会保障</td><td>109.3</td></tr></table>`);
    expect(cells.get('910.5')).toEqual({ heads: ['财政拨款', '收入', '预算数'], unit: '万元' });
    expect(cells.get('801.2')).toEqual({ heads: ['教育', '支出', '预算数'], unit: '万元' });
    expect(cells.get('109.3')).toEqual({ heads: ['社会保障', '支出', '预算数'], unit: '万元' });
  });

  it('a head left blank or written 同上 is the one above it, not past a sum', () => {
    const { cells } = read(`<h1>青阳县校舍维修项目表</h1><table><tr><td>乡镇</td><td>学校</td><td>投资(万元)</td></tr>
      <tr><td>白河镇</td><td>一小</td><td>12</td></tr><tr><td></td><td>二小</td><td>15</td></tr><tr><td>同上</td><td>三小</td><td>18</td></tr>
      <tr><td></td><td>合计</td><td>45</td></tr></table>`);
    expect(cells.get('15')?.heads).toEqual(['白河镇', '二小', '投资']);
    expect(cells.get('18')?.heads).toEqual(['白河镇', '三小', '投资']);
    expect(cells.get('45')?.heads).toEqual(['合计', '投资']);
  });

  it('a table that goes on: heads and unit of the one before, with and without a caption between', () => {
    const first =
      '<p>表1 招生计划(单位:人)</p><table><tr><td>学校</td><td>计划</td></tr><tr><td>一中</td><td>300</td></tr><tr><td>二中</td><td>250</td></tr></table>';
    const next = '<table><tr><td>三中</td><td>210</td></tr><tr><td>四中</td><td>190</td></tr></table>';
    const heads = { heads: ['三中', '计划'], unit: '人' };
    expect(read(`<h1>招生计划公示</h1>${first}${next}`).cells.get('210')).toEqual(heads);
    expect(read(`<h1>招生计划公示</h1>${first}<p>续表1</p>${next}`).cells.get('210')).toEqual(heads);
    const apart = read(`<h1>招生计划公示</h1>${first}<p>民办学校另行公布,详见下表。</p>${next}`);
    expect(apart.cells.get('210')).toEqual({ heads: ['三中'], unit: undefined });
  });

  it('lines of a printed form above the heads are captions', () => {
    const { cells } =
      read(`<h1>年检结果公示</h1><table><tr><td colspan=2>填报单位:青阳县教育局</td><td>填报日期:2023年12月</td></tr>
      <tr><td>序号</td><td>幼儿园</td><td>幼儿(人)</td></tr><tr><td>1</td><td>蓝天</td><td>238</td></tr><tr><td>2</td><td>白云</td><td>96</td></tr></table>`);
    expect(cells.get('238')).toEqual({ heads: ['蓝天', '幼儿'], unit: '人' });
  });

  it('a list of tasks is a table however long one of its cells is', () => {
    const long = '建立台账,定期调度,及时通报,'.repeat(30);
    const { document, cells } =
      read(`<h1>重点任务分工表</h1><table><tr><th>序号</th><th>任务</th><th>内容</th><th>时限</th></tr>
      ${['甲', '乙', '丙'].map((name, i) => `<tr><td>${i + 1}</td><td>任务${name}</td><td>${i === 1 ? long : '新建'}学校${i + 2}所。</td><td>${i + 4}月</td></tr>`).join('')}</table>`);
    expect(cells.get('5月')?.heads).toContain('时限');
    expect(document.text).toContain('及时通报,学校3所。\t5月');
  });
});
