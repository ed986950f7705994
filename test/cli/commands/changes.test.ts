// xianjian changes and xianjian terms as a user meets them: from texts to the words on the terminal, and what they say where there is nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvObjects } from '../../export/study.js';
import { xianjian } from '../../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-changes-'));
const db = ['--db', join(folder, 'corpus.sqlite')];

/** Reports of two years of one county; the later one says nothing of canteens. */
const texts: [name: string, place: string, text: string][] = [
  [
    'old.txt',
    '990101',
    '青岚县2022年教育工作总结\n发布时间:2023-01-20\n2022年,全县新增学位1200个。全县共有专任教师3100名。计划2023年新增学位2000个。这一年教研片区活动扎实开展,群众满意程度进一步提高。\n',
  ],
  [
    'new.txt',
    '990101',
    `青岚县2023年教育工作总结\n发布时间:2024-01-20\n2023年,全县新增学位1500个。全县共有专任教师3200名。这一年海洋课程扎实推进,海洋进入课堂,${'认识海洋,'.repeat(9)}群众满意程度进一步提高。\n`,
  ],
  [
    'other.txt',
    '990102',
    `白水县2023年教育工作总结\n发布时间:2024-01-21\n2023年,全县新增学位300个。这一年各校工作扎实推进,群众满意程度进一步提高,${'戏曲进入课堂,'.repeat(30)}。\n`,
  ],
];

beforeAll(async () => {
  for (const [name, place, text] of texts) {
    writeFileSync(join(folder, name), text);
    expect(await xianjian(['import', join(folder, name), '--place', place, ...db])).toMatchObject({ code: 0 });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('xianjian changes', () => {
  it('tells what rose between periods, and which plan was not kept, with ids', async () => {
    const { code, stdout, stderr } = await xianjian(['changes', '990101', ...db]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/From one period to the next/);
    expect(stdout).toMatch(/raised +1200个 +1500个 +\+300个/);
    expect(stdout).toMatch(/not kept +2000个 +1500个/);
    expect(stdout).toMatch(/\b2-\d{3}\b/);
    expect(stderr).toContain('an open plan is not a broken one');
  });

  it('lays two documents beside each other, in Chinese', async () => {
    const { stdout } = await xianjian(['changes', '--documents', '1,2', ...db], { language: 'zh' });
    expect(stdout).toMatch(/上升 +3100[名人] +3200[名人] +\+100[名人]/);
    expect(stdout).toContain('不再提');
  });

  it('writes CSV with sentences, and JSON', async () => {
    const rows = csvObjects((await xianjian(['changes', '990101', '--csv', ...db])).stdout);
    const plan = rows.find(({ comparison }) => comparison === 'plan')!;
    expect(plan).toMatchObject({ change: 'not_kept', before_value: '2000', after_value: '1500', difference: '-500' });
    expect(plan.after_sentence).toContain('新增学位1500个');
    const { overTime } = JSON.parse((await xianjian(['changes', '990101', '--json', ...db])).stdout);
    expect(overTime[0]).toMatchObject({ kind: 'raised', difference: 300 });
  });

  it('that finds nothing says why and what to drop', async () => {
    const lowered = await xianjian(['changes', '--documents', '1,2', '--kind', 'lowered', ...db]);
    expect(lowered).toMatchObject({ code: 0, stdout: '' });
    expect(lowered.stderr).toContain('Drop --kind');
    expect((await xianjian(['changes', '990102', ...db])).stderr).toMatch(/1 document with \d+ figures?.*more years/);
    expect((await xianjian(['changes', '990109', ...db])).stderr).toContain('no document of 990109');
  });

  it.each([
    [[], /name one: a county, two documents/],
    [['990101', '--documents', '1,2'], /name one: a county, two documents/],
    [['--documents', '1'], /not the numbers of two documents/],
    [['--documents', '1,99'], /no document 99/],
    [['--url', 'http://nowhere.example/'], /no document was read from/],
    [['990101', '--indicator', 'new_school_place'], /Did you mean new_school_places/],
    [['990101', '--kind', 'grown'], /--kind grown is unknown/],
  ])('%s is refused with what to write', async (words, message) => {
    const { code, stdout, stderr } = await xianjian(['changes', ...words, ...db]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('xianjian terms', () => {
  it('lists the words with their counts', async () => {
    const { stdout, stderr } = await xianjian(['terms', '990101', ...db]);
    expect(stdout).toMatch(/海洋 +11 +0 /);
    expect(stdout).not.toMatch(/群众|青岚/);
    expect(stderr).toMatch(/2 documents against 1/);
  });

  it('writes CSV, and says why there is nothing', async () => {
    const rows = csvObjects((await xianjian(['terms', '990101', '--csv', ...db])).stdout);
    expect(rows[0]).toMatchObject({ word: '海洋', own: '11', others: '0' });
    const none = await xianjian(['terms', '990101', '--least', '50', ...db]);
    expect(none).toMatchObject({ code: 0, stdout: '' });
    expect(none.stderr).toContain('Lower --least');
    expect((await xianjian(['terms', '990109', ...db])).stderr).toContain('no document of 990109');
    expect((await xianjian(['terms', '990101', '--against', '990109', ...db])).stderr).toContain('drop --against');
    expect(await xianjian(['terms', '990101', '--least', '0', ...db])).toMatchObject({ code: 2 });
  });
});
