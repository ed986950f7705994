// What commands say where there is nothing: why, and which filter to drop.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { xianjian } from '../../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-empty-'));
const db = ['--db', join(folder, 'corpus.sqlite')];
const target = join(folder, 'none.html');

beforeAll(async () => {
  const texts = { '990101': '2023年,全县新增学位1200个。各校开展教研活动。', '990102': '教师参加培训。' };
  for (const [place, sentence] of Object.entries(texts)) {
    const file = join(folder, `${place}.txt`);
    writeFileSync(file, `教育工作情况\n发布时间:2024-03-15\n${sentence}工作取得明显成效,群众满意程度进一步提高。\n`);
    expect(await xianjian(['import', file, '--place', place, ...db])).toMatchObject({ code: 0 });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('nothing', () => {
  it.each([
    [['compare', '--period', '2019'], /without --period \(2023\)/],
    [['compare', '--county', '990102', '--indicator', 'new_school_places'], /without --county/],
    [['compare', '--status', 'target', '--indicator', 'new_school_places'], /without --status/],
    [['compare', '--county', '990102', '--period', '2019'], /None is to blame alone/],
    [
      ['compare', '--codebook', 'public-finance'],
      /read with codebook education, not public-finance: xianjian reextract/,
    ],
    [['report', '-o', target, '--county', '990109'], /No file was written.*without --county/],
    [['find', '新增学位', '--county', '990102'], /Other counties have some: drop --county/],
    [['find', '新增学位', '教师'], /Each word is in some sentence/],
    [['find', '新增学位', '航天'], /航天 is in no sentence; without it there are some/],
    [['audit', '--county', '990109'], /no document to check.*Drop --county/],
    [['export', '-o', join(folder, 'none.csv'), '--table', 'citations', '--county', '990102'], /no file was written/],
  ])('%j', async (words, reason) => {
    const { code, stderr } = await xianjian([...words, ...db]);
    expect(code).toBe(0);
    expect(stderr).toMatch(reason);
    expect(existsSync(target)).toBe(false);
  });

  it('is not said where there is something', async () => {
    expect((await xianjian(['compare', ...db])).stderr).not.toMatch(/No value fits|No figure/);
  });
});
