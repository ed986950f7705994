// xianjian explain: the tree of rules that made a figure, or why a number is none.
import { explainAt, printExplanation } from '../../../extractors/figures/explain.js';
import { type ColumnName, termOf } from '../../export/words.js';
import { UsageError } from '../../model/errors.js';
import { readPage } from '../../reading/index.js';
import type { Command } from '../command.js';
import { fetchInput } from '../input.js';
import { harmless } from '../output.js';

export const explainCommand: Command = {
  name: 'explain',
  arguments: '<file>',
  summary: {
    en: 'Print the rules that made a figure at a place of a file, or why there is none.',
    zh: '说明文中某处的数由哪些规则得来，或者为什么不算数。',
  },
  options: [
    {
      flags: '--at <offset>',
      about: {
        en: 'characters from the start of the decoded file, as records carry it (start)',
        zh: '从解码后文件开头数起的字符位置，即记录里的 start',
      },
    },
    {
      flags: '--find <words>',
      about: {
        en: 'instead of an offset: the first place where these words stand in the text',
        zh: '不写位置，而写文中的字句：取第一次出现之处',
      },
    },
    { flags: '--json', about: { en: 'the tree as JSON', zh: '以 JSON 输出规则树' } },
  ],
  examples: ['xianjian explain report.txt --at 118', 'xianjian explain report.txt --find 4万余名'],
  async run(call, out) {
    const {
      arguments: [file = ''],
      options,
    } = call;
    const document = await readPage(await fetchInput(file, call));
    const [offset, counted] = placeOf(document.text, options);
    if (options.json) out.data(`${JSON.stringify(explainAt(document, offset, counted), null, 2)}\n`);
    else {
      const { language } = out;
      const term = (field: ColumnName, value: string) => termOf(field, value, language);
      const tree = explainAt(document, offset, { ...counted, ...(language === 'zh' ? { language, term } : {}) });
      out.data(`${harmless(printExplanation(tree)).trimEnd()}\n`);
    }
    return 0;
  },
};

function placeOf(text: string, { at, find }: Record<string, unknown>): [number, { in?: 'original' | 'text' }] {
  if (find !== undefined) {
    const found = text.indexOf(String(find));
    if (found >= 0) return [found + digitAt(String(find)), { in: 'text' }];
    throw new UsageError(
      'E_NOT_FOUND',
      { en: `"${find}" does not stand in the text`, zh: `文中没有“${find}”` },
      {
        en: 'Type `xianjian read FILE` to see the text that was read.',
        zh: '读出的正文可用 xianjian read 文件 查看。',
      },
    );
  }
  const offset = Number(at);
  if (at !== undefined && Number.isInteger(offset) && offset >= 0) return [offset, {}];
  throw new UsageError(
    'E_OFFSET',
    at === undefined
      ? { en: 'no place was named', zh: '没有写位置' }
      : { en: `--at ${at} is no offset`, zh: `--at ${at} 不是位置` },
    {
      en: 'Write --at with a whole number, or --find with words of the text.',
      zh: '请写 --at 加整数，或 --find 加文中的字句。',
    },
  );
}

/** Where the number begins in the words that were looked for. */
const digitAt = (words: string): number => Math.max(0, words.search(/[0-9０-９〇零一二三四五六七八九十百千万两几数]/));
