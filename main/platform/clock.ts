/** The only source of time. Tests fix it; records carry what it says. */
export interface Clock {
  /** ISO 8601, UTC, milliseconds. */
  now(): string;
  /** Monotonic milliseconds, for durations and throttles only. */
  ticks(): number;
}

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  ticks: () => performance.now(),
};
