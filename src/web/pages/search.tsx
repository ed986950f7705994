// The search page: sentences that hold words, with what was read from them; and one document with its records.
import type { Corpus } from '../../../db/corpus.js';
import { stageWords, statusWords, writePeriod, writeValue } from '../../compare/wording.js';
import { countyOf } from '../../corpus.js';
import { type Found, type FoundSentence, find } from '../../find.js';
import type { StoredFigure } from '../../model/cell.js';
import { addressWith, pathWith } from '../address.js';
import { listIn } from '../compare-query.js';
import type { WebContext } from '../context.js';
import { page } from '../layout.js';
import { searchWordsOf } from './cell.js';
import { Downloads, recordAssets, Scroll, wholeIn } from './parts.js';
import { pageWords } from './words.js';

/** Sentences on a page, without and at most. */
const usual = 50;
const most = 200;
/** Characters of a sentence and of a document that are shown. */
const sentenceShown = 600;
const textShown = 20_000;
const recordsShown = 150;

/** Answers `/search`. */
export async function searchPage(c: WebContext): Promise<Response> {
  const words = pageWords[c.var.language].search;
  const document = c.req.query('document');
  if (document !== undefined) return documentPage(c, Number(document));
  const asked = (c.req.query('q') ?? '').split(/[\s　]+/).filter((word) => word !== '');
  const counties = listIn(c, 'county');
  return page(
    c,
    { title: asked.length > 0 ? `${words.title} ${asked.join(' ')}` : words.title, section: 'search', ...recordAssets },
    <>
      <h1>{words.title}</h1>
      <SearchForm c={c} q={asked.join(' ')} counties={counties ?? []} />
      <p class="soft">{words.how}</p>
      {asked.length > 0 ? await answerOf(c, asked, counties) : <Start c={c} />}
    </>,
  );
}

function SearchForm({ c, q, counties }: { c: WebContext; q: string; counties: readonly string[] }) {
  const words = pageWords[c.var.language];
  return (
    <search>
      <form class="filters" action="/search" data-live>
        <label class="grow">
          {words.search.words}
          <input type="search" name="q" value={q} placeholder={words.search.hint} />
        </label>
        <label>
          {words.counties}
          <input name="county" value={counties.join(', ')} placeholder={words.countiesHint} />
        </label>
        <button type="submit" class="chief">
          {words.search.go}
        </button>
      </form>
    </search>
  );
}

function Start({ c }: { c: WebContext }) {
  const { codebook, language } = c.var;
  return (
    <>
      <p>{pageWords[language].search.start}</p>
      <ul class="chips">
        {codebook.indicators.slice(0, 24).map((indicator) => (
          <li>
            <a href={pathWith('/search', { q: searchWordsOf(indicator) })}>{indicator[language]}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

async function answerOf(c: WebContext, asked: readonly string[], counties: readonly string[] | undefined) {
  const { corpus } = c.var;
  const words = pageWords[c.var.language].search;
  const limit = Math.min(most, wholeIn(c, 'limit') || usual);
  const found = await find(corpus, { words: asked, limit, ...(counties ? { counties } : {}) });
  if (found.sentences.length === 0) return nothingOf(c, asked, counties, found);
  const documents = [...new Set(found.sentences.map(({ documentId }) => documentId))];
  const figures = await corpus.figures({ documents, withIndicator: false });
  return (
    <>
      <div class="bar" role="status">
        <b>{(found.more ? words.more : words.found)(String(found.sentences.length))}</b>
        {found.more && limit < most && <a href={addressWith(c.req.url, { limit: most })}>{words.showMore}</a>}
        <span class="end">
          <Downloads c={c} table="find" extra={{ q: asked.join(' ') }} />
        </span>
      </div>
      <ol class="sentences">
        {found.sentences.map((sentence) => (
          <Sentence c={c} found={sentence} asked={asked} figures={figuresIn(figures, sentence)} />
        ))}
      </ol>
    </>
  );
}

const figuresIn = (figures: readonly StoredFigure[], { documentId, start, sentence }: FoundSentence): StoredFigure[] =>
  figures.filter(
    (figure) =>
      figure.documentId === documentId && figure.textStart >= start && figure.textEnd <= start + sentence.length,
  );

function Sentence({
  c,
  found,
  asked,
  figures,
}: {
  c: WebContext;
  found: FoundSentence;
  asked: readonly string[];
  figures: readonly StoredFigure[];
}) {
  const words = pageWords[c.var.language].search;
  const { documentId, title, date, county, sentence } = found;
  return (
    <li>
      <p class="found">{marked(sentence.slice(0, sentenceShown), asked)}</p>
      <p class="soft source">
        {county && <a href={`/c/${county.code}`}>{county.name}</a>} {date?.slice(0, 10)}{' '}
        <a href={pathWith('/search', { document: documentId })}>{title ?? `${words.document} ${documentId}`}</a>
      </p>
      {figures.length > 0 && (
        <ul class="chips" aria-label={words.related}>
          {figures.slice(0, 12).map((figure) => (
            <li>
              <a href={`/record/${figure.id}`} data-record={figure.id}>
                {figure.subject.slice(0, 16)} {writeValue(figure)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** The text with the words marked, whatever their width and case. Marks are drawn only where folding keeps every length. */
function marked(text: string, asked: readonly string[]) {
  const folded = [...text].map((sign) => {
    const form = sign.normalize('NFKC').toLowerCase();
    return form.length === sign.length ? form : sign;
  });
  const plain = folded.join('');
  const spans = asked.flatMap((word) => {
    const wanted = word.normalize('NFKC').toLowerCase();
    const found: [number, number][] = [];
    for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length))
      found.push([at, at + wanted.length]);
    return found;
  });
  const parts: unknown[] = [];
  let end = 0;
  for (const [from, to] of spans.sort(([a], [b]) => a - b)) {
    if (to <= end) continue;
    const begin = Math.max(from, end);
    parts.push(text.slice(end, begin), <mark>{text.slice(begin, to)}</mark>);
    end = to;
  }
  return [...parts, text.slice(end)] as never;
}

/** Which word or county to leave out. */
async function nothingOf(
  c: WebContext,
  asked: readonly string[],
  counties: readonly string[] | undefined,
  found: Found,
) {
  const { corpus } = c.var;
  const words = pageWords[c.var.language];
  const drops: [what: string, address: string][] = [];
  if (counties && (await isFound(corpus, asked)))
    drops.push([`${words.counties}：${counties.join(', ')}`, addressWith(c.req.url, { county: null })]);
  for (const word of asked.length > 1 ? asked : []) {
    const rest = asked.filter((each) => each !== word);
    if (await isFound(corpus, rest, counties)) drops.push([word, addressWith(c.req.url, { q: rest.join(' ') })]);
  }
  return (
    <div class="notice warn" role="status">
      <p>
        <b>{words.search.none}</b>
      </p>
      {drops.map(([what, address]) => (
        <p>
          <a href={address}>{words.search.without(what)}</a>
        </p>
      ))}
      {drops.length === 0 && <p>{words.search.shorter}</p>}
      {found.apart.length > 0 && (
        <>
          {found.stopped && <p>{words.search.stopped}</p>}
          <p>{words.search.apart}</p>
          <ul>
            {found.apart.slice(0, 10).map(({ id, title }) => (
              <li>
                <a href={pathWith('/search', { document: id })}>{title ?? id}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const isFound = async (corpus: Corpus, words: readonly string[], counties?: readonly string[]): Promise<boolean> =>
  (await find(corpus, { words, limit: 1, ...(counties ? { counties } : {}) })).sentences.length > 0;

/** One document: where it comes from, what was read from it, its text. */
async function documentPage(c: WebContext, id: number): Promise<Response> {
  const { corpus, codebook, language } = c.var;
  const words = pageWords[language];
  const document = Number.isInteger(id) && id > 0 ? await corpus.document(id) : null;
  if (!document)
    return page(
      c,
      { title: words.search.noDocument, section: 'search', status: 404 },
      <div class="trouble">
        <h1>{words.search.noDocument}</h1>
        <p class="lead">{c.var.words.error.notFoundCure}</p>
      </div>,
    );
  const figures = await corpus.figures({ documents: [id], withIndicator: false });
  const names = new Map(codebook.indicators.map((indicator) => [indicator.id, indicator[language]]));
  const title = document.title ?? `${words.search.document} ${id}`;
  return page(
    c,
    { title, section: 'search', ...recordAssets },
    <>
      <h1>{title}</h1>
      <p class="soft">
        {document.place && <a href={`/c/${document.place}`}>{countyOf(document.place).name}</a>} {document.publisher}{' '}
        {document.documentNumber} {(document.signedIso ?? document.publishedIso)?.slice(0, 10)}
      </p>
      <p class="soft address">
        {words.search.page} {document.url}
      </p>
      <h2>{words.search.records}</h2>
      <Scroll label={words.search.records}>
        <table data-cells>
          <thead>
            <tr>
              <th scope="col">{words.indicator}</th>
              <th scope="col" class="number">
                {words.value}
              </th>
              <th scope="col">{words.stage}</th>
              <th scope="col">{words.period}</th>
              <th scope="col">{words.status}</th>
            </tr>
          </thead>
          <tbody>
            {figures.slice(0, recordsShown).map((figure) => (
              <tr>
                <th scope="row">{names.get(figure.indicator ?? '') ?? figure.subject}</th>
                <td class="number">
                  <a href={`/record/${figure.id}`} data-record={figure.id}>
                    {writeValue(figure)}
                  </a>
                </td>
                <td>{figure.stage.map((stage) => stageWords[language][stage]).join('、')}</td>
                <td>{writePeriod(figure)}</td>
                <td>{statusWords[language][figure.status]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <h2>{words.search.text}</h2>
      <div class="article" lang="zh-CN">
        {document.text
          .slice(0, textShown)
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => (
            <p>{line}</p>
          ))}
      </div>
      {document.text.length > textShown && <p class="notice">{words.search.cut}</p>}
    </>,
  );
}
