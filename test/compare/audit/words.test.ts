// Lists beside their counts, names told in two ways, dates, ranges, and one quantity told twice.
import { describe, expect, it } from 'vitest';
import { checkDates } from '../../../src/compare/audit/dates.js';
import { checkLists } from '../../../src/compare/audit/lists.js';
import { checkRanges } from '../../../src/compare/audit/ranges.js';
import { checkAcrossDocuments, checkRepeated } from '../../../src/compare/audit/repeated.js';
import { checkTerms } from '../../../src/compare/audit/terms.js';
import type { StoredFigure } from '../../../src/model/cell.js';
import { figure } from '../figure.js';
import { invented } from './invented.js';

describe('counts and the names they count', () => {
  const verdicts = (text: string) => checkLists(invented(text)).map((finding) => finding.verdict);

  it.each([
    '通过随班就读、特教学校就读和送教上门{a:三种}模式解决入学问题。',
    '分学前、小学、初中{a:三个}学段推进。',
    '扩建{a:3所}学校(东关小学、南湖小学、北城中学)。',
    '成立{a:3个}联盟:河东联盟、河西联盟、城区联盟。',
    '建设“阅读、写作”中心、科创中心{a:2个}平台。',
  ])('%s', (text) => {
    expect(verdicts(text)).toEqual(['holds']);
  });

  it('more names than counted', () => {
    expect(verdicts('建成录播教室、创客教室、科学实验室、心理咨询室等{a:3类}功能室。')).toEqual(['conflicts']);
    expect(verdicts('扩建{a:3所}学校(东关小学、南湖小学、北城中学、西山中学)。')).toEqual(['conflicts']);
  });

  it.each([
    ['等 leaves the rest out', '加快东关、南湖、北城等{a:5所}学校建设。'],
    ['names of ranks beside people', '拥有省级名师、名校长、名班主任{a:2名}。'],
    ['kinds of schools', '小学、初中、九年一贯制学校{a:2所}学校获评先进。'],
    ['levels', '承担国家级、省级、市级{a:2个}课题。'],
    ['a list of something else', '教师、校长、家长、学生代表对{a:2个}方案提出意见。'],
    ['a list and a far larger number', '课桌、床铺、橱柜、空调{a:12个}品类。'],
    ['no list', '组建{a:7个}教育集团。'],
  ])('%s: nothing', (_name, text) => {
    expect(verdicts(text)).toEqual([]);
  });
});

describe('one name told in two ways', () => {
  const found = (text: string) =>
    checkTerms(invented(text)).map((finding) => finding.sentences.map((each) => each.text));

  it('with another ending in another sentence', () => {
    const text = '我县获评“全国劳动教育研究实验区”。\n2023年,“全国劳动教育研究示范区”经验得到推广。';
    expect(found(text)).toEqual([
      ['我县获评“全国劳动教育研究实验区”。', '2023年,“全国劳动教育研究示范区”经验得到推广。'],
    ]);
  });

  it.each([
    '获评“省家庭教育实验基地”“省家庭教育示范基地”。',
    '获评“省家庭教育实验基地”“省家庭教育示范基地”。后来“省家庭教育示范基地”又获表彰。',
    '获评“全国劳动教育研究实验区”。“全国劳动教育研究实验区”经验得到推广。',
    '获评“省劳动教育示范区”“市智慧教育实验区”。',
    '获评“示范区”。建设“实验区”。',
  ])('%s: two things, or one', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('dates', () => {
  const findings = (text: string, about: Parameters<typeof invented>[2], fields: Parameters<typeof invented>[1] = {}) =>
    checkDates(invented(text, fields, about)).map(({ computed }) => computed);

  it('published before it was signed', () => {
    expect(findings('', { published: '2023-05-02T10:00', signed: '2023-05-10' })).toEqual(['2023-05-02 < 2023-05-10']);
    expect(findings('', { published: '2023-05-10', signed: '2023-05-10' })).toEqual([]);
    expect(findings('', { published: '2023-05-12', signed: '2023-05' })).toEqual([]);
    expect(findings('', { published: '2023-05', signed: '2023-06-01' })).toEqual(['2023-05 < 2023-06-01']);
    expect(findings('', { published: null, signed: '2023-05-10' })).toEqual([]);
  });

  it('reached in a time that had not come', () => {
    const later = { a: { period: { from: '2026', to: '2026' } } };
    expect(findings('2026年已建成{a:3所}。', { published: '2024-03-15' }, later)).toEqual(['2026 > 2024-03-15']);
    expect(findings('预计2026年建成{a:3所}。', { published: '2024-03-15' }, later)).toEqual([]);
    const thisYear = { a: { period: { from: '2024', to: '2024' } } };
    expect(findings('今年建成{a:3所}。', { published: '2024-03-15' }, thisYear)).toEqual([]);
    const planned = { a: { ...later.a, status: 'planned' as const } };
    expect(findings('2026年建成{a:3所}。', { published: '2024-03-15' }, planned)).toEqual([]);
  });

  it('done by a month that had not ended', () => {
    const august = { published: '2023-08-10' };
    expect(findings('招聘已于8月底完成。', august)).toEqual(['2023-08 > 2023-08-10']);
    expect(findings('招聘已于2023年9月15日完成。', august)).toEqual(['2023-09 > 2023-08-10']);
    expect(findings('招聘已于8月5日完成。', august)).toEqual([]);
    expect(findings('招聘已于7月底完成。', august)).toEqual([]);
    // Of last year, surely.
    expect(findings('招聘已于12月底完成。', august)).toEqual([]);
    expect(findings('招聘拟于9月底完成。', august)).toEqual([]);
  });
});

describe('plausible ranges', () => {
  const indicators = new Map(
    [
      {
        id: 'building',
        zh: '投资',
        en: 'investment',
        unit: 'CNY',
        stages: ['all'],
        range: { min: 1e6, max: 2e9 },
      },
      { id: 'area', zh: '生均面积', en: 'area per pupil', unit: 'm2', stages: ['primary'], range: { min: 2, max: 20 } },
      {
        id: 'enrolment',
        zh: '入学率',
        en: 'enrolment',
        unit: '1',
        stages: ['compulsory', 'senior'],
        range: { min: 0.98, max: 1.1 },
      },
    ].map((indicator) => [indicator.id, indicator] as const),
  );
  const check = (fields: Partial<StoredFigure>) =>
    checkRanges(
      { ...invented(''), figures: [figure({ bound: 'exact', quote: String(fields.value), ...fields })] },
      indicators,
    );
  const money = { indicator: 'building', dimension: 'money', unit: 'CNY' } as const;
  const perPupil = { indicator: 'area', dimension: 'area', unit: 'm2', per: ['学生'] };

  it('a low rate of compulsory education, not of a school that nobody has to go to', () => {
    const rate = { indicator: 'enrolment', dimension: 'ratio', unit: '1' } as const;
    expect(check({ ...rate, value: 0.935, stage: ['primary'] })).toHaveLength(1);
    expect(check({ ...rate, value: 0.935 })).toHaveLength(1);
    expect(check({ ...rate, value: 0.935, stage: ['senior'] })).toEqual([]);
    expect(check({ ...rate, value: 1.5, stage: ['senior'] })).toHaveLength(1);
  });

  it('far above: look at the unit', () => {
    const [finding] = check({ ...money, value: 5.6e10 });
    expect(finding).toMatchObject({ verdict: 'cannot_tell', kind: 'range', severity: 'low' });
    expect(finding!.zh).toContain('相差约100倍');
    expect(check({ ...perPupil, value: 0.4 })).toHaveLength(1);
  });

  it('not for sums over years, small projects, parts, quoted standards or other units', () => {
    expect(check({ ...money, value: 7e9, period: { from: '2016', to: '2023' } })).toEqual([]);
    expect(check({ ...money, value: 7e9, period: { from: '2023', to: '2023' } })).toHaveLength(1);
    expect(check({ ...money, value: 70_000 })).toEqual([]);
    expect(check({ ...perPupil, value: 0.4, whole: '1-000' })).toEqual([]);
    expect(check({ ...perPupil, value: 40, status: 'standard' })).toEqual([]);
    expect(check({ ...perPupil, value: 40, unit: '亩' })).toEqual([]);
    expect(check({ ...perPupil, value: 4 })).toEqual([]);
  });
});

describe('one quantity told twice in one text', () => {
  const pupils = { indicator: 'pupils', subject: '在校学生' };
  const twice = (text: string, fields: Parameters<typeof invented>[1]) =>
    checkRepeated(invented(text, fields)).map(({ verdict, computed }) => [verdict, computed]);

  it('the same, or another', () => {
    const fields = { a: pupils, b: pupils };
    expect(twice('全县在校学生{a:41250人}。\n在校学生{b:41250人}。', fields)).toEqual([['holds', null]]);
    expect(twice('全县在校学生{a:41250人}。\n在校学生{b:4.1万余人}。', fields)).toEqual([['rounds', null]]);
    expect(twice('全县在校学生{a:41250人}。\n在校学生{b:42150人}。', fields)).toEqual([
      ['conflicts', '41250人 ≠ 42150人'],
    ]);
  });

  it('a difference that a named part explains', () => {
    const text = '现有义务教育学校{a:138所}(小学{b:116所},民办学校{c:22所})。\n义务教育阶段{d:116所}学校全部达标。';
    expect(twice(text, { b: { whole: 'a' }, c: { whole: 'a' } })).toEqual([['holds', '138所 − 22所 = 116所']]);
  });

  it('taken on and present, of one group in one passage', () => {
    const fields = { a: { subject: '志愿者', accrual: 'flow' }, b: { subject: '志愿者队伍' } };
    expect(twice('招募志愿者{a:10名},组建讲师团,现有志愿者队伍{b:20人}。', fields)).toEqual([
      ['cannot_tell', '10名 ≠ 20人'],
    ]);
  });

  it.each<[string, string, Parameters<typeof invented>[1]]>([
    [
      'another time',
      '在校学生{a:41250人}。\n在校学生{b:42150人}。',
      {
        a: { ...pupils, period: { from: '2022', to: '2022' } },
        b: { ...pupils, period: { from: '2023', to: '2023' } },
      },
    ],
    [
      'another stage',
      '在校学生{a:41250人}。\n在校学生{b:12150人}。',
      { a: { ...pupils, stage: ['primary'] }, b: { ...pupils, stage: ['junior'] } },
    ],
    ['a target', '在校学生{a:41250人}。\n在校学生{b:45000人}。', { a: pupils, b: { ...pupils, status: 'target' } }],
    [
      'two things in one passage',
      '参加的家长{a:2.8万余人};参加的家长{b:1.8万余人}。',
      { a: { indicator: 'x', subject: '参加的家长' }, b: { indicator: 'x', subject: '参加的家长' } },
    ],
    [
      'done twice',
      '新增学位{a:300个}。\n新增学位{b:500个}。',
      { a: { subject: '新增学位', accrual: 'flow' }, b: { subject: '新增学位', accrual: 'flow' } },
    ],
    ['nouns that say nothing', '教师{a:10名}。\n教师{b:20名}。', { a: { subject: '教师' }, b: { subject: '教师' } }],
    [
      'schools taken away and left',
      '{a:12所}小学变为教学点。\n小学{b:114所}。',
      { a: { subject: '小学', accrual: 'flow' }, b: { subject: '小学' } },
    ],
  ])('%s is no conflict', (_name, text, fields) => {
    expect(twice(text, fields)).toEqual([]);
  });
});

describe('one quantity told in two documents', () => {
  const indicators = new Map([['pupils', { id: 'pupils', stages: ['compulsory'] }]]);
  const told = (documentId: number, value: number, fields: Partial<StoredFigure> = {}) =>
    figure({
      documentId,
      indicator: 'pupils',
      subject: '在校学生',
      value,
      quote: `${value}人`,
      unit: '人',
      accrual: 'stock',
      period: { from: '2023', to: '2023' },
      ...fields,
    });
  const across = (...figures: StoredFigure[]) =>
    checkAcrossDocuments(figures, indicators).map(({ verdict, severity }) => `${verdict} ${severity}`);

  it('agrees, differs, or differs by far', () => {
    expect(across(told(1, 41_250), told(2, 41_250))).toEqual(['holds none']);
    expect(across(told(1, 41_250), told(2, 42_150))).toEqual(['conflicts low']);
    expect(across(told(1, 41_250), told(2, 412_500))).toEqual(['conflicts high']);
  });

  it('is not compared over other times, words, units or stages, nor where one document tells several', () => {
    expect(across(told(1, 41_250), told(2, 42_150, { period: { from: '2022', to: '2022' } }))).toEqual([]);
    expect(across(told(1, 41_250), told(2, 42_150, { period: null }))).toEqual([]);
    expect(across(told(1, 41_250), told(2, 42_150, { subject: '公办学校在校学生' }))).toEqual([]);
    expect(across(told(1, 41_250), told(2, 42_150, { status: 'planned' }))).toEqual([]);
    expect(across(told(1, 41_250), told(1, 42_150), told(2, 9000))).toEqual([]);
  });
});
