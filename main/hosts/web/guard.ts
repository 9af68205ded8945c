import type { IncomingMessage } from 'node:http';
import { fail } from '../../../preload/contract/errors.ts';

/** The only names this server answers to. Set membership, no patterns: a rebound DNS name is not in it. */
export function allowedHosts(port: number): ReadonlySet<string> {
  return new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
}

/** Refuses any request whose one Host header is not exactly one of ours, or whose target is not a plain path. */
export function checkHost(request: IncomingMessage, hosts: ReadonlySet<string>): void {
  const named = request.rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host');
  const host = request.headers.host ?? '';
  if (named.length !== 1 || !hosts.has(host)) throw fail('host-refused', { host: host.slice(0, 200) });
  if (!request.url?.startsWith('/') || request.url.startsWith('//')) {
    throw fail('host-refused', { host: (request.url ?? '').slice(0, 200) });
  }
}

/**
 * Refuses what another site made the browser send. Opening the page itself is a navigation and may start anywhere;
 * everything else must come from our own origin. Programs that are not browsers send neither header and still
 * need a token.
 */
export function checkOrigin(request: IncomingMessage, page: boolean): void {
  const { origin, host = '' } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) {
    throw fail('origin-refused', { origin: origin.slice(0, 200) });
  }
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin') return;
  const navigation = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
  const top = request.headers['sec-fetch-dest'] === 'document';
  if (page && (site === 'none' || (navigation && top))) return;
  throw fail('origin-refused', { origin: origin ?? `a ${site} page` });
}
