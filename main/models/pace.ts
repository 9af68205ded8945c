import { setImmediate } from 'node:timers/promises';
import { fail } from '../../preload/contract/errors.ts';
import type { Steps } from '../math/index.ts';
import { systemClock } from '../platform/clock.ts';

/** Lets long work be stopped: gives way to the event loop every 30 ms, so that a cancel can arrive. */
export interface Pace {
  /** Call between pieces of work of a few milliseconds. Throws `cancelled` once the signal is aborted. */
  turn(): Promise<void>;
  /** Runs steps to the end, giving way between them; `report` hears the fraction done, 0..1. */
  run<Result>(steps: Steps<Result>, report?: (fraction: number) => void): Promise<Result>;
}

/** `what` is what the failure says was cancelled. */
export function createPace(signal: AbortSignal, what: string): Pace {
  let last = systemClock.ticks();
  const due = (): boolean => systemClock.ticks() - last > 30;
  const giveWay = async (): Promise<void> => {
    await setImmediate();
    last = systemClock.ticks();
    if (signal.aborted) throw fail('cancelled', { what });
  };
  return {
    async turn() {
      if (signal.aborted) throw fail('cancelled', { what });
      if (due()) await giveWay();
    },
    async run(steps, report) {
      for (;;) {
        if (signal.aborted) throw fail('cancelled', { what });
        const next = steps.next();
        if (next.done) return next.value;
        if (due()) {
          report?.(next.value);
          await giveWay();
        }
      }
    },
  };
}
