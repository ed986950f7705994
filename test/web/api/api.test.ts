// The API: one shape for success and one for failure, five formats with the same rows, pages, ETags, and a description that holds.
import { read, utils } from '@e965/xlsx';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CorpusError } from '../../../src/model/errors.js';
import { alike } from '../../../src/model/language.js';
import { tableSources } from '../../../src/web/api/sources.js';
import { webApp } from '../../../src/web/app.js';
import { csvObjects } from '../../export/study.js';
import { codebook, counties, makeApiStudy, randomFrom, someOf, told } from './study.js';

let study: Awaited<ReturnType<typeof makeApiStudy>>;
let app: ReturnType<typeof webApp>;
const log: string[] = [];

beforeAll(async () => {
  study = await makeApiStudy();
  app = webApp({ corpus: study.corpus, codebook, log: (text) => log.push(text) });
});
afterAll(() => study.remove());

const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  app.request(`/api/v1/${path}`, { headers });

type Row = Record<string, string | number | boolean | null>;
interface Rows {
  data: Row[];
  meta: { rows: number; next: string | null; table: string; limit: number; offset: number; filter: object };
}
interface Failure {
  error: { code: string; message: string; hint: string; issues?: { parameter: string }[] };
}

async function rowsOf(path: string): Promise<Rows> {
  const answer = await get(path);
  expect([path, answer.status, answer.status === 200 ? '' : await answer.text()]).toEqual([path, 200, '']);
  return (await answer.json()) as Rows;
}

async function failureOf(path: string, status: number, headers = {}): Promise<Failure['error']> {
  const answer = await get(path, headers);
  expect([path, answer.status]).toEqual([path, status]);
  expect(answer.headers.get('Content-Type')).toMatch(/application\/json/);
  const body = (await answer.json()) as Failure;
  expect(Object.keys(body)).toEqual(['error']);
  expect(body.error.hint).not.toBe('');
  return body.error;
}

/** A value as any spreadsheet shows it; the apostrophe before what would be a formula is taken away. */
const asText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'boolean' ? String(value) : String(value);

describe('every table', () => {
  it.each(tableSources.map(({ name }) => name))('%s answers rows with meta, as described', async (name) => {
    const query = { find: '?q=生师比', changes: '?county=990101' }[name] ?? '';
    const { data, meta } = await rowsOf(name + query);
    expect(meta).toMatchObject({ table: name, rows: data.length, offset: 0, limit: 1000, codebook: 'education' });
    const { columns } = tableSources.find((source) => source.name === name)!;
    for (const row of data) {
      expect(Object.keys(row)).toEqual(columns.map((column) => column.name));
      for (const { name: field, type, categories } of columns) {
        const value = row[field]!;
        if (value === null) continue;
        const kind = { number: 'number', integer: 'number', boolean: 'boolean' }[type as string] ?? 'string';
        expect([field, typeof value]).toEqual([field, kind]);
        if (categories && field !== 'stage') expect(categories.map((each) => each.value)).toContain(value);
      }
    }
    if (!['audit', 'changes', 'runs'].includes(name)) expect(data.length).toBeGreaterThan(0);
  });

  it('gives the counties with how far they were read, and what the codebook asks', async () => {
    expect((await rowsOf('counties')).data.map((row) => [row.county_code, row.documents])).toEqual(
      counties.map((code) => [code, 1]),
    );
    expect((await rowsOf('indicators')).data).toHaveLength(codebook.indicators.length);
    expect((await rowsOf('standards')).data).toHaveLength(codebook.standards.length);
    expect((await rowsOf('practices')).data.map((row) => row.practice_id)).toEqual([
      '1-p01',
      '2-p01',
      '3-p01',
      '4-p01',
    ]);
    expect((await rowsOf('find?q=生师比&county=990103')).data).toMatchObject([
      { sentence: '生师比为十七比一。', county_code: '990103', document_id: '3' },
    ]);
  });
});

describe('one address, five formats', () => {
  const query = 'figures?county=990101&status=actual';

  it.each([
    ['ending', (format: string) => ({ path: query.replace('?', `.${format}?`), headers: {} })],
    ['parameter', (format: string) => ({ path: `${query}&format=${format}`, headers: {} })],
    [
      'Accept',
      (format: string) => ({
        path: query,
        headers: {
          Accept: {
            csv: 'text/csv',
            jsonl: 'application/jsonl',
            xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
            parquet: 'application/vnd.apache.parquet, */*;q=0.1',
            json: 'text/html, application/xhtml+xml, */*;q=0.8',
          }[format]!,
        },
      }),
    ],
  ])('by %s', async (_, ask) => {
    const types: Record<string, RegExp> = {
      csv: /^text\/csv/,
      jsonl: /^application\/jsonl/,
      xlsx: /spreadsheetml/,
      parquet: /parquet/,
      json: /^application\/json/,
    };
    for (const [format, type] of Object.entries(types)) {
      const { path, headers } = ask(format);
      const answer = await get(path, headers as Record<string, string>);
      expect([format, answer.status, answer.headers.get('Content-Type')]).toEqual([
        format,
        200,
        expect.stringMatching(type),
      ]);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const length = answer.headers.get('Content-Length');
      if (length !== null) expect(bytes.length).toBe(Number(length));
      const magic = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
      if (format === 'xlsx') expect(magic).toBe('PK\x03\x04');
      if (format === 'parquet') expect(magic).toBe('PAR1');
    }
  });

  it('writes heads for people with the mark that Excel needs, and heads for machines without', async () => {
    const plain = Buffer.from(await (await get('counties.csv')).arrayBuffer()).toString();
    expect(plain.startsWith('county_code,county,')).toBe(true);
    const forPeople = Buffer.from(await (await get('counties.csv?headers=zh')).arrayBuffer()).toString();
    expect(forPeople.startsWith('\ufeff县区代码,县区,')).toBe(true);
  });

  it('has a head and no row where nothing fits', async () => {
    const csv = await (await get('practices.csv?county=990105')).text();
    expect(csv.trim().split('\r\n')).toHaveLength(1);
    expect((await rowsOf('practices?county=990105')).data).toEqual([]);
    for (const format of ['xlsx', 'parquet']) expect((await get(`practices.${format}?county=990105`)).status).toBe(200);
  });

  it('says of HEAD what GET would give, without it', async () => {
    const head = await app.request('/api/v1/figures.csv', { method: 'HEAD' });
    const whole = await get('figures.csv');
    expect(head.headers.get('Content-Length')).toBe(String((await whole.arrayBuffer()).byteLength));
    expect(await head.text()).toBe('');
  });

  it('has the same rows in all of them for 20 random queries', async () => {
    const random = randomFrom(20);
    let seen = 0;
    for (let run = 0; run < 20; run++) {
      const parts = [
        ...(random() < 0.7 ? [`county=${someOf(counties, random, 3).join(',')}`] : []),
        ...(random() < 0.6 ? someOf(told, random, 4).map(({ id }) => `indicator=${id}`) : []),
        ...(random() < 0.3 ? [`stage=${someOf(['primary', 'junior', 'compulsory'], random, 2).join()}`] : []),
        ...(random() < 0.4 ? [['period=2021', 'period=2020..2023'][Math.floor(random() * 2)]!] : []),
        ...(random() < 0.4 ? [`status=${someOf(['actual', 'target'], random, 2).join()}`] : []),
      ];
      const table = random() < 0.5 ? 'compare' : 'figures';
      const query = `?${parts.join('&')}`;
      const { data } = await rowsOf(table + query);
      seen += data.length;
      const wanted = data.map((row) => Object.values(row).map(asText));
      const bytesOf = async (format: string) => (await get(`${table}.${format}${query}`)).arrayBuffer();

      const csv = csvObjects(Buffer.from(await bytesOf('csv')).toString());
      const guarded = wanted.map((row, at) =>
        row.map((value, column) =>
          typeof Object.values(data[at]!)[column] === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value,
        ),
      );
      expect([query, csv.map((row) => Object.values(row))]).toEqual([query, guarded]);

      const lines = Buffer.from(await bytesOf('jsonl'))
        .toString()
        .split('\n')
        .slice(0, -1);
      expect(lines.map((line) => JSON.parse(line) as Row)).toEqual(data);

      const workbook = read(new Uint8Array(await bytesOf('xlsx')));
      const sheet = utils.sheet_to_json<unknown[]>(workbook.Sheets.数据!, { header: 1, defval: null, blankrows: true });
      // XML knows no control characters, and the library takes names of object properties for texts of its own.
      const clean = (text: string) => text.replace(/\u0007/g, '').replace(/^constructor$/, 'constructor ');
      expect(sheet.slice(1).map((row) => wanted[0]?.map((_, at) => asText(row[at])))).toEqual(
        wanted.map((row) => row.map(clean)),
      );

      const parquet = (await parquetReadObjects({ file: await bytesOf('parquet') })) as Row[];
      expect(parquet.map((row) => Object.values(row).map(asText))).toEqual(wanted);
    }
    expect(seen).toBeGreaterThan(200);
  });
});

describe('pages', () => {
  it('follow each other without gap or repeat to the rows of the file', async () => {
    const ids: unknown[] = [];
    let path: string | null = '/api/v1/figures?status=actual&limit=7';
    for (let pages = 0; path !== null && pages < 100; pages++) {
      const { data, meta } = (await (await app.request(path)).json()) as Rows;
      expect(data.length).toBeLessThanOrEqual(7);
      ids.push(...data.map((row) => row.figure_id ?? `${row.county_code} ${row.indicator} ${row.stage}`));
      path = meta.next;
    }
    const file = csvObjects(await (await get('figures.csv?status=actual')).text());
    expect(ids).toEqual(file.map((row) => row.figure_id || `${row.county_code} ${row.indicator} ${row.stage || null}`));
    expect(ids.length).toBeGreaterThan(14);
  });

  it('hold for files too, and end where the table ends', async () => {
    expect(csvObjects(await (await get('counties.csv?limit=2&offset=1')).text()).map((row) => row.county_code)).toEqual(
      ['990102', '990103'],
    );
    expect(await rowsOf('counties?offset=5')).toMatchObject({ data: [], meta: { next: null } });
    expect((await rowsOf('counties?limit=5')).meta.next).toBeNull();
    expect((await rowsOf('counties?limit=4')).meta.next).toBe('/api/v1/counties?limit=4&offset=4');
    expect((await rowsOf('find?q=的&limit=2')).meta.next).not.toBeNull();
  });
});

describe('ETags', () => {
  it('answer 304 while the corpus stays as it is, and rows when it has changed', async () => {
    const first = await get('counties');
    const tag = first.headers.get('ETag')!;
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
    const again = await get('counties', { 'If-None-Match': `"other", ${tag}` });
    expect([again.status, await again.text(), again.headers.get('ETag')]).toEqual([304, '', tag]);
    expect((await get('counties.csv')).headers.get('ETag')).not.toBe(tag);
    expect((await get('counties?limit=2')).headers.get('ETag')).not.toBe(tag);
    const other = await makeApiStudy();
    try {
      const changing = webApp({ corpus: other.corpus, codebook });
      const before = (await changing.request('/api/v1/counties')).headers.get('ETag')!;
      await other.corpus.keepFile({
        url: '/new.txt',
        bytes: Buffer.from('new'),
        sha256: 'ab'.repeat(32),
        place: '990109',
        importedAt: '2026-03-01T08:00:00.000Z',
        contentType: null,
        date: null,
      });
      const after = await changing.request('/api/v1/counties', { headers: { 'If-None-Match': before } });
      expect(after.status).toBe(200);
      expect(after.headers.get('ETag')).not.toBe(before);
    } finally {
      await other.remove();
    }
  });

  it('are not given to failures', async () => {
    expect((await get('figures?county=nowhere')).headers.get('ETag')).toBeNull();
  });
});

describe('records and documents', () => {
  it('come with their sentence, source, citation and the page that shows it', async () => {
    const answer = await get('records/1-001');
    const { data } = (await answer.json()) as { data: Record<string, unknown> };
    expect(data).toMatchObject({
      id: '1-001',
      type: 'figure',
      sentence: '=HYPERLINK("http://evil.example","看")',
      document: { id: 1, place: '990101', title: '990101年报' },
      page: '/record/1-001',
      archivedPage: '/snapshot/1?record=1-001',
    });
    expect(JSON.stringify(data.citation)).toContain('SHA-256');
    expect(data.document).not.toHaveProperty('text');
    expect(((await (await get('documents/2')).json()) as { data: object }).data).toMatchObject({
      id: 2,
      text: expect.stringContaining('990102的年报'),
    });
    for (const id of ['1-p01', '1-c01']) expect((await get(`records/${id}`)).status).toBe(200);
  });

  it('are missed with what is near', async () => {
    expect(await failureOf('records/1-0', 404)).toMatchObject({
      code: 'E_NO_RECORD',
      hint: expect.stringMatching(/1-001/),
    });
    expect(await failureOf('documents/99', 404)).toMatchObject({ code: 'E_NO_DOCUMENT' });
    expect(await failureOf('documents/x', 400)).toMatchObject({ issues: [{ parameter: 'id' }] });
  });
});

describe('failures', () => {
  it.each([
    ['figures?countty=990101', 'E_PARAMETER', /countty/],
    ['figures?limit=many', 'E_PARAMETER', /limit/],
    ['figures?limit=0', 'E_PARAMETER', /limit/],
    ['figures?offset=-1', 'E_PARAMETER', /offset/],
    ['figures?format=pdf', 'E_PARAMETER', /format/],
    ['figures?limit=10001', 'E_LIMIT', /10001/],
    ['figures?stage=kindergarden', 'E_OPTION', /kindergarden/],
    ['compare?county=%E4%B9%8C%E6%9C%89', 'E_PLACE', /乌有/],
    ['compare.csv?indicator=schoolz', 'E_INDICATOR', /schoolz/],
    ['figures.parquet?period=someday', 'E_PERIOD', /someday/],
    ['find', 'E_WORDS', /word/],
    ['find?q=%20', 'E_WORDS', /word/],
    ['changes', 'E_CHANGES', /one county/],
    ['changes?county=990101&url=x', 'E_CHANGES', /one county/],
    ['changes?documents=1', 'E_CHANGES', /one county/],
    ['audit?verdict=wrong', 'E_OPTION', /wrong/],
  ])('%s', async (path, code, said) => {
    const failure = await failureOf(path, 400);
    expect(failure).toMatchObject({ code, message: expect.stringMatching(said) });
  });

  it('of paths, formats and methods are JSON too', async () => {
    expect(await failureOf('nothing', 404)).toMatchObject({ code: 'E_NOT_FOUND' });
    expect(await failureOf('figures.pdf', 404)).toMatchObject({ code: 'E_NOT_FOUND' });
    expect(await failureOf('figures', 406, { Accept: 'image/png' })).toMatchObject({ code: 'E_FORMAT' });
    expect((await app.request('/api/v1/figures', { method: 'DELETE' })).status).toBe(404);
    expect(
      (await app.request('/api/v1/figures', { method: 'POST', headers: { Origin: 'http://evil.example' } })).status,
    ).toBe(403);
  });

  it('of the corpus say what to do, and faults of the program give a number and no words', async () => {
    const broken = (error: Error) =>
      webApp({ corpus: () => Promise.reject(error), codebook, log: (text) => log.push(text) });
    const missing = await broken(
      new CorpusError('E_CORPUS_MISSING', alike('there is no corpus'), alike('Make one.')),
    ).request('/api/v1/counties');
    expect([missing.status, await missing.json()]).toEqual([
      503,
      { error: { code: 'E_CORPUS_MISSING', message: 'there is no corpus', hint: 'Make one.' } },
    ]);
    const fault = await broken(new Error('secret')).request('/api/v1/counties');
    const { error } = (await fault.json()) as Failure;
    expect(error.code).toBe('E_INTERNAL');
    expect(error.message).not.toContain('secret');
    expect(log.join()).toContain(`${/[0-9a-f]{8}/.exec(error.message)![0]} GET /api/v1/counties: Error: secret`);
  });
});

describe('the description', () => {
  it('is OpenAPI 3.1, names every path with its parameters, and refers to nothing that is missing', async () => {
    const answer = await get('openapi.json');
    const text = await answer.text();
    const description = JSON.parse(text) as {
      openapi: string;
      paths: Record<string, { get: { parameters?: { name: string; in: string }[]; responses: object } }>;
      components: { schemas: Record<string, unknown> };
    };
    expect(description.openapi).toBe('3.1.0');
    for (const { name, parameters } of tableSources) {
      const { get: described } = description.paths[`/api/v1/${name}`]!;
      expect(described.parameters!.map((each) => each.name)).toEqual(
        expect.arrayContaining([...parameters, 'format', 'limit', 'offset']),
      );
      expect(Object.keys(described.responses)).toEqual(expect.arrayContaining(['200', '304', 'default']));
    }
    expect(Object.keys(description.paths)).toEqual(
      expect.arrayContaining(['/api/v1/records/{id}', '/api/v1/documents/{id}']),
    );
    const missing = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].filter(
      ([, name]) => !(name! in description.components.schemas),
    );
    expect(missing).toEqual([]);
  });

  it('has a page for people that asks nothing of other hosts', async () => {
    for (const language of ['zh', 'en']) {
      const html = await (await app.request(`/api?lang=${language}`)).text();
      for (const { name } of tableSources) expect(html).toContain(`GET /api/v1/${name}`);
      expect(html).not.toMatch(/(?:src|href)="https?:/);
    }
    expect((await (await app.request('/api/v1')).json()) as object).toMatchObject({
      data: expect.arrayContaining([expect.objectContaining({ path: '/api/v1/compare' })]),
    });
  });
});
