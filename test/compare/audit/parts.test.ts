// Parts against totals: what adds up, what does not, and the lists that need not.
import { describe, expect, it } from 'vitest';
import { checkParts } from '../../../src/compare/audit/parts.js';
import { invented } from './invented.js';

const ofA = { whole: 'a' };
const parts = (count: number) => Object.fromEntries([...'bcdefg'].slice(0, count).map((name) => [name, ofA]));
const check = (text: string, fields: Parameters<typeof invented>[1]) => checkParts(invented(text, fields));

describe('parts that add up', () => {
  it.each([
    ['义务教育学校{a:96所}(小学{b:70所}、初中{c:22所}、九年一贯制{d:4所})。', parts(3)],
    ['教职工{a:4210人},其中小学{b:2580人}、初中{c:1630人}。', parts(2)],
    ['新招教师{a:92名}。其中,公开招聘{b:81名},校园招聘{c:11名}。', parts(2)],
  ])('%s', (text, fields) => {
    expect(check(text, fields).map((finding) => finding.verdict)).toEqual(['holds']);
  });

  it('says so with the sum, the figures and the sentences', () => {
    const [finding] = check('新招教师{a:92名}。其中,公开招聘{b:81名},校园招聘{c:11名}。', parts(2));
    expect(finding).toMatchObject({
      kind: 'parts',
      verdict: 'holds',
      severity: 'none',
      value: 92,
      computed: '81名 + 11名 = 92名',
      figures: ['1-001', '1-002', '1-003'],
    });
    expect(finding!.sentences.map(({ text }) => text)).toEqual(['新招教师92名。', '其中,公开招聘81名,校园招聘11名。']);
  });

  it('allows for rounding and for 余', () => {
    const rounded = check(
      '共投入{a:1.3亿元},其中中央资金{b:4000万元}、省级资金{c:3000万元}、县级资金{d:5980万元}。',
      parts(3),
    );
    expect(rounded.map((finding) => finding.verdict)).toEqual(['rounds']);
    const over = check('参与家长{a:5万余人},其中城区家长{b:2.3万余人}、乡镇家长{c:2.9万余人}。', parts(2));
    expect(over.map((finding) => finding.verdict)).toEqual(['rounds']);
  });

  it('sees past the parts of a part', () => {
    const found = check('学校{a:92所},其中幼儿园{b:60所}(公办{c:28所}、民办{d:32所}),小学{e:20所},初中{f:12所}。', {
      b: ofA,
      c: { whole: 'b' },
      d: { whole: 'b' },
      e: ofA,
      f: ofA,
    });
    expect(found.map(({ computed }) => computed)).toEqual(['60所 + 20所 + 12所 = 92所', '28所 + 32所 = 60所']);
  });

  it('keeps two lists of one total apart', () => {
    const found = check(
      '全县{a:136所}学校(含{b:22个}教学点),达标学校{c:98所},占比{x:72.06%},基本达标学校{d:38所},占比{y:27.94%}。',
      parts(3),
    );
    expect(found.map(({ verdict, computed }) => [verdict, computed])).toEqual([['holds', '98所 + 38所 = 136所']]);
  });
});

describe('a list behind a colon', () => {
  it.each([
    ['中小学校{a:86所}:小学{b:58所}、初中{c:21所}、九年一贯制学校{d:7所}。寄宿制学校{e:30所}。', ['holds']],
    ['中小学校{a:90所}:小学{b:58所}、初中{c:21所}、九年一贯制学校{d:7所}。', ['conflicts']],
    ['投入如下,共{a:90万元}:用于学校{b:3所}、操场{c:2个}。', []],
    ['中小学校{a:90所}:小学{b:58所}、初中{c:21所}等。', []],
  ])('%s', (text, expected) => {
    expect(check(text, {}).map(({ verdict }) => verdict)).toEqual(expected);
  });
});

it('numbers of a later sentence need not be all that a total is made of', () => {
  const fields = parts(2);
  expect(check('实考{a:4752人}。普通高中录取{b:2640人};中职录取{c:1900人}。', fields)).toEqual([]);
});

describe('parts that do not add up', () => {
  it.each([
    ['a list in brackets is complete', '学校{a:96所}(小学{b:70所}、初中{c:22所}、九年一贯制{d:6所})。', 3, 'high'],
    ['a complete list that is short', '学校{a:96所}(小学{b:60所}、初中{c:22所}、九年一贯制{d:4所})。', 3, 'medium'],
    ['stages do not overlap', '教职工{a:4210人},其中小学{b:2580人}、初中{c:1730人}。', 2, 'medium'],
    [
      'levels of government do not either',
      '投入{a:1.2亿元},其中中央资金{b:4000万元}、省级资金{c:3000万元}、县级资金{d:6000万元}。',
      3,
      'medium',
    ],
    [
      'three parts all but equal to the total',
      '招聘{a:92名},其中社会招聘{b:83名},公费师范生{c:9名},校园招聘{d:2名}。',
      3,
      'low',
    ],
    [
      'primary and junior are all of 义务教育',
      '义务教育阶段在校生{a:52300人},其中小学{b:35000人},初中{c:17200人}。',
      2,
      'medium',
    ],
  ])('%s', (_name, text, count, severity) => {
    expect(check(text, parts(count))).toMatchObject([{ verdict: 'conflicts', severity }]);
  });

  it('money spent on several things is spent once', () => {
    const text = '投入{a:3500万元}用于采购,其中计算机{b:1200万元},图书{c:800万元},实验仪器{d:1800万元}。';
    expect(check(text, parts(3))).toMatchObject([{ verdict: 'conflicts', severity: 'low' }]);
    const mixed = '投入{a:8000万元},其中上级资金{b:5000万元},校舍建设{c:4000万元}。';
    expect(check(mixed, parts(2))).toEqual([]);
  });

  it('a part larger than the only total before it', () => {
    expect(check('全县有留守儿童{a:1200人},其中建立档案{b:1300人}。', {})).toMatchObject([
      { verdict: 'conflicts', severity: 'high', figures: ['1-002', '1-001'] },
    ]);
  });
});

describe('lists that need not add up are left alone', () => {
  it.each([
    ['overlapping kinds', '教职工{a:4210人},其中党员{b:1900人}、女教师{c:2600人}、本科学历{d:3800人}。', 3],
    ['a rest that goes without saying', '学校{a:96所},其中寄宿制学校{b:40所}、民办学校{c:3所}。', 2],
    ['stages of a wider total', '在校生{a:70000人},其中小学{b:35000人},初中{c:17000人}。', 2],
    ['brackets that name only some', '学校{a:96所}(其中寄宿制{b:40所}、小规模{c:30所}、走读{d:10所})。', 3],
    ['a list that ends in 等', '学校{a:96所}(小学{b:60所}、初中{c:22所}、完全中学{d:4所}等)。', 3],
    ['two kinds in brackets far from the total', '学校{a:96所}(小学{b:60所}、初中{c:12所})。', 2],
  ])('%s', (_name, text, count) => {
    expect(check(text, parts(count))).toEqual([]);
  });

  it('其中 behind a list speaks of all of it', () => {
    expect(check('小学{a:20所}、初中{b:15所},其中寄宿制学校{c:18所}。', {})).toEqual([]);
  });

  it('a larger number of another unit is no part', () => {
    expect(check('开展活动{a:20场},其中参与学生{b:6000人}。', {})).toEqual([]);
  });
});

describe('stages elsewhere in the text', () => {
  const text =
    '现有义务教育学校{a:138所}(完全小学{b:92所}、教学点{c:22所},初中{d:22所},民办学校{e:2所})。\n调整后,全县有初中{f:22所},小学{g:114所}。\n全县义务教育阶段{h:136所}学校。';

  it('add up to the figure told there', () => {
    const computed = check(text, parts(4)).map((finding) => [finding.verdict, finding.computed]);
    expect(computed).toEqual([
      ['holds', '92所 + 22所 + 22所 + 2所 = 138所'],
      ['holds', '92所 + 22所 = 114所'],
      ['holds', '22所 + 114所 = 136所'],
    ]);
  });

  it('are not reported where another number is told: 小学 may leave the 教学点 out', () => {
    const computed = check(text.replace('114', '92'), parts(4)).map((finding) => finding.computed);
    expect(computed).toEqual(['92所 + 22所 + 22所 + 2所 = 138所']);
  });
});
