// The overview: what was read, how far it covers counties and indicators, and where to begin. Each number leads to the rows it counts.
import type { RunRecord } from '../../../db/run-list.js';
import { missingWords } from '../../compare/wording.js';
import { compare, type NamedComparison } from '../../corpus.js';
import type { MissingReason } from '../../model/cell.js';
import { pathWith } from '../address.js';
import type { WebContext } from '../context.js';
import { page } from '../layout.js';
import { rivalsOf } from './cell.js';
import { NoData, Pager, recordAssets, Scroll, wholeIn } from './parts.js';
import { countiesAsked, indicatorsTold, partOf } from './window.js';
import { pageWords } from './words.js';

/** Counties of the strip, and its cells: of few counties it shows more indicators. */
const countiesShown = 15;
const cellsShown = 300;

/** Answers `/`. */
export async function overviewPage(c: WebContext): Promise<Response> {
  const { corpus, codebook, language } = c.var;
  const words = pageWords[language];
  const counts = await corpus.counts();
  const read = (await corpus.readings()).filter(({ documents }) => documents > 0).length;
  const places = partOf(await countiesAsked(corpus, {}), wholeIn(c, 'from'), countiesShown);
  const step = Math.floor(cellsShown / Math.max(1, places.shown.length));
  const told = partOf(await indicatorsTold(corpus, {}, places.shown, codebook), wholeIn(c, 'row'), step);
  const comparison =
    told.all > 0 ? await compare(corpus, { counties: places.shown, indicators: told.shown }, codebook) : null;
  const [last] = await corpus.runs({ limit: 1 });
  const numbers: [name: string, count: number, address: string][] = [
    [words.overview.read, read, '/c'],
    [words.overview.figures, counts.figures, '/compare?view=numbers'],
    [words.overview.practices, counts.practices, '/compare?view=practices'],
    [words.overview.documents, counts.documents, '/api/v1/documents.json'],
  ];
  return page(
    c,
    { title: words.overview.coverage, section: 'overview', ...recordAssets },
    <>
      <h1>{c.var.words.tagline}</h1>
      <p class="lead">{words.overview.lead}</p>
      <ul class="numbers">
        {numbers.map(([name, count, address]) => (
          <li>
            <a href={address}>
              <b>{count.toLocaleString('en')}</b> <span>{name}</span>
            </a>
          </li>
        ))}
      </ul>
      {last && <LastRun c={c} run={last} />}
      <search>
        <form class="filters" action="/search">
          <label class="grow">
            {words.search.words}
            <input type="search" name="q" placeholder={words.search.hint} />
          </label>
          <button type="submit" class="chief">
            {words.search.go}
          </button>
          <a class="button" href="/review">
            {words.overview.review}
          </a>
        </form>
      </search>
      <div class="bar">
        <h2>{words.overview.coverage}</h2>
        <Pager c={c} name="from" at={places.at} step={countiesShown} all={places.all} what={words.counties} />
        <Pager c={c} name="row" at={told.at} step={step} all={told.all} what={words.indicators} />
      </div>
      {comparison ? (
        <Coverage c={c} comparison={comparison} />
      ) : counts.figures > 0 ? (
        <p class="soft">{words.emptyHere}</p>
      ) : (
        <NoData c={c} />
      )}
    </>,
  );
}

/** What the last crawl brought. */
function LastRun({ c, run }: { c: WebContext; run: RunRecord }) {
  const words = pageWords[c.var.language].overview;
  const [documents, changed, figures] = [run.newDocuments, run.changedDocuments, run.newFigures].map(String);
  return (
    <p class="soft">
      <a href="/status">{words.last(run.source, run.startedAt.slice(0, 10))}</a>{' '}
      {words.brought(documents!, changed!, figures!)}
    </p>
  );
}

type Coverage = 'found' | MissingReason;
const rank: readonly Coverage[] = [
  'found',
  'target_only',
  'not_comparable',
  'rejected',
  'not_mentioned',
  'not_applicable',
  'not_crawled',
];
const signs: Record<Coverage, string> = {
  found: '●',
  target_only: '○',
  not_comparable: '≠',
  rejected: '×',
  not_mentioned: '·',
  not_applicable: '–',
  not_crawled: '?',
};

/** Of each indicator and county the best of its stages. */
function coverageOf(comparison: NamedComparison): Map<string, Coverage[]> {
  const best = new Map<string, Coverage[]>();
  comparison.rows.forEach(({ indicator }, row) => {
    const known = best.get(indicator);
    const own = comparison.cells[row]!.map(
      (cell): Coverage => (cell.chosen ? 'found' : (cell.missing ?? 'not_mentioned')),
    );
    best.set(
      indicator,
      known ? own.map((each, at) => (rank.indexOf(each) < rank.indexOf(known[at]!) ? each : known[at]!)) : own,
    );
  });
  return best;
}

function Coverage({ c, comparison }: { c: WebContext; comparison: NamedComparison }) {
  const { language } = c.var;
  const words = pageWords[language];
  const conflicts = comparison.cells.flat().filter((cell) => rivalsOf(cell).length > 0).length;
  const says = (state: Coverage): string => (state === 'found' ? words.overview.found : missingWords[language][state]!);
  return (
    <>
      <p class="soft">{words.overview.coverageAbout}</p>
      {conflicts > 0 && (
        <p>
          <a href={pathWith('/review', { why: 'conflict', county: comparison.counties.join(',') })}>
            ‼ {words.overview.conflicts(String(conflicts))}
          </a>
        </p>
      )}
      <ul class="chips" aria-label={words.overview.legend}>
        {rank.slice(0, 5).map((state) => (
          <li>
            <span>
              <i class={`dot ${state}`} aria-hidden="true">
                {signs[state]}
              </i>{' '}
              {says(state)}
            </span>
          </li>
        ))}
      </ul>
      <Scroll label={words.overview.coverage}>
        <table class="coverage" data-cells>
          <thead>
            <tr>
              <th scope="col">{words.indicator}</th>
              {comparison.columns.map(({ code, name }) => (
                <th scope="col">
                  <a href={`/c/${code}`}>{name}</a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...coverageOf(comparison)].map(([id, cells]) => (
              <tr>
                <th scope="row">
                  <a href={pathWith('/compare', { indicator: id })}>
                    {comparison.indicators.get(id)?.[language] ?? id}
                  </a>
                </th>
                {cells.map((state, column) => (
                  <td>
                    <a
                      class={`dot ${state}`}
                      href={pathWith('/compare', { indicator: id, county: comparison.counties[column]! })}
                      title={says(state)}
                    >
                      <span aria-hidden="true">{signs[state]}</span>
                      <span class="hidden">{says(state)}</span>
                    </a>
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
