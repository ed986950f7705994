// The reference pages of src/docs, made from the objects that the program itself uses: commands, settings, codebooks, the database's
// catalogue and the description of the HTTP API.
import { tables, views } from '../../db/schema.js';
import { sentenceIn } from '../../db/schema-zh.js';
import { type Codebook, loadCodebook, shippedCodebooks } from '../../extractors/codebooks/load.js';
import { commands } from '../../src/cli/commands/index.js';
import { aboutSetting, settingNames, variableOf } from '../../src/cli/settings.js';
import type { Language } from '../../src/model/language.js';
import { api } from '../../src/web/api/index.js';

const made = (from: string): string =>
  `<!-- Made from ${from}; \`DOCS=write npx vitest run test/docs.test.ts\` writes it anew. -->`;

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');
const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (heads: string[], rows: string[][]): string =>
  [row(...heads), row(...heads.map(() => '---')), ...rows.map((each) => row(...each))].join('\n');
const code = (text: string): string => `\`${text}\``;
const page = (...parts: string[]): string => `${parts.join('\n\n')}\n`;

const commandHeads = {
  en: {
    title: '# Commands',
    about:
      'Data goes to stdout, everything else to stderr. Exit codes: 0 done (also when nothing was found), 1 failed, 2 wrong usage, 3 partly done, 130 interrupted.',
    arguments: 'Arguments: ',
    columns: ['option', 'means', 'default'],
  },
  zh: {
    title: '# 命令',
    about: '数据走 stdout，其余走 stderr。退出码：0 完成（没找到也算），1 失败，2 用法不对，3 部分完成，130 被中断。',
    arguments: '参数：',
    columns: ['选项', '含义', '默认'],
  },
};

function commandsPage(language: Language): string {
  const heads = commandHeads[language];
  return page(
    heads.title,
    made('src/cli/commands'),
    heads.about,
    ...commands.map((command) =>
      [
        `## ${command.name}`,
        command.summary[language],
        `\`\`\`sh\n${command.examples.join('\n')}\n\`\`\``,
        ...(command.arguments ? [`${heads.arguments}${code(command.arguments)}`] : []),
        ...(command.options.length > 0
          ? [
              table(
                heads.columns,
                command.options.map(({ flags, about, default: value }) => [
                  code(flags),
                  about[language],
                  value === undefined ? '' : code(String(value)),
                ]),
              ),
            ]
          : []),
      ].join('\n\n'),
    ),
  );
}

function settingsPage(): string {
  return page(
    '# Settings of a study',
    made('src/cli/settings.ts'),
    'In `xianjian.yaml` of the study’s folder or one above it, or as a variable. A flag goes before a variable, a variable before the file. `xianjian config` shows each value with its origin.',
    table(
      ['setting', 'variable', 'means'],
      settingNames.map((name) => [code(name), code(variableOf(name)), aboutSetting(name).en]),
    ),
  );
}

function codebookPart(codebook: Codebook): string {
  return [
    `## ${codebook.id}: ${codebook.zh} (${codebook.en})`,
    `### Indicators (${codebook.indicators.length})`,
    table(
      ['id', 'name', 'what it measures', 'dimension', 'unit', 'stages'],
      codebook.indicators.map((each) => [
        code(each.id),
        `${each.zh} · ${each.en}`,
        each.definition,
        [each.dimension].flat().join(', '),
        each.unit,
        each.stages.join(', '),
      ]),
    ),
    `### Practices (${codebook.practices.length})`,
    table(
      ['id', 'name', 'what it is'],
      codebook.practices.map((each) => [code(each.id), `${each.zh} · ${each.en}`, each.definition]),
    ),
    `### Standards (${codebook.standards.length})`,
    table(
      ['indicator', 'stage', 'threshold', 'applies to', 'document', 'how sure'],
      codebook.standards.map((each) => [
        code(each.indicator),
        each.stage,
        `${each.operator} ${each.value} ${each.unit}`,
        each.appliesTo,
        [each.document, each.number].filter(Boolean).join(' '),
        each.certainty,
      ]),
    ),
  ].join('\n\n');
}

const codebookPage = (): string =>
  page(
    '# Codebooks that ship with xianjian',
    made('extractors/codebooks'),
    'A codebook of your own is a YAML file of the same form: `xianjian codebook --codebook mine.yaml --check` names each fault with its line.',
    ...shippedCodebooks.map((id) => codebookPart(loadCodebook(id))),
  );

const schemaHeads = {
  en: {
    title: '# Tables of a corpus',
    about:
      'The same in SQLite and PostgreSQL. Times are ISO 8601 in UTC, except those that end in `_at_ms`: milliseconds since 1970.',
    views: '## Views, for questions',
    tables: '## Tables',
    columns: ['column', 'holds'],
  },
  zh: {
    title: '# 语料库的表',
    about: 'SQLite 和 PostgreSQL 相同。时间为 ISO 8601、UTC；以 `_at_ms` 结尾的为 1970 年以来的毫秒数。',
    views: '## 视图，供查询',
    tables: '## 表',
    columns: ['字段', '含义'],
  },
};

function schemaPage(language: Language): string {
  const heads = schemaHeads[language];
  const catalogue = (entries: Record<string, { about: string; columns: Record<string, string> }>): string[] =>
    Object.entries(entries).map(([name, { about, columns }]) =>
      [
        `### ${name}`,
        sentenceIn(about, language),
        table(
          heads.columns,
          Object.entries(columns).map(([column, words]) => [code(column), sentenceIn(words, language)]),
        ),
      ].join('\n\n'),
    );
  return page(
    heads.title,
    made('db/schema.ts'),
    heads.about,
    heads.views,
    ...catalogue(views),
    heads.tables,
    ...catalogue(tables),
  );
}

interface Described {
  paths: Record<string, Record<string, { summary?: string; parameters?: { name: string; description?: string }[] }>>;
}

function apiPage(): string {
  const about = { openapi: '3.1.0', info: { title: 'xianjian', version: '1' } };
  const { paths } = api.getOpenAPI31Document(about) as unknown as Described;
  return page(
    '# HTTP API',
    made('src/web/api'),
    '`xianjian serve` answers at `/api/v1`; `/api/v1/openapi.json` is its description (OpenAPI 3.1). Answers are `{ data, meta }` or `{ error: { code, message, hint } }`. Every table is also a file: `/api/v1/figures.csv`, `.jsonl`, `.xlsx`, `.parquet`.',
    ...Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { summary = '', parameters = [] }]) =>
        [
          `## ${method.toUpperCase()} ${path}`,
          summary,
          ...(parameters.length > 0
            ? [
                table(
                  ['parameter', 'means'],
                  parameters.map(({ name, description = '' }) => [code(name), description]),
                ),
              ]
            : []),
        ].join('\n\n'),
      ),
    ),
  );
}

/** All pages by file name. */
export const referencePages = (): Record<string, string> => ({
  'commands.md': commandsPage('en'),
  'commands.zh.md': commandsPage('zh'),
  'settings.md': settingsPage(),
  'codebook.md': codebookPage(),
  'schema.md': schemaPage('en'),
  'schema.zh.md': schemaPage('zh'),
  'api.md': apiPage(),
});
