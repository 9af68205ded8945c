import type { Engine } from '../../preload/contract/common.ts';
import type { RunMetrics } from '../../preload/contract/training.ts';

type Metrics = RunMetrics;
type SplitMetrics = RunMetrics['train'];

/** What a run leaves behind, as far as another run of the same recipe must give it again. */
export interface RunTraces {
  /** Digests of the recorded objects. */
  readonly split: string;
  readonly pipeline: string;
  readonly model: string;
  readonly engine: Engine;
  readonly metrics: Metrics;
}

export interface Difference {
  readonly what: string;
  readonly recorded: string;
  readonly now: string;
  /** null where nothing but the same will do. */
  readonly tolerance: string | null;
}

export interface Comparison {
  readonly verdict: 'identical' | 'within-tolerance' | 'not-reproduced';
  /** The first that matters stands first. Empty when identical. */
  readonly differences: readonly Difference[];
}

/**
 * How far metrics may be apart, relative beyond 1 and absolute below. Plain JavaScript differs between machines by the last
 * bits of exp and log only; networks add up their rounding over thousands of steps, and differ with the engine.
 */
const metricTolerance = { exact: 1e-6, network: 0.02 } as const;

/**
 * Compares a run with what was recorded of it. Identical: the split, the fitted steps and the model are the same bytes. Within
 * tolerance: the same rows, and every metric of every split within the stated tolerance. Else not reproduced.
 */
export function compareRuns(recorded: RunTraces, now: RunTraces): Comparison {
  if (recorded.split !== now.split) {
    return { verdict: 'not-reproduced', differences: [same('split', recorded.split, now.split)] };
  }
  const bytes = (['pipeline', 'model'] as const).flatMap((part) =>
    recorded[part] === now[part] ? [] : [same(`${part} bytes`, recorded[part], now[part])],
  );
  const tolerance =
    recorded.engine.id === 'javascript' && now.engine.id === 'javascript'
      ? metricTolerance.exact
      : metricTolerance.network;
  const metrics = compareMetrics(recorded.metrics, now.metrics, tolerance);
  if (bytes.length === 0 && metrics.length === 0) return { verdict: 'identical', differences: [] };
  const beyond = metrics.filter(({ within }) => !within);
  const near = metrics.filter(({ within }) => within);
  const engine = engineDifference(recorded.engine, now.engine);
  return {
    verdict: beyond.length === 0 ? 'within-tolerance' : 'not-reproduced',
    differences: [beyond, bytes, engine, near].flatMap((list) => list.map(plain)),
  };
}

function same(what: string, recorded: string, now: string): Difference {
  return { what, recorded, now, tolerance: null };
}

function plain({ what, recorded, now, tolerance }: Difference): Difference {
  return { what, recorded, now, tolerance };
}

function engineWords({ id, version, detail }: Engine): string {
  return `${id} ${version} (${detail})`;
}

function engineDifference(recorded: Engine, now: Engine): Difference[] {
  const [before, after] = [engineWords(recorded), engineWords(now)];
  return before === after ? [] : [same('engine', before, after)];
}

function bySplit({ train, validation, test, folds = [] }: Metrics): Record<string, SplitMetrics> {
  return {
    train,
    validation,
    test,
    ...Object.fromEntries(folds.map(({ fold, metrics }) => [`fold ${fold}`, metrics])),
  };
}

function compareMetrics(
  recorded: Metrics,
  now: Metrics,
  tolerance: number,
): (Difference & { within: boolean })[] {
  const found = bySplit(now);
  return Object.entries(bySplit(recorded)).flatMap(([split, metrics]) =>
    Object.entries(metrics).flatMap(([metric, before]) => {
      const after = found[split]?.[metric] ?? null;
      if (before === after) return [];
      const within =
        before !== null &&
        after !== null &&
        Math.abs(after - before) <= tolerance * Math.max(1, Math.abs(before));
      return [
        {
          what: `${split} ${metric}`,
          recorded: String(before),
          now: String(after),
          tolerance: String(tolerance),
          within,
        },
      ];
    }),
  );
}
