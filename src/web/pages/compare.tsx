// The compare page: numbers, practices and charts of the same question. Counties and rows are paged, so that a thousand counties stay
// readable and no page grows beyond its bounds.
import { shownFigure } from '../../compare/cells.js';
import { missingWords, stageWords } from '../../compare/wording.js';
import { type County, compare, comparePractices, type NamedComparison, type PracticeMatrix } from '../../corpus.js';
import { practiceStatusCategories } from '../../export/words.js';
import type { CompareQuery } from '../../model/cell.js';
import { addressWith, pathWith } from '../address.js';
import { ChartsView, chartKindOf, mostCounties } from '../charts/index.js';
import { compareQueryOf } from '../compare-query.js';
import type { WebContext } from '../context.js';
import { page } from '../layout.js';
import { ValueCell } from './cell.js';
import {
  Conditions,
  conditions,
  Downloads,
  Filters,
  NothingFits,
  Pager,
  recordAssets,
  Scroll,
  Tabs,
  wholeIn,
} from './parts.js';
import { countiesAsked, indicatorsTold, type Part, partOf } from './window.js';
import { pageWords } from './words.js';

const views = ['numbers', 'practices', 'charts'] as const;

/** Counties beside each other, rows below each other: at most 12 × 40 cells. */
const columnsShown = 12;
const rowsShown = 40;
/** Of more counties than a few the indicators of a page, whose figures alone are read. */
const indicatorsShown = 15;
const fewCounties = 4;
/** Counties by which a page that found nothing learns which condition to drop. */
const countiesProbed = 6;
/** Counties times indicators of a page of charts. */
const chartedCells = 120;

/** Answers `/compare`. */
export async function comparePage(c: WebContext): Promise<Response> {
  const words = pageWords[c.var.language].compare;
  const view = views.find((each) => each === c.req.query('view')) ?? 'numbers';
  const content = await (view === 'numbers' ? numbersOf(c) : view === 'practices' ? practicesOf(c) : chartsOf(c));
  return page(
    c,
    { title: words.title, section: 'compare', isWide: true, ...recordAssets },
    <>
      <h1>{words.title}</h1>
      <Filters c={c} kept={['view', 'chart', 'all']} narrow={view === 'practices'} />
      <Conditions c={c} />
      <Tabs
        label={words.title}
        tabs={views.map((each) => ({
          href: addressWith(c.req.url, {
            view: each === 'numbers' ? null : each,
            from: null,
            row: null,
            chart: null,
            chartpage: null,
            first: null,
          }),
          name: words.views[each],
          isHere: each === view,
        }))}
      />
      {content}
    </>,
  );
}

interface Counties extends Part {
  documentsOf: ReadonlyMap<string, number>;
}

/** The counties asked, a page of them. */
async function countiesOf(c: WebContext, query: CompareQuery, step: number): Promise<Counties> {
  const part = partOf(await countiesAsked(c.var.corpus, query), wholeIn(c, 'from'), step);
  const readings = await c.var.corpus.readings(part.shown);
  return { ...part, documentsOf: new Map(readings.map(({ place, documents }) => [place, documents])) };
}

/** Rows of the matrix that a page shows, of the figures that it needs. */
interface Shown {
  comparison: NamedComparison;
  rows: number[];
  /** Rows that no county here tells. */
  hidden: number;
  /** What is paged: indicators, or where a condition decides what has a value, rows. */
  at: number;
  step: number;
  all: number;
}

async function shownOf(c: WebContext, query: CompareQuery, counties: string[]): Promise<Shown> {
  const { corpus, codebook } = c.var;
  const isFull = c.req.query('all') === '1';
  const isDecided = query.period !== undefined || query.stages !== undefined || query.statuses !== undefined;
  const told = await indicatorsTold(corpus, query, counties, codebook);
  const isWhole = isDecided || counties.length <= fewCounties || told.length <= indicatorsShown;
  const part = partOf(told, isWhole ? 0 : wholeIn(c, 'row'), isWhole ? told.length : indicatorsShown);
  const comparison = await compare(corpus, { ...query, counties, indicators: part.shown }, codebook);
  const every = comparison.rows.map((_, row) => row);
  const filled = every.filter((row) => comparison.cells[row]!.some(hasSomething));
  const rows = isFull ? every : filled;
  const hidden = every.length - filled.length;
  if (!isWhole) return { comparison, rows, hidden, at: part.at, step: indicatorsShown, all: part.all };
  const at = Math.min(wholeIn(c, 'row'), Math.max(0, rows.length - 1));
  return { comparison, rows: rows.slice(at, at + rowsShown), hidden, at, step: rowsShown, all: rows.length };
}

async function numbersOf(c: WebContext) {
  const words = pageWords[c.var.language];
  const query = compareQueryOf(c);
  const counties = await countiesOf(c, query, columnsShown);
  const { comparison, rows, hidden, at, step, all } = await shownOf(c, query, counties.shown);
  const isFull = c.req.query('all') === '1';
  const isEmpty = rows.every((row) => !comparison.cells[row]!.some(hasSomething));
  return (
    <>
      {isEmpty && (
        <NothingFits c={c} helpful={await helpfulOf(c, query, counties)} isPart={counties.all > columnsShown} />
      )}
      <div class="bar">
        <Pager c={c} name="from" at={counties.at} step={columnsShown} all={counties.all} what={words.counties} />
        <Pager
          c={c}
          name="row"
          at={at}
          step={step}
          all={all}
          what={step === rowsShown ? words.rows : words.indicators}
        />
        {hidden > 0 && (
          <span class="soft noprint">
            {!isFull && words.compare.rowsHidden(String(hidden))}{' '}
            <a href={addressWith(c.req.url, { all: isFull ? null : 1, row: null })}>
              {isFull ? words.compare.hide : words.compare.showAll}
            </a>
          </span>
        )}
        <span class="end">
          <Downloads c={c} table="compare" />
        </span>
      </div>
      <Matrix c={c} comparison={comparison} rows={rows} documentsOf={counties.documentsOf} />
      <p class="soft noprint keys-hint">{words.compare.keys}</p>
    </>
  );
}

const hasSomething = (cell: Parameters<typeof shownFigure>[0]): boolean =>
  shownFigure(cell) !== null || cell.missing === 'rejected';

/** Conditions without which there is a value, as far as a few counties tell. */
async function helpfulOf(c: WebContext, query: CompareQuery, counties: Counties) {
  const { corpus, codebook } = c.var;
  const helpful: (typeof conditions)[number][0][] = [];
  for (const [name, key] of conditions) {
    if (query[key] === undefined) continue;
    const { [key]: _dropped, ...wider } = query;
    const probed = (key === 'counties' ? await countiesAsked(corpus, wider) : counties.shown).slice(0, countiesProbed);
    const found = await compare(corpus, { ...wider, counties: probed }, codebook);
    if (found.cells.some((row) => row.some((cell) => shownFigure(cell) !== null))) helpful.push(name);
  }
  return helpful;
}

function Matrix({
  c,
  comparison,
  rows,
  documentsOf,
}: {
  c: WebContext;
  comparison: NamedComparison;
  rows: readonly number[];
  documentsOf: ReadonlyMap<string, number>;
}) {
  const { language } = c.var;
  const words = pageWords[language];
  return (
    <Scroll label={words.compare.views.numbers}>
      <table class="matrix" data-cells>
        <caption>{words.compare.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.indicator}</th>
            <CountyHeads counties={comparison.columns} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { indicator: id, stage } = comparison.rows[row]!;
            const indicator = comparison.indicators.get(id);
            const cells = comparison.cells[row]!;
            const told = cells.filter(({ chosen }) => chosen).length;
            return (
              <tr>
                <th scope="row">
                  <a href={pathWith('/compare', { indicator: id, view: 'charts' })} title={indicator?.definition}>
                    {indicator?.[language] ?? id}
                  </a>
                  <small>
                    {stageWords[language][stage]}
                    <span title={words.compare.told(String(told), String(cells.length))}>
                      {' '}
                      {told}/{cells.length}
                    </span>
                  </small>
                </th>
                {cells.map((cell, column) => (
                  <ValueCell
                    c={c}
                    cell={cell}
                    standings={comparison.standings[row]![column]!}
                    indicator={indicator}
                    documents={documentsOf.get(cell.place) ?? 0}
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

async function practicesOf(c: WebContext) {
  const { corpus, codebook, language } = c.var;
  const words = pageWords[language];
  const query = compareQueryOf(c);
  const counties = await countiesOf(c, query, columnsShown);
  const matrix = await comparePractices(corpus, { counties: counties.shown }, codebook);
  return (
    <>
      <div class="bar">
        <Pager c={c} name="from" at={counties.at} step={columnsShown} all={counties.all} what={words.counties} />
        <span class="end">
          <Downloads c={c} table="practices" />
        </span>
      </div>
      {matrix.rows.length === 0 && (
        <p class="notice" role="status">
          {words.compare.noPractices}
        </p>
      )}
      <PracticeTable c={c} matrix={matrix} documentsOf={counties.documentsOf} />
      <p class="soft noprint keys-hint">{words.compare.keys}</p>
    </>
  );
}

/** The heads of columns that are counties: name and code, leading to the county's page. */
function CountyHeads({ counties }: { counties: readonly County[] }) {
  return (
    <>
      {counties.map(({ code, name }) => (
        <th scope="col">
          <a href={`/c/${code}`}>{name}</a>
          {name !== code && <small>{code}</small>}
        </th>
      ))}
    </>
  );
}

const statusWord = (c: WebContext, status: string): string =>
  practiceStatusCategories.find(({ value }) => value === status)?.[c.var.language] ?? status;

function PracticeTable({
  c,
  matrix,
  documentsOf,
}: {
  c: WebContext;
  matrix: PracticeMatrix;
  documentsOf: ReadonlyMap<string, number>;
}) {
  const { language } = c.var;
  const words = pageWords[language];
  return (
    <Scroll label={words.practices}>
      <table class="matrix" data-cells>
        <caption>{words.compare.practiceCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.practices}</th>
            <CountyHeads counties={matrix.columns} />
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map((entry, row) => (
            <tr>
              <th scope="row">
                <span title={entry.definition}>{entry[language]}</span>
              </th>
              {matrix.cells[row]!.map((cell, column) => {
                const code = matrix.columns[column]!.code;
                const isRead = (documentsOf.get(code) ?? 0) > 0;
                if (!cell)
                  return (
                    <td class="cell none">
                      <a href={isRead ? pathWith('/search', { q: entry.zh, county: code }) : '/status'}>
                        {missingWords[language][isRead ? 'not_mentioned' : 'not_crawled']}
                      </a>
                    </td>
                  );
                const [chief] = cell.reports;
                return (
                  <td class="cell">
                    <a href={`/record/${chief!.id}`} data-record={chief!.id} title={chief!.sentence.slice(0, 120)}>
                      {statusWord(c, cell.status)}
                    </a>
                    <small>
                      {cell.first?.slice(0, 4)} {words.compare.practiceDocs(String(cell.documents))}
                    </small>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

async function chartsOf(c: WebContext) {
  const { corpus, codebook, language } = c.var;
  const words = pageWords[language];
  const query = compareQueryOf(c);
  const isPractices = chartKindOf(c) === 'practices';
  const most = isPractices ? columnsShown : mostCounties;
  const counties = partOf(await countiesAsked(corpus, query), wholeIn(c, 'from'), most);
  const window = { from: counties.at, step: most, all: counties.all };
  const title = <h2 class="hidden">{words.compare.views.charts}</h2>;
  if (isPractices) {
    const matrix = await comparePractices(corpus, { counties: counties.shown }, codebook);
    return (
      <>
        {title}
        <ChartsView c={c} comparison={null} matrix={matrix} window={window} />
      </>
    );
  }
  const step = Math.max(1, Math.floor(chartedCells / Math.max(1, counties.shown.length)));
  const told = partOf(await indicatorsTold(corpus, query, counties.shown, codebook), wholeIn(c, 'first'), step);
  const question = { ...query, counties: counties.shown, indicators: told.shown };
  const comparison = await compare(corpus, question, codebook);
  return (
    <>
      {title}
      <Pager
        c={c}
        name="first"
        at={told.at}
        step={step}
        all={told.all}
        what={words.indicators}
        resets={['chartpage']}
      />
      <ChartsView c={c} comparison={comparison} matrix={null} window={window} />
    </>
  );
}
