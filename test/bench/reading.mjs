// Pages read a second and peak memory, beside Mozilla's Readability on linkedom and on jsdom, each contender in a process of its own:
//   npm run bench, or npm run build && npm ci --prefix test/bench && node test/bench/reading.mjs [--check]
// Every contender gets the same bytes and gives title and text; ours gives masthead, structure, links and the way back with them.
// Two sets of pages: whole pages with menus, side lists and footers as sites send them, and the small hard ones of test/pages.
// --check exits with 1 where ours is not twice as fast as Readability on linkedom on both.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const rounds = 3;
/** Milliseconds that one round measures, after a warm-up of the same length. */
const least = 1500;

const paragraphs = [
  '今年以来,青禾县坚持教育优先发展,全年安排教育专项资金3.6亿元,比上年增长8.2%,新建、改扩建学校13所。',
  '全县共有义务教育学校86所,在校学生41230人,专任教师2986人,其中本科以上学历占92.4%。',
  '各学校要落实主体责任,健全工作机制,定期开展自查自纠,确保各项任务按时完成、取得实效。',
  '县教育局成立工作专班,每周调度、每月通报,对进度滞后的乡镇进行约谈,推动项目早建成、早投用。',
  '在课后服务方面,开设体育、艺术、科普、劳动等课程320余门,参与学生3.8万人,家长满意度达到97%。',
  '下一步,将持续改善办学条件,优化学校布局,缩小城乡差距,让每一名孩子都能享有公平而有质量的教育。',
  '会议指出,教育是民生之基,要把群众的期盼作为努力方向,以钉钉子精神办好一批看得见的实事。',
];
const headlines = [
  '部署秋季开学工作',
  '推进义务教育优质均衡发展',
  '召开校园安全工作会议',
  '开展送教下乡活动',
  '公布招生计划',
];

/** The list of links that menus, side columns and footers are made of. */
const list = (count, name, seed) =>
  `<ul class="${name}">${Array.from(
    { length: count },
    (_, i) =>
      `<li class="item-${i % 4}"><a href="/${name}/2024/${seed % 12}/t2024_${seed * 50 + i}.html" target="_blank" title="青禾县${headlines[(seed + i) % headlines.length]}">青禾县${headlines[(seed + i) % headlines.length]}</a><span>0${1 + (i % 9)}-1${i % 10}</span></li>\n`,
  ).join('')}</ul>`;

const script = (seed) =>
  `<script type="text/javascript">var siteId="${seed}";$(function(){$(".nav li").hover(function(){$(this).children("ul").show();},function(){$(this).children("ul").hide();});});</script>`;
const style =
  '<style>.nav{width:1200px;margin:0 auto}.nav li{float:left;line-height:42px;padding:0 18px;font-size:16px}</style>';

/** One page as a county's site sends it: about a quarter article, the rest frame. */
function pageOf(seed) {
  const title = `青禾县${headlines[seed % headlines.length]}(第${seed}期)`;
  const body = Array.from({ length: 6 + ((seed * 7) % 30) }, (_, i) => {
    const text = paragraphs[(seed + i) % paragraphs.length];
    const bold = i % 5 === 0 ? `<strong>${'一二三四五六七八'[(i / 5) | 0] ?? '九'}、重点任务</strong></p><p>` : '';
    return `<p style="text-indent:2em;line-height:2"><span style="font-size:16px;font-family:宋体">${bold}${text}</span></p>\n`;
  }).join('');
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}_工作动态_青禾县人民政府</title>
<meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="2024-0${1 + (seed % 9)}-11 09:30"><meta name="ContentSource" content="县教育局">
<link rel="stylesheet" href="/css/main.css">${style}${script(seed)}</head><body>
<div class="header"><div class="top">今天是<span id="clock"></span><a href="/">设为首页</a><a href="/">加入收藏</a></div>${list(24, 'nav', seed)}</div>
<div class="crumb">当前位置:<a href="/">首页</a> &gt; <a href="/jy/">教育</a> &gt; <a href="/jy/dt/">工作动态</a></div>
<div class="container"><div class="left">${list(16, 'menu', seed + 1)}</div>
<div class="main"><h1 class="title">${title}</h1><div class="info">发布时间:2024-0${1 + (seed % 9)}-11 09:30&nbsp;来源:县教育局&nbsp;浏览次数:<span id="hits">128</span>&nbsp;字号:<a>大</a><a>中</a><a>小</a></div>
<div class="${seed % 2 ? 'TRS_Editor' : 'article-body'}">${body}<p>附件:<a href="/files/${seed}.docx">青禾县工作安排表.docx</a></p></div>
<div class="share">分享到:<a>微信</a><a>微博</a></div><div class="pn">上一篇:<a href="/a.html">青禾县召开会议</a><br>下一篇:<a href="/b.html">没有了</a></div></div>
<div class="right"><h3>相关阅读</h3>${list(20, 'related', seed + 2)}<h3>热点排行</h3>${list(20, 'hot', seed + 3)}</div></div>
<div class="footer">${list(18, 'links', seed + 4)}<p>主办:青禾县人民政府办公室 地址:青禾县人民路1号 电话:0000-1234567</p><p>ICP备00000000号 网站标识码0000000000</p></div>${script(seed + 1)}</body></html>`;
}

const sets = {
  'whole pages': () => Array.from({ length: 60 }, (_, i) => Buffer.from(pageOf(i + 1))),
  'test/pages': () => {
    const folder = join(import.meta.dirname, '../pages');
    const pages = readdirSync(folder).map((slug) => readFileSync(join(folder, slug, 'page.html')));
    return pages.filter((bytes) => bytes.length < 50_000 && isUtf8(bytes));
  },
};

/** The peers are given text; they do not tell encodings. */
function isUtf8(bytes) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What reads one page's bytes and gives the length of the text found. */
const contenders = {
  xianjian: async () => {
    const { readPage } = await import('../../dist/src/reading/index.js');
    return async (bytes) => (await readPage({ bytes, origin: 'https://www.example.gov.cn/a/1.html' })).text.length;
  },
  'Readability on linkedom': async () => {
    const { Readability } = await import('@mozilla/readability');
    const { parseHTML } = await import('linkedom');
    return (bytes) => {
      const { document } = parseHTML(new TextDecoder().decode(bytes));
      return document.documentElement ? (new Readability(document).parse()?.textContent?.length ?? 0) : 0;
    };
  },
  'Readability on jsdom': async () => {
    const { Readability } = await import('@mozilla/readability');
    const { JSDOM } = await import('jsdom');
    return (bytes) => {
      const { window } = new JSDOM(new TextDecoder().decode(bytes));
      const length = new Readability(window.document).parse()?.textContent?.length ?? 0;
      window.close();
      return length;
    };
  },
};

/** In the child: whole passes over the pages, as many as the time allows, at least one; pages a second, and the peak of the process. */
async function measure(name, set) {
  const read = await contenders[name]();
  const pages = sets[set]();
  let done = 0;
  let failed = 0;
  let characters = 0;
  const pass = async () => {
    for (const bytes of pages) {
      try {
        characters += await read(bytes);
      } catch {
        failed++;
      }
      done++;
    }
  };
  for (const warm = performance.now(); performance.now() - warm < least; ) await pass();
  done = 0;
  failed = 0;
  characters = 0;
  const start = performance.now();
  do await pass();
  while (performance.now() - start < least);
  const seconds = (performance.now() - start) / 1000;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  return { speed: done / seconds, megabytes, failed: failed / done, characters: characters / done };
}

const inChild = (name, set) =>
  JSON.parse(execFileSync(process.execPath, [import.meta.filename, '--measure', name, set], { encoding: 'utf8' }));

/** Rounds go round the contenders, so that a busy machine is busy for all of them; the best round of each counts. */
function compare(set) {
  const best = {};
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(contenders)) {
      const now = inChild(name, set);
      if (!best[name] || now.speed > best[name].speed) best[name] = now;
    }
  }
  return best;
}

function print(set, best) {
  const pages = sets[set]();
  const size = pages.reduce((sum, bytes) => sum + bytes.length, 0) / pages.length;
  console.log(`\n${set}: ${pages.length}, ${(size / 1000).toFixed(1)} kB each, best of ${rounds} rounds`);
  const cells = ['pages/s', 'xianjian is', 'peak MB', 'text/page', 'failed'];
  console.log(`${''.padEnd(26)}${cells.map((cell) => cell.padStart(12)).join('')}`);
  for (const [name, { speed, megabytes, failed, characters }] of Object.entries(best)) {
    const ratio = name === 'xianjian' ? '' : `${(best.xianjian.speed / speed).toFixed(1)} x`;
    const row = [speed.toFixed(0), ratio, megabytes.toFixed(0), characters.toFixed(0), `${(failed * 100).toFixed(0)}%`];
    console.log(`${name.padEnd(26)}${row.map((cell) => cell.padStart(12)).join('')}`);
  }
}

const [flag, name, set] = process.argv.slice(2);
if (flag === '--measure') console.log(JSON.stringify(await measure(name, set)));
else {
  for (const each of Object.keys(sets)) {
    const best = compare(each);
    print(each, best);
    const ratio = best.xianjian.speed / best['Readability on linkedom'].speed;
    if (flag === '--check' && ratio < 2) {
      console.error(`${each}: ${ratio.toFixed(1)} times Readability on linkedom, 2 are wanted`);
      process.exitCode = 1;
    }
  }
}
