import { createServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { fail, toFailure } from '../../../preload/contract/errors.ts';
import type { Application } from '../../app/application.ts';
import { systemClock, type Clock } from '../../platform/clock.ts';
import { systemCode } from '../../platform/files/index.ts';
import { pageHeaders } from '../content-policy.ts';
import { listPageFiles } from '../page-files.ts';
import { createEventStreams } from './events.ts';
import { allowedHosts, checkHost, checkOrigin } from './guard.ts';
import { sendFailure } from './reply.ts';
import { routes, type Route, type Server } from './routes.ts';
import { createSessions } from './sessions.ts';
import { createUploads } from './uploads.ts';

export interface WebHostOptions {
  readonly app: Application;
  /** The built page. */
  readonly pageFolder: string;
  /** Default: any free one. */
  readonly port?: number;
  readonly actor: string;
  readonly clock?: Clock;
}

export interface WebHost {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** A new one-time address of the page; its token stands in the fragment, which browsers don't send. */
  address(): string;
  /** Pages that listen to events now. */
  streams(): number;
  /** Ends every session and connection; leaves the application open. */
  close(): Promise<void>;
}

/** Calls under way at one time; an event stream counts only while it opens. */
const CALLS = 64;

/** The application behind loopback HTTP: Host first, then route, Origin, session, and only then the call. */
export async function createWebHost(options: WebHostOptions): Promise<WebHost> {
  const server: Server = {
    app: options.app,
    actor: options.actor,
    sessions: createSessions(options.clock ?? systemClock),
    uploads: createUploads(),
    events: createEventStreams((listener) => options.app.subscribe(listener)),
    page: await listPageFiles(options.pageFolder),
  };
  let hosts: ReadonlySet<string> = new Set();
  let calls = 0;
  const http = createServer(
    { headersTimeout: 10_000, requestTimeout: 0, connectionsCheckingInterval: 1000, maxHeaderSize: 16_384 },
    (request, response) => {
      answer(request, response).catch((error: unknown) =>
        sendFailure(response, toFailure(error, `answering ${request.method} request`)),
      );
    },
  );
  http.maxConnections = 256;
  http.keepAliveTimeout = 5000;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
    checkHost(request, hosts);
    const { route, rest, query } = findRoute(request);
    checkOrigin(request, route.auth === 'page');
    if (route.auth === 'session' && !server.sessions.holds(request.headers.authorization)) {
      throw fail('session-needed', { page: 'this page' });
    }
    if (calls >= CALLS) throw fail('too-busy', { limit: CALLS });
    calls++;
    try {
      await route.handle({ request, response, rest, query }, server);
    } finally {
      calls--;
    }
  }

  const port = await listen(http, options.port ?? 0);
  hosts = allowedHosts(port);
  const origin = `http://127.0.0.1:${port}`;
  return {
    port,
    origin,
    address: () => `${origin}/#token=${server.sessions.launch()}`,
    streams: () => server.events.count(),
    async close() {
      server.sessions.endAll();
      server.events.close();
      const closed = Promise.withResolvers<void>();
      http.close(() => closed.resolve());
      http.closeAllConnections();
      await closed.promise;
      await server.uploads.close();
    },
  };
}

function findRoute(request: IncomingMessage): { route: Route; rest: string; query: URLSearchParams } {
  const { method = '', url = '/' } = request;
  const cut = url.indexOf('?');
  const path = decode(cut < 0 ? url : url.slice(0, cut));
  for (const route of routes) {
    if (route.method !== method) continue;
    const fixed = route.path.endsWith('*') ? route.path.slice(0, -1) : undefined;
    if (fixed === undefined ? path === route.path : path.startsWith(fixed)) {
      const query = new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1));
      return { route, rest: path.slice((fixed ?? path).length), query };
    }
  }
  throw fail('route-unknown', { method, path: path.slice(0, 200) });
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    throw fail('request-malformed', { reason: 'the path is not valid percent-encoding' }, error);
  }
}

async function listen(http: HttpServer, port: number): Promise<number> {
  const listening = Promise.withResolvers<void>();
  http.once('error', (error) =>
    listening.reject(systemCode(error) === 'EADDRINUSE' ? fail('port-taken', { port }, error) : error),
  );
  http.listen(port, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  const address = http.address();
  return typeof address === 'object' && address ? address.port : port;
}
