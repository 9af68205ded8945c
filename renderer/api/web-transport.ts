import type { Transport } from '../../preload/contract/client.ts';
import type { AppEvent } from '../../preload/contract/events.ts';
import { Failure, type FailureJson } from '../../preload/contract/failure.ts';
import { setConnected } from './connection.ts';
import { createEventParser } from './event-stream.ts';
import { sessionEnded } from './session.ts';
import { readTableFrame, tableContentType } from './table-frame.ts';

/** Calls and events over loopback HTTP. */
export function createWebTransport(session: string): Transport {
  const headers = { authorization: `Bearer ${session}` };
  return {
    async call(method, input, options) {
      const body = JSON.stringify(input);
      const response = await request(`/api/${method}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
        // What a page keeps as it closes must arrive although the page is gone; browsers allow 64 kB of that.
        ...(method === 'system.keep' && body.length < 50_000 ? { keepalive: true } : {}),
        ...(options?.signal ? { signal: options.signal } : {}),
      });
      if (response.headers.get('content-type')?.startsWith(tableContentType)) {
        return readTableFrame(new Uint8Array(await response.arrayBuffer()));
      }
      const reply = (await response.json()) as { value: unknown } | { error: FailureJson };
      if ('error' in reply) throw new Failure(reply.error.code, reply.error.details, reply.error.message);
      return { value: reply.value };
    },
    subscribe(listener) {
      const end = new AbortController();
      void follow(headers, listener, end.signal);
      return () => end.abort();
    },
  };
}

/** Streams a file that the browser won't give a path for to the host; the path it lies at there. */
export async function uploadFile(session: string, file: File, signal?: AbortSignal): Promise<string> {
  const response = await request(`/api-upload?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session}`, 'content-type': 'application/octet-stream' },
    body: file,
    ...(signal ? { signal } : {}),
  });
  const reply = (await response.json()) as { path: string } | { error: FailureJson };
  if ('error' in reply) throw new Failure(reply.error.code, reply.error.details, reply.error.message);
  return reply.path;
}

async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Failure(
      'host-gone',
      {},
      'Holdfast does not answer; it may have been closed. What it finished is safe. Start it again with `npm start`',
      error,
    );
  }
  if (response.status === 401) throw sessionEnded();
  return response;
}

async function follow(
  headers: Record<string, string>,
  listener: (event: AppEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  let wait = 250;
  let first = true;
  while (!signal.aborted) {
    try {
      const response = await fetch('/events', { headers, signal });
      if (response.status === 401) return;
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      const feed = createEventParser((data) => listener(JSON.parse(data) as AppEvent));
      // Whatever happened while nothing was heard: ask for everything again.
      if (!first) listener({ type: 'changed', tables: [] });
      first = false;
      wait = 250;
      setConnected(true);
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) feed(part.value);
    } catch {
      if (signal.aborted) return;
    }
    setConnected(false);
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, 5000);
  }
}
