// The main job on real input: five county sites crawled from their start pages, and the same five texts as files, must give the
// same documents and figures, each number under its county and with its sentence.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Corpus, StoredDocument } from '../db/corpus.js';
import { openCorpus } from '../db/open.js';
import type { StoredFigure } from '../src/model/cell.js';
import { hasShared, seedFile, seedSites, serveSeedSites, sharedFolder } from './helpers/shared.js';
import { xianjian } from './helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-pipeline-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mastheads = hasShared
  ? (JSON.parse(readFileSync(join(sharedFolder, 'gold', 'mastheads.json'), 'utf8')) as Record<
      string,
      { title: string }
    >)
  : {};

/** Figures that the five texts report, found by eye: county, value in the base unit, unit, bound. */
const reported: [place: string, value: number, unit: string, bound: string][] = [
  ['371083', 7_318_000_000, 'CNY', 'exact'],
  ['370881', 4.2, '人', 'at_least'],
  ['500154', 67_000, 'm2', 'exact'],
  ['370302', 120_000_000, 'CNY', 'exact'],
  ['371521', 138, '所', 'exact'],
];

function expectReported(figures: readonly StoredFigure[]): void {
  for (const [place, value, unit, bound] of reported) {
    expect(figures, `${value} ${unit} in ${place}`).toContainEqual(
      expect.objectContaining({ place, value, unit, bound }),
    );
  }
}

describe.skipIf(!hasShared)('five sites', () => {
  const sites = hasShared ? seedSites() : [];
  const database = join(folder, 'sites.sqlite');
  let served: Awaited<ReturnType<typeof serveSeedSites>>;
  let corpus: Corpus;

  beforeAll(async () => {
    served = await serveSeedSites();
    for (const site of sites) {
      const seen = await xianjian([
        'crawl',
        served.urlOf(site),
        '--place',
        site.place,
        '--allow-private',
        '--no-delay',
        '--db',
        database,
      ]);
      expect(seen, site.name).toMatchObject({ code: 0 });
    }
    corpus = await openCorpus(database, { readOnly: true });
  });

  afterAll(async () => {
    await corpus?.close();
    served?.close();
  });

  const documentsOf = async (name: string): Promise<StoredDocument[]> => {
    const start = new URL(served.urlOf(sites.find((site) => site.name === name)!));
    return (await corpus.documents({ limit: 1000 })).filter((document) => document.url.startsWith(start.origin));
  };

  it.each(sites)('$name: $listed articles, each once', async ({ name, listed }) => {
    const articles = (await documentsOf(name)).filter((document) => document.kind === 'article');
    expect(articles).toHaveLength(listed);
    expect(new Set(articles.map((document) => document.url)).size).toBe(listed);
  });

  it.each(sites)('$name: encoding, title, date and county of its article', async (site) => {
    const document = await corpus.documentAt(served.urlOf(site, site.article));
    expect(document).toMatchObject({
      encoding: site.name === 'yanggu' ? 'gb18030' : 'utf-8',
      title: mastheads[site.document]!.title,
      place: site.place,
    });
    expect(document!.publishedIso).toMatch(new RegExp(`^${site.published}`));
  });

  it('has the figures under the right county, each with its sentence', async () => {
    const figures = await corpus.figures({ withIndicator: false });
    expectReported(figures);
    for (const figure of figures) expect(figure.sentence, figure.id).toContain(figure.quote);
  });

  it('attachments that repeat their notice point at it and add no figure', async () => {
    const qufu = await documentsOf('qufu');
    const notice = qufu.find((document) => document.url.endsWith(sites.find(({ name }) => name === 'qufu')!.article))!;
    const attachments = qufu.filter((document) => document.kind === 'attachment');
    expect(attachments.map((document) => document.format).sort()).toEqual(['doc', 'docx', 'pdf']);
    for (const attachment of attachments) {
      expect(attachment).toMatchObject({ repeats: notice.id, attachedTo: notice.id });
    }
    const ids = new Set(attachments.map((document) => document.id));
    expect((await corpus.figures({ withIndicator: false })).filter((figure) => ids.has(figure.documentId))).toEqual([]);
  });

  it('a second crawl finds nothing new', async () => {
    const before = await corpus.counts();
    const site = sites.find(({ name }) => name === 'kaizhou')!;
    const seen = await xianjian([
      'crawl',
      served.urlOf(site),
      '--place',
      site.place,
      '--allow-private',
      '--db',
      database,
    ]);
    expect(seen.code).toBe(0);
    const { snapshots: _, ...after } = await corpus.counts();
    expect(after).toEqual({ ...before, snapshots: undefined });
  });

  it('compare puts the counties side by side, and show proves a number', async () => {
    const seen = await xianjian(['compare', '--db', database, '--json']);
    expect(seen.code).toBe(0);
    const { counties, rows } = JSON.parse(seen.stdout) as {
      counties: { code: string }[];
      rows: { cells: { chosen: StoredFigure | null; value_status: string }[] }[];
    };
    expect(counties.map((county) => county.code)).toEqual(['370302', '370881', '371083', '371521', '500154']);
    const values = rows.flatMap((row) => row.cells).filter((cell) => cell.chosen);
    expect(values.length).toBeGreaterThan(40);
    const { chosen } = values.find((cell) => cell.chosen?.value === 7_318_000_000)!;
    const shown = await xianjian(['show', chosen!.id, '--db', database]);
    expect(shown.stdout).toMatch(/sha256: +[0-9a-f]{64}/);
    expect(shown.stdout).toMatch(/fetched: +20\d\d-/);
    expect(shown.stdout).toContain('【73.18亿元】');
    expect(shown.stdout).toMatch(/rules: +\S/);
  });
});

describe.skipIf(!hasShared)('five files', () => {
  it('import gives the same documents and figures as the crawl of their pages', async () => {
    const database = join(folder, 'files.sqlite');
    const sites = seedSites();
    const seen = await xianjian([
      'import',
      ...sites.map((site) => seedFile(site.document)),
      '--place',
      sites.map((site) => site.place).join(','),
      '--db',
      database,
    ]);
    expect(seen).toMatchObject({ code: 0 });
    const corpus = await openCorpus(database, { readOnly: true });
    try {
      const documents = await corpus.documents({ limit: 10 });
      expect(documents.map(({ title, place }) => ({ title, place }))).toEqual(
        sites.map((site) => ({ title: mastheads[site.document]!.title, place: site.place })),
      );
      expectReported(await corpus.figures({ withIndicator: false }));
    } finally {
      await corpus.close();
    }
  });
});
