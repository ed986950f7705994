// One row of a comparison over time: a line a county, broken where a year is not told. Counties are told apart by shape and dash as well
// as by colour; a county without a value with a time keeps its place in the legend with the reason.
import { scaleLinear } from 'd3-scale';
import { line as lineOf } from 'd3-shape';
import type { ChartCounty, ChartRow, Point } from './data.js';
import { domainOf, ticksOf } from './domain.js';
import {
  type DrawOptions,
  dashes,
  Frame,
  fitting,
  hues,
  Label,
  Linked,
  labelOf,
  rule,
  standardInk,
  symbolPath,
  tickLabel,
  widthOf,
  windowOf,
} from './drawing.js';

const left = 66;
const plotEnd = 312;
const leastLegend = 148;
const mostLegend = 250;
const top = 10;
const plot = 170;
const entry = 17;

/** As many counties as there are shapes can be told apart in one chart. */
const mostSeries = hues.length;

const undated = { zh: '时期不明', en: 'undated' } as const;
const others = { zh: (n: number) => `另有 ${n} 个县区，见表`, en: (n: number) => `${n} more counties, see the table` };

/** The chart of one row; null where no value has a time. */
export function TimeSeries({ row, options }: { row: ChartRow; options: DrawOptions }) {
  const counties = windowOf(row.counties, options).slice(0, mostSeries);
  const years = counties.flatMap(({ series }) => series.flatMap(({ year }) => year ?? []));
  if (years.length === 0) return null;
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const x = scaleLinear([first - (first === last ? 1 : 0), last + (first === last ? 1 : 0)], [left + 8, plotEnd - 8]);
  const y = scaleLinear(domainOf({ ...row, counties }, 'series'), [top + plot, top]).nice(4);
  const rest = row.counties.length - counties.length;
  const texts = counties.map((county) => legendText(county, options));
  const legend = Math.max(leastLegend, ...texts.map((text) => Math.min(mostLegend, widthOf(text, 12) + 36)));
  const width = plotEnd + legend;
  const bottom = Math.max(top + plot + 26, top + (counties.length + (rest > 0 ? 1 : 0)) * entry + 4);
  return (
    <Frame width={width} height={bottom + row.lines.length * 16} label={row.title} options={options}>
      <Axes row={row} x={x} y={y} years={yearsShown(first, last)} />
      {row.lines.map(({ value, label }, i) => (
        <g>
          <line
            x1={left}
            x2={plotEnd}
            y1={y(value)}
            y2={y(value)}
            class="c-standard"
            stroke={standardInk}
            stroke-width={1.4}
            stroke-dasharray="5 4"
          >
            <title>{label}</title>
          </line>
          <Label x={left} y={bottom + 10 + i * 16} size={11} kind="standard">
            {fitting(`– – ${label}`, width - left, 11)}
          </Label>
        </g>
      ))}
      {counties.map((county, i) => (
        <CountySeries county={county} index={i} x={x} y={y} options={options} />
      ))}
      {counties.map((county, i) => (
        <Entry text={texts[i]!} hasSeries={dated(county).length > 0} index={i} at={top + i * entry} />
      ))}
      {rest > 0 && (
        <Label x={plotEnd + 14} y={top + counties.length * entry + 8} size={11} kind="soft">
          {others[options.language](rest)}
        </Label>
      )}
    </Frame>
  );
}

type Scale = ReturnType<typeof scaleLinear<number, number>>;

/** At most eight years on the axis, the first and whole steps from it. */
function yearsShown(first: number, last: number): number[] {
  const step = Math.max(1, Math.ceil((last - first) / 7));
  const years: number[] = [];
  for (let year = first; year <= last; year += step) years.push(year);
  return years;
}

function Axes({ row, x, y, years }: { row: ChartRow; x: Scale; y: Scale; years: number[] }) {
  return (
    <>
      {ticksOf(y, row.dimension, 4).map((tick) => (
        <g>
          <line x1={left} x2={plotEnd} y1={y(tick)} y2={y(tick)} class="c-rule" stroke={rule} stroke-width={0.7} />
          <Label x={left - 6} y={y(tick) + 4} size={11} anchor="end" kind="soft">
            {fitting(tickLabel(tick, row.dimension, row.unit), left - 8, 11)}
          </Label>
        </g>
      ))}
      {years.map((year) => (
        <Label x={x(year)} y={top + plot + 18} size={11} anchor="middle" kind="soft">
          {year}
        </Label>
      ))}
    </>
  );
}

type Dated = Point & { year: number };

const dated = ({ series }: ChartCounty): Dated[] => series.filter((point): point is Dated => point.year !== null);

/** A point for each year from first to last: null where the county tells nothing of that year, so that the line breaks there. */
export function yearly(county: ChartCounty): (Dated | null)[] {
  const points = new Map(dated(county).map((point) => [point.year, point]));
  const years = [...points.keys()];
  if (years.length === 0) return [];
  const first = Math.min(...years);
  return Array.from({ length: Math.max(...years) - first + 1 }, (_, i) => points.get(first + i) ?? null);
}

function CountySeries({
  county,
  index,
  x,
  y,
  options,
}: {
  county: ChartCounty;
  index: number;
  x: Scale;
  y: Scale;
  options: DrawOptions;
}) {
  const path = lineOf<Dated | null>()
    .defined((point) => point !== null)
    .x((point) => x(point!.year))
    .y((point) => y(point!.value))(yearly(county));
  const hue = hues[index % hues.length]!;
  return (
    <g>
      {path && (
        <path
          d={path}
          fill="none"
          class={`c-s${index}`}
          stroke={hue}
          stroke-width={2}
          stroke-dasharray={dashes[index % dashes.length] || undefined}
        />
      )}
      {dated(county).map((point) => (
        <Linked id={point.id} label={labelOf(county.name, point)} options={options}>
          <rect x={x(point.year) - 12} y={y(point.value) - 12} width={24} height={24} fill="#ffffff" fill-opacity="0" />
          <Marker index={index} x={x(point.year)} y={y(point.value)} isFull={point.isActual} />
        </Linked>
      ))}
    </g>
  );
}

function Marker({ index, x, y, isFull }: { index: number; x: number; y: number; isFull: boolean }) {
  const hue = hues[index % hues.length]!;
  return (
    <path
      d={symbolPath(index, 9)}
      transform={`translate(${x} ${y})`}
      class={isFull ? `c-s${index} c-full` : `c-s${index} c-hollow`}
      fill={isFull ? hue : '#ffffff'}
      stroke={hue}
      stroke-width={1.5}
    />
  );
}

/** The county, and where it has nothing to draw, why. */
const legendText = (county: ChartCounty, { language }: DrawOptions): string =>
  dated(county).length > 0 ? county.name : `${county.name} ${county.missing ?? undated[language]}`;

function Entry({ text, hasSeries, index, at }: { text: string; hasSeries: boolean; index: number; at: number }) {
  return (
    <g>
      {hasSeries && <Marker index={index} x={plotEnd + 20} y={at + 4} isFull={true} />}
      <Label x={plotEnd + 32} y={at + 8} kind={hasSeries ? 'ink' : 'soft'}>
        {fitting(text, mostLegend - 34, 12)}
      </Label>
    </g>
  );
}
