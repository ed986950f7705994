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
