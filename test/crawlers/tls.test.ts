// TLS that is old, wrong or absent: the ladder of profiles, certificates as a switch of their own, both recorded with the page.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Agents, type TlsChoice, tlsLadder } from '../../crawlers/agents.js';
import { Cookies } from '../../crawlers/cookies.js';
import { type Fetched, fetchPage, usualLimits } from '../../crawlers/fetch.js';
import { testServer } from '../helpers/server.js';

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function get(url: string, tls: Partial<TlsChoice>, knownTls: string | null = null): Promise<Fetched> {
  const guard = { allowPrivate: true };
  const agents = new Agents(guard, usualLimits);
  closing.push(() => agents.close());
  const choice = { legacy: false, anyCertificate: false, ...tls };
  return fetchPage(
    { url, kind: 'article', source: 's', depth: 0 },
    { agents, guard, limits: usualLimits, tls: choice, knownTls, cookies: new Cookies() },
  );
}

describe('the ladder', () => {
  it('goes from strict to legacy, and begins with what is known to work', () => {
    expect(tlsLadder({ legacy: false, anyCertificate: false }, null)).toEqual(['strict', 'p256']);
    expect(tlsLadder({ legacy: true, anyCertificate: false }, null)).toEqual([
      'strict',
      'p256',
      'legacy-renegotiation',
      'legacy-tls1',
    ]);
    expect(tlsLadder({ legacy: true, anyCertificate: false }, 'legacy-renegotiation')).toEqual([
      'legacy-renegotiation',
      'legacy-tls1',
    ]);
    expect(tlsLadder({ legacy: false, anyCertificate: false }, 'legacy-tls1')).toEqual(['strict', 'p256']);
  });

  it('ends where the port speaks no TLS', async () => {
    const server = await testServer(() => ({ body: 'x' }));
    closing.push(() => server.close());
    const { page } = await get(server.url.replace('http:', 'https:'), { legacy: true });
    expect(page).toMatchObject({ outcome: 'tls', status: 0 });
    expect(page.reason).toMatch(/^handshake: /);
  });
});

describe.skipIf(!hasOpenssl())('certificates and old protocols (needs openssl to make a certificate)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-tls-'));
  let key: Buffer;
  let cert: Buffer;
  beforeAll(() => {
    const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=127.0.0.1', '-days', '2', '-nodes', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...files, ...subject], { stdio: 'ignore' });
    key = readFileSync(join(folder, 'key.pem'));
    cert = readFileSync(join(folder, 'cert.pem'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function serve(options: object): Promise<string> {
    const server: Server = createServer({ key, cert, ...options }, (_request, response) => response.end('青禾县'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    closing.push(() => closeServer(server));
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  it('a self-signed certificate is refused, unless the source says otherwise, which is recorded', async () => {
    const url = await serve({});
    const refused = await get(url, { legacy: true });
    expect(refused.page).toMatchObject({ outcome: 'tls', status: 0 });
    expect(refused.page.reason).toMatch(/^certificate: /);
    const taken = await get(url, { anyCertificate: true });
    expect(taken.page).toMatchObject({ outcome: 'ok', settings: { certificate: 'unchecked' } });
  });

  it('a server that speaks TLS 1.0 alone needs the legacy choice, which is recorded', async () => {
    const url = await serve({ minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' });
    expect((await get(url, { anyCertificate: true })).page.outcome).toBe('tls');
    const taken = await get(url, { anyCertificate: true, legacy: true });
    expect(taken.page).toMatchObject({ outcome: 'ok', settings: { tls: 'legacy-tls1' } });
    expect(taken.tlsProfile).toBe('legacy-tls1');
  });

  it('a server with the curve P-256 alone is reached', async () => {
    const url = await serve({ ecdhCurve: 'prime256v1' });
    expect((await get(url, { anyCertificate: true })).page.outcome).toBe('ok');
  });
});
