// Whether a figure was reached, is planned, is a goal or only a norm that is cited.
import type { Period, Status } from '../../src/model/record.js';
import { Trie } from '../engine/trie.js';
import { notMarkers, plannedWords, standardWords, targetWords, underWay } from '../lexicon/modality.js';
import { threshold } from '../rules/bound.js';
import type { TimeWord } from '../rules/period.js';
import { looksAhead, looksBack, type Passage, type Place, plans, scopesAt } from './passage.js';
import { lastVerb } from './verbs.js';
import { originOf, segmentEnd } from './when.js';

const markers = new Trie<'planned' | 'target' | 'standard' | 'none'>([
  ...plannedWords.map((word) => [word, 'planned'] as const),
  ...targetWords.map((word) => [word, 'target'] as const),
  ...standardWords.map((word) => [word, 'standard'] as const),
  ...notMarkers.map((word) => [word, 'none'] as const),
]);

/** Reached, planned, a goal, or a norm that is cited. A plan's numbers are goals, a report's are reached, unless words say otherwise. */
export function statusOf(passage: Passage, place: Place, time: TimeWord | null, ofWhole: Status | null): Status {
  const { text, genre } = passage;
  const { item } = place;
  if (item.per.some((per) => /^\d+年$|^[一二三四五六七八九十]+年$/.test(per)) && item.unit === '学时')
    return 'standard';
  const column = place.cell?.heads.at(-1) ?? '';
  if (/^(?:国家|省|省定|省级|评估|达标|办学|配备)?(?:标准|指标)(?:值|要求|线)?$/.test(column)) return 'standard';
  if (place.cell?.heads.some((head) => /预算(?:数|额|安排)?$/.test(head))) return 'planned';
  if (/(?:目标|计划|任务)(?:值|数|量)?$/.test(column)) return column.includes('计划') ? 'planned' : 'target';
  const head = passage.places[place.listStart]!;
  const clause = place.cell ? place.cell.heads.join('') : text.slice(head.clause.start, head.item.quoteStart);
  const marked = unlessIdle(place, head.left, markerIn(clause));
  if (marked === 'standard' && /(?:标准|规定|要求)[^,，]{0,4}$/.test(clause) && item.dimension !== 'multiple')
    return 'standard';
  const ahead = plans.has(genre) || looksAhead(passage, item.quoteStart);
  if (measuredBy(passage, place, ahead)) return 'standard';
  if (ahead) {
    if (marked === null && (isReached(passage, place, clause) || isPast(passage, place, time))) return 'actual';
    if (marked !== null) return marked === 'planned' ? 'planned' : 'target';
    if (ofWhole) return ofWhole;
    if (isBudget(passage, place, time)) return 'planned';
    if (isShareToCome(passage, place, time)) return 'target';
    return carriedFrom(text.slice(place.segmentStart, place.clause.start), clause) ?? 'target';
  }
  const rules = rulings.has(genre) && !/通报|情况|汇报|报告|简报/.test(passage.title ?? '');
  const limits = item.bound === 'at_least' || item.bound === 'at_most';
  if (
    rules &&
    limits &&
    marked === null &&
    !item.rules.includes(threshold.name) &&
    !/普遍|已|现有|仅|实际/.test(clause)
  )
    return 'target';
  if (marked === 'planned' || marked === 'target') return marked;
  if (/规划(?:设置?|建设|开设)?$/.test(place.left)) return 'planned';
  if (rulings.has(genre) && item.dimension === 'count' && recruits(passage, place)) return 'planned';
  if (rules && marked === null && isArranged(passage, place, clause)) return 'planned';
  if (isUnderWay(passage, place, clause)) return 'planned';
  if (marked === null && ofWhole !== null && !/已|实际|实有|到位|完成|执行/.test(clause)) return ofWhole;
  if (isShareToCome(passage, place, time)) return 'target';
  const carried = carriedFrom(text.slice(place.segmentStart, place.clause.start), clause);
  if (carried) return carried;
  if (isBudget(passage, place, time)) return 'planned';
  const rest = text.slice(item.quoteEnd, segmentEnd(passage, place));
  if (
    /^[^,，。；;]{0,24}(?:的)?(?:目标|要求)(?:[,，。；;]|$)/.test(rest) &&
    !/完成|实现|超出|超过|高于|达到/.test(rest)
  )
    return 'target';
  if (time?.kind === 'deadline' && isLater(passage.reference, time.period)) return 'target';
  if (beginsLater(passage.reference, time?.period)) return 'planned';
  if (opensAhead.test(text.slice(place.sentence.start, place.sentence.start + 12)))
    return item.dimension === 'ratio' ? 'target' : 'planned';
  const goal =
    /(?:力争|预计|计划|拟)[^。]{0,12}/.test(rest) ||
    /(?:力争|预计|计划|拟)/.test(text.slice(place.segmentStart, place.clause.start));
  const going = underWay.some((word) => text.slice(place.segmentStart, item.quoteStart).includes(word));
  if (goal && time && isLater(passage.reference, time.period)) return 'planned';
  const notYet = time === null || time.period === null || !isPastYear(passage.reference, time.period);
  return goal && going && notYet ? 'planned' : 'actual';
}

/** 低于10%的规定要求, 均高于4.2人、5.3人的标准, 距5%以上的要求尚差: the norm that something is measured by. */
function measuredBy({ text }: Passage, { item, left }: Place, ahead: boolean): boolean {
  if (item.dimension === 'multiple') return false;
  const before = text.slice(Math.max(0, item.start - 16), item.start);
  const measured =
    /(?:高于|低于|优于|超出|超过|未达到?|距离?|[与和较比])(?:[^，,。；;]{0,3}(?:不低于|不少于|不超过)?|[\d.]+[\u4e00-\u9fa5%㎡]{1,3}[、和])$/.test(
      before,
    );
  // 达到85%的国家标准: in a report a norm that is cited, in a plan the goal.
  const reached = !ahead && /(?:达到|符合|满足)了?$/.test(before);
  if (!(measured || reached) || /控制|确保|力争|不得|应当|必须/.test(left)) return false;
  return /^(?:以上|以下|以内)?(?:[、和][\d.]+[\u4e00-\u9fa5%㎡]{1,4})?的(?:国家|国定|省定|规定|法定|评估|办学|督导)?(?:标准|要求|上限|下限|门槛|底线|规定)(?:要求|标准|值)?(?:[，,。；;、]|$|尚?[差少缺]|\d|仍?有)/.test(
    text.slice(item.unitEnd, item.unitEnd + 30),
  );
}

/** 高出省定标准0.8平方米, 高于国家标准12.7个百分点 tell by how much, and no norm; 来回要一个半小时 asks for nothing. */
function unlessIdle({ left, item }: Place, opening: string, marked: ReturnType<typeof markerIn>): typeof marked {
  if (marked === 'target' && item.dimension === 'duration' && /要$/.test(left)) return null;
  if (marked !== 'standard') return marked;
  const differs = /(?:高出|超出|多出)[^,，。；;]{0,16}(?:标准|规定|要求)$/.test(opening);
  return item.unit === '百分点' || (differs && item.dimension !== 'ratio') ? null : marked;
}

/**
 * 二、调整方案, 三、保障措施 of a notice or an announcement: what is to be done under such a heading, unless the words say that it
 * was, or how things stand.
 */
function isArranged(passage: Passage, place: Place, clause: string): boolean {
  const heading = scopesAt(passage, place.item.quoteStart);
  if (!heading.some((words) => /(?:方案|计划|安排|措施)[：:。]?$/.test(words.trim()))) return false;
  if (place.cell) return /招生|招聘|计划|指标|名额|人数|拟/.test(place.cell.heads.join(''));
  const line = passage.text.slice(place.sentence.start, place.item.quoteStart);
  if (/已|目前|现有|截至|去年|上年|以来|近.年|历年|[比较][^,，]{0,8}(?:增|减|提高|下降)/.test(line)) return false;
  return /保留/.test(clause) || lastVerb(clause)?.kind === 'flow';
}

/** 在建项目, 续建工程: what stands under such a heading is yet to be, save what is said to be done. */
const isUnderWay = (passage: Passage, { item, sentence }: Place, clause: string): boolean =>
  scopesAt(passage, item.quoteStart).some((words) =>
    /(?:在建|拟建|续建|待建|筹建|未开工|待开工)[^,，。]{0,10}[：:。]?$/.test(words.trim()),
  ) &&
  !/已|完成(?!后)|累计|目前|截至|建成(?!后)|到位|仅/.test(
    passage.text.slice(Math.max(sentence.start, item.quoteStart - 24), item.quoteStart),
  ) &&
  !/^[^,，。；;]{0,8}(?:已|完成)/.test(passage.text.slice(item.quoteEnd, item.quoteEnd + 12)) &&
  markerIn(clause) !== 'target';

/** Genres that set conditions: 年龄不超过35周岁. */
const rulings = new Set(['notice', 'announcement']);

/** 将新增编制120个,到2026年公办园占比提高至65%: a rate with a date is a goal, whatever the clauses before it plan. */
const isShareToCome = ({ reference }: Passage, { item }: Place, time: TimeWord | null): boolean =>
  item.dimension === 'ratio' && time?.kind === 'deadline' && isLater(reference, time.period);

/** 2024年专项经费预算共计1.8亿元, in that year or before it. */
const isBudget = ({ reference }: Passage, { item, left }: Place, time: TimeWord | null): boolean =>
  item.dimension === 'money' &&
  /(?<!公共|基金|财政)预算(?:总额|资金|经费)?(?:安排|共计|合计|总计|为|达|约|增加|减少)*$/.test(left) &&
  (!time?.period || reference === null || time.period.to.slice(0, 4) >= reference.slice(0, 4));

/** 下一步,…: all of the sentence is yet to come. */
const opensAhead = /^[\s　]*(?:下一步|接下来|今后|下一?阶段|下步|明年|未来)(?!是|为止)/;

/**
 * 现公开招聘教师120名,其中高中20名; 初中教师岗位62个 under 招聘岗位: an announcement tells of posts yet to be filled, unless it
 * says that they are (去年招聘的187名教师已到岗).
 */
function recruits(passage: Passage, { sentence, item, right }: Place): boolean {
  const words = passage.text.slice(sentence.start, item.quoteStart);
  if (/已|报名人数|进入|入围|通过|缴费|完成|(?:招聘|招录|招考)(?:计划|岗位)的?(?:取消|核减)/.test(words)) return false;
  if (/^[^,，。；;]{0,8}已/.test(right)) return false;
  if (/(?:招聘|招录|招考|选聘|招募|遴选|选调|招收)/.test(words)) return true;
  const heading = scopesAt(passage, item.quoteStart)[0] ?? '';
  return (
    '名人个'.includes(item.unit) && /(?:招聘|招录|招考|选聘|招募|遴选|选调)(?:岗位|计划|名额|人数|职位)/.test(heading)
  );
}

/** 存在问题及整改措施: behind 下一步 its paragraph speaks of what is to be done. */
const turnsAhead = ({ text }: Passage, { item, sentence }: Place): boolean => {
  const before = text.slice(Math.max(0, sentence.start - 400), item.quoteStart);
  return /(?:^|[。；;，,])(?:下一步|下步|接下来|今后|为此)/.test(before.slice(before.lastIndexOf('\n') + 1));
};

/** A plan also tells of years that are over, and of how things stand. */
const isPast = (passage: Passage, place: Place, time: TimeWord | null): boolean =>
  (looksBack(passage, place.item.quoteStart) && !turnsAhead(passage, place)) ||
  originOf(place) > 0 ||
  (time?.period != null && passage.reference !== null && time.period.to.slice(0, 4) < passage.reference.slice(0, 4));

/** A plan tells what is so already: 目前还缺学位3200个, 已建成学校2所. */
function isReached({ text }: Passage, place: Place, clause: string): boolean {
  if (/已(?:经)?[\u4e00-\u9fa5]{2}|现有|现已/.test(clause)) return true;
  const before = text.slice(place.sentence.start, place.item.quoteStart);
  const now = Math.max(...['目前', '截至', '现有', '当前', '现状'].map((word) => before.lastIndexOf(word)));
  // 由目前的18%提高到80%: what it is to become.
  if (
    /\d[^,，。；;]{0,8}(?:提高|提升|增加|扩大|下降|降低|减少|压缩|增|升|降)[到至为]/.test(
      before.slice(Math.max(0, now)),
    )
  )
    return false;
  return now >= 0 && markerIn(before.slice(now)) === null && !/到(?:19|20)\d\d年/.test(before.slice(now));
}

/** 拟投资2.3亿元,可提供学位2160个: what an earlier clause plans holds on, until something is said to be done. */
function carriedFrom(clauses: string, own: string): Status | null {
  if (clauses === '') return null;
  let found: Status | null = null;
  let end = 0;
  for (const match of clauses.matchAll(
    /(力争|争取(?=[到在于达年用把让使尽早]|实现|完成)|(?<=^|[,，、：:；;“"])(?:再?要|须|必须)(?![求点素闻务领害么是]))|(?:拟|预计|将|计划|规划(?:建设|新建)|筹建)(?=[\u4e00-\u9fa5])|(?<!已)在建(?=[\u4e00-\u9fa5\d])/g,
  )) {
    if (match[0] === '拟' && /[虚模]$/.test(clauses.slice(0, match.index))) continue;
    if (match[0] === '将' && isHandling(clauses, match.index)) continue;
    if (match[0] === '计划' && !plansToDo(clauses, match.index)) continue;
    found = match[1] ? 'target' : 'planned';
    end = match.index;
  }
  const since = (clauses.slice(end) + own).replace(/[较比](?:去年|上年|目前|现有)/g, '');
  return found && !/已|目前|现有|截至|累计|去年|完成了|建成了/.test(since) ? found : null;
}

/** 全县计划…, 初中计划招生…; not 行动计划, 年度计划 and other names. */
const plansToDo = (text: string, at: number): boolean =>
  /(?:^|[^\u4e00-\u9fa5]|[全我本][县市区])$/.test(text.slice(Math.max(0, at - 2), at)) ||
  (/^(?:再|总)?(?:投|招|新|建|增|改|扩|开设|补充|更新|购|选派|引进)/.test(text.slice(at + 2, at + 6)) &&
    (ofYear.test(text.slice(0, at)) || !/[动善升护养励展产作年度训教才程生项施]$/.test(text.slice(0, at))));

/** 2024年计划投资: the year in which something is planned, and no 三年计划. */
const ofYear = /(?:\d|[今明本])年$/;

/** What the words of a clause say of it by their last marker: planned, a goal, a norm that is cited; null where none stands. */
export function markerIn(text: string): 'planned' | 'target' | 'standard' | null {
  let found: 'planned' | 'target' | 'standard' | null = null;
  for (const match of markers.scan(text, 0, text.length)) {
    if (match.value === 'none') continue;
    if (text[match.at] === '将' && match.length === 1 && isHandling(text, match.at)) continue;
    if (text.startsWith('计划', match.at) && isNameOfPlan(text, match.at)) continue;
    found = match.value;
  }
  return found;
}

/** 行动计划, 年度计划 name a plan; 2024年计划投资 plans. */
const isNameOfPlan = (text: string, at: number): boolean =>
  /[动善升护养励展产作年度训教才程生]$/.test(text.slice(0, at)) &&
  !(
    ofYear.test(text.slice(0, at)) &&
    /^计划(?:投|新|改|扩|招|建|完|实施|总|再|补|引|培|安)/.test(text.slice(at, at + 4))
  );

/** 将8个城区学校结对: 将 as 把, before a noun and not before a verb of coming. */
function isHandling(text: string, at: number): boolean {
  return !/^将(?:新增|新建|达|达到|增|建|投|于|在|实现|完成|提供|招|有|扩|改|再|把|对|从|以|用|通过|按|分批|分期|争取|补充|选派|设立|采购|购|培训|引入|继续|全面|进一步|逐步|陆续|安排|投入|组织|开展|惠及|覆盖|为|启动|实施|引进|整合|筹|下达|迁建|重建|拆除|完善|加快|建立|推动|开工|统筹|支持|资助|发放|落实|培养|选拔|创建|打造|配备|更新|购置|改造|维修|撤并|保留)/.test(
    text.slice(at, at + 4),
  );
}

const isPastYear = (reference: string | null, { to }: Period): boolean =>
  reference === null || to.slice(0, 4) < reference.slice(0, 4);

const isLater = (reference: string | null, period: Period | null): boolean =>
  reference !== null && period !== null && period.to > reference.slice(0, period.to.length);

/** Nothing is reached before its time: 将于2025年9月投用,新增学位1080个 of 2024. */
const beginsLater = (reference: string | null, period: Period | null | undefined): boolean =>
  reference !== null && period != null && period.from > reference.slice(0, period.from.length);
