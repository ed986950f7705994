// One county with its values beside standards, its changes, audit, practices, terms and documents. Long lists are cut and lead to the file
// that has all rows.
import { shownFigure } from '../../compare/cells.js';
import { stageWords, writePeriod, writeValue } from '../../compare/wording.js';
import { audit, compare, comparePractices, countyOf, type NamedComparison, resolveCounty } from '../../corpus.js';
import { distinctiveTerms } from '../../distinctive-terms.js';
import { practiceStatusCategories } from '../../export/words.js';
import type { StoredFigure } from '../../model/cell.js';
import { countyChanges } from '../../over-time.js';
import { pathWith } from '../address.js';
import type { WebContext } from '../context.js';
import { page } from '../layout.js';
import { searchWordsOf, ValueCell } from './cell.js';
import { aboveOf } from './counties.js';
import { recordAssets, Scroll } from './parts.js';
import { pageWords } from './words.js';

/** Rows of each part of the page. */
const shown = 40;
/** Documents beyond which terms are not counted while the page waits. */
const documentsForTerms = 400;

/** Answers `/c/:place`. */
export async function countyPage(c: WebContext): Promise<Response> {
  const { corpus, codebook, language } = c.var;
  const words = pageWords[language].places;
  const code = resolveCounty(c.req.param('place') ?? '');
  const county = countyOf(code);
  const [reading] = await corpus.readings([code]);
  const documents = reading?.documents ?? 0;
  const comparison = await compare(corpus, { counties: [code] }, codebook);
  return page(
    c,
    { title: county.name, section: 'counties', ...recordAssets },
    <>
      <h1>
        {county.name} <small class="soft">{code}</small>
      </h1>
      <p class="soft">
        {aboveOf(county)} · {pageWords[language].documents(String(documents))} ·{' '}
        <a href={pathWith('/compare', { county: code })}>{words.compareWith}</a>
        {(reading?.failures ?? 0) > 0 && (
          <>
            {' '}
            · <a href="/status">{words.failed(String(reading!.failures))}</a>
          </>
        )}
      </p>
      {documents === 0 ? (
        <div class="notice warn" role="status">
          <p>
            <b>{words.notRead}</b>
          </p>
          <p>{words.notReadCure}</p>
        </div>
      ) : (
        <>
          <Numbers c={c} comparison={comparison} documents={documents} />
          {await practicesOf(c, code)}
          {await changesOf(c, code)}
          {await auditOf(c, code)}
          {await termsOf(c, code)}
          {await documentsOf(c, code)}
        </>
      )}
    </>,
  );
}

function Numbers({ c, comparison, documents }: { c: WebContext; comparison: NamedComparison; documents: number }) {
  const { language } = c.var;
  const words = pageWords[language];
  const cells = comparison.cells.map(([cell]) => cell!);
  const told = cells.flatMap((cell, row) => (shownFigure(cell) ? [row] : []));
  const toldIndicators = new Set(told.map((row) => comparison.rows[row]!.indicator));
  const gaps = [...comparison.indicators.values()].filter(
    ({ id }) =>
      !toldIndicators.has(id) && cells.some((cell) => cell.row.indicator === id && cell.missing === 'not_mentioned'),
  );
  return (
    <>
      <h2>{words.places.numbers}</h2>
      <Scroll label={words.places.numbers}>
        <table class="values" data-cells>
          <thead>
            <tr>
              <th scope="col">{words.indicator}</th>
              <th scope="col">{words.stage}</th>
              <th scope="col" class="number">
                {words.value}
              </th>
            </tr>
          </thead>
          <tbody>
            {told.slice(0, 3 * shown).map((row) => {
              const { indicator: id, stage } = comparison.rows[row]!;
              const indicator = comparison.indicators.get(id);
              return (
                <tr>
                  <th scope="row">{indicator?.[language] ?? id}</th>
                  <td>{stageWords[language][stage]}</td>
                  <ValueCell
                    c={c}
                    cell={cells[row]!}
                    standings={comparison.standings[row]![0]!}
                    indicator={indicator}
                    documents={documents}
                  />
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      {gaps.length > 0 && (
        <details>
          <summary>{words.places.gaps(String(gaps.length), String(documents))}</summary>
          <ul class="chips">
            {gaps.map((indicator) => (
              <li>
                <a href={pathWith('/search', { q: searchWordsOf(indicator), county: comparison.counties[0]! })}>
                  {indicator[language]}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

async function practicesOf(c: WebContext, code: string) {
  const { corpus, codebook, language } = c.var;
  const words = pageWords[language];
  const matrix = await comparePractices(corpus, { counties: [code] }, codebook);
  const status = (value: string): string =>
    practiceStatusCategories.find((each) => each.value === value)?.[language] ?? value;
  return (
    <>
      <h2>{words.practices}</h2>
      {matrix.rows.length === 0 && <p class="soft">{words.compare.noPractices}</p>}
      <ul class="chips">
        {matrix.rows.map((entry, row) => {
          const cell = matrix.cells[row]![0]!;
          const { id } = cell.reports[0]!;
          return (
            <li>
              <a href={`/record/${id}`} data-record={id}>
                {entry[language]} · {status(cell.status)}
                {cell.first && ` ${cell.first.slice(0, 4)}`}
              </a>
            </li>
          );
        })}
      </ul>
    </>
  );
}

const told = (figure: StoredFigure | null) =>
  figure ? (
    <>
      <a href={`/record/${figure.id}`} data-record={figure.id}>
        {writeValue(figure)}
      </a>{' '}
      <small>{writePeriod(figure)}</small>
    </>
  ) : (
    '—'
  );

async function changesOf(c: WebContext, code: string) {
  const { corpus, codebook, language } = c.var;
  const words = pageWords[language];
  const { overTime, plans } = await countyChanges(corpus, { county: code }, codebook);
  const names = new Map(codebook.indicators.map((indicator) => [indicator.id, indicator[language]]));
  const nameOf = (indicator: string | null, stage: string): string =>
    `${names.get(indicator ?? '') ?? indicator ?? ''} ${stageWords[language][stage] ?? stage}`;
  const rows = [
    ...overTime.map(({ kind, indicator, stage, before, after }) => ({
      name: nameOf(indicator, stage),
      before,
      after,
      said: words.changeKinds[kind],
    })),
    ...plans.map(({ plan, outcome, result, stage }) => ({
      name: nameOf(plan.indicator, stage),
      before: plan,
      after: result,
      said: words.outcomes[outcome],
    })),
  ];
  if (rows.length === 0) return null;
  return (
    <>
      <h2>
        {words.places.changes} · {words.places.plans}
      </h2>
      <Scroll label={words.places.changes} narrow>
        <table data-cells>
          <thead>
            <tr>
              <th scope="col">{words.indicator}</th>
              <th scope="col">{words.places.from}</th>
              <th scope="col">{words.places.to}</th>
              <th scope="col">{words.places.outcome}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map(({ name, before, after, said }) => (
              <tr>
                <th scope="row">{name}</th>
                <td>{told(before)}</td>
                <td>{told(after)}</td>
                <td>{said}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Cut c={c} all={rows.length} address={pathWith('/api/v1/changes.csv', { county: code })} />
    </>
  );
}

async function auditOf(c: WebContext, code: string) {
  const words = pageWords[c.var.language].places;
  const { findings } = await audit(c.var.corpus, { counties: [code] }, c.var.codebook);
  const open = findings.filter(({ severity }) => severity !== 'none');
  return (
    <>
      <h2>{words.audit}</h2>
      {open.length === 0 && <p class="soft">{words.none}</p>}
      <ul class="findings">
        {open.slice(0, shown).map((finding) => (
          <li>
            {finding[c.var.language]}{' '}
            {finding.figures.slice(0, 4).map((id) => (
              <>
                <a href={`/record/${id}`} data-record={id}>
                  {id}
                </a>{' '}
              </>
            ))}
          </li>
        ))}
      </ul>
      <Cut c={c} all={open.length} address={pathWith('/api/v1/audit.csv', { county: code })} />
    </>
  );
}

/** Counting the words of a large corpus takes too long for a page. */
async function termsOf(c: WebContext, code: string) {
  const { corpus } = c.var;
  const words = pageWords[c.var.language].places;
  if ((await corpus.counts()).documents > documentsForTerms) return null;
  const { terms, documents, otherDocuments } = await distinctiveTerms(corpus, { county: code });
  if (terms.length === 0 || otherDocuments === 0) return null;
  return (
    <>
      <h2>{words.terms}</h2>
      <p class="soft">{words.termsAbout(String(documents), String(otherDocuments))}</p>
      <ul class="chips">
        {terms.slice(0, 30).map(({ word, own, others }) => (
          <li>
            <a
              href={pathWith('/search', { q: word, county: code })}
              title={`${words.own} ${own} · ${words.elsewhere} ${others}`}
            >
              {word} <small>{own}</small>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

async function documentsOf(c: WebContext, code: string) {
  const words = pageWords[c.var.language].places;
  const documents = (await c.var.corpus.listDocuments({ place: code, limit: 1000 })).filter(
    ({ repeats }) => repeats === null,
  );
  const newest = documents.sort((a, b) => ((a.documentDate ?? '') < (b.documentDate ?? '') ? 1 : -1));
  return (
    <>
      <h2>{words.files}</h2>
      <Scroll label={words.files} narrow>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.date}</th>
              <th scope="col">{words.heading}</th>
            </tr>
          </thead>
          <tbody>
            {newest.slice(0, shown).map(({ documentId, documentDate, documentTitle, publisher }) => (
              <tr>
                <td class="date">{documentDate?.slice(0, 10) ?? '—'}</td>
                <th scope="row">
                  <a href={pathWith('/search', { document: documentId })}>{documentTitle ?? documentId}</a>{' '}
                  <small>{publisher}</small>
                </th>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Cut c={c} all={newest.length} address={pathWith('/api/v1/documents.csv', { county: code })} />
    </>
  );
}

function Cut({ c, all, address }: { c: WebContext; all: number; address: string }) {
  if (all <= shown) return null;
  const words = pageWords[c.var.language].places;
  return (
    <p class="soft">
      {words.capped(String(shown), String(all))} <a href={address}>CSV</a>
    </p>
  );
}
