// What the chart pages say, in Chinese and English.
import { wordTable } from '../../model/language.js';

export const chartWords = wordTable(
  {
    kinds: { strip: '点图', multiples: '小图阵', series: '时间序列', practices: '做法热图' },
    about: {
      strip:
        '一个指标一张图，各县区一行，次序不变；没有值的县区留行并说明原因，不画在零上。有两个以上县区可比的指标在前。',
      multiples: '每格一个指标，县区次序相同，便于看出一个县区在哪些方面突出或偏低。横轴各格不同。',
      series: '有多个时期的指标。没有报告的年份处线段断开，不作补齐。',
      practices: '深浅与形状表示进展；点开是原句。这不是评分。',
    },
    status: '实心为实际，空心为计划或目标。',
    undated: '（时期不明）',
    key: '箭头表示原文是“不低于”“余”“不超过”“约”；‼ 为同一时期有不同说法，两点都画。',
    table: '数据表',
    county: '县区',
    value: '值',
    when: '时期',
    standard: '与标准',
    others: '另一说法或目标',
    year: '年份',
    none: '没有可画的数：所选县区、指标与时期内没有值。放宽条件，或看数值表中的原因。',
    noSeries: '所选指标都没有两个以上年份的值，画不出时间序列。可看点图，或放宽时期。',
    noPractices: '所选县区没有读到编码表中的做法。',
    download: '下载',
    drawn: (drawn: string, all: string) => `${all} 个县区中 ${drawn} 个有可比的值。`,
    countiesShown: (from: string, to: string, all: string) => `第 ${from}–${to} 个县区，共 ${all} 个；横轴按所列县区`,
    chartsShown: (from: string, to: string, all: string) => `第 ${from}–${to} 张图，共 ${all} 张`,
    practicesShown: (from: string, to: string, all: string) => `第 ${from}–${to} 项做法，共 ${all} 项`,
    previous: '上一页',
    next: '下一页',
    source: '来源',
    data: (counties: string, documents: string, from: string, to: string) =>
      `数据：${counties} 个县区的 ${documents} 份文件，日期 ${from} 至 ${to}；各县区自己公布的数，时期或有不同。`,
    corpus: (corpus: string, codebook: string, date: string) =>
      `来源：xianjian 语料库 ${corpus}，编码表 ${codebook}；${date} 制图。`,
    filter: (filter: string) => `条件：${filter}`,
    noFilter: '无',
    noBrowser: '这台机器不能生成 PNG',
    noBrowserCure: '没有找到浏览器。请下载 SVG（可贴入 WPS、Word），或安装 Chromium 后重试。',
    noChart: '没有这张图',
    noChartCure: '所选县区、指标与时期内没有可画的值，或图的代号有误。请从对比页的图重新进入。',
  },
  {
    kinds: { strip: 'Dot strips', multiples: 'Small multiples', series: 'Over time', practices: 'Practices' },
    about: {
      strip:
        'One chart an indicator, a line a county, always in the same order. A county without a value keeps its line with the reason and is never drawn at zero. Indicators that two or more counties tell come first.',
      multiples:
        'A panel an indicator, with the counties in one order, to see where a county stands out. Each panel has an axis of its own.',
      series: 'Indicators told for several periods. A line breaks where a year was not told; nothing is filled in.',
      practices: 'Shape and darkness say how far a practice is; each cell leads to its sentence. This is no score.',
    },
    status: 'Full: reached. Outline: planned or a target.',
    undated: '(undated)',
    key: 'An arrow: the words leave it open (at least, more than, at most, about). ‼: told in two ways for one period; both are drawn.',
    table: 'Data',
    county: 'County',
    value: 'Value',
    when: 'Period',
    standard: 'Standard',
    others: 'Also told, or intended',
    year: 'Year',
    none: 'There is nothing to draw: no value for these counties, indicators and periods. Widen the conditions, or see the reasons in the table of values.',
    noSeries: 'None of these indicators is told for more than one year. See the dot strips, or widen the period.',
    noPractices: 'No practice of the codebook was read for these counties.',
    download: 'Download',
    drawn: (drawn: string, all: string) => `${drawn} of ${all} counties have a comparable value.`,
    countiesShown: (from: string, to: string, all: string) =>
      `counties ${from}–${to} of ${all}; the axis is that of the counties shown`,
    chartsShown: (from: string, to: string, all: string) => `charts ${from}–${to} of ${all}`,
    practicesShown: (from: string, to: string, all: string) => `practices ${from}–${to} of ${all}`,
    previous: 'Previous',
    next: 'Next',
    source: 'Source',
    data: (counties: string, documents: string, from: string, to: string) =>
      `Data: ${documents} documents of ${counties} counties, dated ${from} to ${to}; each county’s own figures, periods may differ.`,
    corpus: (corpus: string, codebook: string, date: string) =>
      `Source: xianjian corpus ${corpus}, codebook ${codebook}; drawn ${date}.`,
    filter: (filter: string) => `Conditions: ${filter}`,
    noFilter: 'none',
    noBrowser: 'This machine cannot make a PNG',
    noBrowserCure:
      'No browser was found. Download the SVG (it pastes into WPS and Word), or install Chromium and try again.',
    noChart: 'There is no such chart',
    noChartCure:
      'These counties, indicators and periods have nothing to draw, or the name of the chart is wrong. Start again from the charts of the comparison.',
  },
);

export type ChartWords = (typeof chartWords)['zh'];
