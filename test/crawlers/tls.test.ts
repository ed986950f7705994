// TLS that is old, wrong or absent: the ladder of profiles, certificates as a switch of their own, both recorded with the page.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Agents, type TlsChoice, tlsLadder } from '../../crawlers/agents.js';
import { Cookies } from '../../crawlers/cookies.js';
import { failureOf } from '../../crawlers/failure.js';
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

/** A certificate for the key in the folder that was valid in January 2020. */
function expired(folder: string): Buffer {
  const file = (name: string) => join(folder, name);
  const config = `[ca]\ndefault_ca=own\n[own]\ndatabase=${file('index')}\nserial=${file('serial')}\nnew_certs_dir=${folder}\ndefault_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n`;
  for (const [name, text] of [
    ['ca.cnf', config],
    ['index', ''],
    ['serial', '01'],
  ] as const)
    writeFileSync(file(name), text);
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'ignore' });
  openssl('req', '-new', '-key', file('key.pem'), '-subj', '/CN=127.0.0.1', '-out', file('old.csr'));
  const dates = ['-startdate', '20200101000000Z', '-enddate', '20200201000000Z'];
  const files = ['-keyfile', file('key.pem'), '-in', file('old.csr'), '-out', file('old.pem')];
  openssl('ca', '-selfsign', '-batch', '-notext', '-config', file('ca.cnf'), ...dates, ...files);
  return readFileSync(file('old.pem'));
}

/** The named groups that a ClientHello offers (RFC 8446 4.2.7). */
function groupsOf(hello: Buffer): number[] {
  let at = 9 + 2 + 32;
  at += 1 + hello[at]!;
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello[at]!;
  at += 2;
  while (at + 4 <= hello.length) {
    const [type, length] = [hello.readUInt16BE(at), hello.readUInt16BE(at + 2)];
    if (type === 0x000a)
      return Array.from({ length: hello.readUInt16BE(at + 4) / 2 }, (_, k) => hello.readUInt16BE(at + 6 + 2 * k));
    at += 4 + length;
  }
  return [];
}

/** Stands before a TLS server and lets through whom `portFor` gives a port for; the others get the alert handshake_failure. */
function createFront(portFor: (hello: Buffer) => number | null) {
  return createSocketServer((client) => {
    client.on('error', () => {});
    client.once('data', (hello) => {
      const port = portFor(hello);
      if (port === null) return client.end(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]));
      const server = connect(port, '127.0.0.1', () => server.write(hello));
      server.on('error', () => {});
      client.pipe(server).pipe(client);
    });
  });
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

  it.each([
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED', 'handshake'],
    ['ERR_SSL_BAD_ECPOINT', 'handshake'],
    ['ERR_SSL_DH_KEY_TOO_SMALL', 'handshake'],
    ['EPROTO', 'handshake'],
  ])('%s is a matter of the %s', (code, part) => {
    const error = Object.assign(new Error('fetch failed'), { cause: Object.assign(new Error(code), { code }) });
    expect(failureOf(error, false)).toMatchObject({ outcome: 'tls', tls: part });
  });

  it('ends where the port speaks no TLS, with http where the source allows old ways', async () => {
    const server = await testServer(() => ({ body: 'x' }));
    closing.push(() => server.close());
    const address = server.url.replace('http:', 'https:');
    const { page } = await get(address, {});
    expect(page).toMatchObject({ outcome: 'tls', status: 0 });
    expect(page.reason).toMatch(/^handshake: /);
    const plain = await get(address, { legacy: true });
    expect(plain).toMatchObject({ tlsProfile: 'plain' });
    expect(plain.page).toMatchObject({ outcome: 'ok', finalUrl: server.url, settings: { tls: 'plain' } });
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

  it('a server that takes no client that offers other curves is reached by offering P-256 alone, which is recorded', async () => {
    const inner = Number(new URL(await serve({})).port);
    const front = createFront((hello) => (groupsOf(hello).some((group) => group !== 0x0017) ? null : inner));
    await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
    closing.push(() => new Promise((done) => front.close(done)));
    const url = `https://127.0.0.1:${(front.address() as AddressInfo).port}/`;
    const { page, tlsProfile } = await get(url, { anyCertificate: true });
    expect(page).toMatchObject({ outcome: 'ok', settings: { tls: 'p256' } });
    expect(tlsProfile).toBe('p256');
  });

  it('a certificate that has expired is refused by that name, unless the source says otherwise', async () => {
    const url = await serve({ cert: expired(folder) });
    const { page } = await get(url, { legacy: true });
    expect(page).toMatchObject({ outcome: 'tls', status: 0 });
    expect(page.reason).toMatch(/^certificate: .*expired/);
    expect((await get(url, { anyCertificate: true })).page).toMatchObject({
      outcome: 'ok',
      settings: { certificate: 'unchecked' },
    });
  });
});
