// The review page: the figure in hand with its form, those behind it, the latest decisions, and those that wait.
import { actionWords, writeCorrection } from '../../compare/review-wording.js';
import { stageWords, statusWords, writeNumber, writePeriod, writeValue } from '../../compare/wording.js';
import { countyOf } from '../../corpus.js';
import type { StoredFigure } from '../../model/cell.js';
import { bounds, stages, statuses } from '../../model/record.js';
import type { Decision } from '../../model/review.js';
import { correctionFields, type Precision, type Queue, type QueueItem, queueReasons } from '../../review.js';
import { addressWith } from '../address.js';
import type { WebContext } from '../context.js';
import { reviewWords } from './words.js';

interface Props {
  c: WebContext;
  queue: Queue;
  precision: Precision;
  recent: Decision[];
  orphans: Decision[];
  reviewer: string;
}

const wordsOf = (c: WebContext) => reviewWords[c.var.language];

/** The content of the page. */
export function ReviewView(props: Props) {
  const { c, queue, recent, orphans } = props;
  const words = wordsOf(c);
  const [first, ...others] = queue.items;
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p class="soft">{precisionLine(props)}</p>
      <Filters c={c} />
      {!c.var.mayWrite && <p class="notice warn">{words.mayNot}</p>}
      {first ? (
        <Current {...props} item={first} />
      ) : (
        <div class="trouble">
          <h2>{words.empty}</h2>
          <p>
            {words.emptyCure} <a href={addressWith(c.req.url, { skipped: 1 })}>{words.showSkipped}</a>
          </p>
        </div>
      )}
      {others.length > 0 && <h2>{words.next}</h2>}
      {others.length > 0 && <Items c={c} items={others} />}
      {queue.more && <p class="soft">{words.more}</p>}
      {recent.length > 0 && <h2>{words.recent}</h2>}
      {recent.length > 0 && <Decisions {...props} decisions={recent} />}
      {orphans.length > 0 && <h2>{words.orphans}</h2>}
      {orphans.length > 0 && <Decisions {...props} decisions={orphans} />}
    </>
  );
}

const percent = (share: number): string => `${writeNumber(Number(share.toFixed(3)), -2)}%`;

function precisionLine({ c, precision: { all } }: Props): string {
  const words = wordsOf(c);
  if (!all) return words.noPrecision;
  return words.precision(String(all.count), String(all.of), percent(all.share), percent(all.low), percent(all.high));
}

function Filters({ c }: { c: WebContext }) {
  const words = wordsOf(c);
  const asked = c.req.query('why');
  return (
    <nav class="chips" aria-label={words.why}>
      <a href={addressWith(c.req.url, { why: null })} aria-current={asked ? undefined : 'true'}>
        {words.all}
      </a>
      {queueReasons.map((reason) => (
        <a href={addressWith(c.req.url, { why: reason })} aria-current={asked === reason ? 'true' : undefined}>
          {words.reasons[reason]}
        </a>
      ))}
    </nav>
  );
}

const nameOf = ({ indicator, subject }: StoredFigure, c: WebContext): string =>
  c.var.codebook.indicators.find(({ id }) => id === indicator)?.[c.var.language] ?? subject;

function Current(props: Props & { item: QueueItem }) {
  const { c, item, reviewer } = props;
  const words = wordsOf(c);
  const { figure, reasons } = item;
  return (
    <section class="review-item" data-figure={figure.id}>
      <p class="soft">
        {figure.place && <a href={`/c/${figure.place}`}>{countyOf(figure.place).name}</a>} · {nameOf(figure, c)} ·{' '}
        {figure.documentDate ?? '—'} {figure.documentTitle}
      </p>
      <p class="value">
        <b>{writeValue(figure)}</b> {stagesOf(figure, c)} {writePeriod(figure)}{' '}
        {statusWords[c.var.language][figure.status]}{' '}
        <a href={`/record/${figure.id}`} data-record={figure.id}>
          {words.evidence} {figure.id}
        </a>
      </p>
      <blockquote lang="zh-CN">
        <Marked sentence={figure.sentence} quote={figure.quote} />
      </blockquote>
      <ul>
        {reasons.map((each) => (
          <li>
            <b>{words.reasons[each.reason]}</b> {each[c.var.language]}
          </li>
        ))}
      </ul>
      {c.var.mayWrite && <DecisionForm c={c} figure={figure} reviewer={reviewer} />}
    </section>
  );
}

const stagesOf = ({ stage }: StoredFigure, c: WebContext): string =>
  stage.flatMap((each) => stageWords[c.var.language][each] || []).join('、');

function Marked({ sentence, quote }: { sentence: string; quote: string }) {
  const at = sentence.indexOf(quote);
  if (at < 0 || quote === '') return <>{sentence}</>;
  return (
    <>
      {sentence.slice(0, at)}
      <mark>{quote}</mark>
      {sentence.slice(at + quote.length)}
    </>
  );
}

const queryOf = (c: WebContext): string => new URL(c.req.url).searchParams.toString();

function DecisionForm({ c, figure, reviewer }: { c: WebContext; figure: StoredFigure; reviewer: string }) {
  const words = wordsOf(c);
  return (
    <form method="post" action="/review" class="review-form">
      <input type="hidden" name="figure" value={figure.id} />
      <input type="hidden" name="back" value={queryOf(c)} />
      <p class="bar">
        <label>
          {words.reviewer} <input name="reviewer" value={reviewer} required autocomplete="name" />
        </label>
        <label>
          {words.reason} <input name="reason" data-review="reason" autocomplete="off" />
        </label>
      </p>
      <p class="bar">
        <button type="submit" class="button chief" name="action" value="accept" data-review="accept">
          {words.accept} <kbd>A</kbd>
        </button>
        <button type="submit" class="button" name="action" value="reject" data-review="reject">
          {words.reject} <kbd>X</kbd>
        </button>
        <button type="submit" class="button" name="action" value="skip" data-review="skip">
          {words.skip} <kbd>S</kbd>
        </button>
      </p>
      <details data-review="correction">
        <summary>
          {words.correction} <kbd>C</kbd>
        </summary>
        <p class="soft">{words.correctionHint}</p>
        <div class="review-fields">
          {correctionFields.map((name) => (
            <div>
              <label for={`review-${name}`}>{words.fields[name]}</label> <Field c={c} name={name} figure={figure} />
            </div>
          ))}
        </div>
        <button type="submit" class="button" name="action" value="correct">
          {words.correct}
        </button>
      </details>
      <p class="soft noprint">{words.keys}</p>
    </form>
  );
}

type FieldName = (typeof correctionFields)[number];

/** Fields with few words are lists; the others show in grey what was read. */
function Field({ c, name, figure }: { c: WebContext; name: FieldName; figure: StoredFigure }) {
  const choices = choicesOf(name, c);
  if (choices)
    return (
      <select id={`review-${name}`} name={name}>
        <option value="">{wordsOf(c).unchanged}</option>
        {choices.map(([value, label]) => (
          <option value={value}>{label}</option>
        ))}
      </select>
    );
  const read = { value: figure.value, value_max: figure.valueMax, unit: figure.unit, period: writePeriod(figure) };
  return (
    <input
      id={`review-${name}`}
      name={name}
      placeholder={String(read[name as keyof typeof read] ?? '')}
      autocomplete="off"
    />
  );
}

function choicesOf(name: FieldName, c: WebContext): (readonly [value: string, label: string])[] | null {
  const { language, codebook } = c.var;
  if (name === 'bound') return bounds.map((bound) => [bound, bound]);
  if (name === 'stage') return [...stages, 'none'].map((stage) => [stage, stageWords[language][stage] || stage]);
  if (name === 'status') return statuses.map((status) => [status, statusWords[language][status] ?? status]);
  if (name !== 'indicator') return null;
  return [...codebook.indicators.map((each) => [each.id, each[language]] as const), ['none', '—'] as const];
}

function Items({ c, items }: { c: WebContext; items: readonly QueueItem[] }) {
  return (
    <ol class="review-next">
      {items.map(({ figure, reasons }) => (
        <li>
          <a href={`/record/${figure.id}`} data-record={figure.id}>
            {writeValue(figure)}
          </a>{' '}
          {figure.place && countyOf(figure.place).name} {nameOf(figure, c)}{' '}
          <span class="soft">{reasons.map(({ reason }) => wordsOf(c).reasons[reason]).join('、')}</span>
        </li>
      ))}
    </ol>
  );
}

function Decisions({ c, decisions, reviewer }: Props & { decisions: readonly Decision[] }) {
  const words = wordsOf(c);
  return (
    <ul class="review-decisions">
      {decisions.map((decision) => (
        <li>
          <b>{actionWords[c.var.language][decision.action]}</b>{' '}
          {decision.figure ? <a href={`/record/${decision.figure}`}>{decision.figure}</a> : <span>{decision.url}</span>}{' '}
          {decision.quote} {decision.correction && writeCorrection(decision.read, decision.correction)}{' '}
          {decision.reason}{' '}
          <span class="soft">
            {decision.reviewer} {decision.decidedAt.slice(0, 16).replace('T', ' ')}
          </span>{' '}
          {decision.undoneAt ? (
            <span class="soft">{words.undone}</span>
          ) : (
            c.var.mayWrite && (
              <form method="post" action="/review" class="inline">
                <input type="hidden" name="decision" value={decision.id} />
                <input
                  type={reviewer === '' ? 'text' : 'hidden'}
                  name="reviewer"
                  value={reviewer}
                  required
                  aria-label={words.reviewer}
                />
                <input type="hidden" name="back" value={queryOf(c)} />
                <button
                  type="submit"
                  name="action"
                  value="undo"
                  data-review="undo"
                  aria-label={`${words.undo} #${decision.id}`}
                >
                  {words.undo}
                </button>
              </form>
            )
          )}
        </li>
      ))}
    </ul>
  );
}
