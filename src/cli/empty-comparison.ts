// Why a comparison shows no value, and which filter to drop.
import type { Corpus } from '../../db/corpus.js';
import type { Codebook } from '../../extractors/index.js';
import { compare, type NamedComparison } from '../corpus.js';
import type { CompareQuery } from '../model/cell.js';
import type { Language } from '../model/language.js';

/** Filters that can leave nothing, by the names of their options. */
const filters = {
  counties: '--county',
  indicators: '--indicator',
  stages: '--stage',
  period: '--period',
  statuses: '--status',
} as const;

const valuesOf = (comparison: NamedComparison) => comparison.cells.flat().flatMap(({ chosen }) => chosen ?? []);

/**
 * The sentence for a comparison without a value; null where it has one. Each filter is left out once, to see which is to blame; for a
 * period the nearest ones that have values are named.
 */
export async function whyEmpty(
  corpus: Corpus,
  comparison: NamedComparison,
  query: CompareQuery,
  codebook: Codebook,
  language: Language,
): Promise<string | null> {
  if (valuesOf(comparison).length > 0) return null;
  const asked = (Object.keys(filters) as (keyof typeof filters)[]).filter((name) => query[name] !== undefined);
  const helpful: string[] = [];
  for (const name of asked) {
    const { [name]: _dropped, ...wider } = query;
    const found = valuesOf(await compare(corpus, wider, codebook));
    if (found.length === 0) continue;
    const near =
      name === 'period'
        ? nearestYears(
            query.period!,
            found.flatMap(({ period }) => period?.to ?? []),
          )
        : [];
    helpful.push(near.length > 0 ? `${filters[name]} (${near.join(', ')})` : filters[name]);
  }
  const other = helpful.length === 0 ? await readWithOther(corpus, codebook.id) : [];
  if (other.length > 0)
    return {
      en: `The documents were read with codebook ${other.join(', ')}, not ${codebook.id}: xianjian reextract with the same --codebook reads them again.`,
      zh: `这些文件是用编码表 ${other.join('、')} 读的，不是 ${codebook.id}；请用同一 --codebook 运行 xianjian reextract 重读。`,
    }[language];
  const all = asked.map((name) => filters[name]).join(', ');
  if (language === 'zh')
    return asked.length === 0
      ? '所读各县没有可填入的数。下一步：xianjian codebook 列出所问的指标。'
      : `没有一个数符合 ${all}。${helpful.length > 0 ? `去掉 ${helpful.join(' 或 ')} 就有。` : '只去掉其中一个也没有。'}`;
  return asked.length === 0
    ? 'No figure of these counties fits an indicator. `xianjian codebook` lists what is asked.'
    : `No value fits ${all}. ${helpful.length > 0 ? `There are some without ${helpful.join(', or without ')}.` : 'None is to blame alone: drop several.'}`;
}

/** The codebooks that the documents were read with; none where one of them is that of the question. */
async function readWithOther(corpus: Corpus, asked: string): Promise<string[]> {
  const { rows } = await corpus.query('select distinct codebook from document order by codebook', 20);
  const used = rows.map(([codebook]) => String(codebook));
  return used.includes(asked) ? [] : used;
}

/** At most three years with values, the nearest to the asked one first. */
function nearestYears(asked: string, ends: readonly string[]): string[] {
  const wanted = Number(/\d{4}/.exec(asked)?.[0] ?? 0);
  const years = [...new Set(ends.map((end) => end.slice(0, 4)))];
  return years.sort((a, b) => Math.abs(Number(a) - wanted) - Math.abs(Number(b) - wanted)).slice(0, 3);
}
