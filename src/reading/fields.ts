// Labelled fields in the lines around an article: 发布时间:… 来源:… 索引号:…. One line may hold many, glued together.
import { findDates } from './dates.js';
import { remembering } from './remembering.js';

/** What a label means. `ignored` labels part fields and mean nothing here. */
export type FieldName =
  | 'published'
  | 'updated'
  | 'signed'
  | 'source'
  | 'author'
  | 'editor'
  | 'publisher'
  | 'documentNumber'
  | 'indexNumber'
  | 'title'
  | 'counter'
  | 'tool'
  | 'ignored';

/** Labels by meaning, longest first where one begins another. */
const labels: Record<FieldName, string> = {
  published:
    '发布时间|发布日期|发表时间|发表日期|发稿时间|发稿日期|发文时间|发文日期|公开日期|公开时间|公布日期|公布时间|上传时间|上传日期|添加时间|添加日期|录入时间|录入日期|刊发时间|发布于|发表于|时间|日期|发布|生成日期|信息时间|新闻时间|创建时间|入库时间|编辑时间|Time|Date|publish time',
  updated: '更新时间|更新日期|最后更新|最近更新|修改时间|修改日期',
  signed: '成文日期|成文时间|印发日期|印发时间|制发日期|签发日期|形成日期|落款日期|起草日期',
  source:
    '信息来源|转贴自|转载自|本文来源|图文来源|图片来源|稿件来源|文章来源|新闻来源|资料来源|内容来源|文章出处|来源于|稿源|来源|出处|信息提供|提供单位|来稿单位|供稿单位|供稿部门|供稿|报送单位|Source',
  author:
    '文章作者|撰稿人|撰稿|撰文|作者|本报记者|记者|通讯员|文字|文图|图文|文/图|图/文|文|摄影|图片|图|作者单位|拍摄|摄像|Author',
  editor:
    '责任编辑|责编|编辑|文章录入|编辑录入|文章编辑|稿件编辑|审核人|审核|审稿|校对|校审|初审|复审|终审|一审|二审|三审|一校|二校|三校|监制|主编|编审|审签|审签人|签发人|签发|审定|排版|录入人|录入者|录入|录入员|信息员|发布人|发布者|上传者|上传|编校|值班编辑|编发|审读|核稿|责任校对|版面编辑|新媒体编辑|本期编辑|统筹|总监制|编制|总编辑|副总编辑|审校|供图|制图|联合出品|出品',
  publisher:
    '发布机构|发布机关|发文机关|发文机构|发文单位|发布单位|发布部门|公开主体|公开机构|公开单位|公开部门|公开责任部门|信息公开单位|制发机关|制定机关|印发机关|发文部门|发布者单位|信息公开责任机构|公开责任主体',
  documentNumber: '发文字号|发文文号|公文字号|文件编号|文件字号|文件号|发布文号|文号',
  indexNumber: '信息索引号|索引号|索引编号|索引码|索取号|公开编号|信息索引',
  title: '信息名称|文件名称|公开名称|文件标题|信息标题|公文名称|标题|题名|名称',
  counter:
    '浏览次数|浏览人数|浏览量|浏览数|浏览|阅读次数|阅读人数|阅读量|阅读数|阅读|点击次数|点击数|点击率|点击量|点击|访问次数|访问量|访问数|访问|人气指数|人气|查看次数|查看|热度|关注度|被阅读|已阅读|点赞|评论数|评论|参与|收藏数|转发|次数|下载次数|Views|Hits|Clicks',
  tool: '字体大小|文字大小|字体显示|字体|字号选择|字号|打印本文|打印本页|打印|分享到|分享至|分享|视力保护色|保护视力色|背景颜色|背景色|收藏|关闭|扫一扫|朗读|语音播报|语音|我要纠错|纠错|下载|转载|复制链接|复制|字号大小|手机扫一扫|手机看|微信扫一扫|大中小',
  ignored:
    '主题分类|体裁分类|组配分类|信息分类|公文种类|公文类别|文件类别|公开方式|公开范围|公开形式|公开时限|公开程序|公开属性|公开类别|公开类型|公开目录|公开事项|有效性|是否有效|时效性|时效|效力状态|效力|有效期|生效日期|生效时间|实施日期|施行日期|失效日期|失效时间|废止日期|废止时间|终止日期|截止日期|截止时间|文章关键词|关键词|关键字|信息类别|主题词|内容概述|内容概要|内容分类|概述|摘要|栏目|所属栏目|所属分类|所属类别|分类|类别|文种|主题|服务对象|服务对象分类|统一登记号|登记号|规范性文件编号|统一编号|文章编号|信息编号|编号|标签|Tags?|原标题|原文链接|本文链接|链接|版次|版面|所在版面|当前位置|您的位置|您现在的位置|你的位置|所在位置|位置|行业分类|政策咨询机关|政策咨询电话|解读|年份|备注|载体|语种|格式|规格|阅读对象|密级|隶属',
};

const meanings = new Map<string, FieldName>();
for (const [name, words] of Object.entries(labels)) {
  for (const word of words.split('|')) meanings.set(word.toLowerCase(), name as FieldName);
}
const spacedOut = (word: string) => [...word].map((sign) => sign.replace(/[?/]/g, '\\$&')).join('\\s*');
const alternatives = [...meanings.keys()]
  .sort((a, b) => b.length - a.length)
  .map(spacedOut)
  .join('|');
/** Labels that need their colon: as words they stand in any text. */
const weak = new Set(
  '时间 日期 发布 来源 出处 作者 记者 文字 文 图 图片 摄影 编辑 审核 标题 名称 浏览 阅读 点击 访问 查看 评论 参与 转发 次数 下载 主题 分类 类别 位置 编号 链接 标签 解读 年份 语音 关闭 收藏 打印 分享 转载 人气 热度 发布单位 供稿 上传 录入 签发 审定 统筹 编制 概述 摘要 栏目 备注 效力 时效 格式 规格 图文 文图 拍摄 摄像 出品 复制 字体 字号 隶属 供图 date time source author'.split(
    ' ',
  ),
);
const label = new RegExp(
  `(?<bracket>[【\\[(]\\s*)?(?<label>${alternatives})(?<mark>\\s*[】\\])]?\\s*[::]\\s*|[】\\]]\\s*|(?=\\s|\\d|$))`,
  'iuy',
);
/** The same where fields are glued without a space: 15:56来源:. Only with a colon. */
const glued = new RegExp(`(?<label>${alternatives})\\s*[::]\\s*`, 'iuy');
/** What a label or its bracket can begin with: everything else is passed over without trying. */
const openers = new Set([...[...meanings.keys()].flatMap((word) => [word[0]!, word[0]!.toUpperCase()]), ...'【[(']);
const inWord = /[\p{Script=Han}A-Za-z]/u;

/** One labelled field in a folded line. */
export interface Field {
  name: FieldName;
  label: string;
  value: string;
  /** Where the label begins, the value begins, and the value ends. */
  start: number;
  valueStart: number;
  end: number;
}

interface Mark {
  name: FieldName;
  label: string;
  start: number;
  end: number;
}

function matchAt(pattern: RegExp, folded: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(folded);
}

/** The label at a place, free-standing or glued behind a value, or null. */
function markAt(folded: string, at: number): Mark | null {
  const free = at === 0 || !inWord.test(folded[at - 1]!) ? matchAt(label, folded, at) : null;
  const bare = (match: RegExpExecArray) => match.groups!.label!.replace(/\s+/g, '').toLowerCase();
  if (free) {
    const word = bare(free);
    const sure = /[::]/.test(free.groups!.mark!) || free.groups!.bracket !== undefined || !weak.has(word);
    if (sure) return { name: meanings.get(word)!, label: word, start: at, end: at + free[0].length };
  }
  const behind = matchAt(glued, folded, at);
  if (!behind || insideWord(folded, at)) return null;
  return { name: meanings.get(bare(behind))!, label: bare(behind), start: at, end: at + behind[0].length };
}

function marksOf(folded: string): Mark[] {
  const marks: Mark[] = [];
  for (let at = 0; at < folded.length; ) {
    const mark = openers.has(folded[at]!) ? markAt(folded, at) : null;
    if (mark) marks.push(mark);
    at = mark ? Math.max(mark.end, at + 1) : at + 1;
  }
  return marks;
}

/** 资金来源: is no 来源:. A label may only follow what ends a value: a sign, a digit, or a name that a label before it opened. */
function insideWord(folded: string, at: number): boolean {
  const before = folded.slice(0, at);
  return /\p{Script=Han}$/u.test(before) && !/[::]/.test(before) && findDates(before).length === 0;
}

/** The labelled fields of a folded line, in order. A value runs to the next label. */
export const fieldsOf = remembering((folded: string): readonly Field[] => {
  const marks = marksOf(folded);
  return marks.map((mark, i) => {
    const stop = marks[i + 1]?.start ?? folded.length;
    return {
      name: mark.name,
      label: mark.label,
      value: trimValue(folded.slice(mark.end, stop)),
      start: mark.start,
      valueStart: mark.end,
      end: stop,
    };
  });
});

/** A value without the brackets and bars that part fields. */
function trimValue(value: string): string {
  const bare = value.replace(/^[\s|丨/;,、·]+|[\s|丨/;,、·【[]+$/gu, '');
  const closes = (bare.match(/[)）\]】]/g) ?? []).length;
  const opens = (bare.match(/[(（[【]/g) ?? []).length;
  return closes > opens ? bare.replace(/[)）\]】]\s*$/u, '').trim() : bare;
}

/** The meaning of a line that is nothing but a label (a cell of a masthead box), else null. */
export const labelAlone = remembering((folded: string): FieldName | null => {
  const bare = folded.replace(/[\s::【】[\]]/g, '').toLowerCase();
  return meanings.get(bare) ?? null;
});
