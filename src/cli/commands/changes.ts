// xianjian changes: one county over time, or two documents, or two versions of one page, laid beside each other.
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { type Codebook, loadCodebook } from '../../../extractors/index.js';
import { planWords } from '../../compare/change-wording.js';
import { type Change, type ChangeKind, changeKinds, type PlanCheck } from '../../compare/changes.js';
import { UsageError } from '../../model/errors.js';
import { counted, type Language } from '../../model/language.js';
import {
  type CountyChanges,
  countyChanges,
  type DocumentChanges,
  documentChanges,
  versionChanges,
} from '../../over-time.js';
import { changeTable, labelOf, sideOf } from '../change-table.js';
import { changesCsv } from '../changes-file.js';
import { type Command, codebookOption, databaseOption, listOf } from '../command.js';
import { harmless, type Output } from '../output.js';
import { checkWords } from '../query.js';
import { writeTable } from '../table.js';

/** Told without --kind: what stayed is told on request. */
const shownByDefault: readonly ChangeKind[] = changeKinds.filter((kind) => kind !== 'same');

export const changesCommand: Command = {
  name: 'changes',
  arguments: '[county]',
  summary: {
    en: 'Show what rose, fell, is new or is no longer mentioned, and which plans were kept: one county over time, or two documents.',
    zh: '查看前后变化：哪些升了、降了、新出现、不再提，哪些计划兑现了；比一个县的各个时期，或比两份文件。',
  },
  options: [
    databaseOption,
    codebookOption,
    { flags: '--indicator <ids...>', about: { en: 'indicators by id or name', zh: '指标的编号或名称' } },
    {
      flags: '--kind <kinds...>',
      about: {
        en: `${changeKinds.join(', ')}; default all but same`,
        zh: `变化的种类：${changeKinds.join(', ')}；默认除 same 外全部`,
      },
    },
    {
      flags: '--documents <numbers...>',
      about: {
        en: 'two documents instead of a county: the earlier and the later',
        zh: '不比县而比两份文件：先写较早的，再写较晚的',
      },
    },
    {
      flags: '--url <address>',
      about: { en: 'the two newest versions of a page instead of a county', zh: '不比县而比一个网页最近的两个版本' },
    },
    { flags: '--json', about: { en: 'everything with all figures', zh: '全部结果，含所有的数' } },
    { flags: '--csv', about: { en: 'one line a change or plan', zh: '每项变化或计划一行' } },
  ],
  examples: [
    'xianjian changes 乳山',
    'xianjian changes 乳山 --indicator new_school_places --csv',
    'xianjian changes --documents 12,45',
  ],
  async run({ arguments: [county], options }, out) {
    const kinds = kindsOf(options.kind);
    const codebook = loadCodebook(String(options.codebook));
    const ask = questionOf(county, options);
    const corpus = await openCorpus(String(options.db), { readOnly: true });
    try {
      const answer = onlyKinds(await ask(corpus, codebook), kinds);
      if (options.json) out.data(`${JSON.stringify(answer, null, 2)}\n`);
      else if (options.csv) out.data(changesCsv(answer, codebook));
      else show(answer, codebook, out);
      if (isEmpty(answer)) out.say(reasonOf(answer, options, out.language));
      return 0;
    } finally {
      await corpus.close();
    }
  },
};

/** What was found: of a county, or of two documents. */
export type ChangesAnswer = CountyChanges | DocumentChanges;

function kindsOf(option: unknown): readonly ChangeKind[] {
  const kinds = listOf(option);
  checkWords('kind', kinds, changeKinds);
  return (kinds as ChangeKind[] | undefined) ?? shownByDefault;
}

/** @throws UsageError where not exactly one of county, documents and address is named. */
function questionOf(
  county: string | undefined,
  options: Record<string, unknown>,
): (corpus: Corpus, codebook: Codebook) => Promise<ChangesAnswer> {
  const documents = listOf(options.documents);
  const url = options.url === undefined ? undefined : String(options.url);
  if ([county, documents, url].filter((each) => each !== undefined).length !== 1)
    throw new UsageError(
      'E_CHANGES',
      { en: 'name one: a county, two documents, or a page', zh: '请选一样：一个县区、两份文件，或一个网页' },
      {
        en: 'Write xianjian changes 乳山, or --documents 12,45, or --url ADDRESS.',
        zh: '请写 xianjian changes 乳山，或 --documents 12,45，或 --url 网址。',
      },
    );
  const indicators = listOf(options.indicator);
  if (county !== undefined)
    return (corpus, codebook) => countyChanges(corpus, { county, ...(indicators ? { indicators } : {}) }, codebook);
  const narrowed = indicators ? { indicators } : {};
  if (url !== undefined) return (corpus, codebook) => versionChanges(corpus, url, codebook, narrowed);
  const [before, after] = documents!.map(Number);
  if (documents!.length !== 2 || ![before, after].every(Number.isInteger))
    throw new UsageError(
      'E_CHANGES',
      {
        en: `--documents ${documents!.join(',')} are not the numbers of two documents`,
        zh: `--documents ${documents!.join(',')} 不是两份文件的编号`,
      },
      {
        en: 'Write --documents 12,45: the earlier and the later; `xianjian find` shows numbers as #12.',
        zh: '请写 --documents 12,45：先早后晚；xianjian find 的 #12 就是编号。',
      },
    );
  return (corpus, codebook) => documentChanges(corpus, [before!, after!], codebook, narrowed);
}

function onlyKinds(answer: ChangesAnswer, kinds: readonly ChangeKind[]): ChangesAnswer {
  const only = (changes: readonly Change[]) => changes.filter(({ kind }) => kinds.includes(kind));
  if (!('overTime' in answer)) return { ...answer, changes: only(answer.changes) };
  const series = answer.series.map((pair) => ({ ...pair, changes: only(pair.changes) }));
  return { ...answer, overTime: only(answer.overTime), series: series.filter(({ changes }) => changes.length > 0) };
}

const isEmpty = (answer: ChangesAnswer): boolean =>
  'overTime' in answer
    ? answer.overTime.length + answer.series.length + answer.plans.length === 0
    : answer.changes.length === 0;

/** Why nothing is shown, and what to drop. */
function reasonOf(answer: ChangesAnswer, options: Record<string, unknown>, language: Language): string {
  const filters = ['kind', 'indicator'].filter((name) => options[name] !== undefined).map((name) => `--${name}`);
  const drop = filters.length > 0 ? ` Drop ${filters.join(' or ')}.` : '';
  if (!('overTime' in answer))
    return language === 'zh'
      ? `两份文件所说的数没有这样的变化。${filters.length > 0 ? `去掉 ${filters.join(' 或 ')} 再看。` : '--kind same 列出未变的数。'}`
      : `Nothing of this kind differs between the two documents.${drop || ' --kind same lists what stayed.'}`;
  const { county, figures, documents } = answer;
  if (documents === 0)
    return language === 'zh'
      ? `语料库里没有${county.name}的文件。下一步：xianjian crawl 网址 --place ${county.code}`
      : `The corpus has no document of ${county.name} (${county.code}). Next: xianjian crawl URL --place ${county.code}`;
  return language === 'zh'
    ? `${county.name}：读了${documents}份文件、${figures}个数，没有同一指标在两个时期的数，也没有有期限的计划。${filters.length > 0 ? `去掉 ${filters.join(' 或 ')} 再看。` : '多读几年的文件才能比较。'}`
    : `${county.name} (${county.code}): ${counted(documents, 'document')} with ${counted(figures, 'figure')} read; none tells one indicator for two periods, and no plan has a time.${drop || ' Documents of more years are needed.'}`;
}

function show(answer: ChangesAnswer, codebook: Codebook, out: Output): void {
  const { language } = out;
  if (!('overTime' in answer)) {
    showPair(answer, codebook, out);
    return;
  }
  if (answer.overTime.length > 0) {
    out.data(`${language === 'zh' ? '各期之间' : 'From one period to the next'}\n`);
    out.data(`${changeTable(answer.overTime, codebook, out)}\n`);
  }
  for (const pair of answer.series) showPair(pair, codebook, out);
  if (answer.plans.length > 0) {
    out.data(`${language === 'zh' ? '计划与结果' : 'Plans beside results'}\n`);
    out.data(`${planTable(answer.plans, codebook, out)}\n`);
  }
  if (!isEmpty(answer)) out.say(legend[language]);
}

const legend: Record<Language, string> = {
  zh: '只比同一指标、学段、单位、口径的数；未再提及不等于没有，尚无下文不等于落空。xianjian show 编号 给出原句与出处。',
  en: 'Only like is compared with like; what is no longer mentioned may still be so, and an open plan is not a broken one. `xianjian show ID` gives the sentence.',
};

function showPair({ before, after, changes }: DocumentChanges, codebook: Codebook, out: Output): void {
  if (changes.length === 0) return;
  const name = ({ id, title, date }: DocumentChanges['before']) => `#${id} ${date ?? '—'} ${title ?? ''}`.trim();
  out.data(harmless(`${name(before)}\n→ ${name(after)}\n`));
  out.data(`${changeTable(changes, codebook, out)}\n`);
}

function planTable(plans: readonly PlanCheck[], codebook: Codebook, out: Output): string {
  const { language } = out;
  const head = language === 'zh' ? ['指标', '结果', '计划', '所报'] : ['indicator', 'outcome', 'plan', 'reported'];
  const rows = plans.map(({ plan, stage, outcome, result }) => [
    labelOf(plan, stage, codebook, language),
    planWords[language][outcome],
    sideOf(plan),
    sideOf(result),
  ]);
  return writeTable(head, rows, out.width);
}
