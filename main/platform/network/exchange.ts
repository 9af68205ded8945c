import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { getCACertificates } from 'node:tls';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import { guardedLookup, isLoopbackHost } from './addresses.ts';
import type { HttpOptions, HttpRequest, HttpResponse } from './http-client.ts';

export interface Exchange {
  /** One request, one answer: no retry, no redirect. */
  run(request: HttpRequest): Promise<HttpResponse>;
  close(): void;
}

/** The connection ended in a way that another try may cure. */
export class BrokenConnection extends Error {
  readonly code: string;
  constructor(code: string, cause: unknown) {
    super(`connection broke off: ${code}`, { cause });
    this.code = code;
  }
}

export function isBrokenConnection(error: unknown): error is BrokenConnection {
  return error instanceof BrokenConnection;
}

const broken = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'EAI_AGAIN',
  'ENETRESET',
  'ERR_STREAM_PREMATURE_CLOSE',
]);
const unreachable: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no host of that name',
  ECONNREFUSED: 'nothing listens there',
  EHOSTUNREACH: 'no way to that host',
  ENETUNREACH: 'no network',
  EADDRNOTAVAIL: 'no such address',
  ETIMEDOUT: 'the connection timed out',
};

/** What went wrong below HTTP, in our words; never anything of the request but its host. */
function translate(error: unknown, url: URL): unknown {
  if (error instanceof Failure || error instanceof BrokenConnection) return error;
  if (!(error instanceof Error)) return error;
  if (error.name === 'AbortError') return error;
  // Several addresses tried in vain come as one AggregateError; the first tells enough.
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  const code = 'code' in first && typeof first.code === 'string' ? first.code : '';
  const host = url.host;
  if (broken.has(code)) return new BrokenConnection(code, error);
  const why = unreachable[code];
  if (why) return fail('remote-unreachable', { host, reason: why }, error);
  if (code.startsWith('HPE_'))
    return fail('remote-answer-invalid', { host, reason: `not HTTP (${code})` }, error);
  if (url.protocol === 'https:' && /CERT|TLS|SSL|SELF_SIGNED|VERIFY|EPROTO/.test(code)) {
    const reason = /WRONG_VERSION_NUMBER|EPROTO/.test(code)
      ? 'it does not speak https on this port'
      : first.message;
    return fail('remote-tls', { host, reason }, error);
  }
  return fail('remote-unreachable', { host, reason: code || first.message }, error);
}

export function createExchange(options: HttpOptions): Exchange {
  const agents = new Map<string, HttpAgent>();
  const proxied = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].some(
    (name) => options.env[name],
  );

  /** Kept connections; this machine is never asked for through a proxy. */
  function agentFor(url: URL): HttpAgent {
    const viaProxy = proxied && !isLoopbackHost(url.hostname);
    const key = `${url.protocol}${viaProxy}`;
    let agent = agents.get(key);
    if (!agent) {
      const settings = { keepAlive: true, maxSockets: 8, ...(viaProxy ? { proxyEnv: options.env } : {}) };
      agent =
        url.protocol === 'https:'
          ? // The system's authorities too: companies install their own there.
            new HttpsAgent({
              ...settings,
              ca: [...getCACertificates('default'), ...getCACertificates('system')],
            })
          : new HttpAgent(settings);
      agents.set(key, agent);
    }
    return agent;
  }

  function open(request: HttpRequest): ClientRequest {
    const { url, namedBy } = request;
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return send(url, {
      method: request.method,
      agent: agentFor(url),
      ...(namedBy && !proxied ? { lookup: guardedLookup(namedBy) } : {}),
      ...(request.signal ? { signal: request.signal } : {}),
      headers: {
        'user-agent': 'holdfast',
        ...request.headers,
        ...(request.authorization ? { authorization: request.authorization } : {}),
        ...(request.body ? { 'content-length': String(request.body.size) } : {}),
      },
    });
  }

  async function run(request: HttpRequest): Promise<HttpResponse> {
    request.signal?.throwIfAborted();
    const { url } = request;
    const outgoing = open(request);
    const timer = createTimer((milliseconds, during) => {
      outgoing.destroy(fail('remote-timeout', { host: url.host, seconds: milliseconds / 1000, during }));
    });
    timer.start(options.connectTimeout, 'connecting');
    let bodyError: { readonly error: unknown } | undefined;
    // Later errors of a request already answered (a server that answers 401 and hangs up) change nothing.
    outgoing.on('error', () => undefined);
    const idle = request.patience ?? options.idleTimeout;
    try {
      const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
        outgoing.once('response', resolve);
        outgoing.once('error', reject);
        outgoing.once('socket', (socket) => {
          // Kept sockets live longer than a request: nothing may be left hanging on them.
          if (!socket.connecting) return timer.start(idle, 'waiting for an answer');
          const ready = url.protocol === 'https:' ? 'secureConnect' : 'connect';
          socket.once(ready, () => timer.start(idle, 'waiting for an answer'));
          return undefined;
        });
        writeBody(outgoing, request, () => timer.start(idle, 'sending')).then(
          (sent) => sent && timer.start(idle, 'waiting for an answer'),
          (error: unknown) => {
            bodyError = { error };
            outgoing.destroy(error instanceof Error ? error : new Error(String(error)));
          },
        );
      });
      return toResponse(incoming, request, options.idleTimeout);
    } catch (error) {
      request.signal?.throwIfAborted();
      throw bodyError ? bodyError.error : translate(error, url);
    } finally {
      timer.stop();
    }
  }

  return {
    run,
    close() {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
}

/** Feeds the body at the pace of the connection; stops early when the answer is there already. False when nothing is left to wait for. */
async function writeBody(outgoing: ClientRequest, request: HttpRequest, moved: () => void): Promise<boolean> {
  if (!request.body) {
    outgoing.end();
    return false;
  }
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const finish = (): void => {
      over = true;
      resolve();
    };
    outgoing.once('response', finish);
    outgoing.once('error', finish);
    outgoing.once('close', finish);
  });
  for await (const chunk of request.body.open()) {
    if (over) return false;
    const drained = outgoing.write(chunk);
    if (!drained) await Promise.race([new Promise((resolve) => outgoing.once('drain', resolve)), ended]);
    if (over) return false;
    moved();
  }
  outgoing.end();
  return true;
}

function createTimer(expired: (milliseconds: number, during: string) => void) {
  let handle: NodeJS.Timeout | undefined;
  let stopped = false;
  return {
    start(milliseconds: number, during: string): void {
      clearTimeout(handle);
      if (!stopped) handle = setTimeout(() => expired(milliseconds, during), milliseconds);
    },
    pause(): void {
      clearTimeout(handle);
    },
    stop(): void {
      stopped = true;
      clearTimeout(handle);
    },
  };
}

function toResponse(
  incoming: IncomingMessage,
  { url, method, signal }: HttpRequest,
  idleTimeout: number,
): HttpResponse {
  incoming.on('error', () => undefined);

  async function* chunks(): AsyncGenerator<Uint8Array> {
    const timer = createTimer((milliseconds, during) => {
      incoming.destroy(fail('remote-timeout', { host: url.host, seconds: milliseconds / 1000, during }));
    });
    try {
      timer.start(idleTimeout, 'receiving');
      const source: AsyncIterable<Uint8Array> = incoming;
      for await (const chunk of source) {
        // Only the wire is timed, not whoever takes the bytes.
        timer.pause();
        yield chunk;
        timer.start(idleTimeout, 'receiving');
      }
    } catch (error) {
      signal?.throwIfAborted();
      const cause = translate(error, url);
      if (!isBrokenConnection(cause)) throw cause;
      throw fail('remote-broken-off', { host: url.host, reason: cause.code, tries: 1 }, cause);
    } finally {
      timer.stop();
      incoming.destroy();
    }
  }

  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    url,
    chunks,
    async bytes(limit) {
      const parts: Uint8Array[] = [];
      let size = 0;
      for await (const part of chunks()) {
        size += part.byteLength;
        if (size > limit) throw fail('remote-answer-too-large', { host: url.host, limit });
        parts.push(part);
      }
      return Buffer.concat(parts, size);
    },
    discard() {
      // A short rest is read so that the connection can be kept; a long one costs the connection.
      const left = Number(incoming.headers['content-length'] ?? Number.NaN);
      if (method === 'HEAD' || left <= 65_536 || incoming.complete) incoming.resume();
      else incoming.destroy();
    },
  };
}
