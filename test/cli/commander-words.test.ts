// What commander says by itself comes in the user's language: the frame of help, and each of its errors with the nearest word.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { xianjian } from '../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-words-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('commander in Chinese', () => {
  it.each([
    [['compar'], '错误：没有命令 compar', '（是不是想写 compare？）', '输入 xianjian --help 查看全部命令。'],
    [
      ['compare', '--jsn'],
      '错误：没有选项 --jsn',
      '（是不是想写 --json？）',
      '输入 xianjian compare --help 查看它的选项。',
    ],
    [['compare', '--db'], '错误：选项 --db <file> 之后缺少取值', '输入 xianjian compare --help 查看它的选项。'],
    [['find'], '错误：缺少参数 words', '输入 xianjian find --help 查看它的选项。'],
    [['show', '1', '2'], '错误：参数过多：应为 1 个，却写了 2 个', '输入 xianjian show --help 查看它的选项。'],
  ])('%j', async (line, ...said) => {
    const { code, stdout, stderr } = await xianjian(line, { language: 'zh', folder });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trimEnd().split('\n')).toEqual(said);
  });

  it('lists the commands, aligned, without an English word in their descriptions', async () => {
    const { stdout } = await xianjian(['--help'], { language: 'zh', folder });
    expect(stdout).toMatch(/^用法：/);
    const [, commands = ''] = stdout.split(/^命令：$/m);
    expect(commands).toMatch(/^ {2}compare \[选项\] +打印/m);
    expect(stdout).not.toMatch(/\b(?:Usage|Options|Commands|display|output|default)\b/);
  });

  it('says what a default is', async () => {
    const { stdout } = await xianjian(['compare', '--help'], { language: 'zh', folder });
    expect(stdout).toContain('（默认 corpus.sqlite）');
    expect((await xianjian(['compare', '--help'], { folder })).stdout).toContain('(default: "corpus.sqlite")');
  });
});

describe('the language', () => {
  it('of a study holds for help and errors; XIANJIAN_LANG goes before it', async () => {
    writeFileSync(join(folder, 'xianjian.yaml'), 'language: zh\n');
    const asked = (environment: NodeJS.ProcessEnv) =>
      xianjian(['compare', '--db', 'none.sqlite'], { folder, environment });
    expect((await xianjian(['compare', '--help'], { folder })).stdout).toMatch(/^用法：/);
    expect((await asked({})).stderr).toMatch(/^错误：/);
    expect((await asked({ XIANJIAN_LANG: 'en' })).stderr).toMatch(/^error: /);
  });

  it('of the terminal holds where the settings cannot be read, and they say so in it', async () => {
    writeFileSync(join(folder, 'xianjian.yaml'), 'language: fr\n');
    const { code, stderr } = await xianjian(['compare'], { folder, language: 'zh' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^错误：.*xianjian\.yaml:1：language：.*\p{Script=Han}.*\[E_SETTING\]\n提示用的语言。/u);
    writeFileSync(join(folder, 'xianjian.yaml'), 'contact: nobody\n');
    const own = await xianjian(['compare'], { folder, language: 'zh' });
    expect(own.stderr).toContain('contact：须是电子邮箱或网页地址');
  });
});
