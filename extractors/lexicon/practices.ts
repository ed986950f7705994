// Words that tell whether a measure is carried out, tried, or only named.

/** A trial: in the clause of the measure, or in the heading above. */
export const trialWords = ['试点', '先行先试', '试行', '先行区', '首批实验', '开展试验'];

/** Names of units and sites that take part in a trial of others (试点校2所): their building is done. */
export const trialNames = /试点(?:校|学校|园|县|区|市|单位|班)/;

/** Behind the name of a measure: it is only the scene of another one. */
export const onlyNamedBehind = /^[^，,。；;]{0,4}(?:背景下|的背景|形势下|新形势|要求下)/;

/** A fault or a wish in the clause: what is named there is not done. */
export const faultWords = [
  '有待',
  '不足',
  '不够',
  '尚未',
  '仍存在',
  '仍有',
  '问题依然',
  '短板',
  '难以',
  '不能满足',
  '亟待',
  '亟需',
  '薄弱环节仍',
];

/** Before a title of honour in quotes: 获评“…示范区”. */
export const honourVerbs = /(?:获评|被评为|评为|荣获|获得|获|授予|入选|命名为|认定为|确定为|称号)[^，,。；;“”]{0,12}$/;

/** How a title of honour ends. */
export const honourEnds = /(?:区|县|市|镇|乡镇|单位|学校|校|园|基地|营地|集体|品牌|项目|奖|称号)$/;

/** Before the title of a document: it was made here, so what it is about is done. */
export const madeHere = /(?:印发|出台|制定|制订|编制|下发|发布|完善|修订|实施|落实|完成)[^，,。；;《》]{0,8}$/;

/** Before the name of a measure: it is not, or no longer, carried out. 不再以分数评价 and 没有一名学生 deny something else. */
export const deniedBefore =
  /(?:尚未|还未|仍未|未能|暂未|并未|没有(?!一|因)|未(?=开展|实施|实行|推行|建立|启动|组建|落实|设立|开设|发现)|不再(?![以把将是唯仅])|停止|停办|取消(?!原)|叫停|暂停|废止)[^，,。；;、]{0,8}$/;

/** What is given up around a measure, and not the measure itself: 取消课后托管收费. */
export const deniedPart = /^(?:[^，,。；;]{0,4})(?:收费|费用|限制|门槛)/;

/** Behind the name of a measure: it did not come about. */
export const deniedBehind =
  /^[^，,。；;]{0,8}(?:未能|尚未|还未|仍未|没有|未)(?:全面|有效|真正|完全|得到)?(?:推开|实施|开展|落实|落地|建立|启动|到位|见效|实行|展开|推进)/;

/** Before the name of a measure: somebody advises it. */
export const advisedBefore = /(?:建议|呼吁|希望|提议|倡议)[^，,。；;]{0,14}$/;

/** Behind the name of a measure: it is what a proposal is about. */
export const advisedBehind = /^[^，,。；;《》]{0,8}的(?:建议|提案|议案)/;

/** Before the name of a measure: its rules are still being written. */
export const beingWritten = /(?:研究制定|研究制订|研究出台|研究起草|起草|酝酿|筹备|着手制定|论证)[^，,。；;]{0,12}$/;

/** Before the name of a measure: it is tried. What a search has brought about (探索出, 探索形成) is done. */
export const exploredBefore = /探索(?!出|形成|了)[^，,。；;、]{0,6}$/;

/** Before the name of a measure: it is another place's. */
export const elsewhereBefore =
  /(?:外地|外省|外市|外县|邻县|邻市|邻区|周边县|周边市|兄弟县|兄弟市|兄弟区|先进地区|发达地区|先进县|其他县|其他市|其他省|其它县|其它市|部分省|一些地方|国外)[^，,。；;]{0,10}$/;

/** A visit elsewhere, and 该县 or 当地 in a clause behind it: 赴邻县考察,该县组建教育集团11个. */
export const theirsBefore =
  /(?:赴|前往|考察|借鉴|学习)[^。；;]{0,12}(?:外地|外省|外市|外县|邻县|邻市|邻区|周边|兄弟|先进|发达|[\u4e00-\u9fff]{2}[县市区])[^。；;]*[，,](?:该[县市区地]|当地|对方)(?![^。；;]*我[县市区])[^，,。；;]*$/;

/** Before and behind the name of a measure: it is learned from others. */
export const learnedBefore = /(?:学习|借鉴|考察|观摩|参观|取经|吸收)[^，,。；;]{0,16}$/;
export const learnedBehind = /^[^，,。；;]{0,10}(?:经验|做法|模式|成果|情况|工作)/;

/** Others come here to learn: the measure is this place's. */
export const visitors = /来我|来本|来县|来市|来区|来访|莅临|前来|到我[县市区]|我[县市区]的?[^，,。；;]{0,8}$/;
