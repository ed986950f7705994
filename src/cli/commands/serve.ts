// xianjian serve: the pages on a corpus, for a browser on this machine or, where asked, for others.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ServerType } from '@hono/node-server';
import { loadCodebook } from '../../../extractors/index.js';
import { UsageError, XianjianError } from '../../model/errors.js';
import { webApp } from '../../web/app.js';
import { CorpusKeeper } from '../../web/corpus-keeper.js';
import { webServer } from '../../web/server.js';
import { type Command, codebookOption, databaseOption, portOf } from '../command.js';

const loopback = ['127.0.0.1', 'localhost', '::1'];

export const serveCommand: Command = {
  name: 'serve',
  summary: {
    en: 'Serve the pages on a corpus: overview, comparison, search, counties, data and status.',
    zh: '用浏览器查看语料库：概览、对比、检索、县区、数据和状态。',
  },
  options: [
    databaseOption,
    codebookOption,
    {
      flags: '--port <port>',
      about: { en: 'the port; 0 takes any that is free', zh: '端口；0 表示任取一个空闲的' },
      default: 4170,
    },
    {
      flags: '--host <host>',
      about: {
        en: 'the address to listen on; others than loopback demand a token for writing',
        zh: '监听的地址；不是本机地址时，写入要口令',
      },
      default: '127.0.0.1',
    },
    {
      flags: '--token <token>',
      about: {
        en: 'the token for writing; without it one is made where --host needs one',
        zh: '写入口令；--host 需要而没写时自动生成',
      },
    },
  ],
  examples: ['xianjian serve', 'xianjian serve --db demo.sqlite --port 8080', 'xianjian serve --host 0.0.0.0'],
  async run({ options, signal }, out) {
    const port = portOf(options.port);
    const host = String(options.host);
    const codebook = loadCodebook(String(options.codebook));
    const isOpen = !loopback.includes(host);
    const token =
      options.token === undefined
        ? isOpen
          ? randomBytes(12).toString('base64url')
          : undefined
        : String(options.token);
    const keeper = new CorpusKeeper(String(options.db));
    const app = webApp({
      corpus: keeper.corpus,
      write: keeper.write,
      codebook,
      token,
      host: isOpen ? host : undefined,
      log: (text) => out.say(text),
    });
    const server = webServer(app);
    try {
      const address = await listen(server, port, host);
      const url = `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${address.port}/`;
      out.data(`${url}\n`);
      await keeper.corpus().catch((error: unknown) => {
        if (!(error instanceof XianjianError)) throw error;
        const { message, cure } = error.said;
        const hint = {
          en: 'The pages say so too, and notice when it is there.',
          zh: '网页上也有同样的提示；语料库一到位，刷新即可。',
        };
        out.say([message, cure, hint].map((each) => each[out.language]).join('\n'));
      });
      if (token)
        out.say(
          {
            en: `Writing needs the token; open ${url}?token=${token} once.`,
            zh: `写入要口令：请打开一次 ${url}?token=${token}`,
          }[out.language],
        );
      out.say({ en: 'Ctrl-C ends it.', zh: '按 Ctrl-C 结束。' }[out.language]);
      if (!signal.aborted) await once(signal, 'abort');
      return 0;
    } finally {
      await stop(server);
      await keeper.close();
    }
  },
};

async function listen(server: ServerType, port: number, host: string): Promise<AddressInfo> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw meaning(error as NodeJS.ErrnoException, port, host);
  }
  return server.address() as AddressInfo;
}

function meaning(error: NodeJS.ErrnoException, port: number, host: string): unknown {
  const options = { cause: error };
  if (error.code === 'EADDRINUSE')
    return new XianjianError(
      'E_PORT_TAKEN',
      {
        en: `port ${port} on ${host} is taken by another program, perhaps by another xianjian serve`,
        zh: `${host} 的端口 ${port} 已被另一个程序占用，也许是另一个 xianjian serve`,
      },
      {
        en: `End that program, or name another port: --port ${port + 1}, or --port 0 for any that is free.`,
        zh: `请结束那个程序，或换一个端口：--port ${port + 1}，或用 --port 0 任取空闲的。`,
      },
      options,
    );
  if (error.code === 'EACCES')
    return new XianjianError(
      'E_PORT',
      { en: `port ${port} may not be used: ${error.message}`, zh: `端口 ${port} 无权使用：${error.message}` },
      { en: 'Name a port from 1024 on.', zh: '请写 1024 以上的端口。' },
      options,
    );
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new UsageError(
      'E_HOST',
      { en: `this machine has no address ${host}`, zh: `本机没有地址 ${host}` },
      {
        en: 'Write 127.0.0.1, or 0.0.0.0 for all of its addresses.',
        zh: '请写 127.0.0.1，或用 0.0.0.0 表示本机全部地址。',
      },
      options,
    );
  return error;
}

/** Ends it without waiting for browsers that keep their connection. */
async function stop(server: ServerType): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  if ('closeAllConnections' in server) server.closeAllConnections();
  await closed;
}
