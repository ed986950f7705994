// Sources: the shipped files are right, a wrong file is told by line, and an address makes a source.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadSource, sourceFromUrl } from '../../crawlers/index.js';
import { ConfigurationError, UsageError } from '../../src/model/errors.js';
import { packageRoot } from '../../src/model/package-root.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-source-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (text: string): string => {
  const file = join(folder, 'one.yaml');
  writeFileSync(file, text);
  return file;
};
const good = "id: one\nname: 青禾县\nplace: '990101'\nstart:\n  - http://one.test/list/\n";

function faultOf(text: string): ConfigurationError {
  const file = write(text);
  try {
    loadSource(file);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('no fault was found');
}

describe('source files', () => {
  const shipped = readdirSync(join(packageRoot, 'crawlers/sources'));

  it.each(shipped)('%s can be loaded and is named after its id', (name) => {
    const source = loadSource(join(packageRoot, 'crawlers/sources', name));
    expect(`${source.id}.yaml`).toBe(name);
    expect(source.verified?.live?.length).toBeGreaterThan(0);
    for (const start of source.start) expect(start.startsWith('http')).toBe(true);
  });

  it('the five seed counties are shipped', () => {
    const places = shipped.map((name) => loadSource(join(packageRoot, 'crawlers/sources', name)).place);
    expect(places).toEqual(expect.arrayContaining(['371083', '370881', '500154', '370302', '371521']));
  });

  it('reads all keys', () => {
    const source = loadSource(
      write(
        `${good}selectors: { item: li, next: a.next }\nbudget: { pages: 10 }\ndelay: 5\ntls: { legacy: true }\nbrowser: never\n`,
      ),
    );
    expect(source).toMatchObject({
      selectors: { item: 'li' },
      budget: { pages: 10 },
      delay: 5,
      tls: { legacy: true },
      browser: 'never',
    });
  });

  it.each<[string, string, number, RegExp]>([
    [
      'a wrong address',
      good.replace('http://one.test/list/', 'ftp://one.test/'),
      5,
      /start\.0: must be an http or https address/,
    ],
    ['a place without quotes', good.replace("'990101'", '990101'), 3, /place/],
    ['an unknown key', `${good}delais: 3\n`, 6, /delais/],
    ['an unknown key inside', `${good}budget:\n  pages: 5\n  hours: 3\n`, 8, /budget\.hours/],
    ['a missing key', good.replace('id: one\n', ''), 1, /id/],
    ['a negative delay', `${good}delay: -1\n`, 6, /delay/],
    ['broken YAML', `${good}budget: { pages: 5\n`, 7, /./],
  ])('%s is told with its line', (_, text, line, message) => {
    const fault = faultOf(text);
    expect(fault.message).toContain(`one.yaml:${line}: `);
    expect(fault.message).toMatch(message);
    expect(fault.exitCode).toBe(2);
  });

  it('a file that is not there is told', () => {
    expect(() => loadSource(join(folder, 'none.yaml'))).toThrow(/none\.yaml cannot be read/);
  });
});

describe('a source from an address', () => {
  it('has an id that is the same each time and differs between columns', () => {
    const id = (url: string): string => sourceFromUrl(url, { place: null }).id;
    expect(id('http://www.one.test/xw/index.html')).toBe('www-one-test-xw');
    expect(id('http://www.one.test/xw/index.html')).toBe(id('http://www.one.test/xw/'));
    expect(id('http://www.one.test/list.php?cid=7')).not.toBe(id('http://www.one.test/list.php?cid=8'));
    expect(id('http://127.0.0.1:8801/')).toBe('127-0-0-1-8801');
  });

  it('keeps what stands behind #, which some systems need', () => {
    expect(sourceFromUrl('http://one.test/gkmlpt/index#2345', { place: null }).start).toEqual([
      'http://one.test/gkmlpt/index#2345',
    ]);
  });

  it.each(['one.test', 'ftp://one.test/', 'javascript:alert(1)', '', 'http://'])('%s is no address', (url) => {
    expect(() => sourceFromUrl(url, { place: null })).toThrow(UsageError);
  });
});
