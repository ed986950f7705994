// The tools as a server of the Model Context Protocol (https://modelcontextprotocol.io/specification).
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Corpus } from '../../db/corpus.js';
import type { Codebook } from '../../extractors/index.js';
import { XianjianError } from '../model/errors.js';
import { packageVersion } from '../model/package-root.js';
import { type Answer, answerSchema, tools } from './tools.js';

/** What the server stands on. */
export interface McpOptions {
  /** Opens the corpus, for reading only, whenever it is asked. */
  corpus: () => Promise<Corpus>;
  codebook: Codebook;
  /** Where faults of the program are written. */
  log: (text: string) => void;
}

/** A server with the tools; it answers once it is connected to a transport. */
export function mcpServer({ corpus, codebook, log }: McpOptions): McpServer {
  const server = new McpServer(
    { name: 'xianjian', title: '县鉴', version: packageVersion },
    { instructions: instructionsFor(codebook) },
  );
  for (const { name, title, about, input, ask } of tools) {
    const config = {
      title,
      description: about,
      inputSchema: input,
      outputSchema: answerSchema,
      annotations: { title, readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    };
    server.registerTool(name, config, async (given: unknown) => {
      try {
        return resultOf(await ask(await corpus(), codebook, given as never));
      } catch (error) {
        return failureOf(error, log);
      }
    });
  }
  return server;
}

const instructionsFor = (codebook: Codebook): string =>
  [
    'Figures and practices that Chinese counties published on education, each with the sentence that says so.',
    'Quote a value only with its record_id and sentence; `evidence` proves it. A missing value has a reason and is no zero.',
    `Indicators: ${codebook.indicators.map(({ id, zh }) => `${id} ${zh}`).join(', ')}.`,
    `Practices: ${codebook.practices.map(({ id, zh }) => `${id} ${zh}`).join(', ')}.`,
  ].join('\n');

const resultOf = (answer: Answer): CallToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(answer) }],
  structuredContent: answer,
});

/** A fault is a result that says so: the assistant reads it and asks again. */
function failureOf(error: unknown, log: (text: string) => void): CallToolResult {
  if (error instanceof XianjianError) return failure(`${error.message} [${error.code}]\n${error.cure}`);
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return failure('a fault of xianjian [E_INTERNAL]\nPlease report it with what the server wrote to its log.');
}

const failure = (text: string): CallToolResult => ({ isError: true, content: [{ type: 'text', text }] });
