// Claims to meet a standard, beside the standard that the codebook holds: only what the sentence itself claims is checked.
import type { StandardSketch, Standing } from '../standards.js';
import { standingsOf } from '../standards.js';
import { writeNumber, writeValue } from '../wording.js';
import { type AuditDocument, type Finding, findingOn } from './finding.js';

const claim =
  /(?:符合|达到|达|高于|超过|超出|优于|满足)[了]?[^,，。；;0-9]{0,14}(?:国家|国定|省定|省级|规定|评估|督导)[^,，。；;0-9]{0,12}(?:标准|要求)(?!的?[\d一二两三四五六七八九十]+[.\d]*(?:余|多)?倍)/;

export function checkClaims(document: AuditDocument, standards: readonly StandardSketch[]): Finding[] {
  return document.figures.flatMap((figure) => {
    if (figure.status !== 'actual' || figure.indicator === null) return [];
    const behind = document.text.slice(figure.textEnd, figure.textEnd + 60).split(/[。\n]/)[0]!;
    if (!claim.test(behind) || /未|没有|尚|不符合/.test(behind)) return [];
    const standings = figure.stage
      .flatMap((stage) => standingsOf(figure, stage, standards))
      .filter(({ relation }) => relation === 'met' || relation === 'short');
    const met = standings.find(({ relation }) => relation === 'met');
    const chief = met ?? standings[0];
    return chief ? [judge(figure, chief)] : [];
  });
}

function judge(figure: AuditDocument['figures'][number], { standard, relation, isCountyMean }: Standing): Finding {
  const isMet = relation === 'met';
  const limit = `${standard.operator === '>=' ? '≥' : standard.operator === '<=' ? '≤' : standard.operator} ${writeNumber(standard.value, 0)}`;
  const mean = isCountyMean
    ? {
        zh: '该标准针对每所学校，县级数仅供参考。',
        en: ' The standard is one for each school; a county figure shows no school.',
      }
    : { zh: '', en: '' };
  return findingOn([figure], {
    kind: 'standard',
    verdict: isMet ? 'holds' : 'overstated',
    severity: isMet ? 'none' : 'medium',
    value: figure.value - standard.value,
    computed: `${writeValue(figure)} : ${limit}`,
    zh: `文中称达到标准，${writeValue(figure)}${isMet ? '合于' : '未及'}${standard.number}的${limit}。${mean.zh}`,
    en: `The text claims to meet the standard; ${writeValue(figure)} ${isMet ? 'meets' : 'does not reach'} ${limit} of ${standard.number}.${mean.en}`,
  });
}
