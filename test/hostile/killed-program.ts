// A program for kill.test.ts: one command line, which says when it begins, so that a kill falls into its work and not into its start.
import { main } from '../../src/cli/main.js';
import { processOutput } from '../../src/cli/output.js';

process.stderr.write('begin\n');
process.exitCode = await main(process.argv.slice(2), processOutput(), new AbortController().signal);
