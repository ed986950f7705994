// The status page: what the corpus holds, how crawls ended, which addresses failed at which site, and whether all is in order.

import { sayReason } from '../../../crawlers/index.js';
import type { FailedRequest, RunRecord } from '../../../db/run-list.js';
import { type Finding, quickFindings } from '../../doctor.js';
import type { WebContext } from '../context.js';
import { page } from '../layout.js';
import { recordAssets, Scroll } from './parts.js';
import { pageWords } from './words.js';

const runsShown = 20;
const errorsShown = 100;

/** Answers `/status`. */
export async function statusPage(c: WebContext): Promise<Response> {
  const { corpus, language } = c.var;
  const words = pageWords[language].state;
  const counts = await corpus.counts();
  const address = corpus.address.split(/[\\/]/).at(-1)!;
  return page(
    c,
    { title: words.title, section: 'status', ...recordAssets },
    <>
      <h1>{words.title}</h1>
      <h2>{words.counts}</h2>
      <dl class="facts">
        <dt>{words.counts}</dt>
        <dd>
          <code>{address}</code>
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
      <Runs c={c} runs={await corpus.runs({ limit: runsShown })} />
      <h2>{words.errors}</h2>
      <Errors c={c} failures={await corpus.failedRequests()} />
      <h2>{words.doctor}</h2>
      <Findings c={c} findings={await quickFindings(corpus, process.env)} />
      <p class="soft">{words.check}</p>
      <pre tabindex={0}>{`xianjian doctor --db ${address}`}</pre>
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

const signs = { ok: '✔', notice: '•', fault: '✘' } as const;

/** What the doctor finds. */
function Findings({ c, findings }: { c: WebContext; findings: readonly Finding[] }) {
  const { language } = c.var;
  const words = pageWords[language].state;
  return (
    <Scroll label={words.doctor} narrow>
      <table>
        <thead>
          <tr>
            {[words.checked, words.finding, words.met].map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {findings.map(({ state, said: { check, met, cure } }) => (
            <tr>
              <th scope="row">{check[language]}</th>
              <td class={`nowrap ${state === 'ok' ? 'met' : state === 'fault' ? 'short' : ''}`}>
                <span aria-hidden="true">{signs[state]}</span> {words.findings[state]}
              </td>
              <td class="address">
                {met[language]}
                {cure && <small class="below">{cure[language]}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Runs({ c, runs }: { c: WebContext; runs: readonly RunRecord[] }) {
  const words = pageWords[c.var.language].state;
  if (runs.length === 0) return <p class="soft">{words.noRuns}</p>;
  const columns = [words.run, words.source, words.started, words.ended, words.result].concat(
    [words.pages, words.newDocuments, words.changed, words.newFigures],
    words.reason,
  );
  return (
    <Scroll label={words.runs}>
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr>
              <td class="number">{run.id}</td>
              <th scope="row">{run.source}</th>
              <td class="nowrap">{minute(run.startedAt)}</td>
              <td class="nowrap">{minute(run.endedAt)}</td>
              <td>{run.end === null ? words.running : sayReason(run.end, c.var.language)}</td>
              <td class="number">{run.pages}</td>
              <td class="number">{run.newDocuments}</td>
              <td class="number">{run.changedDocuments}</td>
              <td class="number">{run.newFigures}</td>
              <td>{sayReason(run.reason ?? '', c.var.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Addresses that failed last, by site and outcome. */
function byOutcome(failures: readonly FailedRequest[]): FailedRequest[][] {
  const groups = new Map<string, FailedRequest[]>();
  for (const failure of failures) {
    const key = `${failure.source} ${failure.outcome}`;
    const group = groups.get(key);
    if (group) group.push(failure);
    else groups.set(key, [failure]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

function Errors({ c, failures }: { c: WebContext; failures: readonly FailedRequest[] }) {
  const words = pageWords[c.var.language].state;
  if (failures.length === 0) return <p class="soft">{words.noErrors}</p>;
  const groups = byOutcome(failures);
  return (
    <>
      <Scroll label={words.errors}>
        <table>
          <thead>
            <tr>
              {[words.source, words.outcome, words.count, words.example, words.again].map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.slice(0, errorsShown).map((group) => {
              const { source, outcome, url } = group[0]!;
              return (
                <tr>
                  <th scope="row">{source}</th>
                  <td>
                    {c.var.language === 'zh' && sayReason(outcome, 'zh')} <code>{outcome}</code>
                  </td>
                  <td class="number">{group.length}</td>
                  <td class="address">{url}</td>
                  <td>
                    <code>xianjian retry --failed {source}</code>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      {groups.length > errorsShown && <p class="soft">{words.capped(String(errorsShown), String(groups.length))}</p>}
    </>
  );
}
