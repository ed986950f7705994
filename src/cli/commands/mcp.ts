// xianjian mcp: the corpus as read-only tools for assistants, over standard input and output.
import { once } from 'node:events';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { loadCodebook } from '../../../extractors/index.js';
import { mcpServer } from '../../mcp/server.js';
import { CorpusKeeper } from '../../web/corpus-keeper.js';
import { type Command, codebookOption, databaseOption } from '../command.js';

export const mcpCommand: Command = {
  name: 'mcp',
  summary: {
    en: 'Offer search, compare, practices, evidence and audit to assistants (Model Context Protocol, stdio).',
    zh: '把检索、对比、做法、证据和核对提供给智能助手（Model Context Protocol，stdio）。',
  },
  options: [databaseOption, codebookOption],
  examples: ['xianjian mcp --db /data/corpus.sqlite'],
  async run({ options, signal }, out) {
    const codebook = loadCodebook(String(options.codebook));
    const keeper = new CorpusKeeper(String(options.db));
    const log = (text: string) => out.say(text);
    const server = mcpServer({ corpus: keeper.corpus, codebook, log });
    try {
      // The protocol has standard output to itself.
      await server.connect(new StdioServerTransport());
      if (process.stdin.isTTY)
        out.say(
          { en: 'A program speaks with this one; Ctrl-C ends it.', zh: '本命令由智能助手程序调用；按 Ctrl-C 结束。' }[
            out.language
          ],
        );
      if (!signal.aborted) await Promise.race([once(process.stdin, 'end'), once(signal, 'abort')]);
      return 0;
    } finally {
      await server.close();
      await keeper.close();
    }
  },
};
