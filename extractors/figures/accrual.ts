// Whether a figure is a state or something done in its period, or a rate that recurs.
import type { Accrual, Status } from '../../src/model/record.js';
import { changeWords } from '../lexicon/verbs.js';
import { threshold } from '../rules/bound.js';
import type { Passage, Place } from './passage.js';
import { lastVerb, type VerbKind, verbsIn } from './verbs.js';
import { comparedWith, originOf } from './when.js';

/** What the accrual of a figure may depend on. */
interface AccrualContext {
  status: Status;
  /** Index of the figure of which this one is a part, or null. */
  whole: number | null;
  subject: string;
  /** The figures before it, by index. */
  earlier: readonly { readonly accrual?: Accrual }[];
}

/** 年收入约9万元 recurs; 2023年收入 and 全年收入 are one year's. */
const payOfYear = /(?<![\d今去前明当本上下全每近年月〇零一二两三四五六七八九十])年(?:人均|平均)?(?:收入|薪|工资)/;

/** 增长6.8%, 下降了2.6%: the change itself, and not what it led to. */
const endsWithChange = new RegExp(`(?:${changeWords})了?(?:约|近|超过?|达到?)?$`);

/** State or flow, or a rate that recurs; a part of which no verb tells goes with its `whole`. */
export function accrualOf(passage: Passage, place: Place, context: AccrualContext): Accrual | undefined {
  const { item } = place;
  const { status, whole } = context;
  if (item.dimension === 'duration' || status === 'standard') return undefined;
  const clause = place.cell ? place.cell.heads.join('') : passage.text.slice(place.clause.start, item.quoteStart);
  const near = passage.text.slice(Math.max(place.segmentStart, place.clause.start - 24), item.quoteStart);
  if (item.per.includes('月') || /每月|月均/.test(clause)) return 'monthly';
  if (
    item.per.includes('年') ||
    /每年|常年|年均|(?<![本上当\d])年度(?!计划|预算|投资|目标|任务)|每学年/.test(clause) ||
    payOfYear.test(clause)
  )
    return 'annual';
  if (comparedWith(place) && place.index > 0 && changes.test(place.right))
    return context.earlier[place.index - 1]!.accrual;
  if (item.dimension === 'ratio') return shareAccrual(passage, place, clause, context);
  if (
    item.dimension === 'money' &&
    /(?:月薪|月工资|月收入|月均工资)(?:收入|水平)?(?:约|近|达到?|为)?$/.test(place.left)
  )
    return 'monthly';
  if (item.dimension === 'money' && /(?:余额|结余|存量|缺口)(?:合计|共计|总计)?(?:为|达|约)?$/.test(place.left))
    return 'stock';
  if (
    item.dimension === 'money' &&
    /(?:设备|资产|仪器|装备|图书)(?:总|净)?值/.test(context.subject || clause) &&
    !/新增|增加/.test(place.left)
  )
    return 'stock';
  if (item.dimension === 'multiple')
    return /扩容|增长|提高|增加/.test(clause) ? 'flow' : /[是为达]/.test(place.left) ? 'stock' : undefined;
  if (item.dimension === 'coefficient' || item.per.length > 0) return item.dimension === 'money' ? undefined : 'stock';
  if (item.dimension === 'money') return 'flow';
  if (item.rules.includes(threshold.name)) return 'stock';
  if (originOf(place) > 0 || ledTo.test(place.left)) return 'stock';
  if (/按照?$/.test(place.left) && /^[^,，。；;]{0,6}(?:拨付|核定|核拨|补足|计算|标准)/.test(place.right))
    return undefined;
  if (status === 'planned' && /(?:岗位|名额|职位)$/.test(context.subject)) return 'flow';
  if (/(?:招生|招聘|招收|录取)(?:总?数|人数|计划|规模)?$/.test(context.subject)) return 'flow';
  const kind =
    kindBefore(place.cell ? clause : place.left, isAmong(passage, place, whole)) ??
    verbBehind(place)?.kind ??
    (isAmong(passage, place, whole) ? context.earlier[whole!]!.accrual : null) ??
    (/(?:在校|在园|在编|在职|在岗)[\u4e00-\u9fa5]{0,6}$/.test(place.left) ? 'stock' : null) ??
    lastVerb(near)?.kind ??
    (whole === null ? null : kindBefore(passage.places[whole]!.left));
  return kind === 'flow' ? 'flow' : 'stock';
}

/** 招聘402名,其中…173名: a part that 其中 names. */
const isAmong = ({ text, places }: Passage, { item }: Place, whole: number | null): boolean =>
  whole !== null && text.slice(places[whole]!.item.quoteEnd, item.quoteStart).includes('其中');

/** 增加到, 降至: what a change led to is how things stand. */
const ledTo = new RegExp(`(?:${changeWords})(?:到了?|至|为)$`);

/** Say that a number follows, and nothing of time. */
const bareLinks = new Set(['为', '是', '达', '达到', '共', '计', '共计', '总计', '有']);

/** What the last verb before the number says; a bare link (参与家长达…) leaves the word to a verb of doing before it. */
function kindBefore(left: string, isPart = false): VerbKind | null {
  const verbs = verbsIn(left);
  const last = verbs.at(-1);
  if (!last) return null;
  if (!bareLinks.has(last.word)) return last.kind;
  const doing = verbs.findLast(({ word }) => !bareLinks.has(word));
  if (doing) return doing.kind;
  if (isPart) return null;
  return last.word === '为' || last.word === '共' ? null : last.kind;
}

function shareAccrual(
  passage: Passage,
  place: Place,
  clause: string,
  { earlier }: AccrualContext,
): Accrual | undefined {
  if (endsWithChange.test(place.left) || /[增涨降跌](?:幅|速)(?:为|达到?|约)?$/.test(place.left)) return 'flow';
  if (/的\s*$/.test(place.left) && /^(?:直接)?(?:分配|用于|安排)/.test(place.right)) return undefined;
  if (/名额分配比例/.test(clause)) return undefined;
  const before = passage.places[place.listStart - 1];
  if (before && before.item.dimension !== 'count' && before.item.dimension !== 'money') return 'stock';
  const fromFlow = before && before.sentenceIndex === place.sentenceIndex && /占|分配|其中/.test(clause);
  if (!fromFlow) return 'stock';
  if (
    /其中/.test(clause) &&
    /每年|常年|年均|每学年/.test(passage.text.slice(before.clause.start, before.item.quoteStart))
  )
    return 'annual';
  return earlier[before.index]!.accrual === 'flow' ? 'flow' : 'stock';
}

/** Opens with a change: 3874人增加1252人. */
const changes = new RegExp(`^(?:净|共)?(?:${changeWords}|多|少)`);

/** A verb that follows the number: 13所学校进行了改扩建, 389名教师交流轮岗. */
function verbBehind(place: Place): { kind: VerbKind } | null {
  if (place.right === '' || /^[、，,。；;：:)）]/.test(place.right)) return null;
  const found = lastVerb(place.right.slice(0, 24));
  return found?.kind === 'flow' ? found : null;
}
