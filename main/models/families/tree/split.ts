import type { Criterion } from './criterion.ts';

/** A division of a node's rows. */
export type Split =
  | {
      readonly kind: 'number';
      readonly feature: number;
      readonly threshold: number;
      readonly missingLeft: boolean;
      readonly gain: number;
    }
  | {
      readonly kind: 'levels';
      readonly feature: number;
      /** Levels that go left; all others, and missing ones, go right. */
      readonly levels: readonly number[];
      readonly gain: number;
    }
  | { readonly kind: 'level'; readonly feature: number; readonly gain: number };

/**
 * The best threshold of a number. `order[from..to)` are the node's rows by value, missing last. Missing rows are tried on both sides; where
 * there are none, missing values will follow the larger side.
 */
export function splitNumber(
  criterion: Criterion,
  feature: number,
  values: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  leaf: number,
): Split | undefined {
  let known = to;
  while (known > from && Number.isNaN(values[order[known - 1]!]!)) known--;
  const missing = to - known;
  let best: Split | undefined;
  for (const missingLeft of missing > 0 ? [false, true] : [false]) {
    criterion.rewind();
    if (missingLeft) for (let i = known; i < to; i++) criterion.move(order[i]!);
    const before = missingLeft ? missing : 0;
    for (let i = from; i < known; i++) {
      criterion.move(order[i]!);
      const left = i + 1 - from + before;
      const right = to - from - left;
      if (left < leaf || right < leaf) continue;
      const here = values[order[i]!]!;
      const last = i + 1 === known;
      const next = last ? Number.MAX_VALUE : values[order[i + 1]!]!;
      if (here === next || (last && missing === 0)) continue;
      const gain = criterion.gain();
      if (best && gain <= best.gain) continue;
      const side = missing > 0 ? missingLeft : left > right;
      best = {
        kind: 'number',
        feature,
        threshold: last ? next : between(here, next),
        missingLeft: side,
        gain,
      };
    }
  }
  return best;
}

function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle < high && middle >= low ? middle : low;
}

/** Of a one-hot block: the level that is best set apart. Features are `first` and on, one per level. */
export function splitOneHot(
  criterion: Criterion,
  first: number,
  levels: number,
  codes: Int32Array,
  rows: Int32Array,
  from: number,
  to: number,
  leaf: number,
): Split | undefined {
  const { groups, counts } = group(criterion, levels, codes, rows, from, to);
  let best: Split | undefined;
  for (let level = 0; level < levels; level++) {
    const inside = counts[level + 1]!;
    if (inside < leaf || to - from - inside < leaf) continue;
    criterion.rewind();
    criterion.moveGroup(groups, level + 1);
    const gain = criterion.gain();
    if (!best || gain > best.gain) best = { kind: 'level', feature: first + level, gain };
  }
  return best;
}

/** Groups of levels up to which every division is tried where there are three and more classes. */
const fewLevels = 8;

/**
 * The best set of levels. With one output the best division is one of the levels ordered by their mean (Fisher 1958; Breiman et al. 1984,
 * theorem 4.5), so it is exact. With three and more classes every division of up to 8 levels is tried; beyond, the orders by the share
 * of each class. A missing value counts as a level. The side with it, or else the larger side, is the right one, where unseen levels go too.
 */
export function splitLevels(
  criterion: Criterion,
  feature: number,
  levels: number,
  codes: Int32Array,
  rows: Int32Array,
  from: number,
  to: number,
  leaf: number,
): Split | undefined {
  const { groups, counts } = group(criterion, levels, codes, rows, from, to);
  const present = [...counts.keys()].filter((at) => counts[at]! > 0);
  if (present.length < 2) return undefined;
  const keys = new Map(present.map((at) => [at, criterion.keys(groups, at)]));
  const orders = keys.get(present[0]!)?.length ?? 1;
  let best: { gain: number; left: readonly number[]; rows: number } | undefined;
  const judge = (left: readonly number[], inside: number): void => {
    if (inside < leaf || to - from - inside < leaf) return;
    const gain = criterion.gain();
    if (!best || gain > best.gain) best = { gain, left: left.slice(), rows: inside };
  };
  if (orders > 1 && present.length <= fewLevels) {
    for (let mask = 1; mask < 2 ** (present.length - 1); mask++) {
      criterion.rewind();
      const left = present.filter((_, i) => (mask >> i) & 1);
      for (const at of left) criterion.moveGroup(groups, at);
      judge(
        left,
        left.reduce((sum, at) => sum + counts[at]!, 0),
      );
    }
  } else {
    for (let order = 0; order < orders; order++) {
      const sorted = present.toSorted((a, b) => keys.get(a)![order]! - keys.get(b)![order]! || a - b);
      criterion.rewind();
      const left: number[] = [];
      let inside = 0;
      for (const at of sorted.slice(0, -1)) {
        criterion.moveGroup(groups, at);
        left.push(at);
        inside += counts[at]!;
        judge(left, inside);
      }
    }
  }
  if (!best) return undefined;
  const { left, rows: inside, gain } = best;
  const turned = counts[0]! > 0 ? left.includes(0) : inside * 2 > to - from;
  const chosen = turned ? present.filter((at) => !left.includes(at)) : left;
  return { kind: 'levels', feature, levels: chosen.map((at) => at - 1).sort((a, b) => a - b), gain };
}

/** Statistics and row counts by level; group 0 is missing. */
function group(
  criterion: Criterion,
  levels: number,
  codes: Int32Array,
  rows: Int32Array,
  from: number,
  to: number,
): { readonly groups: Float64Array; readonly counts: Int32Array } {
  const groups = new Float64Array((levels + 1) * criterion.width);
  const counts = new Int32Array(levels + 1);
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    criterion.addTo(groups, codes[row]! + 1, row);
    counts[codes[row]! + 1]!++;
  }
  return { groups, counts };
}
