// The server around the pages: how long and how much it listens to somebody who says little, or too much.
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import type { Hono } from 'hono';
import type { WebEnv } from './context.js';

export interface ServerLimits {
  /** Milliseconds until the head of a request, and the whole of it, must be there. */
  headersTimeout: number;
  requestTimeout: number;
  /** Between looks at both. */
  connectionsCheckingInterval: number;
  /** Bytes of a head: longer addresses are answered with 431. */
  maxHeaderSize: number;
  /**
   * Between two requests on one connection. Long: where many ask, a turn takes seconds, and Node looks at the clock before it looks at
   * what has come, so that a reader who had asked in time was cut off.
   */
  keepAliveTimeout: number;
}

const usualLimits: ServerLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2000,
  maxHeaderSize: 32 * 1024,
  keepAliveTimeout: 75_000,
};
/** Connections at once; a browser opens six. */
const mostConnections = 2000;

/** A server that does not listen yet. */
export function webServer(app: Hono<WebEnv>, limits: ServerLimits = usualLimits): ServerType {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: { ...limits } });
  if ('maxConnections' in server) server.maxConnections = mostConnections;
  return server;
}
