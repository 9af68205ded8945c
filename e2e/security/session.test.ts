import { expect, test } from 'vitest';
import { routes } from '../../main/hosts/web/routes.ts';
import { createWebHost } from '../../main/hosts/web/server.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { cases, rawRequest, sendRaw, signIn, startHost } from './web-host.ts';

function launchToken(address: string): string {
  return new URL(address).hash.slice('#token='.length);
}

function begin(origin: string, token: unknown): Promise<Response> {
  return fetch(`${origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
}

function openTo(auth: string): readonly string[] {
  return routes.filter((route) => route.auth === auth).map(({ method, path }) => `${method} ${path}`);
}

test('every route says who may use it, and only files of the page are open', () => {
  expect(openTo('page')).toEqual(['GET /*']);
  expect(openTo('launch')).toEqual(['POST /session']);
  expect(openTo('session')).toHaveLength(routes.length - 2);
});

test('without a session every route that needs one answers 401 and does nothing', async () => {
  const { web, session, client } = await startHost();
  const launch = launchToken(web.address());
  const wrong = [
    [],
    ['authorization:'],
    ['authorization: Bearer'],
    [`authorization: Basic ${Buffer.from(`a:${session}`).toString('base64')}`],
    [`authorization: bearer ${session}`],
    [`authorization: Bearer ${session}x`],
    [`authorization: Bearer ${session.slice(0, -1)}`],
    [`authorization: Bearer ${session.slice(0, -1)}${session.endsWith('A') ? 'E' : 'A'}`],
    [`authorization: Bearer ${launch}`],
    [`authorization: Bearer ${'A'.repeat(43)}`],
    [`cookie: session=${session}`],
    [`x-session: ${session}`],
  ];
  for (const sample of cases.filter(({ route }) => route.auth === 'session')) {
    for (const lines of wrong) {
      const sent = rawRequest(sample, [`host: 127.0.0.1:${web.port}`, ...lines]);
      expect((await sendRaw(web.port, sent)).status, `${sample.name} ${lines.join()}`).toBe(401);
    }
    const join = sample.path.includes('?') ? '&' : '?';
    const asked = rawRequest(
      sample,
      [`host: 127.0.0.1:${web.port}`],
      `${sample.path}${join}token=${session}&authorization=Bearer%20${session}`,
    );
    expect((await sendRaw(web.port, asked)).status, `${sample.name} with the session in the query`).toBe(401);
  }
  const closing = await fetch(`${web.origin}/api/workspaces.close`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(closing.status).toBe(401);
  await expect(client.workspaces.info({})).resolves.toBeDefined();
});

test('a launch token is used once', async () => {
  const { web } = await startHost();
  const token = launchToken(web.address());
  expect(Buffer.from(token, 'base64url').byteLength).toBe(32);
  expect((await begin(web.origin, token)).status).toBe(200);
  const again = await begin(web.origin, token);
  expect(again.status).toBe(401);
  expect(await again.json()).toMatchObject({ error: { code: 'launch-token-spent' } });
});

test('a launch token ends after a minute, and a new one works', async () => {
  let ticks = 0;
  const { web } = await startHost({ clock: { ...systemClock, ticks: () => ticks } });
  const late = launchToken(web.address());
  const inTime = launchToken(web.address());
  ticks = 59_999;
  expect((await begin(web.origin, inTime)).status).toBe(200);
  ticks = 60_001;
  expect((await begin(web.origin, late)).status).toBe(401);
  expect((await begin(web.origin, launchToken(web.address()))).status).toBe(200);
});

test('what is not a token is refused', async () => {
  const { web } = await startHost();
  const wrong = ['', 'x', 'A'.repeat(43), null, 1, {}, [], 'A'.repeat(101)];
  for (const token of wrong) {
    expect([400, 401], JSON.stringify(token)).toContain((await begin(web.origin, token)).status);
  }
});

test('sessions of one server are nothing to another: a restart ends them', async () => {
  const { app, web, session, folder } = await startHost();
  const other = await createWebHost({ app, pageFolder: folder, actor: 'tester' });
  const ask = (origin: string): Promise<Response> =>
    fetch(`${origin}/health`, { headers: { authorization: `Bearer ${session}` } });
  expect((await ask(web.origin)).status).toBe(200);
  expect((await ask(other.origin)).status).toBe(401);
  expect(await signIn(other)).not.toBe(session);
  await other.close();
});

test('what is not in the router is refused, with a session too', async () => {
  const { web, session } = await startHost();
  const unlisted = [
    ['GET', '/session'],
    ['GET', '/api/workspaces.info'],
    ['PUT', '/api/workspaces.info'],
    ['DELETE', '/api/workspaces.info'],
    ['PATCH', '/'],
    ['HEAD', '/'],
    ['TRACE', '/'],
    ['POST', '/'],
    ['POST', '/health'],
    ['POST', '/events'],
    ['GET', '/api-upload?name=a'],
    ['POST', '/session/'],
    ['POST', '/API/workspaces.info'],
    ['GET', '/admin'],
    ['GET', '/metrics'],
    ['GET', '/.env'],
    ['GET', '/workspace.sqlite'],
    ['POST', '/api/'],
    ['POST', '/api/workspaces'],
    ['POST', '/api/workspaces.constructor'],
    ['POST', '/api/__proto__.toString'],
    ['POST', '/api/constructor.name'],
    ['POST', '/api/workspaces.info.x'],
    ['POST', '/api/workspaces/info'],
  ] as const;
  for (const [method, path] of unlisted) {
    const answer = await sendRaw(
      web.port,
      [
        `${method} ${path} HTTP/1.1`,
        `host: 127.0.0.1:${web.port}`,
        `authorization: Bearer ${session}`,
        'content-type: application/json',
        'connection: close',
        'content-length: 2\r\n\r\n{}',
      ].join('\r\n'),
    );
    expect(answer.status, `${method} ${path}`).toBe(404);
  }
});

test('every answer, refusals included, carries the page policy and neither permission nor cookie', async () => {
  const { web, session } = await startHost();
  for (const sample of cases) {
    for (const lines of [[`authorization: Bearer ${session}`], [], ['origin: https://evil.example']]) {
      const { head } = await sendRaw(
        web.port,
        rawRequest(sample, [`host: 127.0.0.1:${web.port}`, ...lines]),
        100,
      );
      expect(head, sample.name).toContain("content-security-policy: default-src 'none'; script-src 'self';");
      expect(head).toContain('x-content-type-options: nosniff');
      expect(head).toContain('referrer-policy: no-referrer');
      expect(head).toContain('cross-origin-resource-policy: same-origin');
      expect(head).toContain('cross-origin-opener-policy: same-origin');
      expect(head).not.toMatch(/access-control|set-cookie|x-powered-by/);
    }
  }
});
