// The charts of a comparison as the compare page shows them: kinds as tabs, charts a page at a time, a table and downloads under each.
import type { Child } from 'hono/jsx';
import {
  type ChartRow,
  chartRows,
  DotStrip,
  type DrawOptions,
  Multiple,
  PracticeHeat,
  TimeSeries,
} from '../../charts/index.js';
import type { NamedComparison, PracticeMatrix } from '../../corpus.js';
import { addressWith } from '../address.js';
import type { WebContext } from '../context.js';
import { heatTable } from './heat.js';
import { HeatWords, MultiplesTable, SeriesTable, StripTable } from './tables.js';
import { chartWords } from './words.js';

export const chartKinds = ['strip', 'multiples', 'series', 'practices'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** Charts on a page, by kind, of practices its rows; counties in a chart; and lines in all charts of a page, so that no page grows beyond 200 KB. */
const onPage: Record<ChartKind, number> = { strip: 12, multiples: 30, series: 12, practices: 60 };
const linesOnPage: Record<ChartKind, number> = { strip: 110, multiples: 320, series: 100, practices: 180 };
export const mostCounties = 30;

const chartsOnPage = (kind: ChartKind, counties: number): number =>
  Math.min(onPage[kind], Math.max(1, Math.floor(linesOnPage[kind] / Math.min(mostCounties, Math.max(1, counties)))));

export interface ChartsProps {
  c: WebContext;
  /** What the kind of the address draws: practices the matrix, the others the comparison. */
  comparison: NamedComparison | null;
  matrix: PracticeMatrix | null;
  /** These counties are a part of more, from this one on. Default: they are all. */
  window?: { from: number; step: number; all: number };
}

/** The kind of chart that an address asks for. */
export const chartKindOf = (c: WebContext): ChartKind =>
  chartKinds.find((each) => each === c.req.query('chart')) ?? 'strip';

/** Which charts and counties the address asks for: `chart`, `chartpage` and `from`, counted from 0. */
export function positionOf(c: WebContext): { kind: ChartKind; page: number; from: number } {
  const whole = (name: string): number => Math.max(0, Math.floor(Number(c.req.query(name))) || 0);
  return { kind: chartKindOf(c), page: whole('chartpage'), from: whole('from') };
}

/** Rows that a kind can draw, those that compare something first: over time only those told for several years. */
export const rowsFor = (kind: ChartKind, rows: readonly ChartRow[]): readonly ChartRow[] =>
  kind === 'series'
    ? rows.filter(({ years }) => years.all > 1).sort((a, b) => b.years.most - a.years.most)
    : [...rows].sort((a, b) => Number(b.drawn > 1) - Number(a.drawn > 1));

/** All of it. The page around it gives the filters; it needs charts.css. */
export function ChartsView(props: ChartsProps) {
  const { c, comparison, matrix } = props;
  const words = chartWords[c.var.language];
  const { kind } = positionOf(c);
  const counties = props.window?.all ?? (comparison ?? matrix)?.columns.length ?? 0;
  const from = props.window?.from ?? positionOf(c).from;
  const shown = props.window?.step ?? mostCounties;
  return (
    <div class="charts">
      <nav class="tabs" aria-label={words.source}>
        {chartKinds.map((each) => (
          <a
            href={addressWith(c.req.url, { chart: each, chartpage: null, from: null, first: null })}
            aria-current={each === kind ? 'page' : undefined}
          >
            {words.kinds[each]}
          </a>
        ))}
      </nav>
      <p class="soft">
        {words.about[kind]} {kind === 'practices' ? '' : words.status}{' '}
        {kind === 'strip' || kind === 'multiples' ? words.key : ''}
      </p>
      {counties > shown && <Pager c={c} name="from" at={from} step={shown} all={counties} say={words.countiesShown} />}
      {kind === 'practices'
        ? matrix && <Practices {...props} matrix={matrix} />
        : comparison && <Rows {...props} comparison={comparison} />}
    </div>
  );
}

function Pager({
  c,
  name,
  at,
  step,
  all,
  say,
}: {
  c: WebContext;
  name: 'from' | 'chartpage';
  at: number;
  step: number;
  all: number;
  say: (from: string, to: string, all: string) => string;
}) {
  const words = chartWords[c.var.language];
  const value = (first: number): number => (name === 'from' ? first : Math.floor(first / step));
  return (
    <p class="links noprint">
      <span>{say(String(Math.min(at + 1, all)), String(Math.min(at + step, all)), String(all))}</span>
      {at > 0 && (
        <a href={addressWith(c.req.url, { [name]: value(Math.max(0, at - step)) || null })}>{words.previous}</a>
      )}
      {at + step < all && <a href={addressWith(c.req.url, { [name]: value(at + step) })}>{words.next}</a>}
    </p>
  );
}

/** Index of the first county to draw among those given. */
const beginOf = ({ c, window }: ChartsProps): number => (window ? 0 : positionOf(c).from);

const optionsOf = (props: ChartsProps): DrawOptions => ({
  language: props.c.var.language,
  base: '',
  window: { from: beginOf(props), count: mostCounties },
});

/** What is drawn, its downloads and its table. */
function Chart({
  c,
  title,
  note,
  file,
  drawing,
  table,
  isOpen,
  indicators,
}: {
  c: WebContext;
  title: string;
  note: string;
  file: string;
  drawing: Child;
  table: Child;
  isOpen: boolean;
  /** Those that the file draws; default all that the address asks for. */
  indicators?: readonly string[];
}) {
  const words = chartWords[c.var.language];
  const lang = c.var.language;
  const address = (ending: string): string =>
    addressWith(c.req.url, {
      ...{ chart: null, chartpage: null, view: null, tab: null, first: null, row: null, all: null, lang },
      ...(indicators ? { indicator: indicators.join(',') } : {}),
    }).replace(/^[^?]*/, `/charts/${file}.${ending}`);
  const withRow = (ending: string): string =>
    `${address(ending)}${file === 'strip' || file === 'series' ? `&row=${encodeURIComponent(note)}` : ''}`;
  return (
    <figure class={`chart-box ${file}`}>
      <figcaption>
        <h3>{title}</h3>
        <span class="links noprint">
          <a href={withRow('svg')}>SVG</a>
          <a href={withRow('png')}>PNG</a>
        </span>
      </figcaption>
      <section class="drawing" tabindex={0} aria-label={title}>
        {drawing}
      </section>
      <details open={isOpen}>
        <summary>{words.table}</summary>
        <section class="scroll" tabindex={0} aria-label={`${words.table} ${title}`}>
          {table}
        </section>
      </details>
    </figure>
  );
}

function Rows(props: ChartsProps & { comparison: NamedComparison }) {
  const { c, comparison } = props;
  const { language } = c.var;
  const words = chartWords[language];
  const { kind, page } = positionOf(c);
  const from = beginOf(props);
  const all = rowsFor(kind, chartRows(comparison, language));
  const options = optionsOf(props);
  const step = chartsOnPage(kind, comparison.columns.length);
  const rows = all.slice(page * step, (page + 1) * step);
  const pager = all.length > step && (
    <Pager c={c} name="chartpage" at={page * step} step={step} all={all.length} say={words.chartsShown} />
  );
  if (rows.length === 0) return <p class="notice">{kind === 'series' ? words.noSeries : words.none}</p>;
  const window = (counties: ChartRow['counties']) => counties.slice(from, from + mostCounties);
  if (kind === 'multiples')
    return (
      <>
        {pager}
        <Chart
          c={c}
          title={words.kinds.multiples}
          note=""
          file="multiples"
          drawing={
            <div class="panels">
              {rows.map((row) => (
                <Multiple row={row} options={options} />
              ))}
            </div>
          }
          table={<MultiplesTable rows={rows} window={window} />}
          indicators={[...new Set(rows.map(({ key }) => key.split('.')[0]!))]}
          isOpen={false}
        />
      </>
    );
  return (
    <>
      {pager}
      <div class="chart-grid">
        {rows.map((row) => (
          <Chart
            c={c}
            title={row.title}
            note={row.key}
            file={kind}
            drawing={
              kind === 'series' ? <TimeSeries row={row} options={options} /> : <DotStrip row={row} options={options} />
            }
            table={
              kind === 'series' ? (
                <SeriesTable row={row} counties={window(row.counties)} words={words} />
              ) : (
                <StripTable row={row} counties={window(row.counties)} words={words} />
              )
            }
            isOpen={rows.length <= 3}
          />
        ))}
      </div>
      {pager}
    </>
  );
}

function Practices(props: ChartsProps & { matrix: PracticeMatrix }) {
  const { c, matrix } = props;
  const { language } = c.var;
  const words = chartWords[language];
  const whole = heatTable(matrix, language);
  if (whole.rows.length === 0) return <p class="notice">{words.noPractices}</p>;
  const { page } = positionOf(c);
  const step = chartsOnPage('practices', matrix.columns.length);
  const table = { ...whole, rows: whole.rows.slice(page * step, (page + 1) * step) };
  return (
    <>
      {whole.rows.length > step && (
        <Pager c={c} name="chartpage" at={page * step} step={step} all={whole.rows.length} say={words.practicesShown} />
      )}
      <Chart
        c={c}
        title={table.title}
        note=""
        file="practices"
        drawing={<PracticeHeat table={table} options={optionsOf(props)} />}
        table={<HeatWords table={table} from={beginOf(props)} count={mostCounties} />}
        isOpen={false}
      />
    </>
  );
}
