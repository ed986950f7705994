import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadSource } from '../../crawlers/source.js';
import { loadCodebook } from '../../extractors/index.js';
import { whyUnreadable, type XianjianError } from '../../src/model/errors.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-errors-'));
afterAll(() => rmSync(folder, { recursive: true }));

const thrown = (deed: () => unknown): unknown => {
  try {
    deed();
  } catch (cause) {
    return cause;
  }
  throw new Error('nothing was thrown');
};

describe('whyUnreadable', () => {
  it.each([
    [join(folder, 'none.yaml'), 'there is no such file', '没有这个文件'],
    [folder, 'it is a folder', '它是文件夹'],
  ])('%s is told in words of both languages', (file, en, zh) => {
    expect(whyUnreadable(thrown(() => readFileSync(file)))).toEqual({ en, zh });
    for (const load of [loadSource, loadCodebook]) {
      const { said } = thrown(() => load(file)) as XianjianError;
      expect(said.message.en).toContain(en);
      expect(said.message.zh.endsWith(zh)).toBe(true);
      expect(said.message.zh).not.toMatch(/E[A-Z]{4,}/);
    }
  });
});
