// The peers' own tests (JioNLP, Duckling, Recognizers-Text) as a suite over the numeral and unit rules. Cases that we read
// otherwise are listed, each with its reason, in peer-cases.disagreements.json; one that is listed and passes is an error too.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../extractors/rules/candidate.js';
import { readNumbers } from '../../extractors/rules/quantities.js';

const folder = resolve(import.meta.dirname, '../../../shared/peer-cases');
const there = existsSync(folder);
if (!there) console.warn(`peer cases skipped: ${folder} is missing`);

interface Expected {
  text: string;
  start: number;
  end: number;
  value: number;
  max?: number;
  unit: string | null;
  kind: string;
  bound?: string;
}
interface PeerCase {
  id: string;
  text: string;
  expected: Expected[];
  scope: string[];
}
interface Disagreement {
  file: string;
  cases: number[];
  reason: string;
}

/** The peers scale weights and volumes; a record keeps the unit that was written. Our unit: theirs, and the factor to it. */
const scaled: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  公斤: ['g', 1000],
  千克: ['g', 1000],
  克: ['g', 1],
  斤: ['g', 500],
  吨: ['g', 1e6],
  毫克: ['g', 1e-3],
  微克: ['g', 1e-6],
  升: ['L', 1],
  公升: ['L', 1],
  毫升: ['L', 1e-3],
  周: ['天', 7],
  月: ['个月', 1],
  工作日: ['个工作日', 1],
  千瓦: ['瓦', 1000],
  兆赫兹: ['赫兹', 1e6],
  千字节: ['字节', 1000],
};

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

/** What a reader of the record would compare: value, upper end and unit, in the peers' convention. */
function measured(item: Candidate): { value: number; max: number | null; unit: string } {
  const [unit, factor] = scaled[item.unit] ?? [item.unit, 1];
  return { value: item.value * factor, max: item.max === null ? null : item.max * factor, unit };
}

/** What is wrong with our reading of one case; empty where nothing is. */
function faults({ text, expected, scope }: PeerCase): string[] {
  const { candidates } = readNumbers(text);
  const wrong: string[] = [];
  const met = new Set<Candidate>();
  for (const { value, max, unit, bound, start, end, kind } of expected) {
    const here = candidates.filter((item) => item.quoteStart < end && item.quoteEnd > start);
    const bare = kind === 'number' || unit === null;
    const hit = here.find((item) => near(measured(item).value, value) && (bare || item.rejected === null));
    if (!hit) {
      wrong.push(`no ${value} ${unit ?? ''}`);
      continue;
    }
    met.add(hit);
    const got = measured(hit);
    if (max !== undefined && (got.max === null || !near(got.max, max))) wrong.push(`up to ${got.max}, not ${max}`);
    if (!bare && got.unit !== unit) wrong.push(`unit ${got.unit}, not ${unit}`);
    if (!bare && bound !== undefined && hit.bound !== bound) wrong.push(`bound ${hit.bound}, not ${bound}`);
  }
  for (const item of candidates) {
    if (item.rejected !== null || met.has(item) || !scope.includes(item.dimension ?? '')) continue;
    if (expected.some(({ start, end }) => item.quoteStart < end && item.quoteEnd > start)) continue;
    wrong.push(`extra ${text.slice(item.quoteStart, item.quoteEnd)}`);
  }
  return wrong;
}

describe.skipIf(!there)('the peers’ tests', () => {
  const disagreements: Disagreement[] = JSON.parse(
    readFileSync(resolve(import.meta.dirname, 'peer-cases.disagreements.json'), 'utf8'),
  );
  const files = there ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

  it('are there, and every disagreement has a reason and names cases of its file', () => {
    expect(files.length).toBeGreaterThan(5);
    for (const { file, cases, reason } of disagreements) {
      const length = (JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as PeerCase[]).length;
      expect(reason.length, file).toBeGreaterThan(20);
      expect(
        cases.filter((index) => !(index >= 0 && index < length)),
        file,
      ).toEqual([]);
    }
  });

  for (const file of files) {
    const cases: PeerCase[] = JSON.parse(readFileSync(resolve(folder, file), 'utf8'));
    const listed = new Set(disagreements.filter((entry) => entry.file === file).flatMap((entry) => entry.cases));
    it(`${file}: ${cases.length - listed.size} of ${cases.length} are read as the peer reads them`, () => {
      const wrong: string[] = [];
      cases.forEach((peerCase, index) => {
        const found = faults(peerCase);
        if (found.length > 0 && !listed.has(index))
          wrong.push(`${index} ${peerCase.id} ${peerCase.text}: ${found.join('; ')}`);
        if (found.length === 0 && listed.has(index))
          wrong.push(`${index} ${peerCase.id} is listed as a disagreement and is none`);
      });
      expect(wrong).toEqual([]);
    });
  }
});
