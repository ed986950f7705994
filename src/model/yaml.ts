// YAML that people wrote: its value, or what is wrong with its form, in both languages and with the line.
import { type Document, isAlias, LineCounter, parseDocument, visit } from 'yaml';
import type { Said } from './language.js';
import { sentences } from './sentences.js';

const yaml = sentences({
  place: { en: '{what} at line {rows}, column {count}:', zh: '第 {rows} 行第 {count} 列：{what}' },
  nested: { en: 'Nested mappings are not allowed in compact mappings', zh: '一行里有两个冒号，值请加引号' },
  implicit: { en: 'Implicit keys need to be on a single line', zh: '键要写在一行之内' },
  noValue: { en: 'Implicit map keys need to be followed by map values', zh: '键后面缺少冒号和值' },
  twice: { en: 'Map keys must be unique', zh: '同一个键写了两次' },
  column: { en: 'All mapping items must start at the same column', zh: '同一组的各项要对齐' },
  listColumn: { en: 'All sequence items must start at the same column', zh: '列表各项要对齐' },
  list: {
    en: 'Flow sequence in block collection must be sufficiently indented and end with a ]',
    zh: '方括号没有用 ] 结束，或缩进不够',
  },
  map: {
    en: 'Flow map in block collection must be sufficiently indented and end with a }',
    zh: '花括号没有用 } 结束，或缩进不够',
  },
  comma: { en: 'Missing , between flow collection items', zh: '各项之间缺少逗号' },
  double: { en: 'Missing closing "quote', zh: '缺少后半个双引号' },
  single: { en: "Missing closing 'quote", zh: '缺少后半个单引号' },
  tabs: { en: 'Tabs are not allowed as indentation', zh: '缩进不能用制表符，请用空格' },
  alias: {
    en: 'Unresolved alias (the anchor must be set before the alias): {what}',
    zh: '*{what} 所引的 &{what} 前面没有写',
  },
  aliases: {
    en: 'Excessive alias count indicates a resource exhaustion attack',
    zh: '引用层层相套，展开后会占满内存',
  },
  deep: { en: 'Nested too deep', zh: '嵌套太深' },
  colon: { en: 'Missing space before a value', zh: '冒号后要有空格' },
});

/** What the parser says; of sentences that are not in the table the Chinese says that much. */
function faultOf(message: string): Said {
  const en = message.split('\n')[0]!.replace('Maximum call stack size exceeded', 'Nested too deep');
  return { en: `not valid YAML: ${en}`, zh: `YAML 写法有误：${yaml.say(en, 'zh')}` };
}

export interface Yaml {
  document: Document.Parsed;
  lines: LineCounter;
  value: unknown;
}

export interface YamlFault {
  /** From 1. */
  line: number;
  message: Said;
}

/** Nobody reads more of them at once. */
const mostFaults = 100;

/** The value of a YAML text with the places of its parts, or what is wrong with its form, at most a hundred faults. */
export function parseYaml(written: string): Yaml | { faults: [YamlFault, ...YamlFault[]] } {
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    // The parser's own sentence about a place reads the whole text for each fault.
    document = parseDocument(written, { lineCounter: lines, prettyErrors: false });
  } catch (error) {
    // The parser calls itself for each level, and does not always make the end of the stack a fault of its own.
    if (!(error instanceof RangeError)) throw error;
    return { faults: [{ line: 1, message: faultOf('Nested too deep') }] };
  }
  const [first, ...others] = document.errors.slice(0, mostFaults).map(({ message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return { line, message: faultOf(`${message} at line ${line}, column ${col}:`) };
  });
  if (first) return { faults: [first, ...others] };
  try {
    return { document, lines, value: document.toJS() };
  } catch (error) {
    // An alias of nothing, or aliases of aliases that would fill the memory, are noticed only here.
    if (!(error instanceof ReferenceError)) throw error;
    return { faults: [{ line: lines.linePos(aliasAt(document)).line, message: faultOf(error.message) }] };
  }
}

/** Where the first alias stands that leads nowhere, else the first of all. */
function aliasAt(document: Document.Parsed): number {
  let first: number | null = null;
  let lost: number | null = null;
  visit(document, {
    Alias(_, alias) {
      const at = alias.range?.[0] ?? 0;
      first ??= at;
      if (isAlias(alias) && alias.resolve(document) === undefined) lost ??= at;
    },
  });
  return lost ?? first ?? 0;
}
