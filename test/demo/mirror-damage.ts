// Does to a page in simplified script what mirror sites do, so that the example site of Kaizhou is damaged in the true way and
// its undamaged text is known: traditional script, readings in brackets behind some characters, and a replacement of
// full-width punctuation that reads bytes and no characters.
import { Converter } from 'opencc-js';
import { pinyin } from 'pinyin-pro';

/** The characters that such a site glosses, each time it prints one. */
const glossed = new Set(
  '區續動優質發網經費學鄉設鎮規預計個項運擴獨農務臺絡點數機進統調實現標會嚴聯習導獻補訓轉創團強養堅業產術錯結隊遠構內態準達藍領獎執責報',
);

/** Full-width signs and what such a site prints in their place. */
const asciiSigns: Record<string, string> = {
  '，': ',',
  '：': ':',
  '；': ';',
  '？': '?',
  '！': '!',
  '（': '(',
  '）': ')',
};

const toTraditional = Converter({ from: 'cn', to: 'tw' });

/** Bytes of every character that two GBK bytes can write; the decoder that the runtime has is the table. */
const gbkBytes = new Map<string, [number, number]>();
const gbk = new TextDecoder('gbk');
for (let lead = 0x81; lead <= 0xfe; lead++) {
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    if (trail === 0x7f) continue;
    const character = gbk.decode(Uint8Array.of(lead, trail));
    if ([...character].length === 1 && character !== '\ufffd' && !gbkBytes.has(character)) {
      gbkBytes.set(character, [lead, trail]);
    }
  }
}

/** The text as GBK bytes. Throws a RangeError for a character that GBK cannot write in two bytes. */
export function encodeGbk(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const pair = code < 0x80 ? [code] : gbkBytes.get(character);
    if (!pair) throw new RangeError(`GBK has no ${character} (U+${code.toString(16)})`);
    bytes.push(...pair);
  }
  return Uint8Array.from(bytes);
}

/**
 * Replaces A3 A1, the bytes of the full-width ！, by an ASCII one, blind to where a character begins: so it hits 校” (D0 A3 A1 B1)
 * as well. Pages damaged so keep 校、 (D0 A3 A1 A2) whole; only the quotation marks, A1 B0 and A1 B1, are met.
 */
function replaceExclamation(bytes: Uint8Array): number[] {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const quote = bytes[at + 2] === 0xb0 || bytes[at + 2] === 0xb1;
    if (bytes[at] === 0xa3 && bytes[at + 1] === 0xa1 && quote) {
      out.push(0x21);
      at += 1;
    } else out.push(bytes[at]!);
  }
  return out;
}

/** Reads GBK bytes and drops a lead byte that has lost its partner. */
function decodeLeniently(bytes: number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      text += String.fromCharCode(lead);
      continue;
    }
    const character = gbk.decode(Uint8Array.of(lead, bytes[at + 1] ?? 0));
    if ([...character].length === 1 && character !== '\ufffd') {
      text += character;
      at += 1;
    }
  }
  return text;
}

/** The page as a mirror site would print it. Markup is ASCII and comes through unharmed. */
export function mirrorDamage(page: string): string {
  const signs = page.replace(/[，：；？！（）]/g, (sign) => asciiSigns[sign]!);
  const glosses = [...toTraditional(signs)]
    .map((character) => (glossed.has(character) ? `${character}(${pinyin(character)})` : character))
    .join('');
  return decodeLeniently(replaceExclamation(encodeGbk(glosses)));
}
