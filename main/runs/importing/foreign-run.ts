/** A value of a metric: step, moment in milliseconds since 1970, value; NaN and infinities as they are. */
export type MetricPoint = readonly [step: number, at: number, value: number];

/** A run as another tool recorded it. */
export interface ForeignRun {
  readonly id: string;
  readonly experiment: string;
  readonly name: string;
  /** The tool's own word: FINISHED, FAILED, ... */
  readonly status: string;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly ended: number | null;
  readonly user: string;
  readonly params: Readonly<Record<string, string>>;
  /** Every value ever logged, in the order of steps. */
  readonly metrics: Readonly<Record<string, readonly MetricPoint[]>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a history has, one run after the other; deleted runs and experiments are counted, not given. */
export interface ForeignHistory {
  readonly runs: AsyncIterable<ForeignRun> | Iterable<ForeignRun>;
  /** Known once all runs were read. */
  deleted(): number;
  close(): void;
}

/** The order in which MLflow takes the last value of a metric: by step, then moment, then value. */
export function byStep(a: MetricPoint, b: MetricPoint): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || 0;
}
