import { fail } from '../../../../preload/contract/errors.ts';
import { createRandom } from '../../../platform/random.ts';
import type { RawColumn } from '../../columns.ts';
import type { TargetColumn } from '../../make-target.ts';
import type { SplitPlan } from '../../recipe.ts';
import { apportion, apportionClasses } from '../apportion.ts';
import { groupsOf } from '../divide-by.ts';
import { part, rowsWhere } from '../split.ts';
import { isNew, type Inherited } from './read-inherited.ts';

/** New rows are drawn from other numbers than those of the recorded split, by the same seed. */
const newSalt = 0x1e417;

/**
 * The part of each row that has a target: the one it had, and for a new row the one that the recorded rule gives it, so that the shares of
 * all rows together come as near to the plan's as can be. By class: of each class. By group: new groups come in a random order, each to
 * the part that lacks most rows. Throws `split-inherited-empty`.
 */
export function divideInherited(
  plan: SplitPlan,
  target: TargetColumn,
  { parts: before }: Inherited,
  by?: RawColumn,
): Uint8Array {
  const { known } = target;
  const parts = Uint8Array.from(known, (has, row) => (has ? before[row]! : part.leftOut));
  if (by) placeGroups(plan, known, by, parts);
  else {
    const random = createRandom(plan.seed ^ newSalt);
    const classes = rowsByClass(plan, target);
    const shares = [plan.train, plan.validation, plan.test];
    const wanted =
      classes.length === 1
        ? [apportion(target.rows, shares)]
        : apportionClasses(
            classes.map((rows) => rows.length),
            shares,
          );
    classes.forEach((rows, index) => {
      const fresh = random.shuffle(rows.filter((row) => parts[row] === isNew));
      const lacking = (wanted[index] ?? []).map((count, code) =>
        Math.max(0, count - rows.reduce((sum, row) => sum + (parts[row] === code ? 1 : 0), 0)),
      );
      const all = lacking.reduce((sum, count) => sum + count, 0);
      let next = 0;
      apportion(
        fresh.length,
        lacking.map((count) => (all > 0 ? count / all : 0)),
      ).forEach((count, code) => {
        for (let i = 0; i < count; i++) parts[fresh[next++]!] = code;
      });
    });
  }
  refuseEmpty(plan, parts);
  return parts;
}

function rowsByClass({ method }: SplitPlan, { target, known }: TargetColumn): Int32Array[] {
  const rows = rowsWhere(known, 1);
  if (method !== 'stratified' || target.task !== 'classification') return [rows];
  const groups = target.classes.map((): number[] => []);
  for (const row of rows) groups[target.codes[row]!]?.push(row);
  return groups.map((group) => Int32Array.from(group));
}

/** Groups that are known have their side already, in every row: whole groups are inherited. */
function placeGroups(plan: SplitPlan, known: Uint8Array, by: RawColumn, parts: Uint8Array): void {
  const { ids, sizes } = groupsOf(by, known);
  const partOf = new Uint8Array(sizes.length).fill(isNew);
  ids.forEach((id, row) => {
    if (id >= 0 && parts[row] !== isNew) partOf[id] = parts[row]!;
  });
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const lacking = [plan.train, plan.validation, plan.test].map((share) => share * rows);
  const open = [plan.train, plan.validation, plan.test].flatMap((share, code) => (share > 0 ? [code] : []));
  partOf.forEach((code, id) => {
    if (code !== isNew) lacking[code]! -= sizes[id]!;
  });
  for (const id of createRandom(plan.seed ^ newSalt).shuffle(Int32Array.from(sizes.keys()))) {
    if (partOf[id] !== isNew) continue;
    const best = open.reduce((most, code) => (lacking[code]! > lacking[most]! ? code : most));
    partOf[id] = best;
    lacking[best]! -= sizes[id]!;
  }
  ids.forEach((id, row) => {
    if (id >= 0) parts[row] = partOf[id]!;
  });
}

function refuseEmpty({ validation, test }: SplitPlan, parts: Uint8Array): void {
  const least = { train: 2, validation: validation > 0 ? 1 : 0, test: test > 0 ? 1 : 0 };
  for (const [name, needed] of Object.entries(least)) {
    const rows = rowsWhere(parts, part[name as keyof typeof least]).length;
    if (rows < needed) throw fail('split-inherited-empty', { part: name, rows, needed });
  }
}

/**
 * The fold of each training row: the one it had; new ones come in a random order, each to the smallest fold, of its class where the
 * split is stratified, whole groups at once. A known group keeps its fold.
 */
export function foldInherited(
  plan: SplitPlan & { readonly folds: number },
  training: Uint8Array,
  target: TargetColumn['target'],
  before: Uint8Array,
  by?: RawColumn,
): Uint8Array {
  const none = 255;
  const of = Uint8Array.from(training, (trains, row) => (trains ? before[row]! : none));
  const { ids, sizes } = by
    ? groupsOf(by, training)
    : {
        ids: Int32Array.from(training, (trains, row) => (trains ? row : -1)),
        sizes: Array.from(training, () => 1),
      };
  const foldOf = new Uint8Array(sizes.length).fill(none);
  const rowOf = new Int32Array(sizes.length).fill(-1);
  ids.forEach((id, row) => {
    if (id < 0) return;
    if (rowOf[id]! < 0) rowOf[id] = row;
    if (of[row] !== none) foldOf[id] = of[row]!;
  });
  const classes =
    plan.method === 'stratified' && target.task === 'classification' ? target.classes.length : 1;
  const filled = Array.from({ length: classes }, () => new Float64Array(plan.folds));
  const filledFor = (id: number): Float64Array =>
    filled[classes > 1 && target.task === 'classification' ? target.codes[rowOf[id]!]! : 0]!;
  foldOf.forEach((fold, id) => {
    if (fold !== none && rowOf[id]! >= 0) filledFor(id)[fold - 1]! += sizes[id]!;
  });
  for (const id of createRandom(plan.seed ^ newSalt).shuffle(Int32Array.from(sizes.keys()))) {
    if (rowOf[id]! < 0 || foldOf[id] !== none) continue;
    const sums = filledFor(id);
    const smallest = sums.indexOf(Math.min(...sums));
    sums[smallest]! += sizes[id]!;
    foldOf[id] = smallest + 1;
  }
  return of.map((_, row) => (ids[row]! < 0 ? none : foldOf[ids[row]!]!));
}
