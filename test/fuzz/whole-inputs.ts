// Whole, right input of readers that the pages of test/pages and the files of the project do not feed enough: tables, texts in
// traditional characters with readings in brackets, numbered paragraphs of Word, addresses of our own pages.

const buffers = (texts: readonly string[]): Buffer[] => texts.map((text) => Buffer.from(text));
const pageOf = (title: string, table: string): string =>
  `<meta charset="utf-8"><title>${title}</title><div class="content"><h1>${title}</h1><p>发布时间:2024-05-01</p><p>单位:万元</p>${table}</div>`;

export const tables: readonly Buffer[] = buffers([
  pageOf(
    '示例市各县2023年教育经费执行情况',
    '<table><thead><tr><th rowspan=2>县区</th><th colspan=2>一般公共预算教育经费</th><th rowspan=2>增长(%)</th></tr><tr><th>2022年</th><th>2023年</th></tr></thead><tbody><tr><td>甲县</td><td>1,200.5</td><td>１３００</td><td>8.3</td></tr><tr><td>乙县</td><td>980</td><td>-</td><td>/</td></tr><tr><td>合计</td><td colspan=2>2180.5</td><td></td></tr></tbody></table>',
  ),
  pageOf(
    '示例县任务分工表',
    '<table><tr><td>序号</td><td>指标</td><td>单位</td><td>2023年实际</td><td>2025年目标</td></tr><tr><td rowspan="2">1</td><td>小学专任教师数</td><td>人</td><td>1260</td><td>1300</td></tr><tr><td>其中:女教师</td><td>人</td><td>800<br>(占63.5%)</td><td>—</td></tr><tr><td>2</td><td colspan=2>新建学校3所<table><tr><td>东城</td><td>2所</td></tr></table></td><td>1所</td><td>2所</td></tr></table>',
  ),
  pageOf(
    '示例县招生计划',
    '<table><caption>2024年招生计划(单位:人)</caption><tr><th>学校<th>计划<th>备注<tr><td>第一小学<td>180<td>含教学点12人<tr><td>第二小学<td>２２５<td></table>',
  ),
  '示例县教育事业统计\n\n项目\t2022年\t2023年\n小学(所)\t47\t49\n在校生(人)\t21000\t20500\n毛入园率\t98.1%\t98.5%\n',
]);

/** Numbering, styles and main part of a docx. */
export const numberings: readonly Buffer[] = buffers([
  [
    '<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="A"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num></w:numbering>',
    '<w:styles><w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>',
    '<w:document><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>办学条件</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="B"/></w:pPr><w:r><w:t>新建小学3所。</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>经费</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>',
  ].join('<!-- part -->'),
]);

export const traditional: readonly Buffer[] = buffers([
  '示例縣2023年教育工作總結\n全縣共投入5.2億元,新建學校三所,後勤與裏弄、乾隆與乾燥、發展與頭髮各有其字。\n教師隊伍發展,學生體質健康優良率達到五成。\n',
  '全县(xiàn)新(xīn)建(jiàn)学(xué)校(xiào)3所,教(jiào)师(shī)交(jiāo)流(liú)轮(lún)岗(gǎng)占(zhàn)15%。\n',
  '项目\t2022年\t2023年\n小學(所)\t47\t49\n在校生(人)\t21000\t20500\n中學(所)\t18\t19\n',
  '简体与繁體混排:學(xué)校(xiào)13所,投入〇點五億元,裡面有著名的臺灣與台湾。\n',
]);

export const queries: readonly Buffer[] = buffers([
  '/api/v1/figures?county=990101,990102&indicator=school_count&period=2022..2024&limit=5&offset=1&format=json',
  '/api/v1/comparison.csv?county=990101&indicator=school_count&fill=nearest&status=actual&normalise=per_student&headers=zh',
  '/api/v1/find?county=%E7%94%B2%E5%8E%BF&q=%E5%AD%A6%E6%A0%A1+%E6%95%99%E5%B8%88&lang=en',
  '/api/v1/audit.jsonl?kind=sum&verdict=agrees&every=1',
  '/api/v1/practices.parquet?county=990101&stage=primary',
  '/api/v1/figures/1-001?lang=zh',
  '/api/v1/openapi.json',
  '/api/v1/changes?documents=1,2&county=990101&limit=3',
  '/api/v1/runs.csv?limit=2',
  '/api/v1/indicators?lang=en',
  '/c/990101?period=2023&lang=en&theme=dark',
  '/c?sort=name&dir=desc&page=2',
  '/compare?county=990101&county=990102&indicator=school_count&period=2024&base=990101&view=table',
  '/search?q=%22%E5%AD%A6%E6%A0%A1%22+OR+NEAR(a,b)*&county=990101&page=1',
  '/data?view=sql&sql=select+quote,+value+from+figure+where+value+%3E+3+order+by+1+limit+5',
  '/data?view=figures&indicator=school_count&format=csv',
  '/record/1-001?context=3',
  '/snapshot/1/page?mark=1-001',
  '/snapshot/1?part=2#t=3,4',
  '/charts/strip.svg?indicator=school_count&county=990101&period=2023&width=600',
  '/charts/multiples.png?indicator=primary_school_count',
  '/review?state=open&indicator=school_count&after=1-001',
  '/status?lang=zh',
  '/static/main.js?v=1',
  '/healthz',
]);
