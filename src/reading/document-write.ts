// What a script writes into the line it stands in: templates print the date and the source of an article by `document.write`. The script
// is read and never run: literals, and variables of the same script that hold one, joined by a plus.

/** Text with the place in the script of what gives it: the literal itself, or the name of the variable that holds it. */
interface Written {
  text: string;
  start: number;
  width: number;
}

/** Beyond this a script is a program; what a template prints stands in a short one. */
const mostScript = 4000;

const call = /\bdocument\.write(?:ln)?\s*\(/g;
const term = /\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|([A-Za-z_$][\w$]*))\s*(\+|\))/dy;

/** The literal that a script first gives a variable. */
function valueIn(script: string, name: string): string | null {
  const pattern = new RegExp(
    `(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*=\\s*(?:"([^"\\\\\\n]*)"|'([^'\\\\\\n]*)')`,
  );
  const found = pattern.exec(script);
  return found?.[1] ?? found?.[2] ?? null;
}

/** The terms of one call, without tags; null where it writes something else. */
function termsFrom(script: string, at: number): Written[] | null {
  const written: Written[] = [];
  for (term.lastIndex = at; ; ) {
    const found = term.exec(script);
    if (!found) return null;
    const [, twice, once, name, next] = found;
    const [start, end] = (found.indices![1] ?? found.indices![2] ?? found.indices![3])!;
    const text = twice ?? once ?? valueIn(script, name!);
    if (text === null) return null;
    if (name === undefined) written.push(...withoutTags(text, start));
    else written.push({ text: text.replace(/<[^>]*>/g, ''), start, width: end - start });
    if (next === ')') return written;
  }
}

/** The pieces of a literal between its tags. */
function* withoutTags(text: string, start: number): Generator<Written> {
  for (const { 0: piece, index } of text.matchAll(/<[^>]*>|[^<]+/g))
    if (!piece.startsWith('<')) yield { text: piece, start: start + index, width: piece.length };
}

/** What each `document.write` of a script writes. */
export function writtenBy(script: string): Written[][] {
  if (script.length > mostScript || !script.includes('document.write')) return [];
  return [...script.matchAll(call)].flatMap((match) => {
    const written = termsFrom(script, match.index + match[0].length);
    return written && written.length > 0 ? [written] : [];
  });
}
