// The reference in src/docs says what the program does: it is made from the program's own objects, and nobody can change one without
// the other. `DOCS=write npx vitest run test/docs.test.ts` writes it anew.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/cli/commands/index.js';
import { referencePages } from './helpers/reference.js';

/** Written by hand; their links and commands are checked by test/readme.test.ts. */
const byHand = ['compare.en.webp', 'compare.zh.webp', 'deploy.md', 'licences.md', 'security.md'];
const folder = resolve(import.meta.dirname, '../src/docs');

describe('the reference', () => {
  const pages = referencePages();
  if (process.env.DOCS === 'write') {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text);
  }

  it.each(Object.keys(pages))('%s says what the program says', (name) => {
    const file = join(folder, name);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(pages[name]);
  });

  it('has no page that nothing makes', () => {
    expect(readdirSync(folder).sort()).toEqual([...Object.keys(pages), ...byHand].sort());
  });

  it('leaves nothing without words', () => {
    for (const command of commands) {
      for (const summary of Object.values(command.summary)) expect(summary, command.name).toMatch(/\S.{10,}/);
      expect(command.examples.length, command.name).toBeGreaterThan(0);
      for (const example of command.examples) expect(example, command.name).toMatch(/\bxianjian /);
      for (const { flags, about } of command.options)
        for (const words of Object.values(about)) expect(words, `${command.name} ${flags}`).not.toBe('');
    }
    for (const [name, text] of Object.entries(pages)) expect(text, name).not.toContain('undefined');
  });
});
