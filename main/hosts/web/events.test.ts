import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { AppEvent } from '../../../preload/contract/events.ts';
import { createEventStreams } from './events.ts';

async function startStreams() {
  const listeners = new Set<(event: AppEvent) => void>();
  const streams = createEventStreams((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  });
  const http = createServer((_, response) => streams.open(response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    streams.close();
    http.close();
    http.closeAllConnections();
  });
  const address = http.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    streams,
    port,
    emit: (event: AppEvent) => {
      for (const listener of listeners) listener(event);
    },
  };
}

test('each event arrives as one data line', async () => {
  const { streams, port, emit } = await startStreams();
  const response = await fetch(`http://127.0.0.1:${port}/`);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  emit({ type: 'changed', tables: ['runs', 'a\nb'] });
  streams.close();
  expect(await response.text()).toBe(': connected\n\ndata: {"type":"changed","tables":["runs","a\\nb"]}\n\n');
});

test('a page that does not read is cut off; the others go on', async () => {
  const { streams, port, emit } = await startStreams();
  const lazy = connect(port, '127.0.0.1').pause();
  lazy.on('error', () => undefined);
  lazy.write(`GET / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
  const response = await fetch(`http://127.0.0.1:${port}/`);
  const reader = response.body?.getReader();
  await expect.poll(() => streams.count()).toBe(2);
  const table = 'x'.repeat(200_000);
  let read = 0;
  for (let sent = 0; sent < 200 && streams.count() === 2; sent++) {
    emit({ type: 'changed', tables: [table] });
    while (read < (sent + 1) * table.length) read += (await reader?.read())?.value?.byteLength ?? Infinity;
  }
  expect(streams.count()).toBe(1);
  emit({ type: 'changed', tables: ['still here'] });
  const text = new TextDecoder().decode((await reader?.read())?.value);
  expect(text).toContain('still here');
  await reader?.cancel();
});
