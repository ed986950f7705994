import { describe, expect, it } from 'vitest';
import { bitsApart } from '../../db/simhash.js';
import { containment, printOf, repeats } from '../../src/reading/print.js';

const notice = (numbers: [string, string, string]) => `各乡镇中心校、县直学校:
根据年度工作安排,现就做好义务教育学校校舍维修改造项目申报工作通知如下。
一、申报范围。全县义务教育学校均可申报,重点支持寄宿制学校和小规模学校。
二、资金安排。县财政安排专项资金${numbers[0]}万元,每所学校补助不超过${numbers[1]}万元,由教育局会同财政局统一拨付。
三、时间要求。各单位要于${numbers[2]}日前报送申报表,逾期视为放弃。各学校要认真摸底,据实填报,不得虚报冒领,确保项目按期开工、按期竣工、按期使用。`;

const first = notice(['320', '45', '15']);
const otherYear = notice(['410', '60', '20']);
const news = `近日,明水县第二实验小学举行了读书节启动仪式。全校师生共同诵读经典,图书馆向各班发放新书。校长在致辞中说,阅读是最好的老师。
仪式结束后,各班开展了图书漂流活动,孩子们把自己读过的书送给同学。活动将持续到学期末,学校还将评选书香班级。`;

describe('printOf', () => {
  it('is the same for the same words in other typography', () => {
    const typeset = first.replaceAll(',', '，').replaceAll('\n', '\n\n　　').replaceAll('0', '０');
    expect(printOf(typeset)).toEqual(printOf(first));
  });

  it('is sixteen hex digits and tells how much was looked at', () => {
    expect(printOf(first).simhash).toMatch(/^[0-9a-f]{16}$/);
    expect(printOf('三 个字')).toMatchObject({ length: 3 });
    expect(printOf('')).toEqual({ simhash: '0000000000000000', length: 0 });
  });

  it('is near for texts that are nearly the same and far for others', () => {
    const near = bitsApart(printOf(first).simhash, printOf(`${first}\n(此件公开发布)`).simhash);
    const far = bitsApart(printOf(first).simhash, printOf(news).simhash);
    expect(near).toBeLessThanOrEqual(6);
    expect(far).toBeGreaterThan(18);
  });
});

describe('repeats', () => {
  it('knows a text by the file that holds it with title, number and page numbers', () => {
    const file = `明水县教育局文件\n明教字〔2031〕8号\n${first.replaceAll('\n', '\n- 1 -\n')}\n明水县教育局\n2031年4月2日`;
    expect(repeats(file, first)).toBe(true);
    expect(repeats(first, file)).toBe(true);
  });

  it('tells two notices of one template apart by their numbers', () => {
    expect(containment(otherYear, first)).toBeGreaterThan(0.85);
    expect(repeats(otherYear, first)).toBe(false);
  });

  it('tells other texts apart', () => {
    expect(repeats(news, first)).toBe(false);
    expect(repeats('', first)).toBe(false);
    expect(repeats('各乡镇中心校', first)).toBe(false);
  });

  it('holds a short text to be repeated only by its equal', () => {
    expect(repeats('附件下载', '附件 下载')).toBe(true);
    expect(repeats('附件下载', '附件下载二')).toBe(false);
  });
});
