import type { IncomingHttpHeaders } from 'node:http';
import { fail } from '../../../preload/contract/errors.ts';
import { checkHint } from './addresses.ts';
import { createBackoff, defaultRetry, passingStatuses, type RetryOptions } from './backoff.ts';
import { createExchange, isBrokenConnection } from './exchange.ts';

/** A body that can be opened again for another try. */
export interface HttpBody {
  readonly size: number;
  open(): AsyncIterable<Uint8Array>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent to the origin of `url` alone: dropped for good when a redirect leaves it. */
  readonly authorization?: string | undefined;
  readonly body?: HttpBody;
  /** Who told us this address (upload location, token service): it is then held to the rules for redirects. */
  readonly namedBy?: URL;
  /** False: one try, passing faults are the caller's to handle. */
  readonly retry?: boolean;
  /** Milliseconds to wait for the answer, where longer than usual is honest. */
  readonly patience?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Where it came from, after redirects. */
  readonly url: URL;
  /** The body as it arrives. To be read to its end, or given up by leaving the loop or `discard`. */
  chunks(): AsyncIterable<Uint8Array>;
  /** The whole body; `remote-answer-too-large` beyond `limit` bytes. */
  bytes(limit: number): Promise<Uint8Array>;
  discard(): void;
}

export interface HttpOptions {
  /** Milliseconds until a connection stands. */
  readonly connectTimeout: number;
  /** Milliseconds without a byte in either direction. */
  readonly idleTimeout: number;
  readonly redirects: number;
  readonly retry: RetryOptions;
  readonly env: NodeJS.ProcessEnv;
}

export interface HttpClient {
  readonly options: HttpOptions;
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Closes kept connections. */
  close(): void;
}

const followed = new Set([301, 302, 303, 307, 308]);

/**
 * The one door to the network. Timeouts on everything, at most five tries, redirects under `checkHint`, credentials
 * to their own origin only, and nothing about a request but its host in any message.
 */
export function createHttpClient(given: Partial<HttpOptions> = {}): HttpClient {
  const options: HttpOptions = {
    connectTimeout: 10_000,
    idleTimeout: 30_000,
    redirects: 5,
    retry: defaultRetry,
    env: process.env,
    ...given,
  };
  const exchange = createExchange(options);

  async function withRedirects(request: HttpRequest): Promise<HttpResponse> {
    let current = request;
    if (current.namedBy) checkHint(current.namedBy, current.url);
    for (let hop = 0; ; hop++) {
      const response = await exchange.run(current);
      const location = response.headers.location;
      if (!followed.has(response.status) || location === undefined) return response;
      response.discard();
      const from = current.url;
      const url = parseLocation(location, from);
      const refuse = (reason: string) => fail('remote-redirect', { host: from.host, to: url.host, reason });
      checkHint(from, url);
      if (hop >= options.redirects) throw refuse(`more than ${options.redirects} redirects in a row`);
      const sameOrigin = url.origin === from.origin;
      if (current.method !== 'GET' && current.method !== 'HEAD') {
        if (response.status !== 307 && response.status !== 308)
          throw refuse('it would turn an upload into a download');
        if (!sameOrigin) throw refuse('uploads are not sent on to another host');
      }
      const { authorization, ...rest } = current;
      current = { ...rest, url, namedBy: from, ...(sameOrigin && authorization ? { authorization } : {}) };
    }
  }

  return {
    options,
    async send(request) {
      const backoff = createBackoff(options.retry, request.signal);
      const host = request.url.host;
      for (;;) {
        let response: HttpResponse;
        try {
          response = await withRedirects(request);
        } catch (error) {
          if (!isBrokenConnection(error)) throw error;
          if (request.retry !== false && (await backoff.again(host))) continue;
          throw fail('remote-broken-off', { host, reason: error.code, tries: backoff.tries }, error);
        }
        if (request.retry === false || !passingStatuses.has(response.status)) return response;
        response.discard();
        if (await backoff.again(host, response.status, response.headers['retry-after'])) continue;
        throw fail('remote-busy', { host, status: response.status, tries: backoff.tries });
      }
    },
    close: () => exchange.close(),
  };
}

/** An address from a header, relative to the one that sent it. */
export function parseLocation(location: string, base: URL): URL {
  try {
    return new URL(location, base);
  } catch {
    throw fail('remote-answer-invalid', { host: base.host, reason: 'its Location header is not an address' });
  }
}
