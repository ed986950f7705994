// A program for kill.test.ts: works a frontier as fast as it can, reads what it kept, and tells each address whose outcome is
// stored. It may be killed at any moment and be started again.
import { createHash } from 'node:crypto';
import { openCorpus } from '../../db/open.js';
import type { Document } from '../../src/model/document.js';
import type { Claim, FrontierRequest, HostSlice } from '../../src/model/frontier.js';
import { WayBack } from '../../src/model/way-back.js';

const [address = '', count = '0'] = process.argv.slice(2);
/** Far beyond the life of the program: that others go on at once is because it is gone. */
const leaseMs = 3600_000;

const corpus = await openCorpus(address, { create: true });
const { frontier } = corpus;
const run = await frontier.openRun({ id: 'one', name: 'One', place: null, definition: '{}' }, Date.now());
await frontier.add(run.id, [requestOf('list', 'list', 0)], Date.now(), 0);

for (;;) {
  const slice = await frontier.takeHost(run.id, `worker ${process.pid}`, leaseMs, Date.now());
  if (slice) await work(slice);
  else if ((await frontier.nextDue(run.id, Date.now())) === null) break;
  else await new Promise((resolve) => setTimeout(resolve, 20));
}
await readAll();
process.stdout.write('done\n');
await corpus.close();

async function work(slice: HostSlice): Promise<void> {
  for (;;) {
    const claim = await frontier.claim(run.id, slice, 0, leaseMs, Date.now());
    if (!claim) break;
    process.stdout.write(`asked ${claim.request.url}\n`);
    await new Promise((resolve) => setTimeout(resolve, 1));
    await settle(claim, slice);
    process.stdout.write(`stored ${claim.request.url}\n`);
    if (Math.random() < 0.1) await readAll();
  }
  await frontier.releaseHost(slice);
}

async function settle(claim: Claim, slice: HostSlice): Promise<void> {
  const body = Buffer.from(`${claim.request.url} `.repeat(500));
  const isList = claim.request.kind === 'list';
  await frontier.settle(
    {
      run: run.id,
      claim,
      page: {
        request: claim.request,
        finalUrl: claim.request.url,
        fetchedAt: new Date().toISOString(),
        status: 200,
        headers: {},
        body,
        sha256: createHash('sha256').update(body).digest('hex'),
        outcome: 'ok',
        tookMs: 1,
      },
      disposition: { state: 'done' },
      textHash: null,
      clock: slice.clock,
      host: slice.host,
      found: isList
        ? Array.from({ length: Number(count) }, (_, index) => requestOf(`${index}`, 'article', index % 3))
        : [],
    },
    Date.now(),
    0,
  );
}

async function readAll(): Promise<void> {
  for (const snapshotId of await corpus.unreadSnapshots(100)) {
    const { url } = (await corpus.snapshot(snapshotId))!;
    await corpus.storeDocument(
      {
        snapshotId,
        part: '',
        document: documentOf(url),
        print: { simhash: createHash('sha256').update(url).digest('hex').slice(0, 16), length: url.length },
        repeats: null,
        attachedTo: null,
        extractor: '1',
        codebook: 'test',
      },
      (id) => ({ placeReason: '', figures: [figureOf(`${id}-001`, url)], practices: [], citations: [] }),
    );
  }
}

function requestOf(path: string, kind: 'list' | 'article', host: number): FrontierRequest {
  const name = `${host}.example`;
  return { url: `http://${name}/${path}`, kind, source: 'one', depth: 1, host: name, group: name };
}

function figureOf(id: string, quote: string) {
  return {
    id,
    quote,
    sentence: quote,
    start: 0,
    end: 1,
    textStart: 0,
    textEnd: 1,
    dimension: 'count' as const,
    value: 1,
    unit: '所',
    bound: 'exact' as const,
    subject: '学校',
    status: 'actual' as const,
    salience: 'core' as const,
    rules: [],
    confidence: 1,
  };
}

function documentOf(text: string): Document {
  return {
    title: null,
    published: null,
    publishedIso: null,
    signed: null,
    signedIso: null,
    publisher: null,
    source: null,
    author: null,
    documentNumber: null,
    indexNumber: null,
    addressees: [],
    genre: 'news',
    broken: {},
    origin: text,
    format: 'text',
    encoding: 'utf-8',
    script: 'simplified',
    mends: [],
    unmended: [],
    notes: [],
    text,
    wayBack: WayBack.identity(text.length),
    blocks: [],
    attachments: [],
    nextPart: null,
    firstPart: null,
  };
}
