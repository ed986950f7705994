// What holds for every command at the terminal: help with examples, data alone on stdout, the same data on a terminal and in a pipe
// and in both languages, and errors that end with what to do. A new command must be sorted into the tables below.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { processOutput } from '../../src/cli/output.js';
import { xianjian } from '../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-terminal-'));
const at = (name: string) => join(folder, name);
const corpus = at('corpus.sqlite');
const site = resolve(import.meta.dirname, '../../src/demo/site');
const page = join(site, 'rushan/jyjh/202405/t20240521_1001.html');
const names = commands.map(({ name }) => name);

beforeAll(async () => {
  const pages = [page, join(site, 'yanggu/info/show.asp/20170802152322.html')];
  const seen = await xianjian(['import', ...pages, '--place', '371083', '371521', '--db', corpus]);
  expect([seen.code, seen.stdout, seen.stderr]).toEqual([0, '', expect.stringContaining('2 documents')]);
  writeFileSync(
    at('site.yaml'),
    'id: site\nname: 站点\nplace: "371083"\nstart: [http://127.0.0.1:9/]\nschedule: "30 2 * * 1"\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Commands that give data for programs, as they are asked for it: one JSON value, or one a line. */
const forPrograms: [line: string[], form: 'json' | 'jsonl'][] = [
  [['compare', '--db', corpus, '--json'], 'json'],
  [['practices', '--db', corpus, '--json'], 'json'],
  [['changes', '乳山', '--db', corpus, '--json'], 'json'],
  [['terms', '乳山', '--least', '2', '--db', corpus, '--json'], 'json'],
  [['audit', '--db', corpus, '--verdict', 'all', '--json'], 'json'],
  [['review', '--db', corpus, '--json'], 'json'],
  [['show', '1-001', '--db', corpus, '--json'], 'json'],
  [['find', '教师', '--db', corpus, '--json'], 'json'],
  [['find', '查无此词', '--db', corpus, '--json'], 'json'],
  [['export', '--format', 'jsonl', '--db', corpus], 'jsonl'],
  [['read', page, '--json'], 'json'],
  [['extract', page, '--jsonl'], 'jsonl'],
  [['explain', page, '--find', '73.18亿元', '--json'], 'json'],
  [['codebook', '--json'], 'json'],
  [['sql', 'select id from v_figures', '--db', corpus, '--json'], 'json'],
  [['sql', 'select id from v_figures where id is null', '--db', corpus, '--json'], 'json'],
  [['data', '--json'], 'json'],
  [['data', 'v_figures', 'review', '--json'], 'json'],
  [['runs', '--db', corpus, '--json'], 'json'],
  [['config', '--json'], 'json'],
  [['schedule', at('site.yaml'), '--list', '--json', '--db', corpus], 'json'],
];
/** Commands whose data for programs changes from one call to the next, or needs more than a file. */
const changing = ['doctor', 'backup', 'reextract', 'inspect', 'queue'];
/** Commands that give words, files, pages or a protocol, and no JSON. */
const noJson = [
  'crawl',
  'import',
  'demo',
  'report',
  'serve',
  'mcp',
  'sources',
  'copy',
  'worker',
  'retry',
  'vacuum',
  'init',
  'completion',
];

const missing = ['--db', at('missing.sqlite')];
/** One wrong line for every command, and what its message must name. */
const wrong: Record<string, [line: string[], names: string, environment?: NodeJS.ProcessEnv]> = {
  demo: [['--db', 'postgres://nobody@127.0.0.1:9/x'], 'postgres://'],
  crawl: [['no-such-source', ...missing], 'no-such-source'],
  import: [[at('missing.txt'), '--db', at('new.sqlite')], 'missing.txt'],
  compare: [missing, 'missing.sqlite'],
  practices: [missing, 'missing.sqlite'],
  changes: [['乳山', ...missing], 'missing.sqlite'],
  terms: [['乳山', ...missing], 'missing.sqlite'],
  audit: [missing, 'missing.sqlite'],
  review: [missing, 'missing.sqlite'],
  show: [['99-001', '--db', corpus], '99-001'],
  find: [['学校', ...missing], 'missing.sqlite'],
  export: [['-o', at('figures.pdf'), '--db', corpus], 'figures.pdf'],
  report: [missing, 'missing.sqlite'],
  serve: [['--port', '99999', '--db', corpus], '99999'],
  mcp: [['--codebook', 'no-such-book', '--db', corpus], 'no-such-book'],
  read: [[at('missing.txt')], 'missing.txt'],
  extract: [[at('missing.txt'), '--jsonl'], 'missing.txt'],
  explain: [[page], 'place'],
  inspect: [['nonsense'], 'nonsense'],
  sources: [['nonsense'], 'nonsense'],
  codebook: [['no_such_entry'], 'no_such_entry'],
  sql: [['delete from figure', '--db', corpus], 'delete'],
  data: [['v_figure'], 'v_figure'],
  copy: [['--from', at('missing.sqlite'), '--to', at('new.sqlite')], 'missing.sqlite'],
  worker: [['--db', corpus], 'corpus.sqlite'],
  queue: [['--db', corpus], 'corpus.sqlite'],
  schedule: [['no-such-source', '--db', corpus], 'no-such-source'],
  runs: [missing, 'missing.sqlite'],
  retry: [['--failed', ...missing], 'missing.sqlite'],
  reextract: [missing, 'missing.sqlite'],
  backup: [[corpus, '--db', corpus], 'corpus.sqlite'],
  vacuum: [missing, 'missing.sqlite'],
  init: [[folder], 'xianjian.yaml'],
  config: [[], 'XIANJIAN_PORT', { XIANJIAN_PORT: 'many' }],
  doctor: [['--port', 'many'], 'many'],
  completion: [['tcsh'], 'tcsh'],
};

/** Four English words in a row: lists of values have commas between them, and commands stand in examples. */
const englishSentence = /(?:\b[a-z']+ ){3}[a-z']+\b/i;

describe('every command', () => {
  it('stands in the tables of this test', () => {
    const sorted = [...new Set(forPrograms.map(([[name]]) => name!)), ...changing, ...noJson];
    expect(sorted.sort()).toEqual([...names].sort());
    expect(Object.keys(wrong).sort()).toEqual([...names].sort());
  });

  it.each(names)('%s --help has examples, on stdout', async (name) => {
    const { code, stdout, stderr } = await xianjian([name, '--help'], { folder });
    expect([code, stderr]).toEqual([0, '']);
    const command = commands.find((each) => each.name === name)!;
    expect(stdout).toContain('Examples:');
    for (const example of command.examples) expect(stdout).toContain(`$ ${example}`);
    for (const { flags } of command.options) expect(stdout).toContain(flags);
  });

  it.each(names)('%s says of an unknown option where its options stand', async (name) => {
    const { code, stdout, stderr } = await xianjian([name, '--no-such-option'], { folder });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--no-such-option');
    expect(stderr.trimEnd().split('\n').at(-1)).toContain(`xianjian ${name} --help`);
  });

  it.each(Object.entries(wrong))('%s ends an error with its cure', async (name, [words, named, environment = {}]) => {
    writeFileSync(at('xianjian.yaml'), '');
    const place = environment.XIANJIAN_PORT ? { folder, environment } : { folder };
    const { code, stdout, stderr } = await xianjian([name, ...words], place);
    rmSync(at('xianjian.yaml'), { force: true });
    expect([1, 2]).toContain(code);
    expect(stdout).toBe('');
    const [error, ...cure] = stderr.trimEnd().split('\n');
    expect(error).toMatch(/^error: .* \[E_[A-Z0-9_]+\]$/);
    expect(error).not.toContain('E_INTERNAL');
    expect(error).toContain(named);
    expect(cure.join(' ')).toMatch(/\S.{8,}[.)\]…?]?$/);
  });

  it.each(Object.entries(wrong))('%s says the same in Chinese', async (name, [words, named, environment = {}]) => {
    writeFileSync(at('xianjian.yaml'), '');
    const place = environment.XIANJIAN_PORT ? { folder, environment } : { folder };
    const { code, stdout, stderr } = await xianjian([name, ...words], { ...place, language: 'zh' });
    rmSync(at('xianjian.yaml'), { force: true });
    expect([1, 2]).toContain(code);
    expect(stdout).toBe('');
    const [error, ...cure] = stderr.trimEnd().split('\n');
    expect(error).toMatch(/^错误：.*\p{Script=Han}.* \[E_[A-Z0-9_]+\]$/u);
    if (named !== 'place') expect(error).toContain(named);
    expect(cure.join('')).toMatch(/\p{Script=Han}/u);
    expect(cure.join('').match(englishSentence)).toBeNull();
  });

  it.each(names)('%s --help in Chinese has no English sentence left, and the same flags and examples', async (name) => {
    const { code, stdout, stderr } = await xianjian([name, '--help'], { folder, language: 'zh' });
    expect([code, stderr]).toEqual([0, '']);
    const command = commands.find((each) => each.name === name)!;
    for (const example of command.examples) expect(stdout).toContain(`$ ${example}`);
    const prose = stdout.split('\n').filter((line) => !line.startsWith('  $ '));
    expect(prose.join('\n').match(englishSentence)).toBeNull();
    expect(prose[0]).toMatch(/^用法：/);
    // From one option to the next: each has Chinese words of its own.
    const options = stdout
      .split(/^选项：$/m)[1]!
      .split(/^ {2}(?=-)/m)
      .slice(1);
    expect(options).toHaveLength(command.options.length + 1);
    for (const option of options) expect(option).toMatch(/\p{Script=Han}/u);
    for (const { flags } of command.options) expect(stdout).toContain(flags);
    for (const line of prose) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });
});

describe('data for programs', () => {
  it.each(forPrograms)(
    '%j is all of stdout, the same in a pipe, on a terminal and in both languages',
    async (line, form) => {
      const seen: string[] = [];
      for (const width of [null, 60])
        for (const language of ['en', 'zh'] as const) {
          const { code, stdout } = await xianjian(line, { width, language, folder });
          expect(code).toBe(0);
          seen.push(stdout);
        }
      const values = form === 'json' ? [seen[0]!] : seen[0]!.trimEnd().split('\n');
      for (const value of values) expect(typeof JSON.parse(value)).toBe('object');
      expect(seen.map((each) => each === seen[0])).toEqual([true, true, true, true]);
    },
  );

  it('--csv is lines of one length, the same at any width and in both languages', async () => {
    for (const line of [
      ['compare'],
      ['practices'],
      ['changes', '乳山'],
      ['audit', '--verdict', 'all'],
      ['sql', 'select 1 as one'],
    ]) {
      const ask = (width: number | null) => xianjian([...line, '--csv', '--db', corpus], { width, folder });
      const { stdout } = await ask(null);
      expect(stdout.split('\n')[0]).toMatch(/^[a-z_]+(?:,[a-z_]+)*\r?$/);
      expect((await ask(40)).stdout).toBe(stdout);
      const inChinese = await xianjian([...line, '--csv', '--db', corpus], { language: 'zh', folder });
      expect(inChinese.stdout).toBe(stdout);
    }
  });

  it('a table fits a terminal, and is not cut in a pipe', async () => {
    const ask = async (width: number | null) => (await xianjian(['compare', '--db', corpus], { width, folder })).stdout;
    expect(await ask(null)).not.toContain('…');
    for (const language of ['乳山市', '阳谷县']) expect(await ask(null)).toContain(language);
    for (const line of (await ask(70)).split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(70);
    expect((await ask(null)).split('\n').some((line) => stringWidth(line) > 70)).toBe(true);
  });

  it('backup and reextract give JSON alone, their words go to stderr', async () => {
    const backup = await xianjian(['backup', at('copy.sqlite'), '--db', corpus, '--json'], { folder });
    expect(JSON.parse(backup.stdout)).toMatchObject({ file: at('copy.sqlite') });
    const again = await xianjian(['reextract', '--db', at('copy.sqlite'), '--threads', '1', '--json'], { folder });
    for (const line of again.stdout.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('type');
    const doctor = await xianjian(['doctor', '--db', corpus, '--port', '0', '--json'], { folder });
    expect(JSON.parse(doctor.stdout).length).toBeGreaterThan(5);
  });
});

describe('where it is run', () => {
  afterEach(() => vi.restoreAllMocks());

  /** The output of a process whose streams are terminals or not, and what it wrote to stderr. */
  function outputOf(environment: NodeJS.ProcessEnv, isTerminal: boolean) {
    let written = '';
    for (const stream of [process.stdout, process.stderr])
      Object.defineProperty(stream, 'isTTY', { value: isTerminal, configurable: true });
    Object.defineProperty(process.stdout, 'columns', { value: 90, configurable: true });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written += text;
      return true;
    });
    const out = processOutput(environment);
    out.progress('1 page');
    out.say('done');
    return { ...out, written };
  }

  it.each([
    ['a terminal', {}, true, { width: 90, colour: true }, '\r\u001b[K1 page\r\u001b[Kdone\n'],
    ['a pipe', {}, false, { width: null, colour: false }, 'done\n'],
    ['CI with a terminal', { CI: 'true' }, true, { width: 90, colour: true }, 'done\n'],
    ['CI with a pipe', { CI: '1' }, false, { width: null, colour: false }, 'done\n'],
    ['NO_COLOR', { NO_COLOR: '1' }, true, { width: 90, colour: false }, '\r\u001b[K1 page\r\u001b[Kdone\n'],
    ['a dumb terminal', { TERM: 'dumb' }, true, { width: 90, colour: false }, 'done\n'],
  ])('%s', (_name, environment, isTerminal, expected, written) => {
    const seen = outputOf(environment, isTerminal);
    expect(seen).toMatchObject(expected);
    expect(seen.written).toBe(written);
  });

  it('speaks Chinese to who reads Chinese', async () => {
    const told = async (...line: string[]) => (await xianjian(line, { language: 'zh', folder })).stderr;
    expect(await told('import', page, '--place', '371083', '--db', at('zh.sqlite'))).toMatch(
      /读出：文件 1 个.*\n下一步：/,
    );
    expect(await told('find', '教师', '--db', corpus)).toMatch(/^\d+ 句/);
    expect(await told('find', '查无此词', '--db', corpus)).toMatch(/^没有一句含 查无此词；语料库中有 2 个文件/);
    for (const [command, word] of [
      ['compare', '未提及'],
      ['practices', '已实施'],
      ['audit', '发布日期'],
    ] as const)
      expect((await xianjian([command, '--db', corpus], { language: 'zh', folder })).stdout, command).toContain(word);
  });

  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'en_GB.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8', XIANJIAN_LANG: 'en' }, 'en'],
    [{ LANG: 'C', LC_ALL: 'zh_TW.UTF-8' }, 'zh'],
    [{}, 'en'],
  ])('%j speaks %s', (environment, language) => {
    expect(processOutput(environment).language).toBe(language);
  });
});
