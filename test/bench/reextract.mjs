// Documents read again a second with one thread and with two, and memory over the way:
//   npm run build && node test/bench/reextract.mjs [documents, default 10000] [--check]
// Each count of threads has a process and a corpus of its own, so that memory is its own. --check exits with 1 where memory grows by
// more than a third between the first quarter and the last.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const build = new URL('../../dist/', import.meta.url);
const { openCorpus } = await import(new URL('db/open.js', build));

/** A page of invented county news; the numbers differ, so that no page repeats another. */
function page(number) {
  const word = (each) => createHash('sha256').update(`${number} ${each}`).digest('hex').slice(0, 40);
  const paragraphs = [1, 2, 3, 4, 5].map(
    (each) =>
      `<p>青禾县第${number}号通报(${word(each)})称,全年投入资金${1000 + number * each}万元,新建学校${each + (number % 9)}所,招聘教师${100 + each}名,在校学生${20000 + number}人,入学率达到9${each}.${number % 10}%。各校要健全机制,落实责任。</p>`,
  );
  return `<html><head><title>青禾县通报${number}</title></head><body><h1>青禾县教育工作通报第${number}号</h1><div class="content">${paragraphs.join('')}</div></body></html>`;
}

async function fill(file, documents) {
  const { importFile } = await import(new URL('src/pipeline.js', build));
  const { compileCodebook, loadCodebook } = await import(new URL('extractors/index.js', build));
  const codebook = compileCodebook(loadCodebook('education'));
  const corpus = await openCorpus(file, { create: true });
  for (let number = 0; number < documents; number++)
    await importFile(
      corpus,
      { url: `/bench/${number}.html`, bytes: Buffer.from(page(number)), place: '371083' },
      codebook,
    );
  await corpus.close();
}

async function measure(file, threads) {
  const { reextract } = await import(new URL('src/reextract.js', build));
  const corpus = await openCorpus(file);
  const memory = [];
  let seen = 0;
  const report = await reextract(corpus, {
    codebook: 'education',
    threads,
    signal: new AbortController().signal,
    onProgress: () => {
      if (seen++ % 50 === 0) memory.push(process.memoryUsage().rss);
    },
  });
  await corpus.close();
  const quarter = Math.ceil(memory.length / 4);
  const most = (part) => Math.round(Math.max(...part) / 1e6);
  const { documents, tookMs, added, removed, changed } = report;
  const second = memory.slice(quarter, 2 * quarter);
  return {
    documents,
    tookMs,
    changes: added + removed + changed,
    early: most(second),
    late: most(memory.slice(-quarter)),
  };
}

const [, script, first, file, threads] = process.argv;
if (first === 'measure') console.log(JSON.stringify(await measure(file, Number(threads))));
else {
  const documents = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 10_000);
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-reextract-'));
  const whole = join(folder, 'corpus.sqlite');
  console.log(`filling a corpus with ${documents} documents …`);
  await fill(whole, documents);
  let grows = false;
  for (const threads of [1, 2]) {
    const own = join(folder, `threads-${threads}.sqlite`);
    copyFileSync(whole, own);
    const result = JSON.parse(
      execFileSync(process.execPath, [script, 'measure', own, String(threads)], { encoding: 'utf8' }),
    );
    const pace = (result.documents / (result.tookMs / 1000)).toFixed(1);
    grows ||= result.late > result.early * 1.34;
    console.log(
      `${threads} thread${threads > 1 ? 's' : ''}: ${result.documents} documents, ${pace} a second, figures changed ${result.changes}, memory ${result.early} MB in the second quarter, ${result.late} MB in the last`,
    );
  }
  rmSync(folder, { recursive: true });
  if (grows && process.argv.includes('--check')) process.exitCode = 1;
}
