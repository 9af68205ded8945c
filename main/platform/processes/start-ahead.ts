import type { Child, Launcher } from './launcher.ts';

/** A launcher that can have one process started before it is asked for. */
export interface Ahead {
  readonly launch: Launcher;
  /** Starts one, unless one waits already. */
  warm(): void;
  /** Ends the one that waits; none is started ahead after this. */
  close(): void;
}

/** A job process takes about as long to start as a small job takes: the next one is started while there is time. */
export function startAhead(launch: Launcher): Ahead {
  let waiting: Child | undefined;
  let closed = false;
  return {
    launch() {
      const child = waiting ?? launch();
      waiting = undefined;
      return child;
    },
    warm() {
      if (waiting || closed) return;
      const child = launch();
      waiting = child;
      child.onExit(() => {
        if (waiting === child) waiting = undefined;
      });
    },
    close() {
      closed = true;
      waiting?.kill();
      waiting = undefined;
    },
  };
}
