// The data page: what can be asked (indicators, practices, standards), how the corpus is built, reading it by SQL, and its files.
import { isPostgres } from '../../../db/open.js';
import { views as schemaViews, tables } from '../../../db/schema.js';
import { sentenceIn } from '../../../db/schema-zh.js';
import { stageWords } from '../../compare/wording.js';
import { UsageError } from '../../model/errors.js';
import { pathWith } from '../address.js';
import { tableSources } from '../api/sources.js';
import type { WebContext } from '../context.js';
import { page } from '../layout.js';
import { recordAssets, Scroll, Tabs } from './parts.js';
import { runSql, sqlLimits } from './sql.js';
import { pageWords } from './words.js';

const views = ['indicators', 'practices', 'standards', 'schema', 'sql', 'export'] as const;

/** Answers `/data`. */
export async function dataPage(c: WebContext): Promise<Response> {
  const words = pageWords[c.var.language].data;
  const view = views.find((each) => each === c.req.query('view')) ?? 'indicators';
  const contents = {
    indicators: () => <Indicators c={c} />,
    practices: () => <Practices c={c} />,
    standards: () => <Standards c={c} />,
    schema: () => <Schema c={c} />,
    sql: () => sqlOf(c),
    export: () => <Exports c={c} />,
  };
  return page(
    c,
    { title: `${words.title}：${words.views[view]}`, section: 'data', ...recordAssets },
    <>
      <h1>{words.title}</h1>
      <Tabs
        label={words.title}
        tabs={views.map((each) => ({
          href: pathWith('/data', { view: each }),
          name: words.views[each],
          isHere: each === view,
        }))}
      />
      <h2 class="hidden">{words.views[view]}</h2>
      {await contents[view]()}
    </>,
  );
}

const signs = { '>=': '≥', '<=': '≤', '=': '=', '>': '>', '<': '<' } as const;

/** A base unit as people write it; a plain number has none. */
const unitWords: Record<string, string> = { CNY: '元', m2: '平方米', m: '米', '1': '' };
const unitOf = (unit: string): string => unitWords[unit] ?? unit;

function Head({ names }: { names: readonly string[] }) {
  return (
    <thead>
      <tr>
        {names.map((name) => (
          <th scope="col">{name}</th>
        ))}
      </tr>
    </thead>
  );
}

function Indicators({ c }: { c: WebContext }) {
  const { codebook, language } = c.var;
  const words = pageWords[language].data;
  return (
    <Scroll label={words.views.indicators}>
      <table>
        <Head names={[words.name, words.definition, words.unit, words.stages]} />
        <tbody>
          {codebook.indicators.map(({ id, zh, en, definition, unit, stages }) => (
            <tr id={id}>
              <th scope="row">
                <a href={pathWith('/compare', { indicator: id })}>{language === 'zh' ? zh : en}</a>
                <small class="below">
                  {language === 'zh' ? en : zh} <code>{id}</code>
                </small>
              </th>
              <td lang="zh-CN">{definition}</td>
              <td>{unitOf(unit)}</td>
              <td>{stages.map((stage) => stageWords[language][stage] || pageWords[language].all).join('、')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Practices({ c }: { c: WebContext }) {
  const { codebook, language } = c.var;
  const words = pageWords[language].data;
  return (
    <Scroll label={words.views.practices}>
      <table>
        <Head names={[words.name, words.theme, words.definition]} />
        <tbody>
          {codebook.practices.map(({ id, zh, en, theme, definition }) => (
            <tr>
              <th scope="row">
                <a href={pathWith('/search', { q: zh })}>{language === 'zh' ? zh : en}</a>
                <small class="below">
                  {language === 'zh' ? en : zh} <code>{id}</code>
                </small>
              </th>
              <td>{theme}</td>
              <td lang="zh-CN">{definition}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Standards({ c }: { c: WebContext }) {
  const { codebook, language } = c.var;
  const words = pageWords[language];
  const names = new Map(codebook.indicators.map((indicator) => [indicator.id, indicator[language]]));
  const head = [
    words.indicator,
    words.stage,
    words.data.threshold,
    words.data.applies,
    words.data.document,
    words.data.force,
    words.data.certainty,
  ];
  return (
    <Scroll label={words.data.views.standards}>
      <table>
        <Head names={head} />
        <tbody>
          {codebook.standards.map((standard) => (
            <tr>
              <th scope="row">{names.get(standard.indicator) ?? standard.indicator}</th>
              <td>{stageWords[language][standard.stage]}</td>
              <td class="nowrap">
                {signs[standard.operator]} {standard.value} {unitOf(standard.unit)}
              </td>
              <td>{standard.appliesTo === 'school' ? words.data.school : words.data.countyUnit}</td>
              <td>
                {standard.document} <small class="below">{standard.number}</small>
              </td>
              <td class="nowrap">
                {standard.from}
                {standard.to !== undefined && `–${standard.to}`}
              </td>
              <td>{words.data.certainties[standard.certainty]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Schema({ c }: { c: WebContext }) {
  const words = pageWords[c.var.language].data;
  const groups = [
    [words.viewTitle, schemaViews],
    [words.tables, tables],
  ] as const;
  return (
    <>
      <p>{words.schemaAbout}</p>
      {groups.map(([title, group]) => (
        <>
          <h3>{title}</h3>
          {Object.entries(group).map(([name, { about, columns }]) => (
            <details open={name.startsWith('v_')}>
              <summary>
                <code>{name}</code> {sentenceIn(about, c.var.language)}
              </summary>
              <Scroll label={name} narrow>
                <table>
                  <Head names={[words.column, words.about]} />
                  <tbody>
                    {Object.entries(columns).map(([column, meaning]) => (
                      <tr>
                        <th scope="row">
                          <code>{column}</code>
                        </th>
                        <td>{sentenceIn(meaning as string, c.var.language)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
            </details>
          ))}
        </>
      ))}
    </>
  );
}

const firstStatement =
  'select place_name, indicator, count(*) as figures\nfrom v_figures\ngroup by place_name, indicator\norder by figures desc\nlimit 20';

async function sqlOf(c: WebContext) {
  const words = pageWords[c.var.language].data;
  if (isPostgres(c.var.corpus.address)) return <p class="notice">{words.postgres}</p>;
  const asked = c.req.query('sql');
  const seconds = String(sqlLimits.milliseconds / 1000);
  return (
    <>
      <form class="statement" action="/data">
        <input type="hidden" name="view" value="sql" />
        <label>
          {words.statement}
          <textarea name="sql" rows={6} spellcheck={false}>
            {asked ?? firstStatement}
          </textarea>
        </label>
        <p class="soft">{words.sqlAbout(seconds, String(sqlLimits.rows))}</p>
        <button type="submit" class="chief">
          {words.run}
        </button>
      </form>
      {asked !== undefined && asked.trim() !== '' && (await rowsOf(c, asked, seconds))}
    </>
  );
}

async function rowsOf(c: WebContext, sql: string, seconds: string) {
  const words = pageWords[c.var.language].data;
  const answer = await runSql(c.var.corpus.address, sql).catch((error: unknown) => {
    if (error instanceof UsageError) return error;
    throw error;
  });
  if (answer === null)
    return (
      <p class="notice fault" role="alert">
        {words.slow(seconds)}
      </p>
    );
  if (answer instanceof UsageError)
    return (
      <div class="notice fault" role="alert">
        <p>
          <b>{words.refused}</b>
        </p>
        <p lang="en">
          {answer.message} {answer.cure}
        </p>
      </div>
    );
  const most = 150_000;
  let size = 0;
  const rows = answer.rows.filter((row) => {
    size += row.join('').length * 2 + row.length * 12;
    return size < most;
  });
  return (
    <>
      <p role="status">
        {words.rows(String(rows.length))}
        {(answer.more || rows.length < answer.rows.length) && ` · ${words.more}`}
      </p>
      <Scroll label={words.rows(String(rows.length))}>
        <table>
          <Head names={answer.columns} />
          <tbody>
            {rows.map((row) => (
              <tr>
                {row.map((value) => (
                  <td class={typeof value === 'number' ? 'number' : undefined}>
                    {value === null ? '∅' : String(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

const formats = ['xlsx', 'csv', 'json', 'jsonl', 'parquet'] as const;

function Exports({ c }: { c: WebContext }) {
  const { language } = c.var;
  const words = pageWords[language].data;
  const { origin } = new URL(c.req.url);
  const base = `${origin}/api/v1`;
  const snippets: [name: string, text: string][] = [
    ['pandas', `import pandas as pd\nfigures = pd.read_parquet("${base}/figures.parquet")`],
    [
      'R',
      `library(readr)\nfigures <- read_csv("${base}/figures.csv",\n  col_types = cols(county_code = col_character()))`,
    ],
    [
      'DuckDB',
      `install httpfs; load httpfs;\nselect county, count(*) from read_parquet('${base}/figures.parquet') group by all;`,
    ],
    ['Excel', `= Excel.Workbook(Web.Contents("${base}/compare.xlsx"), true)`],
  ];
  return (
    <>
      <p>
        {words.exportAbout} <a href="/api">{words.reference}</a> · <a href="/api/v1/openapi.json">OpenAPI 3.1</a>
      </p>
      <Scroll label={words.formats} narrow>
        <table>
          <Head names={[words.table, words.about, words.formats]} />
          <tbody>
            {tableSources
              .filter(({ name }) => !['find', 'changes'].includes(name))
              .map(({ name, summary }) => (
                <tr>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  <td lang={words.tablesAbout[name] ? undefined : 'en'}>{words.tablesAbout[name] ?? summary}</td>
                  <td class="nowrap">
                    <span class="links">
                      {formats.map((format) => (
                        <a href={`/api/v1/${name}.${format}`}>{format}</a>
                      ))}
                    </span>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </Scroll>
      <h2>{words.snippets}</h2>
      {snippets.map(([name, text]) => (
        <>
          <h3>{name}</h3>
          <pre tabindex={0}>{text}</pre>
        </>
      ))}
    </>
  );
}
