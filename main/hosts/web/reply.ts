import type { ServerResponse } from 'node:http';
import type { Failure } from '../../../preload/contract/errors.ts';
import type { Reply } from '../../../preload/contract/client.ts';

/** A method's JSON value and its table in one body: 4-byte little-endian length, the JSON, then the Arrow IPC stream. */
export const TABLE_TYPE = 'application/vnd.holdfast.table';

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json', Buffer.from(JSON.stringify(value)));
}

export function sendReply(response: ServerResponse, reply: Reply): void {
  if (!reply.table) return sendJson(response, 200, { value: reply.value });
  const json = Buffer.from(JSON.stringify(reply.value));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.byteLength);
  return send(response, 200, TABLE_TYPE, Buffer.concat([length, json, reply.table]));
}

export function sendFailure(response: ServerResponse, failure: Failure): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  // What is still to come of a refused request is not wanted.
  if (!response.req.complete || failure.code === 'host-refused') response.setHeader('connection', 'close');
  if (failure.code === 'too-busy') response.setHeader('retry-after', '1');
  sendJson(response, statusOf(failure.code), { error: failure });
}

function send(response: ServerResponse, status: number, type: string, body: Uint8Array): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': body.byteLength,
    'cache-control': 'no-store',
  });
  response.end(body);
}

const statuses: Readonly<Record<string, number>> = {
  'input-invalid': 400,
  'request-malformed': 400,
  'path-escapes': 400,
  'session-needed': 401,
  'launch-token-spent': 401,
  'origin-refused': 403,
  'method-unknown': 404,
  'route-unknown': 404,
  'file-not-found': 404,
  'request-too-slow': 408,
  'workspace-not-open': 409,
  cancelled: 409,
  'request-too-large': 413,
  'host-refused': 421,
  'workspace-locked': 423,
  'too-busy': 429,
  internal: 500,
  'job-crashed': 500,
  'page-not-built': 503,
  'disk-full': 507,
};

/** The status line for a failure; the body says it all, the status is for tools that look no further. */
export function statusOf(code: string): number {
  return statuses[code] ?? (code.endsWith('-not-found') ? 404 : 422);
}
