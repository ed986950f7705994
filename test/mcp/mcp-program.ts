// A program for mcp.test.ts: `xianjian mcp` as a process of its own, with the corpus named on its command line.
import { mcpCommand } from '../../src/cli/commands/mcp.js';
import { processOutput } from '../../src/cli/output.js';

const [db = ''] = process.argv.slice(2);
process.exitCode = await mcpCommand.run(
  { arguments: [], options: { db, codebook: 'education' }, settings: {}, signal: new AbortController().signal },
  processOutput(),
);
