// The scores of figures on the five real documents never fall below test/floors.json. The scorer is the annotators' own; 002 is
// scored restored and, paired in text order, as the damaged page. `FLOORS=raise npx vitest run test/floors.test.ts` raises the
// floors to what is measured; `FLOORS="lower NAME: reason"` lowers one.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { extractFigures } from '../extractors/figures/index.js';
import { readPage } from '../src/reading/index.js';
import { type Floors, fallen, moved } from './helpers/floors.js';
import { hasShared, seedFile, sharedFolder } from './helpers/shared.js';

const file = resolve(import.meta.dirname, 'floors.json');
const documents = ['000', '001', '002', '003', '004'];
const work = mkdtempSync(join(tmpdir(), 'xianjian-floors-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Scores {
  found_prf: { f1: number };
  exact_prf: { f1: number };
  record_prf: { f1: number };
  slots: Record<string, number>;
  links: number;
}

/** Extracts the files and scores what was found against the annotations. */
async function score(name: string, fileOf: (document: string) => string, align: string): Promise<Scores> {
  const folder = join(work, name);
  mkdirSync(folder);
  for (const id of documents) {
    const document = await readPage({ bytes: readFileSync(fileOf(id)), origin: `${id}.txt` });
    const figures = extractFigures(document, id);
    writeFileSync(join(folder, `${id}.jsonl`), figures.map((figure) => JSON.stringify(figure)).join('\n'));
  }
  const scorer = join(sharedFolder, 'gold', 'score.mjs');
  return JSON.parse(execFileSync(process.execPath, [scorer, folder, '--json', '--align', align], { encoding: 'utf8' }));
}

const restored = (id: string): string => {
  const mended = join(sharedFolder, 'gold', 'text', `${id}.txt`);
  return existsSync(mended) ? mended : seedFile(id);
};

const byName = ({ found_prf, exact_prf, record_prf, slots, links }: Scores, prefix: string): Record<string, number> =>
  Object.fromEntries(
    Object.entries({ found: found_prf.f1, exact: exact_prf.f1, record: record_prf.f1, ...slots, links })
      .filter(([name]) => name !== 'indicator')
      .map(([name, value]) => [prefix + name, value]),
  );

describe.skipIf(!hasShared)('figures of the real documents', () => {
  it('stay above their floors', async () => {
    const measured = {
      ...byName(await score('restored', restored, 'offset'), ''),
      ...byName(await score('damaged', seedFile, 'sequence'), 'damaged.'),
    };
    const floors = JSON.parse(readFileSync(file, 'utf8')) as Floors;
    const request = process.env.FLOORS;
    if (request) writeFileSync(file, `${JSON.stringify(moved(floors, measured, request), null, 2)}\n`);
    const now = request ? (JSON.parse(readFileSync(file, 'utf8')) as Floors) : floors;
    expect(Object.keys(now.figures).length).toBeGreaterThan(20);
    expect(fallen(now, measured)).toEqual([]);
  });
});

describe('floors', () => {
  const floors: Floors = { figures: { found: 0.9, stage: 0.8 } };

  it('name what fell, and what was not measured', () => {
    expect(fallen(floors, { found: 0.91, stage: 0.79 })).toEqual(['stage: 0.7900 is below its floor 0.8']);
    expect(fallen(floors, { found: 0.9 })).toEqual(['stage: not measured is below its floor 0.8']);
  });

  it('rise on request, never fall by it', () => {
    expect(moved(floors, { found: 0.95678, stage: 0.7 }, 'raise').figures).toEqual({ found: 0.956, stage: 0.8 });
  });

  it('fall one at a time, with a reason that is kept', () => {
    const after = moved(floors, { found: 0.8, stage: 0.7 }, 'lower stage: a gold line was corrected');
    expect(after.figures).toEqual({ found: 0.9, stage: 0.7 });
    expect(after.lowered).toEqual([{ name: 'stage', from: 0.8, to: 0.7, why: 'a gold line was corrected' }]);
    expect(() => moved(floors, {}, 'lower stage:')).toThrow(/takes a reason/);
    expect(() => moved(floors, {}, 'lower')).toThrow(/say "raise"/);
  });
});
