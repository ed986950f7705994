// Writes numbers as numerals, for tests that read them back.

const ordinary = { digits: '零一二三四五六七八九', small: ['', '十', '百', '千'] };
const capital = { digits: '零壹贰叁肆伍陆柒捌玖', small: ['', '拾', '佰', '仟'] };

type Style = typeof ordinary;

/** Four digits as characters, without leading zeros: 1050 as 一千零五十. */
function section(n: number, { digits, small }: Style): string {
  let words = '';
  let zero = false;
  for (let power = 3; power >= 0; power--) {
    const digit = Math.floor(n / 10 ** power) % 10;
    if (digit === 0) {
      zero = words !== '';
      continue;
    }
    if (zero) words += digits[0];
    zero = false;
    words += digits[digit]! + small[power]!;
  }
  return words;
}

function write(n: number, style: Style): string {
  const parts = [
    [Math.floor(n / 1e8), '亿'],
    [Math.floor(n / 1e4) % 1e4, '万'],
    [n % 1e4, ''],
  ] as const;
  let words = '';
  for (const [value, scale] of parts) {
    if (value === 0) continue;
    if (words !== '' && value < 1000) words += style.digits[0];
    words += section(value, style) + scale;
  }
  return words;
}

/** 1 to 999,999,999,999 in ordinary characters: 一千二百亿零五万. */
export const characterNumeral = (n: number): string => write(n, ordinary);

/** The same in capital characters, as on cheques. */
export const capitalNumeral = (n: number): string => write(n, capital);

/** ASCII digits and marks in their full-width forms. */
export const fullWidth = (words: string): string =>
  [...words].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
