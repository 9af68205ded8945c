import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What the server saw, in order. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
  /** Bytes of the body that arrived. */
  received: number;
}

/** Looks at a request before it is served; true when it has dealt with it. `seen` counts this request already. */
export type Fault = (
  request: IncomingMessage,
  response: ServerResponse,
  about: { readonly path: string; readonly seen: readonly Seen[]; readonly upload: string | undefined },
) => boolean | Promise<boolean>;

export interface FaultRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  readonly seen: Seen[];
  readonly blobs: Map<string, Buffer>;
  readonly manifests: Map<string, Buffer>;
  /** Bytes of uploads under way, by id. */
  readonly uploads: Map<string, Buffer>;
  fault: Fault;
  close(): Promise<void>;
}

/** An OCI registry in memory, true to the specification (upload status, Content-Range, ranges), into which faults are put. */
export async function startFaultRegistry(): Promise<FaultRegistry> {
  const seen: Seen[] = [];
  const blobs = new Map<string, Buffer>();
  const manifests = new Map<string, Buffer>();
  const uploads = new Map<string, Buffer>();

  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    serve(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const registry: FaultRegistry = {
    host: `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    seen,
    blobs,
    manifests,
    uploads,
    fault: () => false,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${registry.host}`);
    const entry: Seen = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.search,
      headers: request.headers,
      received: 0,
    };
    seen.push(entry);
    const upload = /\/blobs\/uploads\/([0-9a-f]+)$/.exec(url.pathname)?.[1];
    if (await registry.fault(request, response, { path: url.pathname, seen, upload })) return;

    const blob = /\/blobs\/(sha256:[0-9a-f]{64})$/.exec(url.pathname)?.[1];
    const manifest = /\/manifests\/([^/]+)$/.exec(url.pathname)?.[1];
    if (url.pathname.endsWith('/blobs/uploads/')) start(url, response);
    else if (upload !== undefined) await receive(entry, upload, url, request, response);
    else if (blob !== undefined) send(blobs.get(blob), request, response);
    else if (manifest !== undefined && request.method === 'PUT') {
      const bytes = await readAll(request);
      manifests.set(manifest, bytes);
      response.writeHead(201, { 'docker-content-digest': digestOf(bytes) }).end();
    } else if (manifest !== undefined) {
      const bytes = manifests.get(manifest);
      if (bytes) response.writeHead(200, { 'docker-content-digest': digestOf(bytes) }).end(bytes);
      else response.writeHead(404).end();
    } else if (url.pathname.endsWith('/tags/list')) {
      response.end(JSON.stringify({ tags: [...manifests.keys()] }));
    } else response.writeHead(404).end();
  }

  function start(url: URL, response: ServerResponse): void {
    const id = randomBytes(8).toString('hex');
    uploads.set(id, Buffer.alloc(0));
    response.writeHead(202, { location: `${url.pathname}${id}`, range: '0-0' }).end();
  }

  async function receive(
    entry: Seen,
    id: string,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const before = uploads.get(id);
    if (!before) return void response.writeHead(404).end();
    const from = /^(\d+)-/.exec(request.headers['content-range'] ?? '')?.[1];
    if (from !== undefined && Number(from) !== before.length) return void response.writeHead(416).end();
    const keep = (bytes: Uint8Array): void => {
      entry.received += bytes.length;
      uploads.set(id, Buffer.concat([uploads.get(id) ?? Buffer.alloc(0), bytes]));
    };
    // What came before a cut stays, as the specification allows.
    const body: AsyncIterable<Uint8Array> = request;
    for await (const chunk of body) keep(chunk);
    const bytes = uploads.get(id) ?? Buffer.alloc(0);
    const state = { location: url.pathname, range: `0-${Math.max(0, bytes.length - 1)}` };
    if (request.method === 'GET') response.writeHead(204, state).end();
    else if (request.method === 'PATCH') response.writeHead(202, state).end();
    else {
      const digest = url.searchParams.get('digest') ?? '';
      if (digestOf(bytes) !== digest) {
        response
          .writeHead(400)
          .end('{"errors":[{"code":"DIGEST_INVALID","message":"digest is not of the content"}]}');
        return;
      }
      blobs.set(digest, bytes);
      uploads.delete(id);
      response.writeHead(201, { 'docker-content-digest': digest }).end();
    }
  }

  return registry;
}

function send(bytes: Buffer | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (!bytes) return void response.writeHead(404).end();
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const part = bytes.subarray(from);
  const headers = { 'content-length': part.length };
  const range = { ...headers, 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
  response.writeHead(from > 0 ? 206 : 200, from > 0 ? range : headers);
  response.end(request.method === 'HEAD' ? undefined : part);
}

export async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  const body: AsyncIterable<Uint8Array> = request;
  for await (const chunk of body) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
