import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createSocketServer, type Server as SocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { createHttpClient, type HttpClient, type HttpOptions } from './http-client.ts';

function client(options: Partial<HttpOptions> = {}): HttpClient {
  const made = createHttpClient({
    connectTimeout: 20_000,
    idleTimeout: 1000,
    retry: { tries: 3, firstWait: 1, longestWait: 100, clock: systemClock },
    env: {},
    ...options,
  });
  onTestFinished(() => made.close());
  return made;
}

async function listen(server: Server | SocketServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const get = (http: HttpClient, url: string) => http.send({ method: 'GET', url: new URL(url) });

test('what answers and is no HTTP is told as such', async () => {
  const port = await listen(createSocketServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
  await expect(get(client(), `http://127.0.0.1:${port}/`)).rejects.toMatchObject({
    code: 'remote-answer-invalid',
    details: { host: `127.0.0.1:${port}` },
  });
});

test('a server that hangs up without an answer is tried thrice', async () => {
  let connections = 0;
  const port = await listen(
    createSocketServer((socket) => {
      connections++;
      socket.on('error', () => undefined);
      socket.once('data', () => socket.destroy());
    }),
  );
  await expect(get(client(), `http://127.0.0.1:${port}/`)).rejects.toMatchObject({
    code: 'remote-broken-off',
    message: `the connection to 127.0.0.1:${port} broke off (ECONNRESET), tried 3 times; do it again: what arrived is not sent twice`,
  });
  expect(connections).toBe(3);
});

test('one byte a moment is life; silence is not', async () => {
  const port = await listen(
    createServer((request, response) => {
      response.writeHead(200);
      let sent = 0;
      const timer = setInterval(() => {
        response.write('x');
        if (++sent < 5) return;
        clearInterval(timer);
        if (request.url === '/ends') response.end();
      }, 100);
    }),
  );
  const alive = await get(client(), `http://127.0.0.1:${port}/ends`);
  expect(Buffer.from(await alive.bytes(100)).toString()).toBe('xxxxx');
  const dead = await get(client(), `http://127.0.0.1:${port}/stalls`);
  await expect(dead.bytes(100)).rejects.toMatchObject({ code: 'remote-timeout', details: { seconds: 1 } });
});

test('whoever takes the bytes slowly is not taken for a silent server', async () => {
  const port = await listen(createServer((_request, response) => response.end(Buffer.alloc(400_000))));
  const response = await get(client(), `http://127.0.0.1:${port}/`);
  let size = 0;
  let slow = 1;
  for await (const chunk of response.chunks()) {
    size += chunk.byteLength;
    if (slow-- > 0) await new Promise((resolve) => setTimeout(resolve, 1300));
  }
  expect(size).toBe(400_000);
});

test('a body beyond its limit is refused while it arrives', async () => {
  const port = await listen(
    createServer((_request, response) => {
      response.on('error', () => undefined);
      const timer = setInterval(() => response.write(Buffer.alloc(10_000)), 1);
      response.on('close', () => clearInterval(timer));
    }),
  );
  const response = await get(client(), `http://127.0.0.1:${port}/`);
  await expect(response.bytes(50_000)).rejects.toMatchObject({
    code: 'remote-answer-too-large',
    details: { limit: 50_000 },
  });
});

test('an answer that comes before the body is sent is taken, and the body left unsent', async () => {
  const port = await listen(
    createServer((_request, response) => response.writeHead(413, { connection: 'close' }).end('too much')),
  );
  let pulled = 0;
  const response = await client().send({
    method: 'PUT',
    url: new URL(`http://127.0.0.1:${port}/`),
    retry: false,
    body: {
      size: 500_000_000,
      async *open() {
        for (let sent = 0; sent < 500; sent++) {
          pulled++;
          yield await Promise.resolve(Buffer.alloc(1_000_000));
        }
      },
    },
  });
  expect(response.status).toBe(413);
  expect(pulled).toBeLessThan(100);
});

test('a file that cannot be read any more is the failure, not the network', async () => {
  const port = await listen(
    createServer((request, response) => request.on('end', () => response.end()).resume()),
  );
  const sending = client().send({
    method: 'PUT',
    url: new URL(`http://127.0.0.1:${port}/`),
    body: {
      size: 10,
      async *open() {
        yield await Promise.resolve(Buffer.from('x'));
        throw new Error('the disk is gone');
      },
    },
  });
  await expect(sending).rejects.toThrow('the disk is gone');
});

test('a proxy of the environment is used, but not for this machine', async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('by proxy');
  });
  const proxyPort = await listen(proxy);
  const direct = await listen(createServer((_request, response) => response.end('direct')));
  const http = client({ env: { http_proxy: `http://127.0.0.1:${proxyPort}` } });
  const text = async (url: string) => Buffer.from(await (await get(http, url)).bytes(100)).toString();
  expect(await text('http://registry.example/v2/')).toBe('by proxy');
  expect(await text(`http://127.0.0.1:${direct}/`)).toBe('direct');
  expect(asked).toEqual(['http://registry.example/v2/']);
});

const openssl = (() => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    console.warn('SKIPPED: no openssl here; refusals of bad certificates are not tried');
    return false;
  }
})();

test.skipIf(!openssl)(
  'a certificate that nobody trusts, and plain http behind https, are refused',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-tls-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost', '-keyout', key, '-out', certificate], { stdio: 'ignore' }); // prettier-ignore
    let served = 0;
    const secure = createSecureServer(
      { key: readFileSync(key), cert: readFileSync(certificate) },
      (_request, response) => {
        served++;
        response.end();
      },
    );
    const port = await listen(secure);
    await expect(get(client(), `https://localhost:${port}/`)).rejects.toMatchObject({
      code: 'remote-tls',
      message: expect.stringContaining(`no trusted connection to localhost:${port}: self-signed certificate`),
    });
    expect(served).toBe(0);
    const plain = await listen(createServer((_request, response) => response.end()));
    await expect(get(client(), `https://127.0.0.1:${plain}/`)).rejects.toMatchObject({
      code: 'remote-tls',
      details: { reason: 'it does not speak https on this port' },
    });
    // And https behind plain http.
    await expect(get(client(), `http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: expect.stringMatching(/^remote-(broken-off|answer-invalid)$/),
    });
  },
);

test('a port that takes connections and never a byte is refused after the time set', async () => {
  const port = await listen(createSocketServer(() => undefined));
  const started = performance.now();
  await expect(get(client(), `http://127.0.0.1:${port}/`)).rejects.toMatchObject({
    code: 'remote-timeout',
    message: `127.0.0.1:${port} gave no sign of life for 1 s while waiting for an answer; nothing was changed here, do it again later`,
  });
  expect(performance.now() - started).toBeLessThan(4000);
});
