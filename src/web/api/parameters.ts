// The parameters of the API: the words of the command line's flags and of the pages' addresses, described once.
import { z } from '@hono/zod-openapi';
import { findingKinds, verdicts } from '../../compare/audit/index.js';
import { headerKinds } from '../../export/xlsx.js';
import { fills, normalisations } from '../../model/cell.js';
import { stages, statuses } from '../../model/record.js';

/** How an answer is written. */
export const apiFormats = ['json', 'csv', 'jsonl', 'xlsx', 'parquet'] as const;
export type ApiFormat = (typeof apiFormats)[number];

/** Rows of a JSON answer: without `limit`, and at most. */
export const usualLimit = 1000;
export const mostRows = 10_000;

/** Several values, parted by commas or given one by one. */
const list = (description: string, known?: readonly string[]) =>
  z
    .union([z.string(), z.array(z.string())])
    .optional()
    .openapi({
      type: 'array',
      items: { type: 'string', ...(known ? { enum: [...known] } : {}) },
      description: `${description} Several are parted by commas or given one by one.`,
    });

const whole = (description: string, least: number, most?: number) => {
  const number = z.coerce.number().int().min(least);
  return (most === undefined ? number : number.max(most)).optional().openapi({ type: 'integer', description });
};

/** By name. What a table takes of them is listed with the table. */
const parameters = {
  county: list('Counties by GB/T 2260 code or by name; without it all that were read.'),
  indicator: list('Indicators by id or Chinese name.'),
  stage: list('Stages of schooling.', stages),
  period: z
    .string()
    .optional()
    .openapi({ description: '2024, 2024-05 or 2022..2024. Nothing is filled in from another year.', example: '2024' }),
  fill: z.enum(fills).optional().openapi({
    description:
      'nearest: where the period has no value, that of the nearest other period; its choice is other_period.',
  }),
  status: list('Reached, planned, a target or a standard; a comparison takes actual where none is named.', statuses),
  normalise: list('Derived values beside the reported ones.', normalisations),
  every: z.enum(['0', '1']).optional().openapi({ description: '1: figures that fit no indicator or no county too.' }),
  kind: list('What was checked.', findingKinds),
  verdict: list('How claims stand to what was computed.', verdicts),
  q: z.string().optional().openapi({ description: 'Words, parted by spaces, that one sentence must hold.' }),
  documents: list('Two documents by number, the earlier and the later.'),
  url: z.string().optional().openapi({ description: 'The address of a page that was read in two versions.' }),
} as const;
export type ParameterName = keyof typeof parameters;

/** Taken by every table. */
const tableParameters = {
  format: z
    .enum(apiFormats)
    .optional()
    .openapi({ description: 'As the ending of the path (figures.csv), which goes before it; both before Accept.' }),
  limit: whole(
    `Rows at most: ${usualLimit} where a JSON answer names none and ${mostRows} at most; a file without it has all rows.`,
    1,
  ),
  offset: whole('Rows to leave out first.', 0),
  headers: z
    .enum(headerKinds)
    .optional()
    .openapi({ description: 'Heads of CSV and xlsx. Chinese ones give a CSV file the mark that Excel and WPS need.' }),
  lang: z.enum(['zh', 'en']).optional().openapi({ description: 'Language of sentences that are made, not quoted.' }),
} as const;

/** The query of a table: any other parameter is an error, so that a slip of the pen does not widen the answer. */
export const tableQuery = (names: readonly ParameterName[]) =>
  z.strictObject({ ...Object.fromEntries(names.map((name) => [name, parameters[name]])), ...tableParameters });
