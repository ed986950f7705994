// What reports, plans and speeches leave to the words around: a measure named before its stages, a year in a heading, a limit for
// a list, a goal that comes later. Sentences of our own about invented counties.
import { describe, expect, it } from 'vitest';
import { extractFigures } from '../../../extractors/figures/index.js';
import type { Document } from '../../../src/model/document.js';
import type { Figure } from '../../../src/model/record.js';
import { readPage } from '../../../src/reading/index.js';
import { documentOf } from './document.js';

const figuresOf = (text: string, fields: Partial<Document> = {}): Figure[] =>
  extractFigures(documentOf(text, fields), 'f');

/** One slot of the figures, in text order. */
const slots = <K extends keyof Figure>(text: string, name: K, fields: Partial<Document> = {}) =>
  figuresOf(text, fields).map((figure) => figure[name]);

describe('a measure named before its stages', () => {
  it.each([
    ['6.生均教学仪器设备值:小学、初中分别达到2000元以上、2500元以上。', '学生', '生均教学仪器设备值'],
    ['生均体育运动场馆面积,小学9.8平方米,初中12.6平方米。', '学生', '生均体育运动场馆面积'],
    ['每百名学生拥有计算机台数,小学10.2台,初中14.5台。', '百名学生', null],
  ])('%s', (text, per, subject) => {
    expect(slots(text, 'per')).toEqual([[per], [per]]);
    expect(slots(text, 'stage')).toEqual(['primary', 'junior']);
    if (subject) expect(slots(text, 'subject')[0]).toBe(subject);
  });

  it('lends its denominator to an amount that changes, and to the next stage', () => {
    const text = '小学生均公用经费由2013年的560元提高到2015年的710元,初中由760元提高到910元。';
    expect(slots(text, 'per')).toEqual([['学生'], ['学生'], ['学生'], ['学生']]);
    expect(slots(text, 'stage')).toEqual(['primary', 'primary', 'junior', 'junior']);
    expect(slots(text, 'subject')[0]).toBe('小学生均公用经费');
  });

  it('lends nothing to a number of another thing', () => {
    expect(slots('生均用房面积提高,小学校舍新增2.3万平方米。', 'per')).toEqual([undefined]);
  });
});

describe('a ratio', () => {
  it('of two numbers is read of each stage, with a colon of any width', () => {
    expect(slots('师生比分别为小学1：15.8、初中1：10.9。', 'quote')).toEqual(['1：15.8', '1：10.9']);
    expect(slots('师生比分别为小学1：15.8、初中1：10.9。', 'stage')).toEqual(['primary', 'junior']);
    expect(slots('比分为1:10。', 'quote')).toEqual([]);
  });

  it('of a limit with two numbers keeps both', () => {
    expect(slots('综合差异系数均低于国家规定的0.65和0.55的标准。', 'value')).toEqual([0.65, 0.55]);
  });
});

describe('a limit', () => {
  it('before a list in step holds for each of its numbers', () => {
    expect(slots('所有班级学生数分别不超过45人、50人', 'bound')).toEqual(['at_most', 'at_most']);
    expect(slots('教师数分别达到4.2人以上、5.3人', 'bound')).toEqual(['at_least', 'exact']);
    expect(slots('班额控制在小学45人、初中50人以内', 'bound')).toEqual(['at_most', 'at_most']);
  });
});

describe('the time', () => {
  const year =
    '青禾县教育工作总结\n\n一、2023年工作完成情况\n建成学校3所,新增学位2400个。\n二、2024年工作计划\n招聘教师180名以上。';

  it('is that of a heading with a year, and a plan for a year sets goals', async () => {
    const read = await readPage({ bytes: Buffer.from(year), origin: 'a.txt' });
    const figures = extractFigures({ ...read, genre: 'work_summary', publishedIso: '2024-01-15' }, 'f');
    expect(figures.map(({ period }) => period?.from)).toEqual(['2023', '2023', '2024']);
    expect(figures.map(({ status }) => status)).toEqual(['actual', 'actual', 'target']);
  });

  it('of a goal that has a number of its own is not that of the numbers before', () => {
    const text = '计划投资1.5亿元,新增学位4500个,到2026年底消除大班额37个。';
    expect(slots(text, 'period')).toEqual([undefined, undefined, { from: '2026', to: '2026' }]);
    expect(slots('投资1.5亿元建设学校,力争2025年秋季投入使用。', 'period')).toEqual([{ from: '2025', to: '2025' }]);
  });

  it('of the first amount of a change is not that of the second', () => {
    expect(slots('大班额占比由2020年的8.6%下降到1.2%。', 'period')).toEqual([{ from: '2020', to: '2020' }, undefined]);
  });

  it('goes with the month behind 去年 and with 过去一年 through its paragraph', () => {
    expect(slots('去年9月招收学生800名。', 'period')).toEqual([{ from: '2023-09', to: '2023-09' }]);
    const past = { from: '2023', to: '2023' };
    expect(slots('过去一年,成绩喜人。投入资金9.8亿元。新增学位5400个。', 'period')).toEqual([past, past]);
  });
});

describe('the status', () => {
  it('of what a plan goes on with is planned', () => {
    expect(slots('下一步,全县将再投入3.5亿元,新建初中2所,改造操场6个。', 'status')).toEqual([
      'planned',
      'planned',
      'planned',
    ]);
    expect(slots('全县计划投资6.8亿元,新建小学4所。', 'status', { genre: 'notice_plan' })).toEqual([
      'planned',
      'planned',
    ]);
  });

  it.each([
    ['2024年计划新建学校1所,新增学位1800个,投资9500万元。', ['planned', 'planned', 'planned']],
    ['规划建设学校6所,总投资12.6亿元,可新增学位1.6万个。', ['planned', 'planned', 'planned']],
    ['明年将招聘教师122名,培训校长32名。', ['planned', 'planned']],
    ['该校将于2025年9月投用,提供学位1080个,配备教师90名。', ['planned', 'planned']],
    ['2023年新建学校2所,投资1.7亿元;2024年计划新建7所,投资2.7亿元。', ['actual', 'actual', 'planned', 'planned']],
    ['今年计划改造厕所49座,已完成29座,投资309万元。', ['planned', 'actual', 'actual']],
    ['我县将8所学校结对,培训教师300名。', ['actual', 'actual']],
    ['2023年行动计划新建成学校4所,投资2.1亿元。', ['actual', 'actual']],
  ])('of a plan holds on to the end of its sentence, until something is done: %s', (text, statuses) => {
    expect(slots(text, 'status')).toEqual(statuses);
  });

  it('of an announcement of posts is planned, of what was done actual', () => {
    const fields = { genre: 'announcement' } as const;
    expect(slots('现公开招聘教师120名,其中高中教师20名。', 'status', fields)).toEqual(['planned', 'planned']);
    expect(slots('已招聘教师120名。', 'status', fields)).toEqual(['actual']);
  });

  it('behind 一要 is a goal', () => {
    expect(slots('二要扩资源。新增学位1080个。', 'status')).toEqual(['target']);
  });
});

describe('a part', () => {
  it('is one of those just named', () => {
    const [all, some, share] = figuresOf('全区96所学校中,94所达到标准,达标率97.9%。');
    expect([some!.whole, share!.of]).toEqual([all!.id, all!.id]);
  });

  it('of a sentence that opens with 其中 stays one behind a ；', () => {
    const figures = figuresOf('全县共有学校236所。其中高中4所,在校生11286人;初中22所;幼儿园129所。');
    expect(figures.map(({ whole }) => whole)).toEqual([undefined, 'f-001', undefined, 'f-001', 'f-001']);
  });

  it('recurs, or was done, as its whole', () => {
    expect(slots('交流轮岗教师287人,占14.6%;其中骨干教师71人。', 'accrual')[2]).toBe('flow');
    expect(slots('每年招聘教师120名,其中60%以上分配到农村学校。', 'accrual')).toEqual(['annual', 'annual']);
  });
});

describe('a subject', () => {
  it('is not taken over from the sentence before where 为 tells for whom', () => {
    expect(slots('改造旱厕19座。为35所学校新建录播教室42间。', 'subject')).toEqual(['旱厕', '学校', '录播教室']);
  });
});

describe('a notice or an announcement', () => {
  const notice = { genre: 'announcement', title: '云桥县学校布局调整公告', signedIso: '2024-06-19' } as const;
  const under = (heading: string, text: string) => {
    const blocks: Document['blocks'] = [{ kind: 'heading', level: 1, start: 0, end: heading.length }];
    return slots(`${heading}\n${text}`, 'status', { ...notice, blocks });
  };

  it('plans what stands under 方案, 措施 and 安排, and tells how things are', () => {
    expect(under('二、调整方案', '撤并学校8所,其中完全小学3所,涉及学生326人。')).toEqual([
      'planned',
      'planned',
      'planned',
    ]);
    expect(under('二、保障措施', '保留教学点19个。现有校车40辆。去年新增校车6辆。')).toEqual([
      'planned',
      'actual',
      'actual',
    ]);
    expect(under('二、调整原因', '撤并学校8所。')).toEqual(['actual']);
  });

  it('names by a limit which schools it counts, and sets none', () => {
    const text = '全县在校生不足100人的有31所,其中50人以下的17所。';
    expect(slots(text, 'status', notice)).toEqual(['actual', 'actual', 'actual', 'actual']);
    expect(slots(text, 'salience', notice)).toEqual(['minor', 'core', 'minor', 'core']);
  });

  it('of one stage speaks of that stage', () => {
    const title = '松岭县2024年普通高中招生工作通知';
    expect(slots('招收体育特长生20名。职教中心招生150人。', 'stage', { genre: 'notice', title })).toEqual([
      'senior',
      'vocational',
    ]);
  });
});

describe('what is to come', () => {
  it('under 在建项目, save what is done', () => {
    const blocks: Document['blocks'] = [{ kind: 'heading', level: 1, start: 0, end: 6 }];
    const text = '二、在建项目\n第五小学总投资1.2亿元,建筑面积2.6万平方米,已完成投资4300万元。';
    expect(slots(text, 'status', { blocks })).toEqual(['planned', 'planned', 'actual']);
  });

  it('is planned of what is being built, and of what 明年 and 将 open', () => {
    expect(slots('在建幼儿园4所,总投资9600万元。', 'status')).toEqual(['planned', 'planned']);
    expect(slots('明年全县将整合资金1.5亿元,改造食堂20个,校车再增加12辆。', 'status')).toEqual([
      'planned',
      'planned',
      'planned',
    ]);
  });

  it('is a goal where a rate has a date', () => {
    expect(slots('下一步将在三年内新增编制120个,到2026年公办园占比提高至65%。', 'status')).toEqual([
      'planned',
      'target',
    ]);
  });

  it('follows 下一步 under a heading that names problems and measures', () => {
    const heading = '五、存在问题及整改措施';
    const blocks: Document['blocks'] = [{ kind: 'heading', level: 1, start: 0, end: heading.length }];
    const text = `${heading}\n在编教师仅占32%。下一步,每年组织培训4次以上。`;
    expect(slots(text, 'status', { blocks }).map((status) => status === 'actual')).toEqual([true, false]);
  });
});

describe('a norm', () => {
  const report = { genre: 'self_evaluation' } as const;

  it('is cited where something reaches it, and by how much it is passed is none', () => {
    expect(slots('毛入园率96.6%,达到85%的国家标准。', 'status', report)).toEqual(['actual', 'standard']);
    expect(slots('生均面积9.2平方米,高出省定标准0.7平方米。', 'status', report)).toEqual(['actual', 'actual']);
    expect(slots('占比92.7%,高于国家80%的标准12.7个百分点。', 'status', report)).toEqual([
      'actual',
      'standard',
      'actual',
    ]);
    expect(slots('力争毛入园率提高3个百分点。', 'status', report)).toEqual(['target']);
  });
});

describe('whose stage it is', () => {
  it.each([
    ['投资1.2亿元的第三小学建成投用,可容纳36个教学班。', ['primary', 'primary']],
    ['对67名残疾儿童送教上门,每月不少于2次。', ['special', 'special']],
    ['县职教中心招收新生1126名。学校开设专业12个。', ['vocational', 'vocational']],
    ['学前教育资助1420人次;义务教育资助1.8万人次;助学贷款2860人。', ['preschool', 'compulsory', undefined]],
    ['乡村小规模学校占比38%。', [undefined]],
    ['城区初中学位缺口1500个；从结构看，农村小规模学校31所。', ['junior', undefined]],
  ])('in %s', (text, stages) => {
    expect(slots(text, 'stage')).toEqual(stages);
  });
});

describe('what it is counted per', () => {
  it.each([
    ['教师人均月增资400元。', ['人', '月']],
    ['每50名寄宿生配备生活教师1名。', ['50名寄宿生']],
    ['每名考生最多填报志愿3个。', ['考生']],
  ])('%s', (text, per) => {
    expect(slots(text, 'per')).toEqual([per]);
  });

  it('is not lent to the share or the days behind it', () => {
    expect(slots('每生每年1250元的基础上上浮20%。', 'per')).toEqual([['学生', '年'], undefined]);
    expect(slots('按每生每天5元、全年200天计算。', 'per')).toEqual([['学生', '天'], undefined]);
  });

  it('stands in a heading that ends as a sentence, above each stage and what it rose from', () => {
    const text = '（三）生均公用经费增长情况。\n普通小学由2022年的2410元增长到2506元；普通初中为3498元。';
    expect(slots(text, 'per')).toEqual([['学生'], ['学生'], ['学生']]);
    expect(slots(text, 'subject')[2]).toBe('生均公用经费');
  });
});

describe('the year', () => {
  it.each([
    ['拟新建学校1所,计划2024年10月开工、2026年8月建成。', [{ from: '2026-08', to: '2026-08' }]],
    ['占比比创建前的2020年提高18.4个百分点。', [undefined]],
    ['标准由每生每年500元提高到800元。', [undefined, undefined]],
  ])('in %s', (text, periods) => {
    expect(slots(text, 'period', { signedIso: '2024-06-19' })).toEqual(periods);
  });

  it('of 近三年 is not that of how things stand', () => {
    const text = '近三年农村学生减少4200人。校均学生仅68人。';
    expect(slots(text, 'period')[1]).toBeUndefined();
  });

  it('of 全年 stays that of the title for the sentence behind', () => {
    const text = '全年安排补助2176万元。县财政另安排经费350万元。';
    const fields = { genre: 'announcement', title: '白石县2023年经费公告', publishedIso: '2024-10-15' } as const;
    expect(slots(text, 'period', fields).map((period) => period?.from)).toEqual(['2023', '2023']);
  });
});
