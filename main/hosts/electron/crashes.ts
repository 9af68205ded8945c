/** What to do about a page whose process has ended. */
export type Remedy = 'none' | 'reload' | 'ask';

/** So many ends within so long are no accident: loading it again would go on for ever. */
const most = 3;
const within = 60_000;

/** Remembers when the page's process ended; `now` in milliseconds from anywhere. */
export function createCrashCounter(now: () => number): (reason: string) => Remedy {
  let ends: number[] = [];
  return (reason) => {
    if (reason === 'clean-exit') return 'none';
    ends = [...ends.filter((at) => now() - at < within), now()];
    return ends.length < most ? 'reload' : 'ask';
  };
}
