// The number of a list's item that a figure follows without a space, as copies of printed pages have it: `1.8所教学点并入中心校` above
// `2.新建小学2所` speaks of 8 schools.

/** Lines before and after that are looked at for the number before or after. */
const mostLines = 4;
const longestItem = 600;

const item = /(\d{1,2})[.．](?=\d[\d,.]*\s?[\p{Script=Han}㎡])/uy;

/** Whether a line begins with a number of a list that nothing else can be: no digit follows it. */
const isItem = (line: string, number: number): boolean =>
  new RegExp(`^\\s*${number}\\s*[.．、]\\s*(?![\\d\\s])`).test(line);

const lineAt = (text: string, start: number): string => {
  const end = text.indexOf('\n', start);
  return text.slice(start, Math.min(end < 0 ? text.length : end, start + longestItem));
};

function* linesAfter(text: string, at: number): Generator<string> {
  let start = text.indexOf('\n', at) + 1;
  for (let count = 0; start > 0 && count < mostLines; count++) {
    yield lineAt(text, start);
    start = text.indexOf('\n', start) + 1;
  }
}

function* linesBefore(text: string, at: number): Generator<string> {
  let end = at - 1;
  for (let count = 0; end > 0 && count < mostLines; count++) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    yield lineAt(text, start);
    end = start - 1;
  }
}

/** Characters of the number of a list's item, with its dot, that a line begins with at `at` right before a figure; 0 where there is none. */
export function listNumberAt(text: string, at: number): number {
  if (at > 0 && text[at - 1] !== '\n') return 0;
  item.lastIndex = at;
  const found = item.exec(text);
  if (!found) return 0;
  const number = Number(found[1]);
  const lines = (found: Iterable<string>, wanted: number) => [...found].some((line) => isItem(line, wanted));
  return lines(linesAfter(text, at), number + 1) || (number > 1 && lines(linesBefore(text, at), number - 1))
    ? found[0].length
    : 0;
}
