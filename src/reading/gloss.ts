// Pinyin glosses that mirror sites put behind single characters: 區(qū). One is a gloss only where it is a reading of the character
// before it.
import { pinyin } from 'pinyin-pro';

/** A character of a line with the gloss behind it. Offsets in the line. */
export interface Unit {
  text: string;
  start: number;
  /** Behind the character. */
  end: number;
  /** Behind the gloss, or behind the character where there is none. */
  glossEnd: number;
  gloss: string | null;
  /** The gloss is a reading of the character. */
  fits: boolean;
}

/** Letters of pinyin, with tone marks as one character or as combining marks; ɑ and ɡ are what some tools write. */
const letters = 'A-Za-zɑɡüÜà-ÿĀ-ſǍ-ǜǸǹḿ\u0300-\u0304\u0308\u030c';
const glossAfter = new RegExp(`[(（]([${letters}]{1,8})[)）]`, 'y');
const toned = /[àáèéìíòóùúāēěīńňōūǎǐǒǔǖǘǚǜǹḿ\u0300-\u0304\u030c]/;

const readings = new Map<string, Set<string>>();

/** Pinyin as compared: composed, plain letters, lower case. */
export const normalPinyin = (text: string) =>
  text.replaceAll('ɑ', 'a').replaceAll('ɡ', 'g').normalize('NFC').toLowerCase();

/** All readings of a character with tone marks, from pinyin-pro. */
export function readingsOf(character: string): ReadonlySet<string> {
  let known = readings.get(character);
  if (!known) {
    known = new Set(pinyin(character, { multiple: true, type: 'array' }).map(normalPinyin));
    readings.set(character, known);
  }
  return known;
}

const isHan = (text: string) => /^\p{Script=Han}$/u.test(text);

/** Parts a line into characters with their glosses. A bracket with letters that carry no tone is a gloss only where it fits. */
export function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(at)!);
    const end = at + character.length;
    const unit: Unit = { text: character, start: at, end, glossEnd: end, gloss: null, fits: false };
    if (character.charCodeAt(0) > 0x7f) {
      glossAfter.lastIndex = end;
      const match = glossAfter.exec(text);
      const gloss = match ? normalPinyin(match[1]!) : '';
      const fits = gloss !== '' && isHan(character) && readingsOf(character).has(gloss);
      if (fits || toned.test(gloss)) {
        unit.gloss = gloss;
        unit.fits = fits;
        unit.glossEnd = glossAfter.lastIndex;
      }
    }
    units.push(unit);
    at = unit.glossEnd;
  }
  return units;
}
