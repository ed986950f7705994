// The review queue as a workbook for people without a server, and back: the columns 判定, 更正… and 理由 are filled in, the others stay.
import { read, utils } from '@e965/xlsx';
import { writePeriod, writeValue } from '../compare/wording.js';
import { countyOf } from '../corpus.js';
import { writeWorkbook } from '../export/workbook.js';
import type { StoredFigure } from '../model/cell.js';
import { UsageError } from '../model/errors.js';
import { type ReviewAction, reviewActions } from '../model/review.js';
import { correctionFields, type DecisionWords, type QueueItem } from '../review.js';

const heads = {
  figure: '数据编号 figure',
  check: '核对码 check',
  county: '县区 county',
  indicator: '指标 indicator',
  written: '读作 read as',
  period: '时期 period',
  quote: '原文数字 quote',
  sentence: '原句 sentence',
  url: '网址 url',
  why: '原因 why',
} as const;

const answers = {
  action: '判定 decision',
  value: '更正值 value',
  value_max: '更正上限 value_max',
  unit: '更正单位 unit',
  bound: '更正界限 bound',
  indicator: '更正指标 indicator_id',
  stage: '更正学段 stage',
  period: '更正时期 period_is',
  status: '更正实标 status',
  reason: '理由 reason',
} as const satisfies Record<(typeof correctionFields)[number] | 'action' | 'reason', string>;

const actionNames: Record<string, ReviewAction> = { 接受: 'accept', 更正: 'correct', 否决: 'reject', 跳过: 'skip' };

/** What a row was made from: a decision is taken only where the record still says the same. */
export const checkOf = (figure: StoredFigure): string => {
  const { quote, value, unit } = { ...figure, ...figure.review?.raw };
  return `${quote}=${value}${unit}`.slice(0, 60);
};

/** The workbook's bytes. */
export function queueWorkbook(items: readonly QueueItem[]): Promise<Uint8Array> {
  const rows = items.map(({ figure, reasons }) => [
    figure.id,
    checkOf(figure),
    figure.place === null ? null : `${countyOf(figure.place).name} ${figure.place}`,
    figure.indicator,
    writeValue(figure),
    writePeriod(figure),
    figure.quote,
    figure.sentence,
    figure.url,
    reasons.map(({ zh }) => zh).join('\n'),
  ]);
  const guide = [
    [answers.action, `写${Object.keys(actionNames).join('、')}（或 ${reviewActions.join(', ')}）；空着的行不动`],
    [answers.value, '用基本单位（元、个，比率写成小数）或百分数；更正须至少填一栏'],
    [answers.stage, 'preschool, primary, junior, compulsory, senior, vocational, special, all；没有写 none'],
    [answers.period, '2024, 2024-05 或 2022..2024'],
    [answers.reason, '否决须写理由'],
    ['', '导回：xianjian review import 文件.xlsx'],
  ];
  return writeWorkbook([
    {
      name: '审核',
      head: [...Object.values(heads), ...Object.values(answers)],
      rows,
      widths: [12, 16, 18, 20, 16, 12, 12, 60, 30, 30, 10, 12, 12, 10, 10, 16, 12, 12, 10, 30],
      linkColumns: [8],
      frozenColumns: 1,
    },
    { name: '说明', head: ['栏 column', '填法 how'], rows: guide, widths: [24, 90], linkColumns: [], frozenColumns: 1 },
  ]);
}

/** A row of a workbook that came back. */
export interface FilledRow {
  /** As the workbook counts, from 1. */
  row: number;
  check: string;
  words: Omit<DecisionWords, 'reviewer'>;
}

/**
 * The rows on which something was decided.
 * @throws UsageError where the file is no workbook of the queue
 */
export function filledRows(bytes: Uint8Array, path: string): FilledRow[] {
  const sheet = sheetOf(bytes, path);
  const rows = utils.sheet_to_json<Record<string, unknown>>(sheet, { raw: true, defval: '' });
  const told = (row: Record<string, unknown>, head: string): string => String(row[head] ?? '').trim();
  return rows.flatMap((row, index) => {
    const action = told(row, answers.action);
    if (action === '') return [];
    const corrections = correctionFields.map((name) => [name, told(row, answers[name])]);
    const words = {
      figure: told(row, heads.figure),
      action: actionNames[action] ?? action,
      reason: told(row, answers.reason),
      ...Object.fromEntries(corrections),
    };
    return [{ row: index + 2, check: told(row, heads.check), words }];
  });
}

function sheetOf(bytes: Uint8Array, path: string) {
  try {
    // Any text is a workbook of one cell to the library; a workbook is a zip.
    const sheet = bytes[0] === 0x50 && bytes[1] === 0x4b ? read(bytes).Sheets.审核 : undefined;
    const names = sheet ? (utils.sheet_to_json<string[]>(sheet, { header: 1 })[0] ?? []) : [];
    if (sheet && names.includes(heads.figure) && names.includes(answers.action)) return sheet;
  } catch (cause) {
    throw noQueue(path, cause);
  }
  throw noQueue(path);
}

const noQueue = (path: string, cause?: unknown) =>
  new UsageError(
    'E_REVIEW_FILE',
    { en: `${path} is no workbook of the review queue`, zh: `${path} 不是待审队列的表格` },
    {
      en: 'Make one with `xianjian review export queue.xlsx`, fill in 判定, and keep the sheet 审核 and its heads.',
      zh: '请用 xianjian review export queue.xlsx 导出，填写“判定”，保留工作表“审核”及其表头。',
    },
    { cause },
  );
