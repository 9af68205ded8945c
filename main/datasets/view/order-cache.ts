import { Failure } from '../../../preload/contract/errors.ts';

/** Orders computed lately, by what they are of. */
export interface OrderCache {
  /**
   * The order of that key, computed once however many ask for it at the same time. It is stopped when the last one who
   * waits for it has gone (their `signal` aborts); who still waits when it was stopped with another's call does it again.
   */
  get(
    key: string,
    signal: AbortSignal,
    compute: (signal: AbortSignal) => Promise<Uint32Array>,
  ): Promise<Uint32Array>;
}

interface Computing {
  readonly result: Promise<Uint32Array>;
  readonly controller: AbortController;
  waiting: number;
}

/** Keeps the most recently used orders up to `limit` bytes in all, and always the latest one. */
export function createOrderCache(limit = 128 * 2 ** 20): OrderCache {
  const kept = new Map<string, Uint32Array>();
  const computing = new Map<string, Computing>();
  let total = 0;

  const keep = (key: string, order: Uint32Array): void => {
    kept.set(key, order);
    total += order.byteLength;
    for (const [oldest, { byteLength }] of kept) {
      if (total <= limit || oldest === key) break;
      kept.delete(oldest);
      total -= byteLength;
    }
  };
  const begin = (key: string, compute: (signal: AbortSignal) => Promise<Uint32Array>): Computing => {
    const controller = new AbortController();
    const result = compute(controller.signal)
      .then((order) => {
        keep(key, order);
        return order;
      })
      .finally(() => {
        if (computing.get(key)?.controller === controller) computing.delete(key);
      });
    const one = { result, controller, waiting: 0 };
    computing.set(key, one);
    return one;
  };

  const wait = async (one: Computing, key: string, signal: AbortSignal): Promise<Uint32Array> => {
    const leave = (): void => {
      one.waiting--;
      if (one.waiting > 0) return;
      computing.delete(key);
      one.controller.abort();
    };
    one.waiting++;
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    try {
      return await one.result;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };

  return {
    async get(key, signal, compute) {
      const known = kept.get(key);
      if (known) {
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      const others = computing.get(key);
      if (others) {
        try {
          return await wait(others, key, signal);
        } catch (error) {
          const stopped = error instanceof Failure && error.code === 'cancelled';
          if (!stopped || signal.aborted) throw error;
          return this.get(key, signal, compute);
        }
      }
      return wait(begin(key, compute), key, signal);
    },
  };
}
