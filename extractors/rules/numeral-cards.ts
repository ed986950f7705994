// The scanner's own rules as records name them, with their examples; the scanner itself is numeral.ts.
import type { RuleCard } from '../engine/rule.js';

/** What the scanner's own rules are called in a record. */
export const numeralCards: readonly RuleCard[] = [
  {
    name: 'numeral: arabic',
    about: {
      en: 'Digits, with thousands separators, decimals and a scale in characters.',
      zh: '阿拉伯数字，可带千分位、小数和汉字量级。',
    },
    examples: [
      { text: '投入5.2亿元', quote: '5.2亿元', finds: { value: 520_000_000 } },
      { text: '总人口 6.8 万人', quote: '6.8 万人', finds: { value: 68_000 } },
      { text: '共有1,045所', quote: '1,045所', finds: { value: 1045 } },
      { text: '投资3亿5000万元', quote: '3亿5000万元', finds: { value: 350_000_000 } },
      { text: '新增学位１２００个', quote: '１２００个', finds: { value: 1200 } },
      { text: '固定资产3 200余万元', quote: '3 200余万元', finds: { value: 32_000_000, bound: 'over' } },
      { text: '学生1 865名', quote: '1 865名', finds: { value: 1865 } },
    ],
    notExamples: ['版本1.2.3', '编号12345678901234567890'],
  },
  {
    name: 'numeral: characters',
    about: {
      en: 'Numerals in characters, ordinary and capital, with decimals.',
      zh: '汉字数字，含大写和小数。',
    },
    examples: [
      { text: '招聘一千二百名教师', quote: '一千二百名', finds: { value: 1200 } },
      { text: '拨付壹仟玖佰元', quote: '壹仟玖佰元', finds: { value: 1900 } },
      { text: '投资一点五亿元', quote: '一点五亿元', finds: { value: 150_000_000 } },
    ],
    notExamples: ['十四五规划', '二〇一七年'],
  },
  {
    name: 'numeral: round',
    about: {
      en: 'Round words: 数百, 几十, 上千, 十几, 百余.',
      zh: '概数：数百、几十、上千、十几、百余。',
    },
    examples: [
      { text: '惠及数百名学生', quote: '数百名', finds: { value: 100, bound: 'over' } },
      { text: '改造几十所学校', quote: '几十所', finds: { value: 10, bound: 'over' } },
      { text: '吸引上千名家长参加', quote: '上千名', finds: { value: 1000, bound: 'over' } },
      { text: '藏书不足千册', quote: '不足千册', finds: { value: 1000, bound: 'under' } },
    ],
    notExamples: ['千方百计', '数学教师', '百姓满意'],
  },
  {
    name: 'numeral: fraction',
    about: {
      en: 'X分之Y, 一半, 半数.',
      zh: 'X分之Y、一半、半数。',
    },
    examples: [
      { text: '占三分之一', quote: '三分之一', finds: { value: 1 / 3, dimension: 'ratio' } },
      { text: '达到百分之八十五', quote: '百分之八十五', finds: { value: 0.85 } },
      { text: '其中一半分配到乡村', quote: '一半', finds: { value: 0.5 } },
    ],
    notExamples: ['分之想'],
  },
];
