// Who reads Chinese is told everything in Chinese: every command at its work, with good input, with bad and with none, says no run of
// English words. Left are names, addresses, codes, commands to type and data. What --help and errors say is in terminal.test.ts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { type Seen, xianjian } from '../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-chinese-'));
const at = (name: string) => join(folder, name);
const corpus = at('corpus.sqlite');
const empty = at('empty.sqlite');
const site = resolve(import.meta.dirname, '../../src/demo/site');
const page = join(site, 'rushan/jyjh/202405/t20240521_1001.html');
const dead = 'http://127.0.0.1:9/';

const inChinese = (...line: string[]): Promise<Seen> => xianjian(line, { language: 'zh', folder });

beforeAll(async () => {
  const pages = [page, join(site, 'yanggu/info/show.asp/20170802152322.html')];
  await inChinese('import', ...pages, '--place', '371083', '371521', '--db', corpus);
  await inChinese('crawl', dead, '--allow-private', '--no-delay', '--db', corpus);
  writeFileSync(at('nothing.html'), '<html><body></body></html>');
  await inChinese('import', at('nothing.html'), '--db', empty);
  writeFileSync(at('broken.pdf'), '%PDF-1.4\nbroken');
  writeFileSync(at('broken.docx'), 'PK\u0003\u0004broken');
  writeFileSync(at('bytes.txt'), Buffer.from([0xff, 0xff, ...Buffer.from('乳山市新建学校3所。'.repeat(9))]));
  writeFileSync(at('site.yaml'), `id: site\nname: 站点\nplace: "371083"\nstart: [${dead}]\nschedule: "30 2 * * 1"\n`);
  for (const [name, text] of Object.entries(wrongYaml)) writeFileSync(at(name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

const wrongYaml: Record<string, string> = {
  'source-type.yaml': 'id: a\nname: 1\nstart: [http://a.example/]\n',
  'source-form.yaml': 'id: a\n  name: [\n',
  'source-key.yaml': 'id: a\nname: 站\nplace: null\nstart: [http://a.example/]\nschedul: x\n',
  'source-value.yaml': 'id: a\nname: 站\nplace: null\nstart: [http://a.example/]\nbrowser: perhaps\n',
  'book-fields.yaml': 'id: b\nname: x\nindicators:\n  - id: 1\n    zh: a\n',
  'book-form.yaml': ': : [\n',
};

/** What every command is asked; `null`: it needs a server of its own, and terminal.test.ts meets what it says. */
const asked: Record<string, string[][] | null> = {
  demo: null,
  crawl: [
    [dead, '--allow-private', '--no-delay', '--db', at('crawled.sqlite')],
    [dead, '--db', at('crawled.sqlite')],
    ...Object.keys(wrongYaml)
      .filter((name) => name.startsWith('source'))
      .map((name) => ['--source', at(name), '--db', at('crawled.sqlite')]),
  ],
  import: [[page, at('broken.pdf'), at('broken.docx'), at('bytes.txt'), at('nothing.html'), '--db', at('im.sqlite')]],
  compare: [
    ['--db', corpus],
    ['--db', empty],
    ['--db', corpus, '--county', '曲阜'],
    ...['book-fields.yaml', 'book-form.yaml'].map((name) => ['--db', corpus, '--codebook', at(name)]),
  ],
  practices: [
    ['--db', corpus],
    ['--db', empty],
  ],
  changes: [
    ['乳山', '--db', corpus],
    ['乳山', '--db', empty],
  ],
  data: [[], ['v_practices'], ['v_figure']],
  terms: [
    ['乳山', '--least', '2', '--db', corpus],
    ['乳山', '--db', empty],
  ],
  audit: [
    ['--db', corpus, '--verdict', 'all'],
    ['--db', empty],
  ],
  review: [
    ['--db', corpus],
    ['--db', empty],
    ['precision', '--db', corpus],
    ['accept', '1-001', '--by', '张三', '--db', corpus],
    ['log', '--db', corpus],
  ],
  show: [
    ['1-001', '--db', corpus],
    ['1', '--db', corpus],
    ['1', '--db', empty],
  ],
  find: [
    ['教师', '--db', corpus],
    ['查无此词', '--db', empty],
  ],
  export: [['-o', at('figures.xlsx'), '--db', corpus]],
  report: [['-o', at('report.html'), '--db', corpus]],
  serve: null,
  mcp: null,
  read: [[page], [at('broken.pdf')], [at('bytes.txt')], [dead, '--allow-private'], [dead]],
  extract: [[at('broken.docx'), '--jsonl']],
  explain: [
    [page, '--find', '73.18亿元'],
    [page, '--find', '2024'],
    [page, '--at', '3'],
  ],
  inspect: [[dead, '--allow-private'], [dead]],
  sources: [['list'], ['check', ...Object.keys(wrongYaml).map(at), at('site.yaml'), '--allow-private']],
  codebook: [[], ['--check'], ['--check', '--codebook', at('book-fields.yaml')]],
  sql: [['select id from v_figures limit 2', '--db', corpus]],
  copy: [['--from', corpus, '--to', at('copied.sqlite')]],
  worker: null,
  queue: null,
  schedule: [[at('site.yaml'), '--list', '--db', corpus]],
  runs: [
    ['--db', corpus],
    ['1', '--db', corpus],
    ['--db', empty],
  ],
  retry: [
    ['--failed', '--no-delay', '--allow-private', '--db', corpus],
    ['--failed', '--db', empty],
  ],
  reextract: [['--threads', '1', '--db', corpus]],
  backup: [[at('saved.sqlite'), '--db', corpus]],
  vacuum: [['--db', corpus]],
  init: [[at('study')]],
  config: [[]],
  doctor: [
    ['--db', corpus, '--port', '0'],
    ['--db', empty, '--port', '0'],
  ],
  completion: null,
};

/** Rules and fields are named in English, as records hold them; so are commands, options, addresses and files. */
const names = [
  /\bxianjian [a-z-]+[^\n，。；]*/g,
  /npx [^\n，。；]*/g,
  /\S+:\/\/\S+/g,
  /\S*\/\S+/g,
  /^\s*(?:规则:.*|.*[├└]─ (?:[a-z][a-z ]*: [a-z ,'-]+|[a-z ]+)(?= \(|$))/gm,
];

/** What is not data: records for programs, and the names of a codebook, which it has in both languages. */
const prose = (command: string | undefined, { stdout, stderr }: Seen): string => {
  const isData = command === 'extract' || (command === 'codebook' && !stdout.includes('没有发现问题'));
  return names.reduce((text, pattern) => text.replace(pattern, '¶'), `${isData ? '' : stdout}\n${stderr}`);
};

const englishWords = /(?<![\w-])(?:[A-Za-z][a-z']+ +){2}[A-Za-z][a-z']+\b/;

describe('in Chinese', () => {
  it('every command is asked', () => {
    expect(Object.keys(asked).sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  const lines = Object.entries(asked).flatMap(([name, all]) => (all ?? []).map((line) => [name, ...line]));

  it.each(lines.map((line) => [line.join(' ').replaceAll(`${folder}/`, '').replaceAll(site, 'site'), line] as const))(
    '%s',
    async (_name, line) => {
      const seen = await inChinese(...line);
      expect(prose(line[0], seen).match(englishWords)?.[0] ?? null).toBeNull();
      if (line[0] !== 'sql') expect(`${seen.stdout}${seen.stderr}`).toMatch(/\p{Script=Han}/u);
    },
  );
});
