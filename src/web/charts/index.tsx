// Charts. For the compare page (builder "pages"): `<ChartsView c={c} comparison={…} matrix={…} />` with the results of `compare` and
// `comparePractices` for the query of the address, in a page whose styles name 'charts.css' (and evidence.css, evidence.js for the
// drawer). It reads `chart`, `chartpage` and `from` of the address itself. Each mark has data-record with the id of its record.
// Here too: /charts/<kind>.svg and .png, the same drawings as files with title, source and date.
import { Hono } from 'hono';
import {
  type Caption,
  type ChartRow,
  chartRows,
  DotStrip,
  type DrawOptions,
  PracticeHeat,
  SmallMultiples,
  TimeSeries,
} from '../../charts/index.js';
import { compare, comparePractices } from '../../corpus.js';
import type { CompareQuery } from '../../model/cell.js';
import { harmless } from '../../model/harmless.js';
import { compareQueryOf } from '../compare-query.js';
import type { WebContext, WebEnv } from '../context.js';
import { page } from '../layout.js';
import { countiesAsked } from '../pages/window.js';
import { heatTable } from './heat.js';
import { pngOf } from './png.js';
import { type ChartKind, chartKinds, mostCounties, positionOf, rowsFor } from './view.js';
import { chartWords } from './words.js';

export { ChartsView, chartKindOf, mostCounties } from './view.js';

/** A drawing as text, with its title. */
interface Drawing {
  svg: string;
  title: string;
}

export const charts = new Hono<WebEnv>();

charts.get('/charts/:name{(?:strip|multiples|series|practices)\\.(?:svg|png)}', async (c) => {
  const [name, ending] = c.req.param('name').split('.') as [ChartKind, 'svg' | 'png'];
  const drawing = await drawingOf(c, chartKinds.find((kind) => kind === name)!);
  const words = chartWords[c.var.language];
  if (!drawing) return trouble(c, 404, words.noChart, words.noChartCure);
  const body = ending === 'svg' ? new TextEncoder().encode(drawing.svg) : await pngOf(drawing.svg);
  if (!body) return trouble(c, 503, words.noBrowser, words.noBrowserCure);
  c.header('Content-Type', ending === 'svg' ? 'image/svg+xml; charset=utf-8' : 'image/png');
  c.header(
    'Content-Disposition',
    `attachment; filename="${name}.${ending}"; filename*=UTF-8''${fileName(drawing.title)}.${ending}`,
  );
  return c.body(body);
});

/** A title as the name of a file, in the form of RFC 8187. */
const fileName = (title: string): string =>
  encodeURIComponent(title.replace(/[\\/:*?"<>|\u0000-\u001f]/g, ' ').slice(0, 80)).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const trouble = (c: WebContext, status: 404 | 503, title: string, cure: string) =>
  page(
    c,
    { title, status },
    <div class="trouble">
      <h1>{title}</h1>
      <p class="lead">{cure}</p>
    </div>,
  );

/** The drawing that the address asks for; null where there is nothing to draw. Of many counties those that the page shows, and says so. */
async function drawingOf(c: WebContext, kind: ChartKind): Promise<Drawing | null> {
  const { corpus, codebook, language } = c.var;
  const { from } = positionOf(c);
  const query = compareQueryOf(c);
  const all = await countiesAsked(corpus, query);
  const counties = all.slice(from, from + mostCounties);
  const words = chartWords[language];
  const cut =
    all.length > counties.length
      ? [words.countiesShown(String(from + 1), String(from + counties.length), String(all.length))]
      : [];
  if (kind === 'practices') {
    const table = heatTable(await comparePractices(corpus, { counties }, codebook), language);
    if (table.rows.length === 0) return null;
    const options = optionsOf(c, { title: table.title, source: [...cut, ...sourceOf(c, query, [])] });
    return { title: table.title, svg: svgOf(<PracticeHeat table={table} options={options} />) };
  }
  const key = c.req.query('row');
  const indicator = key?.split('.')[0];
  if (indicator !== undefined && !codebook.indicators.some(({ id }) => id === indicator)) return null;
  const question = { ...query, counties, ...(indicator === undefined ? {} : { indicators: [indicator] }) };
  const rows = rowsFor(kind, chartRows(await compare(corpus, question, codebook), language));
  if (kind === 'multiples') return multiplesOf(c, [...cut, ...sourceOf(c, query, rows.slice(0, mostPanels))], rows);
  const row = key === undefined ? rows[0] : rows.find((each) => each.key === key);
  if (!row) return null;
  const note = words.drawn(String(row.drawn), String(row.counties.length));
  const options = optionsOf(c, { title: row.title, source: [note, ...cut, ...sourceOf(c, query, [row])] });
  return {
    title: row.title,
    svg: svgOf(
      kind === 'series' ? <TimeSeries row={row} options={options} /> : <DotStrip row={row} options={options} />,
    ),
  };
}

/** Panels in a file. */
const mostPanels = 60;

function multiplesOf(c: WebContext, source: string[], all: readonly ChartRow[]): Drawing | null {
  const rows = all.slice(0, mostPanels);
  if (rows.length === 0) return null;
  const title = chartWords[c.var.language].kinds.multiples;
  const options = optionsOf(c, { title, source });
  return { title, svg: svgOf(<SmallMultiples rows={rows} options={options} label={title} />) };
}

const svgOf = (drawing: unknown): string => harmless(String(drawing));

const optionsOf = (c: WebContext, caption: Caption): DrawOptions => ({
  language: c.var.language,
  base: new URL(c.req.url).origin,
  caption,
});

/** Documents with their dates, corpus and day, and the conditions. */
function sourceOf(c: WebContext, query: CompareQuery, rows: readonly ChartRow[]): string[] {
  const words = chartWords[c.var.language];
  const told = rows.flatMap(({ counties }) => counties.filter(({ chief }) => chief));
  const points = told.flatMap(({ chief, rivals, goal, series }) => [
    chief!,
    ...rivals,
    ...(goal ? [goal] : []),
    ...series,
  ]);
  const dates = points.flatMap(({ documentDate }) => documentDate?.slice(0, 10) ?? []).sort();
  const corpus = c.var.corpus.address.split(/[\\/]/).at(-1)!;
  const filter = Object.entries(query).map(([name, value]) => `${name}=${[value].flat().join(',')}`);
  const counties = String(new Set(told.map(({ code }) => code)).size);
  const documents = String(new Set(points.map(({ documentId }) => documentId)).size);
  return [
    ...(points.length > 0 ? [words.data(counties, documents, dates[0] ?? '—', dates.at(-1) ?? '—')] : []),
    words.corpus(corpus, c.var.codebook.id, new Date().toISOString().slice(0, 10)),
    words.filter(filter.join('; ') || words.noFilter),
  ];
}
