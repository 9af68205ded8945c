import type { Engine, Environment } from '../../preload/contract/common.ts';
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

/** The last bits of exp, log and sums differ between machines: relative beyond 1 and absolute below. */
const lastBits = 1e-6;

/** How far apart a metric may be, by `test r2`: absolute. */
export type Tolerances = ReadonlyMap<string, number>;

export interface Circumstances {
  /** What was recorded of the machine and the code, where that is not the same now. */
  readonly around?: readonly Difference[];
  /** Stated from repeated seeds. */
  readonly tolerances?: Tolerances;
}

/**
 * Compares a run with what was recorded of it. Identical: the split, the fitted steps and the model are the same bytes. Within
 * tolerance: the same rows, and every metric of every split as near as the last bits, or as the stated tolerance allows. Else not
 * reproduced.
 */
export function compareRuns(
  recorded: RunTraces,
  now: RunTraces,
  circumstances: Circumstances = {},
): Comparison {
  const { around = [], tolerances } = circumstances;
  if (recorded.split !== now.split) {
    return { verdict: 'not-reproduced', differences: [same('split', recorded.split, now.split), ...around] };
  }
  const bytes = (['pipeline', 'model'] as const).flatMap((part) =>
    recorded[part] === now[part] ? [] : [same(`${part} bytes`, recorded[part], now[part])],
  );
  const metrics = compareMetrics(recorded.metrics, now.metrics, tolerances);
  if (bytes.length === 0 && metrics.length === 0) return { verdict: 'identical', differences: [] };
  const beyond = metrics.filter(({ within }) => !within);
  const near = metrics.filter(({ within }) => within);
  const engine = engineDifference(recorded.engine, now.engine);
  return {
    verdict: beyond.length === 0 ? 'within-tolerance' : 'not-reproduced',
    differences: [beyond, bytes, engine, around, near].flatMap((list) => list.map(plain)),
  };
}

/**
 * A difference between two results of one method in one place that is exceeded once in twenty times: 2.8 standard deviations, the
 * repeatability limit of ISO 5725-6.
 */
export const repeatability = 2.8;

/** What repeated seeds allow: for each metric `repeatability` times its standard deviation (n - 1) over runs with other seeds. */
export function tolerancesOf(runs: readonly Metrics[]): Tolerances {
  const values = new Map<string, number[]>();
  for (const run of runs) {
    for (const [split, metrics] of Object.entries(bySplit(run))) {
      for (const [metric, value] of Object.entries(metrics)) {
        if (value !== null)
          values.set(`${split} ${metric}`, [...(values.get(`${split} ${metric}`) ?? []), value]);
      }
    }
  }
  return new Map([...values].map(([name, list]) => [name, repeatability * standardDeviation(list)]));
}

function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** What of the machine and the code is not as it was recorded. */
export function environmentDifferences(
  recorded: { readonly environment: Environment | undefined; readonly code: string },
  now: { readonly environment: Environment; readonly code: string },
): Difference[] {
  const code = recorded.code === now.code ? [] : [same('code', recorded.code, now.code)];
  const before = recorded.environment;
  if (!before) return code;
  const told = (['os', 'architecture', 'processor', 'threads', 'flags', 'runtime'] as const).flatMap(
    (what) => {
      const [was, is] = [String(before[what]), String(now.environment[what])];
      return was === is ? [] : [same(what, was, is)];
    },
  );
  return [...told, ...code];
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
  tolerances: Tolerances | undefined,
): (Difference & { within: boolean })[] {
  const found = bySplit(now);
  return Object.entries(bySplit(recorded)).flatMap(([split, metrics]) =>
    Object.entries(metrics).flatMap(([metric, before]) => {
      const after = found[split]?.[metric] ?? null;
      if (before === after) return [];
      const exact = lastBits * Math.max(1, Math.abs(before ?? 0));
      const tolerance = Math.max(exact, tolerances?.get(`${split} ${metric}`) ?? 0);
      const within = before !== null && after !== null && Math.abs(after - before) <= tolerance;
      return [
        {
          what: `${split} ${metric}`,
          recorded: String(before),
          now: String(after),
          tolerance: String(Number(tolerance.toPrecision(4))),
          within,
        },
      ];
    }),
  );
}
