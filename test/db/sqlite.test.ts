// The suites of behaviour on SQLite, each test on a file of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCorpus } from '../../db/open.js';
import { describeCorpus } from '../conformance/corpus.js';
import { describeFrontier } from '../conformance/frontier.js';
import { describeOperation } from '../conformance/operation.js';
import { describeOutcomes } from '../conformance/outcomes.js';
import { describeRecords } from '../conformance/records.js';
import { describeReviews } from '../conformance/reviews.js';
import { describeSchedules } from '../conformance/schedules.js';
import { describeSearch } from '../conformance/search.js';

async function makePlace() {
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-db-'));
  return {
    open: () => openCorpus(join(folder, 'corpus.sqlite'), { create: true }),
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

describeCorpus('SQLite', makePlace);
describeRecords('SQLite', makePlace);
describeReviews('SQLite', makePlace);
describeFrontier('SQLite', makePlace);
describeOutcomes('SQLite', makePlace);
describeSchedules('SQLite', makePlace);
describeSearch('SQLite', makePlace);
describeOperation('SQLite', makePlace);
