// Small multiples: many rows of a comparison as little dot strips with the counties in one order, so that the eye finds a county in each.
import { scaleLinear } from 'd3-scale';
import type { ChartRow } from './data.js';
import { domainOf } from './domain.js';
import {
  Dot,
  type DrawOptions,
  Frame,
  fitting,
  Label,
  Linked,
  labelOf,
  rule,
  standardInk,
  tickLabel,
  windowOf,
} from './drawing.js';

const panel = 250;
const gap = 16;
const names = 62;
const line = 17;
const head = 22;
const foot = 24;

/** One panel by itself. */
export function Multiple({ row, options }: { row: ChartRow; options: DrawOptions }) {
  const counties = windowOf(row.counties, options).length;
  return (
    <Frame width={panel} height={head + counties * line + foot} label={row.title} options={options}>
      <Panel row={row} options={options} />
    </Frame>
  );
}

/** All rows in panels, `columns` side by side. */
export function SmallMultiples({
  rows,
  options,
  label,
  columns = 3,
}: {
  rows: readonly ChartRow[];
  options: DrawOptions;
  label: string;
  columns?: number;
}) {
  const counties = windowOf(rows[0]?.counties ?? [], options).length;
  const height = head + counties * line + foot;
  const across = Math.min(columns, Math.max(1, rows.length));
  return (
    <Frame
      width={across * panel + (across - 1) * gap}
      height={Math.ceil(rows.length / across) * (height + gap)}
      label={label}
      options={options}
    >
      {rows.map((row, i) => (
        <g transform={`translate(${(i % across) * (panel + gap)} ${Math.floor(i / across) * (height + gap)})`}>
          <Panel row={row} options={options} />
        </g>
      ))}
    </Frame>
  );
}

function Panel({ row, options }: { row: ChartRow; options: DrawOptions }) {
  const x = scaleLinear(domainOf(row), [names + 8, panel - 10]).nice(2);
  const counties = windowOf(row.counties, options);
  const bottom = head + counties.length * line;
  const [low, high] = x.domain() as [number, number];
  return (
    <>
      <Label x={0} y={13} size={12} weight={600}>
        {fitting(row.title, panel - 44, 12)}
        <title>{row.title}</title>
      </Label>
      <Label x={panel} y={13} size={10.5} anchor="end" kind="soft">
        {`${row.drawn}/${row.counties.length}`}
      </Label>
      {row.lines.map(({ value, label, isForSchools }) => (
        <line
          x1={x(value)}
          x2={x(value)}
          y1={head - 3}
          y2={bottom}
          class="c-standard"
          stroke={standardInk}
          stroke-width={1.3}
          stroke-dasharray={isForSchools ? '4 3' : '9 3'}
        >
          <title>{label}</title>
        </line>
      ))}
      {counties.map(({ name, chief, missing }, i) => {
        const y = head + (i + 0.5) * line;
        return (
          <g>
            <Label x={names} y={y + 4} size={11} anchor="end">
              {fitting(name, names, 11)}
            </Label>
            <line x1={names + 8} x2={panel - 10} y1={y} y2={y} class="c-rule" stroke={rule} stroke-width={0.6} />
            {chief ? (
              <Linked id={chief.id} label={labelOf(name, chief)} options={options}>
                <Dot point={chief} x={x} y={y} radius={4} />
              </Linked>
            ) : (
              <Label x={names + 10} y={y + 4} size={10.5} kind="soft" hasHalo>
                {fitting(missing ?? '', panel - names - 24, 10.5)}
              </Label>
            )}
          </g>
        );
      })}
      <Label x={names + 8} y={bottom + 13} size={10.5} kind="soft">
        {tickLabel(low, row.dimension, row.unit)}
      </Label>
      <Label x={panel - 10} y={bottom + 13} size={10.5} anchor="end" kind="soft">
        {tickLabel(high, row.dimension, row.unit)}
      </Label>
    </>
  );
}
