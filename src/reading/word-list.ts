// How likely a Chinese text is, by the words of jieba's dictionary and by those that the document itself uses. It decides between
// readings of damaged places, nowhere else; the dictionary is loaded when the first such place is met.
import { readFileSync } from 'node:fs';
import nodejieba from 'nodejieba';

/** The file that nodejieba itself loads; its types do not name it. */
const dictionaryFile = (nodejieba as unknown as { DEFAULT_DICT: string }).DEFAULT_DICT;

interface Dictionary {
  frequencies: Map<string, number>;
  total: number;
}

let loaded: Dictionary | null = null;

/** Words longer than this decide nothing. */
const longest = 5;

function dictionary(): Dictionary {
  if (loaded) return loaded;
  const frequencies = new Map<string, number>();
  let total = 0;
  for (const line of readFileSync(dictionaryFile, 'utf8').split('\n')) {
    const [word, frequency] = line.split(' ');
    if (!word || !frequency || word.length > longest) continue;
    frequencies.set(word, Number(frequency));
    total += Number(frequency);
  }
  loaded = { frequencies, total };
  return loaded;
}

/** Whether jieba's dictionary has the word. */
export const isWord = (word: string): boolean => dictionary().frequencies.has(word);

const unknown = -22;
const punctuation = -5;
const strayLetter = -9;
const strangeSign = -18;
/** Official prose hardly ever exclaims or asks. */
const exclamation = -11;

const han = /\p{Script=Han}/u;

function aloneScore(sign: string): number {
  if (han.test(sign)) return unknown;
  if (/[A-Za-z^`~@\\|_$&]/.test(sign)) return strayLetter;
  if (/[!?！？]/.test(sign)) return exclamation;
  return /[\d\s。，、；：“”‘’《》（）！？—…·,;:!?()%.-]/.test(sign) ? punctuation : strangeSign;
}

/** What full stops and commas at places where none stands cost. */
function misplaced(text: string): number {
  const doubled = text.match(/[、，,。；;“（(][、，,。；;！!？?）)]|[、，,“（(]”/g)?.length ?? 0;
  const cut = text.match(/[，,、；;“]\p{Script=Han}{1,2}。|。”(?=[\d\p{Script=Han}])/gu)?.length ?? 0;
  return 12 * doubled + 4 * cut;
}

/** Words of education policy, which a dictionary of news and novels underrates, with counts as if the document had used them. */
const fieldWords: [word: string, times: number][] = [
  ['学校', 10],
  ['校', 6],
  ['保障', 4],
  ['确保', 4],
  ['标准化', 4],
  ['专业', 3],
  ['专项', 3],
  ['专任', 2],
  ['规模', 3],
  ['模式', 3],
  ['常态', 2],
  ['经常', 2],
  ['校园', 3],
  ['幸福', 2],
];

/** Words whose weight is kept; a damaged place takes some thousands. */
const mostKnown = 50_000;

/** The words of one document beside those of the dictionary. */
export class WordModel {
  readonly #own = new Map<string, number>(fieldWords);
  #ownTotal = fieldWords.reduce((sum, [, times]) => sum + times, 0);
  /** Found before: readings of one place hold the same words around it. */
  readonly #known = new Map<string, number>();

  /** @param text the document in simplified script */
  constructor(text: string) {
    for (const word of nodejieba.cut(text, false)) {
      if (!/^\p{Script=Han}+$/u.test(word)) continue;
      this.#own.set(word, (this.#own.get(word) ?? 0) + 1);
      this.#ownTotal++;
    }
  }

  #word(word: string): number {
    let known = this.#known.get(word);
    if (known === undefined) {
      known = this.#weight(word);
      if (this.#known.size >= mostKnown) this.#known.clear();
      this.#known.set(word, known);
    }
    return known;
  }

  #weight(word: string): number {
    const { frequencies, total } = dictionary();
    const own = (this.#own.get(word) ?? 0) / this.#ownTotal;
    const share = 0.5 * ((frequencies.get(word) ?? 0) / total) + 0.5 * own;
    return share > 0 ? Math.log(share) : Number.NEGATIVE_INFINITY;
  }

  /** Log likelihood of the likeliest way to part the text into words. */
  score(text: string): number {
    return this.#upTo([...text]).at(-1)! - misplaced(text);
  }

  /** `score` of texts that differ in one sign alone, which stands between `before` and `after`: what is beside it is parted once. */
  scoresBetween(before: string, after: string): (sign: string) => number {
    const [left, right] = [[...before], [...after]];
    const [upTo, from] = [this.#upTo(left), this.#from(right)];
    // Stops and commas at places where none stands are the same around every Chinese character.
    const misplacedByHan = misplaced(`${before}字${after}`);
    return (sign) => {
      let best = upTo.at(-1)! + aloneScore(sign) + from[0]!;
      let head = sign;
      for (let i = left.length; i >= 0 && left.length - i < longest; i--) {
        if (i < left.length) head = left[i] + head;
        let word = head;
        for (let j = 0; j <= right.length && left.length - i + j < longest; j++) {
          if (j > 0) word += right[j - 1];
          best = Math.max(best, upTo[i]! + this.#word(word) + from[j]!);
        }
      }
      return best - (han.test(sign) ? misplacedByHan : misplaced(before + sign + after));
    };
  }

  /** Log likelihood of the signs before each place. */
  #upTo(signs: readonly string[]): number[] {
    const best = new Array<number>(signs.length + 1).fill(Number.NEGATIVE_INFINITY);
    best[0] = 0;
    for (let i = 0; i < signs.length; i++) {
      best[i + 1] = Math.max(best[i + 1]!, best[i]! + aloneScore(signs[i]!));
      let word = '';
      for (let end = i + 1; end <= Math.min(i + longest, signs.length); end++) {
        word += signs[end - 1]!;
        best[end] = Math.max(best[end]!, best[i]! + this.#word(word));
      }
    }
    return best;
  }

  /** Log likelihood of the signs from each place on. */
  #from(signs: readonly string[]): number[] {
    const best = new Array<number>(signs.length + 1).fill(Number.NEGATIVE_INFINITY);
    best[signs.length] = 0;
    for (let i = signs.length - 1; i >= 0; i--) {
      best[i] = best[i + 1]! + aloneScore(signs[i]!);
      let word = '';
      for (let end = i + 1; end <= Math.min(i + longest, signs.length); end++) {
        word += signs[end - 1]!;
        best[i] = Math.max(best[i]!, this.#word(word) + best[end]!);
      }
    }
    return best;
  }
}
