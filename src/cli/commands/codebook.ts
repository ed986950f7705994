// xianjian codebook: what is asked of the texts; explains one entry, and checks a file.
import { checkCodebook, loadCodebook } from '../../../extractors/index.js';
import { termOf } from '../../export/words.js';
import { exitCodes, UsageError } from '../../model/errors.js';
import { type Language, wordTable } from '../../model/language.js';
import { type Command, codebookOption } from '../command.js';
import { writeTable } from '../table.js';

const tableHeads: Record<Language, Record<'indicators' | 'practices' | 'standards', string[]>> = {
  en: {
    indicators: ['indicator', 'zh', 'en', 'dimension', 'unit'],
    practices: ['practice', 'zh', 'en', 'theme'],
    standards: ['standard for', 'stage', 'value', 'each', 'number'],
  },
  zh: {
    indicators: ['指标', '中文', '英文', '量纲', '单位'],
    practices: ['做法', '中文', '英文', '主题'],
    standards: ['指标', '学段', '标准', '适用于', '文号'],
  },
};

const appliesToWords = wordTable({ school: '每所学校', county: '县' }, { school: 'school', county: 'county' });

export const codebookCommand: Command = {
  name: 'codebook',
  arguments: '[id]',
  summary: {
    en: 'List the indicators, practices and standards of a codebook, explain one, or check a file.',
    zh: '列出编码表里的指标、做法和标准，说明其中一条，或检查一个文件。',
  },
  options: [
    codebookOption,
    {
      flags: '--check',
      about: {
        en: 'report wordings that clash, ids twice, standards without a source',
        zh: '检查：冲突的措辞、重复的编号、没有出处的标准',
      },
    },
    { flags: '--json', about: { en: 'the whole codebook as one JSON object', zh: '整个编码表，一个 JSON 对象' } },
  ],
  examples: [
    'xianjian codebook',
    'xianjian codebook new_school_places',
    'xianjian codebook --codebook mine.yaml --check',
  ],
  async run({ arguments: [id], options }, out) {
    if (options.check && id !== undefined)
      throw new UsageError(
        'E_CHECK',
        { en: `--check looks at a whole codebook, not at "${id}"`, zh: `--check 检查整个编码表，不检查“${id}”` },
        {
          en: 'Name a file of your own with --codebook: `xianjian codebook --codebook mine.yaml --check`.',
          zh: '自己的文件用 --codebook 指明：xianjian codebook --codebook mine.yaml --check',
        },
      );
    const codebook = loadCodebook(String(options.codebook));
    if (options.check) {
      const faults = checkCodebook(codebook);
      for (const fault of faults) out.data(`${codebook.file}:${fault.line}: ${fault.message[out.language]}\n`);
      out.say(
        faults.length === 0
          ? { en: `${codebook.file}: no fault found`, zh: `${codebook.file}：没有发现问题` }[out.language]
          : { en: `${faults.length} faults`, zh: `${faults.length} 处问题` }[out.language],
      );
      return faults.length === 0 ? 0 : exitCodes.failed;
    }
    if (options.json) {
      out.data(`${JSON.stringify(codebook, null, 2)}\n`);
      return 0;
    }
    if (id !== undefined) {
      const entry = [...codebook.indicators, ...codebook.practices].find((each) => each.id === id || each.zh === id);
      if (!entry)
        throw new UsageError(
          'E_ENTRY',
          { en: `the codebook ${codebook.id} has no entry "${id}"`, zh: `编码表 ${codebook.id} 里没有“${id}”` },
          { en: 'Type `xianjian codebook` for the list.', zh: '全部指标见 xianjian codebook。' },
        );
      const standards = codebook.standards.filter((standard) => standard.indicator === entry.id);
      out.data(`${JSON.stringify({ ...entry, ...(standards.length > 0 ? { standards } : {}) }, null, 2)}\n`);
      return 0;
    }
    const heads = tableHeads[out.language];
    const indicators = codebook.indicators.map(({ id, zh, en, unit, dimension }) => [
      id,
      zh,
      en,
      [dimension]
        .flat()
        .map((each) => termOf('dimension', each, out.language))
        .join(' '),
      unit,
    ]);
    out.data(writeTable(heads.indicators, indicators, null));
    const practices = codebook.practices.map(({ id, zh, en, theme }) => [id, zh, en, theme]);
    if (practices.length > 0) out.data(`\n${writeTable(heads.practices, practices, null)}`);
    const standards = codebook.standards.map((each) => [
      each.indicator,
      termOf('stage', each.stage, out.language),
      `${each.operator} ${each.value} ${each.unit}`,
      appliesToWords[out.language][each.appliesTo],
      each.number,
    ]);
    if (standards.length > 0) out.data(`\n${writeTable(heads.standards, standards, null)}`);
    return 0;
  },
};
