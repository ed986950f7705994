// A small server on loopback whose every answer a test decides, also the ones that break the rules of HTTP.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface TestRequest {
  url: string;
  method: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** Milliseconds since 1970. */
  at: number;
}

export interface TestAnswer {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
  /** Takes the answer into its own hands: stalls, cuts, lies. */
  raw?: (response: ServerResponse, socket: Socket) => void;
}

export interface TestServer {
  url: string;
  port: number;
  requests: TestRequest[];
  /** Requests for anything but robots.txt. */
  asked(): string[];
  close(): Promise<void>;
}

/** Serves on a free port of an address, 127.0.0.1 where none is named. `text/html; charset=utf-8` unless headers say otherwise. */
export async function testServer(
  answer: (request: TestRequest, count: number) => TestAnswer | Promise<TestAnswer>,
  address = '127.0.0.1',
): Promise<TestServer> {
  const requests: TestRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request: TestRequest = {
      url: incoming.url!,
      method: incoming.method!,
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      at: Date.now(),
    };
    requests.push(request);
    const given = await answer(request, requests.length);
    if (given.raw) return given.raw(response, incoming.socket);
    response.writeHead(given.status ?? 200, { 'content-type': 'text/html; charset=utf-8', ...given.headers });
    response.end(given.body ?? '');
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(0, address, done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${address}:${port}`,
    port,
    requests,
    asked: () => requests.map((each) => each.url).filter((url) => url !== '/robots.txt'),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
