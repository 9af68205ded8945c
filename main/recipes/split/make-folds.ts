import { createHash } from 'node:crypto';
import { fail } from '../../../preload/contract/errors.ts';
import { createRandom } from '../../platform/random.ts';
import type { RawColumn } from '../columns.ts';
import type { TargetColumn } from '../make-target.ts';
import type { SplitPlan } from '../recipe.ts';
import { foldInherited } from './inherit/divide-new.ts';
import { divideTimesForward, groupsOf } from './divide-by.ts';
import { foldRows, noFold, part, rowsWhere, type Folds } from './split.ts';

/** The folds are drawn from other numbers than the parts, by the same seed. */
const foldSalt = 0x0f01d5;

/**
 * Divides the training rows of a split into folds by the same method as its parts: at random (sizes differ by at most one row), within each
 * class (a class's counts too), whole groups (largest first, each to the smallest fold), by the hash of a key (the same key is in the same
 * fold of every later snapshot), or forward in time: equal blocks from the oldest, each judged by a model of those before it.
 * Throws `split-fold-empty`.
 */
export function makeFolds(
  plan: SplitPlan & { readonly folds: number },
  parts: Uint8Array,
  target: TargetColumn,
  by?: RawColumn,
  /** The fold each row had in the split that is inherited. */
  before?: Uint8Array,
): Folds {
  const { folds: count, method } = plan;
  const training = Uint8Array.from(parts, (code) => (code === part.train ? 1 : 0));
  const folds: Folds = {
    count,
    forward: method === 'time',
    of: before
      ? foldInherited(plan, training, target.target, before, by)
      : foldOfRows(plan, training, target, by),
  };
  for (let fold = 1; fold <= count; fold++) {
    const { train, validation } = foldRows(folds, fold);
    if (validation.length >= 1 && train.length >= 2) continue;
    const least = validation.length < 1 ? 'at least 1 row must judge it' : 'at least 2 rows must train it';
    const reason = `${least}; it has ${validation.length < 1 ? 0 : train.length} of ${rowsWhere(training, 1).length} training rows`;
    throw fail('split-fold-empty', { fold, folds: count, method, reason });
  }
  return folds;
}

function foldOfRows(
  plan: SplitPlan & { readonly folds: number },
  training: Uint8Array,
  { target }: TargetColumn,
  by?: RawColumn,
): Uint8Array {
  const { folds: count, method, seed } = plan;
  if (by && method === 'time') return divideTimesForward(plan, training, by);
  if (by && method === 'key') return keyFolds(plan, training, by);
  const of = new Uint8Array(training.length).fill(noFold);
  if (by) {
    const { ids, sizes } = groupsOf(by, training);
    const order = createRandom(seed ^ foldSalt).shuffle(Int32Array.from(sizes.keys()));
    const filled = new Float64Array(count);
    const foldOf = new Uint8Array(sizes.length);
    for (const group of [...order].sort((a, b) => sizes[b]! - sizes[a]!)) {
      const smallest = filled.indexOf(Math.min(...filled));
      filled[smallest]! += sizes[group]!;
      foldOf[group] = smallest + 1;
    }
    return of.map((none, row) => (ids[row]! < 0 ? none : foldOf[ids[row]!]!));
  }
  const random = createRandom(seed ^ foldSalt);
  let dealt = 0;
  for (const rows of rowsByClass(plan, training, target)) {
    for (const row of random.shuffle(rows)) of[row] = (dealt++ % count) + 1;
  }
  return of;
}

function rowsByClass(
  { method }: SplitPlan,
  training: Uint8Array,
  target: TargetColumn['target'],
): Int32Array[] {
  const rows = rowsWhere(training, 1);
  if (method !== 'stratified' || target.task !== 'classification') return [rows];
  const groups = target.classes.map((): number[] => []);
  for (const row of rows) groups[target.codes[row]!]?.push(row);
  return groups.map((group) => Int32Array.from(group));
}

/** The second 48 bits of the hash whose first 48 say the part: one tells nothing of the other. */
function keyFolds(
  { folds: count, seed }: SplitPlan & { readonly folds: number },
  training: Uint8Array,
  by: RawColumn,
): Uint8Array {
  const foldOf = (key: string): number =>
    Math.floor((createHash('sha256').update(`${seed}:${key}`).digest().readUIntBE(6, 6) / 2 ** 48) * count) +
    1;
  const levels = by.kind === 'category' ? by.levels.map(foldOf) : [];
  return Uint8Array.from(training, (trains, row) => {
    if (trains === 0) return noFold;
    return by.kind === 'category' ? levels[by.codes[row]!]! : foldOf(String(by.values[row]!));
  });
}
