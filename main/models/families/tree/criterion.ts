/**
 * How good a division of a node's rows is. Rows start on the right and are moved to the left one by one, or in groups with the same
 * statistics. A risk is a sum over rows of weight times impurity; `gain` is the risk of the node less that of its two sides.
 */
export interface Criterion {
  /** Numbers per group of rows: their weights and sums. */
  readonly width: number;
  /** Starts a node: all of these rows are on the right. */
  start(rows: Int32Array, from: number, to: number): void;
  /** Takes everything back to the right. */
  rewind(): void;
  move(row: number): void;
  gain(): number;
  /** Risk of the node started. */
  risk(): number;
  /** What a leaf of the node started says: the mean, or the share of each class. */
  value(): Float64Array;
  weight(): number;
  /** Adds a row to group `at` of `groups` (width numbers a group). */
  addTo(groups: Float64Array, at: number, row: number): void;
  moveGroup(groups: Float64Array, at: number): void;
  /** Orders in which to try groups: those that hold the best division where there is one output. */
  keys(groups: Float64Array, at: number): readonly number[];
}

/** Squared error. Sums are taken from the node's own mean, so that large numbers lose nothing. */
export function squaredError(values: Float64Array, weights: Float64Array): Criterion {
  let mean = 0;
  let total = 0;
  let squares = 0;
  let left = 0;
  let leftSum = 0;
  return {
    width: 2,
    start(rows, from, to) {
      total = 0;
      mean = 0;
      squares = 0;
      for (let i = from; i < to; i++) {
        const row = rows[i]!;
        total += weights[row]!;
        mean += (weights[row]! * (values[row]! - mean)) / total;
      }
      for (let i = from; i < to; i++) squares += weights[rows[i]!]! * (values[rows[i]!]! - mean) ** 2;
      left = 0;
      leftSum = 0;
    },
    rewind() {
      left = 0;
      leftSum = 0;
    },
    move(row) {
      left += weights[row]!;
      leftSum += weights[row]! * (values[row]! - mean);
    },
    gain: () => (left <= 0 || left >= total ? 0 : leftSum * leftSum * (1 / left + 1 / (total - left))),
    risk: () => squares,
    value: () => Float64Array.of(mean),
    weight: () => total,
    addTo(groups, at, row) {
      groups[at * 2] = groups[at * 2]! + weights[row]!;
      groups[at * 2 + 1] = groups[at * 2 + 1]! + weights[row]! * (values[row]! - mean);
    },
    moveGroup(groups, at) {
      left += groups[at * 2]!;
      leftSum += groups[at * 2 + 1]!;
    },
    keys: (groups, at) => [groups[at * 2 + 1]! / groups[at * 2]!],
  };
}

/** Gini impurity or entropy (in nats) of classes 0 to `classes - 1`. */
export function classImpurity(
  codes: Int32Array,
  weights: Float64Array,
  classes: number,
  kind: 'gini' | 'entropy',
): Criterion {
  const all = new Float64Array(classes);
  const left = new Float64Array(classes);
  let total = 0;
  let leftTotal = 0;
  // Weight times impurity: W - sum c^2 / W, or W log W - sum c log c.
  const riskOf = (weight: number, countOf: (k: number) => number): number => {
    if (weight <= 0) return 0;
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const count = countOf(k);
      if (count > 0) sum += kind === 'gini' ? (count * count) / weight : count * Math.log(count);
    }
    return kind === 'gini' ? weight - sum : weight * Math.log(weight) - sum;
  };
  const risk = (): number => riskOf(total, (k) => all[k]!);
  let whole = 0;
  return {
    width: classes,
    start(rows, from, to) {
      all.fill(0);
      left.fill(0);
      total = 0;
      leftTotal = 0;
      for (let i = from; i < to; i++) {
        const row = rows[i]!;
        all[codes[row]!]! += weights[row]!;
        total += weights[row]!;
      }
      whole = risk();
    },
    rewind() {
      left.fill(0);
      leftTotal = 0;
    },
    move(row) {
      left[codes[row]!]! += weights[row]!;
      leftTotal += weights[row]!;
    },
    gain: () =>
      leftTotal <= 0 || leftTotal >= total
        ? 0
        : whole - riskOf(leftTotal, (k) => left[k]!) - riskOf(total - leftTotal, (k) => all[k]! - left[k]!),
    risk,
    value: () => all.map((count) => count / total),
    weight: () => total,
    addTo(groups, at, row) {
      const to = at * classes + codes[row]!;
      groups[to] = groups[to]! + weights[row]!;
    },
    moveGroup(groups, at) {
      for (let k = 0; k < classes; k++) {
        left[k]! += groups[at * classes + k]!;
        leftTotal += groups[at * classes + k]!;
      }
    },
    keys(groups, at) {
      const counts = groups.subarray(at * classes, (at + 1) * classes);
      const weight = counts.reduce((sum, count) => sum + count, 0);
      return Array.from(classes === 2 ? counts.subarray(1) : counts, (count) => count / weight);
    },
  };
}
