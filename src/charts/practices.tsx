// The practice matrix as a heat table: a cell for each county and practice, whose shape and darkness say how far the practice is. A county
// that reports nothing keeps its cell, with a dot that says so.
import { actual, type DrawOptions, Frame, fitting, Label, Linked, rule, windowOf, wrapped } from './drawing.js';

/** What a cell shows. */
export interface HeatCell {
  status: 'done' | 'piloted' | 'planned' | 'mentioned';
  /** `已实施`. */
  word: string;
  /** Documents that report it. */
  documents: number;
  /** The strongest report. */
  id: string;
  sentence: string;
}

export interface HeatTable {
  title: string;
  counties: { code: string; name: string }[];
  rows: { title: string /** By county; null where nothing is reported. */; cells: (HeatCell | null)[] }[];
  /** What a cell without a report says. */
  missing: string;
  /** The statuses in words, strongest first. */
  legend: { status: HeatCell['status']; word: string }[];
}

const names = 176;
const row = 26;
const size = 16;

/** The table. Many counties make it wide: the page scrolls it. */
export function PracticeHeat({ table, options }: { table: HeatTable; options: DrawOptions }) {
  const counties = windowOf(table.counties, options);
  const isMany = counties.length > 9;
  const column = isMany ? 34 : 68;
  const head = isMany ? 92 : 34;
  const width = Math.max(names + counties.length * column, 480);
  const bottom = head + table.rows.length * row;
  return (
    <Frame width={width} height={bottom + 34} label={table.title} options={options}>
      {counties.map(({ name }, i) => (
        <Heading name={name} x={names + (i + 0.5) * column} y={head - 10} isMany={isMany} width={column} />
      ))}
      {table.rows.map(({ title, cells }, i) => {
        const y = head + i * row;
        return (
          <g>
            <line x1={0} x2={width} y1={y} y2={y} class="c-rule" stroke={rule} stroke-width={0.7} />
            <Label x={0} y={y + 17}>
              {fitting(title, names - 8, 12)}
              <title>{title}</title>
            </Label>
            {windowOf(cells, options).map((cell, k) => (
              <Cell
                cell={cell}
                x={names + (k + 0.5) * column}
                y={y + row / 2}
                words={`${counties[k]!.name} ${title}`}
                missing={table.missing}
                options={options}
              />
            ))}
          </g>
        );
      })}
      {[...table.legend.map(({ status, word }) => ({ status, word })), { status: null, word: table.missing }].map(
        ({ status, word }, i) => (
          <g transform={`translate(${i * 94 + 8} ${bottom + 20})`}>
            {status ? <Glyph status={status} /> : <NoReport />}
            <Label x={13} y={4} size={11.5}>
              {word}
            </Label>
          </g>
        ),
      )}
    </Frame>
  );
}

function Heading({
  name,
  x,
  y,
  isMany,
  width,
}: {
  name: string;
  x: number;
  y: number;
  isMany: boolean;
  width: number;
}) {
  if (isMany)
    return (
      <g transform={`translate(${x + 4} ${y}) rotate(-55)`}>
        <Label x={0} y={0} size={11.5}>
          {fitting(name, 84, 11.5)}
        </Label>
      </g>
    );
  const lines = wrapped(name, width - 6, 12).slice(0, 2);
  return (
    <>
      {lines.map((text, i) => (
        <Label x={x} y={y - (lines.length - 1 - i) * 14} anchor="middle" weight={600}>
          {text}
        </Label>
      ))}
    </>
  );
}

function Cell({
  cell,
  x,
  y,
  words,
  missing,
  options,
}: {
  cell: HeatCell | null;
  x: number;
  y: number;
  words: string;
  missing: string;
  options: DrawOptions;
}) {
  if (!cell)
    return (
      <g transform={`translate(${x} ${y})`}>
        <title>{`${words} ${missing}`}</title>
        <NoReport />
      </g>
    );
  const times = cell.documents > 1 ? ` ×${cell.documents}` : '';
  const label = `${words} ${cell.word}${times}。${fitting(cell.sentence, 600, 10)}`;
  return (
    <Linked id={cell.id} label={label} options={options}>
      <g transform={`translate(${x} ${y})`}>
        <rect x={-13} y={-12} width={26} height={24} fill="#ffffff" fill-opacity="0" />
        <Glyph status={cell.status} />
        {cell.documents > 1 && (
          <Label x={11} y={4} size={10.5} kind="soft">
            {`×${cell.documents}`}
          </Label>
        )}
      </g>
    </Linked>
  );
}

const half = size / 2;

/** Done: a full square; piloted: half of it; planned: its outline; only mentioned: a small square. */
function Glyph({ status }: { status: HeatCell['status'] }) {
  if (status === 'mentioned')
    return <rect x={-4} y={-4} width={8} height={8} fill="#8fb3c4" class="c-faint" stroke={actual} stroke-width={1} />;
  return (
    <>
      <rect
        x={-half}
        y={-half}
        width={size}
        height={size}
        rx={2}
        fill={status === 'done' ? actual : '#ffffff'}
        class={status === 'done' ? 'c-actual c-full' : 'c-actual c-hollow'}
        stroke={actual}
        stroke-width={1.8}
        stroke-dasharray={status === 'planned' ? '3 2.4' : undefined}
      />
      {status === 'piloted' && (
        <path d={`M${-half} ${half}V${-half}L${half} ${half}Z`} fill={actual} class="c-actual c-full" />
      )}
    </>
  );
}

const NoReport = () => <circle r={1.6} fill={rule} class="c-none" />;
