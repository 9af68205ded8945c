/** A few things at a time; the others wait their turn, and stop waiting when their signal says so. */
export interface Lanes {
  /** Resolves when a lane is free, with the function that gives it back; rejects with the signal's reason. */
  take(signal: AbortSignal): Promise<() => void>;
}

export function createLanes(count: number): Lanes {
  const waiting = new Set<() => void>();
  let busy = 0;

  const give = (): void => {
    const [next] = waiting;
    if (next) {
      waiting.delete(next);
      next();
    } else busy--;
  };

  return {
    async take(signal) {
      signal.throwIfAborted();
      if (busy < count) busy++;
      else {
        await new Promise<void>((resolve, reject) => {
          const leave = (): void => {
            waiting.delete(go);
            reject(signal.reason as Error);
          };
          const go = (): void => {
            signal.removeEventListener('abort', leave);
            resolve();
          };
          signal.addEventListener('abort', leave, { once: true });
          waiting.add(go);
        });
      }
      return give;
    },
  };
}
