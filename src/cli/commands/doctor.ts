// xianjian doctor: whether this machine and this corpus are in order; every finding with what to do.
import { existsSync } from 'node:fs';
import stringWidth from 'string-width';
import { findBrowser } from '../../../crawlers/index.js';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { exitCodes, XianjianError } from '../../model/errors.js';
import { type Command, databaseOption } from '../command.js';
import { harmless } from '../output.js';

interface Finding {
  check: string;
  state: 'ok' | 'notice' | 'fault';
  met: string;
  cure?: string;
}

export const doctorCommand: Command = {
  name: 'doctor',
  summary:
    'Check this machine and the corpus: versions, browser, integrity, pages without text, documents without a county.',
  options: [databaseOption, { flags: '--json', about: 'the findings as an array' }],
  examples: ['xianjian doctor', 'xianjian doctor --db study.sqlite --json'],
  async run({ options }, out) {
    const findings = [...(await machine()), ...(await corpusFindings(String(options.db)))];
    if (options.json) out.data(`${JSON.stringify(findings, null, 2)}\n`);
    else {
      for (const { check, state, met, cure } of findings) {
        out.data(`${{ ok: '✔', notice: '•', fault: '✘' }[state]} ${check}: ${harmless(met)}\n`);
        if (cure) out.data(`    ${harmless(cure)}\n`);
      }
    }
    return findings.some((finding) => finding.state === 'fault') ? exitCodes.failed : 0;
  },
};

async function machine(): Promise<Finding[]> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > 20 || (major === 20 && minor >= 19);
  const browser = await findBrowser();
  return [
    {
      check: 'Node',
      state: isNew ? 'ok' : 'fault',
      met: process.versions.node,
      ...(isNew ? {} : { cure: 'Install Node 20.19 or later.' }),
    },
    { check: 'Chinese in tables', state: stringWidth('中') === 2 ? 'ok' : 'fault', met: '中 is two columns wide' },
    browser
      ? { check: 'browser', state: 'ok', met: browser }
      : {
          check: 'browser',
          state: 'notice',
          met: 'none found; lists that a script draws cannot be read',
          cure: 'Install Chromium (apt-get install chromium) or set XIANJIAN_CHROMIUM to its path.',
        },
  ];
}

async function corpusFindings(address: string): Promise<Finding[]> {
  if (!existsSync(address) && !address.includes('://'))
    return [
      {
        check: 'corpus',
        state: 'notice',
        met: `${address} is not there yet`,
        cure: 'Type `xianjian crawl` or `xianjian demo`.',
      },
    ];
  try {
    const corpus = await openCorpus(address, { readOnly: true });
    try {
      return await contents(corpus);
    } finally {
      await corpus.close();
    }
  } catch (error) {
    if (!(error instanceof XianjianError)) throw error;
    return [{ check: 'corpus', state: 'fault', met: error.message, cure: error.cure }];
  }
}

const shown = 10;

async function contents(corpus: Corpus): Promise<Finding[]> {
  const counts = await corpus.counts();
  const integrity = await corpus.query('select integrity_check from pragma_integrity_check', 5);
  const intact = integrity.rows.length === 1 && integrity.rows[0]![0] === 'ok';
  const documents = await corpus.documents({ limit: 1_000_000 });
  const homeless = documents.filter((document) => document.place === null && document.repeats === null);
  const textless = documents.filter((document) => document.text === '');
  return [
    {
      check: 'corpus',
      state: intact ? 'ok' : 'fault',
      met: intact
        ? `${corpus.address}: ${counts.documents} documents, ${counts.figures} figures, ${counts.practices} practices`
        : integrity.rows.map((row) => String(row[0])).join('; '),
      ...(intact ? {} : { cure: 'The file is damaged. Take the last backup, or crawl again into a new file.' }),
    },
    listed(
      'documents without a county',
      homeless,
      (each) => `${each.id} ${each.url} (${each.placeReason})`,
      'Name the county of their source (--place, or `place:` in the source file) and read them again.',
    ),
    listed(
      'pages without text',
      textless,
      (each) => `${each.id} ${each.url} (${each.notes[0]?.code ?? 'no text'})`,
      '`xianjian show ID` says what was met.',
    ),
  ];
}

function listed<T>(check: string, items: readonly T[], write: (item: T) => string, cure: string): Finding {
  if (items.length === 0) return { check, state: 'ok', met: 'none' };
  const more = items.length > shown ? `; and ${items.length - shown} more` : '';
  return {
    check,
    state: 'notice',
    met: `${items.length}: ${items.slice(0, shown).map(write).join('; ')}${more}`,
    cure,
  };
}
