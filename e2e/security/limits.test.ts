import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { JSON_LIMIT } from '../../main/hosts/web/body.ts';
import { sendRaw, startHost, type HostUnderTest } from './web-host.ts';

function call(host: HostUnderTest, lines: readonly string[], body: string, quietMs = 1000) {
  const head = [
    'POST /api/workspaces.info HTTP/1.1',
    `host: 127.0.0.1:${host.web.port}`,
    `authorization: Bearer ${host.session}`,
    'content-type: application/json',
    ...lines,
  ];
  return sendRaw(host.web.port, `${head.join('\r\n')}\r\n\r\n${body}`, quietMs);
}

function withLength(body: string): readonly string[] {
  return [`content-length: ${Buffer.byteLength(body)}`];
}

function chunked(parts: readonly string[]): string {
  return `${parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`;
}

test('a body that says it is too large is refused before it arrives', async () => {
  const host = await startHost();
  const started = performance.now();
  const answer = await call(host, ['content-length: 209715200'], '{');
  expect(answer.status).toBe(413);
  expect(answer.head).toContain('connection: close');
  expect(answer.body).toContain('"code":"request-too-large"');
  expect(performance.now() - started).toBeLessThan(1500);
});

test('a body that grows too large without saying so is refused at the limit', async () => {
  const host = await startHost();
  const filler = ' '.repeat(100_000);
  const answer = await call(host, ['transfer-encoding: chunked'], chunked(['{}', ...Array(11).fill(filler)]));
  expect(answer.status).toBe(413);
});

test('the limit itself is allowed, one byte more is not', async () => {
  const host = await startHost();
  const whole = `{}${' '.repeat(JSON_LIMIT - 2)}`;
  expect((await call(host, [...withLength(whole), 'connection: close'], whole)).status).toBe(200);
  expect((await call(host, withLength(`${whole} `), `${whole} `)).status).toBe(413);
});

test('what is not plain JSON is refused with the reason', async () => {
  const host = await startHost();
  const cases: readonly (readonly [string, string])[] = [
    ['', 'not JSON'],
    ['{', 'not JSON'],
    ["{'a': 1}", 'not JSON'],
    ['{"a": NaN}', 'not JSON'],
    ['[]', 'expected'],
    ['"text"', 'expected'],
    [`${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'nested deeper'],
    [`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'nested deeper'],
    ['{"__proto__": {"polluted": true}}', '__proto__'],
    ['{"a": [{"__proto__": 1}]}', '__proto__'],
  ];
  for (const [body, reason] of cases) {
    const answer = await call(host, withLength(body), body, 100);
    expect(answer.status, body.slice(0, 40)).toBe(400);
    expect(answer.body, body.slice(0, 40)).toContain(reason);
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('invalid UTF-8 is refused, not repaired', async () => {
  const host = await startHost();
  const response = await fetch(`${host.web.origin}/api/workspaces.info`, {
    method: 'POST',
    headers: { authorization: `Bearer ${host.session}`, 'content-type': 'application/json' },
    body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  });
  expect(response.status).toBe(400);
});

test('compressed bodies are refused: no bomb is ever opened', async () => {
  const host = await startHost();
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  const response = await fetch(`${host.web.origin}/api/workspaces.info`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${host.session}`,
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    },
    body: bomb,
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('compressed bodies are not accepted');
});

test('headers that are too long are refused', async () => {
  const host = await startHost();
  expect((await call(host, [`x-long: ${'a'.repeat(100_000)}`], '{}')).status).toBe(431);
  const many = Array.from({ length: 10_000 }, (_, i) => `x-${i}: 1`);
  expect((await call(host, many, '{}')).status).toBe(431);
});

test('a request that two servers would read differently is refused', async () => {
  const host = await startHost();
  const smuggled = [
    ['content-length: 2', 'transfer-encoding: chunked'],
    ['content-length: 2', 'content-length: 7'],
    ['transfer-encoding: xchunked'],
    ['transfer-encoding: chunked, identity'],
    ['content-length: +2'],
    ['content-length: 0x2'],
  ];
  for (const lines of smuggled) {
    const answer = await call(host, lines, '{}', 100);
    expect([400, 501], lines.join(' | ')).toContain(answer.status);
  }
});

test('senders that drip are cut off, and others are answered meanwhile', { timeout: 40_000 }, async () => {
  const host = await startHost();
  const head = `POST /api/workspaces.info HTTP/1.1\r\nhost: 127.0.0.1:${host.web.port}\r\n`;
  const rest = `authorization: Bearer ${host.session}\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n`;
  const drips = [drip(host.web.port, head), drip(host.web.port, head + rest)];
  const started = performance.now();
  for (let i = 0; i < 20; i++)
    expect((await call(host, [...withLength('{}'), 'connection: close'], '{}')).status).toBe(200);
  expect(performance.now() - started).toBeLessThan(3000);
  for (const { status, seconds } of await Promise.all(drips)) {
    expect(status).toBe(408);
    expect(seconds).toBeLessThan(15);
  }
});

/** Sends one byte a second after what is given, and tells how and when it ended. */
function drip(port: number, begin: string): Promise<{ status: number; seconds: number }> {
  const started = performance.now();
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(begin));
    const timer = setInterval(() => socket.write('x'), 1000);
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({ status, seconds: (performance.now() - started) / 1000 });
    });
  });
}

test('more connections than anyone needs do not keep the page from its own', async () => {
  const host = await startHost();
  const idle: Socket[] = [];
  for (let i = 0; i < 200; i++) idle.push(connect(host.web.port, '127.0.0.1').on('error', () => undefined));
  const answer = await call(host, [...withLength('{}'), 'connection: close'], '{}');
  for (const socket of idle) socket.destroy();
  expect(answer.status).toBe(200);
});

test('event streams are limited, and one that is closed makes room', async () => {
  const { web, session } = await startHost();
  const open = async (): Promise<{ status: number; end: () => void }> => {
    const end = new AbortController();
    const response = await fetch(`${web.origin}/events`, {
      headers: { authorization: `Bearer ${session}` },
      signal: end.signal,
    });
    return { status: response.status, end: () => end.abort() };
  };
  const streams = [];
  for (let i = 0; i < 32; i++) streams.push(await open());
  expect(streams.map(({ status }) => status)).toEqual(Array(32).fill(200));
  expect((await open()).status).toBe(429);
  streams[0]?.end();
  await expect.poll(async () => (await open()).status).toBe(200);
  for (const { end } of streams) end();
});

test('random bytes are answered with 400 or cut off, and nothing else happens', async () => {
  const host = await startHost();
  for (let i = 0; i < 50; i++) {
    const answer = await sendRaw(host.web.port, `${randomBytes(200).toString('latin1')}\r\n\r\n`, 50);
    expect([0, 400]).toContain(answer.status);
  }
  expect((await call(host, [...withLength('{}'), 'connection: close'], '{}')).status).toBe(200);
});
