// The HTTP API: /api/v1, described by /api/v1/openapi.json and, for people, by /api. Every table is asked with the words of the command
// line and answered as JSON or as a file; single records come with what proves them.
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Column, Value } from '../../export/table.js';
import { packageVersion } from '../../model/package-root.js';
import { addressWith } from '../address.js';
import { listIn } from '../compare-query.js';
import type { WebContext, WebEnv } from '../context.js';
import { errorSchema, fail, metaOf, rowsMetaSchema } from './answers.js';
import { etags } from './etag.js';
import { apiBase, fileAnswer, formatAsked, mediaTypes, rowsIn } from './formats.js';
import { apiFormats, mostRows, tableQuery, usualLimit } from './parameters.js';
import { referencePage } from './reference.js';
import { addSingles } from './singles.js';
import { type TableSource, tableSources } from './sources.js';

export const api = new OpenAPIHono<WebEnv>({
  defaultHook: (result, c) => {
    if (result.success) return;
    const issues = result.error.issues.map(({ path, message }) => ({ parameter: path.join('.'), message }));
    const said = issues.map(({ parameter, message }) => (parameter === '' ? message : `${parameter}: ${message}`));
    return fail(c, 400, {
      code: 'E_PARAMETER',
      message: said.join('; '),
      hint: `${apiBase}/openapi.json lists the parameters of every path.`,
      issues,
    });
  },
});

api.use(`${apiBase}/*`, etags);
for (const source of tableSources) addTable(source);
addSingles(api);

const about = {
  openapi: '3.1.0',
  info: {
    title: '县鉴 xianjian',
    version: packageVersion,
    description:
      'What counties report on education, every value with its sentence. Answers are `{ data, meta }` or `{ error }`. Every table is also a file: write the ending behind the path, as in /api/v1/figures.csv.',
  },
  servers: [{ url: '/' }],
};

// The ending .json is taken from the path before it is routed.
api.get(`${apiBase}/openapi`, (c) => c.json(api.getOpenAPI31Document(about)));
api.get('/api', (c) => referencePage(c, api.getOpenAPI31Document(about)));
api.get(apiBase, (c) =>
  c.json({
    data: tableSources.map(({ name, summary }) => ({ path: `${apiBase}/${name}`, summary, formats: apiFormats })),
    meta: { ...metaOf(c, {}), openapi: `${apiBase}/openapi.json` },
  }),
);
api.all('/api/*', (c) =>
  fail(c, 404, {
    code: 'E_NOT_FOUND',
    message: `there is no ${c.req.method} ${c.req.path}`,
    hint: `${apiBase} lists what there is; ${apiBase}/openapi.json describes it.`,
  }),
);

function addTable(source: TableSource): void {
  const { name, summary, columns, parameters } = source;
  const files = apiFormats
    .filter((format) => format !== 'json')
    .map((format) => [mediaTypes[format], { schema: { type: 'string' as const, format: 'binary' } }]);
  const rows = z.object({ data: z.array(rowSchema(columns)), meta: rowsMetaSchema });
  const route = createRoute({
    method: 'get',
    path: `${apiBase}/${name}`,
    operationId: name,
    summary,
    request: { query: tableQuery(parameters) },
    responses: {
      200: {
        description: 'Rows.',
        content: { [mediaTypes.json]: { schema: rows }, ...Object.fromEntries(files) },
      },
      304: { description: 'As before: If-None-Match names the ETag of this answer.' },
      default: {
        description: 'What was wrong, and what to do.',
        content: { [mediaTypes.json]: { schema: errorSchema } },
      },
    },
  });
  api.openapi(route, (c) => answerTable(c, source) as never);
}

/** A row as JSON: the words of a column that holds one of a few are listed. */
function rowSchema(columns: readonly Column[]) {
  const of = ({ name, type, categories }: Column) => {
    if (type === 'number') return z.number();
    if (type === 'integer') return z.number().int();
    if (type === 'boolean') return z.boolean();
    // Several stages stand in one field, parted by |.
    return categories && name !== 'stage' ? z.enum(categories.map(({ value }) => value)) : z.string();
  };
  return z.object(
    Object.fromEntries(
      columns.map((column) => [
        column.name,
        of(column)
          .nullable()
          .openapi({ description: `${column.zh}: ${column.about}` }),
      ]),
    ),
  );
}

async function answerTable(c: WebContext, source: TableSource): Promise<Response> {
  const format = formatAsked(c);
  if (format === null)
    return fail(c, 406, {
      code: 'E_FORMAT',
      message: `Accept: ${c.req.header('Accept')} names no format of this address`,
      hint: `Accept one of ${Object.values(mediaTypes).join(', ')}, or write the ending: ${source.name}.csv.`,
    });
  const number = (name: string): number | null => (c.req.query(name) === undefined ? null : Number(c.req.query(name)));
  const filter = filterOf(c, source);
  const window = { offset: number('offset') ?? 0, limit: number('limit') };
  const { signal } = c.req.raw;
  if (format !== 'json') {
    const table = await source.make(c, window.limit === null ? null : window.offset + window.limit);
    return fileAnswer(c, { ...table, name: source.name, pages: rowsIn(table.pages, window, signal) }, format, filter);
  }
  const limit = window.limit ?? usualLimit;
  if (limit > mostRows)
    return fail(c, 400, {
      code: 'E_LIMIT',
      message: `limit=${limit} is more than a JSON answer holds`,
      hint: `Write at most ${mostRows} and follow meta.next, or ask for csv or parquet, which have no limit.`,
    });
  // One row more tells whether there is a next page.
  const table = await source.make(c, window.offset + limit + 1);
  const rows: Value[][] = [];
  for await (const page of rowsIn(table.pages, { offset: window.offset, limit: limit + 1 }, signal)) rows.push(...page);
  const data = rows.slice(0, limit).map((row) => objectOf(table.columns, row));
  const next = rows.length > limit ? addressWith(c.req.url, { offset: window.offset + limit }) : null;
  const meta = { ...metaOf(c, filter), table: source.name, rows: data.length, offset: window.offset, limit, next };
  return c.json({ data, meta });
}

const objectOf = (columns: readonly Column[], row: readonly Value[]): Record<string, Value> =>
  Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null]));

/** What was asked, by parameter. */
function filterOf(c: WebContext, { parameters }: TableSource): Record<string, unknown> {
  return Object.fromEntries(
    parameters.flatMap((name) => {
      const values = listIn(c, name);
      return values ? [[name, values.length === 1 ? values[0] : values]] : [];
    }),
  );
}
