// Values that scripts write as JavaScript does and JSON does not: names without quotes, words in single quotes, commas behind the last.
// Nothing is run; what is no plain value is none.

const token =
  /\s+|\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|[A-Za-z_$][\w$]*|-?\d+(?:\.\d+)?|[[\]{}:,]/y;
const words: Record<string, string> = { true: 'true', false: 'false', null: 'null', undefined: 'null' };
const controls: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0', '\n': '' };

/** The value of an object or array literal; undefined where it holds anything that would have to be run. */
export function parseLiteral(text: string): unknown {
  const json: string[] = [];
  token.lastIndex = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    const part = token.exec(text)?.[0];
    if (part === undefined) return undefined;
    const written = asJson(part, /^\s*:/.test(text.slice(token.lastIndex, token.lastIndex + 20)));
    if (written === undefined) return undefined;
    if ((written === ']' || written === '}') && json.at(-1) === ',') json.pop();
    if (written !== '') json.push(written);
  }
  try {
    return JSON.parse(json.join(''));
  } catch {
    return undefined;
  }
}

function asJson(part: string, isKey: boolean): string | undefined {
  if (/^(?:\s|\/[*/])/.test(part)) return '';
  if (/^["']/.test(part)) return JSON.stringify(unescaped(part.slice(1, -1)));
  if (/^[A-Za-z_$]/.test(part)) return isKey ? JSON.stringify(part) : words[part];
  return part;
}

const unescaped = (text: string): string =>
  text.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S]))/gi, (_, wide, narrow, sign: string) =>
    sign === undefined ? String.fromCharCode(Number.parseInt(wide ?? narrow, 16)) : (controls[sign] ?? sign),
  );
