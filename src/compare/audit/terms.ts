// One name told in two ways: the same honour or project with another ending (示范区 here, 实验区 there). Two names that stand side by
// side in one sentence are two things.
import { type AuditDocument, type Finding, findingIn } from './finding.js';

interface Term {
  text: string;
  at: number;
  /** The name without its ending, and the ending. */
  stem: string;
  ending: string;
  sentence: string;
}

/** Endings that only tell which kind of distinction it is. */
const ending = /(示范|实验|试验|试点|先行|创建|先进|样板|达标|合格)(区|县|市|校|学校|基地|单位|乡镇|园|项目|城市|点)$/;

/** A stem must be long enough to be the name of one thing. */
const leastStem = 6;

/** Names in quotation marks whose stems agree and whose endings differ. */
export function checkTerms(document: AuditDocument): Finding[] {
  const terms = quotedTerms(document.text);
  const findings: Finding[] = [];
  const done = new Set<string>();
  for (const [index, first] of terms.entries()) {
    for (const second of terms.slice(index + 1)) {
      if (first.stem !== second.stem || first.ending === second.ending) continue;
      const pair = [first.text, second.text].sort().join(' ');
      if (done.has(pair) || standTogether(terms, first.text, second.text)) continue;
      done.add(pair);
      findings.push(
        findingIn(document, first.at, [first.sentence, second.sentence], {
          kind: 'term',
          verdict: 'conflicts',
          severity: 'low',
          zh: `文中一处称“${first.text}”，一处称“${second.text}”，是一项还是两项，请核对。`,
          en: `The text names “${first.text}” in one place and “${second.text}” in another: one thing or two.`,
        }),
      );
    }
  }
  return findings;
}

function quotedTerms(text: string): Term[] {
  return [...text.matchAll(/[“"「]([^”"」\n]{8,40})[”"」]/g)].flatMap((found) => {
    const written = found[1]!;
    const end = ending.exec(written);
    if (!end || end.index < leastStem) return [];
    const at = found.index + 1;
    return [{ text: written, at, stem: written.slice(0, end.index), ending: end[0], sentence: sentenceAt(text, at) }];
  });
}

const standTogether = (terms: readonly Term[], first: string, second: string): boolean =>
  terms.some(
    (term) => term.text === first && terms.some((other) => other.text === second && other.sentence === term.sentence),
  );

/** The sentence around a place. */
export function sentenceAt(text: string, at: number): string {
  let start = at;
  while (start > 0 && !/[。!！?？\n]/.test(text[start - 1]!)) start -= 1;
  let end = at;
  while (end < text.length && !/[。!！?？\n]/.test(text[end]!)) end += 1;
  return text.slice(start, Math.min(text.length, end + 1)).trim();
}
