import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { fail } from '../../../preload/contract/errors.ts';
import { methodSpec } from '../../../preload/contract/index.ts';
import type { Application } from '../../app/application.ts';
import type { PageFile } from '../page-files.ts';
import { readBody } from './body.ts';
import type { EventStreams } from './events.ts';
import { sendJson, sendReply } from './reply.ts';
import type { Sessions } from './sessions.ts';
import type { Uploads } from './uploads.ts';

/** What handlers work with; one per server. */
export interface Server {
  readonly app: Application;
  readonly actor: string;
  readonly sessions: Sessions;
  readonly uploads: Uploads;
  readonly events: EventStreams;
  readonly page: ReadonlyMap<string, PageFile>;
}

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Path after the route's own part, decoded once. */
  readonly rest: string;
  readonly query: URLSearchParams;
}

/**
 * One route. `auth` has no default: `page` is a file of the built page, which holds no data; `launch` takes a one-time
 * token in its body; `session` needs the bearer secret. A path that ends in `*` takes whatever follows.
 */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly auth: 'page' | 'launch' | 'session';
  readonly handle: (exchange: Exchange, server: Server) => Promise<void>;
}

const SessionInput = z.strictObject({ token: z.string().max(100) });

/** Every route there is, looked at in order; what is not here is refused. The security tests are made from this list. */
export const routes: readonly Route[] = [
  { method: 'POST', path: '/session', auth: 'launch', handle: beginSession },
  { method: 'POST', path: '/api/*', auth: 'session', handle: callMethod },
  { method: 'POST', path: '/api-upload', auth: 'session', handle: receiveFile },
  { method: 'GET', path: '/events', auth: 'session', handle: streamEvents },
  { method: 'GET', path: '/health', auth: 'session', handle: tellHealth },
  { method: 'GET', path: '/*', auth: 'page', handle: servePage },
];

async function beginSession({ request, response }: Exchange, server: Server): Promise<void> {
  const input = SessionInput.safeParse(await readBody(request));
  if (!input.success) throw fail('request-malformed', { reason: 'expected {"token": "..."}' });
  sendJson(response, 200, { session: server.sessions.begin(input.data.token) });
}

async function callMethod({ request, response, rest }: Exchange, server: Server): Promise<void> {
  if (!methodSpec(rest)) throw fail('method-unknown', { method: rest.slice(0, 200) });
  const input = await readBody(request);
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  sendReply(response, await server.app.dispatch(rest, input, { actor: server.actor, signal: gone.signal }));
}

async function receiveFile({ request, response, query }: Exchange, server: Server): Promise<void> {
  const received = await server.uploads.receive(request, query.get('name') ?? '');
  sendJson(response, 200, received);
}

async function streamEvents({ response }: Exchange, server: Server): Promise<void> {
  server.events.open(response);
}

async function tellHealth({ response }: Exchange, server: Server): Promise<void> {
  sendJson(response, 200, { ready: true, jobs: server.app.running().length });
}

async function servePage({ request, response, rest }: Exchange, server: Server): Promise<void> {
  if (!server.page.has('/')) throw fail('page-not-built', { how: '`npm run build` does it' });
  const file = server.page.get(`/${rest}`);
  if (!file) throw fail('route-unknown', { method: request.method ?? '', path: `/${rest.slice(0, 200)}` });
  response.writeHead(200, {
    'content-type': file.type,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  await pipeline(createReadStream(file.file), response);
}
