// Characters of strangers' texts that do something instead of standing there: controls, which move a cursor or ring a bell, and marks of
// direction, which show words in another order than they are written ("Trojan Source", CVE-2021-42574).

const unwanted = '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
const anyUnwanted = new RegExp(`[${unwanted}]`, 'g');
/** The colours that commands set themselves (bold, yellow, underlined, and their ends); no other sequence passes. */
const unwantedOrColour = new RegExp(`\\u001b\\[(?:0|1|1;4|22|33|39)m|\\r\\n|[${unwanted}]`, 'g');

/** The text with U+FFFD in the place of each control and mark of direction; tab and line feed stay. */
export const harmless = (text: string): string => text.replace(anyUnwanted, '\ufffd');

/** The same for text that a command has put colours into, or whose lines end as those of CSV do. */
export const harmlessInColour = (text: string): string =>
  text.replace(unwantedOrColour, (found) => (found.length > 1 ? found : '\ufffd'));
