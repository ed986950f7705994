// Serves the example site that ships with the package: five small county sites, each on a loopback host of its own.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { packageRoot } from '../model/package-root.js';

/** One example site while it is served. */
export interface DemoSite {
  /** Folder under src/demo/site. */
  name: string;
  /** GB/T 2260 code of the county that the site speaks for. */
  place: string;
  /** Address of its list page. */
  url: string;
}

interface Answer {
  status: number;
  type: string;
  body: Buffer;
}

/** Where each site begins, and the charset that its headers declare; null where the page alone says it. */
const sites: { name: string; place: string; start: string; charset: string | null }[] = [
  { name: 'rushan', place: '371083', start: '/jyjh/index.html', charset: 'utf-8' },
  { name: 'qufu', place: '370881', start: '/col/col21/index.html', charset: 'utf-8' },
  { name: 'kaizhou', place: '500154', start: '/index.html', charset: 'utf-8' },
  { name: 'zichuan', place: '370302', start: '/gongkai/site_qjyhtyj/channel_gzjz/index.html', charset: 'utf-8' },
  { name: 'yanggu', place: '371521', start: '/index.html', charset: null },
];

const contentTypes: Record<string, string> = {
  '.html': 'text/html',
  '.txt': 'text/plain',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.pdf': 'application/pdf',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

const folder = join(packageRoot, 'src', 'demo', 'site');
const listService = '/module/web/jpage/dataproxy.jsp';
const notFound: Answer = {
  status: 404,
  type: 'text/html; charset=utf-8',
  body: Buffer.from('<h1>404 页面不存在</h1>'),
};

/** The JCMS list service: records startrecord to endrecord, counted from 1, both included. */
async function listRecords(site: string, query: URLSearchParams): Promise<Answer> {
  const stored = await readFile(join(folder, site, `${listService}.xml`), 'utf8');
  const records = stored.match(/<record>[\s\S]*?<\/record>/g) ?? [];
  const from = Math.max(1, Number(query.get('startrecord')) || 1);
  const to = Number(query.get('endrecord')) || records.length;
  const body = `<datastore><totalrecord>${records.length}</totalrecord><recordset>${records.slice(from - 1, to).join('')}</recordset></datastore>`;
  return { status: 200, type: 'application/xml; charset=utf-8', body: Buffer.from(body) };
}

/** A file of the site, or a 404; a path that leaves the site's folder is no file of it. */
async function fileAnswer(site: string, path: string, charset: string | null): Promise<Answer> {
  const home = join(folder, site) + sep;
  const file = join(home, path);
  const type = contentTypes[extname(file)];
  if (!file.startsWith(home) || path.includes('\0') || type === undefined) return notFound;
  try {
    const body = await readFile(file);
    return { status: 200, type: type.startsWith('text/') && charset ? `${type}; charset=${charset}` : type, body };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return notFound;
    throw error;
  }
}

async function answerFor(site: (typeof sites)[number], target: string): Promise<Answer> {
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return notFound;
  }
  if (site.name === 'qufu' && decoded === listService) return listRecords(site.name, new URLSearchParams(query));
  return fileAnswer(site.name, decoded === '/' ? site.start : decoded, site.charset);
}

async function respond(site: (typeof sites)[number], request: IncomingMessage, response: ServerResponse) {
  const answer = await answerFor(site, request.url ?? '/');
  const etag = `"${createHash('sha256').update(answer.body).digest('hex').slice(0, 16)}"`;
  if (answer.status === 200 && request.headers['if-none-match'] === etag) {
    response.writeHead(304, { ETag: etag }).end();
    return;
  }
  const headers = { 'Content-Type': answer.type, 'Content-Length': answer.body.length };
  response.writeHead(answer.status, answer.status === 200 ? { ...headers, ETag: etag } : headers);
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

/** Starts one server on 127.0.0.1 and gives its port. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * Serves the five example sites on 127.0.0.1, one port each, so that a crawler meets five hosts. With `port` they take that port
 * and the four after it; without, ports that the system has free. Rejects with the system's error (EADDRINUSE …) when a port
 * cannot be had, and then leaves none open. `close` ends all five and every connection.
 */
export async function serveDemo(options: { port?: number } = {}): Promise<{
  sites: DemoSite[];
  close(): Promise<void>;
}> {
  const servers: Server[] = [];
  const closeAll = async () => {
    await Promise.all(servers.map(close));
  };
  const served: DemoSite[] = [];
  try {
    for (const [index, site] of sites.entries()) {
      const server = createServer((request, response) => {
        respond(site, request, response).catch((error: unknown) => {
          response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
          response.end(`xianjian demo: ${site.name}${request.url}: ${String(error)}`);
        });
      });
      const port = await listen(server, options.port ? options.port + index : 0);
      servers.push(server);
      served.push({ name: site.name, place: site.place, url: `http://127.0.0.1:${port}${site.start}` });
    }
  } catch (error) {
    await closeAll();
    throw error;
  }
  return { sites: served, close: closeAll };
}
