// The five real documents: what a careful reader found wrong in them, and the claims that hold, each checked by hand in the text.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/compare/audit/index.js';
import { hasShared, seedFile, seedSites } from '../../helpers/shared.js';
import { xianjian } from '../../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of each claim: county, kind, verdict, and a value, computation or words that single it out. */
type Claim = [place: string, kind: string, verdict: string, what: number | string | RegExp];

const found: Claim[] = [
  // 220 of 570 is 38.6%, told as 40%.
  ['371083', 'share', 'overstated', 0.386],
  // 10.6 is exactly twice 5.3, and 3 three times 1, told as 两倍多.
  ['371083', 'multiple', 'edge', 2],
  ['371083', 'multiple', 'edge', 3],
  ['371083', 'term', 'conflicts', /实验区.*示范区/],
  ['370302', 'repeated', 'cannot_tell', /10名.*20人/],
  ['371521', 'date', 'conflicts', '2017-08-02 < 2017-08-10'],
  ['371521', 'date', 'conflicts', /8月底/],
];

const hold: Claim[] = [
  ['371083', 'share', 'holds', 0.383],
  ['371083', 'share', 'holds', 0.507],
  ['371083', 'multiple', 'holds', 2.024],
  ['371083', 'multiple', 'holds', 2.7],
  ['370302', 'parts', 'holds', 92],
  ['371521', 'parts', 'holds', 138],
  ['371521', 'parts', 'holds', 5638],
  ['371521', 'parts', 'holds', 76_878],
  ['371521', 'parts', 'holds', 114],
  ['371521', 'parts', 'holds', '98所 + 38所 = 136所'],
  ['371521', 'share', 'holds', 0.721],
  ['371521', 'share', 'holds', 0.279],
  ['371521', 'repeated', 'holds', '138所 − 2所 = 136所'],
];

describe.skipIf(!hasShared)('the audit of the five documents', () => {
  let findings: Finding[];
  let shown: Finding[];

  beforeAll(async () => {
    const database = join(folder, 'seeds.sqlite');
    for (const { document, place } of seedSites()) {
      const imported = await xianjian(['import', seedFile(document), '--place', place, '--db', database]);
      expect(imported).toMatchObject({ code: 0 });
    }
    const all = await xianjian(['audit', '--verdict', 'all', '--json', '--db', database]);
    findings = JSON.parse(all.stdout).findings;
    shown = JSON.parse((await xianjian(['audit', '--json', '--db', database])).stdout).findings;
  });

  const fits = (finding: Finding, [place, kind, verdict, what]: Claim): boolean =>
    finding.place === place &&
    finding.kind === kind &&
    finding.verdict === verdict &&
    (typeof what === 'number'
      ? finding.value !== null && Math.abs(finding.value - what) < 0.0006
      : typeof what === 'string'
        ? finding.computed === what
        : what.test(finding.zh));

  it.each(found)('finds: %s %s %s %s', (...claim) => {
    expect(shown.filter((finding) => fits(finding, claim))).toHaveLength(1);
  });

  it.each(hold)('holds: %s %s %s %s', (...claim) => {
    expect(findings.filter((finding) => fits(finding, claim))).toHaveLength(1);
    expect(shown.filter((finding) => fits(finding, claim))).toEqual([]);
  });

  it('raises nothing else', () => {
    const others = shown.filter((finding) => !found.some((claim) => fits(finding, claim)));
    expect(others.map(({ id, zh }) => `${id} ${zh}`)).toEqual([]);
  });

  it('gives each finding its sentences and ids', () => {
    for (const finding of findings) {
      expect(finding.documents.length, finding.id).toBeGreaterThan(0);
      if (finding.kind !== 'term' && finding.kind !== 'date') expect(finding.figures, finding.id).not.toEqual([]);
      for (const { text } of finding.sentences) expect(text.trim(), finding.id).not.toBe('');
    }
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
  });
});
