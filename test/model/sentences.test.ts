// Sentences are written and known again by one table: each comes back in Chinese with its values, whatever stands in the blanks.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasons, sayReason } from '../../crawlers/reasons.js';
import { faultSaid, faultWords } from '../../extractors/codebooks/faults.js';
import { sayWhy, whyWords } from '../../extractors/reasons.js';
import { sentences } from '../../src/model/sentences.js';
import { noteWords, sayNote } from '../../src/reading/notes.js';

type Writers = Readonly<Record<string, (values: Record<string, string | number>) => string>>;

const tables: [name: string, write: Writers, zh: (kept: string) => string][] = [
  ['crawls', reasons as unknown as Writers, (kept) => sayReason(kept, 'zh')],
  ['reading', noteWords as unknown as Writers, (kept) => sayNote(kept, 'zh')],
  ['extraction', whyWords as unknown as Writers, (kept) => sayWhy(kept, 'zh')],
  ['codebooks', faultWords as unknown as Writers, (kept) => faultSaid(kept).zh],
];

/** Values for all blanks: numbers where the name asks for them, else marks that no sentence holds. */
const values = new Proxy({} as Record<string, string | number>, {
  get: (_, name) =>
    ['count', 'most', 'total', 'rows', 'pages', 'bytes', 'seconds', 'status'].includes(String(name))
      ? 4711
      : `«${String(name)}»`,
});

describe.each(tables)('sentences of %s', (_name, write, zh) => {
  it.each(Object.keys(write))('%s is said in Chinese with all its values', (name) => {
    const kept = write[name]!(values);
    const said = zh(kept);
    // In Chinese words, or the names of programs and formats that Chinese keeps.
    expect(said.replace(/«\w+»/g, '')).toMatch(/\p{Script=Han}|[：:]|^true$/u);
    const marks = (text: string) => [...text.matchAll(/«\w+»|4711/g)].map(([mark]) => mark).sort();
    // One that Chinese says with fewer words may leave none out.
    expect(new Set(marks(said))).toEqual(new Set(marks(kept)));
    // But for a command that can be copied.
    expect(said.replace('npx playwright install chromium', '')).not.toMatch(/(?:\b[a-z']+ ){3}[a-z']+\b/);
  });
});

describe('sentences', () => {
  const table = sentences({
    broken: { en: 'the connection broke ({what})', zh: '连接断开（{what}）' },
    redirect: { en: 'redirect to {url}: {reason}', zh: '转向 {url}：{reason}' },
    count: { en: '{count} pages were lost', zh: '缺 {count} 页' },
    lost: { en: 'lost', zh: '没了' },
  });

  it('leave the English as it was kept, and the words of other programs in both', () => {
    expect(table.say('the connection broke (EPIPE)', 'en')).toBe('the connection broke (EPIPE)');
    expect(table.say('socket hang up', 'zh')).toBe('socket hang up');
    expect(table.say('many pages were lost', 'zh')).toBe('many pages were lost');
  });

  it('are said one inside the other, and one beside the other', () => {
    const inner = table.write.broken({ what: 'EPIPE' });
    expect(table.say(table.write.redirect({ url: 'http://a.example/', reason: inner }), 'zh')).toBe(
      '转向 http://a.example/：连接断开（EPIPE）',
    );
    expect(table.say(`${inner}; lost`, 'zh')).toBe('连接断开（EPIPE）；没了');
  });

  it('take any value, with signs of patterns and braces in it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (what) => {
        fc.pre(table.say(what, 'zh') === what);
        expect(table.say(table.write.broken({ what }), 'zh')).toBe(`连接断开（${what}）`);
      }),
    );
  });
});
