// What the compare page shows over all its pages is what the file of the same address holds, cell by cell, for 20 random questions; and the
// charts draw no other figures.
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingWords } from '../../../src/compare/wording.js';
import { webApp } from '../../../src/web/app.js';
import { figureOf, fileOf } from '../../conformance/samples.js';
import { entryOf, nothing } from '../../conformance/study.js';
import { csvObjects } from '../../export/study.js';
import { documentOf } from '../../helpers/document.js';
import { codebook, counties, makeApiStudy, randomFrom, someOf } from '../api/study.js';

const more = Array.from({ length: 14 }, (_, at) => String(990111 + at));
const indicators = codebook.indicators.filter(({ dimension }) => typeof dimension === 'string').slice(0, 34);

let study: Awaited<ReturnType<typeof makeApiStudy>>;
let app: ReturnType<typeof webApp>;

beforeAll(async () => {
  study = await makeApiStudy();
  app = webApp({ corpus: study.corpus, codebook });
  const random = randomFrom(3);
  for (const place of more) {
    const file = fileOf(`${place}的公报。`, { url: `http://${place}.example/`, place });
    const { snapshotId } = await study.corpus.keepFile(file);
    await study.corpus.storeDocument(entryOf(snapshotId, documentOf(file.url)), (id) => ({
      ...nothing,
      place,
      figures: someOf(indicators, random, 30).map((indicator, at) =>
        figureOf(id, at + 1, {
          place,
          indicator: indicator.id,
          dimension: indicator.dimension as 'count',
          unit: indicator.unit,
          value: Math.round(random() * 1000) / (indicator.dimension === 'ratio' ? 1000 : 1),
          stage: someOf(indicator.stages, random, 1).slice(0, 1),
          period: { from: String(2020 + (at % 4)), to: String(2020 + (at % 4)) },
          status: random() < 0.7 ? 'actual' : 'target',
        }),
      ),
    }));
  }
});
afterAll(() => study.remove());

const get = async (path: string): Promise<string> => {
  const answer = await app.request(path);
  expect(answer.status, path).toBe(200);
  return answer.text();
};

const reasons = new Map(Object.entries(missingWords.zh).map(([reason, word]) => [word, reason]));

/** `county indicator: id or reason` of every cell on a page. */
function cellsOf(html: string): { cells: string[]; next: Record<'from' | 'row', number | null> } {
  const $ = load(html);
  const columns = $('table.matrix thead th a')
    .toArray()
    .map((link) => $(link).attr('href')!.slice(3));
  const cells = $('table.matrix tbody tr')
    .toArray()
    .flatMap((row) => {
      const href = $(row).find('th a').attr('href')!;
      const indicator = new URL(href, 'http://x').searchParams.get('indicator');
      return $(row)
        .find('td')
        .toArray()
        .map((cell, at) => {
          const td = $(cell);
          const told = td.hasClass('goal') ? 'target_only' : td.find('a').attr('data-record');
          const said = td.hasClass('none') ? reasons.get(td.text().trim()) : told;
          return `${columns[at]} ${indicator}: ${said}`;
        });
    });
  const nextOf = (name: string): number | null => {
    const link = $('.links a')
      .toArray()
      .filter((each) => $(each).text() === '下一页')
      .map((each) => new URL($(each).attr('href')!, 'http://x').searchParams)
      .find((parameters) => here(html).get(name) !== parameters.get(name));
    return link ? Number(link.get(name)) : null;
  };
  return { cells, next: { from: nextOf('from'), row: nextOf('row') } };
}

/** The parameters of the page itself, as its link to the other language has them. */
const here = (html: string): URLSearchParams => new URL(load(html)('a.tongue').attr('href')!, 'http://x').searchParams;

async function everyCell(query: string): Promise<{ cells: string[]; pages: number }> {
  const cells: string[] = [];
  let pages = 0;
  for (let from: number | null = 0; from !== null; ) {
    let next: number | null = null;
    for (let row: number | null = 0; row !== null; ) {
      const place: string = `${from ? `&from=${from}` : ''}${row ? `&row=${row}` : ''}`;
      const found = cellsOf(await get(`/compare?all=1&${query}${place}`));
      cells.push(...found.cells);
      pages += 1;
      row = found.next.row;
      next = found.next.from;
    }
    from = next;
  }
  return { cells: cells.sort(), pages };
}

async function everyRow(query: string): Promise<string[]> {
  const rows = csvObjects(await get(`/api/v1/compare.csv?${query}`));
  return rows.map((row) => `${row.county_code} ${row.indicator}: ${row.figure_id || row.value_status}`).sort();
}

describe('rows on screen are the rows of the file', () => {
  it('for all counties and indicators, over several pages', async () => {
    const { cells, pages } = await everyCell('');
    const rows = await everyRow('');
    expect(pages).toBeGreaterThan(4);
    // A page of other counties has rows of its own: those that none of them tells are in the file alone.
    const isTold = (each: string): boolean => /: (?:\d|target_only)/.test(each);
    expect(cells.filter(isTold)).toEqual(rows.filter(isTold));
    expect(rows.length).toBeGreaterThan(cells.length / 2);
  });

  it('for 20 random questions', async () => {
    const random = randomFrom(8);
    let seen = 0;
    for (let run = 0; run < 20; run += 1) {
      const query = [
        `county=${someOf([...counties, ...more], random, 11).join(',')}`,
        `indicator=${someOf(indicators, random, 14).map(({ id }) => id)}`,
        ...(random() < 0.3 ? [`stage=${someOf(['primary', 'junior', 'compulsory'], random, 2).join()}`] : []),
        ...(random() < 0.4 ? [['period=2021', 'period=2020..2022'][Math.floor(random() * 2)]!] : []),
        ...(random() < 0.3 ? ['status=target'] : []),
      ].join('&');
      const { cells } = await everyCell(query);
      seen += cells.filter((each) => /: \d/.test(each)).length;
      expect([query, cells]).toEqual([query, await everyRow(query)]);
    }
    expect(seen).toBeGreaterThan(50);
  });

  it('and the charts draw the same chosen figures, over all their pages', async () => {
    const chosen = (await everyRow('')).flatMap((each) => /: (\d\S*)$/.exec(each)?.[1] ?? []);
    const drawn = new Set<string>();
    for (let address: string | null = '/compare?view=charts'; address !== null; ) {
      const $ = load(await get(address));
      for (const link of $('figure svg a').toArray()) drawn.add($(link).attr('data-record')!);
      const next = (name: string): string | undefined =>
        $('.links a')
          .toArray()
          .map((each) => $(each).attr('href')!)
          .find((href) => {
            const number = (url: string) => Number(new URL(url, 'http://x').searchParams.get(name) ?? 0);
            return href.startsWith('/compare') && number(href) > number(address!);
          });
      address = next('chartpage') ?? next('first') ?? null;
    }
    // A chart has one unit: a figure in another is named with its reason.
    expect(chosen.filter((id) => drawn.has(id)).length / chosen.length).toBeGreaterThan(0.95);
  });
});
