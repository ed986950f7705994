// The list of all counties that were read.
import { type County, countyOf } from '../../corpus.js';
import type { WebContext } from '../context.js';
import { page } from '../layout.js';
import { NoData, Pager, recordAssets, Scroll, wholeIn } from './parts.js';
import { pageWords } from './words.js';

const countiesShown = 200;

/** Answers `/c`: all counties. */
export async function countiesPage(c: WebContext): Promise<Response> {
  const words = pageWords[c.var.language].places;
  const asked = c.req.query('q')?.trim() ?? '';
  const all = (await c.var.corpus.readings())
    .map((reading) => ({ ...reading, county: countyOf(reading.place) }))
    .filter(({ county }) =>
      `${county.code} ${county.name} ${county.place?.province ?? ''} ${county.place?.prefecture ?? ''}`.includes(asked),
    )
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const at = Math.min(wholeIn(c, 'from'), Math.max(0, all.length - 1));
  return page(
    c,
    { title: words.title, section: 'counties', ...recordAssets },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form class="filters" action="/c" data-live>
        <label class="grow">
          {words.filter}
          <input type="search" name="q" value={asked} />
        </label>
        <button type="submit">{pageWords[c.var.language].apply}</button>
      </form>
      <div class="bar">
        <Pager c={c} name="from" at={at} step={countiesShown} all={all.length} what={words.title} />
      </div>
      {all.length === 0 ? (
        asked === '' ? (
          <NoData c={c} />
        ) : (
          <p class="notice warn" role="status">
            {pageWords[c.var.language].search.none}{' '}
            <a href="/c">{pageWords[c.var.language].drop(words.title, asked)}</a>
          </p>
        )
      ) : (
        <Scroll label={words.title} narrow>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.code}</th>
                <th scope="col">{words.name}</th>
                <th scope="col">{words.above}</th>
                <th scope="col" class="number">
                  {words.documents}
                </th>
                <th scope="col" class="number">
                  {words.failures}
                </th>
              </tr>
            </thead>
            <tbody>
              {all.slice(at, at + countiesShown).map(({ county, documents, failures }) => (
                <tr>
                  <td>{county.code}</td>
                  <th scope="row" class="nowrap">
                    <a href={`/c/${county.code}`}>{county.name}</a>
                  </th>
                  <td>{aboveOf(county)}</td>
                  <td class="number">{documents}</td>
                  <td class="number">{failures}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>,
  );
}

/** Province and prefecture of a county, as far as they are known. */
export const aboveOf = ({ place }: County): string => [place?.province, place?.prefecture].filter(Boolean).join(' ');
