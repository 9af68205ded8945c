import type { Bridge } from '../../preload/contract/bridge.ts';
import type { Transport } from '../../preload/contract/client.ts';
import { Failure } from '../../preload/contract/failure.ts';

/** Calls through the preload bridge. */
export function createElectronTransport(bridge: Bridge): Transport {
  return {
    async call(method, input, options) {
      const callId = crypto.randomUUID();
      const abort = () => bridge.cancel(callId);
      options?.signal?.throwIfAborted();
      options?.signal?.addEventListener('abort', abort, { once: true });
      try {
        const reply = await bridge.call(method, input, callId);
        if (!reply.ok) throw new Failure(reply.error.code, reply.error.details, reply.error.message);
        return reply.table ? { value: reply.value, table: reply.table } : { value: reply.value };
      } finally {
        options?.signal?.removeEventListener('abort', abort);
      }
    },
    subscribe: (listener) => bridge.subscribe(listener),
  };
}
