// xianjian export, report and find as a user meets them: files, words on stderr, exit codes.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvObjects } from '../../export/study.js';
import { xianjian } from '../../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-export-cli-'));
const db = ['--db', join(folder, 'corpus.sqlite')];
const inFolder = (name: string) => join(folder, name);

beforeAll(async () => {
  const file = inFolder('report.txt');
  writeFileSync(file, '青岚县教师队伍情况\n发布时间:2024-03-15\n2023年,全县招聘教师80人。全县推行教师交流轮岗。\n');
  expect(await xianjian(['import', file, '--place', '990101', ...db])).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('xianjian export', () => {
  it('writes a file with a Chinese name and says rows and filter', async () => {
    const path = inFolder('青岚.csv');
    const { code, stdout, stderr } = await xianjian(['export', '-o', path, '--county', '990101', ...db]);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/青岚\.csv\n.*dataresource\.json\n\d+ rows? of figures .*filter: counties=990101\n$/);
    const chosen = csvObjects(readFileSync(path, 'utf8')).filter((row) => row.chosen === 'true');
    expect(chosen.map((row) => [row.indicator, row.value])).toContainEqual(['teachers_recruited', '80']);
  });

  it('gives the same rows on stdout, without a byte order mark', async () => {
    await xianjian(['export', '-o', inFolder('same.csv'), '--no-bom', ...db]);
    const { stdout, stderr } = await xianjian(['export', '--format', 'csv', ...db]);
    expect(stdout).toBe(readFileSync(inFolder('same.csv'), 'utf8'));
    expect(stdout).toMatch(/^county_code,/);
    expect(stderr).toMatch(/rows? of figures .*filter: none/);
  });

  it('says why nothing fits and which filter to drop, and writes nothing', async () => {
    const path = inFolder('none.csv');
    const words = ['export', '--table', 'figures', '-o', path, '--county', '990109', '--stage', 'special'];
    const { code, stderr } = await xianjian([...words, '--codebook', 'public-finance', ...db]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/No row of figures fits counties=990109 stages=special; no file was written/);
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    [['export'], /no file was named/],
    [['export', '-o', 'a.csv', '--package', 'b'], /cannot be had at once/],
    [['export', '-o', 'a.docx'], /names no format/],
    [['export', '-o', 'a.csv', '--table', 'tables'], /--table tables is unknown/],
    [['export', '-o', 'a.csv', '--county', '青岚山'], /no county has the code or name/],
    [['report', '-o', 'a.pdf'], /is an HTML file/],
    [['find', '教师', '--limit', '0'], /no number of sentences/],
  ])('%j is wrong usage', async (words, said) => {
    const before = readdirSync(folder);
    const { code, stderr } = await xianjian([...words, ...db]);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('writes a package and a report', async () => {
    const made = await xianjian(['export', '--package', inFolder('包'), ...db]);
    expect(made.stderr).toMatch(/包\nrows: figures \d+, cells \d+, practices \d+/);
    expect(JSON.parse(readFileSync(join(inFolder('包'), 'datapackage.json'), 'utf8')).resources.length).toBeGreaterThan(
      4,
    );
    const report = await xianjian(['report', '-o', inFolder('报告.html'), ...db]);
    expect(report).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(inFolder('报告.html'), 'utf8')).toContain('80人');
  });
});

describe('xianjian find', () => {
  it('shows the sentence with its document', async () => {
    const { code, stdout, stderr } = await xianjian(['find', '交流', '教师', ...db]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^#1 2024-03-15 990101 青岚县教师队伍情况\n {2}2023年.*\n {2}全县推行教师交流轮岗。\n$/m);
    expect(stderr).toBe('1 sentence\n');
  });

  it('gives JSON, an empty list too', async () => {
    const { stdout } = await xianjian(['find', '轮岗', '--json', ...db]);
    expect(JSON.parse(stdout)).toMatchObject([
      { document_id: 1, county_code: '990101', sentence: '全县推行教师交流轮岗。' },
    ]);
    const none = await xianjian(['find', '骆驼', '--json', ...db]);
    expect([none.code, JSON.parse(none.stdout)]).toEqual([0, []]);
    expect(none.stderr).toMatch(/No sentence holds 骆驼; the corpus has 1 document,/);
  });
});
