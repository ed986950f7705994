// A program for archive-memory.test.ts: brings an archive into a new corpus and writes it out again, without reading the pages, and
// tells how many there were and the greatest memory it had in megabytes.
import { openCorpus } from '../../db/open.js';
import { exportWarc } from '../../src/cli/commands/export-warc.js';
import { importArchive } from '../../src/cli/import-archive.js';
import type { Output } from '../../src/cli/output.js';

const [archive = '', database = '', copy = ''] = process.argv.slice(2);
const out: Output = { data() {}, say() {}, progress() {}, width: null, colour: false, language: 'en' };
const corpus = await openCorpus(database, { create: true });
const told = { place: '371083', date: null };
const { added, damaged } = await importArchive(corpus, archive, told, { out, signal: new AbortController().signal });
const code = await exportWarc(corpus, copy, out);
await corpus.close();
process.stdout.write(JSON.stringify({ added, damaged, code, peak: process.resourceUsage().maxRSS / 1024 }));
