import { describe, expect, it } from 'vitest';
import { extractCitations } from '../../../extractors/citations/index.js';
import type { Document } from '../../../src/model/document.js';
import { documentOf } from '../../helpers/document.js';

const cited = (text: string, fields: Partial<Document> = {}, county?: string) =>
  extractCitations(documentOf(text, fields), 'x', county).map(({ title, number, issuer }) => [title, number, issuer]);

describe('citations', () => {
  it('are documents in 《》 with the number behind them, in any brackets', () => {
    for (const number of [
      '(甲政发〔2019〕12号)',
      '(甲政发[2019]12号)',
      '（甲政发【2019】12号）',
      '〔甲政发(2019)12号〕',
    ])
      expect(cited(`按照《关于加强校车管理的实施意见》${number}要求执行。`), number).toEqual([
        ['关于加强校车管理的实施意见', '甲政发〔2019〕12号', null],
      ]);
  });

  it('take a number in front of the title', () => {
    expect(cited('按照甲教发〔2020〕7号《关于课后服务的通知》要求')).toEqual([
      ['关于课后服务的通知', '甲教发〔2020〕7号', null],
    ]);
  });

  it('are bare numbers too', () => {
    expect(cited('根据教督〔2017〕6号文件要求,开展自评。')).toEqual([[null, '教督〔2017〕6号', null]]);
  });

  it('keep years and trial marks in the title', () => {
    expect(cited('印发《学前教育布局规划(2021—2035年)》《校长考核办法(试行)》。').map(([title]) => title)).toEqual([
      '学前教育布局规划(2021—2035年)',
      '校长考核办法(试行)',
    ]);
  });

  it('hold titles inside titles', () => {
    expect(cited('转发《关于印发《学校食堂管理办法》的通知》。')).toEqual([
      ['关于印发《学校食堂管理办法》的通知', null, null],
    ]);
  });

  it('are laws', () => {
    expect(cited('贯彻《中华人民共和国教师法》和《义务教育法》。').map(([title]) => title)).toEqual([
      '中华人民共和国教师法',
      '义务教育法',
    ]);
  });

  it('are no papers, books, courses or promises', () => {
    expect(
      cited('《山东教育报》刊发报道,学生诵读《论语》,开设《趣味数学》课程,签订《安全责任书》,研究《识字教学法》。'),
    ).toEqual([]);
  });

  it('are not what the text itself is, nor its attachment', () => {
    const fields = {
      title: '甲县人民政府办公室关于印发《甲县校车管理办法》的通知',
      documentNumber: '甲政办发〔2024〕3号',
    };
    const text = `甲县人民政府办公室\n关于印发《甲县校车\n管理办法》的通知\n甲政办发〔2024〕3号\n各学校:\n附件:关于印发《甲县校车管理办法》的通知.pdf`;
    expect(cited(text, fields)).toEqual([]);
  });
});

describe('the issuer', () => {
  it('stands before the title, behind other words', () => {
    expect(cited('依据教育部办公厅《关于做好招生工作的通知》精神')).toEqual([
      ['关于做好招生工作的通知', null, '教育部办公厅'],
    ]);
    expect(cited('落实乙县教育和体育局《关于规范招生的通知》')[0]![2]).toBe('乙县教育和体育局');
  });

  it('opens the title', () => {
    expect(cited('下发《甲县人民政府关于发展教育的意见》')[0]![2]).toBe('甲县人民政府');
    expect(cited('下发《甲县关于发展教育的意见》')[0]![2]).toBeNull();
  });

  it('is the county’s own government where the sentence says so', () => {
    expect(cited('县政府先后出台《关于发展教育的意见》。', {}, '甲县')[0]![2]).toBe('甲县人民政府');
    expect(cited('县政府先后出台《关于发展教育的意见》。')[0]![2]).toBeNull();
  });

  it('is the publisher of a text that sends the document out', () => {
    const fields = { publisher: '甲县人民政府办公室' };
    expect(cited('《甲县校车管理办法》已经县政府同意,现印发给你们。', fields)[0]![2]).toBe('甲县人民政府办公室');
  });
});

it('quotes what stands in the text, with its sentence', () => {
  const document = documentOf('开头。按照《校车管理办法》(甲政发〔2019〕12号)执行。');
  const [citation] = extractCitations(document, '7');
  expect(citation).toMatchObject({
    id: '7-c01',
    quote: '《校车管理办法》(甲政发〔2019〕12号)',
    sentence: '按照《校车管理办法》(甲政发〔2019〕12号)执行。',
  });
  expect(document.text.slice(citation!.start, citation!.end)).toBe(citation!.quote);
});

it('meets broken titles without harm', () => {
  expect(cited('《没有结束的通知')).toEqual([]);
  expect(cited('》《》《通知》')).toEqual([]);
});
