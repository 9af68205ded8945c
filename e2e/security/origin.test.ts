import { expect, test } from 'vitest';
import { cases, rawRequest, sendRaw, startHost } from './web-host.ts';

test('every route refuses a foreign origin, even with a session', async () => {
  const { web, session } = await startHost();
  const origins = [
    'null',
    'https://evil.example',
    'http://evil.example',
    `http://localhost:${web.port + 1}`,
    `http://127.0.0.1:${web.port + 1}`,
    `https://127.0.0.1:${web.port}`,
    `http://localhost:${web.port}`,
    `http://127.0.0.1:${web.port}.evil.example`,
    `http://127.0.0.1:${web.port}/`,
    'file://',
    'chrome-extension://abcdefghijklmnop',
    '',
  ];
  for (const sample of cases) {
    for (const origin of origins) {
      const lines = [`host: 127.0.0.1:${web.port}`, `origin: ${origin}`, `authorization: Bearer ${session}`];
      const answer = await sendRaw(web.port, rawRequest(sample, lines), 100);
      expect(answer.status, `${sample.name} with Origin: ${origin}`).toBe(403);
      expect(answer.head).not.toContain('access-control');
    }
  }
});

test('every route but the page refuses requests that another site, or a form, made the browser send', async () => {
  const { web, session } = await startHost();
  for (const sample of cases) {
    for (const site of ['cross-site', 'same-site', 'none', 'unheard-of']) {
      for (const [mode, dest] of [
        ['navigate', 'document'],
        ['no-cors', 'script'],
        ['cors', 'empty'],
        ['navigate', 'iframe'],
      ]) {
        const lines = [
          `host: 127.0.0.1:${web.port}`,
          `sec-fetch-site: ${site}`,
          `sec-fetch-mode: ${mode ?? ''}`,
          `sec-fetch-dest: ${dest ?? ''}`,
          `authorization: Bearer ${session}`,
        ];
        const opens = sample.route.auth === 'page' && (site === 'none' || dest === 'document');
        const answer = await sendRaw(web.port, rawRequest(sample, lines), 100);
        expect(answer.status, `${sample.name} ${lines.slice(1, 4).join(', ')}`).toBe(opens ? 200 : 403);
      }
    }
  }
});

test('no form can be a call: bodies that need no preflight are refused', async () => {
  const { web, session, client } = await startHost();
  for (const type of [
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data; boundary=x',
    '',
  ]) {
    const response = await fetch(`${web.origin}/api/workspaces.close`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session}`, 'content-type': type },
      body: '{}',
    });
    expect(response.status, type).toBe(400);
  }
  await expect(client.workspaces.info({})).resolves.toBeDefined();
});

test('a preflight is never answered with permission', async () => {
  const { web } = await startHost();
  for (const sample of cases) {
    const answer = await sendRaw(
      web.port,
      [
        `OPTIONS ${sample.path} HTTP/1.1`,
        `host: 127.0.0.1:${web.port}`,
        'origin: https://evil.example',
        'access-control-request-method: POST',
        'access-control-request-headers: authorization',
        'access-control-request-private-network: true',
        'connection: close',
        '\r\n',
      ].join('\r\n'),
    );
    expect(answer.status, sample.name).toBe(404);
    expect(answer.head).not.toContain('access-control');
  }
});
