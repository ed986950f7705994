// Time words that name a month and leave its year to the document's date: 3月以来, 截至10月底, 12月底前.
import { example, pad, point, type TimeRule, yearByName } from './time-words.js';

/** The month of the document's year, or of the year before where it was not over; null where there is no such month or no date. */
function latest(month: string, reference: Parameters<TimeRule['resolve']>[1]): string | null {
  const year = yearByName(undefined, Number(month), reference);
  return year === null || Number(month) > 12 || Number(month) < 1 ? null : `${year}-${pad(month)}`;
}

/** Rules for months without a year. */
export const monthRules: readonly TimeRule[] = [
  {
    name: 'time: since a month',
    about: {
      en: '3月以来, 4月中旬以来: from that month of the document’s year, or of the year before, to its date.',
      zh: '3月以来、4月中旬以来：从成文当年（尚未到就是上一年）的那个月算到成文日期。',
    },
    pattern: /(?<![年\d])(?<month>\d{1,2})月(?:份|初|底|上旬|中旬|下旬)?以来/g,
    resolve({ month }, reference) {
      const from = latest(month!, reference);
      return from === null || !reference ? null : { period: { from, to: reference.month }, kind: 'since' };
    },
    examples: [example('4月中旬以来,走访学校', '4月中旬以来', '2017-04', '2017-08')],
    notExamples: ['2016年4月以来'],
  },
  {
    name: 'time: up to a day',
    about: {
      en: '截至10月31日: the month in the document’s year, or in the year before where it was not over by its date.',
      zh: '截至10月31日：成文之年的该月；成文时该月未过完的，是上一年的。',
    },
    pattern: /截(?:至|止到?)(?:目前)?(?<month>\d{1,2})月(?:\d{1,2}日|底|末|初|中旬|上旬|下旬)?/g,
    resolve({ month }, reference) {
      const at = latest(month!, reference);
      return at === null ? null : point(at);
    },
    examples: [
      example('截至6月30日,已开工12个', '截至6月30日', '2017-06'),
      example('截至11月底,完成投资', '截至11月底', '2016-11'),
    ],
    notExamples: ['截至2016年11月'],
  },
  {
    name: 'time: by a month',
    about: {
      en: '10月底前, 12月31日前: by then in the document’s year, or in the next where that month is over.',
      zh: '10月底前、12月31日前：成文之年的该月；该月已过的，是下一年的。',
    },
    pattern: /(?<![年\d至到—-])(?<month>\d{1,2})月(?:\d{1,2}日|底|末|初|中旬|上旬|下旬|份)?之?以?前/g,
    resolve({ month }, reference) {
      const at = Number(month);
      const now = Number(reference?.month.slice(5));
      if (!reference || !now || at > 12 || at < 1) return null;
      return point(`${reference.year + (at < now ? 1 : 0)}-${pad(month!)}`, 'deadline');
    },
    examples: [example('10月底前全部开工', '10月底前', '2017-10'), example('3月15日前上报', '3月15日前', '2018-03')],
    notExamples: ['2017年10月底前', '3个月前'],
  },
];
