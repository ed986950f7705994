// The nearest known names for one that is unknown.
import type { Codebook, Indicator } from './codebooks/load.js';
import { distance } from './engine/distance.js';

/**
 * Indicators whose id or name is close to one that is unknown, nearest first.
 * @param limit how many at most.
 */
export function nearestIndicators(name: string, codebook: Codebook, limit = 3): readonly Indicator[] {
  // What is longer is no name, and would only take long to compare.
  const wanted = name.trim().toLowerCase().slice(0, 100);
  const scored = codebook.indicators.map((indicator) => {
    const words = [indicator.id, indicator.zh, indicator.en.toLowerCase()];
    const within = words.some((word) => wanted.length > 1 && (word.includes(wanted) || wanted.includes(word)));
    return {
      indicator,
      far: within ? 0 : Math.min(...words.map((word) => distance(wanted, word) / Math.max(wanted.length, word.length))),
    };
  });
  return scored
    .filter(({ far }) => far <= 0.6)
    .sort((a, b) => a.far - b.far)
    .slice(0, limit)
    .map(({ indicator }) => indicator);
}

/** The word that a mistyped one was most likely meant to be; null where none is near. */
export function nearestWord(typed: string, words: readonly string[]): string | null {
  const scored = words.map((word) => ({ word, far: distance(typed.toLowerCase(), word.toLowerCase()) }));
  const best = scored.sort((a, b) => a.far - b.far)[0];
  return best && best.far <= Math.max(1, Math.floor(typed.length / 3)) ? best.word : null;
}
