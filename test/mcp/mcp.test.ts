// xianjian mcp, spoken to by the protocol's own client over the pipes of a child process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../helpers/compiled.js';
import { codebook, makeApiStudy } from '../web/api/study.js';

let study: Awaited<ReturnType<typeof makeApiStudy>>;
let program: ReturnType<typeof compile>;
let client: Client;

const connect = async (database: string): Promise<Client> => {
  const made = new Client({ name: 'test', version: '1' });
  await made.connect(
    new StdioClientTransport({ command: process.execPath, args: [program.path, database], stderr: 'ignore' }),
  );
  return made;
};

beforeAll(async () => {
  study = await makeApiStudy();
  program = compile('test/mcp/mcp-program.ts');
  client = await connect(study.database);
});
afterAll(async () => {
  await client.close();
  program.remove();
  await study.remove();
});

interface Told {
  isError: boolean;
  text: string;
  results: Record<string, unknown>[];
  more: boolean;
}

async function call(name: string, input: Record<string, unknown>, by = client): Promise<Told> {
  const answer = await by.callTool({ name, arguments: input });
  const [content] = answer.content as { type: string; text: string }[];
  const told = answer.structuredContent as { results: Record<string, unknown>[]; more: boolean } | undefined;
  if (told) expect(JSON.parse(content!.text)).toEqual(told);
  return {
    isError: answer.isError === true,
    text: content!.text,
    results: told?.results ?? [],
    more: told?.more ?? false,
  };
}

describe('the tools', () => {
  it('are five, read only, and described with the indicators that can be asked for', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['search', 'compare', 'practices', 'evidence', 'audit']);
    for (const { annotations, inputSchema, outputSchema, description } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
      expect(inputSchema.additionalProperties).toBe(false);
      expect(outputSchema).toBeDefined();
      expect(description).not.toBe('');
    }
    for (const { id } of codebook.indicators) expect(client.getInstructions()).toContain(id);
  });

  it('compare: every value with its record and its sentence, every gap with its reason', async () => {
    const { results } = await call('compare', { counties: ['990101', '990105'], limit: 500 });
    const valued = results.filter((cell) => cell.value_status === 'value');
    expect(valued.length).toBeGreaterThan(5);
    for (const cell of valued) {
      const { record, document } = (await study.corpus.evidence(String(cell.record_id)))!;
      expect(cell).toMatchObject({ sentence: record.sentence, url: document.url, county_code: '990101' });
    }
    const gaps = results.filter((cell) => cell.county_code === '990105');
    expect(gaps.length).toBeGreaterThan(5);
    for (const cell of gaps) expect(cell).toMatchObject({ value_status: 'not_mentioned', record_id: null });
    const few = await call('compare', { limit: 3 });
    expect([few.results.length, few.more]).toEqual([3, true]);
  });

  it('evidence: the proof of each kind of record', async () => {
    for (const [id, type] of [
      ['2-001', 'figure'],
      ['2-p01', 'practice'],
      ['2-c01', 'citation'],
    ] as const) {
      const { results } = await call('evidence', { record_id: id });
      expect(results).toMatchObject([
        { record_id: id, type, sentence: expect.stringMatching(/./), document: { id: 2, title: '990102年报' } },
      ]);
      expect((results[0]!.document as { sha256: string }).sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('practices: reports with status, record and sentence', async () => {
    const { results } = await call('practices', { counties: ['990103'], practices: ['teacher_rotation'] });
    expect(results).toMatchObject([
      { record_id: '3-p01', county_code: '990103', status: 'done', sentence: '推行教师交流。' },
    ]);
  });

  it('search: sentences with the records that were read from them', async () => {
    const { results } = await call('search', { words: ['生师比'], counties: ['990104'] });
    expect(results).toMatchObject([{ county_code: '990104', sentence: '生师比为十七比一。', document_id: 4 }]);
    // Figure n of the study stands at 10 n; the sentence reaches from 10 to 19.
    expect(results[0]!.record_ids).toEqual(['4-001']);
  });

  it('audit: findings with the sentences they stand on', async () => {
    const { results, isError } = await call('audit', { verdicts: ['holds', 'conflicts', 'cannot_tell'], limit: 5 });
    expect(isError).toBe(false);
    expect(results.length).toBeGreaterThan(0);
    for (const finding of results) {
      const sentences = finding.sentences as { sentence: string }[];
      expect(sentences.length).toBeGreaterThan(0);
      expect(finding.record_ids).toBeInstanceOf(Array);
    }
  });
});

describe('bad input', () => {
  it.each([
    ['compare', { counties: ['乌有县'] }, /乌有县.*E_PLACE.*GB\/T 2260/s],
    ['compare', { indicators: ['schoolz'] }, /schoolz.*E_INDICATOR/s],
    ['compare', { period: 'someday' }, /someday.*E_PERIOD/s],
    ['compare', { county: '990101' }, /county/],
    ['compare', { stages: ['kindergarden'] }, /stages/],
    ['compare', { limit: 1e9 }, /limit/],
    ['search', { words: [' '] }, /E_WORDS/],
    ['search', {}, /words/],
    ['practices', { practices: ['magic'] }, /magic.*E_PRACTICE.*teacher_rotation/s],
    ['evidence', { record_id: '1-0' }, /E_NO_RECORD.*1-001/s],
    ['evidence', { record_id: "'; drop table figure; --" }, /E_NO_RECORD/],
    ['evidence', { record_id: 17 }, /record_id/],
    ['audit', { verdicts: ['wrong'] }, /verdicts/],
    ['write', {}, /write/],
  ])('%s %j', async (name, input, said) => {
    const told = await call(name, input).catch((error: Error) => ({ isError: true, text: error.message }));
    expect(told.isError).toBe(true);
    expect(told.text).toMatch(said);
  });

  it('leaves the server well', async () => {
    expect((await call('evidence', { record_id: '1-001' })).isError).toBe(false);
  });

  it('of a corpus that is missing is told by each answer, with what to do', async () => {
    const other = await connect(`${study.database}.missing`);
    try {
      const told = await call('compare', {}, other);
      expect(told.isError).toBe(true);
      expect(told.text).toMatch(/E_CORPUS_MISSING.*xianjian crawl/s);
    } finally {
      await other.close();
    }
  });

  it('that is no protocol at all leaves nothing but protocol on standard output, and the end of input ends it', async () => {
    const child = spawn(process.execPath, [program.path, study.database], { stdio: ['pipe', 'pipe', 'ignore'] });
    let stdout = '';
    const answered = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString();
        if (stdout.includes('"id":1')) resolve();
      });
    });
    child.stdin.write('hello\n{"jsonrpc":"2.0"}\n[]\n');
    child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    await answered;
    child.stdin.end();
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  });
});
