// How fast figures are read, in characters a second, beside Microsoft Recognizers where it is installed:
//   npm run build && node test/bench/figures.mjs [--check]
// One process, one thread, after warm-up, the best of several rounds. --check exits with 1 below the aims: scan 10 million,
// full extraction 1 million, and documents of 3,000 and of 400,000 characters within a fifth of each other.
import { extractFigures } from '../../dist/extractors/figures/index.js';
import { scanNumerals } from '../../dist/extractors/rules/numeral.js';
import { WayBack } from '../../dist/src/model/way-back.js';

const reports = [
  '2023年,青禾县投入教育经费3.6亿元,占一般公共预算支出的21.5%,比上年提高0.8个百分点。',
  '新建、改扩建学校13所,新增学位7190个,建筑面积29.2万平方米,其中城区5所、乡镇8所。',
  '小学、初中按每生每年720元、940元拨付公用经费,特殊教育学校生均不低于8000元。',
  '全县现有教师5638人,其中小学3457人、初中2181人,县级以上骨干教师近400名。',
  '到2025年,力争义务教育巩固率达到98%以上,大班额比例控制在2%以内。',
];
const prose = [
  '各学校要坚持立德树人根本任务,深化教育教学改革,推动义务教育优质均衡发展,办好人民满意的教育。',
  '强化组织领导,完善工作机制,层层压实责任,把各项任务落到实处,确保改革取得实效。',
  '持续改善办学条件,优化资源配置,缩小城乡差距,让每一名孩子都能享有公平而有质量的教育。',
];

/** A report of `length` characters: a sentence with figures, then two without. */
function reportOf(length) {
  let text = '';
  for (let i = 0; text.length < length; i++)
    text += `${reports[i % reports.length]}${prose[i % prose.length]}${prose[(i + 1) % prose.length]}\n`;
  return text.slice(0, length);
}

const documentOf = (text) => ({
  text,
  blocks: [],
  genre: 'work_summary',
  publishedIso: '2024-03-05',
  signedIso: null,
  wayBack: WayBack.identity(text.length),
});

/** Characters a second: the best of `rounds` rounds of at least `least` milliseconds. */
function rate(work, characters, rounds = 5, least = 300) {
  for (const warm = performance.now(); performance.now() - warm < least; ) work();
  let best = 0;
  for (let round = 0; round < rounds; round++) {
    let times = 0;
    const start = performance.now();
    do {
      work();
      times++;
    } while (performance.now() - start < least);
    best = Math.max(best, (times * characters * 1000) / (performance.now() - start));
  }
  return best;
}

const row = (name, value) => console.log(`${name.padEnd(46)} ${(value / 1e6).toFixed(3).padStart(9)} M chars/s`);

async function peer(text) {
  const suite = await import('@microsoft/recognizers-text-suite').then(
    (module) => module.default ?? module,
    () => null,
  );
  if (!suite) {
    console.log('Microsoft Recognizers: not installed');
    return;
  }
  const { recognizeNumber, recognizePercentage, recognizeCurrency, recognizeDimension, Culture } = suite;
  const models = [recognizeNumber, recognizePercentage, recognizeCurrency, recognizeDimension];
  const sentences = text.split('\n');
  const run = (used) => () => {
    for (const sentence of sentences) for (const recognize of used) recognize(sentence, Culture.Chinese);
  };
  row('Recognizers, numbers only, by line', rate(run(models.slice(0, 1)), text.length, 2));
  row('Recognizers, all four models, by line', rate(run(models), text.length, 1));
}

const short = reportOf(3_000);
const long = reportOf(400_000);
const scan = Math.min(...[short, long].map((text) => rate(() => scanNumerals(text), text.length)));
row('number scan', scan);
const full = [short, long].map((text) => {
  const document = documentOf(text);
  const figures = extractFigures(document, 'b').length;
  const speed = rate(() => extractFigures(document, 'b'), text.length);
  row(`figures, ${text.length.toLocaleString('en')} characters, ${figures} figures`, speed);
  return speed;
});
const apart = Math.max(...full) / Math.min(...full) - 1;
console.log(`cost a character, short against long: ${(apart * 100).toFixed(0)}% apart`);
await peer(short);

if (process.argv.includes('--check')) {
  const missed = [
    ...(scan < 10e6 ? ['the scan is below 10 million characters a second'] : []),
    ...(Math.min(...full) < 1e6 ? ['extraction is below 1 million characters a second'] : []),
    ...(apart > 0.2 ? ['long and short documents are more than a fifth apart'] : []),
  ];
  for (const message of missed) console.error(message);
  process.exitCode = missed.length > 0 ? 1 : 0;
}
