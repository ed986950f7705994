// What lines are that belong to the page and not to its article: masthead lines, tools, credits, footers, and lines that end an
// article. Judged by their words alone; place and markup are judged in article.ts and body.ts.
import { findDates } from './dates.js';
import { type FieldName, fieldsOf } from './fields.js';
import { fold } from './line.js';
import { remembering } from './remembering.js';

/**
 * `info` 发布时间:… 来源:… · `tool` print, share, font size · `crumb` 当前位置 · `credit` 责任编辑:… · `pager` 上一篇 ·
 * `end` what follows is no article (相关阅读) · `footer` licences, owners, counters.
 */
export type LineKind = 'info' | 'tool' | 'crumb' | 'credit' | 'pager' | 'end' | 'footer';

const open = '^[\\s【\\[<«‹(（{◆▲●■★>|·•\\-—_*#:]*';
const close = '[\\s】\\]>»›)）}:|·•\\-—_*。.!…]*';

const footer =
  /ICP备|ICP证|ICP许可|ICP经营|公网安备|公安备案|公安机关备案|网安备|备案(?:序?号|编号)|网站标识码|版权所有|Copyright|All Rights? Reserved|©|&copy|技术支持\s*:|技术维护\s*:|网站地图|联系我们|关于我们|最佳浏览|最佳分辨率|分辨率.*浏览|建议使用.*浏览器|您是第.*(?:访客|访问|位)|不良信息举报|举报电话.*邮箱|新闻信息服务许可证|增值电信|许可证号?\s*:|信息网络传播视听节目|政府网站找错|设为首页|加入收藏|收藏本站|网站声明|隐私(?:保护|政策|声明)|Powered by|客户端下载|站点地图|访问统计|未经.{0,6}(?:授权|许可|书面).{0,12}(?:禁止|不得|严禁).{0,4}(?:转载|下载|复制|使用|镜像)|网站管理员|今日访问|总访问量|在线人数/i;
/** Lines that end an article whatever stands after them. */
const endAnywhere =
  /(?:仅代表|不代表).{0,16}(?:立场|观点)|版权归.{0,8}所有|转(?:载|发)请(?:务必)?(?:注明|保留|联系)|^版权声明\s*[::]|^网友评论\s*\(?\d|共有?\s*\d+\s*条?评论|登录后.{0,6}(?:评论|发言)|^\d+\s*人?(?:参与|跟帖|评论)$|^评论\s*\(\d+\)$|(?:报料|爆料)(?:热线|电话|邮箱|平台)?\s*[::]|^举报(?:邮箱|电话)\s*[::]|^本网站?由.{2,24}(?:主办|承办|维护)/;
const footerStart =
  /^[\s©]*(?:主办(?:单位)?|承办(?:单位)?|协办(?:单位)?|主管(?:单位)?|运营(?:单位)?|维护(?:单位)?|版权|制作(?:单位)?|网站支持|邮编|邮政编码|(?:单位|联系|学校|通讯|办公|地)?\s*(?:地址|址)|传真|(?:联系|咨询|办公|值班|监督|举报|服务|总机)?电话|E-?mail|(?:电子)?邮箱|网址|网站备案)\s*:/i;

const endStart = new RegExp(
  `${open}(?:(?:相关|延伸|推荐|更多(?:精彩)?|热门|热点|最新|精彩|往期|近期|图片|视频|专题|为您|猜你|编辑|今日|本周|本月|一周|24小时|站内|同类|其它|其他|频道|本类|友情|快速|快捷|常用|网站)(?:阅读|新闻|文章|链接|附件|文件|资讯|信息|报道|推荐|内容|稿件|文档|政策|解读|回顾|喜欢|推送|专题|导航|热点|热文|头条|排行|点击|要闻|动态|图文|图片|视频|评论|更新|发布|精选|通道|精彩|栏目|入口|话题|搜索|热搜|通知|公告)(?:榜|排行|更多)?|猜你喜欢|大家都在看|大家还看了|你可能(?:还)?(?:感)?(?:兴趣|喜欢).{0,6}|为你推荐|相关推荐|点击排行榜?|阅读排行榜?|新闻排行榜?|热榜|排行榜|网友评论|我要评论|发表评论|我来说两句|文明上网.{0,30}|评论(?:列表|区)|全部评论|网友留言|留言评论|已有\\d*条?评论.{0,8}|免责声明|平台声明|版权声明|特别声明(?:[::].*)?|平台声明[::].*|作者(?:最新|其他|其它)(?:文章|作品)|返回.{2,8}[,，]\\s*查看更多|法律声明|郑重声明|本网声明|声明:.{0,200}(?:版权|转载|观点|侵权|本网|本站).*|(?:本站|本网|本平台).{0,12}(?:转载|注明|刊载).{0,200}(?:版权|侵权|删除|联系|立场|负责).*|凡(?:本网|本站|注明|.{0,10}注明).{0,200}(?:来源|版权|转载|作品).*|[部全]?分?享到?.{0,14}朋友圈.{0,6}|上一篇|下一篇)${close}$`,
  'i',
);
const pager =
  /^[\s【[<«‹(（◆▲●■★>|·•\-—_*]*(?:上一?(?:篇|条|页|则|个|新闻|一篇|一条|一页)(?:文章|新闻|信息)?|下一?(?:篇|条|页|则|个|新闻|一篇|一条|一页)(?:文章|新闻|信息)?|前一(?:篇|条|页)|后一(?:篇|条|页)|首页|尾页|末页|共\d+页|没有了|已经没有了?)(?=[\s:】\]>»›)）|、,没无已是上下前后]|$)/;
/** Numbers of pages in a row. Nothing in it can be parted in two ways: a long number would be tried in all of them. */
const pages =
  /^(?:[\s|.…·«»<>[\]()【】:/-]|\d{1,4}(?!\d)|上一?页|下一?页|首页|尾页|末页|前一页|后一页|第\d+页|共\d+页|到|跳转|转|页|GO|全文|余下全文)+$/i;
const tools =
  /(?:点击(?:查看|展开|播放|进入|阅读|下载).{0,8}|Print|Close|Share|打印(?:本文|本页|此文|该页|页面|此页)?|关闭(?:本页|窗口|页面|此页|该页)?|返回(?:顶部|首页|列表|上一?[页级]|目录|上级)?|回到顶部|TOP[↑^]?|顶部|↑|分享(?:到|至)?(?:微信|微博|QQ空间|QQ|朋友圈|新浪微博|腾讯微博|人人网|豆瓣|更多)?|分享|转发|我要反馈|反馈|复制链接|收藏(?:本文|本页|此页)?|加入收藏|我要(?:纠错|分享|打印|收藏|评论|留言|投稿|举报)|纠错|字号|字体|大小|默认|超大|放大|缩小|微信扫码|扫码.{0,14}|A[+-]|A(?=\s|$)|T\|T|\+|正文|朗读|播放|暂停|语音播报|倍速|顶一下|踩一下|\(0\)|\(0%\)|-{2,}|分[隔割]线|\d{2}:\d{2}\s*\/\s*\d{2}:\d{2}|听新闻|听全文|无障碍(?:阅读|浏览)?|适老(?:化|版|模式)?|长者(?:模式|版)|繁体|简体|点赞|点击|微信|微博|QQ空间|QQ|新浪|新浪微博|腾讯|人人网|豆瓣|空间|举报|评论|下载|保存|推荐|邮件|手机版|手机看|背景色|保护视力|海报|原文|客户端|用手机.{0,10}|扫一扫.{0,24}|手机扫.{0,20}|微信扫.{0,24}|(?:用|使用|打开)微信.{0,30}|更多|阅读全文|展开全文|显示全文|大|中|小|0|[|/、,.\-—_·•:()【】[\]<>«»+×xX]|\s)+/iy;
const crumb =
  /^[\s>»\-·]*(?:(?:您|你)?(?:现在)?的?(?:当前|所在|现在|目前)?的?(?:位置|栏目|所在|页面)(?:是|在|:|为)|(?:您|你)?(?:现在|当前)(?:所在)?(?:位置|在)|所在位置|首页\s*[>»›\-/|]|网站首页|当前页面|当前栏目|所属栏目|Home\s*[>»›])/i;
const credit =
  /^[\s【[(（<>—\-·|]*(?:(?:责任|本期|值班|实习|新媒体|版面|执行|文字|图文|网络|美术|微信)?编辑|责编|编校|编审|审核人?|审稿|校对|校审|初审|复审|终审|[一二三]审|[一二三]校|审签|审定|审校|监制|总监制|主编|总编辑?|副总编辑?|统筹|排版|录入|信息员|发布人|撰稿人?|撰文|供稿|供稿人|供稿单位|来稿|来稿单位|通讯员|文字|摄影|摄像|供图|图片|作者|文|图|文图|图文|文\/图|图\/文|来源|信息来源|本文来源|图文来源|图片来源|资料来源|稿源|稿件来源|文章来源|新闻来源|转自|转载自|原标题|原文链接|本文链接|阅读原文|点击(?:数|次数|率|量)|浏览(?:数|次数|量)|阅读(?:数|次数|量)|访问(?:数|次数|量)|来源单位|单位|供图单位)\s*(?:[::丨|/\s]|$)/;
const reporter =
  /^[【[(（—\-\s]*(?:本[报网台]|.{2,10}(?:日报|晚报|网|电视台|融媒|新闻|通讯社))?.{0,6}(?:记者|通讯员|特约记者|见习记者|实习生|特约通讯员)[\s::]{0,3}[\p{Script=Han}\s、·,;:/]{2,40}[)）】\]—\-\s]*$/u;

/** A caption of a table, no masthead line. */
const unitLine =
  /^\(?(?:计量|金额|面积)?单位\s*:\s*(?:[十百千万亿]{0,2}(?:元|人|所|个|名|平方米|㎡|%|台|册|套|亩|公里|米))/;

/** Invitations and advertisements between the paragraphs of an article. */
const invitation =
  /^(?:\[?广告\]?|.{0,16}(?:浏览器版本(?:过低|太低)|(?:升级|更换)(?:您的)?浏览器|(?:开启|启用|打开).{0,10}JavaScript|不支持.{0,4}JavaScript).{0,40}|点击.{0,8}(?:蓝字|名片|卡片).{0,16}|更多.{0,10}(?:内容|资讯|新闻|信息|精彩).{0,12}(?:关注|下载|点击|扫码|登录|访问).{0,24}|.{0,40}(?:长按|扫描|识别|扫码|扫一扫).{0,10}(?:二维码|关注|下载).{0,20}|.{2,30}尽在.{2,12}(?:APP|客户端)|(?:欢迎|敬请|请)?关注.{0,14}(?:公众号|官方微信|官方微博|视频号|抖音号).{0,12}|(?:下载|打开).{0,10}(?:客户端|APP).{0,16})[>。!~]*$/i;

/** Who wrote, took and edited, parted by strokes: 教务处供稿 摄影/某某 编辑/某某. */
const strokes =
  /^[^。!?;]{0,40}?(?:供稿|摄影|编辑|图文|文字|撰文|审核|校对|通讯员|记者)\s*\/\s*\p{Script=Han}{2,4}(?![\p{Script=Han}])/u;

const looked = '浏览|阅读|点击|访问|查看|围观|关注';
const lookedCount = `(?:${looked}|人气)(?:总?(?:次数|人数|人次|数|量|率|度|指数))|热度|Views?|Hits?|Clicks?|Visits?`;
const number = '\\d[\\d,]*(?:\\.\\d+)?\\s*[万wk+]{0,2}';
const times = '(?:人次|次|人|times?)?';
/** How often a page was looked at, alone on its line: 访问 12 次, 阅读量:3.4万, 本文已被浏览 5 次, 7人阅读. A script may still owe the number. */
const counter = new RegExp(
  `^[\\[(【<]?(?:[本此该这](?:篇文章|条信息|文章|文|页面|页|信息|稿件|新闻|栏目)|文章)?(?:累计|已经|[已被共总])*\\s*(?:(?:${lookedCount}|${looked}|人气)[了过]?\\s*[:|]?\\s*[\\[(【<]?\\s*${number}\\s*[\\])】>]?\\s*${times}|(?:${lookedCount})\\s*[:|]?\\s*(?:-+|\\.+|…+|\\(\\)|\\[\\])?\\s*${times}|${number}\\s*${times}\\s*(?:${looked})[了过]?)[\\])】>.。\\s]*$`,
  'i',
);
const counterLabel = new RegExp(`^(?:${lookedCount}|${looked}|人气)\\s*:?$`, 'i');

const sentence = /[。!?;…]["”’)）]?$|。/;

const maskable = new Set<FieldName>(['counter', 'tool', 'ignored', 'editor']);

/** What a line holds besides fields, dates, addresses and tools: nothing to speak of where the line is a masthead line. */
function besideFields(folded: string): { rest: string; named: number; values: string[] } {
  const fields = fieldsOf(folded);
  let rest = fields.length > 0 ? folded.slice(0, fields[0]!.start) : folded;
  let dated = 0;
  for (const date of findDates(rest).toReversed()) {
    rest = rest.slice(0, date.start) + rest.slice(date.end);
    dated++;
  }
  rest = rest.replace(/https?:\/\/\S+|www\.[\w.-]+|\d+:\d+/g, '');
  const values = fields.filter((field) => !maskable.has(field.name)).map((field) => field.value);
  return { rest: rest.replace(/[\s|丨/·,、:()【】[\]\-—]/gu, ''), named: fields.length + dated, values };
}

const isLongValue = (value: string) => value.length > 60 || /[。!?]|(?:,.*){3,}/.test(value);

function isInfo(folded: string): boolean {
  if (folded.length > 260 || (folded.length > 90 && !folded.includes(':'))) return false;
  const { rest, named, values } = besideFields(folded);
  if (named === 0 || values.some(isLongValue)) return false;
  return rest.length <= (named > 1 ? 14 : 8) && !sentence.test(rest);
}

/** A line that consists of tool words alone. */
export function isToolLine(folded: string): boolean {
  tools.lastIndex = 0;
  const match = tools.exec(folded);
  return match !== null && match[0].length === folded.length;
}

/** Whether a line is nothing but the number that belongs to the label of a counter above it. */
export const isCounterValue = (text: string, above: string): boolean =>
  /^\s*[\d,]{1,12}\s*$/.test(text) && counterLabel.test(fold(above).trim());

/** The kind of a line, or null where its words do not tell. */
export const lineKind = remembering((text: string): LineKind | null => {
  const folded = fold(text).trim();
  const { length } = folded;
  if (length === 0) return 'tool';
  if (unitLine.test(folded)) return null;
  if (length < 40 && counter.test(folded)) return 'tool';
  if (length < 160 && crumb.test(folded)) return 'crumb';
  if (length < 90 && (isToolLine(folded) || invitation.test(folded))) return 'tool';
  if (length < 120 && /页/.test(folded) && pages.test(folded)) return 'pager';
  if (/^#?\s*PAGE_BREAK\s*#?$/i.test(folded)) return 'tool';
  if (length < 120 && pager.test(folded) && !sentence.test(folded)) return 'pager';
  if (length < 320 && endStart.test(folded)) return 'end';
  if (length < 160 && endAnywhere.test(folded) && !/。.{20,}。/.test(folded)) return 'end';
  if (length < 300 && (footer.test(folded) || (length < 120 && footerStart.test(folded)))) {
    if (!/[。].{12,}[。]/.test(folded)) return 'footer';
  }
  if (length < 100 && credit.test(folded) && !sentence.test(folded))
    return isInfo(folded) && findDates(folded).length > 0 ? 'info' : 'credit';
  if ((length < 60 && reporter.test(folded)) || (length < 80 && strokes.test(folded))) return 'credit';
  return isInfo(folded) ? 'info' : null;
});
