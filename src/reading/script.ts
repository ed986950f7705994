// Traditional script to simplified, by opencc-js with the Taiwan profile, which alone turns 著力 into 着力 and leaves 著名. In a text
// in simplified script only characters that simplified script does not have are turned: its 著, 乾 and 於 are meant.
import { Converter } from 'opencc-js/t2cn';

const first = 0x4e00;
const last = 0x9fff;
const traditional = 1;
const foreign = 2;

let convert: ((text: string) => string) | undefined;
let classes: Uint8Array | null = null;

/** Traditional text in simplified script. The length may change where a phrase has another number of characters. */
export function toSimplified(text: string): string {
  const known = convert ?? Converter({ from: 'tw', to: 'cn' });
  convert = known;
  return known(text);
}

/** The characters of GB 2312, the set of simplified script. */
export function simplifiedSet(): Set<string> {
  const bytes = new Uint8Array(72 * 94 * 2);
  let at = 0;
  for (let lead = 0xb0; lead <= 0xf7; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      bytes[at++] = lead;
      bytes[at++] = trail;
    }
  }
  return new Set(new TextDecoder('gb18030').decode(bytes));
}

/** For each character of the main block: whether conversion changes it, and whether simplified script does not have it. */
function classesOf(): Uint8Array {
  if (classes) return classes;
  const all: string[] = [];
  for (let code = first; code <= last; code++) all.push(String.fromCharCode(code));
  const converted = toSimplified(all.join(' ')).split(' ');
  const simplified = simplifiedSet();
  classes = Uint8Array.from(all, (character, i) => {
    if (converted[i] === character) return 0;
    return simplified.has(character) ? traditional : traditional | foreign;
  });
  return classes;
}

/** How many Chinese characters a text has, and how many of them only traditional script has. */
export function countScript(text: string): { han: number; foreign: number } {
  const table = classesOf();
  const count = { han: 0, foreign: 0 };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < first || code > last) continue;
    count.han++;
    if (table[code - first]! & foreign) count.foreign++;
  }
  return count;
}

/** Simplified text with its few traditional characters turned; same length. */
export function withoutForeign(text: string): string {
  const table = classesOf();
  const simplified = toSimplified(text);
  if (simplified.length !== text.length) return text;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const turned = code >= first && code <= last && table[code - first]! & foreign;
    out += turned ? simplified[i] : text[i];
  }
  return out;
}
