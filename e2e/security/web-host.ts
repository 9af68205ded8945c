import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { routes, type Route } from '../../main/hosts/web/routes.ts';
import { createWebHost, type WebHost, type WebHostOptions } from '../../main/hosts/web/server.ts';
import { buildTestApp, type TestApp } from '../../main/testing/build-app.ts';

export interface HostUnderTest extends TestApp {
  readonly web: WebHost;
  readonly session: string;
}

export const SECRET = 'outside of the page: must never be served';

/** The real server over the real application, with a small page and things around it that must not be served. */
export async function startHost(
  options: Pick<WebHostOptions, 'clock'> & { readonly processes?: boolean } = {},
): Promise<HostUnderTest> {
  const { processes = false, ...rest } = options;
  const built = await buildTestApp({ processes });
  const pageFolder = join(built.folder, 'page');
  await mkdir(join(pageFolder, 'assets'), { recursive: true });
  await mkdir(join(built.folder, 'page-secret'));
  await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(pageFolder, 'assets', 'main-Ab12Cd34.js'), 'export {};');
  await writeFile(join(pageFolder, 'secret.key'), SECRET);
  await writeFile(join(built.folder, 'secret.txt'), SECRET);
  await writeFile(join(built.folder, 'page-secret', 'secret.txt'), SECRET);
  await symlink(join(built.folder, 'secret.txt'), join(pageFolder, 'link.txt'));
  const web = await createWebHost({ app: built.app, pageFolder, actor: 'tester', ...rest });
  onTestFinished(() => web.close());
  return { ...built, web, session: await signIn(web) };
}

export async function signIn(web: WebHost): Promise<string> {
  const token = new URL(web.address()).hash.slice('#token='.length);
  const response = await fetch(`${web.origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const { session }: { session: string } = await response.json();
  return session;
}

export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Bytes as they are on a connection of their own, and what came back until it was closed or quiet for a second. */
export function sendRaw(port: number, text: string, quietMs = 1000): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let all = '';
    let timer: NodeJS.Timeout | undefined;
    const done = (): void => {
      clearTimeout(timer);
      socket.destroy();
      const end = all.indexOf('\r\n\r\n');
      const head = end < 0 ? all : all.slice(0, end);
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
        head: head.toLowerCase(),
        body: all.slice(end + 4),
      });
    };
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? done() : reject(error),
    );
    socket.on('close', done);
    socket.setEncoding('utf8').on('data', (part: string) => {
      all += part;
      clearTimeout(timer);
      timer = setTimeout(done, /content-length: 0|\}$|<\/title>$/.test(all) ? 30 : quietMs);
    });
    socket.write(text);
    timer = setTimeout(done, 15_000);
  });
}

/** A request that fits each route, by `METHOD path`; a route without one fails the suite. */
const samples: Readonly<Record<string, { path: string; type?: string; body?: string }>> = {
  'POST /session': { path: '/session', type: 'application/json', body: '{"token":"none"}' },
  'POST /api/*': { path: '/api/workspaces.info', type: 'application/json', body: '{}' },
  'POST /api-upload': { path: '/api-upload?name=a.csv', type: 'application/octet-stream', body: 'a\n1\n' },
  'GET /events': { path: '/events' },
  'GET /health': { path: '/health' },
  'GET /*': { path: '/' },
};

export interface Case {
  readonly name: string;
  readonly route: Route;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One case for each route of the router's own list. */
export const cases: readonly Case[] = routes.map((route) => {
  const name = `${route.method} ${route.path}`;
  const sample = samples[name];
  if (!sample) throw new Error(`the security tests have no sample request for the route ${name}: add one`);
  const headers: Record<string, string> = sample.type ? { 'content-type': sample.type } : {};
  return { name, route, path: sample.path, headers, body: sample.body ?? '' };
});

/** A case as bytes, with headers of one's own. */
export function rawRequest(
  { route, path, headers, body }: Case,
  more: readonly string[],
  target = path,
): string {
  const lines = [
    `${route.method} ${target} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(route.method === 'POST' ? [`content-length: ${Buffer.byteLength(body)}`] : []),
    'connection: close',
    ...more,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
