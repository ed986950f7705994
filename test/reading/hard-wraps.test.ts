// Text that was broken into lines of one width becomes paragraphs again; lines that are paragraphs of their own stay.
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/reading/index.js';

const paragraphs = [
  '为改善农村学校办学条件，现将2031年薄弱环节改善资金下达你们。本次共下达资金1260万元，其中县级资金860万元，镇级资金400万元，用于支持12所农村寄宿制学校改善食宿条件，新增床位1100个。',
  '一、资金使用范围。资金应当用于校舍改造、设备购置和教学用房建设，任何单位不得用它偿还债务，也不得用它发放人员工资。',
  '二、绩效目标。到2032年底，全县农村寄宿制学校的达标率达到95%以上，生均宿舍面积不低于3平方米，新购图书4.2万册。',
  '三、有关要求。各镇中心校要在2031年6月15日前将实施方案报县教育局，县教育局会同县财政局在15个工作日内批复，10月底前完成招标，12月底前支付不低于80%的资金。',
  '四、监督检查。县财政局每季度通报一次资金支付进度，对进度低于50%的学校进行约谈，连续两次排在最后的，扣减下一年度资金的10%。',
];

/** Breaks as a printer does: an indent of two ideographs, closing punctuation never first. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '　　';
  let taken = 4;
  for (const sign of text) {
    const wide = sign.charCodeAt(0) > 0xff ? 2 : 1;
    if (taken + wide > width && !/[，。、；]/.test(sign)) {
      lines.push(line);
      line = '';
      taken = 0;
    }
    line += sign;
    taken += wide;
  }
  return [...lines, line];
}

const head = '<h1>关于下达2031年薄弱环节改善资金的通知</h1>';
const textOf = (html: string) => readText(html, { origin: 'https://www.example.gov.cn/a.html' }).text;

describe('lines of one width', () => {
  for (const width of [48, 60, 66, 70, 76]) {
    const lines = paragraphs.flatMap((text) => wrapped(text, width));

    it(`of ${width} half-width characters are one paragraph in preformatted text, between breaks and in elements of their own`, () => {
      const whole = paragraphs.join('\n');
      expect(lines.length).toBeGreaterThan(7);
      expect(textOf(`<body>${head}<pre>${lines.join('\n')}</pre></body>`)).toBe(whole);
      expect(textOf(`<body>${head}<div id="zoom">${lines.join('<br>')}</div></body>`)).toBe(whole);
      const each = lines.map((line) => `<p>${line}</p>`).join('');
      expect(textOf(`<body>${head}<div id="zoom">${each}</div></body>`)).toBe(whole);
    });

    it(`of ${width} in a text file, each character with its place`, () => {
      const original = `关于下达2031年薄弱环节改善资金的通知\n\n${lines.join('\n')}\n`;
      const { text, wayBack } = readText(original, { origin: 'a.txt' });
      expect(text).toBe(paragraphs.join('\n'));
      for (const figure of ['1260万元', '12所', '95%', '4.2万册']) {
        const start = text.indexOf(figure);
        const place = wayBack.original({ start, end: start + figure.length });
        expect(original.slice(place.start, place.end).replace(/\n/g, '')).toBe(figure);
      }
    });
  }

  it('keep words of letters apart', () => {
    const letters = 'The county built twelve schools and hired sixty teachers in the year of 2031 as planned';
    const lines = [`${letters} and then`, `${letters} and more`, `${letters} and also`, `${letters} and so on.`];
    expect(textOf(`<body>${head}<pre>${lines.join('\n')}</pre></body>`)).toBe(lines.join(' '));
  });
});

describe('lines that are paragraphs', () => {
  const stay = (lines: readonly string[]) => {
    const opening = '县教育局对以下内容予以公布，请各学校和社会各界监督。';
    const whole = [opening, ...lines].join('\n');
    expect(textOf(`<body>${head}<div id="zoom">${[opening, ...lines].join('<br>')}</div></body>`)).toBe(whole);
    expect(textOf(`<body>${head}<div id="zoom"><p>${[opening, ...lines].join('</p><p>')}</p></div></body>`)).toBe(
      whole,
    );
  };

  it('stay where they end their sentences, though of one length', () => {
    stay(
      ['甲', '乙', '丙', '丁', '戊', '己', '庚'].map(
        (name) => `${name}镇中心小学新建教学楼一栋，建筑面积三千二百平方米，投入资金八百万元。`,
      ),
    );
  });

  it('stay where they are numbered', () => {
    stay(
      [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `${number}．全县各级各类学校要加强领导明确责任落实经费确保工程按期完成`),
    );
  });

  it('stay where they are shorter than lines of print', () => {
    stay([
      '第一实验小学东城校区',
      '第二实验小学西城校区',
      '第三实验小学南城校区',
      '第四实验小学北城校区',
      '第五实验小学中城校区',
    ]);
  });

  it('stay where their lengths differ', () => {
    stay([
      '甲镇中心小学招生范围为东至人民路、西至建设路、南至胜利街、北至青年街',
      '乙镇中心小学招生范围为全镇',
      '丙镇第一初级中学招生范围为甲镇、乙镇、丙镇以及县经济开发区的六个居民小区和周边村庄',
      '丁镇初级中学招生范围为丁镇和戊镇',
      '县实验小学招生范围为东城街道所辖社区',
      '县第二实验小学招生范围为西城街道所辖社区、城西新区第一期安置小区和教师公寓',
      '县特殊教育学校面向全县招生',
    ]);
  });
});
