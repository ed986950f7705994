// A cell of the matrix: bound, value, unit, period, status, conflicts, review and standing, or the reason why there is no value.

import type { Indicator } from '../../../extractors/index.js';
import { shownFigure } from '../../compare/cells.js';
import { chiefStanding, type Standing } from '../../compare/standards.js';
import {
  choiceWords,
  missingWords,
  otherPeriodWords,
  statusWords,
  writeNumber,
  writePeriod,
  writeValue,
} from '../../compare/wording.js';
import type { Cell, StoredFigure } from '../../model/cell.js';
import { pathWith } from '../address.js';
import type { WebContext } from '../context.js';
import { pageWords } from './words.js';

interface CellProps {
  c: WebContext;
  cell: Cell;
  standings: readonly Standing[];
  indicator: Indicator | undefined;
  /** Documents of the county that were read. */
  documents: number;
}

/** Figures beside the chosen one that tell another value for the same period; of those without one nobody can tell. */
export const rivalsOf = ({ chosen, others }: Cell): StoredFigure[] =>
  chosen === null || chosen.period === null
    ? []
    : others.filter(
        (other) =>
          other.status === chosen.status &&
          writePeriod(other) === writePeriod(chosen) &&
          writeValue(other) !== writeValue(chosen),
      );

export function ValueCell(props: CellProps) {
  const { cell } = props;
  const figure = shownFigure(cell);
  return figure ? <Told {...props} figure={figure} /> : <Missing {...props} />;
}

function Told({ c, cell, standings, figure }: CellProps & { figure: StoredFigure }) {
  const { language } = c.var;
  const words = pageWords[language];
  const rivals = rivalsOf(cell);
  const further = cell.others.length - rivals.length;
  const isGoal = cell.chosen === null;
  return (
    <td class={`cell${isGoal ? ' goal' : ''}`}>
      <a href={`/record/${figure.id}`} data-record={figure.id} title={figure.quote}>
        {writeValue(figure)}
      </a>{' '}
      <StandingGlyph c={c} standing={chiefStanding(standings)} />
      <small>
        {writePeriod(figure)} {isGoal ? missingWords[language].target_only : statusWords[language][figure.status]}
        {cell.choice === 'other_period' && (
          <span class="filled" title={choiceWords[language].other_period}>
            {' '}
            {otherPeriodWords[language]}
          </span>
        )}
        {figure.review && <ReviewMark c={c} action={figure.review.action} />}
        {rivals.length > 0 && (
          <a
            class="conflict"
            href={`/record/${rivals[0]!.id}`}
            data-rival
            title={words.conflict(String(rivals.length))}
          >
            ‼{rivals.length}
            <span class="hidden"> {words.conflict(String(rivals.length))}</span>
          </a>
        )}
      </small>
      {rivals.length === 0 && further > 0 && !isGoal && <Others c={c} cell={cell} />}
    </td>
  );
}

/** Other figures that a cell lists; the rest is counted. */
const mostOthers = 5;

/** The figures that would fit the cell too, behind a number, and why they are not the one that stands there. */
function Others({ c, cell: { choice, others } }: { c: WebContext; cell: Cell }) {
  const { language } = c.var;
  const words = pageWords[language];
  return (
    <details class="others">
      <summary title={words.others(String(others.length))}>+{others.length}</summary>
      {choice && <p>{words.chosenAs(choiceWords[language][choice]!)}</p>}
      <ul>
        {others.slice(0, mostOthers).map((other) => (
          <li>
            <a href={`/record/${other.id}`} data-record={other.id} title={other.quote}>
              {writeValue(other)}
            </a>{' '}
            {writePeriod(other)} {statusWords[language][other.status]}
          </li>
        ))}
      </ul>
      {others.length > mostOthers && <p>{words.others(String(others.length - mostOthers))}</p>}
    </details>
  );
}

const reviewSigns = { accept: '✓', correct: '✎', reject: '×' } as const;

/** That a person looked at it; a corrected value is the one that he wrote. */
function ReviewMark({ c, action }: { c: WebContext; action: keyof typeof reviewSigns }) {
  const said = pageWords[c.var.language].reviewed[action];
  return (
    <span class="reviewed" title={said}>
      {' '}
      <span aria-hidden="true">{reviewSigns[action]}</span>
      <span class="hidden">{said}</span>
    </span>
  );
}

/** ▲ or ▼ beside a value that was reached, with the standard in words; △ or ▽ where the threshold is one for each school. */
function StandingGlyph({ c, standing }: { c: WebContext; standing: Standing | null }) {
  if (standing?.nature !== 'achievement') return null;
  if (standing.relation !== 'met' && standing.relation !== 'short') return null;
  const words = pageWords[c.var.language];
  const isMet = standing.relation === 'met';
  const { standard } = standing;
  const scale = standing.dimension === 'ratio' ? -2 : 0;
  const line = `${standard.operator} ${writeNumber(standard.value, scale)}${scale === 0 ? '' : '%'} ${standard.number}`;
  const said = standing.isCountyMean ? words.beside(line) : (isMet ? words.met : words.short)(line);
  return (
    <span class={standing.isCountyMean ? 'soft' : isMet ? 'met' : 'short'} title={said}>
      <span aria-hidden="true">{standing.isCountyMean ? (isMet ? '△' : '▽') : isMet ? '▲' : '▼'}</span>
      <span class="hidden">{said}</span>
    </span>
  );
}

function Missing({ c, cell, indicator, documents }: CellProps) {
  const { language } = c.var;
  const words = pageWords[language];
  const reason = cell.missing ?? 'not_mentioned';
  const said = missingWords[language][reason];
  const other = cell.others[0];
  if (other && (reason === 'not_comparable' || reason === 'rejected'))
    return (
      <td class="cell none">
        <a href={`/record/${other.id}`} data-record={other.id} title={other.quote}>
          {said}
        </a>
      </td>
    );
  if (reason === 'not_crawled')
    return (
      <td class="cell none">
        <a href="/status">{said}</a>
      </td>
    );
  if (reason === 'not_applicable' || !indicator) return <td class="cell none">{said}</td>;
  const address = pathWith('/search', { q: searchWordsOf(indicator), county: cell.place });
  return (
    <td class="cell none">
      <a href={address} title={`${words.documents(String(documents))}；${words.toSearch}`}>
        {said}
      </a>
    </td>
  );
}

/** The name of an indicator without what stands in brackets. */
export const searchWordsOf = ({ zh }: Indicator): string => zh.replace(/[（(].*?[）)]/g, '');
