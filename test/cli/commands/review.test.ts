// xianjian review on a corpus of invented counties: the queue, decisions, their undoing, and the workbook to and fro.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { read, utils, write } from '@e965/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { xianjian } from '../../helpers/terminal.js';
import { makeApiStudy } from '../../web/api/study.js';

let study: Awaited<ReturnType<typeof makeApiStudy>>;
beforeEach(async () => {
  study = await makeApiStudy();
});
afterEach(() => study.remove());

const review = (...words: string[]) => xianjian(['review', ...words, '--db', study.database]);

describe('xianjian review', () => {
  it('lists figures with why and their sentences', async () => {
    const { code, stdout, stderr } = await review('--county', '990101', '--why', 'low_confidence', '--limit', '2');
    expect(code).toBe(0);
    expect(stdout.match(/^ {2}low_confidence: /gm)).toHaveLength(2);
    expect(stderr).toMatch(/2 figures; there are more.*accept\|correct\|reject\|skip ID/s);
    const items = JSON.parse((await review('list', '--json')).stdout) as { figure: { sentence: string } }[];
    expect(items.length).toBeGreaterThan(10);
    for (const { figure } of items) expect(figure.sentence).not.toBe('');
  });

  it('decides, tells what was decided, and takes it back', async () => {
    expect(await review('accept', '1-001', '--by', '王')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^#1 accepted 1-001 王/),
    });
    const corrected = await review('correct', '1-002', '--value', '38.3%', '--stage', 'primary', '--by', '王');
    expect(corrected.stdout).toMatch(/value [\d.]+ → 0\.383; stage .* → primary/);
    expect((await review('reject', '1-003', '--reason', '计划数', '--by', '李')).code).toBe(0);
    expect((await review('skip', '1-004')).code).toBe(0);
    expect((await review('undo', '1-003', '--by', '赵')).stdout).toMatch(/#3 rejected .*taken back by 赵/);
    const log = (await review('log')).stdout.trim().split('\n');
    expect(log.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      '#4 skipped 1-004',
      '#3 rejected 1-003',
      '#2 corrected 1-002',
      '#1 accepted 1-001',
    ]);
    expect((await review('undo', '#1')).code).toBe(0);
    expect((await study.corpus.decisions({ standing: true })).map(({ figure }) => figure)).toEqual(['1-004', '1-002']);
  });

  it.each([
    [['approve', '1-001'], /approve is unknown.*accept/s],
    [['accept'], /id of the figure/],
    [['accept', '9-001'], /9-001/],
    [['reject', '1-001'], /reason/],
    [['correct', '1-001'], /correction/],
    [['correct', '1-001', '--value', 'many'], /many/],
    [['undo', '1-001'], /no decision/],
    [['undo', '#77'], /no decision/],
    [['list', '--why', 'boredom'], /boredom/],
    [['list', '--limit', 'all'], /all/],
    [['export', 'queue.csv'], /\.xlsx/],
    [['import', '/nowhere/queue.xlsx'], /cannot be read/],
  ])('refuses %j', async (words, said) => {
    const { code, stderr } = await review(...words);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
    expect(await study.corpus.decisions()).toEqual([]);
  });

  it('tells precision with its interval once the sample is decided', async () => {
    expect((await review('precision')).stderr).toContain('--why sample');
    const queue = JSON.parse((await review('list', '--why', 'sample', '--limit', '500', '--json')).stdout) as {
      figure: { id: string };
    }[];
    expect(queue.length).toBeGreaterThan(2);
    for (const [index, { figure }] of queue.entries())
      await review(index === 0 ? 'reject' : 'accept', figure.id, '--reason', 'x');
    const { stdout } = await review('precision');
    expect(stdout).toMatch(
      new RegExp(`^all {2}${queue.length - 1}/${queue.length} \\d+\\.\\d% \\[\\d+\\.\\d%, \\d+\\.\\d%\\]`),
    );
  });

  describe('a workbook', () => {
    type Row = Record<string, string | number>;

    /** Exports the queue and fills rows in, as a person would. */
    async function filled(fill: (rows: Row[]) => void): Promise<string> {
      const path = join(dirname(study.database), 'queue.xlsx');
      expect((await review('export', path, '--why', 'low_confidence')).code).toBe(0);
      const book = read(readFileSync(path));
      const rows = utils.sheet_to_json<Row>(book.Sheets.审核!, { defval: '' });
      fill(rows);
      book.Sheets.审核 = utils.json_to_sheet(rows);
      writeFileSync(path, write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
      return path;
    }
    const idOf = (row: Row | undefined): string => String(row!['数据编号 figure']);

    it('comes back: first shown, then written, and a second time nothing', async () => {
      const ids: string[] = [];
      const path = await filled((rows) => {
        Object.assign(rows[0]!, { '判定 decision': '接受' });
        Object.assign(rows[1]!, { '判定 decision': '更正', '更正值 value': 0.5, '更正时期 period_is': 2024 });
        Object.assign(rows[2]!, { '判定 decision': '否决', '理由 reason': '计划数' });
        ids.push(...rows.slice(0, 3).map(idOf));
      });
      const preview = await review('import', path, '--by', '王');
      expect(preview).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('3 decisions to be written (--yes), 0 rows'),
      });
      for (const id of ids) expect(preview.stdout).toContain(id);
      expect(await study.corpus.decisions()).toEqual([]);
      expect((await review('import', path, '--by', '王', '--yes')).stderr).toContain('3 decisions written');
      expect((await study.corpus.decisions()).reverse()).toMatchObject([
        { figure: ids[0], action: 'accept', reviewer: '王' },
        { figure: ids[1], action: 'correct', correction: { value: 0.5, period: { from: '2024', to: '2024' } } },
        { figure: ids[2], action: 'reject', reason: '计划数' },
      ]);
      expect((await review('import', path, '--by', '王', '--yes')).stderr).toContain('0 decisions written');
      expect(await study.corpus.decisions()).toHaveLength(3);
    });

    it('with rows that cannot be is taken but for those, which are named', async () => {
      const path = await filled((rows) => {
        Object.assign(rows[0]!, { '判定 decision': '接受' });
        Object.assign(rows[1]!, { '判定 decision': '否决' });
        Object.assign(rows[2]!, { '判定 decision': '随便' });
        Object.assign(rows[3]!, { '判定 decision': '接受', '数据编号 figure': '99-001' });
        Object.assign(rows[4]!, { '判定 decision': '接受', '核对码 check': '其他' });
      });
      const { code, stderr } = await review('import', path, '--yes');
      expect(code).toBe(3);
      expect(stderr).toMatch(
        /row 3: .*reason.*row 4: .*随便.*row 5: 99-001.*row 6: .*其他.*1 decisions written, 4 rows refused/s,
      );
      expect(await study.corpus.decisions()).toHaveLength(1);
    });

    it('that is none is refused', async () => {
      const path = join(dirname(study.database), 'other.xlsx');
      for (const bytes of ['a,b\n1,2\n', 'PK\u0003\u0004 broken', '']) {
        writeFileSync(path, bytes);
        const { code, stderr } = await review('import', path);
        expect(code).toBe(2);
        expect(stderr).toContain('no workbook of the review queue');
      }
    });
  });
});
