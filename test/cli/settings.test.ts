// Settings of a study: which of flag, variable, file and default holds, and what a wrong key or value is answered with. What
// `xianjian init` writes works as it stands.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadSource, type Source } from '../../crawlers/index.js';
import { loadCodebook } from '../../extractors/index.js';
import { readSettings, settingNames } from '../../src/cli/settings.js';
import { ConfigurationError } from '../../src/model/errors.js';
import { testServer } from '../helpers/server.js';
import { xianjian } from '../helpers/terminal.js';

const root = mkdtempSync(join(tmpdir(), 'xianjian-settings-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let made = 0;
function study(text: string): string {
  made += 1;
  const folder = join(root, String(made));
  mkdirSync(folder);
  writeFileSync(join(folder, 'xianjian.yaml'), text);
  return folder;
}

function faultOf(folder: string, environment: NodeJS.ProcessEnv = {}): ConfigurationError {
  try {
    readSettings(folder, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('no fault was found');
}

describe('what holds', () => {
  it('a flag before a variable, a variable before the file, the file before the default', async () => {
    const folder = study('db: of-the-file.sqlite\n');
    const met = async (words: string[], environment: NodeJS.ProcessEnv) =>
      (await xianjian(['compare', ...words], { folder, environment })).stderr;
    expect(await met([], {})).toContain(join(folder, 'of-the-file.sqlite'));
    expect(await met([], { XIANJIAN_DB: 'of-the-variable.sqlite' })).toContain(join(folder, 'of-the-variable.sqlite'));
    expect(await met(['--db', '/nowhere/of-the-flag.sqlite'], { XIANJIAN_DB: 'x.sqlite' })).toContain('of-the-flag');
    rmSync(join(folder, 'xianjian.yaml'));
    // The default is meant from where the command is typed; a checkout in which somebody crawled has such a file.
    const here = process.cwd();
    process.chdir(folder);
    expect(await met([], {}).finally(() => process.chdir(here))).toContain('corpus.sqlite');
  });

  it('a folder below the study is in the study', () => {
    const folder = study('contact: someone@university.example\n');
    mkdirSync(join(folder, 'notes', 'deep'), { recursive: true });
    expect(readSettings(join(folder, 'notes', 'deep'), {}).contact).toEqual({
      value: 'someone@university.example',
      origin: `${join(folder, 'xianjian.yaml')}:1`,
    });
  });

  it('the language of messages', async () => {
    const folder = study('language: zh\n');
    const words = ['compare', '--db', join(root, 'none.sqlite')];
    const file = await xianjian(words, { folder, environment: {} });
    const variable = await xianjian(words, { folder, environment: { XIANJIAN_LANG: 'en' } });
    expect([file.code, variable.code]).toEqual([1, 1]);
    expect(readSettings(folder, {}).language?.value).toBe('zh');
    const locale = { XIANJIAN_LANG: 'en_GB.UTF-8' };
    expect(readSettings(folder, locale).language).toEqual({ value: 'en', origin: 'XIANJIAN_LANG' });
  });

  it('config names every setting with its origin, and hides a password', async () => {
    const folder = study('# a study\ncodebook: public-finance\n');
    const environment = { XIANJIAN_DB: 'postgres://me:secret@db.example/corpus' };
    const { stdout } = await xianjian(['config'], { folder, environment });
    expect(stdout).toContain(`public-finance  (${join(folder, 'xianjian.yaml')}:2)`);
    expect(stdout).toContain('postgres://me:***@db.example/corpus  (XIANJIAN_DB)');
    expect(stdout).not.toContain('secret');
    for (const name of settingNames) expect(stdout).toContain(name);
  });
});

describe('the contact', () => {
  it('stands in the user agent of every request, whichever command sends it', async () => {
    const row = (n: number) =>
      `<li><a href="/2031/t20310304_${n}.html">青禾县第${n}所学校建成投用</a><span>2031-03-04</span></li>`;
    const pages: Record<string, string> = {
      '/list.html': `<ul class="list">${[1001, 1002, 1003].map(row).join('')}</ul>`,
      ...Object.fromEntries(
        [1001, 1002, 1003].map((n) => [
          `/2031/t20310304_${n}.html`,
          `<h1>青禾县第${n}所学校建成投用</h1><p>${'学校的建设进展顺利，按期投用。'.repeat(20)}${n}</p>`,
        ]),
      ),
    };
    const server = await testServer(({ url }) => (pages[url] ? { body: pages[url] } : { status: 404, body: 'none' }));
    const folder = study('contact: study@example.org\ndb: corpus.sqlite\n');
    const list = `${server.url}/list.html`;
    try {
      for (const words of [
        ['crawl', list, '--no-delay'],
        ['inspect', list],
        ['read', `${server.url}/2031/t20310304_1001.html`],
        ['sources', 'add', list, '-o', join(folder, 'list.yaml')],
        ['sources', 'check', join(folder, 'list.yaml')],
      ]) {
        const before = server.requests.length;
        const seen = await xianjian([...words, '--allow-private'], { folder });
        expect(seen.code, `${words.join(' ')}: ${seen.stderr}`).toBe(0);
        const agents = server.requests.slice(before).map(({ headers }) => headers['user-agent']);
        expect(agents.length, words.join(' ')).toBeGreaterThanOrEqual(2);
        for (const agent of agents) expect(agent, words.join(' ')).toContain('; study@example.org)');
      }
    } finally {
      await server.close();
    }
  });
});

describe('what is wrong', () => {
  it('an unknown key: its line and the one that was meant', () => {
    const folder = study('# a study\ncodebok: education\n');
    const fault = faultOf(folder);
    expect(fault.message).toContain(`xianjian.yaml:2: there is no setting codebok`);
    expect(fault.cure).toBe('Did you mean codebook?');
  });

  it('an unknown variable', () => {
    const fault = faultOf(root, { XIANJIAN_TIMEZON: 'Asia/Shanghai' });
    expect(fault.message).toContain('XIANJIAN_TIMEZON');
    expect(fault.cure).toBe('Did you mean XIANJIAN_TIMEZONE?');
  });

  it.each([
    ['port: many', 'xianjian.yaml:1: port'],
    ['port: 70000', 'xianjian.yaml:1: port'],
    ['db: x.sqlite\ntimezone: Asia/Shangahi', 'xianjian.yaml:2: timezone: is no time zone'],
    ['contact: someone', 'xianjian.yaml:1: contact: must be an e-mail address'],
    ['jitter: -3', 'xianjian.yaml:1: jitter'],
    ['db: "unclosed', 'xianjian.yaml:1'],
    ['just words', 'the file'],
  ])('%s', (text, message) => {
    expect(faultOf(study(text)).message).toContain(message);
  });

  it('a file of settings that is not there', () => {
    expect(faultOf(root, { XIANJIAN_CONFIG: 'gone.yaml' }).message).toContain(join(root, 'gone.yaml'));
  });
});

describe('init', () => {
  it('writes a study whose files are all read as they stand', async () => {
    const folder = join(root, 'study');
    const seen = await xianjian(['init', folder]);
    expect(seen.code, seen.stderr).toBe(0);
    expect(readSettings(folder, {})).toMatchObject({
      db: { value: join(folder, 'corpus.sqlite') },
      sources: { value: join(folder, 'sources') },
    });
    expect(loadSource(join(folder, 'sources', '_example.yaml')).schedule).toBe('30 2 * * 1');
    expect(loadCodebook(join(folder, 'codebooks', 'mine.yaml')).indicators).toHaveLength(1);
    expect(Object.keys(JSON.parse(readFileSync(join(folder, 'xianjian.schema.json'), 'utf8')).properties)).toEqual(
      settingNames,
    );
    // Every line that stands as a comment can be taken as it is.
    const file = join(folder, 'xianjian.yaml');
    const all = readFileSync(file, 'utf8').replace(/^# (?=[a-z]+: \S)/gm, '');
    writeFileSync(file, all);
    expect(Object.keys(readSettings(folder, {})).sort()).toEqual([...settingNames].sort());
  });

  /** Every key of a source file: the compiler holds this list to the schema. */
  const sourceKeys: Record<keyof Source, true> = {
    id: true,
    name: true,
    place: true,
    start: true,
    family: true,
    selectors: true,
    topics: true,
    browser: true,
    budget: true,
    delay: true,
    revisit: true,
    tls: true,
    ignoreRobots: true,
    schedule: true,
    timezone: true,
    verified: true,
  };

  it.each(['en', 'zh'] as const)(
    'shows every key of a source file, in %s, and each can be taken as it is',
    async (language) => {
      const folder = join(root, `study-${language}`);
      expect(await xianjian(['init', folder], { language })).toMatchObject({ code: 0 });
      const file = join(folder, 'sources', '_example.yaml');
      const written = readFileSync(file, 'utf8');
      writeFileSync(file, written.replace(/^# (?=[A-Za-z]+: \S)/gm, ''));
      expect(Object.keys(loadSource(file)).sort()).toEqual(Object.keys(sourceKeys).sort());
      // What is said about them is in one language.
      const comments = written.match(/^# (?! |[A-Za-z]+: ).*/gm)!;
      for (const comment of comments)
        expect([comment, /\p{Script=Han}/u.test(comment)]).toEqual([comment, language === 'zh']);
    },
  );

  it('the codebook reads a figure, and the example source is not crawled', async () => {
    const folder = join(root, 'study2');
    await xianjian(['init', folder]);
    writeFileSync(join(folder, 'news.txt'), '青禾县教育局\n2031年，全县新建小学4所，改扩建初中2所。\n');
    const book = join(folder, 'codebooks', 'mine.yaml');
    const extracted = await xianjian(['extract', join(folder, 'news.txt'), '--codebook', book, '--jsonl']);
    const figures = extracted.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(figures.filter(({ indicator }) => indicator === 'schools_built').map(({ value }) => value)).toEqual([4]);
    expect(await xianjian(['codebook', '--codebook', book, '--check'])).toMatchObject({ code: 0 });
    // A file named without --codebook is not passed over in silence.
    const unchecked = await xianjian(['codebook', '--check', book]);
    expect([unchecked.code, unchecked.stderr.includes(book)]).toEqual([2, true]);
    const crawled = await xianjian(['crawl'], { folder, environment: {} });
    expect(crawled.code).toBe(2);
    expect(crawled.stderr).toContain('no source was named');
  });

  it('overwrites nothing', async () => {
    const folder = study('db: mine.sqlite\n');
    const seen = await xianjian(['init', folder]);
    expect(seen.code).toBe(2);
    expect(seen.stderr).toContain('is there already');
    expect(readFileSync(join(folder, 'xianjian.yaml'), 'utf8')).toBe('db: mine.sqlite\n');
  });
});
