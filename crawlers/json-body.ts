// Bodies in JSON that scripts send for their rows: written from an object literal, and asked again with another number of a page.

/** Whether the body of a POST is JSON and no form. */
export const isJson = (body: string): boolean => /^\s*\{/.test(body);

type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain };

function parse(body: string): Plain | null {
  try {
    return JSON.parse(body) as Plain;
  } catch {
    return null;
  }
}

const isObject = (value: Plain): value is { [name: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects within objects are looked at this deep. */
const deepest = 3;

function* numbersIn(value: Plain, depth = 0): Generator<[name: string, number: number]> {
  if (!isObject(value) || depth > deepest) return;
  for (const [name, inner] of Object.entries(value)) {
    const number = typeof inner === 'string' && /^\d{1,9}$/.test(inner) ? Number(inner) : inner;
    if (typeof number === 'number') yield [name, number];
    else yield* numbersIn(inner, depth + 1);
  }
}

/** The numbers of a body as a query: `{"page":{"pageNo":1},"size":20}` is `pageNo=1&size=20`. */
export const queryOf = (body: string): string =>
  [...numbersIn(parse(body))].map(([name, number]) => `${encodeURIComponent(name)}=${number}`).join('&');

/** The body with its numbers as a query has them; each keeps its type. */
export function bodyWith(body: string, query: string): string {
  const numbers = new URLSearchParams(query);
  const changed = (value: Plain, depth: number): Plain => {
    if (!isObject(value) || depth > deepest) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const number = numbers.get(name);
        if (number === null || isObject(inner)) return [name, changed(inner, depth + 1)];
        if (typeof inner === 'number') return [name, Number(number)];
        return [name, typeof inner === 'string' && /^\d{1,9}$/.test(inner) ? number : inner];
      }),
    );
  };
  const value = parse(body);
  return value === null ? body : JSON.stringify(changed(value, 0));
}
