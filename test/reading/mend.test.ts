// Mirror damage, made here byte by byte as mirror sites make it, and undone by reading.
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/reading/index.js';
import { glossed, shifted } from '../helpers/mirror.js';

const text = `青阳县坚持教育优先发展,五年来累计投入资金9.6亿元,新建改建“标准化学校”18所,全县办学条件明显改善。
推进集团化办学,组建“城乡共同体学校”6个,骨干教师每学年到乡村学校、教学点任教不少于120课时。
健全“县、镇、校”三级教研网络,组织专题培训45场次,受益教师2300余人次,教师队伍素质持续提升。
设立专项资金150万元用于困难学生资助,确保“不让一个孩子因贫失学”,惠及学生4230人。
严格控制班额规模。小学、初中平均班额分别降至43人、46人,大班额比例由12.5%下降到1.8%。
实施“互联网+教育”工程,为1120间教室安装智能设备,建设“智慧校园示范学校”9所,优质资源覆盖率达到100%。
创新职业教育模式。与26家企业共建实训基地,开设养老、护理、新能源等专业11个,毕业生就业率达到96.3%。
丰富课后服务内容,开设书法、足球、合唱等社团420个,参与学生比例达到92%,家长满意度为97.4%。
下一步,青阳县将继续加大投入,力争到2035年全面实现优质均衡目标,让“幸福学校”遍布城乡。`;
const lines = text.split('\n');

const digits = (line: string) => line.replace(/[^\d.%]/g, '');

function mirrored(every: number, form: 'sign' | 'question') {
  const damaged = lines.map((line) => shifted(glossed(line, every), form, 9));
  const places = damaged.reduce((sum, line) => sum + line.places, 0);
  const source = damaged.map((line) => line.text).join('\n');
  const document = readText(source, { origin: 'mirror.html' });
  return { source, places, document, mended: document.text.split('\n') };
}

describe('mirror damage', () => {
  for (const every of [1, 3, 0]) {
    for (const form of ['sign', 'question'] as const) {
      it(`shifted runs, form ${form}, a gloss behind every ${every}. changed character`, () => {
        const { places, document, mended } = mirrored(every, form);
        const wrong = mended.filter((line, i) => line !== lines[i]);
        expect(places).toBe(8);
        expect(wrong.length).toBeLessThanOrEqual(1);
        expect(document.mends.filter((mend) => mend.kind === 'shifted_run').length).toBeGreaterThanOrEqual(7);
        // What could not be mended is said, and no number is touched.
        expect(document.unmended.length).toBe(wrong.length);
        expect(mended.map(digits)).toEqual(lines.map(digits));
        expect(document.script).toBe('traditional');
      });
    }
  }

  it('keeps the way back through every mend', () => {
    const { source, document } = mirrored(1, 'sign');
    for (const mend of document.mends) expect(source.slice(mend.start, mend.end)).toBe(mend.before);
    for (const number of document.text.matchAll(/\d+(?:\.\d+)?/g)) {
      const place = document.wayBack.original({ start: number.index, end: number.index + number[0].length });
      expect(source.slice(place.start, place.end)).toBe(number[0]);
    }
  });
});

describe('what is no damage', () => {
  const read = (source: string) => readText(source, { origin: 'page.txt' });

  it('clean traditional script is only made simplified', () => {
    const source = glossed(
      '校长问:“大家准备好了吗?”孩子们齐声回答:“准备好了!”A股和B股是什么?课堂上,同学们对理财知识很好奇。全校着力培养学生的著作权意识,2024年读书480册。',
      0,
    );
    const document = read(source);
    expect(document).toMatchObject({ mends: [], unmended: [], script: 'traditional' });
    expect(document.text).toContain('着力培养学生的著作权意识,2024年读书480册');
    expect(document.text).toContain('A股和B股是什么?');
  });

  it('a few traditional names in simplified script are turned and listed, its own 著 and 乾 stay', () => {
    const document = read(
      '近日,陳經綸中学与乾安县、著名作家协会联合举办读书会,学生代表420人参加活动,气氛热烈。\n活动结束后,大家合影留念,并约定明年再会,共同推动校园阅读的开展。',
    );
    expect(document.text).toContain('陈经纶中学与乾安县、著名作家协会联合');
    expect(document.mends).toMatchObject([{ kind: 'script', before: '陳經綸', after: '陈经纶', start: 3, end: 6 }]);
  });

  it('a reading in a simplified text about readings stays', () => {
    const document = read('语文课上,老师讲解多音字:“重”在“重(chóng)复”里读作另一个音,同学们听得津津有味。');
    expect(document.text).toContain('重(chóng)复');
    expect(document.mends).toEqual([]);
  });

  it('brackets with Chinese or unfitting letters are no glosses', () => {
    const source = glossed(
      '各班级(团支部)积极参与,区域内学校(xx)共有5所,学生们热烈欢迎,家长们齐声称赞,这样的活动还将继续开展下去。',
      2,
    );
    const { text: mended } = read(source);
    expect(mended).toContain('班级(团支部)');
    expect(mended).toContain('学校(xx)共有5所');
  });

  it('radicals that were copied out of print are their characters, at the same place', () => {
    const source =
      '青阳县加强⼩学建设,投⼊资⾦3200万元,惠及学⽣1.2万⼈,群众满意度明显提⾼。\n下⼀步,还将改造⻓岭⻘年路⼩学等⼋所学校。';
    const document = read(source);
    expect(document.text).toBe(
      '青阳县加强小学建设,投入资金3200万元,惠及学生1.2万人,群众满意度明显提高。\n下一步,还将改造长岭青年路小学等八所学校。',
    );
    expect(document.wayBack.original({ start: 5, end: 7 })).toEqual({ start: 5, end: 7 });
    expect(document).toMatchObject({ mends: [], script: 'simplified' });
  });
});
