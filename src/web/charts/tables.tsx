// The table under each chart: what it draws as text, each value with the address of its sentence, each missing one with its reason.
import type { ChartRow, HeatTable, Point } from '../../charts/index.js';
import type { ChartWords } from './words.js';

const Value = ({ point }: { point: Point }) => (
  <a href={`/record/${point.id}`} data-record={point.id}>
    {point.label}
  </a>
);

/** County, value, period, and what else is told. */
export function StripTable({
  row,
  counties,
  words,
}: {
  row: ChartRow;
  counties: ChartRow['counties'];
  words: ChartWords;
}) {
  return (
    <table>
      <caption class="hidden">{row.title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.county}</th>
          <th scope="col" class="number">
            {words.value}
          </th>
          <th scope="col">{words.when}</th>
          <th scope="col">{words.others}</th>
        </tr>
      </thead>
      <tbody>
        {counties.map(({ name, chief, rivals, goal, missing }) => (
          <tr>
            <th scope="row">{name}</th>
            <td class="number">{chief ? <Value point={chief} /> : <span class="soft">{missing}</span>}</td>
            <td>{chief?.when}</td>
            <td>
              {[...rivals, ...(goal ? [goal] : [])].map((point) => (
                <>
                  <Value point={point} /> {point.when}{' '}
                </>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** County by year. */
export function SeriesTable({
  row,
  counties,
  words,
}: {
  row: ChartRow;
  counties: ChartRow['counties'];
  words: ChartWords;
}) {
  const years = [...new Set(counties.flatMap(({ series }) => series.flatMap(({ year }) => year ?? [])))].sort();
  return (
    <table>
      <caption class="hidden">{row.title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.county}</th>
          {years.map((year) => (
            <th scope="col" class="number">
              {year}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {counties.map(({ name, chief, series, missing }) => (
          <tr>
            <th scope="row">{name}</th>
            {series.length === 0 ? (
              <td colspan={years.length} class="soft">
                {chief ? (
                  <>
                    <Value point={chief} /> {words.undated}
                  </>
                ) : (
                  missing
                )}
              </td>
            ) : (
              years.map((year) => (
                <td class="number">
                  {series
                    .filter((point) => point.year === year)
                    .map((point) => (
                      <div>
                        <Value point={point} />
                      </div>
                    ))}
                </td>
              ))
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Indicator by county. */
export function MultiplesTable({
  rows,
  window,
}: {
  rows: readonly ChartRow[];
  window: (counties: ChartRow['counties']) => ChartRow['counties'];
}) {
  return (
    <table>
      <thead>
        <tr>
          <td />
          {window(rows[0]!.counties).map(({ name }) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">{row.title}</th>
            {window(row.counties).map(({ chief, missing }) => (
              <td>{chief ? <Value point={chief} /> : <span class="soft">{missing}</span>}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Practice by county. */
export function HeatWords({ table, from, count }: { table: HeatTable; from: number; count: number }) {
  return (
    <table>
      <thead>
        <tr>
          <td />
          {table.counties.slice(from, from + count).map(({ name }) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(({ title, cells }) => (
          <tr>
            <th scope="row">{title}</th>
            {cells.slice(from, from + count).map((cell) => (
              <td>
                {cell ? (
                  <a href={`/record/${cell.id}`} data-record={cell.id}>
                    {cell.word}
                    {cell.documents > 1 ? ` ×${cell.documents}` : ''}
                  </a>
                ) : (
                  <span class="soft">{table.missing}</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
