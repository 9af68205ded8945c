import { describe, expect, test } from 'vitest';
import { cases, rawRequest, sendRaw, startHost } from './web-host.ts';

/** Forty ways to name something that is not exactly this server. */
function foreignHosts(port: number): readonly string[] {
  return [
    'evil.example',
    `evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    `localhost.evil.example:${port}`,
    `10.evil.example:${port}`,
    `a.localhost:${port}`,
    `localhost.:${port}`,
    `127.0.0.1.:${port}`,
    'localhost',
    '127.0.0.1',
    '[::1]',
    `localhost:${port + 1}`,
    `127.0.0.1:${port + 1}`,
    'localhost:80',
    'localhost:',
    `127.0.0.1:0${port}`,
    `127.0.0.1:+${port}`,
    `2130706433:${port}`,
    `0x7f000001:${port}`,
    `0x7f.0.0.1:${port}`,
    `017700000001:${port}`,
    `0177.0.0.1:${port}`,
    `127.1:${port}`,
    `127.0.1:${port}`,
    `127.0.0.2:${port}`,
    `0.0.0.0:${port}`,
    `0:${port}`,
    `[::]:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `[0:0:0:0:0:0:0:1]:${port}`,
    `::1:${port}`,
    `LOCALHOST:${port}`,
    `LocalHost:${port}`,
    `user@127.0.0.1:${port}`,
    `127.0.0.1:${port}@evil.example`,
    `127.0.0.1:${port}, evil.example`,
    `127.0.0.1:${port}/`,
    `127.0.0.1:${port}#`,
    `http://127.0.0.1:${port}`,
    `127.0.0.1:${port} evil.example`,
  ];
}

describe('the Host header', () => {
  test('forty foreign spellings are refused on every route, before the token is looked at', async () => {
    const { web, session } = await startHost();
    const foreign = foreignHosts(web.port);
    expect(new Set(foreign).size).toBe(40);
    for (const host of foreign) {
      for (const sample of cases) {
        const lines = [`host: ${host}`, `authorization: Bearer ${session}`];
        const answer = await sendRaw(web.port, rawRequest(sample, lines));
        expect([421, 400], `${sample.name} with Host: ${host}`).toContain(answer.status);
        expect(answer.head).not.toContain('access-control');
      }
    }
  });

  test('our own three names are answered on every route', async () => {
    const { web, session } = await startHost();
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      for (const sample of cases) {
        const lines = [`host: ${name}:${web.port}`, `authorization: Bearer ${session}`];
        const answer = await sendRaw(web.port, rawRequest(sample, lines), 100);
        const expected = sample.route.auth === 'launch' ? 401 : 200;
        expect(answer.status, `${sample.name} with Host: ${name}`).toBe(expected);
      }
    }
  });

  test('two Host headers, none, an empty one, and targets that name another host are refused on every route', async () => {
    const { web, session } = await startHost();
    const own = `127.0.0.1:${web.port}`;
    for (const sample of cases) {
      const headers: readonly (readonly string[])[] = [
        [`host: ${own}`, 'host: evil.example'],
        ['host: evil.example', `host: ${own}`],
        [`host: ${own}`, `host: ${own}`],
        ['host:'],
        [],
      ];
      for (const lines of headers) {
        const sent = rawRequest(sample, [...lines, `authorization: Bearer ${session}`]);
        expect([421, 400], `${sample.name} with ${lines.join(' | ')}`).toContain(
          (await sendRaw(web.port, sent)).status,
        );
      }
      for (const target of [`http://evil.example${sample.path}`, `//evil.example${sample.path}`, '*']) {
        const sent = rawRequest(sample, [`host: ${own}`, `authorization: Bearer ${session}`], target);
        expect([421, 400], `${sample.name} with target ${target}`).toContain(
          (await sendRaw(web.port, sent)).status,
        );
      }
    }
  });
});
