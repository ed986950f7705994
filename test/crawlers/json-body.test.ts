// Bodies in JSON: their numbers as a query, and the same body with others.
import { describe, expect, it } from 'vitest';
import { bodyWith, isJson, queryOf } from '../../crawlers/json-body.js';

const body = '{"channel":"c12","page":{"pageNo":1,"pageSize":"20"},"hot":false,"tags":["a"],"none":null}';

describe('a body in JSON', () => {
  it('is told from a form', () => {
    expect([body, ' {"a":1}', 'a=1&b={2}', ''].map(isJson)).toEqual([true, true, false, false]);
  });

  it('has its numbers as a query, also those written as texts, at any depth', () => {
    expect(queryOf(body)).toBe('pageNo=1&pageSize=20');
  });

  it('is asked again with other numbers, each in its type, all else as it was', () => {
    expect(JSON.parse(bodyWith(body, 'pageNo=2&pageSize=30&channel=9'))).toEqual({
      channel: 'c12',
      page: { pageNo: 2, pageSize: '30' },
      hot: false,
      tags: ['a'],
      none: null,
    });
  });

  it('that is broken has none and stays', () => {
    expect(queryOf('{"pageNo":')).toBe('');
    expect(bodyWith('{"pageNo":', 'pageNo=2')).toBe('{"pageNo":');
  });
});
