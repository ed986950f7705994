// The pages by request, without a browser: what they show, that what was stored stays text, that a missing value says why, that an empty
// answer names the condition to drop, that SQL keeps its bounds, and that no page grows beyond 200 KB.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Corpus } from '../../../db/corpus.js';
import { allPlaces } from '../../../extractors/index.js';
import { diagnose, quickFindings } from '../../../src/doctor.js';
import { webApp } from '../../../src/web/app.js';
import { runSql, sqlLimits } from '../../../src/web/pages/sql.js';
import { codebook, type EvidenceStudy, makeEvidenceStudy } from '../evidence/study.js';
import { makePagesStudy } from './study.js';

let study: EvidenceStudy;
beforeAll(async () => {
  study = await makePagesStudy();
});
afterAll(() => study.remove());

const get = async (path: string, status = 200): Promise<string> => {
  const answer = await study.app.request(path);
  expect(answer.status, path).toBe(status);
  return answer.text();
};

const everyPage = [
  '/',
  '/compare',
  '/compare?view=practices',
  '/compare?view=charts',
  '/search',
  '/search?q=小学',
  '/search?document=1',
  '/c',
  '/c/990101',
  '/data',
  '/data?view=practices',
  '/data?view=standards',
  '/data?view=schema',
  '/data?view=sql',
  '/data?view=sql&sql=select+1',
  '/data?view=export',
  '/status',
];

describe('every page', () => {
  it.each(everyPage)('%s is whole in both languages, small, and shows stored markup as text', async (path) => {
    for (const lang of ['zh', 'en']) {
      const text = await get(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      expect(text).toContain(`<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"`);
      expect(text).toContain('<h1>');
      expect(text).not.toMatch(/<script>|<img src=x|>undefined|"undefined|\[object/);
      expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
      expect(Buffer.byteLength(text)).toBeLessThan(200_000);
    }
  });

  it('shows a title that holds a script as its letters', async () => {
    expect(await get('/c/990101')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;教育工作总结');
  });

  it('says of an empty corpus what to do', async () => {
    const empty = await makeEvidenceStudy();
    for (const path of ['/', '/compare', '/c']) {
      const answer = await empty.app.request(path);
      expect(await answer.text(), path).toContain('xianjian demo');
    }
    await empty.remove();
  });
});

describe('numbers', () => {
  it('each value leads to its record, with period and status', async () => {
    const text = await get('/compare?indicator=school_count&county=990101,990102');
    const figures = await study.corpus.figures({ places: ['990101', '990102'] });
    for (const quote of ['47所', '32所']) {
      const { id } = figures.find((figure) => figure.quote === quote)!;
      expect(text).toMatch(
        new RegExp(`href="/record/${id}" data-record="${id}"[^>]*>${quote}</a>\\s*<small>2023 实际`),
      );
    }
  });

  it('a value that was chosen of several says why, and shows the others', async () => {
    const text = await get('/compare?indicator=school_count&county=990101');
    const other = (await study.corpus.figures({ places: ['990101'] })).find(({ quote }) => quote === '49所')!;
    const [, reason, list] = /<summary[^>]*>\+1<\/summary><p>([^<]*)<\/p><ul>(.*?)<\/ul>/s.exec(text)!;
    expect(reason).toBe('选取依据：时期较近，或起止较短');
    expect(list).toContain(`href="/record/${other.id}"`);
    expect(list).toContain('49所</a> 2022 实际');
  });

  it('a missing value says why and where to look', async () => {
    const text = await get('/compare?county=990101,990102');
    expect(text).toMatch(/<a href="\/search\?q=[^"]+county=990102" title="读了 1 篇[^"]*">未提及<\/a>/);
    expect(text).toContain('仅目标');
    const unread = await get('/compare?county=990101,990109');
    expect(unread).toContain('<a href="/status">未采集</a>');
  });

  it('names the condition that leaves nothing, and dropping it helps', async () => {
    const text = await get('/compare?county=990101&period=1999');
    expect(text).toContain('没有符合条件的数');
    const address = /<a href="([^"]+)">去掉条件“时期：1999”/.exec(text)![1]!.replaceAll('&amp;', '&');
    expect(address).not.toContain('period');
    expect(await get(address)).toContain('data-record=');
    expect(text).not.toContain('去掉条件“县区：990101”</a></li>');
  });

  it('answers a name that is unknown with a page that says so', async () => {
    expect(await get('/compare?county=无此县', 400)).toContain('没有这个县区');
    expect(await get('/c/000000', 400)).toContain('E_PLACE');
    expect(await get('/compare?stage=none', 400)).toContain('E_OPTION');
  });
});

describe('a decision of a person', () => {
  it('is marked in the cell, with the value that he wrote, until it is taken back', async () => {
    const figure = (await study.corpus.figures({ places: ['990101'] })).find(({ quote }) => quote === '47所')!;
    const address = '/compare?indicator=school_count&county=990101';
    const decision = await study.corpus.decide({
      figure: figure.id,
      action: 'correct',
      reviewer: '王',
      decidedAt: '2026-03-02T08:00:00.000Z',
      reason: '看错',
      correction: { value: 48 },
    });
    const cell = new RegExp(`data-record="${figure.id}"[^>]*>48[^<]*</a>[^✎]*✎[^已]*已更正`);
    expect(await get(address)).toMatch(cell);
    expect(await get(`/record/${figure.id}`)).toMatch(/看错[\s\S]*王/);
    await study.corpus.undo(decision.id, { reviewer: '王', at: '2026-03-02T09:00:00.000Z' });
    const after = await get(address);
    expect(after).not.toContain('已更正');
    expect(after).toContain('>47所</a>');
  });
});

describe('status', () => {
  it('has the findings of the doctor, and the runs and failures that the commands have', async () => {
    const text = await get('/status?lang=en');
    const findings = await quickFindings(study.corpus, process.env);
    expect(findings.length).toBeGreaterThan(8);
    for (const { check } of findings) expect(text.toLowerCase()).toContain(check.toLowerCase());
    const all = await diagnose({ db: study.database, port: 0, environment: process.env });
    const names = all.map(({ check }) => check);
    expect(names).toEqual(expect.arrayContaining(findings.map(({ check }) => check)));
    expect(text).toContain('xianjian doctor --db corpus.sqlite');
  });
});

describe('practices', () => {
  it('show status, year and documents, and lead to a record', async () => {
    const text = await get('/compare?view=practices');
    expect(text).toMatch(/href="\/record\/\d+-p\d+" data-record[\s\S]*?2024 1 篇/);
    expect(text).toContain('未提及');
  });
});

describe('search', () => {
  it('marks the words, and offers the numbers of the sentence', async () => {
    const text = await get('/search?q=巩固率 九年');
    expect(text).toContain('<mark>巩固率</mark>');
    expect(text).toContain('<mark>九年</mark>');
    expect(text).toMatch(/data-record="[^"]+">[^<]*99\.1%/);
  });

  it('where nothing is found, names the county or word to leave out', async () => {
    expect(await get('/search?q=集团化&county=990102')).toMatch(/href="\/search\?q=[^"&]+">去掉“县区：990102”就有结果/);
    expect(await get('/search?q=小学+无此词')).toContain('去掉“无此词”就有结果');
    expect(await get('/search?q=无此词')).toContain('换短一些的词');
    expect(await get('/search?document=999', 404)).toContain('没有这份文件');
  });
});

describe('SQL', () => {
  it('gives rows, cut at the limit', async () => {
    const text = await get(
      `/data?view=sql&sql=${encodeURIComponent("select quote from v_figures where quote = '47所'")}`,
    );
    expect(text).toContain('<td>47所</td>');
    const many = 'with recursive n(i) as (select 1 union all select i + 1 from n limit 2000) select i from n';
    const answer = await runSql(study.database, many);
    expect(answer).toMatchObject({ columns: ['i'], more: true });
    expect(answer!.rows).toHaveLength(500);
  });

  it('counts the time of the statement, not that of the process it needs', async () => {
    const { milliseconds } = sqlLimits;
    // No process begins in so little.
    sqlLimits.milliseconds = 20;
    try {
      await expect.poll(() => runSql(study.database, 'select 1 as one')).toMatchObject({ rows: [[1]] });
    } finally {
      sqlLimits.milliseconds = milliseconds;
    }
  });

  it('offers a statement that runs', async () => {
    const form = /<textarea[^>]*>([^<]+)<\/textarea>/.exec(await get('/data?view=sql'))![1]!;
    const answer = await get(`/data?view=sql&sql=${encodeURIComponent(form)}`);
    expect(answer).toMatch(/<th scope="col">figures<\/th>/);
    expect(answer).toContain('school_count');
  });

  it.each([
    'delete from figure',
    "attach '/tmp/other' as other",
    'pragma journal_mode = delete',
    "select * from pragma_table_info('figure')",
    'select 1; select 2',
    'with x as (select 1) delete from figure',
    "select readfile('/etc/passwd')",
    'vacuum into "/tmp/copy"',
    'select from',
  ])('refuses %s and says so', async (sql) => {
    const before = await study.corpus.counts();
    expect(await get(`/data?view=sql&sql=${encodeURIComponent(sql)}`)).toContain('语句未能运行');
    expect(await study.corpus.counts()).toEqual(before);
  });

  it('ends what takes too long, and the server answers meanwhile', async () => {
    const endless = 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n';
    const asked = get(`/data?view=sql&sql=${encodeURIComponent(endless)}`);
    expect(await get('/status')).toContain('<h1>');
    expect(await asked).toContain('已停止');
  });
});

describe('1,000 counties', () => {
  const counties = allPlaces()
    .filter(({ code }, at, all) => all.findIndex((other) => other.code === code) === at)
    .slice(0, 1000)
    .map(({ code }) => code)
    .sort();

  it('are paged: each page is small, quick, and leads on', async () => {
    const [one] = await study.corpus.figures({ places: ['990101'] });
    const indicators = codebook.indicators.slice(0, 50);
    let asked = 0;
    const large = new Proxy(study.corpus, {
      get(target, name) {
        if (name === 'readings')
          return async (places: string[] = counties) => places.map((place) => ({ place, documents: 3, failures: 0 }));
        if (name === 'figures')
          return async ({ places = counties }: { places?: string[] }) => {
            asked = Math.max(asked, places.length);
            return places.flatMap((place) =>
              indicators.map(({ id, stages, dimension, unit }) => ({
                ...one!,
                id: `${place}-${id}`,
                place,
                indicator: id,
                stage: stages.slice(0, 1),
                dimension: [dimension].flat()[0]!,
                unit,
              })),
            );
          };
        const value = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    }) as Corpus;
    const app = webApp({ corpus: large, codebook });
    for (const path of [
      '/',
      '/compare',
      '/compare?from=996',
      '/compare?row=40&all=1',
      '/compare?view=practices',
      '/c',
    ]) {
      const begun = process.cpuUsage();
      const answer = await app.request(path);
      const text = await answer.text();
      expect(answer.status, path).toBe(200);
      expect(process.cpuUsage(begun).user / 1000, path).toBeLessThan(4000);
      expect(Buffer.byteLength(text), path).toBeLessThan(200_000);
    }
    expect(asked).toBeLessThan(30);
    const first = await (await app.request('/compare')).text();
    expect(first).toContain('县区第 1–12 个，共 1000 个');
    expect(first).toContain('href="/compare?from=12"');
    expect(await (await app.request('/compare?from=996')).text()).toContain(`href="/c/${counties[999]}"`);
  });
});
