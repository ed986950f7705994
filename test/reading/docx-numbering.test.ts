// Numbers that Word writes by itself: documents written by hand as Word and WPS save them, and what a person sees on the page.
import { describe, expect, it } from 'vitest';
import { readPage } from '../../src/reading/index.js';
import { docxOf } from '../helpers/zip.js';

const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const relations = (targets: readonly string[]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets
    .map(
      (target) =>
        `<Relationship Id="${target}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${target}" Target="${target}.xml"/>`,
    )
    .join('')}</Relationships>`;

const level = (depth: number, format: string, text: string, more = '') =>
  `<w:lvl w:ilvl="${depth}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
const list = (id: number, levels: string) => `<w:abstractNum w:abstractNumId="${id}">${levels}</w:abstractNum>`;
const use = (id: number, abstract: number, more = '') =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstract}"/>${more}</w:num>`;
const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
const at = (id: number, depth: number, text: string) =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${id}"/></w:numPr></w:pPr>${run(text)}</w:p>`;
const styled = (style: string, text: string) => `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${run(text)}</w:p>`;

const opening = '县教育局研究了下列事项，现予以说明。';

/** Lines after the opening: without it the first ones would be the title. */
async function linesOf(paragraphs: readonly string[], numbering: string, styles = ''): Promise<string[]> {
  const bytes = docxOf(
    [opening, ...paragraphs],
    [
      { name: 'word/numbering.xml', data: `<w:numbering ${space}>${numbering}</w:numbering>` },
      { name: 'word/styles.xml', data: `<w:styles ${space}>${styles}</w:styles>` },
      { name: 'word/_rels/document.xml.rels', data: relations(['numbering', 'styles']) },
    ],
  );
  const { text } = await readPage({ bytes, origin: 'https://www.example.gov.cn/a.docx' });
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  expect(lines[0]).toBe(opening);
  return lines.slice(1);
}

const chinese = list(
  0,
  level(0, 'chineseCountingThousand', '%1、') + level(1, 'chineseCounting', '（%2）') + level(2, 'decimal', '%3.'),
);

describe('numbers that Word counts', () => {
  it('are text, deeper levels begin anew, and an Arabic number does not grow together with a figure', async () => {
    const paragraphs = [
      at(1, 0, '总体目标'),
      at(1, 1, '布局调整'),
      at(1, 2, '8所教学点并入中心校。'),
      at(1, 2, '新建小学2所。'),
      at(1, 1, '师资配备'),
      at(1, 2, '招聘教师60名。'),
      '按县委要求推进。',
      at(1, 0, '保障措施'),
      at(1, 1, '经费'),
    ];
    expect(await linesOf(paragraphs, chinese + use(1, 0))).toEqual([
      '一、总体目标',
      '（一）布局调整',
      '1. 8所教学点并入中心校。',
      '2. 新建小学2所。',
      '（二）师资配备',
      '1. 招聘教师60名。',
      '按县委要求推进。',
      '二、保障措施',
      '（一）经费',
    ]);
  });

  it('make headings of the document', async () => {
    const bytes = docxOf(
      [at(1, 0, '办学条件'), at(1, 2, '8所学校完成改造。')],
      [
        { name: 'word/numbering.xml', data: `<w:numbering ${space}>${chinese}${use(1, 0)}</w:numbering>` },
        { name: 'word/_rels/document.xml.rels', data: relations(['numbering']) },
      ],
    );
    const { blocks } = await readPage({ bytes, origin: 'https://www.example.gov.cn/a.docx' });
    expect(blocks[0]).toMatchObject({ kind: 'heading', level: 1 });
  });

  it('go on in a second list of the same definition, and begin anew where it says so', async () => {
    const begin = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>';
    const paragraphs = [at(1, 0, '甲'), at(2, 0, '乙'), at(3, 0, '丙'), at(3, 0, '丁')];
    const lines = await linesOf(paragraphs, chinese + use(1, 0) + use(2, 0) + use(3, 0, begin));
    expect(lines).toEqual(['一、甲', '二、乙', '一、丙', '二、丁']);
  });

  it('come from a style, from the style it is based on, and are switched off by list 0', async () => {
    const styles = `<w:style w:type="paragraph" w:styleId="A"><w:name w:val="章"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
      <w:style w:type="paragraph" w:styleId="B"><w:name w:val="节"/><w:basedOn w:val="A"/></w:style>
      <w:style w:type="paragraph" w:styleId="C"><w:name w:val="环"/><w:basedOn w:val="C"/></w:style>`;
    const levels =
      level(0, 'decimal', '第%1章', '<w:pStyle w:val="A"/>') +
      level(1, 'decimal', '%1.%2', '<w:pStyle w:val="B"/><w:suff w:val="space"/>');
    const off = `<w:p><w:pPr><w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>${run('附则')}</w:p>`;
    const paragraphs = [styled('A', '总则'), styled('B', '3所学校'), styled('B', '目标'), styled('C', '其他'), off];
    expect(await linesOf(paragraphs, list(0, levels) + use(1, 0), styles)).toEqual([
      '第1章 总则',
      '1.1 3所学校',
      '1.2 目标',
      '其他',
      '附则',
    ]);
  });

  it('are written as their format says', async () => {
    const rows: [string, string][] = [
      ['decimalEnclosedCircle', '①'],
      ['decimalFullWidth', '１'],
      ['decimalZero', '01'],
      ['japaneseCounting', '一'],
      ['chineseLegalSimplified', '壹'],
      ['ideographTraditional', '甲'],
      ['upperRoman', 'I'],
      ['lowerLetter', 'a'],
      ['unheardOf', '1'],
    ];
    const numbering = rows.map(([format], index) => list(index, level(0, format, '（%1）')) + use(index + 1, index));
    const lines = await linesOf(
      rows.map((_, index) => at(index + 1, 0, '条')),
      numbering.join(''),
    );
    // Full width digits and Roman numbers as Unicode has them; the rest as seen.
    expect(lines).toEqual(rows.map(([, seen]) => `（${seen}）条`));
  });

  it('count beyond ten in Chinese', async () => {
    const lines = await linesOf(
      Array.from({ length: 121 }, () => at(1, 0, '项')),
      chinese + use(1, 0),
    );
    expect([10, 11, 20, 21, 100, 101, 110, 111, 120].map((number) => lines[number - 1])).toEqual(
      ['十', '十一', '二十', '二十一', '一百', '一百零一', '一百一十', '一百一十一', '一百二十'].map(
        (said) => `${said}、项`,
      ),
    );
  });

  it('are Arabic in legal levels, do not begin anew where that is switched off, and bullets are none', async () => {
    const levels =
      level(0, 'chineseCounting', '第%1条') +
      level(1, 'decimal', '%1.%2', '<w:isLgl/><w:lvlRestart w:val="0"/>') +
      level(2, 'bullet', '●');
    const paragraphs = [at(1, 0, '甲'), at(1, 1, '乙'), at(1, 2, '丙'), at(1, 0, '丁'), at(1, 1, '戊')];
    expect(await linesOf(paragraphs, list(0, levels) + use(1, 0))).toEqual([
      '第一条 甲',
      '1.1 乙',
      '丙',
      '第二条 丁',
      '2.2 戊',
    ]);
  });

  it('count neither deleted paragraphs nor those that are there twice for old programs', async () => {
    const deleted = `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr></w:p>`;
    const lines = await linesOf([at(1, 0, '甲'), deleted, at(1, 0, '乙')], chinese + use(1, 0));
    expect(lines).toEqual(['一、甲', '二、乙']);
  });

  it('that are broken leave the text as it is', async () => {
    expect(await linesOf([at(7, 0, '甲'), at(1, 5, '乙'), at(2, 0, '丙')], chinese + use(1, 0) + use(2, 9))).toEqual([
      '甲',
      '乙',
      '丙',
    ]);
  });
});
