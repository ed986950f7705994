// Reads a codebook: the file that says what can be asked of a document. Indicators (what is measured), practices (what is
// done) and official standards are data; a user adds a row or a whole codebook without code. Every fault is reported with
// file and line, all of them at once.
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { isMap, isNode, isSeq, type LineCounter, type Document as YamlDocument } from 'yaml';
import { z } from 'zod';
import { ConfigurationError, whyUnreadable } from '../../src/model/errors.js';
import type { Language, Said } from '../../src/model/language.js';
import { packageRoot } from '../../src/model/package-root.js';
import { type Dimension, dimensions, stages } from '../../src/model/record.js';
import { parseYaml } from '../../src/model/yaml.js';
import { faultSaid, faultWords } from './faults.js';
import { isKnownUnit } from './units.js';
import { parseWording, parseWords } from './wording.js';

const id = z.string().regex(/^[a-z][a-z0-9_]*$/, faultWords.idLetters());
/** Names of codebooks may hold a hyphen: they are file names too. */
const codebookId = z.string().regex(/^[a-z][a-z0-9_-]*$/, faultWords.bookLetters());
const text = z.string().min(1, faultWords.noText());
const words = z.array(text);
const wordings = words.min(1, faultWords.noWording());
const oneOrMore = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).min(1)]);

const indicatorSchema = z.strictObject({
  /** Short name in code and files. */
  id,
  zh: text,
  en: text,
  definition: text,
  /** Dimensions that a figure of it may have, the usual one first. */
  dimension: oneOrMore(z.enum(dimensions)),
  /** The unit in which cells are compared. */
  unit: text,
  /** Further units, as written, that a figure of it may have. */
  units: words.optional(),
  /** Denominators, one of which the figure must have, or the words beside it: 学生, 生均. Without: none but time. */
  per: words.optional(),
  /** Denominators that the figure may have and need not: 班 for the size of a class. */
  mayBePer: words.optional(),
  /** Stages that it is reported for. */
  stages: z.array(z.enum(stages)).min(1),
  wordings,
  /** Nouns (甲|乙), one of which must stand in the subject or beside the number. */
  heads: words.optional(),
  /** Words (甲|乙) that rule it out when they stand in the subject or beside the number. */
  exclusions: words.optional(),
  /** True where a figure may have it in any text: population, townships. Else the text must speak of the codebook's field. */
  anyField: z.boolean().optional(),
  /** Plausible values in `unit`; outside, a person should look. */
  range: z.strictObject({ min: z.number().optional(), max: z.number().optional() }).optional(),
});

const practiceSchema = z.strictObject({
  id,
  zh: text,
  en: text,
  theme: text,
  definition: text,
  wordings,
  exclusions: words.optional(),
});

const yearOrDay = z.union([z.number().int(), z.string().regex(/^\d{4}(-\d\d(-\d\d)?)?$/, faultWords.date())]);

const standardSchema = z.strictObject({
  indicator: id,
  stage: z.enum(stages),
  operator: z.enum(['>=', '<=', '=', '>', '<']),
  value: z.number(),
  unit: text,
  /** A threshold for each school is no verdict on the county. */
  appliesTo: z.enum(['school', 'county']),
  /** Title of the document that sets it. */
  document: text,
  /** Its number (文号). */
  number: text,
  from: yearOrDay,
  to: yearOrDay.optional(),
  source: text,
  /** read: in at least two agreeing copies · weak: in one copy · memory: not read. */
  certainty: z.enum(['read', 'weak', 'memory']),
  note: text.optional(),
});

/**
 * What the codebook's field is. A figure or practice belongs to it where the nearest of these words is one of its own: in the
 * subject, beside the number, in the sentence, the heading, the sentence before, the title, or in most of the document.
 */
const fieldSchema = z.strictObject({
  /** Words (甲|乙) that show that a text speaks of the field: 学校|教师. */
  own: wordings,
  /** Words of other fields, which rule the codebook's entries out where they stand nearer: 医院|公路. */
  foreign: words.default([]),
});

/**
 * Texts and passages that speak of one single school, hospital or village: their figures are no values of the county, so they get
 * no indicator.
 */
const singleSchema = z.strictObject({
  /** Words before a kind of school that make it many; any other word before 小学现有 is the name of one. */
  kinds: words.optional(),
  /** Words (甲|乙) in the title of a text that is all about one: 学校简介. None of its figures gets an indicator. */
  titles: words.default([]),
  /** Wordings, found in one sentence, from which on a paragraph is about one: 该校. Its figures get no indicator. */
  passages: words.default([]),
  /** Words (甲|乙) with which the text is again, or still, about all of them: 全县|各校. */
  whole: wordings,
});

const codebookSchema = z.strictObject({
  id: codebookId,
  zh: text,
  en: text,
  /** Words that rule out every indicator of the codebook, unless its own wording holds them: 同比, 增长N. */
  exclusions: words.optional(),
  field: fieldSchema.optional(),
  single: singleSchema.optional(),
  indicators: z.array(indicatorSchema),
  practices: z.array(practiceSchema).default([]),
  standards: z.array(standardSchema).default([]),
});

export type Indicator = z.infer<typeof indicatorSchema>;
export type PracticeEntry = z.infer<typeof practiceSchema>;
export type Standard = z.infer<typeof standardSchema>;

/** A checked codebook, with the file it came from. */
export interface Codebook extends z.infer<typeof codebookSchema> {
  file: string;
  /** The line on which the value at a path stands: lineOf(['indicators', 3, 'wordings', 0]). */
  lineOf: (path: readonly PropertyKey[]) => number;
}

/** One fault of a codebook. */
export interface CodebookFault {
  line: number;
  message: Said;
}

/** The codebooks that ship with the package, by name. */
export const shippedCodebooks = ['education', 'public-finance'] as const;

/** Dimensions of an indicator as a list. */
export const dimensionsOf = (indicator: Indicator): readonly Dimension[] =>
  Array.isArray(indicator.dimension) ? indicator.dimension : [indicator.dimension];

/**
 * Loads a codebook.
 * @param file a path, or the name of a shipped codebook; `education` without it.
 * @throws ConfigurationError with file and line of every fault, or where the file cannot be read.
 */
export function loadCodebook(file: string = 'education'): Codebook {
  const path = (shippedCodebooks as readonly string[]).includes(file)
    ? join(packageRoot, 'extractors', 'codebooks', `${file}.yaml`)
    : isAbsolute(file)
      ? file
      : join(process.cwd(), file);
  let source: string;
  try {
    source = readFileSync(path, 'utf8');
  } catch (cause) {
    const met = whyUnreadable(cause);
    throw new ConfigurationError(
      'E_CODEBOOK_UNREADABLE',
      {
        en: `The codebook ${path} cannot be read: ${met.en}`,
        zh: `无法读取编码表 ${path}：${met.zh}`,
      },
      {
        en: `Name an existing YAML file, or one of the shipped codebooks: ${shippedCodebooks.join(', ')}.`,
        zh: `请写一个存在的 YAML 文件，或随附的编码表之一：${shippedCodebooks.join('、')}。`,
      },
      { cause },
    );
  }
  return parseCodebook(source, path);
}

/**
 * Checks the text of a codebook.
 * @param file its name, for messages.
 * @throws ConfigurationError that lists every fault as `file:line: what is wrong; what was expected`.
 */
export function parseCodebook(source: string, file: string): Codebook {
  const { codebook, lineOf, faults } = readFaults(source);
  if (codebook && lineOf && faults.length === 0)
    return Object.defineProperty({ ...codebook, file, lineOf }, 'lineOf', { enumerable: false });
  const listed = (language: Language) =>
    faults.map(({ line, message }) => `${file}:${line}: ${message[language]}`).join('\n');
  throw new ConfigurationError(
    'E_CODEBOOK_INVALID',
    { en: listed('en'), zh: listed('zh') },
    {
      en: 'Correct the lines named above; `xianjian codebook` explains the fields.',
      zh: '请改正以上各行；各字段可参照 xianjian codebook 的输出。',
    },
  );
}

type Parsed = z.infer<typeof codebookSchema>;

interface Reading {
  codebook?: Parsed;
  lineOf?: Codebook['lineOf'];
  faults: CodebookFault[];
}

function readFaults(source: string): Reading {
  const yaml = parseYaml(source);
  if ('faults' in yaml) return { faults: yaml.faults };
  const lineOf = (path: readonly PropertyKey[]) => lineAt(yaml.document, yaml.lines, path);
  const parsed = codebookSchema.safeParse(yaml.value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => ({
      line: lineOf(issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path),
      message: faultSaid(explain(issue)),
    }));
    return { faults: faults.sort((a, b) => a.line - b.line) };
  }
  const faults: CodebookFault[] = [];
  const report = (path: readonly PropertyKey[], message: string) =>
    faults.push({ line: lineOf(path), message: faultSaid(message) });
  checkIds(parsed.data, report);
  checkUnits(parsed.data, report);
  checkWordings(parsed.data, report);
  checkField(parsed.data, report);
  checkStandards(parsed.data, report);
  return { codebook: parsed.data, lineOf, faults: faults.sort((a, b) => a.line - b.line) };
}

type Report = (path: readonly PropertyKey[], message: string) => void;

function checkIds({ indicators, practices }: Parsed, report: Report): void {
  for (const [list, rows] of Object.entries({ indicators, practices })) {
    const seen = new Map<string, number>();
    rows.forEach((row, index) => {
      const first = seen.get(row.id);
      if (first !== undefined) report([list, index, 'id'], faultWords.twice({ list, id: row.id }));
      else seen.set(row.id, index);
    });
  }
}

function checkUnits({ indicators }: Parsed, report: Report): void {
  indicators.forEach((indicator, index) => {
    const allowed = dimensionsOf(indicator);
    const check = (unit: string, path: readonly PropertyKey[]) => {
      if (allowed.some((dimension) => isKnownUnit(dimension, unit))) return;
      report(path, faultWords.unknownUnit({ id: indicator.id, unit, dimensions: allowed.join(', ') }));
    };
    check(indicator.unit, ['indicators', index, 'unit']);
    indicator.units?.forEach((unit, at) => {
      check(unit, ['indicators', index, 'units', at]);
    });
    const { min = -Infinity, max = Infinity } = indicator.range ?? {};
    if (min > max) report(['indicators', index, 'range'], faultWords.range({ id: indicator.id, min, max }));
  });
}

function checkWordings({ indicators, practices, exclusions = [] }: Parsed, report: Report): void {
  const checkAll = (entry: string, field: string, written: readonly string[], path: readonly PropertyKey[]) => {
    written.forEach((words, at) => {
      const read = parseWords(words);
      if (typeof read === 'string') report([...path, field, at], faultWords.inList({ id: entry, field, fault: read }));
    });
  };
  checkAll('codebook', 'exclusions', exclusions, []);
  for (const [list, rows] of Object.entries({ indicators, practices })) {
    rows.forEach((row, index) => {
      checkAll(row.id, 'exclusions', row.exclusions ?? [], [list, index]);
      if ('heads' in row) checkAll(row.id, 'heads', row.heads ?? [], [list, index]);
      row.wordings.forEach((wording, at) => {
        const read = parseWording(wording);
        if (typeof read === 'string')
          report([list, index, 'wordings', at], faultWords.inWording({ id: row.id, fault: read }));
      });
    });
  }
}

function checkField({ field, single }: Parsed, report: Report): void {
  const lists = {
    'field.own': field?.own,
    'field.foreign': field?.foreign,
    'single.titles': single?.titles,
    'single.whole': single?.whole,
  };
  for (const [name, list = []] of Object.entries(lists))
    list.forEach((written, at) => {
      const read = parseWords(written);
      const fault =
        typeof read === 'string'
          ? read
          : read.some(({ number }) => number >= 0)
            ? faultWords.holdsNumber({ written })
            : null;
      if (fault) report([...name.split('.'), at], faultWords.inField({ field: name, fault }));
    });
  single?.passages.forEach((written, at) => {
    const read = parseWording(written);
    if (typeof read === 'string') report(['single', 'passages', at], faultWords.inPassages({ fault: read }));
  });
  const own = new Set(field?.own.flatMap((written) => written.split('|')));
  field?.foreign.forEach((written, at) => {
    const both = written.split('|').find((word) => own.has(word));
    if (both) report(['field', 'foreign', at], faultWords.ownAndForeign({ word: both }));
  });
}

function checkStandards({ indicators, standards }: Parsed, report: Report): void {
  const known = new Map(indicators.map((indicator) => [indicator.id, indicator]));
  standards.forEach((standard, index) => {
    const indicator = known.get(standard.indicator);
    if (!indicator) {
      report(['standards', index, 'indicator'], faultWords.noIndicator({ id: standard.indicator }));
    } else if (standard.unit !== indicator.unit) {
      report(
        ['standards', index, 'unit'],
        faultWords.otherUnit({ id: indicator.id, unit: standard.unit, own: indicator.unit }),
      );
    }
  });
}

/** What zod found, in words that name the value met and what was expected. */
function explain(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().find(({ code }) => code === 'invalid_value');
    if (inner) return explain({ ...inner, path: issue.path });
  }
  const field = issue.path.filter((step) => typeof step === 'string').at(-1);
  const fault = faultOf(issue);
  return field === undefined ? fault : faultWords.field({ field: String(field), fault });
}

function faultOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return faultWords.unknownField({ names: issue.keys.map((key) => `"${key}"`).join(', ') });
  if (issue.code === 'invalid_value') return faultWords.unknownValue({ values: issue.values.join(', ') });
  if (issue.code === 'invalid_type' && issue.input === undefined && /received undefined/.test(issue.message))
    return faultWords.missing({ type: issue.expected });
  return issue.message;
}

/** The line on which the value at `path` stands; of its nearest parent where it is missing. */
function lineAt(document: YamlDocument, counter: LineCounter, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isNode(node) && node.range) offset = node.range[0];
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(step));
      if (!pair) break;
      if (isNode(pair.key) && pair.key.range) offset = pair.key.range[0];
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (isNode(node) && node.range) offset = node.range[0];
    } else break;
  }
  return counter.linePos(offset).line;
}
