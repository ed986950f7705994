// Bytes that are nearly right: real files with bits flipped, parts cut, doubled, moved and joined to others, by a seed.

/** A small generator (mulberry32): the same seed gives the same numbers everywhere. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return below <= 0 ? 0 : ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** What breaks readers: markup, numbers, marks and controls of every kind that they meet. */
const poison = [
  '<',
  '>',
  '"',
  "'",
  '&#x110000;',
  '&#0;',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '</script>',
  '<script>',
  '<table>',
  '<td rowspan=99999 colspan=99999>',
  '</table>',
  '<p>',
  '<div>'.repeat(300),
  '\u0000',
  '\ufeff',
  '\ufffd',
  '\u202e',
  '\u2028',
  '\ud800',
  '\r',
  '\t',
  '\u001b[31m',
  '0'.repeat(400),
  '-',
  '9'.repeat(40),
  '万亿亿亿',
  '一二三四五六七八九十百千万亿',
  '分之',
  '%',
  '﹪',
  '《',
  '》',
  '〔',
  '2022-None',
  '年',
  '1e999',
  '{',
  '}',
  '[',
  ']',
  '\\u',
  '\\',
  'null',
  '…',
  '\u3000',
  'https://[::1]/',
  'javascript:0',
  '//',
  '?page=1e9',
  '#',
  '&amp',
  '单位:万元',
  '(',
  '（',
  '其中',
  '分别',
  '、',
  '每',
  '由',
  '到',
  '~',
].map((text) => Buffer.from(text, 'utf8'));

/** One mutation after another, one to six of them; never longer than 4 MB. */
export function mutate(bytes: Buffer, others: readonly Buffer[], seed: number): Buffer {
  const random = randomOf(seed);
  let out = bytes;
  for (let left = 1 + random(6); left > 0; left--) out = once(out, others, random);
  return out.length > 4_000_000 ? out.subarray(0, 4_000_000) : out;
}

function once(bytes: Buffer, others: readonly Buffer[], random: (below: number) => number): Buffer {
  const at = random(bytes.length + 1);
  const end = Math.min(bytes.length, at + 1 + random(1 << (1 + random(12))));
  const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)];
  switch (random(9)) {
    case 0:
      return Buffer.concat([before, after]);
    case 1:
      return Buffer.concat([before, part, part, after]);
    case 2:
      return Buffer.concat([before, poison[random(poison.length)]!, after]);
    case 3:
      return Buffer.concat([before, poison[random(poison.length)]!, part, after]);
    case 4: {
      const flipped = Buffer.from(bytes);
      for (let left = 1 + random(8); left > 0 && flipped.length > 0; left--) {
        const place = random(flipped.length);
        flipped[place] = flipped[place]! ^ (1 << random(8));
      }
      return flipped;
    }
    case 5: {
      const other = others[random(others.length)] ?? bytes;
      const from = random(other.length);
      return Buffer.concat([before, other.subarray(from, from + random(4000)), after]);
    }
    case 6:
      return before;
    case 7:
      return Buffer.concat([after, part, before]);
    default: {
      const times = Math.min(2000, 1 + random(1 << random(12)));
      return Buffer.concat([
        before,
        Buffer.alloc(Math.min(times * part.length, 1_000_000), part.length > 0 ? part : 'x'),
        after,
      ]);
    }
  }
}
