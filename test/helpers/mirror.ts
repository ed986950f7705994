// Does to a text what mirror sites do: traditional script, pinyin glosses, and the byte shift that comes of reading GBK without
// regard to character boundaries. Written forwards, byte by byte, so that it shares nothing with the mending that undoes it.
import { Converter } from 'opencc-js/cn2t';
import { pinyin } from 'pinyin-pro';

const toTraditional = Converter({ from: 'cn', to: 'tw' });

/** Traditional script with a gloss behind every `every`-th character that the script changed; 0 for none. */
export function glossed(text: string, every: number): string {
  let changed = 0;
  const traditional = [...toTraditional(text)];
  const simple = [...text];
  return traditional
    .map((sign, i) => {
      if (sign === simple[i] || every === 0 || ++changed % every !== 0) return sign;
      return `${sign}(${pinyin(sign, { type: 'array' })[0]})`;
    })
    .join('');
}

let table: Map<string, number[]> | null = null;

function encode(text: string): number[] {
  if (!table) {
    table = new Map();
    const decoder = new TextDecoder('gb18030');
    for (let high = 0x81; high <= 0xfe; high++) {
      for (let low = 0x40; low <= 0xfe; low++) {
        if (low !== 0x7f) table.set(decoder.decode(Uint8Array.from([high, low])), [high, low]);
      }
    }
  }
  return [...text].flatMap((sign) => (sign.charCodeAt(0) < 128 ? [sign.charCodeAt(0)] : table!.get(sign)!));
}

const signs = new Map([
  [0xa1, '!'],
  [0xac, ','],
  [0xbb, ';'],
  [0xbf, '?'],
]);

/** Reads bytes as GBK; a first byte without a second is lost. */
function decode(bytes: readonly number[]): string {
  const decoder = new TextDecoder('gb18030');
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const [high, low] = [bytes[i]!, bytes[i + 1] ?? 0];
    if (high < 0x80) text += String.fromCharCode(high);
    if (high < 0x80 || low < 0x40) i += 1;
    else {
      text += decoder.decode(Uint8Array.from([high, low]));
      i += 2;
    }
  }
  return text;
}

/**
 * Shifts a line at every place where a character ends in A3 and the next begins with A1, AC, BB or BF.
 * @param form whether the pair becomes an ASCII sign and the first byte vanishes, or the first byte becomes a question mark
 * @param most damaged places
 */
export function shifted(line: string, form: 'sign' | 'question', most: number): { text: string; places: number } {
  const bytes = encode(line);
  const out: number[] = [];
  let places = 0;
  let boundary = 0;
  for (let i = 0; i < bytes.length; i++) {
    const isSecond = i === boundary + 1 && bytes[boundary]! >= 0x80;
    if (i === boundary + (bytes[boundary]! >= 0x80 ? 2 : 1)) boundary = i;
    const sign = signs.get(bytes[i + 1] ?? 0);
    if (isSecond && bytes[i] === 0xa3 && sign && places < most) {
      places++;
      out.pop();
      if (form === 'sign') out.push(sign.charCodeAt(0));
      else out.push(0x3f, 0xa3, bytes[i + 1]!);
      i++;
      boundary = i - 1;
    } else out.push(bytes[i]!);
  }
  return { text: decode(out), places };
}
