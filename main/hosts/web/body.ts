import type { IncomingMessage } from 'node:http';
import { fail } from '../../../preload/contract/errors.ts';
import { readJson } from './json.ts';

/** JSON bodies: recipes and forms are a few kilobytes. */
export const JSON_LIMIT = 1_000_000;
const JSON_SECONDS = 10;

/** Refuses by the headers, before a byte of the body is read. */
export function checkBodyHeaders(request: IncomingMessage, type: string, limit: number): void {
  const sent = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (sent !== type) throw fail('request-malformed', { reason: `the content type must be ${type}` });
  if (request.headers['content-encoding']) {
    throw fail('request-malformed', { reason: 'compressed bodies are not accepted' });
  }
  if (Number(request.headers['content-length'] ?? 0) > limit) throw fail('request-too-large', { limit });
}

/** The whole body as JSON; ends early on too many bytes and on a sender that drips. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  checkBodyHeaders(request, 'application/json', JSON_LIMIT);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => body.reject(fail('request-too-slow', { seconds: JSON_SECONDS })),
    JSON_SECONDS * 1000,
  );
  request.on('data', (chunk: Uint8Array) => {
    size += chunk.byteLength;
    if (size > JSON_LIMIT) body.reject(fail('request-too-large', { limit: JSON_LIMIT }));
    else chunks.push(chunk);
  });
  request.once('end', () => body.resolve());
  request.once('error', (error) => body.reject(fail('request-malformed', { reason: error.message })));
  request.once('close', () => body.reject(fail('request-malformed', { reason: 'it was cut off' })));
  try {
    await body.promise;
  } finally {
    clearTimeout(timer);
    request.removeAllListeners('data');
    request.pause();
  }
  return readJson(Buffer.concat(chunks));
}
