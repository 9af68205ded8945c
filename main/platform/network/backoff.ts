import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '../../../preload/contract/errors.ts';
import { systemClock, type Clock } from '../clock.ts';
import { createRandom } from '../random.ts';

export interface RetryOptions {
  /** How often a thing is tried in all. */
  readonly tries: number;
  /** Milliseconds before the second try; doubles each time, less a random half so that clients don't march in step. */
  readonly firstWait: number;
  /** Longest `Retry-After` that is waited for, in milliseconds; a longer one is told to the user instead. */
  readonly longestWait: number;
  readonly clock: Clock;
}

export const defaultRetry: RetryOptions = {
  tries: 5,
  firstWait: 500,
  longestWait: 60_000,
  clock: systemClock,
};

/** Answers worth another try: the server is busy or has a fault of its own. */
export const passingStatuses: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** Counts the tries of one operation. `reset` after progress: only tries in vain count. */
export interface Backoff {
  /** Tries made so far, the first included. */
  readonly tries: number;
  /** Waits before the next try; false when there is none left. Throws `remote-busy` when asked to wait too long. */
  again(host: string, status?: number, retryAfter?: string): Promise<boolean>;
  reset(): void;
}

const random = createRandom(randomInt(2 ** 31));

export function createBackoff(options: RetryOptions, signal?: AbortSignal): Backoff {
  let tries = 1;
  return {
    get tries() {
      return tries;
    },
    reset() {
      tries = 1;
    },
    async again(host, status = 0, retryAfter) {
      const asked = retryAfterMs(retryAfter, options.clock);
      if (asked !== undefined && asked > options.longestWait) {
        throw fail('remote-busy', { host, status, tries, wait: Math.ceil(asked / 1000) });
      }
      if (tries >= options.tries) return false;
      const own = options.firstWait * 2 ** (tries - 1) * (1 - random.uniform() / 2);
      tries++;
      try {
        await sleep(Math.max(own, asked ?? 0), undefined, signal ? { signal } : {});
      } finally {
        signal?.throwIfAborted();
      }
      return true;
    },
  };
}

/** `Retry-After` is a number of seconds or an HTTP date (RFC 9110, 10.2.3); anything else is ignored. */
export function retryAfterMs(value: string | undefined, clock: Clock): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.parse(clock.now()));
}
