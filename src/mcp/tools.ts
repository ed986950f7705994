// What an assistant may ask of a corpus: search, compare, practices, evidence and audit, on the query objects of the command line. Every
// value comes with its record id and its sentence, so that a quoted number can be checked.
import { z } from 'zod';
import type { Corpus } from '../../db/corpus.js';
import type { Codebook } from '../../extractors/index.js';
import { type Finding, findingKinds, verdicts } from '../compare/audit/index.js';
import { shownFigure, valueStatusOf } from '../compare/cells.js';
import { chiefStanding, writeStanding } from '../compare/standards.js';
import { writePeriod, writeValue } from '../compare/wording.js';
import { audit, compare, comparePractices, countyOf, type NamedComparison } from '../corpus.js';
import { find } from '../find.js';
import { type CompareQuery, fills, normalisations, type StoredFigure } from '../model/cell.js';
import { UsageError } from '../model/errors.js';
import { stages, statuses } from '../model/record.js';

/** What every tool answers. */
export const answerSchema = z.object({
  results: z.array(z.record(z.string(), z.unknown())),
  /** There is more than the limit let through. */
  more: z.boolean(),
  note: z.string().describe('How the results are to be read.'),
});
export type Answer = z.infer<typeof answerSchema>;

export interface Tool<Input = never> {
  name: string;
  title: string;
  about: string;
  input: z.ZodType<Input>;
  /** @throws XianjianError for what the caller can cure */
  ask(corpus: Corpus, codebook: Codebook, input: Input): Promise<Answer>;
}

const counties = z
  .array(z.string())
  .min(1)
  .optional()
  .describe('Counties by GB/T 2260 code (six digits) or name; without it all that were read.');
const limitOf = (usual: number) => z.number().int().min(1).max(500).default(usual).describe('Results at most.');

/** A figure as an answer quotes it. */
const quoted = (figure: StoredFigure) => ({
  record_id: figure.id,
  written: writeValue(figure),
  value: figure.value,
  value_max: figure.valueMax,
  unit: figure.unit,
  bound: figure.bound,
  per: figure.per,
  period: writePeriod(figure),
  status: figure.status,
  sentence: figure.sentence,
  ...sourceOf(figure),
});

const sourceOf = (record: {
  documentId: number;
  documentTitle: string | null;
  documentDate: string | null;
  url: string;
}) => ({
  document_id: record.documentId,
  document_title: record.documentTitle,
  document_date: record.documentDate,
  url: record.url,
});

const countyName = (code: string | null) => ({ county_code: code, county: code === null ? null : countyOf(code).name });

const cut = (results: Record<string, unknown>[], limit: number, note: string): Answer => ({
  results: results.slice(0, limit),
  more: results.length > limit,
  note,
});

/** Drops properties that are undefined: a query has a filter or has it not. */
const given = <T extends object>(input: T): { [Key in keyof T]: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as never;

const searchInput = z.strictObject({
  words: z.array(z.string()).min(1).describe('One sentence must hold them all, as in ["集团化", "办学"].'),
  counties,
  limit: limitOf(20),
});

const search: Tool<z.infer<typeof searchInput>> = {
  name: 'search',
  title: 'Search sentences',
  about:
    'Sentences of crawled county documents that hold all words, with the sentences around them and the ids of the figures and practices in them. Documents are Chinese: search with Chinese words.',
  input: searchInput,
  async ask(corpus, _codebook, { words, limit, ...rest }) {
    const { sentences, more } = await find(corpus, { words, limit, ...given(rest) });
    const ids = [...new Set(sentences.map(({ documentId }) => documentId))];
    const figures = ids.length === 0 ? [] : await corpus.figures({ documents: ids, withIndicator: false });
    const places = [...new Set(sentences.flatMap(({ county }) => county?.code ?? []))];
    const reported = places.length === 0 ? [] : await corpus.practices({ places });
    const results = sentences.map(({ documentId, county, start, ...found }) => {
      const end = start + found.sentence.length;
      const held = figures.filter(
        (figure) => figure.documentId === documentId && figure.textStart >= start && figure.textEnd <= end,
      );
      const practised = reported.filter(
        (practice) => practice.documentId === documentId && practice.sentence === found.sentence,
      );
      return {
        document_id: documentId,
        document_title: found.title,
        document_date: found.date,
        url: found.url,
        county_code: county?.code ?? null,
        county: county?.name ?? null,
        sentence: found.sentence,
        before: found.before,
        after: found.after,
        record_ids: [...held, ...practised].map(({ id }) => id),
      };
    });
    return {
      results,
      more,
      note: 'record_ids are the figures and practices read from the sentence; ask `evidence` for their proof.',
    };
  },
};

const compareInput = z.strictObject({
  counties,
  indicators: z.array(z.string()).min(1).optional().describe('Indicators by id or Chinese name; without it all.'),
  stages: z.array(z.enum(stages)).min(1).optional(),
  period: z
    .string()
    .optional()
    .describe('2024, 2024-05 or 2022..2024. Nothing is filled in from another year unless fill asks for it.'),
  fill: z
    .enum(fills)
    .optional()
    .describe(
      'nearest: where the period has no value, that of the nearest other period; its value_status is other_period.',
    ),
  statuses: z.array(z.enum(statuses)).min(1).optional().describe('Without it only what was reached: actual.'),
  normalise: z.array(z.enum(normalisations)).min(1).optional().describe('Derived values beside the reported ones.'),
  limit: limitOf(100),
});

const compareTool: Tool<z.infer<typeof compareInput>> = {
  name: 'compare',
  title: 'Compare counties',
  about:
    'Counties side by side: one result a cell (county × indicator × stage) with its value and sentence, or the reason why there is none. Name indicators: all of them are many.',
  input: compareInput,
  async ask(corpus, codebook, { limit, ...query }) {
    const comparison = await compare(corpus, given(query) as CompareQuery, codebook);
    return cut(
      cellsOf(comparison),
      limit,
      'not_mentioned speaks of the pages that were read, not of the county. A value whose value_status is other_period is of another period than was asked: say so. Values are in base units (yuan, fractions of 1); a standard for each school is no verdict on a county mean.',
    );
  },
};

function cellsOf(comparison: NamedComparison): Record<string, unknown>[] {
  return comparison.rows.flatMap((row, index) =>
    comparison.cells[index]!.map((cell, column) => {
      const indicator = comparison.indicators.get(row.indicator)!;
      const standing = chiefStanding(comparison.standings[index]![column]!);
      const figure = shownFigure(cell);
      return {
        ...countyName(cell.place),
        indicator: row.indicator,
        indicator_zh: indicator.zh,
        stage: row.stage,
        value_status: valueStatusOf(cell),
        ...(figure ? quoted(figure) : { record_id: null, sentence: null }),
        chosen_because: cell.choice,
        standard: standing ? `${writeStanding(standing, 'en')} (${standing.standard.number})` : null,
        derived: comparison.derived[index]![column]!,
        others: cell.others.slice(0, 5).map(quoted),
      };
    }),
  );
}

const practicesInput = z.strictObject({
  counties,
  practices: z.array(z.string()).min(1).optional().describe('Practices by id or Chinese name; without it all.'),
  limit: limitOf(100),
});

const practices: Tool<z.infer<typeof practicesInput>> = {
  name: 'practices',
  title: 'Practices of counties',
  about: 'What counties report to do (举措) and how far it is, one result a report with its sentence.',
  input: practicesInput,
  async ask(corpus, codebook, { limit, practices: asked, ...rest }) {
    const wanted = asked?.map((name) => practiceNamed(name, codebook));
    const matrix = await comparePractices(corpus, given(rest), codebook);
    const results = matrix.rows.flatMap((entry, index) =>
      wanted && !wanted.includes(entry.id)
        ? []
        : matrix.cells[index]!.flatMap((cell) =>
            (cell?.reports ?? []).map((report) => ({
              record_id: report.id,
              ...countyName(report.place),
              practice: entry.id,
              practice_zh: entry.zh,
              practice_en: entry.en,
              status: report.status,
              sentence: report.sentence,
              document_id: report.documentId,
              document_date: report.documentDate,
              figures: report.figures,
            })),
          ),
    );
    return cut(results, limit, 'status: done, piloted, planned, or only mentioned. No report is no proof of absence.');
  },
};

function practiceNamed(name: string, codebook: Codebook): string {
  const found = codebook.practices.find(({ id, zh }) => id === name || zh === name);
  if (found) return found.id;
  const known = codebook.practices.map(({ id, zh }) => `${id} (${zh})`).join(', ');
  throw new UsageError(
    'E_PRACTICE',
    { en: `the codebook ${codebook.id} has no practice "${name}"`, zh: `编码表 ${codebook.id} 里没有做法“${name}”` },
    { en: `It has ${known}.`, zh: `其中有 ${known}。` },
  );
}

const evidenceInput = z.strictObject({
  record_id: z.string().describe('As the other tools give it: 17-001, 17-p01, 17-c01.'),
});

const evidence: Tool<z.infer<typeof evidenceInput>> = {
  name: 'evidence',
  title: 'Evidence of a record',
  about:
    'One figure, practice or citation with everything that proves it: sentence, source, dates, hash of the kept page, rules.',
  input: evidenceInput,
  async ask(corpus, _codebook, { record_id: id }) {
    const found = await corpus.evidence(id);
    if (!found) {
      const near = await corpus.idsLike(id);
      throw new UsageError(
        'E_NO_RECORD',
        { en: `the corpus has no record ${id}`, zh: `语料库里没有记录 ${id}` },
        near.length > 0
          ? { en: `There are ${near.join(', ')}.`, zh: `有 ${near.join('、')}。` }
          : { en: 'Take an id from compare, search or practices.', zh: '编号请取自对比、检索或做法。' },
      );
    }
    const { type, record, document, repeatedBy } = found;
    const { text: _, ...source } = document;
    const result = { record_id: id, type, sentence: record.sentence, quote: record.quote, record, document: source };
    return {
      results: [{ ...result, repeated_by: repeatedBy }],
      more: false,
      note:
        document.supersededBy === null
          ? 'sha256 is that of the bytes as they were fetched; they are kept.'
          : 'The page has a newer version; the tables show what that one says.',
    };
  },
};

const auditInput = z.strictObject({
  counties,
  kinds: z.array(z.enum(findingKinds)).min(1).optional(),
  verdicts: z.array(z.enum(verdicts)).min(1).optional().describe('Without it all but holds and rounds.'),
  limit: limitOf(50),
});

const auditTool: Tool<z.infer<typeof auditInput>> = {
  name: 'audit',
  title: 'Audit of the texts',
  about: 'What the texts say beside what their own figures give: sums, shares, multiples, repeated figures, dates.',
  input: auditInput,
  async ask(corpus, codebook, { limit, ...query }) {
    const told = query.verdicts ?? verdicts.filter((verdict) => verdict !== 'holds' && verdict !== 'rounds');
    const report = await audit(corpus, { ...given(query), verdicts: [...told] }, codebook);
    const note = `Checked ${report.documents} documents with ${report.figures} figures. A finding states what was computed; it accuses nobody.`;
    return cut(report.findings.map(findingOf), limit, note);
  },
};

const findingOf = ({ place, figures, documents, sentences, en, zh, ...finding }: Finding) => ({
  ...finding,
  ...countyName(place),
  record_ids: figures,
  document_ids: documents,
  sentences: sentences.map(({ document, text }) => ({ document_id: document, sentence: text })),
  finding: en,
  finding_zh: zh,
});

/** All tools. Each checks its input itself, so that they can stand in one list. */
export const tools: readonly Tool[] = [
  search,
  compareTool,
  practices,
  evidence,
  auditTool,
] as unknown as readonly Tool[];
