import { createHash } from 'node:crypto';
import { fail } from '../../../preload/contract/errors.ts';
import { createRandom } from '../../platform/random.ts';
import { columnLength, type RawColumn } from '../columns.ts';
import type { SplitPlan } from '../recipe.ts';
import { apportion } from './apportion.ts';
import { noFold, part, rowsWhere, trainsOnly } from './split.ts';

type Divide = (plan: SplitPlan, known: Uint8Array, by: RawColumn) => Uint8Array;

const methods: Readonly<Record<string, Divide>> = {
  group: divideGroups,
  time: divideTimes,
  key: divideKeys,
  column: divideAsSaid,
};

/**
 * The part of each row, by the values of a column; rows without a target (`known` 0) are left out. Throws `split-column-kind`,
 * `split-part-empty`.
 */
export function divideBy(plan: SplitPlan, known: Uint8Array, by: RawColumn): Uint8Array {
  const parts = methods[plan.method]!(plan, known, by);
  const counts = [0, 0, 0, 0];
  for (const code of parts) counts[code]! += 1;
  const { train, validation, test, method } = plan;
  const wanted = {
    train: 2,
    validation: validation > 0 ? 1 : 0,
    test: method === 'column' || test > 0 ? 1 : 0,
  };
  for (const [name, least] of Object.entries(wanted)) {
    const found = counts[part[name as keyof typeof wanted]]!;
    if (found >= least) continue;
    const shares = method === 'column' ? '' : ` of ${train}/${validation}/${test}`;
    throw fail('split-part-empty', {
      by: by.name,
      method,
      part: name,
      reason: `${found} of ${known.length} rows${shares}, and at least ${least} ${least === 1 ? 'is' : 'are'} needed; ${advice[method] ?? ''}`,
    });
  }
  return parts;
}

const advice: Readonly<Record<string, string>> = {
  group: 'there must be at least as many groups as parts',
  time: 'choose other shares or a smaller gap',
  key: 'there must be more different keys',
  column: 'it must hold "train", "test" and, where wanted, "validation"',
};

/** Rows with one value are one group; each row without a value is a group of its own. Ids in the order of first appearance. */
export function groupsOf(by: RawColumn, known: Uint8Array): { ids: Int32Array; sizes: number[] } {
  const ids = new Int32Array(known.length).fill(-1);
  const sizes: number[] = [];
  const seen = new Map<number, number>();
  for (let row = 0; row < known.length; row++) {
    if (known[row] === 0) continue;
    const value = by.kind === 'number' ? by.values[row]! : by.codes[row]!;
    const missing = by.kind === 'number' ? Number.isNaN(value) : value < 0;
    let id = missing ? undefined : seen.get(value);
    if (id === undefined) {
      id = sizes.push(0) - 1;
      if (!missing) seen.set(value, id);
    }
    ids[row] = id;
    sizes[id]! += 1;
  }
  return { ids, sizes };
}

/**
 * Groups come in a random order, each to the part that lacks most rows. When as many groups are left as parts are empty, each
 * of those gets one.
 */
function divideGroups(
  { train, validation, test, seed }: SplitPlan,
  known: Uint8Array,
  by: RawColumn,
): Uint8Array {
  const { ids, sizes } = groupsOf(by, known);
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const lacking = [train, validation, test].map((share) => share * rows);
  const open = [train, validation, test].flatMap((share, code) => (share > 0 ? [code] : []));
  const empty = new Set(open);
  const order = createRandom(seed).shuffle(Int32Array.from(sizes.keys()));
  const partOf = new Uint8Array(sizes.length);
  order.forEach((group, place) => {
    const left = order.length - place;
    const candidates = left <= empty.size ? open.filter((code) => empty.has(code)) : open;
    const best = candidates.reduce((most, code) => (lacking[code]! > lacking[most]! ? code : most));
    partOf[group] = best;
    lacking[best]! -= sizes[group]!;
    empty.delete(best);
  });
  return Uint8Array.from(ids, (id) => (id < 0 ? part.leftOut : partOf[id]!));
}

/** The oldest train, the newest test. Rows of one time stay together: the earlier part takes them all. */
function divideTimes(
  { train, validation, test, gap = 0 }: SplitPlan,
  known: Uint8Array,
  by: RawColumn,
): Uint8Array {
  const parts = new Uint8Array(known.length).fill(part.leftOut);
  forwardBlocks(known, by, [train, validation, test], gap, (row, code, near) => {
    if (!near) parts[row] = code;
  });
  return parts;
}

/** Blocks of equal size from the oldest, 0 to `folds`; what lies in the gap after a block only trains. */
export function divideTimesForward(
  { folds = 2, gap = 0 }: SplitPlan,
  training: Uint8Array,
  by: RawColumn,
): Uint8Array {
  const of = new Uint8Array(training.length).fill(noFold);
  const shares = Array.from({ length: folds + 1 }, () => 1 / (folds + 1));
  forwardBlocks(training, by, shares, gap, (row, block, near) => {
    of[row] = near ? block + trainsOnly : block;
  });
  return of;
}

/** Goes through the rows from the oldest in blocks of these shares; `near`: less than the gap after the block before. */
function forwardBlocks(
  known: Uint8Array,
  by: RawColumn,
  shares: readonly number[],
  gap: number,
  place: (row: number, block: number, near: boolean) => void,
): void {
  if (by.kind !== 'number') {
    throw fail('split-column-kind', {
      method: 'time',
      column: by.name,
      found: 'text',
      wanted: 'dates, moments or numbers; import it with a date format, or choose another column',
    });
  }
  const { values } = by;
  const order = rowsWhere(known, 1)
    .filter((row) => !Number.isNaN(values[row]!))
    .sort((a, b) => values[a]! - values[b]! || a - b);
  let from = 0;
  let before = Number.NEGATIVE_INFINITY;
  let quota = 0;
  apportion(order.length, shares).forEach((count, block) => {
    quota += count;
    let to = Math.max(from, quota);
    while (to > from && to < order.length && values[order[to]!] === values[order[to - 1]!]) to++;
    for (let i = from; i < to; i++) {
      const row = order[i]!;
      place(row, block, gap > 0 && values[row]! - before < gap);
    }
    if (to > from) before = values[order[to - 1]!]!;
    from = to;
  });
}

/** A key's place in [0, 1) is the first 48 bits of SHA-256 of the seed and the key: nothing else in the table matters to it. */
function divideKeys({ train, validation, seed }: SplitPlan, known: Uint8Array, by: RawColumn): Uint8Array {
  const partOf = (key: string): number => {
    const place = createHash('sha256').update(`${seed}:${key}`).digest().readUIntBE(0, 6) / 2 ** 48;
    return place < train ? part.train : place < train + validation ? part.validation : part.test;
  };
  const levels = by.kind === 'category' ? by.levels.map(partOf) : [];
  const parts = new Uint8Array(columnLength(by)).fill(part.leftOut);
  for (let row = 0; row < parts.length; row++) {
    if (known[row] === 0) continue;
    if (by.kind === 'category') {
      const code = by.codes[row]!;
      if (code >= 0) parts[row] = levels[code]!;
    } else if (!Number.isNaN(by.values[row]!)) parts[row] = partOf(String(by.values[row]!));
  }
  return parts;
}

const said: Readonly<Record<string, number>> = {
  train: part.train,
  training: part.train,
  validation: part.validation,
  valid: part.validation,
  val: part.validation,
  dev: part.validation,
  test: part.test,
  holdout: part.test,
};

/** Rows with any other word, or none, are left out. */
function divideAsSaid(_: SplitPlan, known: Uint8Array, by: RawColumn): Uint8Array {
  if (by.kind !== 'category') {
    throw fail('split-column-kind', {
      method: 'column',
      column: by.name,
      found: 'numbers',
      wanted: 'a text column with "train", "validation" and "test"',
    });
  }
  const levels = by.levels.map((level) => said[level.trim().toLowerCase()] ?? part.leftOut);
  return Uint8Array.from(by.codes, (code, row) =>
    code < 0 || known[row] === 0 ? part.leftOut : levels[code]!,
  );
}
