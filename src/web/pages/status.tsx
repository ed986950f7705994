// The status page: what the corpus holds, how crawls ended, which addresses failed at which site, and whether all is in order.
import type { WebContext } from '../context.js';
import { page } from '../layout.js';
import { recordAssets, Scroll } from './parts.js';
import { pageWords } from './words.js';

const runsShown = 30;
const errorsShown = 100;

const runsSql = 'select source, started_at, ended_at, end_state, pages, reason from run order by id desc';
/** Addresses of articles and lists whose last try failed, by site and outcome; the newest run of each site. */
const errorsSql = `select source, outcome, count(*), min(url), min(reason) from request
  where state = 'failed' and run in (select max(id) from run group by source)
  group by source, outcome order by source, count(*) desc`;
const homelessSql = 'select count(*) from document where place is null and repeats is null';
const textlessSql = "select count(*) from document where text = ''";

/** Answers `/status`. */
export async function statusPage(c: WebContext): Promise<Response> {
  const { corpus, language } = c.var;
  const words = pageWords[language].state;
  const counts = await corpus.counts();
  const ask = async (sql: string, limit: number) => (await corpus.query(sql, limit)).rows;
  const homeless = Number((await ask(homelessSql, 1))[0]![0]);
  const textless = Number((await ask(textlessSql, 1))[0]![0]);
  const checks: [name: string, count: number][] = [
    [words.homeless, homeless],
    [words.textless, textless],
  ];
  return page(
    c,
    { title: words.title, section: 'status', ...recordAssets },
    <>
      <h1>{words.title}</h1>
      <h2>{words.counts}</h2>
      <dl class="facts">
        <dt>{words.counts}</dt>
        <dd>
          <code>{corpus.address.split(/[\\/]/).at(-1)}</code>
        </dd>
        {(['snapshots', 'documents', 'repeats', 'figures', 'practices', 'citations'] as const).map((name) => (
          <>
            <dt>
              {name === 'documents' || name === 'figures' || name === 'practices'
                ? pageWords[language].overview[name]
                : words[name]}
            </dt>
            <dd>{counts[name].toLocaleString('en')}</dd>
          </>
        ))}
      </dl>
      <h2>{words.runs}</h2>
      <Runs c={c} rows={await ask(runsSql, runsShown)} />
      <h2>{words.errors}</h2>
      <Errors c={c} rows={await ask(errorsSql, errorsShown)} />
      <h2>{words.doctor}</h2>
      <dl class="facts">
        <dt>{words.node}</dt>
        <dd>{process.versions.node}</dd>
        {checks.map(([name, count]) => (
          <>
            <dt>{name}</dt>
            <dd>
              {count} {count === 0 ? `✔ ${words.ok}` : `• ${words.look}`}
            </dd>
          </>
        ))}
      </dl>
      <p class="soft">
        {words.check} <code>xianjian doctor</code>
      </p>
      <h2 id="keys">{words.keys}</h2>
      <dl class="facts">
        {pageWords[language].keyList.map(([key, about]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{about}</dd>
          </>
        ))}
      </dl>
      <p class="soft">{words.keyAbout}</p>
    </>,
  );
}

const minute = (time: unknown): string => (time === null ? '—' : String(time).slice(0, 16).replace('T', ' '));

function Runs({ c, rows }: { c: WebContext; rows: unknown[][] }) {
  const words = pageWords[c.var.language].state;
  if (rows.length === 0) return <p class="soft">{words.noRuns}</p>;
  return (
    <Scroll label={words.runs}>
      <table>
        <thead>
          <tr>
            {[words.source, words.started, words.ended, words.result, words.pages, words.reason].map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([source, started, ended, state, pages, reason]) => (
            <tr>
              <th scope="row">{String(source)}</th>
              <td class="nowrap">{minute(started)}</td>
              <td class="nowrap">{minute(ended)}</td>
              <td>
                {state === null ? words.running : (words.states[state as keyof typeof words.states] ?? String(state))}
              </td>
              <td class="number">{String(pages)}</td>
              <td lang="en">{reason === null ? '' : String(reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Errors({ c, rows }: { c: WebContext; rows: unknown[][] }) {
  const words = pageWords[c.var.language].state;
  if (rows.length === 0) return <p class="soft">{words.noErrors}</p>;
  return (
    <Scroll label={words.errors}>
      <table>
        <thead>
          <tr>
            {[words.source, words.outcome, words.count, words.example, words.reason].map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([source, outcome, count, url, reason]) => (
            <tr>
              <th scope="row">{String(source)}</th>
              <td>
                <code>{String(outcome)}</code>
              </td>
              <td class="number">{String(count)}</td>
              <td class="address">{String(url)}</td>
              <td lang="en">{reason === null ? '' : String(reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
