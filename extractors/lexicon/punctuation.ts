// Punctuation of Chinese policy text, full width and half width alike.

/** Ends a sentence. A line break ends one too. */
export const sentenceEnds = '。！？!?；;\n';

/** Parts the clauses of a sentence. */
export const clauseMarks = ',，：:、';

/** Closing signs that still belong to the sentence before them. */
export const closers = '”’』」）)】》〉"';
