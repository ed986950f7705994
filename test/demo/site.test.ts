// The example site itself: encodings, lists, damage and attachments are what they claim; its words are ours, its figures the
// counties' own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { load } from 'cheerio';
import mammoth from 'mammoth';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { mirrorDamage } from './mirror-damage.js';

const root = resolve(import.meta.dirname, '../..');
const site = join(root, 'src/demo/site');
const shared = join(root, '../shared');
const undamaged = join(import.meta.dirname, 'kaizhou');
const names = ['rushan', 'qufu', 'kaizhou', 'zichuan', 'yanggu'] as const;
type Name = (typeof names)[number];

const filesIn = (folder: string, wanted: RegExp) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const read = (file: string) =>
  new TextDecoder(file.startsWith(join(site, 'yanggu')) ? 'gbk' : 'utf-8', { fatal: true }).decode(readFileSync(file));

const isList = (file: string) => /index(?:_\d+)?\.html$/.test(file);

/** The articles of a site; those of Kaizhou undamaged, since damage hides words and never the other way round. */
const articlesOf = (name: Name) =>
  filesIn(name === 'kaizhou' ? undamaged : join(site, name), /\.html$/).filter((file) => !isList(file));

/** The article's own text, a line a paragraph. */
function bodyOf(file: string): string {
  const $ = load(read(file));
  const body = $('#zoom, article, .workflow-content');
  const paragraphs = body.length > 0 ? body.find('p').toArray() : $('.MsoNormal').toArray();
  return paragraphs.length > 0 ? paragraphs.map((node) => $(node).text().trim()).join('\n') : body.text();
}

const main: Record<Name, string> = {
  rushan: 'jyjh/202405/t20240521_1001.html',
  qufu: 'art/2024/9/4/art_21_3001.html',
  kaizhou: 'news/t20201.html',
  zichuan: 'gongkai/site_qjyhtyj/channel_gzjz/doc_63a2c4f0.html',
  yanggu: 'info/show.asp/20170802152322.html',
};
const mainOf = (name: Name) => join(name === 'kaizhou' ? undamaged : join(site, name), main[name]);

describe('the lists', () => {
  const links = (name: Name) => {
    const texts = filesIn(join(site, name), /\.(?:html|json|xml)$/).filter(
      (file) => isList(file) || /list|jsp/.test(file),
    );
    return texts.flatMap((file) => {
      const base = `http://site/${file.slice(join(site, name).length + 1)}`;
      const found = read(file).matchAll(/<(?:li|TD)><a href="([^"]+\.html)"|"url": "([^"]+)"/gi);
      return [...found].map((match) => new URL(match[1] ?? match[2]!, base).pathname).filter((path) => !isList(path));
    });
  };

  it.each([
    ['rushan', 8],
    ['qufu', 9],
    ['kaizhou', 4],
    ['zichuan', 13],
    ['yanggu', 3],
  ] as const)('%s lists each of its %i articles', (name, count) => {
    const articles = filesIn(join(site, name), /\.html$/).filter((file) => !isList(file));
    const paths = articles.map((file) => file.slice(join(site, name).length));
    expect(paths).toHaveLength(count);
    expect([...new Set(links(name))].sort()).toEqual(paths);
  });

  it('say how many there are where the family says it', () => {
    expect(read(join(site, 'rushan/jyjh/index.html'))).toContain('createPageHTML(2, 0, "index", "html")');
    expect(read(join(site, 'rushan/jyjh/index_1.html'))).toContain('createPageHTML(2, 1, "index", "html")');
    const start = read(join(site, 'qufu/col/col21/index.html'));
    expect(start).toContain('totalRecord=9, perPage=5');
    expect(start.match(/<record>/g)).toHaveLength(5);
    const rows = JSON.parse(read(join(site, 'zichuan/gongkai/site_qjyhtyj/channel_gzjz/list.json')));
    expect([rows.total, rows.rows.length]).toEqual([13, 13]);
  });
});

describe('the encodings', () => {
  it('are strict UTF-8 but for yanggu', () => {
    for (const name of names) {
      for (const file of filesIn(join(site, name), /\.(?:html|json|xml|txt)$/)) {
        const bytes = readFileSync(file);
        const asUtf8 = () => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        if (name === 'yanggu') expect(asUtf8, file).toThrow();
        else expect(asUtf8, file).not.toThrow();
      }
    }
  });

  it('are GBK at yanggu under the name gb2312, which only a meta tag says', () => {
    for (const file of filesIn(join(site, 'yanggu'), /\.html$/)) {
      expect(read(file), file).toContain('<META http-equiv=Content-Type content="text/html; charset=gb2312">');
    }
    // 〇 is A9 96, a character that GB2312 does not have.
    expect(readFileSync(mainOf('yanggu')).includes(Buffer.from([0xa9, 0x96]))).toBe(true);
    expect(read(mainOf('yanggu'))).toContain('二〇一七年八月');
  });
});

describe('the mirror of kaizhou', () => {
  const pages = filesIn(undamaged, /\.html$/);

  it('is the undamaged pages, damaged', () => {
    expect(pages).toHaveLength(5);
    for (const page of pages) {
      expect(read(join(site, 'kaizhou', page.slice(undamaged.length))), page).toBe(mirrorDamage(read(page)));
    }
  });

  it('has glosses and shifted runs, and every number unharmed', () => {
    const before = bodyOf(mainOf('kaizhou'));
    const after = load(read(join(site, 'kaizhou', main.kaizhou)))('article').text();
    expect(before.match(/校”/g)).toHaveLength(3);
    expect(after).not.toContain('校”');
    // 校”開通, 校”建設, 校”的學: the readings by hand after the GBK table.
    for (const run of ['!遍_通', '!苯ㄔO(shè)', '!钡膶W(xué)']) expect(after).toContain(run);
    expect(after.match(/\(\p{Script=Latin}+\)/gu)!.length).toBeGreaterThan(100);
    expect(after.match(/[\d.]+/g)).toEqual(before.match(/[\d.]+/g));
  });
});

describe('the attachments of qufu', () => {
  const base = join(site, 'qufu/module/download/czfa2024_17');
  const squeeze = (text: string) => text.replace(/\s/g, '');
  const notice = squeeze(bodyOf(mainOf('qufu')));

  it('are named by the notice', () => {
    const html = read(mainOf('qufu'));
    for (const ending of ['docx', 'pdf']) expect(html).toContain(`href="/module/download/czfa2024_17.${ending}"`);
  });

  it('docx repeats the notice', async () => {
    expect(squeeze((await mammoth.extractRawText({ path: `${base}.docx` })).value)).toBe(notice);
  });

  it('pdf repeats the notice', async () => {
    const document = await getDocument({
      data: new Uint8Array(readFileSync(`${base}.pdf`)),
      cMapUrl: `${join(root, 'node_modules/pdfjs-dist/cmaps')}/`,
      cMapPacked: true,
      verbosity: 0,
    }).promise;
    let text = '';
    for (let page = 1; page <= document.numPages; page++) {
      const content = await (await document.getPage(page)).getTextContent();
      text += content.items.map((item) => ('str' in item ? item.str : '')).join('');
    }
    expect(squeeze(text)).toBe(notice);
  });
});

describe.skipIf(!existsSync(join(shared, 'seeds')))('the words (needs ../shared/seeds)', () => {
  const longest = 11;
  const han = (text: string) => text.replace(/《[^》]*》/g, '|').match(/\p{Script=Han}+/gu) ?? [];

  /** Runs of 12 and more Han characters that a text has in common with the seeds; titles in 《》 are names and do not count. */
  const sharedRuns = (text: string, seeds: string[]) =>
    han(text.replace(/\s+/g, '')).flatMap((run) => {
      const windows = Array.from({ length: Math.max(0, run.length - longest) }, (_, at) =>
        run.slice(at, at + longest + 1),
      );
      return windows.filter((window) => seeds.some((seed) => seed.includes(window)));
    });

  const seeds = existsSync(join(shared, 'seeds'))
    ? [...filesIn(join(shared, 'seeds'), /\.txt$/), ...filesIn(join(shared, 'gold/text'), /\.txt$/)].map((file) =>
        readFileSync(file, 'utf8').replace(/\s+|\([\p{Script=Latin}]+\)/gu, ''),
      )
    : [];

  it('finds a copied clause', () => {
    const copied = han(seeds[0]!).find((run) => run.length === 14)!;
    expect(sharedRuns(`在前${copied}在后`, seeds)).toHaveLength(3);
  });

  it.each(names)('are our own at %s', (name) => {
    const pages = [
      ...filesIn(join(site, name), /\.(?:html|json|xml)$/),
      ...(name === 'kaizhou' ? filesIn(undamaged, /\.html$/) : []),
    ];
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) {
      const visible = read(page)
        .replace(/<[^>]*>/g, '|')
        .replace(/\([\p{Script=Latin}]+\)/gu, '');
      expect(sharedRuns(visible, seeds), page).toEqual([]);
    }
  });
});

describe.skipIf(!existsSync(join(shared, 'gold')))('the figures (needs ../shared/gold)', () => {
  const gold: Record<Name, string> = { rushan: '000', qufu: '001', kaizhou: '002', zichuan: '003', yanggu: '004' };
  const scales: Record<string, number> = { 万: 1e4, 亿: 1e8 };

  /** Figures that are no figures: names in 《》, 文号, years and dates, numbers of sections, “5+2”, the 5 of 5年360学时. */
  const noFigure =
    /《[^》]*》|〔\d+〕\d+号|\d{4}(?:-\d{4})?年(?:\d+月)?(?:\d+日)?|^\d+[.、]|“\d\+\d”|\d年(?=360学时)/gm;

  /** Kind and value of every number in Arabic digits: `money 520000000`, `ratio 0.25`, `other 570`. */
  const figuresIn = (text: string) =>
    [...text.replace(noFigure, '|').matchAll(/(\d+(?:\.\d+)?)(?:余|多)?([万亿])?(?:余|多)?(元|%)?/g)].map((match) => {
      const [, digits = '', scale, unit] = match;
      const value = Number(digits) * (scales[scale ?? ''] ?? 1);
      const kind = unit === '元' ? 'money' : unit === '%' ? 'ratio' : 'other';
      return `${kind} ${Number((unit === '%' ? value / 100 : value).toPrecision(12))}`;
    });

  const goldOf = (name: Name) =>
    readFileSync(join(shared, 'gold/figures', `${gold[name]}.jsonl`), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { dimension: string; value: number })
      .map(
        ({ dimension, value }) =>
          `${/money|ratio/.test(dimension) ? dimension : 'other'} ${Number(value.toPrecision(12))}`,
      );

  it('reads numbers of every kind', () => {
    expect(figuresIn('投入3.5亿元、20余万元,占12.5%,共1.2万名,2019年招聘30人')).toEqual([
      'money 350000000',
      'money 200000',
      'ratio 0.125',
      'other 12000',
      'other 30',
    ]);
  });

  it.each([
    ['rushan', 35],
    ['qufu', 15],
    ['kaizhou', 30],
    ['zichuan', 35],
    ['yanggu', 50],
  ] as const)('%s has at least %i in its main article, and all are its own', (name, least) => {
    expect(figuresIn(bodyOf(mainOf(name))).length).toBeGreaterThanOrEqual(least);
    const own = new Set(goldOf(name));
    for (const file of articlesOf(name)) {
      expect(
        figuresIn(bodyOf(file)).filter((figure) => !own.has(figure)),
        file,
      ).toEqual([]);
    }
  });
});
