// Multiples of a named standard, and claims to meet one.
import { describe, expect, it } from 'vitest';
import { checkClaims } from '../../../src/compare/audit/claims.js';
import { checkMultiples } from '../../../src/compare/audit/multiples.js';
import type { StandardSketch } from '../../../src/compare/standards.js';
import type { Stage } from '../../../src/model/record.js';
import { invented } from './invented.js';

const standard = (stage: Stage, value: number, fields: Partial<StandardSketch> = {}): StandardSketch => ({
  indicator: 'teachers',
  stage,
  operator: '>=',
  value,
  unit: '人',
  appliesTo: 'school',
  document: '评估办法',
  number: '教督〔2017〕6号',
  from: 2017,
  certainty: 'read',
  ...fields,
});
const standards = [standard('primary', 4.2), standard('junior', 5.3)];
const of = (stage: Stage, indicator = 'teachers') => ({ indicator, stage: [stage], per: ['百名学生'] });
const both = { p: of('primary'), j: of('junior') };

const multiples = (text: string, fields: Parameters<typeof invented>[1] = both) =>
  checkMultiples(invented(text, fields), standards).map(({ verdict, value }) => [verdict, Number(value!.toFixed(2))]);

describe('multiples of a standard', () => {
  it('两倍多 is more than twice and less than three times', () => {
    expect(multiples('每百名学生拥有教师分别为{p:8.5人}、{j:10.6人},均是国家规定标准的{m:两倍多}。')).toEqual([
      ['holds', 2.02],
      ['edge', 2],
    ]);
    expect(multiples('每百名学生拥有教师分别为{p:8.1人}、{j:16人},均为国家标准的{m:两倍多}。')).toEqual([
      ['overstated', 1.93],
      ['understated', 3.02],
    ]);
  });

  it('without 均 it speaks of the last list alone', () => {
    const fields = { x: of('primary', 'other'), p: of('primary') };
    expect(multiples('骨干教师{x:9人},教师{p:8.5人},是省定标准的{m:2倍}。', fields)).toEqual([['holds', 2.02]]);
  });

  it.each([
    ['no official standard', '公用经费{p:8.5人},按照普通学校标准的{m:10倍}拨付。'],
    ['no standard at all', '教师{p:8.5人},是五年前的{m:两倍多}。'],
    ['another sentence', '教师{p:8.5人}。设备投入是国家标准的{m:5倍}。'],
  ])('%s', (_name, text) => {
    expect(multiples(text)).toEqual([]);
  });

  it('without a stage the threshold that all stages share', () => {
    const shared = [standard('primary', 4), standard('junior', 4)];
    const document = invented('教师{p:8.5人},是国家标准的{m:两倍多}。', { p: { ...of('primary'), stage: [] } });
    expect(checkMultiples(document, shared)).toMatchObject([{ verdict: 'holds' }]);
    expect(checkMultiples(document, standards)).toEqual([]);
  });

  it('is silent where no standard was in force, or several were', () => {
    const text = '教师{p:8.5人},是国家标准的{m:5倍}。';
    const document = invented(text, both, { published: '2015-06-01' });
    expect(checkMultiples(document, standards)).toEqual([]);
    expect(checkMultiples(invented(text, both), [...standards, standard('primary', 5)])).toEqual([]);
  });
});

describe('claims to meet a standard', () => {
  const claims = (text: string, more: StandardSketch[] = []) =>
    checkClaims(invented(text, both), [...standards, ...more]).map(({ verdict }) => verdict);

  it('are laid beside it', () => {
    expect(claims('每百名学生拥有教师{p:8.5人},高于国家规定标准。')).toEqual(['holds']);
    expect(claims('每百名学生拥有教师{p:3.9人},达到国家规定标准。')).toEqual(['overstated']);
  });

  it('hold where one of two systems in force is met', () => {
    expect(claims('每百名学生拥有教师{p:3.9人},符合省定评估标准。', [standard('primary', 3)])).toEqual(['holds']);
  });

  it.each([
    '每百名学生拥有教师{p:3.9人},与国家规定标准还有差距。',
    '每百名学生拥有教师{p:3.9人},尚未达到国家规定标准。',
    '每百名学生拥有教师{p:3.9人}。校舍达到国家规定标准。',
    '每百名学生拥有教师{p:3.9人}。',
  ])('%s', (text) => {
    expect(claims(text)).toEqual([]);
  });

  it('a target claims nothing', () => {
    const document = invented('每百名学生拥有教师{p:3.9人},达到国家规定标准。', {
      p: { ...of('primary'), status: 'target' },
    });
    expect(checkClaims(document, standards)).toEqual([]);
  });
});
