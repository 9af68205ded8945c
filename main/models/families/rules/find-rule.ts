import type { Axis } from '../../axes.ts';
import type { Pace } from '../../pace.ts';

/** Training rows as rules see them: the bin of every row on every axis. */
export interface RuleRows {
  readonly axes: readonly Axis[];
  readonly bins: readonly Int32Array[];
  /** One array per output. */
  readonly values: readonly Float64Array[];
  readonly weights: Float64Array;
}

/** A rule: of some axes the bins that it allows (1), by axis. */
export type Conditions = ReadonlyMap<number, Uint8Array>;

export interface FoundRule {
  readonly conditions: Conditions;
  readonly rows: Int32Array;
  readonly worth: number;
}

export interface RuleSearch {
  readonly max_conditions: number;
  readonly min_samples_leaf: number;
  readonly beam_width: number;
  readonly coverage: number;
}

/**
 * The conjunction of conditions whose rows are worth most among `rows`: weight to the power of `coverage`, times the squared distance of
 * their mean from that of all `rows` (a quality of subgroups: Klösgen 1996), found by beam search as in CN2 (Clark and Niblett 1989). A
 * condition is a range of a number, a set of levels in the order of their means, "is missing" or "is known".
 */
export async function findRule(
  data: RuleRows,
  rows: Int32Array,
  search: RuleSearch,
  pace: Pace,
): Promise<FoundRule | undefined> {
  const base = meansOf(data, rows);
  let beam: FoundRule[] = [{ conditions: new Map(), rows, worth: 0 }];
  let best: FoundRule | undefined;
  for (let depth = 0; depth < search.max_conditions && beam.length > 0; depth++) {
    const next: FoundRule[] = [];
    const seen = new Set<string>();
    for (const from of beam) {
      for (const axis of data.axes.keys()) {
        for (const { mask, worth } of conditionsOn(data, axis, from.rows, rows.length, base, search)) {
          if (worth <= from.worth * (1 + 1e-9)) continue;
          const conditions = new Map(from.conditions);
          conditions.set(axis, both(mask, conditions.get(axis)));
          const key = keyOf(conditions);
          if (seen.has(key)) continue;
          seen.add(key);
          next.push({ conditions, rows: from.rows, worth });
        }
        await pace.turn();
      }
    }
    // Sorting keeps the order of equals, which is that of the axes.
    beam = next
      .sort((a, b) => b.worth - a.worth)
      .slice(0, search.beam_width)
      .map((rule) => ({ ...rule, rows: rowsOf(data, rule.conditions, rule.rows) }));
    const first = beam[0];
    if (first && first.worth > (best?.worth ?? 1e-12)) best = first;
  }
  return best;
}

export function rowsOf({ bins }: RuleRows, conditions: Conditions, rows: Int32Array): Int32Array {
  let left = rows;
  for (const [axis, mask] of conditions) left = left.filter((row) => mask[bins[axis]![row]!] === 1);
  return left;
}

interface Means {
  readonly weight: number;
  readonly means: Float64Array;
}

export function meansOf({ values, weights }: RuleRows, rows: Int32Array): Means {
  let weight = 0;
  for (const row of rows) weight += weights[row]!;
  const means = Float64Array.from(values, (of) => {
    let sum = 0;
    for (const row of rows) sum += weights[row]! * of[row]!;
    return weight > 0 ? sum / weight : 0;
  });
  return { weight, means };
}

interface Condition {
  readonly mask: Uint8Array;
  readonly worth: number;
}

/** The best conditions on an axis, at most one for more and one for less of each output. */
function conditionsOn(
  { axes, bins, values, weights }: RuleRows,
  at: number,
  rows: Int32Array,
  remaining: number,
  { means }: Means,
  { min_samples_leaf: least, coverage }: RuleSearch,
): Condition[] {
  const axis = axes[at]!;
  const size = axis.bins;
  const outputs = values.length;
  const count = new Float64Array(size);
  const weight = new Float64Array(size);
  // Sums of what is beyond the mean of all.
  const sums = values.map(() => new Float64Array(size));
  const of = bins[at]!;
  for (const row of rows) {
    const bin = of[row]!;
    count[bin]! += 1;
    weight[bin]! += weights[row]!;
    for (let k = 0; k < outputs; k++) sums[k]![bin]! += weights[row]! * (values[k]![row]! - means[k]!);
  }
  const best = new Map<
    string,
    Condition & { readonly from: number; readonly to: number; readonly order: Int32Array }
  >();
  const consider = (
    order: Int32Array,
    from: number,
    to: number,
    n: number,
    w: number,
    s: Float64Array,
  ): void => {
    if (n < least || remaining - n < least || w <= 0) return;
    let distance = 0;
    let lead = 0;
    for (let k = 0; k < outputs; k++) {
      distance += (s[k]! / w) ** 2;
      if (Math.abs(s[k]!) > Math.abs(s[lead]!)) lead = k;
    }
    const worth = w ** coverage * distance;
    const key = `${lead} ${s[lead]! > 0 ? 'more' : 'less'}`;
    if (worth > (best.get(key)?.worth ?? 0))
      best.set(key, { from, to, order, worth, mask: new Uint8Array() });
  };
  const sweep = (order: Int32Array): void => {
    const s = new Float64Array(outputs);
    for (let from = 0; from < order.length; from++) {
      let n = 0;
      let w = 0;
      s.fill(0);
      for (let to = from; to < order.length; to++) {
        const bin = order[to]!;
        n += count[bin]!;
        w += weight[bin]!;
        for (let k = 0; k < outputs; k++) s[k]! += sums[k]![bin]!;
        consider(order, from, to + 1, n, w, s);
      }
    }
  };
  if (axis.kind === 'number') {
    const ranges = Int32Array.from({ length: size - 1 }, (_, i) => i + 1);
    sweep(ranges);
  } else {
    const seen = [...count.keys()].filter((bin) => bin > 0 && count[bin]! > 0);
    for (let k = 0; k < (outputs === 2 ? 1 : outputs); k++) {
      const mean = (bin: number): number => sums[k]![bin]! / weight[bin]!;
      const order = Int32Array.from(seen.toSorted((a, b) => mean(a) - mean(b) || a - b));
      // With coverage 1 no other set is better, the worth being convex in the sums (of one output).
      sweepEnds(order);
    }
  }
  if (count[0]! > 0) sweep(Int32Array.of(0));
  return [...best.values()].map(({ worth, from, to, order }) => {
    const mask = new Uint8Array(size);
    for (let i = from; i < to; i++) mask[order[i]!] = 1;
    return { worth, mask };
  });

  function sweepEnds(order: Int32Array): void {
    for (const turned of [false, true]) {
      const s = new Float64Array(outputs);
      let n = 0;
      let w = 0;
      for (let i = 0; i < order.length; i++) {
        const bin = order[turned ? order.length - 1 - i : i]!;
        n += count[bin]!;
        w += weight[bin]!;
        for (let k = 0; k < outputs; k++) s[k]! += sums[k]![bin]!;
        if (turned) consider(order, order.length - 1 - i, order.length, n, w, s);
        else consider(order, 0, i + 1, n, w, s);
      }
    }
  }
}

function both(mask: Uint8Array, other: Uint8Array | undefined): Uint8Array {
  return other ? mask.map((allowed, bin) => allowed & other[bin]!) : mask;
}

function keyOf(conditions: Conditions): string {
  return [...conditions.keys()]
    .sort((a, b) => a - b)
    .map((axis) => `${axis}:${conditions.get(axis)!.join('')}`)
    .join(' ');
}
