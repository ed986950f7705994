// Shares recomputed within their printed decimals, and the shares of something else that stand beside a number.
import { describe, expect, it } from 'vitest';
import { checkShares } from '../../../src/compare/audit/shares.js';
import { invented } from './invented.js';

const check = (text: string, fields: Parameters<typeof invented>[1] = {}) => checkShares(invented(text, fields));
const linked = { b: { whole: 'a' }, r: { of: 'a' } };

describe('shares that hold', () => {
  it.each([
    ['轮岗教师{a:389名},其中骨干教师{b:149人},占轮岗教师总数的{r:38.3%}。', 'holds'],
    ['学校{a:136所},达标学校{b:98所},占比{r:72.06%}。', 'holds'],
    ['招聘教师{a:570人}。其中,{b:220人}分配到乡村学校,分配比例达到{r:38.6%}。', 'holds'],
    ['招聘教师{a:570人}。其中,{b:220人}分配到乡村学校,分配比例达到{r:39%}。', 'holds'],
    ['轮岗教师{a:300名},其中骨干教师{b:200人},占轮岗教师总数的{r:66.6%}。', 'rounds'],
    ['招聘教师{a:570人},其中{b:220余人}分配到乡村,占招聘教师的{r:40%}。', 'rounds'],
    ['招聘教师{a:570人},其中{b:220人}分配到乡村,占招聘教师的{r:35%以上}。', 'rounds'],
  ])('%s', (text, verdict) => {
    expect(check(text, linked)).toMatchObject([{ kind: 'share', verdict, severity: 'none' }]);
  });
});

describe('the part or base that the words name', () => {
  it.each([
    [
      'a part of the list that is not the last',
      '幼儿园{a:95所},其中公办{b:40所}、民办{c:55所},公办园占比{r:42.1%}。',
      { b: { whole: 'a' }, c: { whole: 'a' }, r: { of: 'a' } },
      ['holds', '40所 ÷ 95所 = 42.11%'],
    ],
    [
      'a base further off that has just this name',
      '学校{a:86所}:小学{b:58所}、初中{c:21所}。寄宿制学校{d:30所}。住宿条件改善。乡村小规模学校{e:12所},占小学总数的{r:25%}。',
      {},
      ['overstated', '12所 ÷ 58所 = 20.7%'],
    ],
    [
      'those who came, by the rate of coming',
      '报名{a:4800人},实考{b:4752人},参考率{r:99%}。',
      {},
      ['holds', '4752人 ÷ 4800人 = 99%'],
    ],
    [
      'a number of people',
      '报名{a:4800人},实考{b:4752人}。普通高中录取{c:2640人},占实考人数的{r:55.6%}。',
      { r: { of: 'b' } },
      ['holds', '2640人 ÷ 4752人 = 55.56%'],
    ],
  ] as const)('%s', (_name, text, fields, expected) => {
    expect(check(text, fields).map(({ verdict, computed }) => [verdict, computed])).toEqual([expected]);
  });

  it('holds only where the printed values give it, not merely the room that rounding leaves', () => {
    const told = '教师{a:1.0万人},其中轮岗{b:4000人},占教师人数的{r:40%}。';
    expect(check(told, linked)).toMatchObject([{ verdict: 'holds' }]);
    expect(check(told.replace('40%', '42%'), linked)).toMatchObject([{ verdict: 'rounds' }]);
    expect(check(told.replace('40%', '45%'), linked)).toMatchObject([{ verdict: 'overstated' }]);
  });
});

describe('shares that do not', () => {
  it('tells part, base, result and difference, without blame', () => {
    const [finding] = check('招聘教师{a:570人}。其中,{b:220人}分配到乡村学校,分配比例达到{r:40%}。', linked);
    expect(finding).toMatchObject({
      verdict: 'overstated',
      severity: 'medium',
      figures: ['1-003', '1-002', '1-001'],
      computed: '220人 ÷ 570人 = 38.6%',
    });
    expect(finding!.value).toBeCloseTo(0.38596, 5);
    expect(finding!.zh).toContain('高1.4个百分点');
    expect(`${finding!.zh}${finding!.en}`).not.toMatch(/虚|造假|夸大|false|exaggerat|wrong/i);
  });

  it.each([
    [
      'the base by the words behind 占',
      '全县在校学生{a:41200人},住宿生{b:12360人},占在校学生总数的{r:40%}。',
      'overstated',
    ],
    ['the base between 占 and 的', '达标学校{a:80所},占全县义务教育学校{b:96所}的{r:90%}。', 'overstated'],
    ['a rate of the number before it', '参加测试学生{a:2400人},合格{b:2016人},合格率{r:80%}。', 'understated'],
  ])('%s', (_name, text, verdict) => {
    expect(check(text)).toMatchObject([{ verdict, severity: expect.stringMatching(/medium|high/) }]);
  });

  it('at least a share that is not reached', () => {
    expect(check('招聘教师{a:570人},其中{b:220人}分配到乡村,占招聘教师的{r:50%以上}。', linked)).toMatchObject([
      { verdict: 'overstated' },
    ]);
  });
});

describe('shares of something else are left alone', () => {
  it.each([
    ['another subject', '招聘教师{a:80人},其中硕士{b:24人},本科学历占{r:65%}。', linked],
    ['another base', '组织轮岗教师{a:320人},其中骨干教师{b:70人},占全县骨干教师总数的{r:12%}。', linked],
    ['a base outside the text', '县级骨干教师{b:260人},占专任教师的{r:8.5%}。', {}],
    ['a change', '专项资金{a:500万元},较上年增加{b:100万元},增长{r:25%}。', { r: { of: 'a' } }],
    ['from one to another', '本科教师{b:300人},占比由{r:30%}提高到{s:45%}。', { r: { of: 'b' } }],
    [
      'several shares at once',
      '城区学校{a:12所},农村学校{b:40所},分别占{r:23%}和{s:77%}。',
      { b: { whole: 'a' }, r: { of: 'a' } },
    ],
    ['a rate with its own base', '培训教师{b:2400人次},培训合格率{r:98%}。', {}],
    ['things of another kind', '开展活动{a:300场},参与学生{b:2万余人},占学生总数的{r:85%}。', { r: { of: 'a' } }],
    [
      'a target',
      '招聘教师{a:570人},其中{b:220人}到乡村,占招聘教师的{r:60%}。',
      { b: { whole: 'a' }, r: { of: 'a', status: 'target' as const } },
    ],
  ])('%s', (_name, text, fields) => {
    expect(check(text, fields)).toEqual([]);
  });
});
