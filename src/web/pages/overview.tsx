// The overview: what was read, how far it covers counties and indicators, and where to begin. Each number leads to the rows it counts.
import { shownFigure } from '../../compare/cells.js';
import { missingWords } from '../../compare/wording.js';
import { compare, type NamedComparison } from '../../corpus.js';
import type { MissingReason } from '../../model/cell.js';
import { pathWith } from '../address.js';
import type { WebContext } from '../context.js';
import { page } from '../layout.js';
import { NoData, Pager, recordAssets, Scroll, wholeIn } from './parts.js';
import { pageWords } from './words.js';

/** Counties and indicators of the strip. */
const countiesShown = 20;
const indicatorsShown = 40;

/** Answers `/`. */
export async function overviewPage(c: WebContext): Promise<Response> {
  const { corpus, codebook, language } = c.var;
  const words = pageWords[language];
  const counts = await corpus.counts();
  const places = (await corpus.readings()).map(({ place }) => place).sort();
  const read = (await corpus.readings()).filter(({ documents }) => documents > 0).length;
  const at = Math.min(wholeIn(c, 'from'), Math.max(0, places.length - 1));
  const counties = places.slice(at, at + countiesShown);
  const comparison = places.length > 0 ? await compare(corpus, { counties }, codebook) : null;
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
        <Pager c={c} name="from" at={at} step={countiesShown} all={places.length} what={words.counties} />
      </div>
      {comparison && counts.figures > 0 ? <Coverage c={c} comparison={comparison} /> : <NoData c={c} />}
    </>,
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
  const told = new Set(
    comparison.rows.flatMap(({ indicator }, row) =>
      comparison.cells[row]!.some((cell) => shownFigure(cell) !== null) ? [indicator] : [],
    ),
  );
  const rows = [...best].filter(([indicator]) => told.has(indicator));
  const count = (cells: readonly Coverage[]): number => cells.filter((each) => each === 'found').length;
  return new Map(rows.sort(([, a], [, b]) => count(b) - count(a)).slice(0, indicatorsShown));
}

function Coverage({ c, comparison }: { c: WebContext; comparison: NamedComparison }) {
  const { language } = c.var;
  const words = pageWords[language];
  const says = (state: Coverage): string => (state === 'found' ? words.overview.found : missingWords[language][state]!);
  return (
    <>
      <p class="soft">{words.overview.coverageAbout}</p>
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
