// The code blocks of a Markdown page, and the lines of a shell block as words.

export interface Block {
  language: string;
  code: string;
}

/** Fenced blocks in their order. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, code]) => ({
    language: language!,
    code: code!,
  }));
}

export interface Line {
  /** Program and arguments. */
  words: string[];
  /** Where the output goes, behind `>`. */
  file: string | null;
}

/** Lines of a shell block: quotes are taken away, comments left out. @throws Error for syntax that is not expected in a README */
export function linesOf(code: string): Line[] {
  return code.split('\n').flatMap((line) => {
    const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\s#.*$)|([^\s'"]+)/g)].flatMap(([, a, b, comment, plain]) =>
      comment === undefined ? [a ?? b ?? plain ?? ''] : [],
    );
    if (words.length === 0) return [];
    const to = words.indexOf('>');
    if (words.some((word) => /^[|;<]/.test(word))) throw new Error(`too clever for a README: ${line}`);
    return [to < 0 ? { words, file: null } : { words: words.slice(0, to), file: words[to + 1] ?? '' }];
  });
}
