// A report for people: one HTML file without scripts and without anything from elsewhere, for one county or several side by side. Every
// value carries bound, unit, period and status, and leads to its sentence with source and date.
import type { Corpus, PlaceReading, RecordSource, StoredPractice } from '../../db/corpus.js';
import type { Codebook } from '../../extractors/index.js';
import { chartRows, DotStrip } from '../charts/index.js';
import { shownFigure } from '../compare/cells.js';
import { type FoldedRow, foldRows } from '../compare/folded.js';
import { chiefStanding, writeStandard, writeStanding } from '../compare/standards.js';
import {
  missingWords,
  otherPeriodWords,
  stageWords,
  statusWords,
  writePeriod,
  writeValue,
} from '../compare/wording.js';
import { type County, compare, comparePractices, type NamedComparison, type PracticeMatrix } from '../corpus.js';
import type { Cell, CompareQuery, StoredFigure } from '../model/cell.js';
import { harmless } from '../model/harmless.js';
import { type WrittenFile, writeFileWhole } from './file.js';
import { type Html, html } from './html.js';
import { noteOf } from './index.js';
import { pagesOf } from './records.js';
import { reportStyle } from './report-style.js';
import type { ExportNote } from './table.js';
import { practiceStatusCategories } from './words.js';
import { filterLines } from './xlsx.js';

/** Counties that stand side by side on a page. */
const columnsOfPage = 5;

/**
 * Writes the report of a query.
 * @returns null where the corpus has nothing that fits: then no file is written
 * @throws UsageError for a county, indicator or period that is unknown; XianjianError where the file cannot be written
 */
export async function writeReport(
  corpus: Corpus,
  query: CompareQuery,
  codebook: Codebook,
  path: string,
): Promise<(WrittenFile & { counties: number; rows: number }) | null> {
  const comparison = await compare(corpus, query, codebook);
  const matrix = await comparePractices(corpus, query.counties ? { counties: query.counties } : {}, codebook);
  if (comparison.columns.length === 0 || comparison.rows.length + matrix.rows.length === 0) return null;
  const readings = new Map((await corpus.readings(comparison.counties)).map((reading) => [reading.place, reading]));
  const sources = await practiceSources(corpus, comparison.counties);
  const page = reportPage({ comparison, matrix, readings, sources, note: noteOf('cells', query, codebook, corpus) });
  const { result: _none, ...written } = await writeFileWhole(path, async (file) => file.write(page.text));
  return { ...written, counties: comparison.columns.length, rows: comparison.rows.length };
}

/** The document of each practice of the counties. */
async function practiceSources(corpus: Corpus, places: readonly string[]): Promise<ReadonlyMap<string, RecordSource>> {
  const sources = new Map<string, RecordSource>();
  for (const place of places)
    for await (const page of pagesOf(corpus.listPractices, place, ({ id }) => id))
      for (const practice of page) sources.set(practice.id, practice);
  return sources;
}

interface ReportInput {
  comparison: NamedComparison;
  matrix: PracticeMatrix;
  readings: ReadonlyMap<string, PlaceReading>;
  sources: ReadonlyMap<string, RecordSource>;
  note: ExportNote;
}

function reportPage(input: ReportInput): Html {
  const { comparison, matrix, note } = input;
  const names = comparison.columns.map(({ name }) => name).join('、');
  const title =
    comparison.columns.length <= columnsOfPage ? `${names} 对比报告` : `${comparison.columns.length} 县区对比报告`;
  const rows = foldRows(comparison, (a, b) => standardsIn(comparison, a) === standardsIn(comparison, b));
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="${note.createdBy}"><title>${title}</title><style>${plain(reportStyle)}</style></head><body>
<header><h1>${title} <span class="en" lang="en">what counties report, with every sentence</span></h1>${noteList(input)}</header>
<main>${matrixSection(comparison, rows)}${stripSection(comparison, rows)}${practiceSection(matrix)}
${comparison.columns.map((county, column) => countySection(county, column, input, rows))}</main>
</body></html>
`;
}

/** Markup of our own making, as it is: the style sheet, drawings. */
const plain = (css: string): Html => html([css] as unknown as TemplateStringsArray);

const standardsIn = ({ standings }: NamedComparison, row: number): string =>
  standings[row]!.map((cell) => cell.map(({ standard }) => standard.value).join()).join(';');

function noteList({ comparison, note }: ReportInput): Html {
  const filters = filterLines(note.filter).map(([name, value]) => `${name}: ${value}`);
  const lines: [string, string][] = [
    ['筛选 filter', filters.join('; ') || '无 none'],
    ['县区 counties', String(comparison.columns.length)],
    ['行数 rows', String(comparison.rows.length)],
    ['日期 date (UTC)', note.exportedAt],
    ['软件 software', `${note.createdBy}, 编码表 codebook ${note.codebook}, ${note.corpus}`],
    [
      '符号 signs',
      '≥ 不低于 at least · > 余、多 more than · < 近 just under · ≤ 不超过 at most · ≈ 约 about · +n 另有 n 个数 n more figures',
    ],
    [
      '标准 standards',
      '▲ 不低于标准 meets · ▼ 未及 short · △ 未定 undecided · – 不适用 not applicable。校级门槛针对每所学校，县均值仅供参考。',
    ],
    ['未提及 not mentioned', '只说所读的页面，不说县区。 It speaks of the pages that were read, not of the county.'],
  ];
  return html`<dl class="note">${lines.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/** Columns in groups that fit a page. */
function groupsOf(columns: readonly County[]): number[][] {
  const groups: number[][] = [];
  for (let at = 0; at < columns.length; at += columnsOfPage)
    groups.push(columns.slice(at, at + columnsOfPage).map((_, index) => at + index));
  return groups;
}

const countyHeads = (columns: readonly County[], group: readonly number[]): Html[] =>
  group.map((column) => {
    const { name, code, place } = columns[column]!;
    return html`<th scope="col"><a href="#c${code}">${name}</a><br><span class="en">${code} ${place?.prefecture ?? place?.province ?? ''}</span></th>`;
  });

function matrixSection(comparison: NamedComparison, rows: readonly FoldedRow[]): Html | null {
  if (rows.length === 0) return null;
  const tables = groupsOf(comparison.columns).map(
    (
      group,
    ) => html`<div class="wide"><table><thead><tr><th scope="col">指标 <span class="en" lang="en">indicator</span></th>${countyHeads(comparison.columns, group)}</tr></thead><tbody>
${rows.map(
  (
    row,
  ) => html`<tr><th scope="row">${rowLabel(comparison, row)}</th>${group.map((column) => valueCell(comparison, row, column))}</tr>
`,
)}</tbody></table></div>`,
  );
  return html`<section><h2>数值对比 <span class="en" lang="en">values</span></h2>${tables}</section>`;
}

/** The indicator in Chinese and English with its stages, and its official standards. */
function rowLabel(comparison: NamedComparison, { row, index, stages }: FoldedRow): Html {
  const indicator = comparison.indicators.get(row.indicator)!;
  const names = stages.flatMap((stage) => stageWords.zh[stage] || []);
  const standards = new Set(
    comparison.standings[index]!.flat().map(({ standard, dimension }) => writeStandard(standard, dimension, 'zh')),
  );
  return html`${indicator.zh}${names.length > 0 ? `（${names.join('、')}）` : ''}<br><span class="en" lang="en">${indicator.en}</span>${[...standards].map((each) => html`<br><small>${each}</small>`)}`;
}

function valueCell(comparison: NamedComparison, { index, cells }: FoldedRow, column: number): Html {
  const cell = cells[column]!;
  const figure = shownFigure(cell);
  const reason = cell.missing ? `${missingWords.zh[cell.missing]} ${missingWords.en[cell.missing]}` : null;
  if (!figure) return html`<td class="missing" lang="zh-CN">${reason}</td>`;
  const standing = chiefStanding(comparison.standings[index]![column]!);
  return html`<td${cell.chosen ? null : html` class="goal"`}>${reason ? html`<span class="missing">${reason}</span><br>` : null}<a href="#f${figure.id}"><b>${writeValue(figure)}</b></a>${more(cell)}<br><small>${writePeriod(figure)} ${statusWords.zh[figure.status] ?? figure.status}</small>${cell.choice === 'other_period' ? html`<br><small class="missing">${otherPeriodWords.zh} ${otherPeriodWords.en}</small>` : null}${standing ? html`<br><small>${writeStanding(standing, 'zh')}</small>` : null}</td>`;
}

const more = ({ others }: Cell): Html | null => (others.length > 0 ? html` <small>+${others.length}</small>` : null);

/** A chart of fewer counties would say less than the table. */
const leastDrawn = 3;

function stripSection(comparison: NamedComparison, rows: readonly FoldedRow[]): Html | null {
  const told = new Set(rows.flatMap(({ cells }) => cells.flatMap((cell) => shownFigure(cell)?.id ?? [])));
  const hrefOf = (id: string): string | null => (told.has(id) ? `#f${id}` : null);
  const strips = chartRows(comparison, 'zh')
    .filter(({ drawn }) => drawn >= leastDrawn)
    .map((row) => {
      const drawing = DotStrip({ row, options: { language: 'zh', base: null, hrefOf } });
      return html`<figure><figcaption class="soft">${row.title} · n = ${row.drawn}</figcaption>${plain(harmless(String(drawing)))}</figure>`;
    });
  if (strips.length === 0) return null;
  return html`<section><h2>图 <span class="en" lang="en">charts</span></h2><p class="soft">各县时期或有不同，见上表；无值的县留行并注明原因。 Periods may differ, see the table; a county without a value keeps its line with the reason.</p>${strips}</section>`;
}

const practiceWords = new Map(practiceStatusCategories.map(({ value, zh }) => [value, zh]));

function practiceSection(matrix: PracticeMatrix): Html | null {
  if (matrix.rows.length === 0) return null;
  const tables = groupsOf(matrix.columns).map(
    (
      group,
    ) => html`<div class="wide"><table><thead><tr><th scope="col">举措 <span class="en" lang="en">practice</span></th>${countyHeads(matrix.columns, group)}</tr></thead><tbody>
${matrix.rows.map(
  (
    entry,
    row,
  ) => html`<tr><th scope="row">${entry.zh}<br><span class="en" lang="en">${entry.en}</span></th>${group.map((column) => practiceCell(matrix, row, column))}</tr>
`,
)}</tbody></table></div>`,
  );
  return html`<section><h2>做法对比 <span class="en" lang="en">practices</span></h2>${tables}</section>`;
}

function practiceCell({ cells }: PracticeMatrix, row: number, column: number): Html {
  const cell = cells[row]![column];
  if (!cell) return html`<td class="missing">${missingWords.zh.not_mentioned!} ${missingWords.en.not_mentioned!}</td>`;
  const documents = cell.documents > 1 ? ` · ${cell.documents} 份文件` : '';
  return html`<td><a href="#f${cell.reports[0]!.id}"><b>${practiceWords.get(cell.status) ?? cell.status}</b></a><br><small>${cell.first ?? '—'}${documents}</small></td>`;
}

/** What a county was read for, and every sentence that stands behind its cells. */
function countySection(county: County, column: number, input: ReportInput, rows: readonly FoldedRow[]): Html {
  const reading = input.readings.get(county.code);
  const figures = new Map(
    rows.flatMap(({ cells }) => {
      const figure = shownFigure(cells[column]!);
      return figure ? [[figure.id, figure] as const] : [];
    }),
  );
  const practices = input.matrix.cells.flatMap((cells, row) => {
    const report = cells[column]?.reports[0];
    return report ? [practiceEvidence(report, input.matrix.rows[row]!.zh, input.sources.get(report.id))] : [];
  });
  const place = county.place ? `${county.place.province}${county.place.prefecture ?? ''}` : '';
  return html`<section class="county" id="c${county.code}"><h2>${county.name} <span class="en">${county.code} ${place}</span></h2>
<p class="soft">读了 ${reading?.documents ?? 0} 份文件${reading && reading.failures > 0 ? `，${reading.failures} 个网址未能取得` : ''}。 <span lang="en">${reading?.documents ?? 0} documents read.</span></p>
${figures.size > 0 ? html`<h3>依据 <span class="en" lang="en">evidence of values</span></h3>` : null}${[...figures.values()].map((figure) => figureEvidence(figure, input.comparison))}
${practices.length > 0 ? html`<h3>做法 <span class="en" lang="en">evidence of practices</span></h3>` : null}${practices}</section>`;
}

function figureEvidence(figure: StoredFigure, { indicators }: NamedComparison): Html {
  const name = figure.indicator === null ? figure.subject : (indicators.get(figure.indicator)?.zh ?? figure.subject);
  return html`<div class="figure" id="f${figure.id}"><p><b>${name}</b> ${writeValue(figure)} · ${writePeriod(figure)} · ${statusWords.zh[figure.status] ?? figure.status} <small>${figure.id}</small></p>
<p>「${marked(figure.sentence, figure.quote)}」</p><p><small>${sourceLine(figure.documentTitle, figure.documentDate, figure.url)}</small></p></div>
`;
}

function practiceEvidence(report: StoredPractice, name: string, source: RecordSource | undefined): Html {
  return html`<div class="figure" id="f${report.id}"><p><b>${name}</b> ${practiceWords.get(report.status) ?? report.status} <small>${report.id}</small></p>
<p>「${report.sentence}」</p><p><small>${sourceLine(source?.documentTitle ?? null, report.documentDate, source?.url ?? null)}</small></p></div>
`;
}

/** The sentence with its number marked, where the sentence holds the quote once or more: the first is marked. */
function marked(sentence: string, quote: string): Html | string {
  const at = quote === '' ? -1 : sentence.indexOf(quote);
  if (at < 0) return sentence;
  return html`${sentence.slice(0, at)}<mark>${quote}</mark>${sentence.slice(at + quote.length)}`;
}

function sourceLine(title: string | null, date: string | null, url: string | null): Html {
  const address =
    url && /^https?:\/\//i.test(url) ? html` <a href="${url}" rel="noreferrer">${url}</a>` : url ? ` ${url}` : null;
  return html`${title ?? '无题'}，${date ?? '无日期'}。${address}`;
}
