import type { RunEntry } from '../read-entries.ts';
import { changesBetween, unitsOf } from './units.ts';

/**
 * Runs that are alike but for one part. Each run stands in one bucket for each of its parts, named for all its other parts: whoever is
 * in the same bucket differs in no other. So all pairs are found in one pass, without holding each run against each.
 */
export interface Neighbours {
  /** Buckets by the part that may differ in them. */
  readonly byPart: ReadonlyMap<string, ReadonlyMap<string, readonly RunEntry[]>>;
  /** Shortest walk by single changes; undefined where there is none. `reached` is all that can be walked to. */
  walk(
    from: RunEntry,
    to: RunEntry,
  ): {
    readonly path: readonly RunEntry[] | undefined;
    readonly reached: ReadonlyMap<RunEntry, RunEntry | null>;
  };
}

const learner = 'family';

export function findNeighbours(runs: readonly RunEntry[]): Neighbours {
  const byPart = new Map<string, Map<string, RunEntry[]>>();
  const bucketsOf = new Map<RunEntry, { part: string; key: string }[]>();
  for (const run of runs) {
    const units = [...unitsOf(run)]
      .filter(([name]) => name !== 'order')
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    const keys = partsOf(units.map(([name]) => name)).map((part) => ({ part, key: keyWithout(units, part) }));
    bucketsOf.set(run, keys);
    for (const { part, key } of keys) {
      const buckets = byPart.get(part) ?? new Map<string, RunEntry[]>();
      byPart.set(part, buckets);
      const bucket = buckets.get(key);
      if (bucket) bucket.push(run);
      else buckets.set(key, [run]);
    }
  }
  return {
    byPart,
    walk(from, to) {
      const reached = new Map<RunEntry, RunEntry | null>([[from, null]]);
      const expanded = new Set<readonly RunEntry[]>();
      // A map grows while it is walked: breadth first.
      for (const run of reached.keys()) {
        if (run === to) break;
        for (const { part, key } of bucketsOf.get(run) ?? []) {
          const bucket = byPart.get(part)?.get(key) ?? [];
          if (expanded.has(bucket)) continue;
          expanded.add(bucket);
          for (const other of bucket)
            if (!reached.has(other) && changesBetween(run, other).length <= 1) reached.set(other, run);
        }
      }
      return { path: reached.has(to) ? pathTo(reached, to) : undefined, reached };
    },
  };
}

export function pathTo(reached: ReadonlyMap<RunEntry, RunEntry | null>, to: RunEntry): RunEntry[] {
  const path: RunEntry[] = [];
  for (let at: RunEntry | null | undefined = to; at; at = reached.get(at)) path.unshift(at);
  return path;
}

/** Parts that may be changed: those there are, and a step or parameter that only the other run has. */
function partsOf(names: readonly string[]): string[] {
  return [...names, 'step'];
}

/** A learner is changed with all its parameters; `step` stands for one step more or less. */
function keyWithout(units: readonly (readonly [string, string])[], part: string): string {
  return JSON.stringify(
    units.filter(([name]) => {
      if (part === learner) return name !== learner && !name.startsWith('params');
      return part === 'step' ? !name.startsWith('step ') : name !== part;
    }),
  );
}
