// What several pages share: the form of conditions, the conditions as chips, pagers, downloads, and words for nothing found.
import type { Child } from 'hono/jsx';
import { stageWords, statusWords } from '../../compare/wording.js';
import { type CompareQuery, fills } from '../../model/cell.js';
import { stages, statuses } from '../../model/record.js';
import { addressWith, pathWith } from '../address.js';
import { listIn } from '../compare-query.js';
import type { WebContext } from '../context.js';
import { pageWords } from './words.js';

/** A whole number from 0 of an address. */
export const wholeIn = (c: WebContext, name: string): number =>
  Math.max(0, Math.floor(Number(c.req.query(name)) || 0)) || 0;

const conditionNames = {
  county: 'counties',
  indicator: 'indicators',
  stage: 'stages',
  period: 'period',
  fill: 'fill',
  status: 'statuses',
} as const satisfies Record<string, keyof CompareQuery>;
type Condition = keyof typeof conditionNames;
export const conditions = Object.entries(conditionNames) as [Condition, (typeof conditionNames)[Condition]][];

const valueIn = (c: WebContext, name: string): string => (listIn(c, name) ?? []).join(', ');

/** The form of a comparison. @param kept further parameters that stay as they are */
export function Filters({ c, kept, narrow }: { c: WebContext; kept: readonly string[]; narrow?: boolean }) {
  const { language, codebook } = c.var;
  const words = pageWords[language];
  const one = (name: string): string => c.req.query(name) ?? '';
  return (
    <form class="filters" action="/compare" data-live>
      {kept.map((name) => one(name) !== '' && <input type="hidden" name={name} value={one(name)} />)}
      <label class="grow">
        {words.counties}
        <input name="county" value={valueIn(c, 'county')} placeholder={words.countiesHint} />
      </label>
      {!narrow && (
        <>
          <label class="grow">
            {words.indicators}
            <input
              name="indicator"
              value={valueIn(c, 'indicator')}
              placeholder={words.indicatorsHint}
              list="indicator-names"
            />
          </label>
          <datalist id="indicator-names">
            {codebook.indicators.map(({ id, zh, en }) => (
              <option value={id}>{language === 'zh' ? zh : en}</option>
            ))}
          </datalist>
          <label>
            {words.stage}
            <select name="stage">
              <option value="">{words.allStages}</option>
              {stages.map((stage) => (
                <option value={stage} selected={one('stage') === stage}>
                  {stageWords[language][stage] || words.all}
                </option>
              ))}
            </select>
          </label>
          <label>
            {words.period}
            <input name="period" value={one('period')} placeholder={words.periodHint} size={12} />
          </label>
          <label title={words.fillAbout}>
            {words.fill}
            <select name="fill">
              <option value="">{words.fillNone}</option>
              {fills.map((fill) => (
                <option value={fill} selected={one('fill') === fill}>
                  {words.fills[fill]}
                </option>
              ))}
            </select>
          </label>
          <label>
            {words.status}
            <select name="status">
              <option value="">{words.usual}</option>
              {statuses.map((status) => (
                <option value={status} selected={one('status') === status}>
                  {statusWords[language][status]}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      <button type="submit" class="chief">
        {words.apply}
      </button>
    </form>
  );
}

/** The conditions that hold, each a link that drops it. */
export function Conditions({ c }: { c: WebContext }) {
  const words = pageWords[c.var.language];
  const held = conditions.flatMap(([name]) => (valueIn(c, name) === '' ? [] : [[name, valueIn(c, name)] as const]));
  if (held.length === 0) return null;
  return (
    <ul class="chips" aria-label={words.filters}>
      {held.map(([name, value]) => (
        <li>
          <a
            href={addressWith(c.req.url, { [name]: null, from: null, row: null, first: null })}
            aria-label={words.drop(words[name], value)}
          >
            {words[name]}：{value} <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/**
 * Says that nothing fits, and which conditions to drop.
 * @param helpful conditions without which there is something
 * @param isPart there are more counties on other pages
 */
export function NothingFits({ c, helpful, isPart }: { c: WebContext; helpful: readonly Condition[]; isPart: boolean }) {
  const words = pageWords[c.var.language];
  const hasConditions = conditions.some(([name]) => valueIn(c, name) !== '');
  if (!hasConditions && !isPart) return <NoData c={c} />;
  if (isPart && helpful.length === 0)
    return (
      <p class="notice" role="status">
        {words.emptyHere}
      </p>
    );
  return (
    <div class="notice warn" role="status">
      <p>
        <b>{isPart ? words.emptyHere : words.empty}</b>
      </p>
      {helpful.length === 0 ? (
        <p>{words.emptyNone}</p>
      ) : (
        <ul class="plain">
          {helpful.map((name) => (
            <li>
              {words.emptyDrop(words[name])}{' '}
              <a href={addressWith(c.req.url, { [name]: null, from: null, row: null, first: null })}>
                {words.drop(words[name], valueIn(c, name))}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** An empty corpus: three commands. */
export function NoData({ c }: { c: WebContext }) {
  const words = pageWords[c.var.language];
  return (
    <div class="notice warn" role="status">
      <p>
        <b>{words.nothing}</b>
      </p>
      <p>{words.nothingCure}</p>
      <pre tabindex={0}>{'xianjian demo\nxianjian crawl SOURCE\nxianjian import FILE --place CODE'}</pre>
    </div>
  );
}

interface PagerProps {
  c: WebContext;
  /** The parameter that tells the first. */
  name: string;
  at: number;
  step: number;
  all: number;
  /** What is counted. */
  what: string;
  /** Parameters that begin anew on another page. */
  resets?: readonly string[];
}

/** `1–12 of 40` with links to both sides; nothing where all are shown. */
export function Pager(props: PagerProps) {
  const { c, name, at, step, all, what, resets = [] } = props;
  if (all <= step) return null;
  const words = pageWords[c.var.language];
  const begun = Object.fromEntries(resets.map((each) => [each, null]));
  const to = (first: number): string => addressWith(c.req.url, { ...begun, [name]: first || null });
  return (
    <span class="links noprint">
      <span>{words.shown(String(Math.min(at + 1, all)), String(Math.min(at + step, all)), String(all), what)}</span>
      {at > 0 && <a href={to(Math.max(0, at - step))}>{words.previous}</a>}
      {at + step < all && <a href={to(at + step)}>{words.next}</a>}
    </span>
  );
}

/** Files of a table with the conditions of this page. */
export function Downloads({ c, table, extra = {} }: { c: WebContext; table: string; extra?: Record<string, string> }) {
  const words = pageWords[c.var.language];
  const asked = Object.fromEntries(conditions.map(([name]) => [name, (listIn(c, name) ?? []).join(',')]));
  return (
    <span class="links noprint">
      {words.download}
      {(['xlsx', 'csv', 'json', 'parquet'] as const).map((format) => (
        <a href={pathWith(`/api/v1/${table}.${format}`, { ...asked, ...extra })}>{format.toUpperCase()}</a>
      ))}
    </span>
  );
}

/** A table that scrolls by itself and can be reached by keys. */
export function Scroll({ label, children, narrow }: { label: string; children?: Child; narrow?: boolean }) {
  return (
    <section class={narrow ? 'scroll narrow' : 'scroll'} tabindex={0} aria-label={label}>
      {children}
    </section>
  );
}

/** Tabs that are links. */
export function Tabs({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { href: string; name: string; isHere: boolean }[];
}) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ href, name, isHere }) => (
        <a href={href} aria-current={isHere ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}

/** Assets of pages that open records beside them. */
export const recordAssets = { styles: ['pages.css', 'evidence.css', 'charts.css'], scripts: ['evidence.js'] };
