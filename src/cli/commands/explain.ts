// xianjian explain: the tree of rules that made a figure, or why a number is none.
import { explainAt, printExplanation } from '../../../extractors/figures/explain.js';
import { UsageError } from '../../model/errors.js';
import { readPage } from '../../reading/index.js';
import type { Command } from '../command.js';
import { fetchInput } from '../input.js';
import { harmless } from '../output.js';

export const explainCommand: Command = {
  name: 'explain',
  arguments: '<file>',
  summary: 'Print the rules that made a figure at a place of a file, or why there is none.',
  options: [
    { flags: '--at <offset>', about: 'characters from the start of the decoded file, as records carry it (start)' },
    { flags: '--find <words>', about: 'instead of an offset: the first place where these words stand in the text' },
    { flags: '--json', about: 'the tree as JSON' },
  ],
  examples: ['xianjian explain report.txt --at 118', 'xianjian explain report.txt --find 4万余名'],
  async run(call, out) {
    const {
      arguments: [file = ''],
      options,
    } = call;
    const document = await readPage(await fetchInput(file, call));
    const tree = explainAt(document, ...placeOf(document.text, options));
    out.data(options.json ? `${JSON.stringify(tree, null, 2)}\n` : `${harmless(printExplanation(tree)).trimEnd()}\n`);
    return 0;
  },
};

function placeOf(text: string, { at, find }: Record<string, unknown>): [number, { in?: 'original' | 'text' }] {
  if (find !== undefined) {
    const found = text.indexOf(String(find));
    if (found >= 0) return [found + digitAt(String(find)), { in: 'text' }];
    throw new UsageError(
      'E_NOT_FOUND',
      `"${find}" does not stand in the text`,
      'Type `xianjian read FILE` to see the text that was read.',
    );
  }
  const offset = Number(at);
  if (at !== undefined && Number.isInteger(offset) && offset >= 0) return [offset, {}];
  throw new UsageError(
    'E_OFFSET',
    at === undefined ? 'no place was named' : `--at ${at} is no offset`,
    'Write --at with a whole number, or --find with words of the text.',
  );
}

/** Where the number begins in the words that were looked for. */
const digitAt = (words: string): number => Math.max(0, words.search(/[0-9０-９〇零一二三四五六七八九十百千万两几数]/));
