import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { SECRET, sendRaw, startHost } from './web-host.ts';

const steps = [
  '../',
  '..%2f',
  '..%2F',
  '%2e%2e/',
  '%2e%2e%2f',
  '%252e%252e%252f',
  '%252e%252e/',
  '..\\',
  '..%5c',
  '%2e%2e%5c',
  '..%255c',
  '..;/',
  '..%3b/',
  '..%23/',
  '..%00/',
  '..%c0%af',
  '..%e0%80%af',
  '..%u2215',
  '..∕',
  '....//',
  './../',
  'assets/../../',
  'assets/..%2f..%2f',
  '/../',
  '/..%2f',
];

const targets = [
  'secret.txt',
  'page-secret/secret.txt',
  'secret.txt%00.html',
  'secret.txt?.html',
  'secret.txt#.js',
];

test('no path leads out of the page', async () => {
  const { web } = await startHost();
  const paths = [
    ...steps.flatMap((step) =>
      targets.flatMap((target) => [1, 3].map((depth) => `/${step.repeat(depth)}${target}`)),
    ),
    '/link.txt',
    '/secret.key',
    '/etc/passwd',
    '//etc/passwd',
    '/file:///etc/passwd',
    '/C:/Windows/win.ini',
    '/\\\\server\\share\\secret.txt',
    '/assets/',
    '/assets',
    '/%',
    '/%zz',
    '/index.html/',
    '/index.html%00',
    '/INDEX.HTML',
    '/__proto__',
    '/constructor',
  ];
  expect(paths.length).toBeGreaterThan(200);
  for (const path of paths) {
    const request = `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${web.port}\r\nconnection: close\r\n\r\n`;
    const answer = await sendRaw(web.port, Buffer.from(request).toString('latin1'), 50);
    expect([400, 404, 421], path).toContain(answer.status);
    expect(answer.body, path).not.toContain(SECRET);
    expect(answer.body, path).not.toContain('root:');
  }
});

test('files of the page are served as what they are', async () => {
  const { web } = await startHost();
  const page = await fetch(`${web.origin}/`);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const asset = await fetch(`${web.origin}/assets/main-Ab12Cd34.js?v=1`);
  expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(asset.headers.get('cache-control')).toContain('immutable');
});

test('an uploaded file keeps a plain name, and no name leads out of its folder', async () => {
  const { web, session, folder } = await startHost();
  const before = await readdir(folder, { recursive: true });
  const upload = (name: string): Promise<Response> =>
    fetch(`${web.origin}/api-upload?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session}`, 'content-type': 'application/octet-stream' },
      body: 'a,b\n1,2\n',
    });
  const names = [
    '',
    '.',
    '..',
    '../evil.csv',
    '..\\evil.csv',
    '/etc/evil.csv',
    'a/b.csv',
    'C:evil.csv',
    'a\u0000.csv',
    'a\n.csv',
    'a?.csv',
    'a*.csv',
    '<a>.csv',
    'a|b.csv',
    'x'.repeat(201),
  ];
  for (const name of names) expect((await upload(name)).status, JSON.stringify(name)).toBe(400);
  for (const name of ['houses.csv', 'Übersicht 2026 (1).csv', '..csv', '%2e%2e%2fa.csv']) {
    const response = await upload(name);
    expect(response.status, name).toBe(200);
    const { path }: { path: string } = await response.json();
    expect(path.endsWith(`/${name}`)).toBe(true);
  }
  expect(await readdir(folder, { recursive: true })).toEqual(before);
});
