import { quantileSorted } from '../math/index.ts';
import { createRandom } from '../platform/random.ts';
import { gatherTarget } from '../recipes/index.ts';
import { evaluate, inMetricOrder, type Outcome } from './evaluate.ts';

export interface BootstrapOptions {
  readonly resamples: number;
  /** Of the interval, such as 0.95. */
  readonly level: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly progress: (fraction: number) => void;
}

export interface BootstrapResult {
  readonly resamples: number;
  readonly metrics: readonly {
    readonly metric: string;
    readonly value: number | null;
    readonly low: number | null;
    readonly high: number | null;
  }[];
}

/** Rows evaluated over all resamples, at most: about a minute of work. */
const mostWork = 40_000_000;

/**
 * Percentile intervals of every metric by a bootstrap of rows (Efron 1979). No interval where fewer than 95 % of the resamples
 * have a value. Costs resamples x rows x log rows.
 */
export async function metricIntervals(
  outcome: Outcome,
  { resamples: wanted, level, seed, signal, progress }: BootstrapOptions,
): Promise<BootstrapResult> {
  const rows =
    outcome.target.task === 'regression' ? outcome.target.values.length : outcome.target.codes.length;
  const resamples = Math.max(100, Math.min(wanted, Math.floor(mostWork / Math.max(1, rows))));
  const { metrics } = evaluate(outcome);
  const found = new Map(Object.keys(metrics).map((metric): [string, number[]] => [metric, []]));
  const random = createRandom(seed);
  const drawn = new Int32Array(rows);
  for (let sample = 0; sample < (rows > 0 ? resamples : 0); sample++) {
    for (let i = 0; i < rows; i++) drawn[i] = random.integer(rows);
    const { metrics: values } = evaluate(pickRows(outcome, drawn));
    for (const [metric, value] of Object.entries(values)) if (value !== null) found.get(metric)?.push(value);
    if (sample % 10 === 9) {
      signal.throwIfAborted();
      progress(sample / resamples);
      await new Promise(setImmediate);
    }
  }
  return {
    resamples,
    metrics: Object.entries(inMetricOrder(metrics)).map(([metric, value]) => {
      const values = found.get(metric) ?? [];
      if (value === null || values.length < 0.95 * resamples) return { metric, value, low: null, high: null };
      const sorted = Float64Array.from(values).sort();
      return {
        metric,
        value,
        low: quantileSorted(sorted, (1 - level) / 2),
        high: quantileSorted(sorted, (1 + level) / 2),
      };
    }),
  };
}

/** The outcome of some rows, in their order; a row may come more than once. */
function pickRows({ target, predictions }: Outcome, rows: Int32Array): Outcome {
  const width = target.task === 'regression' ? 1 : target.classes.length;
  const picked = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < width; k++) picked[i * width + k] = predictions[rows[i]! * width + k]!;
  }
  return { target: gatherTarget(target, rows), predictions: picked };
}
