import { fail } from '../../../preload/contract/errors.ts';
import type { RunChange, WhyBetter } from '../../../preload/contract/runs.ts';
import { findColumn, directionOf } from '../columns.ts';
import type { Entries, RunEntry } from '../read-entries.ts';
import { findNeighbours, pathTo, type Neighbours } from './neighbours.ts';
import { changesBetween, surroundingChanges, unitsOf } from './units.ts';

/** Of validation rows, or the mean over folds, where test rows are sealed. */
const headlines = ['test', 'validation'].flatMap((part) =>
  ['mean_absolute_error', 'roc_auc', 'accuracy', 'log_loss', 'r2'].map((metric) => `${part}.${metric}`),
);
/** Beyond so many standard deviations the seed alone brings two runs once in twenty times (ISO 5725-6). */
const repeatability = 2.8;

/**
 * Which change came with which change of a metric: a walk from one run to the other over runs that were really made, each of which
 * differs from the one before in one thing, where there is such a walk. It tells what came together, not what caused it.
 */
export function explainDifference(
  entries: Entries,
  { a: idA, b: idB, metric: wanted }: { a: string; b: string; metric?: string | undefined },
): WhyBetter {
  const [a, b] = [require(entries, idA), require(entries, idB)];
  const reason = whyNot(a, b);
  if (reason) throw fail('runs-different', { a: idA, b: idB, reason });
  const metric = metricOf(entries, a, b, wanted);
  const direction = directionOf(metric);
  if (direction === null)
    throw fail('runs-different', { a: idA, b: idB, reason: `which way "${metric}" is better is not known` });
  const valueOf = (run: RunEntry): number | null => {
    const value = run.metrics().get(metric);
    return typeof value === 'number' ? value : null;
  };
  const alike = entries.all.filter(
    (run) =>
      run.status === 'done' &&
      run.facts['target'] === a.facts['target'] &&
      run.facts['task'] === a.facts['task'] &&
      valueOf(run) !== null,
  );
  const neighbours = findNeighbours(alike);
  const path = pathBetween(neighbours, a, b);
  const side = (before: number, after: number): 'better' | 'worse' | 'same' =>
    before === after ? 'same' : after > before === (direction === 'higher') ? 'better' : 'worse';
  const noise = noiseOf(neighbours, valueOf);
  const steps = path.slice(1).map((to, i) => {
    const from = path[i] ?? a;
    const [before, after] = [valueOf(from) ?? Number.NaN, valueOf(to) ?? Number.NaN];
    return {
      from: from.id,
      to: to.id,
      changes: changesBetween(from, to),
      before,
      after,
      outcome: side(before, after),
      withinNoise: noise !== null && Math.abs(after - before) <= noise.limit,
      sameRows: from.facts['rows'] === to.facts['rows'],
    };
  });
  const [first, last] = [valueOf(a) ?? Number.NaN, valueOf(b) ?? Number.NaN];
  return {
    metric,
    direction,
    a: { run: a.id, value: first },
    b: { run: b.id, value: last },
    outcome: side(first, last),
    sameRows: a.facts['rows'] === b.facts['rows'],
    steps,
    also: surroundingChanges(a, b),
    elsewhere: changesBetween(a, b).flatMap(
      (change) => elsewhere(neighbours, change, path, valueOf, side) ?? [],
    ),
    noise,
  };
}

function require({ byId, all }: Entries, run: string): RunEntry {
  const found = byId.get(run);
  if (!found) throw fail('run-not-found', { run, known: all.slice(0, 5).map(({ id }) => id) });
  return found;
}

function whyNot(a: RunEntry, b: RunEntry): string | undefined {
  for (const run of [a, b]) {
    if (run.origin === 'mlflow') return `"${run.id}" was read from MLflow, which keeps no data and no recipe`;
    if (run.status !== 'done') return `"${run.id}" is ${run.status}; this needs finished runs`;
  }
  for (const what of ['target', 'task'])
    if (a.facts[what] !== b.facts[what])
      return `they predict different things: ${String(a.facts[what])} and ${String(b.facts[what])}`;
  return undefined;
}

function metricOf(entries: Entries, a: RunEntry, b: RunEntry, wanted: string | undefined): string {
  const ids = wanted === undefined ? headlines : [findColumn(entries, wanted).id];
  const found = ids.find((id) => [a, b].every((run) => typeof run.metrics().get(id) === 'number'));
  if (found === undefined)
    throw fail('runs-different', {
      a: a.id,
      b: b.id,
      reason: `not both have a value of ${wanted ?? 'any headline metric'}`,
    });
  return found;
}

/** By single changes, or as near to the other run as they lead, and the rest in one step. */
function pathBetween(neighbours: Neighbours, a: RunEntry, b: RunEntry): readonly RunEntry[] {
  const { path, reached } = neighbours.walk(a, b);
  if (path) return path;
  let nearest = a;
  let fewest = changesBetween(a, b).length;
  for (const run of reached.keys()) {
    const count = changesBetween(run, b).length;
    if (count < fewest) [nearest, fewest] = [run, count];
  }
  return [...pathTo(reached, nearest), b];
}

/** What the same change came with in other pairs of runs that differ in it alone: one pair a bucket, of means where there are several. */
function elsewhere(
  { byPart }: Neighbours,
  change: RunChange,
  path: readonly RunEntry[],
  valueOf: (run: RunEntry) => number | null,
  side: (before: number, after: number) => 'better' | 'worse' | 'same',
): WhyBetter['elsewhere'][number] | undefined {
  const part = [...byPart.keys()].find((name) => name === change.what || name === `params.${change.what}`);
  if (part === undefined) return undefined;
  const [was, is] = [path[0], path.at(-1)].map((run) => run && unitsOf(run).get(part));
  const steps = path.slice(1).map((run, i) => [path[i] ?? run, run]);
  const counts = { better: 0, worse: 0, same: 0 };
  for (const bucket of byPart.get(part)?.values() ?? []) {
    const mean = (value: string | undefined): number | undefined => {
      const runs = bucket.filter((run) => unitsOf(run).get(part) === value);
      return runs.length ? runs.reduce((sum, run) => sum + (valueOf(run) ?? 0), 0) / runs.length : undefined;
    };
    // A step of the walk is told already.
    const isStep = steps.some((ends) => ends.every((run) => bucket.includes(run)));
    if (bucket.length < 2 || isStep) continue;
    const [before, after] = [mean(was), mean(is)];
    if (before !== undefined && after !== undefined) counts[side(before, after)] += 1;
  }
  return counts.better + counts.worse + counts.same ? { change, ...counts } : undefined;
}

/** How far the seed alone puts the metric apart, over all runs that differ in nothing else. */
function noiseOf({ byPart }: Neighbours, valueOf: (run: RunEntry) => number | null): WhyBetter['noise'] {
  let squares = 0;
  let freedom = 0;
  let runs = 0;
  for (const bucket of byPart.get('seed')?.values() ?? []) {
    if (bucket.length < 2) continue;
    const values = bucket.map((run) => valueOf(run) ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    squares += values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    freedom += values.length - 1;
    runs += values.length;
  }
  return freedom ? { runs, limit: repeatability * Math.sqrt(squares / freedom) } : null;
}
