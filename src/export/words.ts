// The data dictionary: every column that some table has, with its Chinese head, its type and one sentence; and the bound words.
import { missingWords, stageWords, statusWords } from '../compare/wording.js';
import { choices, missingReasons } from '../model/cell.js';
import type { Language } from '../model/language.js';
import { stages, statuses } from '../model/record.js';
import type { Category, Column, ColumnType } from './table.js';

const labelled = (pairs: Record<string, readonly [zh: string, en: string]>): Category[] =>
  Object.entries(pairs).map(([value, [zh, en]]) => ({ value, zh, en }));

const statusCategories: Category[] = statuses.map((value) => ({
  value,
  zh: statusWords.zh[value]!,
  en: statusWords.en[value]!,
}));

/** Why a cell has no value. */
export const missingCategories: Category[] = missingReasons.map((value) => ({
  value,
  zh: missingWords.zh[value]!,
  en: missingWords.en[value]!,
}));

const valueStatusCategories: Category[] = [
  { value: 'value', zh: '有值', en: 'a value' },
  { value: 'other_period', zh: '另一时期的值', en: 'a value of another period than asked, as `fill` allows' },
  ...missingCategories,
];

const boundCategories = labelled({
  exact: ['准确', 'exact'],
  about: ['约', 'about'],
  over: ['余、多', 'more than'],
  under: ['近、不足', 'just under'],
  at_least: ['不低于', 'at least'],
  at_most: ['不超过', 'at most'],
});

const dimensionCategories = labelled({
  money: ['金额', 'money'],
  count: ['数量', 'count'],
  ratio: ['比率', 'ratio'],
  area: ['面积', 'area'],
  length: ['长度', 'length'],
  multiple: ['倍数', 'multiple'],
  coefficient: ['系数', 'coefficient'],
  duration: ['时长', 'duration'],
  other: ['其他', 'other'],
});

const accrualCategories = labelled({
  stock: ['时点', 'a state'],
  flow: ['时段', 'over a time'],
  annual: ['每年', 'each year'],
  monthly: ['每月', 'each month'],
});

/** How far a practice is. */
export const practiceStatusCategories = labelled({
  done: ['已实施', 'done'],
  piloted: ['试点', 'piloted'],
  planned: ['计划', 'planned'],
  mentioned: ['仅提及', 'only mentioned'],
});

const reviewCategories = labelled({
  accept: ['接受', 'accepted'],
  correct: ['更正', 'corrected'],
  reject: ['否决', 'rejected'],
});

const salienceCategories = labelled({ core: ['主要', 'core'], minor: ['次要', 'minor'] });

const stageCategories: Category[] = stages.map((value) => ({
  value,
  zh: value === 'all' ? '各学段' : stageWords.zh[value]!,
  en: value === 'all' ? 'all stages' : stageWords.en[value]!,
}));

const genreCategories = labelled({
  news: ['新闻', 'news'],
  notice: ['通知', 'notice'],
  notice_plan: ['方案', 'plan'],
  self_evaluation: ['自评报告', 'self-evaluation'],
  work_summary: ['工作总结', 'work summary'],
  work_report: ['工作报告', 'work report'],
  bulletin: ['统计公报', 'bulletin'],
  announcement: ['公告', 'announcement'],
  other: ['其他', 'other'],
});

const scriptCategories = labelled({
  simplified: ['简体', 'simplified'],
  traditional: ['繁体', 'traditional'],
  mixed: ['简繁混用', 'mixed'],
});

type Words = readonly [zh: string, type: ColumnType, about: string, categories?: readonly Category[]];

/** By column name. One name means the same in every table. */
const dictionary = {
  county_code: ['县区代码', 'code', 'GB/T 2260 code of the county, six digits.'],
  county: ['县区', 'text', 'Name of the county.'],
  province: ['省份', 'text', 'Province of the county.'],
  prefecture: ['地市', 'text', 'Prefecture of the county; empty where it stands directly under the province.'],
  indicator: ['指标代码', 'text', 'Codebook id of the indicator.'],
  indicator_zh: ['指标', 'text', 'Chinese name of the indicator.'],
  indicator_en: ['指标英文名', 'text', 'English name of the indicator.'],
  stage: ['学段', 'text', 'Stage of schooling; several are parted by |.', stageCategories],
  dimension: ['量纲', 'text', 'What kind of quantity it is.', dimensionCategories],
  value_status: ['值状态', 'text', 'value, or why there is none.', valueStatusCategories],
  value: ['值', 'number', 'The number in the base unit: yuan, things, a fraction of 1, square metres.'],
  value_max: ['值上限', 'number', 'Upper end of a range.'],
  unit: ['单位', 'text', 'CNY, 1 (ratios, multiples), m2, 亩, m, or the measure word as written.'],
  per: ['分母', 'text', "Denominators in the text's own words, parted by ·."],
  bound: ['界限', 'text', 'How the words bound the number.', boundCategories],
  status: ['实/标', 'text', 'Reached, planned, a target, or a standard that is quoted.', statusCategories],
  accrual: ['计法', 'text', 'A state, a sum over a time, or an amount that recurs.', accrualCategories],
  period_from: ['时期起', 'date', 'First year, month or day it is about, ISO 8601.'],
  period_to: ['时期止', 'date', 'The last, included.'],
  period_text: ['时期原文', 'text', 'The words that tell the time.'],
  subject: ['对象', 'text', 'What is measured, in the words of the text.'],
  action: ['动作', 'text', 'What was done with it.'],
  chosen: ['入选', 'boolean', 'Whether it is the chosen figure of a cell of the comparison.'],
  chosen_stages: [
    '入选学段',
    'text',
    'The stages for which it is chosen, parted by |; `none` where the cell has no stage.',
  ],
  choice: [
    '入选理由',
    'text',
    `Why it was chosen of several: the first point on which it differs from the next (${choices.join(', ')}).`,
  ],
  salience: ['主次', 'text', 'core or minor.', salienceCategories],
  whole: ['所属总数', 'text', 'Id of the figure of which it is a part.'],
  of_figure: ['基数', 'text', 'For a ratio or multiple: id of the figure that is its base.'],
  figure_id: ['数据编号', 'code', 'Id of the figure; `xianjian show ID` gives its evidence.'],
  others: ['其余数据', 'text', 'Ids of further figures that speak of the cell.'],
  quote: ['原文数字', 'text', 'The words that express it.'],
  sentence: ['原句', 'text', 'The sentence that says so.'],
  document_id: ['文件编号', 'code', 'Number of the document in the corpus.'],
  document_title: ['文件标题', 'text', 'Title of the document.'],
  document_number: ['文号', 'text', '文号, normalised to 〔〕.'],
  document_date: ['文件日期', 'date', 'Date of the document: signature, else publication.'],
  publisher: ['发布机构', 'text', 'Publisher as printed.'],
  genre: ['体裁', 'text', 'Genre of the document.', genreCategories],
  published: ['发布日期', 'date', 'Date of publication, Beijing time.'],
  signed: ['成文日期', 'date', 'Date of signature.'],
  url: ['网址', 'link', 'Address it was fetched from.'],
  fetched_at: ['采集时间', 'date', 'When the page was fetched, UTC.'],
  sha256: ['SHA-256', 'code', 'SHA-256 of the bytes as they came; they are kept in the corpus.'],
  rules: ['规则', 'text', 'Names of the rules that made it, parted by semicolons.'],
  confidence: ['置信度', 'number', '0 to 1.'],
  review: ['审核', 'text', 'What a person decided about it; empty where nobody did.', reviewCategories],
  reviewer: ['审核人', 'text', 'Who decided.'],
  reviewed_at: ['审核时间', 'date', 'When, UTC.'],
  review_reason: ['审核理由', 'text', 'Why.'],
  as_read: ['规则读作', 'text', 'What the rules read where a person corrected or rejected it.'],
  standard: ['标准', 'text', 'The threshold of the official standard.'],
  standard_relation: ['与标准', 'text', 'met, short, undecided or not_applicable.'],
  standard_nature: ['比较性质', 'text', 'achievement, target, or the standard itself quoted.'],
  standard_margin: ['差额', 'number', 'By how much the value is better or worse than the threshold, in the base unit.'],
  standard_applies_to: [
    '标准对象',
    'text',
    'school: the threshold is one for each school, and no verdict on a county mean.',
  ],
  standard_number: ['标准文号', 'text', 'Number of the document that sets the standard.'],
  target_equals_standard: ['目标即标准', 'integer', '1 where a target only repeats the standard.'],
  derived: ['推算', 'text', 'How derived values were computed.'],
  derived_values: ['推算值', 'text', 'Derived values, never mixed with reported ones.'],
  derived_from: ['推算所用', 'text', 'Ids of the figures they were computed from.'],
  practice_id: ['举措编号', 'code', 'Id of the practice; `xianjian show ID` gives its evidence.'],
  practice: ['举措代码', 'text', 'Codebook id of the practice.'],
  practice_zh: ['举措', 'text', 'Chinese name of the practice.'],
  practice_en: ['举措英文名', 'text', 'English name of the practice.'],
  theme: ['主题', 'text', 'Theme of the practice.'],
  practice_status: ['进展', 'text', 'How far it is.', practiceStatusCategories],
  figures: ['相关数据', 'text', 'Ids of the figures that belong to it, parted by spaces.'],
  citation_id: ['引用编号', 'code', 'Id of the citation.'],
  cited_title: ['所引标题', 'text', 'Title cited in 《》.'],
  cited_number: ['所引文号', 'text', '文号 that is cited, normalised to 〔〕.'],
  cited_issuer: ['所引发文机关', 'text', 'Who issued the cited document.'],
  index_number: ['索引号', 'code', '索引号 as printed.'],
  author: ['作者', 'text', 'Author as printed.'],
  format: ['格式', 'text', 'What the bytes were, by content.'],
  encoding: ['编码', 'text', 'The encoding that decoded it.'],
  script: ['字形', 'text', 'simplified, traditional or mixed, before normalisation.', scriptCategories],
  characters: ['字数', 'integer', 'Length of the text.'],
  repeats: ['重复于', 'code', 'Number of the document whose text it repeats; it has no records of its own.'],
  attached_to: ['所附于', 'code', 'Number of the document it is attached to.'],
  place_reason: ['县区依据', 'text', 'How its county was found, or why not.'],
  extractor: ['抽取器版本', 'text', 'Version of the rules that read it.'],
  codebook: ['编码表', 'text', 'Id of the codebook.'],
} as const satisfies Record<string, Words>;

export type ColumnName = keyof typeof dictionary;

/** The columns of these names, in this order. */
export function columnsNamed<Names extends readonly ColumnName[]>(names: Names): Column[] {
  return names.map((name) => {
    const [zh, type, about, categories]: Words = dictionary[name];
    return { name, type, zh, about, ...(categories ? { categories } : {}) };
  });
}

/** A value of a column as people are told it; one without a word of its own as it is. */
export function termOf(name: ColumnName, value: string, language: Language): string {
  const [, , , categories]: Words = dictionary[name];
  return categories?.find((each) => each.value === value)?.[language] ?? value;
}
