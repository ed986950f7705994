// Sites of invented counties on many addresses of loopback: each a list and its articles, every text another one. What was asked when is
// kept, host by host. Plain JavaScript, because the benches run it too.
import { createServer } from 'node:http';

const words =
  '学校 教师 学生 资金 食堂 操场 课程 培训 设备 图书 校车 宿舍 家长 社区 项目 工程 补助 质量 管理 安全 阅读 体育 艺术 科学 劳动'.split(
    ' ',
  );

/** A text of its own for each number, the same each time. */
function textOf(seed) {
  let state = (seed * 2654435761) >>> 0;
  const next = (below) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const word = () => words[next(words.length)];
  const sentence = () =>
    `青禾县第${next(9000) + 1}所${word()}${word()}点建成，投入${next(900) + 100}万元，惠及${word()}${next(9000) + 100}人，${word()}${word()}工作推进${word()}${word()}。`;
  return Array.from({ length: 5 }, () => `<p>${sentence()}${sentence()}</p>`).join('');
}

const pathOf = (number) => `/2031/t20310304_${1000 + number}.html`;

function pageOf(host, url, articles) {
  if (url === '/robots.txt') return 'User-agent: *\nAllow: /\n';
  if (url === '/list/index.html') {
    const rows = Array.from(
      { length: articles },
      (_, number) =>
        `<li><a href="${pathOf(number)}">青禾县第${host}镇第${number + 1}所学校建成投用</a><span>2031-03-04</span></li>`,
    );
    return `<html><head><title>工作动态</title></head><body><ul>${rows.join('')}</ul></body></html>`;
  }
  const number = Number(/_(\d+)\.html$/.exec(url)?.[1]) - 1000;
  const title = `青禾县第${host}镇第${number + 1}所学校建成投用`;
  return `<html><head><title>${title}</title></head><body><h1>${title}</h1><p>2031-03-04</p><div class="TRS_Editor">${textOf(host * 1000 + number)}</div></body></html>`;
}

/**
 * @param {number} hosts how many addresses, from 127.0.1.1
 * @param {number} articles how many on each
 * @param {number} tookMs how long an answer takes
 */
export async function manyHosts(hosts, articles, tookMs = 0) {
  /** @type {{ host: string, url: string, at: number }[]} */
  const asked = [];
  const servers = [];
  /** Answers that wait, by address without port. */
  const held = new Map();
  let articlesAsked = 0;
  let most = Number.POSITIVE_INFINITY;
  let port = 0;
  for (let host = 1; host <= hosts; host++) {
    const name = `127.0.1.${host}`;
    const server = createServer((request, response) => {
      const url = request.url ?? '';
      asked.push({ host: name, url, at: performance.now() });
      if (url.startsWith('/2031/')) articlesAsked += 1;
      const answer = () => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.end(pageOf(host, url, articles));
      };
      setTimeout(() => {
        if (articlesAsked > most && url.startsWith('/2031/')) held.set(name + url, answer);
        else answer();
      }, tookMs);
    });
    await new Promise((resolve) => server.listen(port, name, () => resolve(undefined)));
    // All on the same port, so that one address tells the others.
    port = server.address().port;
    servers.push(server);
  }
  return {
    asked,
    held: () => [...held.keys()],
    hold: (count) => {
      most = count;
    },
    release: () => {
      most = Number.POSITIVE_INFINITY;
      for (const answer of held.values()) answer();
      held.clear();
    },
    starts: Array.from({ length: hosts }, (_, index) => `http://127.0.1.${index + 1}:${port}/list/index.html`),
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(() => resolve(undefined)));
      }
    },
  };
}
