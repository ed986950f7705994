// No log and no message carries a secret of an address.
import { describe, expect, it } from 'vitest';
import { logged, withoutSecrets } from '../../src/cli/log.js';
import type { Output } from '../../src/cli/output.js';

describe('addresses in logs', () => {
  it.each([
    ['https://me:pw@site.example/a?b=1', 'https://site.example/a?b=1'],
    ['https://site.example/a?access_token=abc&page=2', 'https://site.example/a?access_token=***&page=2'],
    ['https://site.example/?sign=1&SessionId=2', 'https://site.example/?sign=***&SessionId=***'],
    ['postgres://me:pw@db.example:5432/corpus', 'postgres://db.example:5432/corpus'],
    ['no address', 'no address'],
  ])('%s is written as %s', (address, written) => {
    expect(withoutSecrets(address)).toBe(written);
  });

  it('lose their secrets within sentences too', () => {
    const lines: string[] = [];
    const out = { say: (text: string) => lines.push(text), data: () => {}, progress: () => {} } as unknown as Output;
    logged('json', out).out.say('lost: https://me:pw@site.example/x?token=abc (timeout)');
    expect(JSON.parse(lines[0]!).msg).toBe('lost: https://site.example/x?token=*** (timeout)');
  });
});
