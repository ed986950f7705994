// Corpora for the tests of evidence: pages and files read as an import reads them, and the web application on them.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Hono } from 'hono';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { compileCodebook, loadCodebook } from '../../../extractors/index.js';
import { importFile } from '../../../src/pipeline.js';
import { webApp } from '../../../src/web/app.js';
import type { WebEnv } from '../../../src/web/context.js';

export const root = resolve(import.meta.dirname, '../../..');
export const codebook = loadCodebook('education');
const compiled = compileCodebook(codebook);

export interface EvidenceStudy {
  database: string;
  corpus: Corpus;
  app: Hono<WebEnv>;
  add(url: string, bytes: Uint8Array | string, place?: string): Promise<number>;
  remove(): Promise<void>;
}

export async function makeEvidenceStudy(): Promise<EvidenceStudy> {
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-evidence-'));
  const database = join(folder, 'corpus.sqlite');
  const corpus = await openCorpus(database, { create: true });
  return {
    database,
    corpus,
    app: webApp({ corpus, codebook }),
    async add(url, content, place = '990101') {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      const { report } = await importFile(corpus, { url, bytes, place, date: '2024-05-01' }, compiled);
      return report?.documents[0]?.id ?? 0;
    },
    async remove() {
      await corpus.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Adds the files of a folder whose names fit. */
export async function addFolder(study: EvidenceStudy, folder: string, wanted: RegExp): Promise<number> {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) await study.add(`https://site.example/${relative(folder, file)}`, readFileSync(file));
  return files.length;
}

export interface RecordRow {
  id: string;
  snapshot: number;
  document: number;
  quote: string;
  sentence: string;
  start: number;
  end: number;
  format: string;
}

/** Figures, practices and citations of a corpus. */
export async function recordsOf(corpus: Corpus): Promise<RecordRow[]> {
  const select = (table: string) =>
    `select r.id, d.snapshot, d.id as document, r.quote, r.sentence, r.original_start, r.original_end, d.format from ${table} r join document d on d.id = r.document`;
  const { rows } = await corpus.query(['figure', 'practice', 'citation'].map(select).join(' union all '), 100_000);
  return rows.map(([id, snapshot, document, quote, sentence, start, end, format]) => ({
    id,
    snapshot,
    document,
    quote,
    sentence,
    start,
    end,
    format,
  })) as unknown as RecordRow[];
}
