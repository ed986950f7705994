// xianjian find: sentences that hold words, wherever they stand in the documents.
import { styleText } from 'node:util';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { type Found, type FoundSentence, find } from '../../find.js';
import { UsageError } from '../../model/errors.js';
import { counted, type Language } from '../../model/language.js';
import { type Command, countyOption, databaseOption, listOf } from '../command.js';
import { harmless, type Output } from '../output.js';

export const findCommand: Command = {
  name: 'find',
  arguments: '<words...>',
  summary: {
    en: 'Find sentences that hold all words, with the sentences around them, document and date.',
    zh: '检索同时含有各个词的句子，附上下文、文件和日期。',
  },
  options: [
    databaseOption,
    countyOption,
    { flags: '--limit <sentences>', about: { en: 'sentences at most', zh: '最多几句' }, default: 50 },
    { flags: '--json', about: { en: 'an array of objects', zh: '对象数组' } },
  ],
  examples: ['xianjian find 师生比', 'xianjian find 集团化 办学 --county 乳山', 'xianjian find 营养餐 --json'],
  async run({ arguments: words, options }, out) {
    const limit = Number(options.limit);
    if (!Number.isInteger(limit) || limit < 1)
      throw new UsageError(
        'E_LIMIT',
        { en: `--limit ${options.limit} is no number of sentences`, zh: `--limit ${options.limit} 不是句数` },
        { en: 'Write a whole number from 1.', zh: '请写不小于 1 的整数。' },
      );
    const counties = listOf(options.county);
    const corpus = await openCorpus(String(options.db), { readOnly: true });
    try {
      const found = await find(corpus, { words, limit, ...(counties ? { counties } : {}) });
      if (options.json) out.data(`${JSON.stringify(found.sentences.map(jsonOf), null, 2)}\n`);
      else for (const each of found.sentences) out.data(`${writeSentence(each, words, out)}\n`);
      sayHow(found, words, counties, limit, (await corpus.counts()).documents, out);
      if (found.sentences.length === 0 && !found.stopped)
        out.say(await whereElse(corpus, words, counties, out.language));
      return 0;
    } finally {
      await corpus.close();
    }
  },
};

/** What finds something: without the counties, or which words to leave out. */
async function whereElse(
  corpus: Corpus,
  words: readonly string[],
  counties: readonly string[] | undefined,
  language: Language,
): Promise<string> {
  const say = findWords[language];
  const isFound = async (asked: readonly string[], places?: readonly string[]) =>
    (await find(corpus, { words: asked, limit: 1, ...(places ? { counties: places } : {}) })).sentences.length > 0;
  if (counties && (await isFound(words))) return say.elsewhere;
  const nowhere: string[] = [];
  for (const word of words) if (!(await isFound([word], counties))) nowhere.push(word);
  if (nowhere.length < words.length) return nowhere.length > 0 ? say.nowhere(nowhere.join(', ')) : say.apart;
  return say.shorter;
}

const jsonOf = ({ documentId, county, ...rest }: FoundSentence) => ({
  document_id: documentId,
  county_code: county?.code ?? null,
  county: county?.name ?? null,
  ...rest,
});

function writeSentence(found: FoundSentence, words: readonly string[], out: Output): string {
  const head = [`#${found.documentId}`, found.date ?? '—', found.county?.name ?? '', found.title ?? ''];
  const lines = [found.before, highlighted(harmless(found.sentence), words, out.colour), found.after];
  return [
    harmless(head.filter((part) => part !== '').join(' ')),
    ...lines.flatMap((line, index) =>
      line === '' ? [] : [`  ${index === 1 ? line : harmless(shortened(line, index))}`],
    ),
    '',
  ].join('\n');
}

/** Of the sentence before its end, of the one behind its beginning. */
function shortened(line: string, index: number): string {
  const most = 60;
  const characters = [...line];
  if (characters.length <= most) return line;
  return index === 0 ? `…${characters.slice(-most).join('')}` : `${characters.slice(0, most).join('')}…`;
}

/** Words in the sentence, bold on a terminal. Words that stand there in another width or case stay plain. */
function highlighted(sentence: string, words: readonly string[], colour: boolean): string {
  if (!colour) return sentence;
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  const pattern = longestFirst.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  return sentence.replace(new RegExp(pattern, 'gi'), (word) => styleText(['bold', 'yellow'], word));
}

function sayHow(
  { sentences, apart, more, stopped }: Found,
  words: readonly string[],
  counties: readonly string[] | undefined,
  limit: number,
  documents: number,
  out: Output,
): void {
  const say = findWords[out.language];
  if (stopped) out.say(say.stopped(apart.length));
  if (sentences.length === 0 && !stopped) out.say(say.none(counties?.join(', ') ?? null, words, documents));
  else out.say(say.found(sentences.length, more ? limit * 4 : null));
  if (apart.length > 0) {
    const some = apart.slice(0, 5).map(({ id, title }) => harmless(`#${id} ${title ?? ''}`.trim()));
    out.say(say.inOthers(apart.length, `${some.join(', ')}${apart.length > 5 ? ' …' : ''}`));
  }
}

const english = {
  elsewhere: 'Other counties have some: drop --county.',
  nowhere: (words: string) => `${words} is in no sentence; without it there are some.`,
  apart: 'Each word is in some sentence, but no sentence holds them all: try fewer words.',
  shorter: 'Try a shorter word, or a part of it: words are found wherever they stand.',
  none: (counties: string | null, words: readonly string[], documents: number) =>
    `No sentence${counties === null ? '' : ` of ${counties}`} holds ${words.join(' and ')}; the corpus has ${counted(documents, 'document')}, and every place in a text was searched.`,
  stopped: (count: number) =>
    `The newest ${count} documents with the words hold them apart; older ones were not looked at. Join the words, or name a county.`,
  found: (sentences: number, wider: number | null) =>
    `${counted(sentences, 'sentence')}${wider === null ? '' : `; there are more, --limit ${wider} shows them`}`,
  inOthers: (count: number, some: string) =>
    `${count} more ${count === 1 ? 'document holds' : 'documents hold'} the words, but in no one sentence: ${some}`,
};

const findWords: Record<Language, typeof english> = {
  en: english,
  zh: {
    elsewhere: '别的县有：去掉 --county。',
    nowhere: (words) => `没有一句含 ${words}；去掉它就有。`,
    apart: '每个词都有句子，但没有一句含全部的词：少写几个词。',
    shorter: '换短一些的词，或只写其中一部分：词在文中任何位置都找得到。',
    none: (counties, words, documents) =>
      `${counties === null ? '' : `${counties} `}没有一句含 ${words.join(' 与 ')}；语料库中有 ${documents} 个文件，文中每一处都查过。`,
    stopped: (count) => `最近的 ${count} 个文件虽含各词，但不在同一句；更早的未再查看。请把词连起来写，或指定县区。`,
    found: (sentences, wider) => `${sentences} 句${wider === null ? '' : `；还有更多，用 --limit ${wider} 显示`}`,
    inOthers: (count, some) => `另有 ${count} 个文件含这些词，但不在同一句：${some}`,
  },
};
