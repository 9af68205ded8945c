import type { ServerResponse } from 'node:http';
import { fail } from '../../../preload/contract/errors.ts';
import type { AppEvent } from '../../../preload/contract/events.ts';

const HEARTBEAT_SECONDS = 15;
/** A page that does not read is cut off at this many waiting bytes; it connects again and asks afresh. */
const WAITING_LIMIT = 1_000_000;
const STREAMS = 32;

export interface EventStreams {
  open(response: ServerResponse): void;
  /** How many are open. */
  count(): number;
  close(): void;
}

/** Server-sent events: one `data:` line of JSON each, a comment as a heartbeat. */
export function createEventStreams(
  subscribe: (listener: (event: AppEvent) => void) => () => void,
): EventStreams {
  const streams = new Set<ServerResponse>();
  const write = (text: string): void => {
    for (const stream of streams) {
      if (stream.writableLength > WAITING_LIMIT) stream.destroy();
      else stream.write(text);
    }
  };
  const end = subscribe((event) => write(`data: ${JSON.stringify(event)}\n\n`));
  const heartbeat = setInterval(() => write(': alive\n\n'), HEARTBEAT_SECONDS * 1000);
  heartbeat.unref();
  return {
    open(response) {
      if (streams.size >= STREAMS) throw fail('too-busy', { limit: STREAMS });
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': connected\n\n');
      streams.add(response);
      response.once('close', () => streams.delete(response));
    },
    count: () => streams.size,
    close() {
      end();
      clearInterval(heartbeat);
      for (const stream of streams) stream.end();
    },
  };
}
