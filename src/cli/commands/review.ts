// xianjian review: what a person should look at, what he decides, and what that says of the rules.
import { userInfo } from 'node:os';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { type Codebook, loadCodebook } from '../../../extractors/index.js';
import { actionWords, writeCorrection } from '../../compare/review-wording.js';
import type { Share } from '../../compare/wilson.js';
import { writePeriod, writeValue } from '../../compare/wording.js';
import { countyOf } from '../../corpus.js';
import { writeFileWhole } from '../../export/file.js';
import { exitCodes, UsageError, XianjianError } from '../../model/errors.js';
import type { Said } from '../../model/language.js';
import { type Decision, type NewDecision, reviewActions } from '../../model/review.js';
import {
  correctionFields,
  type DecisionWords,
  decisionFrom,
  type Queue,
  type QueueReason,
  queueReasons,
  reasonWords,
  reviewPrecision,
  reviewQueue,
} from '../../review.js';
import { type Command, codebookOption, countyOption, databaseOption, listOf } from '../command.js';
import { fileBytes } from '../input.js';
import { harmless, type Output, sayIn } from '../output.js';
import { checkWords } from '../query.js';
import { checkOf, filledRows, queueWorkbook } from '../review-workbook.js';

type Options = Record<string, unknown>;

const correctionWords: Record<(typeof correctionFields)[number], string> = {
  value: '数值',
  value_max: '区间上限',
  unit: '单位',
  bound: '限定',
  indicator: '指标',
  stage: '学段',
  status: '实际或目标',
  period: '时期',
};

/** One thing that the command does: whether it writes, and how. Gives the exit code. */
interface Deed {
  writes: boolean;
  run(corpus: Corpus, codebook: Codebook, target: string | undefined, options: Options, out: Output): Promise<number>;
}

const deeds: Record<string, Deed> = {
  list: { writes: false, run: list },
  log: { writes: false, run: log },
  precision: { writes: false, run: precision },
  export: { writes: false, run: exportQueue },
  import: { writes: true, run: importQueue },
  undo: { writes: true, run: undo },
  ...Object.fromEntries(
    reviewActions.map((action) => [
      action,
      {
        writes: true,
        run: (corpus: Corpus, codebook: Codebook, target: string | undefined, options: Options, out: Output) =>
          decide(corpus, codebook, wordsOf(action, target, options), out),
      },
    ]),
  ),
};

export const reviewCommand: Command = {
  name: 'review',
  arguments: '[deed] [target]',
  summary: {
    en: 'Review figures: the queue, decisions and their undoing, the precision of the rules, a workbook and back.',
    zh: '审核读出的数：待审队列、作出和撤销决定、规则的正确率、导出到表格再导回。',
  },
  options: [
    databaseOption,
    codebookOption,
    countyOption,
    {
      flags: '--why <reasons...>',
      about: {
        en: `list, export: ${queueReasons.join(', ')}`,
        zh: `list、export：为何要审，${queueReasons.join(', ')}`,
      },
    },
    {
      flags: '--limit <figures>',
      about: { en: 'list, export: figures at most', zh: 'list、export：最多几个数' },
      default: 50,
    },
    { flags: '--skipped', about: { en: 'list, export: those that were skipped too', zh: 'list、export：连同跳过的' } },
    {
      flags: '--by <name>',
      about: { en: 'who decides; default the user of this machine', zh: '审核人；默认为本机用户名' },
    },
    { flags: '--reason <text>', about: { en: 'why; a rejection needs it', zh: '理由；否决时必须写' } },
    ...correctionFields.map((name) => ({
      flags: `--${name.replace('_', '-')} <${name.replace('_', '-')}>`,
      about: {
        en: `correct: the ${name.replace('_', ' ')} that is right`,
        zh: `correct：正确的${correctionWords[name]}`,
      },
    })),
    { flags: '--yes', about: { en: 'import: write what the preview shows', zh: 'import：按预览写入' } },
    { flags: '--json', about: { en: 'list, log, precision: as JSON', zh: 'list、log、precision：以 JSON 输出' } },
  ],
  examples: [
    'xianjian review',
    'xianjian review accept 17-001',
    'xianjian review correct 17-002 --value 38.3% --by 王',
    "xianjian review reject 17-003 --reason '计划数，不是实际数'",
    'xianjian review undo 17-003',
    'xianjian review export queue.xlsx',
    'xianjian review import queue.xlsx --yes',
  ],
  async run({ arguments: [name = 'list', target], options }, out) {
    const deed = deeds[name];
    if (!deed)
      throw new UsageError(
        'E_REVIEW',
        { en: `review ${name} is unknown`, zh: `review 没有 ${name} 这个动作` },
        {
          en: `Write one of ${Object.keys(deeds).join(', ')}.`,
          zh: `请写其中之一：${Object.keys(deeds).join('、')}。`,
        },
      );
    const codebook = loadCodebook(String(options.codebook));
    const corpus = await openCorpus(String(options.db), { readOnly: !deed.writes, say: sayIn(out) });
    try {
      return await deed.run(corpus, codebook, target, options, out);
    } finally {
      await corpus.close();
    }
  },
};

const reviewerOf = ({ by }: Options): string => (by === undefined ? userInfo().username : String(by));
const now = (): string => new Date().toISOString();

function needed(target: string | undefined, what: Said): string {
  if (target !== undefined) return target;
  throw new UsageError(
    'E_REVIEW',
    { en: `${what.en} is missing`, zh: `没有写${what.zh}` },
    {
      en: 'Type `xianjian review --help` for examples.',
      zh: '示例见 xianjian review --help。',
    },
  );
}

function wordsOf(action: string, target: string | undefined, options: Options): DecisionWords {
  const given = (name: string): string | undefined => (options[name] === undefined ? undefined : String(options[name]));
  const corrections = correctionFields.map((name) => [name, given(name.replace('_max', 'Max'))]);
  const figure = needed(target, { en: 'the id of the figure', zh: '数的编号' });
  return { figure, action, reviewer: reviewerOf(options), reason: given('reason'), ...Object.fromEntries(corrections) };
}

async function decide(corpus: Corpus, codebook: Codebook, words: DecisionWords, out: Output): Promise<number> {
  const decision = await corpus.decide(decisionFrom(words, codebook, now()));
  out.data(`${harmless(lineOf(decision, out))}\n`);
  const back = `xianjian review undo ${decision.figure}`;
  out.say(out.language === 'zh' ? `撤销：${back}` : `To take it back: ${back}`);
  return 0;
}

/** `#3 更正 17-001 王 2026-03-02 value 12 → 13`. */
function lineOf(decision: Decision, { language }: Output): string {
  const { id, action, figure, reviewer, decidedAt, read, correction, reason, undoneAt, undoneBy } = decision;
  const orphan = language === 'zh' ? '（原句现已不同）' : '(its sentence is read otherwise now)';
  const undone = language === 'zh' ? `已由 ${undoneBy} 撤销` : `taken back by ${undoneBy}`;
  return [
    `#${id}`,
    actionWords[language][action],
    figure ?? orphan,
    reviewer,
    decidedAt.slice(0, 10),
    ...(correction ? [writeCorrection(read, correction)] : []),
    ...(reason ? [reason] : []),
    ...(undoneAt ? [undone] : []),
    ...(figure ? [] : [decision.url, decision.sentence]),
  ].join(' ');
}

async function undo(corpus: Corpus, _codebook: Codebook, target: string | undefined, options: Options, out: Output) {
  const id = needed(target, {
    en: 'what to take back (a figure, or #NUMBER of a decision)',
    zh: '要撤销哪个决定（数的编号，或决定的 #编号）',
  });
  const number = /^#?(\d+)$/.exec(id)?.[1];
  const decision =
    number === undefined
      ? (await corpus.decisions({ figure: id })).find(({ undoneAt }) => undoneAt === null)?.id
      : Number(number);
  const undone =
    decision === undefined ? null : await corpus.undo(decision, { reviewer: reviewerOf(options), at: now() });
  if (!undone)
    throw new UsageError(
      'E_UNDO',
      { en: `there is no decision to take back on ${id}`, zh: `${id} 没有可以撤销的决定` },
      { en: '`xianjian review log` lists them.', zh: '全部决定见 xianjian review log。' },
    );
  out.data(`${harmless(lineOf(undone, out))}\n`);
  return 0;
}

async function queueFor(corpus: Corpus, codebook: Codebook, options: Options): Promise<Queue> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw new UsageError(
      'E_LIMIT',
      { en: `--limit ${options.limit} is no number of figures`, zh: `--limit ${options.limit} 不是个数` },
      { en: 'Write a whole number from 1.', zh: '请写不小于 1 的整数。' },
    );
  const reasons = listOf(options.why);
  checkWords('why', reasons, queueReasons);
  const counties = listOf(options.county);
  const query = {
    limit,
    skipped: options.skipped === true,
    ...(counties ? { counties } : {}),
    ...(reasons ? { reasons: reasons as QueueReason[] } : {}),
  };
  return reviewQueue(corpus, query, codebook);
}

async function list(corpus: Corpus, codebook: Codebook, _target: string | undefined, options: Options, out: Output) {
  const { items, more } = await queueFor(corpus, codebook, options);
  if (options.json) {
    out.data(`${JSON.stringify(items, null, 2)}\n`);
    return 0;
  }
  const { language } = out;
  for (const { figure, reasons } of items) {
    const county = figure.place === null ? '' : countyOf(figure.place).name;
    const indicator = codebook.indicators.find(({ id }) => id === figure.indicator);
    const head = [figure.id, county, indicator?.[language] ?? figure.subject, writeValue(figure), writePeriod(figure)];
    const why = reasons.map(({ reason, zh, en }) =>
      language === 'zh' ? `  ${reasonWords.zh[reason]}（${reason}）：${zh}` : `  ${reason}: ${en}`,
    );
    out.data(`${harmless([head.join('  '), ...why, `  ${figure.sentence}`].join('\n'))}\n\n`);
  }
  const decided = (await corpus.decisions({ standing: true })).length;
  out.say(
    items.length === 0
      ? language === 'zh'
        ? `没有待审的数（已决 ${decided}）。--skipped 连同跳过的。`
        : `Nothing waits for review (${decided} decided). --skipped shows what was skipped.`
      : language === 'zh'
        ? `${items.length} 个${more ? '，还有更多（--limit）' : ''}。下一步：xianjian review accept|correct|reject|skip 编号`
        : `${items.length} figures${more ? '; there are more (--limit)' : ''}. Next: xianjian review accept|correct|reject|skip ID`,
  );
  return 0;
}

async function log(corpus: Corpus, _codebook: Codebook, _target: string | undefined, options: Options, out: Output) {
  const decisions = await corpus.decisions();
  if (options.json) out.data(`${JSON.stringify(decisions, null, 2)}\n`);
  else for (const decision of decisions) out.data(`${harmless(lineOf(decision, out))}\n`);
  const orphans = decisions.filter(({ figure, isStanding }) => figure === null && isStanding).length;
  if (orphans > 0)
    out.say(
      out.language === 'zh'
        ? `${orphans} 个决定的原句现已不同，暂不生效；原文复现时自动恢复。`
        : `${orphans} decisions wait: no figure says so any longer. They hold again when one does.`,
    );
  return 0;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

const writeShare = ({ count, of, share, low, high }: Share): string =>
  `${count}/${of} ${percent(share)} [${percent(low)}, ${percent(high)}]`;

async function precision(corpus: Corpus, _codebook: Codebook, _t: string | undefined, options: Options, out: Output) {
  const found = await reviewPrecision(corpus);
  if (options.json) out.data(`${JSON.stringify(found, null, 2)}\n`);
  else if (found.all) {
    const lines = found.byIndicator.map(({ indicator, share }) => `${indicator ?? '—'}  ${writeShare(share)}`);
    out.data(`${[`all  ${writeShare(found.all)}`, ...lines].join('\n')}\n`);
  }
  out.say(
    found.all === null
      ? out.language === 'zh'
        ? '抽样中还没有已决的数。下一步：xianjian review --why sample'
        : 'Nothing of the sample was decided yet. Next: xianjian review --why sample'
      : out.language === 'zh'
        ? '只据随机抽样；区间为 95% Wilson。更正与否决算错，跳过不算。'
        : 'From the random sample alone, with the 95% Wilson interval; corrected and rejected count as wrong, skipped not at all.',
  );
  return 0;
}

async function exportQueue(
  corpus: Corpus,
  codebook: Codebook,
  path: string | undefined,
  options: Options,
  out: Output,
) {
  const target = needed(path, { en: 'the file', zh: '文件名' });
  if (!/\.xlsx$/i.test(target))
    throw new UsageError(
      'E_REVIEW_FILE',
      { en: `${target} is no name of a workbook`, zh: `${target} 不是电子表格的文件名` },
      { en: 'Write a name that ends in .xlsx.', zh: '请写以 .xlsx 结尾的文件名。' },
    );
  const { items, more } = await queueFor(corpus, codebook, options);
  const bytes = await queueWorkbook(items);
  const file = await writeFileWhole(target, async (opened) => opened.write(bytes));
  out.say(
    out.language === 'zh'
      ? `${items.length} 行写入 ${file.path}${more ? '（还有更多，--limit）' : ''}。填好“判定”后：xianjian review import ${target}`
      : `${items.length} rows in ${file.path}${more ? ' (there are more: --limit)' : ''}. Fill in 判定, then: xianjian review import ${target}`,
  );
  return 0;
}

/** Rows that cannot be taken are named and left; the others are shown, and written with --yes. */
async function importQueue(
  corpus: Corpus,
  codebook: Codebook,
  path: string | undefined,
  options: Options,
  out: Output,
) {
  const target = needed(path, { en: 'the file', zh: '文件名' });
  const reviewer = reviewerOf(options);
  const taken: NewDecision[] = [];
  const refused: string[] = [];
  for (const { row, check, words } of filledRows(fileBytes(target), target)) {
    try {
      await checkRow(corpus, words.figure, check);
      const decision = decisionFrom({ ...words, reviewer }, codebook, now());
      if (await isDecidedSo(corpus, decision)) continue;
      taken.push(decision);
    } catch (error) {
      if (!(error instanceof XianjianError)) throw error;
      const { message, cure } = error.said;
      refused.push(
        { en: `row ${row}: ${message.en}. ${cure.en}`, zh: `第 ${row} 行：${message.zh}。${cure.zh}` }[out.language],
      );
    }
  }
  for (const decision of taken) out.data(`${harmless(await previewOf(corpus, decision, out))}\n`);
  for (const line of refused) out.say(harmless(line));
  if (options.yes === true) for (const decision of taken) await corpus.decide(decision);
  const written = options.yes === true;
  out.say(
    out.language === 'zh'
      ? `${taken.length} 个决定${written ? '已写入' : '待写入（加 --yes）'}，${refused.length} 行未取。`
      : `${taken.length} decisions ${written ? 'written' : 'to be written (--yes)'}, ${refused.length} rows refused.`,
  );
  return refused.length > 0 ? exitCodes.partly : 0;
}

/** @throws UsageError where the figure does not say any longer what the row shows */
async function checkRow(corpus: Corpus, id: string, check: string): Promise<void> {
  const found = await corpus.evidence(id);
  const [figure] =
    found?.type === 'figure'
      ? await corpus
          .figures({ documents: [found.document.id], withIndicator: false, rejected: true })
          .then((all) => all.filter((each) => each.id === id))
      : [];
  if (figure && checkOf(figure) === check) return;
  throw new UsageError(
    'E_REVIEW_ROW',
    {
      en: `${id === '' ? 'a row without id' : id} does not say ${check} any longer`,
      zh: `${id === '' ? '没有编号的一行' : id}所记已不是 ${check}`,
    },
    { en: 'Export the queue again: the page was read anew since.', zh: '请重新导出待审队列：网页在那之后又读过。' },
  );
}

/** The same decision stands already: a file that is imported twice changes nothing. */
async function isDecidedSo(corpus: Corpus, { figure, action, correction, reason }: NewDecision): Promise<boolean> {
  const standing = (await corpus.decisions({ figure, standing: true }))[0];
  return (
    standing !== undefined &&
    standing.action === action &&
    standing.reason === reason &&
    JSON.stringify(standing.correction) === JSON.stringify(correction)
  );
}

async function previewOf(corpus: Corpus, decision: NewDecision, { language }: Output): Promise<string> {
  const before = (await corpus.decisions({ figure: decision.figure, standing: true }))[0];
  const { record } = (await corpus.evidence(decision.figure))!;
  const words = actionWords[language];
  return [
    decision.figure,
    `${before ? words[before.action] : '—'} → ${words[decision.action]}`,
    ...(decision.correction ? [JSON.stringify(decision.correction)] : []),
    ...(decision.reason ? [decision.reason] : []),
    record.sentence,
  ].join('  ');
}
