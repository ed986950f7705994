import { describe, expect, it } from 'vitest';
import { parseLiteral } from '../../crawlers/families/script-literal.js';

describe('literals of scripts', () => {
  it.each<[string, unknown]>([
    [`[{title:'甲',url:"/a.html",n:-1.5},]`, [{ title: '甲', url: '/a.html', n: -1.5 }]],
    [
      String.raw`{a:'it\'s "so"', 'b-c':"\u7532\x41\n", d:[true,false,null,undefined,],}`,
      { a: `it's "so"`, 'b-c': '甲A\n', d: [true, false, null, null] },
    ],
    ['{/* one */ a: 1, // two\n b: {}}', { a: 1, b: {} }],
    [`{"a":"http://a.test/x"}`, { a: 'http://a.test/x' }],
  ])('%s', (text, value) => {
    expect(parseLiteral(text)).toEqual(value);
  });

  it.each(['{a: new Date()}', '{a: b}', '[f(1)]', '{a: 1 + 2}', '{a: `x`}', '{a', '[1,,2]', '', 'x'.repeat(10)])(
    '%s is no plain value',
    (text) => {
      expect(parseLiteral(text)).toBeUndefined();
    },
  );
});
