// xianjian audit and the audit's flags as a user meets them: what is shown, in which form, and the exit code.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { xianjian } from '../../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-audit-cli-'));
const db = ['--db', join(folder, 'corpus.sqlite')];
const text = `青岚县教师队伍建设情况
发布时间:2024-03-15
2023年,全县招聘教师80人,其中硕士研究生24人,占招聘总数的35%。
义务教育阶段在校生52300人,其中小学35100人,初中17200人。
全县共有专任教师3200名,其中小学教师2100名、初中教师1100名,工作取得明显成效,群众满意程度进一步提高。
`;

beforeAll(async () => {
  const file = join(folder, 'report.txt');
  writeFileSync(file, text);
  expect(await xianjian(['import', file, '--place', '990101', ...db])).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('xianjian audit', () => {
  it('shows what differs with its sentence and ids, and says how many claims hold', async () => {
    const { code, stdout, stderr } = await xianjian(['audit', ...db]);
    expect(code).toBe(0);
    expect(stdout).toContain('24人 ÷ 80人 = 30%');
    expect(stdout).toContain('占招聘总数的35%');
    expect(stdout).toMatch(/\b1-\d{3}\b/);
    expect(stdout).not.toContain('3.51万人 + 1.72万人');
    expect(stderr).toMatch(/holds 2, overstated 1/);
  });

  it('tells claims that hold, one kind, in Chinese, on request', async () => {
    const { stdout } = await xianjian(['audit', '--verdict', 'holds', '--kind', 'parts', ...db], { language: 'zh' });
    expect(stdout).toContain('相合');
    expect(stdout).toContain('3.51万人 + 1.72万人 = 5.23万人');
    expect(stdout).not.toContain('35%');
  });

  it('names the document of a finding that has no figure', async () => {
    const other = ['--db', join(folder, 'dates.sqlite')];
    const file = join(folder, 'signed.html');
    writeFileSync(
      file,
      '<html><head><title>关于做好秋季开学工作的通知</title><meta name="PubDate" content="2021-03-01 09:00"></head><body><h1>关于做好秋季开学工作的通知</h1><p>各学校要做好开学准备，确保教室、食堂和宿舍按时启用，认真落实各项安全要求。</p><p>示例县教育局</p><p>2021年3月20日</p></body></html>',
    );
    expect(await xianjian(['import', file, '--place', '990101', ...other])).toMatchObject({ code: 0 });
    expect((await xianjian(['audit', ...other])).stdout).toMatch(/^ {2}document 1$/m);
    expect((await xianjian(['audit', ...other], { language: 'zh' })).stdout).toMatch(/^ {2}文件 1$/m);
  });

  it('writes JSON and CSV', async () => {
    const report = JSON.parse((await xianjian(['audit', '--json', ...db])).stdout);
    expect(report).toMatchObject({ documents: 1, counts: { holds: 2, overstated: 1 } });
    expect(report.findings).toHaveLength(1);
    const lines = (await xianjian(['audit', '--csv', '--verdict', 'all', ...db])).stdout.split('\r\n');
    expect(lines[0]).toMatch(/^id,kind,verdict,severity,county_code/);
    expect(lines.filter((line) => /^(share|parts):/.test(line))).toHaveLength(3);
  });

  it('fails only where asked, and only for what is grave enough', async () => {
    expect((await xianjian(['audit', '--fail-on', 'medium', ...db])).code).toBe(4);
    expect((await xianjian(['audit', '--fail-on', 'low', '--kind', 'date', ...db])).code).toBe(0);
    expect((await xianjian(['audit', '--fail-on', 'low', '--verdict', 'holds', ...db])).code).toBe(0);
  });

  it.each([
    [['--kind', 'sums'], /--kind sums is unknown/],
    [['--verdict', 'wrong'], /--verdict wrong is unknown/],
    [['--fail-on', 'none'], /--fail-on none is unknown/],
    [['--county', '不存在县'], /no county has the code or name/],
  ])('%s is refused with what to write', async (words, message) => {
    const { code, stdout, stderr } = await xianjian(['audit', ...words, ...db]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
