import { fail } from '../../../preload/contract/errors.ts';
import { createRandom } from '../../platform/random.ts';
import type { SplitPlan } from '../recipe.ts';
import type { RawColumn } from '../columns.ts';
import type { TargetColumn } from '../make-target.ts';
import { apportion, apportionClasses } from './apportion.ts';
import { divideBy } from './divide-by.ts';
import { divideInherited } from './inherit/divide-new.ts';
import type { Inherited } from './inherit/read-inherited.ts';
import { makeFolds } from './make-folds.ts';
import { part, rowsWhere, type Split } from './split.ts';

/**
 * Divides the rows that have a target. Counts are exact (largest remainder); the same plan and target give the same split
 * on every machine. Stratified: per class, and a class of one row goes where rows are needed most. `by` is the column that the
 * plan names. Training rows that are 0 in `trains` are left out. With `folds` the training rows are divided once more. What `inherited` says
 * of rows holds; the others are divided so that all together meet the shares.
 */
export function makeSplit(
  plan: SplitPlan,
  name: string,
  target: TargetColumn,
  by?: RawColumn,
  { trains, inherited }: { readonly trains?: Uint8Array; readonly inherited?: Inherited | undefined } = {},
): Split {
  const { folds, seed } = plan;
  if (plan.inherit && !inherited) throw new TypeError('the sides of an inherited split were not read');
  const all = inherited
    ? divideInherited(plan, target, inherited, by)
    : by
      ? divideBy(plan, target.known, by)
      : divideAtRandom(plan, name, target);
  const parts = trains
    ? all.map((code, row) => (code === part.train && !trains[row] ? part.leftOut : code))
    : all;
  if (folds === undefined) return { parts, seed };
  return { parts, seed, folds: makeFolds({ ...plan, folds }, parts, target, by, inherited?.folds) };
}

function divideAtRandom(plan: SplitPlan, name: string, { target, known, rows }: TargetColumn): Uint8Array {
  refuseTooFew(plan, name, rows);
  const shares = [plan.train, plan.validation, plan.test];
  const random = createRandom(plan.seed);
  const parts = new Uint8Array(known.length).fill(part.leftOut);
  const groups =
    plan.method === 'stratified' && target.task === 'classification'
      ? byClass(target.codes, target.classes.length, known)
      : [rowsWhere(known, 1)];
  const counts =
    groups.length === 1
      ? [apportion(rows, shares)]
      : apportionClasses(
          groups.map((group) => group.length),
          shares,
        );
  groups.forEach((group, index) => {
    random.shuffle(group);
    let next = 0;
    (counts[index] ?? []).forEach((count, code) => {
      for (let i = 0; i < count; i++) parts[group[next++] ?? 0] = code;
    });
  });
  return parts;
}

/** Throws `rows-too-few` when a part would get no row, or fewer than two train. */
export function refuseTooFew(plan: SplitPlan, target: string, rows: number): void {
  if (plan.method === 'column' || plan.inherit) return;
  const shares = [plan.train, plan.validation, plan.test];
  const fits = (n: number) => {
    const counts = apportion(n, shares);
    const train = counts[0] ?? 0;
    const folds = plan.folds ?? 0;
    return (
      train >= Math.max(2, folds, folds > 0 ? 3 : 0) &&
      shares.every((share, i) => share === 0 || (counts[i] ?? 0) > 0)
    );
  };
  if (fits(rows)) return;
  let needed = Math.max(2, rows + 1);
  while (!fits(needed) && needed < 1e6) needed++;
  throw fail('rows-too-few', { target, rows, needed, split: splitWords(plan) });
}

/** `60/20/20` */
export function splitWords(plan: SplitPlan): string {
  if (plan.method === 'column') return `as column "${plan.by ?? ''}" says`;
  const shares = [plan.train, plan.validation, plan.test]
    .map((share) => String(Number((share * 100).toFixed(4))))
    .join('/');
  return plan.folds === undefined ? shares : `${shares} in ${plan.folds} folds`;
}

function byClass(codes: Int32Array, classes: number, known: Uint8Array): Int32Array[] {
  const sizes = new Uint32Array(classes);
  for (let i = 0; i < codes.length; i++) if (known[i]) sizes[codes[i] ?? 0] = (sizes[codes[i] ?? 0] ?? 0) + 1;
  const groups = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Uint32Array(classes);
  for (let i = 0; i < codes.length; i++) {
    if (!known[i]) continue;
    const code = codes[i] ?? 0;
    const group = groups[code];
    if (group) group[filled[code] ?? 0] = i;
    filled[code] = (filled[code] ?? 0) + 1;
  }
  return groups;
}
