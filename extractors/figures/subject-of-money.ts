// What money was given, spent or owed for: the noun behind it or before it, what was built or bought with it in the next clause,
// the project or the fund that the words before name.
import { changeWords } from '../lexicon/verbs.js';
import { clauseEnd } from '../rules/candidate.js';
import { topicAbove } from '../rules/topic-measure.js';
import { isStages } from './in-step.js';
import { clauseOf, cutLeads, objectOf, phraseAtEnd, phraseAtStart, startsWithMark } from './phrase.js';
import { clauseBefore, type Frame } from './subject-frame.js';

function clauseAfter({ passage, place }: Frame): string {
  const { clause, sentence } = place;
  if (clause.end >= sentence.end) return '';
  return passage.text.slice(clause.end + 1, clauseEnd(passage.text, clause.end + 1));
}

/** Say that money was spent, perhaps by whom, and not on what. */
const bareMoney =
  /^(?:(?:[县市区省]级?|中央|各级)?(?:财政|政府))?(?:累计|共|总|再|另|已|概算|合计)*(?:投入|投资|安排|落实|拨付|筹措|筹集|下达|拿出|完成)?(?:财政|各类|专项|项目|各级|总)?(?:资金|经费|投资|投入|金额)?$/;

/** 每生每年再增加300元: what is raised is told before. */
const onlyChanges = new RegExp(`^(?:再|又|均|各|分别)*(?:${changeWords})$`);

/** 迁建项目累计完成投资: what was built. */
const builtFor = /^([\u4e00-\u9fa5]{2,}?)(?:累计|已|现已|共)*(?:完成总?投资|完成投入)$/;

/** 学费标准为省级示范高中800元: the measure, before whose it is. */
const measureOf =
  /^(.*(?:标准|学费|住宿费|经费|补助|津贴|工资))(?:分别)?为(?!每)[\u4e00-\u9fa5]{2,12}?(?:每[\u4e00-\u9fa5]{1,2})*$/;

/** 示范高中每生800元、一般高中600元: the next of those that a measure is told of. */
const ofOneKind = ({ passage, place, previous }: Frame): boolean => {
  const before = passage.places[place.index - 1];
  return (
    previous !== '' &&
    before !== undefined &&
    before.clause.start === place.clause.start &&
    before.item.dimension === 'money' &&
    before.item.per.length > 0 &&
    /^、[\u4e00-\u9fa5]{2,8}(?:高中|初中|小学|中学|学校|园|园所|专业)(?:每[\u4e00-\u9fa5]{1,2})*$/.test(place.left)
  );
};

/** 实施12所学校新建工程: how many does not tell what for. */
const counted = /(?<=^[\u4e00-\u9fa5]{2,4})\d+(?:余|多)?[所个项座处栋]/;

/** The subject of an amount of money. */
export function moneySubject(frame: Frame): string {
  const { place, head } = frame;
  const { right } = place;
  const share = /^的(?:比例|比重|占比)/.test(right) ? /占([\u4e00-\u9fa5]{2,24})$/.exec(head.left)?.[1] : undefined;
  if (share) return share;
  const paid =
    /^的?标准(?:予以|给予|足额|全额|及时|按时|统一)*(?:发放|拨付|安排|落实|执行|补助|资助|收取)([\u4e00-\u9fa5]{2,})$/.exec(
      right,
    )?.[1];
  if (paid) return phraseAtStart(paid).noun || paid;
  const granted = /^的?标准(?:对|给|向|为)([\u4e00-\u9fa5]{2,16}?)(?:给予|予以|进行|发放)/.exec(right)?.[1];
  if (granted) return granted;
  const grant = /^的?标准(?:给予|予以|进行|实施)(补[助贴]|奖[励补]|资助)/.exec(right)?.[1];
  if (grant && /^(?:[县市区省]级?|中央|各级)?(?:财政|政府)按照?(?:每[\u4e00-\u9fa5]{1,2})*$/.test(head.left))
    return grant;
  if (/^的/.test(right) && !/^的(?:基础|标准)/.test(right)) return phraseAtStart(right.slice(1)).noun;
  if (!startsWithMark(right) && !/^的?(?:基础|标准)/.test(right)) {
    const object = objectOf(right);
    if (object !== '') return object;
    const { noun, predicate } = phraseAtStart(right);
    if (noun !== '') return /^用于/.test(predicate) ? `${clauseOf(predicate)}的${noun}` : noun;
  }
  const left = phraseAtEnd(measureOf.exec(head.left)?.[1] ?? head.left);
  if (onlyChanges.test(left)) return phraseAtEnd(clauseBefore(frame).replace(/按.*$/s, '')) || frame.previous || left;
  if (/^(?:化解|偿还|[比较]?[\u4e00-\u9fa5]{0,4}节[约省]|当年新增|本年新增)$/.test(left)) return frame.previous || left;
  const invested = builtFor.exec(left)?.[1];
  if (invested) return invested;
  if (ofOneKind(frame) || (left === '' && /^[、，,]$/.test(place.left.trim()) && frame.previous !== ''))
    return frame.previous;
  if (!bareMoney.test(left) && !isStages(left)) return left;
  if (
    isStages(left) &&
    frame.previous !== '' &&
    frame.passage.places[place.index - 1]!.clause.start === place.clause.start
  )
    return frame.previous;
  if (/每[人生]|最高|标准/.test(head.left) || isStages(left)) {
    const before = phraseAtEnd(clauseBefore(frame));
    if (isStages(before) && frame.previous !== '') return frame.previous;
    if (before !== '') return before;
  }
  const spentOn = objectOf(
    clauseAfter(frame)
      .replace(counted, '')
      .replace(/[0-9０-９].*$/s, '')
      .replace(/^.*[的占]$/s, ''),
  );
  if (spentOn === '' && bareMoney.test(left)) {
    const doing = (/投资|下达|拨付/.test(left) && !/总投资|[概估预]算投资/.test(left)) || left === '';
    return (doing ? projectBefore(frame) : '') || left || frame.previous;
  }
  if (spentOn === '') return left || frame.previous;
  const fund = /(?:资金|经费)$/.exec(left)?.[0];
  return fund ? `${spentOn}${fund}` : spentOn;
}

/** 职教新校区已完成主体工程,完成投资4200万元; 1.营养改善资金。下达4320万元: what the words before are about, where that is told. */
function projectBefore(frame: Frame): string {
  const { passage, place } = frame;
  const built =
    /^([\u4e00-\u9fa5]+?(?:学校|小学|中学|高中|初中|幼儿园|校区|园|项目|工程|中心|基地))(?:已|现|将|正|于|主体|完成|$)/.exec(
      cutLeads(clauseBefore(frame)),
    )?.[1];
  if (built) return phraseAtEnd(built) || built;
  const above = topicAbove(passage.text, place.clause.start);
  const topic = above ? passage.text.slice(above.start, above.end) : '';
  return /(?:资金|经费|补助|专项|学校|小学|中学|高中|幼儿园|校区|项目|工程|中心|基地|楼)$/.test(topic) ? topic : '';
}
