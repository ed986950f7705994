// The suites of behaviour on SQLite, each test on a file of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCorpus } from '../../db/open.js';
import { describeCorpus } from '../conformance/corpus.js';
import { describeFrontier } from '../conformance/frontier.js';

async function makePlace() {
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-db-'));
  return {
    open: () => openCorpus(join(folder, 'corpus.sqlite'), { create: true }),
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

describeCorpus('SQLite', makePlace);
describeFrontier('SQLite', makePlace);
