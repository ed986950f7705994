import { describe, expect, it } from 'vitest';
import { remembering } from '../../src/reading/remembering.js';

describe('remembering', () => {
  it('asks once for a short text that comes again, and each time for a long one', () => {
    const asked: string[] = [];
    const lengthOf = remembering((text) => {
      asked.push(text);
      return text.length;
    });
    const long = '长'.repeat(200);
    for (const text of ['当前位置', long, '当前位置', long]) expect(lengthOf(text)).toBe(text.length);
    expect(asked).toEqual(['当前位置', long, long]);
  });

  it('keeps an answer that is null, and forgets what did not come again for long', () => {
    let asked = 0;
    const nothing = remembering((): null => {
      asked++;
      return null;
    });
    expect([nothing('甲'), nothing('甲')]).toEqual([null, null]);
    expect(asked).toBe(1);
    for (let i = 0; i < 5000; i++) nothing(`第${i}行`);
    expect(nothing('甲')).toBeNull();
    expect(asked).toBe(5002);
  });
});
