// Remembering what was found out about short texts: the menus, labels and rows of a site stand on each of its pages, and what their
// words mean does not depend on the page.

/** Texts longer than this are sentences, which seldom come again. */
const longest = 80;
/** So many answers are kept, then as many again until the older half is forgotten. */
const most = 2000;

/** The text in memory of its own: a part of a page would keep the whole page. */
const ownCopy = (text: string) => ` ${text}`.slice(1);

/** A pure function of a text that keeps its answers for short texts; what it gives must not be changed by who gets it. */
export function remembering<T>(answer: (text: string) => T): (text: string) => T {
  let recent = new Map<string, { answer: T }>();
  let older = new Map<string, { answer: T }>();
  return (text) => {
    if (text.length > longest) return answer(text);
    const known = recent.get(text);
    if (known) return known.answer;
    const own = ownCopy(text);
    const kept = older.get(text) ?? { answer: answer(own) };
    if (recent.size >= most) {
      older = recent;
      recent = new Map();
    }
    recent.set(own, kept);
    return kept.answer;
  };
}
