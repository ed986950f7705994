// What kind of text a document is, by title, masthead and the phrases that only one kind uses.
import type { Genre } from '../model/document.js';

/** What the genre is read from. */
export interface GenreSigns {
  title: string;
  text: string;
  documentNumber: string | null;
  source: string | null;
  author: string | null;
  site: string | null;
  addressees: readonly string[];
  /** It was given to a congress. */
  congress: boolean;
  /** Most of the text stands in tables of data. */
  tabular: boolean;
}

const byTitle: [Genre, RegExp][] = [
  ['work_report', /政府工作报告/],
  ['self_evaluation', /自评|自查(?:报告|情况)|自我评估/],
  ['notice_plan', /规划.{0,24}(?:公示|公告|征求意见)/],
  ['other', /(?:建议|提案|来信|留言|议案).{0,12}(?:答复|回复)|(?:答复|复函)$/],
  ['work_summary', /总结(?:暨|和|及|与|、).{0,12}(?:要点|计划|安排|思路|打算|重点)/],
  ['announcement', /(?:公示|公告|认定名单|名单公布|拟认定|结果公布)/],
  ['bulletin', /(?:统计公报|公报|年鉴|统计年报|一览表|(?:统计|情况|明细|汇总)表|基本情况统计|统计资料)/],
  [
    'notice_plan',
    /(?:印发|下发|发布|转发).*(?:方案|规划|计划|办法|意见|细则|规定|制度|标准|措施|要点)|(?:实施方案|实施意见|行动计划|发展规划|规划纲要|工作方案|实施办法|工作要点)(?:的通知)?(?:》的通知)?(?:[（(][^（）()]{1,20}[）)])?$/,
  ],
  [
    'work_summary',
    /(?:工作总结|总结|推进情况|进展情况|工作情况|完成情况|开展情况|落实情况|工作报告|工作汇报|情况汇报|情况报告|情况通报|总体情况)/,
  ],
  ['notice', /(?:通知|通报|意见|决定|批复|函|办法|规定|请示)》?(?:\(.*\))?$/],
];

const newsSite = /(?:新闻|日报|晚报|报社|电视|融媒|教育网|装备网|网$|传媒|广播|新华|客户端|头条)/;

/** Reads the genre. */
export function genreOf(signs: GenreSigns): Genre {
  const { title, text } = signs;
  const start = text.slice(0, 1500);
  if (/现(?:将.{0,30})?(?:印发|下发)给你们|现(?:予)?印发/.test(start)) return 'notice_plan';
  if (/自评(?:情况)?报告如下|自评情况/.test(start)) return 'self_evaluation';
  if (signs.congress && /报告/.test(title)) return 'work_report';
  for (const [genre, pattern] of byTitle) if (pattern.test(title)) return genre;
  if (signs.tabular) return 'bulletin';
  if (signs.documentNumber !== null || signs.addressees.length > 0) return 'notice';
  if (/过去一年.*今年工作|今年工作安排/s.test(text.slice(0, 6000)) && /代表/.test(start)) return 'work_report';
  if (signs.author !== null || signs.source !== null || newsSite.test(signs.site ?? '')) return 'news';
  if (/(?:本报|本网|记者|日前|近日|月\d{1,2}日)/.test(start)) return 'news';
  return 'other';
}
