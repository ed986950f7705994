// How a value is written for people: bound, number, unit and denominator in one phrase, period and status in short. Digits are
// never rounded away.
import type { StoredFigure } from '../model/cell.js';
import type { Language } from '../model/language.js';

type Valued = Pick<StoredFigure, 'value' | 'valueMax' | 'unit' | 'bound' | 'per' | 'dimension'>;

const boundSigns: Record<string, string> = {
  exact: '',
  about: '≈',
  over: '>',
  under: '<',
  at_least: '≥',
  at_most: '≤',
};

/** `≥25%`, `>4万名`, `73.18亿元`, `910元/学生·年`, `60%–70%`. */
export function writeValue(figure: Valued): string {
  const { scale, unit } = scaleOf(figure);
  const number = writeNumber(figure.value, scale);
  const upper = figure.valueMax === null ? '' : `–${writeNumber(figure.valueMax, scale)}${unit}`;
  const per = figure.per.length > 0 ? `/${figure.per.join('·')}` : '';
  const lower = upper === '' || unit.startsWith('%') ? `${number}${unit}` : number;
  return `${boundSigns[figure.bound] ?? ''}${lower}${upper}${per}`;
}

/** Power of ten by which the number is divided for display, and the words behind it. */
function scaleOf({ dimension, unit, value }: Valued): { scale: number; unit: string } {
  if (dimension === 'ratio') return { scale: -2, unit: '%' };
  if (dimension === 'multiple') return { scale: 0, unit: '倍' };
  if (dimension === 'coefficient') return { scale: 0, unit: '' };
  const word = { CNY: '元', m2: '平方米', m: '米' }[unit] ?? unit;
  const size = Math.abs(value);
  if (size >= 1e8) return { scale: 8, unit: `亿${word}` };
  if (size >= 1e4 && (dimension !== 'count' || size % 100 === 0)) return { scale: 4, unit: `万${word}` };
  return { scale: 0, unit: word };
}

/**
 * The number divided by 10^scale, written plainly: the decimal point of its 15 sure digits is moved, so that no binary remainder
 * shows (0.383 by -2 is 38.3).
 */
export function writeNumber(value: number, scale: number): string {
  if (!Number.isFinite(value)) return String(value);
  const [mantissa, exponent] = Math.abs(value).toExponential(14).split('e') as [string, string];
  const digits = mantissa.replace('.', '').replace(/0+$/, '') || '0';
  const point = digits === '0' ? 1 : Number(exponent) - scale + 1;
  const whole = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const fraction = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  return `${value < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `2024`, `2016–2024-05`, or `—` where the text gives no time. */
export function writePeriod(figure: Pick<StoredFigure, 'period'>): string {
  if (figure.period === null) return '—';
  const { from, to } = figure.period;
  return from === to ? from : `${from}–${to}`;
}

export const statusWords: Record<Language, Record<string, string>> = {
  zh: { actual: '实际', planned: '计划', target: '目标', standard: '标准' },
  en: { actual: 'actual', planned: 'planned', target: 'target', standard: 'standard' },
};

export const missingWords: Record<Language, Record<string, string>> = {
  zh: {
    not_crawled: '未采集',
    not_mentioned: '未提及',
    target_only: '仅目标',
    rejected: '已否',
    not_comparable: '不可比',
    not_applicable: '不适用',
  },
  en: {
    not_crawled: 'not crawled',
    not_mentioned: 'not mentioned',
    target_only: 'target only',
    rejected: 'rejected',
    not_comparable: 'not comparable',
    not_applicable: 'not applicable',
  },
};

export const stageWords: Record<Language, Record<string, string>> = {
  zh: {
    '': '',
    preschool: '学前',
    primary: '小学',
    junior: '初中',
    compulsory: '义务教育',
    senior: '高中',
    vocational: '职业',
    special: '特殊教育',
    all: '',
  },
  en: {
    '': '',
    preschool: 'preschool',
    primary: 'primary',
    junior: 'junior',
    compulsory: 'compulsory',
    senior: 'senior',
    vocational: 'vocational',
    special: 'special',
    all: '',
  },
};

/** Said in a cell whose value is of another period than was asked. */
export const otherPeriodWords: Record<Language, string> = { zh: '≠ 非所问时期', en: '≠ another period' };

/** The point on which the chosen figure of a cell goes before the others, by the cell's `choice`. */
export const choiceWords: Record<Language, Record<string, string>> = {
  zh: {
    only: '唯一的数',
    status: '实际数先于计划与目标',
    dated: '起止不明的累计数在后',
    whole: '总数先于其中数',
    period: '时期较近，或起止较短',
    core: '正文数先于枚举数',
    document: '文件较新',
    change: '变化之后的数',
    text_order: '文中在前',
    other_period: '所问时期无数，按要求取最近的另一时期',
  },
  en: {
    only: 'the only one',
    status: 'reached before intended',
    dated: 'a sum of unknown years stands behind',
    whole: 'a whole before its parts',
    period: 'the latest period, or the shorter of two that end together',
    core: 'a measure before an enumeration',
    document: 'the latest document',
    change: 'the value after a change',
    text_order: 'the first in the text',
    other_period: 'of another period, the nearest, as asked: none is of the one asked',
  },
};
