// A dot strip: the values of one row of a comparison, a line a county in the order of the comparison. Standards are dashed lines; a
// county without a value keeps its line with the reason, never a dot.
import { scaleLinear } from 'd3-scale';
import type { ChartCounty, ChartRow, Point } from './data.js';
import { domainOf, ticksOf } from './domain.js';
import {
  actual,
  Dot,
  type DrawOptions,
  Frame,
  fitting,
  Label,
  Linked,
  labelOf,
  rule,
  soft,
  standardInk,
  tickLabel,
  widthOf,
  windowOf,
} from './drawing.js';

const width = 420;
const left = 84;
const right = 32;
const line = 24;
const top = 8;

/** The chart of one row. */
export function DotStrip({ row, options }: { row: ChartRow; options: DrawOptions }) {
  const counties = windowOf(row.counties, options);
  const bottom = top + counties.length * line;
  const legend = legendOf(row, options);
  const x = scaleLinear(domainOf(row), [left, width - right]).nice(4);
  return (
    <Frame width={width} height={bottom + 24 + legend.length * 17} label={row.title} options={options}>
      <Axis row={row} x={x} bottom={bottom} />
      {row.lines.map(({ value, label, isForSchools }) => (
        <line
          x1={x(value)}
          y1={top - 4}
          x2={x(value)}
          y2={bottom}
          class="c-standard"
          stroke={standardInk}
          stroke-width={1.5}
          stroke-dasharray={isForSchools ? '5 4' : '12 3'}
        >
          <title>{label}</title>
        </line>
      ))}
      {counties.map((county, i) => (
        <CountyLine county={county} x={x} y={top + (i + 0.5) * line} options={options} />
      ))}
      {legend.map((text, i) => (
        <g>
          <line
            x1={8}
            x2={30}
            y1={bottom + 34 + i * 17}
            y2={bottom + 34 + i * 17}
            class="c-standard"
            stroke={standardInk}
            stroke-width={1.5}
            stroke-dasharray={row.lines[i]!.isForSchools ? '5 4' : '12 3'}
          />
          <Label x={36} y={bottom + 38 + i * 17} size={11} kind="standard">
            {text}
          </Label>
        </g>
      ))}
    </Frame>
  );
}

const schoolWords = { zh: '，县均值仅供参考', en: '; county means for reference only' } as const;

const legendOf = (row: ChartRow, { language }: DrawOptions): string[] =>
  row.lines.map(({ label, isForSchools }) =>
    fitting(`${label}${isForSchools ? schoolWords[language] : ''}`, width - 40, 11),
  );

type Scale = ReturnType<typeof scaleLinear<number, number>>;

function Axis({ row, x, bottom }: { row: ChartRow; x: Scale; bottom: number }) {
  const labels = ticksOf(x, row.dimension, 4).map((tick) => tickLabel(tick, row.dimension, row.unit));
  const room = (width - right - left) / Math.max(1, labels.length - 1);
  const step = labels.some((label) => widthOf(label, 11) > room - 6) ? 2 : 1;
  return (
    <>
      {ticksOf(x, row.dimension, 4).map((tick, i) => (
        <g>
          <line x1={x(tick)} x2={x(tick)} y1={top} y2={bottom} class="c-rule" stroke={rule} stroke-width={0.6} />
          {i % step === 0 && (
            <Label x={x(tick)} y={bottom + 15} size={11} anchor="middle" kind="soft">
              {labels[i]}
            </Label>
          )}
        </g>
      ))}
    </>
  );
}

/** Where points begin and end on the axis. */
const endsOf = (points: readonly (Point | null)[], x: Scale): number[] =>
  points.flatMap((point) => (point ? [x(point.value), x(point.upper ?? point.value)] : []));

function CountyLine({ county, x, y, options }: { county: ChartCounty; x: Scale; y: number; options: DrawOptions }) {
  const { chief, rivals, goal, name } = county;
  const ends = endsOf([chief, ...rivals], x);
  const taken = endsOf([chief, ...rivals, goal], x);
  return (
    <g>
      <Label x={left - 12} y={y + 4} anchor="end">
        {fitting(name, left - 14, 12)}
      </Label>
      <line x1={left} x2={width - right} y1={y} y2={y} class="c-rule" stroke={rule} stroke-width={0.8} />
      {chief ? (
        <>
          {rivals.length > 0 && (
            <line
              x1={Math.min(...ends)}
              x2={Math.max(...ends)}
              y1={y}
              y2={y}
              class="c-actual"
              stroke={actual}
              stroke-width={1.4}
            />
          )}
          {[...(goal ? [goal] : []), ...rivals, chief].map((point) => (
            <Linked id={point.id} label={labelOf(name, point)} options={options}>
              <Dot point={point} x={x} y={y} />
            </Linked>
          ))}
          <Told county={county} low={Math.min(...taken)} high={Math.max(...taken)} y={y} />
        </>
      ) : (
        <Label x={left + 6} y={y + 4} size={11.5} kind="soft" hasHalo>
          {fitting(county.missing ?? '', width - left - right, 11.5)}
        </Label>
      )}
    </g>
  );
}

/** The value with its time, on the side of the points that has room. */
function Told({
  county: { chief, rivals },
  low,
  high,
  y,
}: {
  county: ChartCounty;
  low: number;
  high: number;
  y: number;
}) {
  const text = `${rivals.length > 0 ? '‼ ' : ''}${chief!.label}`;
  const when = chief!.when.split(' ')[0]!;
  const isRight = width - high > low - left;
  const room = (isRight ? width - high : low - left) - 18;
  const long = `${text} ${when}`;
  return (
    <Label x={isRight ? high + 15 : low - 15} y={y + 4} size={11.5} anchor={isRight ? 'start' : 'end'} hasHalo>
      {widthOf(long, 11.5) <= room ? (
        <>
          {text}{' '}
          <tspan class="c-soft" fill={soft} font-size={10.5}>
            {when}
          </tspan>
        </>
      ) : (
        fitting(text, room, 11.5)
      )}
    </Label>
  );
}
