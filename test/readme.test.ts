// Every code block of the README and of its Chinese sister is run, in order, in one folder, or checked where it needs the public net
// or runs for ever. The output shown must be what the command prints, in either language; the architecture names files that are there.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../db/open.js';
import { loadCodebook } from '../extractors/index.js';
import { commands } from '../src/cli/commands/index.js';
import * as library from '../src/index.js';
import { webApp } from '../src/web/app.js';
import { type Block, blocksOf, type Line, linesOf } from './helpers/blocks.js';
import { type TestServer, testServer } from './helpers/server.js';
import { xianjian } from './helpers/terminal.js';

const root = resolve(import.meta.dirname, '..');
const pageOf = (name: string): string => readFileSync(join(root, name), 'utf8');
const english = pageOf('README.md');
const chinese = pageOf('README.zh-CN.md');
const blocks = blocksOf(english);
const home = process.cwd();
let folder: string;
/** The site that the README serves with Python on port 8801; here on any port. */
let site: TestServer;
const siteOfReadme = 'http://127.0.0.1:8801';

beforeAll(async () => {
  site = await testServer(({ url }) => {
    const file = join(root, 'src/demo/site/rushan', url);
    return existsSync(file) ? { body: readFileSync(file, 'utf8') } : { status: 404, body: 'none' };
  });
  folder = mkdtempSync(join(tmpdir(), 'xianjian-readme-'));
  symlinkSync(join(root, 'src'), join(folder, 'src'));
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(home);
  await site.close();
  rmSync(folder, { recursive: true });
});

/** Whether a line can only be checked: it asks the public net or another machine, or runs until it is stopped. */
function isOnlyChecked({ words }: Line): boolean {
  const [, command = '', ...rest] = words;
  return (
    rest.some((word) => /^(?:https|postgres):\/\//.test(word)) ||
    ['serve', 'mcp', 'worker', 'queue'].includes(command) ||
    (command === 'schedule' && !rest.includes('--systemd')) ||
    rest.includes('my-county.yaml')
  );
}

/** The command is known, and so is each of its options. */
function checkLine(line: Line): void {
  const [, name, ...rest] = line.words;
  const command = commands.find((each) => each.name === name);
  expect(command, line.words.join(' ')).toBeDefined();
  const known = command!.options.flatMap(({ flags }) => flags.match(/(?<![\w-])--?[a-z][a-z-]*/g) ?? []);
  for (const word of rest)
    if (/^--?[a-z]/.test(word)) expect([...known, '--help'], line.words.join(' ')).toContain(word);
}

async function runLine(line: Line, language: 'en' | 'zh' = 'en'): Promise<string> {
  const words = line.words.slice(1).map((word) => word.replace(siteOfReadme, site.url));
  const seen = await xianjian(words, { folder: process.cwd(), language });
  expect([line.words.join(' '), seen.code, seen.code === 0 ? '' : seen.stderr]).toEqual([line.words.join(' '), 0, '']);
  if (line.file !== null) writeFileSync(line.file, seen.stdout);
  return seen.stdout.replaceAll(site.url, siteOfReadme);
}

/** Lines stand in the output one after the other; `…` stands for any lines. */
function expectShown(shown: string, output: string): void {
  const lines = output.split('\n').map((line) => line.trimEnd());
  let at = 0;
  let anywhere = true;
  for (const line of shown.trimEnd().split('\n')) {
    if (line === '…') {
      anywhere = true;
      continue;
    }
    const found = anywhere ? lines.indexOf(line, at) : at;
    expect(found < 0 ? `${line} — is not in:\n${output}` : lines[found]).toBe(line);
    at = found + 1;
    anywhere = false;
  }
}

async function runShell(block: Block, shown: string | null): Promise<void> {
  let output = '';
  for (const line of linesOf(block.code)) {
    const [program] = line.words;
    if (program === 'npm') checkNpm(line);
    else if (program === 'cd') process.chdir(line.words[1]!);
    else if (program === 'python3') expect(existsSync(line.words.at(-1)!), line.words.at(-1)).toBe(true);
    else if (program === 'curl') await ask(line.words[1]!);
    else {
      expect(program).toBe('xianjian');
      checkLine(line);
      if (!isOnlyChecked(line)) output = await runLine(line);
    }
  }
  if (shown === null) return;
  expectShown(shown, output);
  const inChinese = blocksOf(chinese);
  const line = linesOf(block.code).at(-1)!;
  expectShown(inChinese[blocks.indexOf(block) + 1]!.code, await runLine(line, 'zh'));
}

const { scripts } = JSON.parse(pageOf('package.json')) as { scripts: Record<string, string> };

function checkNpm({ words }: Line): void {
  for (const [, verb = ''] of words.join(' ').matchAll(/npm (?:run )?(\S+)/g))
    expect(['ci', 'install', ...Object.keys(scripts)]).toContain(verb);
}

/** An address of the API is asked of the pages themselves. */
async function ask(address: string): Promise<void> {
  const corpus = await openCorpus('demo.sqlite', { readOnly: true });
  try {
    const { pathname, search } = new URL(address);
    const answer = await webApp({ corpus, codebook: loadCodebook() }).request(pathname + search);
    expect([address, answer.status]).toEqual([address, 200]);
    expect((await answer.text()).length).toBeGreaterThan(100);
  } finally {
    await corpus.close();
  }
}

/** The block as JavaScript whose imports of the library are those of this source. */
async function runScript(code: string): Promise<string[]> {
  const said: string[] = [];
  const body = ts
    .transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext } })
    .outputText.replace(/import (\{.*\}) from 'xianjian';/, 'const $1 = library;')
    .replace(/import (\{.*\}) from '(node:.*)';/, "const $1 = await import('$2');");
  const file = join(folder, 'snippet.mjs');
  writeFileSync(file, `export default async (library, console) => {\n${body}\n};\n`);
  const module = (await import(file)) as { default: (library: object, console: object) => Promise<void> };
  await module.default(library, { log: (...words: unknown[]) => said.push(words.join(' ')) });
  return said;
}

const hasPython = (() => {
  try {
    return execFileSync('python3', ['-c', 'import sqlite3; print(1)'], { encoding: 'utf8' }).trim() === '1';
  } catch {
    return false;
  }
})();

async function runBlock(block: Block, shown: string | null): Promise<void> {
  switch (block.language) {
    case 'sh':
      return runShell(block, shown);
    case 'yaml': {
      const name = /^# file: (\S+)\n/.exec(block.code)?.[1];
      expect(name, block.code).toBeDefined();
      writeFileSync(name!, block.code);
      if (!block.code.includes('indicators:')) library.loadSource(name!);
      return;
    }
    case 'ts': {
      const said = await runScript(block.code);
      expect(said.length).toBeGreaterThan(2);
      return expect(existsSync('two-counties.xlsx')).toBe(true);
    }
    case 'python': {
      if (!hasPython) return;
      const said = execFileSync('python3', ['-c', block.code], { encoding: 'utf8' });
      return expect(said.trim().split('\n')).toHaveLength(5);
    }
    case 'r': {
      const sql = /dbGetQuery\(\w+, "([^"]+)"\)/.exec(block.code)?.[1];
      const answer = JSON.parse(
        await runLine({ words: ['xianjian', 'sql', sql!, '--db', 'demo.sqlite', '--json'], file: null }),
      );
      return expect(answer.length).toBeGreaterThan(100);
    }
    case 'sql': {
      const instance = await DuckDBInstance.create();
      const connection = await instance.connect();
      const rows = (await connection.runAndReadAll(block.code)).getRows();
      connection.closeSync();
      return expect(rows.length).toBeGreaterThan(20);
    }
    default:
      throw new Error(`nobody checks a block of ${block.language}`);
  }
}

describe('the README', () => {
  const steps = blocks
    .map((block, i) => ({ name: `${i} ${block.language}: ${block.code.split('\n')[0]}`, block, next: blocks[i + 1] }))
    .filter(({ block }) => block.language !== 'text');

  it.each(steps)('block $name', async ({ block, next }) => {
    await runBlock(block, next?.language === 'text' ? next.code : null);
  });

  it('has the same blocks in both languages', () => {
    expect(blocksOf(chinese).map(({ language }) => language)).toEqual(blocks.map(({ language }) => language));
    const bare = (page: string) =>
      blocksOf(page)
        .filter(({ language }) => language !== 'text')
        .map(({ code }) => code.replace(/^(npm .*?)\s+#.*$/gm, '$1'));
    expect(bare(chinese)).toEqual(bare(english));
    expect(chinese.match(/^## /gm)).toHaveLength(english.match(/^## /gm)!.length);
  });
});

describe('a page in Markdown', () => {
  const pages = [
    'README.md',
    'README.zh-CN.md',
    ...readdirSync(join(root, 'src/docs')).map((name) => `src/docs/${name}`),
  ];

  it.each(pages.filter((name) => name.endsWith('.md')))('%s links to what is there', (name) => {
    const base = resolve(root, name, '..');
    for (const [, target = ''] of pageOf(name).matchAll(/\]\(([^)#\s]+)[^)]*\)/g))
      if (!/^https?:/.test(target)) expect([target, existsSync(resolve(base, target))]).toEqual([target, true]);
  });

  it.each(pages.filter((name) => name.endsWith('deploy.md')))('%s names commands and options that exist', (name) => {
    const lines = blocksOf(pageOf(name)).flatMap(({ code }) => linesOf(code));
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) if (line.words[0] === 'xianjian') checkLine(line);
    expect(pageOf(name)).not.toMatch(/\{\{|TODO/);
  });

  it.each(['README.md', 'README.zh-CN.md'])('%s numbers the steps of the flow, and each names its files', (name) => {
    const section =
      pageOf(name)
        .split(/^## (?:Architecture|结构)$/m)[1]
        ?.split(/^## /m)[0] ?? '';
    const numbered = section.split(/^(?=\d\. )/m).slice(1);
    expect(numbered.map((step) => step[0])).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    for (const step of numbered) expect(step).toMatch(/\]\((?:crawlers|src|extractors|db)\/[^)]+\)/);
    expect(section.split('\n').length).toBeLessThan(45);
  });

  it('has a picture of at most 150 kB', () => {
    for (const name of ['compare.en.webp', 'compare.zh.webp'])
      expect(readFileSync(join(root, 'src/docs', name)).length).toBeLessThan(150_000);
  });
});
