// Documents read again a second with one thread and with two, memory over the way, and what limits:
//   npm run build && node test/bench/reextract.mjs [documents, default 10000] [--check]
// A page is 30 kB of HTML with 2,000 characters of text and 10 figures. Each count of threads has a process and a corpus of its own, so
// that memory is its own. --check exits with 1 where memory grows by more than a third between the second quarter and the last.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

const build = new URL('../../dist/', import.meta.url);
const { openCorpus } = await import(new URL('db/open.js', build));

/** What stands around the text of such pages: menus and links. */
const menu = Array.from(
  { length: 170 },
  (_, n) =>
    `<li class="menu-item menu-item-${n}"><a href="/column/${n}/index.html" target="_blank" title="栏目${n}">栏目${n}</a></li>`,
).join('');
const words =
  '各校 教学 质量 校长 带头 听课 教研组 按时 活动 年轻 教师 跟着 老教师 备课 家长 开放日 照常 举行 意见 当场 记录 办公室 分给 科室 限期 答复 食堂 校车 专人 看管 安全员 每天 检查 签字 阅读 书香 操场 晨跑 合唱 科技 小组 劳动 基地 种菜 值日 班会 心理 老师 谈心 社区 志愿者 护送 路口 民警 站岗 图书角 轮换 展板 更新 课后 服务 自愿 报名 书法 围棋 篮球 乡土 教材 编写 老人 讲故事'.split(
    ' ',
  );
/** Prose without figures; no two pages have the same, or each would be compared with all others as a repeat. */
function prose(number, paragraph) {
  const seed = createHash('sha512').update(`${number} ${paragraph}`).digest();
  return `${Array.from({ length: 48 }, (_, n) => words[seed[n] % words.length] + (n % 6 === 5 ? ',' : '')).join('')}。`;
}

/** A page of invented county news; words and numbers differ, so that no page repeats another. */
function page(number) {
  const told = [
    `全年投入资金${1000 + number}万元,新建学校${5 + (number % 9)}所。`,
    `招聘教师${100 + (number % 400)}名,在校学生${20000 + number}人。`,
    `入学率达到9${number % 10}.${number % 7}%,巩固率达到9${(number + 3) % 10}.5%。`,
    `新增学位${800 + number}个,改造操场${3 + (number % 11)}处。`,
    `购置图书${10000 + 7 * number}册,发放补助${50 + (number % 300)}万元。`,
  ];
  const paragraphs = Array.from(
    { length: 19 },
    (_, each) => `<p style="text-indent: 2em">${told[each] ?? ''}${prose(number, each)}</p>`,
  );
  return `<html><head><title>青禾县通报${number}</title></head><body><ul class="nav">${menu}</ul><h1>青禾县教育工作通报第${number}号</h1><div class="content">${paragraphs.join('')}</div><ul class="footer">${menu.slice(0, 4000)}</ul></body></html>`;
}

/** Seconds that all cores were busy since the machine began. */
function busySeconds() {
  const [user, nice, system, , , irq, soft, steal] = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]
    .match(/\d+/g)
    .map(Number);
  return (user + nice + system + irq + soft + steal) / 100;
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
  const busyBefore = busySeconds();
  const loopBefore = performance.eventLoopUtilization();
  const before = process.cpuUsage();
  let seen = 0;
  const report = await reextract(corpus, {
    codebook: 'education',
    threads,
    signal: new AbortController().signal,
    onProgress: () => {
      if (seen++ % 50 === 0) memory.push(process.memoryUsage().rss);
    },
  });
  const used = process.cpuUsage(before);
  const seconds = (used.user + used.system) / 1e6;
  const others = Math.max(0, busySeconds() - busyBefore - seconds);
  const { utilization } = performance.eventLoopUtilization(loopBefore);
  await corpus.close();
  const quarter = Math.ceil(memory.length / 4);
  const most = (part) => Math.round(Math.max(...part) / 1e6);
  const { documents, tookMs, added, removed, changed } = report;
  const second = memory.slice(quarter, 2 * quarter);
  return {
    documents,
    tookMs,
    cores: availableParallelism(),
    msOfACore: (1000 * seconds) / documents,
    storing: utilization,
    busy: (1000 * seconds) / tookMs,
    others: (1000 * others) / tookMs,
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
  let first = null;
  for (const threads of [1, 2]) {
    const own = join(folder, `threads-${threads}.sqlite`);
    copyFileSync(whole, own);
    const result = JSON.parse(
      execFileSync(process.execPath, [script, 'measure', own, String(threads)], { encoding: 'utf8' }),
    );
    const pace = result.documents / (result.tookMs / 1000);
    first ??= pace;
    const share = (cores) => `${Math.round((100 * cores) / result.cores)} %`;
    grows ||= result.late > result.early * 1.34;
    console.log(
      `${threads} thread${threads > 1 ? 's' : ''}: ${result.documents} documents, ${pace.toFixed(1)} a second, ratio ${(pace / first).toFixed(2)}, figures changed ${result.changes}; ` +
        `${result.msOfACore.toFixed(1)} ms of a core a document; of ${result.cores} cores this took ${share(result.busy)}, others on this machine ${share(result.others)}; ` +
        `the thread that stores was busy ${Math.round(100 * result.storing)} % of the time; memory ${result.early} MB in the second quarter, ${result.late} MB in the last`,
    );
  }
  console.log(
    'Where cores add up to nearly 100 % they are the limit; where the thread that stores is busy all the time, it is, and more threads cannot help.',
  );
  rmSync(folder, { recursive: true });
  if (grows && process.argv.includes('--check')) process.exitCode = 1;
}
