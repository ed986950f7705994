// Numerals: characters and what they are worth. Simplified, traditional, capital (大写, as on cheques) and full-width forms.

/** Digits written as characters. */
export const digitCharacters: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  '○': 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  两: 2,
  兩: 2,
  壹: 1,
  贰: 2,
  貳: 2,
  叁: 3,
  參: 3,
  叄: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  陸: 6,
  柒: 7,
  捌: 8,
  玖: 9,
};

/** Scales inside a section of four digits: powers of ten. */
export const smallScales: Readonly<Record<string, number>> = { 十: 1, 百: 2, 千: 3, 拾: 1, 佰: 2, 仟: 3 };

/** Scales that close a section. 兆 is left to units: it is a bandwidth in these texts. */
export const largeScales: Readonly<Record<string, number>> = { 万: 4, 亿: 8, 萬: 4, 億: 8 };

/** Twenty and thirty in one character. */
export const tensCharacters: Readonly<Record<string, number>> = { 廿: 20, 卅: 30 };

/** Stand for an unknown digit: 数百, 几十, 十几. */
export const unknownDigits = '数几幾數';

/** Between mantissa and scale or before the unit: a little more than said. */
export const overInfixes = '余多几餘來来';

/** A decimal point in characters. */
export const pointCharacters = '点點';

/** A scale alone may begin a number only behind one of these (近百名, 上千, 超万) or before 余多来几. */
export const beforeBareScale = '近超上逾约过成数几达有每足破';

/** Units that begin like a scale: 5千米 is five kilometres, 千兆 a bandwidth, 百分点 a point. */
export const scaleBelongsToUnit = [
  '千米',
  '千克',
  '千瓦',
  '千卡',
  '千伏',
  '千兆',
  '万兆',
  '千字节',
  '百分',
  '千分',
  '万分',
  '百兆',
  '万象',
  '万能',
  '千斤顶',
];
