// xianjian terms: words that one county's documents use more than those of others.
import { openCorpus } from '../../../db/open.js';
import { type DistinctiveTerms, distinctiveTerms } from '../../distinctive-terms.js';
import { UsageError } from '../../model/errors.js';
import { type Command, databaseOption, listOf } from '../command.js';
import type { Output } from '../output.js';
import { writeCsv, writeTable } from '../table.js';

export const termsCommand: Command = {
  name: 'terms',
  arguments: '<county>',
  summary: {
    en: "List the words distinctive of a county's documents against those of others (log-likelihood keyness).",
    zh: '列出一个县的文件比他县用得明显更多的词（对数似然检验）。',
  },
  options: [
    databaseOption,
    {
      flags: '--against <names...>',
      about: {
        en: 'counties to lay it beside; without it all others that were read',
        zh: '与哪些县区相比；不写就是已读的其余全部县区',
      },
    },
    {
      flags: '--least <times>',
      about: { en: 'how often a word must occur in the county', zh: '词在本县至少出现几次' },
      default: 3,
    },
    { flags: '--limit <words>', about: { en: 'words at most', zh: '最多列几个词' }, default: 30 },
    { flags: '--json', about: { en: 'one JSON object', zh: '一个 JSON 对象' } },
    { flags: '--csv', about: { en: 'one line a word', zh: '每词一行' } },
  ],
  examples: ['xianjian terms 乳山', 'xianjian terms 乳山 --against 阳谷,淄川 --limit 100 --csv'],
  async run({ arguments: [county], options }, out) {
    const limit = wholeNumber('limit', options.limit);
    const least = wholeNumber('least', options.least);
    const against = listOf(options.against);
    const corpus = await openCorpus(String(options.db), { readOnly: true });
    try {
      const found = await distinctiveTerms(corpus, { county: county!, least, ...(against ? { against } : {}) });
      const shown = { ...found, terms: found.terms.slice(0, limit) };
      if (options.json) out.data(`${JSON.stringify(shown, null, 2)}\n`);
      else if (options.csv) out.data(csvOf(shown));
      else if (shown.terms.length > 0) showTerms(shown, out);
      sayHow(found, shown.terms.length, { least, against }, out);
      return 0;
    } finally {
      await corpus.close();
    }
  },
};

function wholeNumber(name: string, value: unknown): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new UsageError(
    'E_OPTION',
    { en: `--${name} ${value} is no count`, zh: `--${name} ${value} 不是个数` },
    { en: 'Write a whole number from 1.', zh: '请写不小于 1 的整数。' },
  );
}

const columns = ['word', 'own', 'others', 'keyness', 'log_ratio'] as const;

const csvOf = ({ terms }: DistinctiveTerms): string =>
  writeCsv(
    columns,
    terms.map(({ word, own, others, keyness, logRatio }) => [word, own, others, rounded(keyness), rounded(logRatio)]),
  );

const rounded = (value: number): number => Math.round(value * 100) / 100;

function showTerms({ county, terms }: DistinctiveTerms, out: Output): void {
  const head =
    out.language === 'zh'
      ? ['词', county.name, '他县', '对数似然 G²', '对数比']
      : ['word', county.name, 'others', 'G²', 'log ratio'];
  const rows = terms.map(({ word, own, others, keyness, logRatio }) => [
    word,
    String(own),
    String(others),
    keyness.toFixed(1),
    logRatio.toFixed(1),
  ]);
  out.data(writeTable(head, rows, out.width));
}

function sayHow(
  { county, documents, otherDocuments, terms }: DistinctiveTerms,
  shown: number,
  { least, against }: { least: number; against: readonly string[] | undefined },
  out: Output,
): void {
  const chinese = out.language === 'zh';
  const name = `${county.name} (${county.code})`;
  if (documents === 0)
    out.say(
      chinese
        ? `语料库里没有${county.name}的文件。下一步：xianjian crawl 网址 --place ${county.code}`
        : `The corpus has no document of ${name}. Next: xianjian crawl URL --place ${county.code}`,
    );
  else if (otherDocuments === 0)
    out.say(
      chinese
        ? `没有可比的文件：${against ? '去掉 --against，与所有他县相比。' : '语料库只读了这一个县。'}`
        : `There is no document to lay beside those of ${name}: ${against ? 'drop --against to take all other counties.' : 'the corpus has read no other county.'}`,
    );
  else if (terms.length === 0)
    out.say(
      chinese
        ? `${documents}份文件对${otherDocuments}份：没有一个词在本县出现${least}次以上且明显多于他县。降低 --least 再看。`
        : `${documents} documents against ${otherDocuments}: no word occurs ${least} times here and clearly more often than there. Lower --least.`,
    );
  else
    out.say(
      chinese
        ? `${documents}份文件对${otherDocuments}份；列出${shown}个词，共${terms.length}个。G² 6.63 以上为 p<0.01，对数比 1 为两倍的频率；县名与上级地名不计。xianjian find 词 --county ${county.code} 给出句子。`
        : `${documents} documents against ${otherDocuments}; ${shown} of ${terms.length} words. G² above 6.63 is p < 0.01, a log ratio of 1 is twice as frequent; names of the county are left out. \`xianjian find WORD --county ${county.code}\` gives the sentences.`,
    );
}
