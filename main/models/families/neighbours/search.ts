import type { NeighboursModel } from './model.ts';

/** The rows of a model in a tree of boxes around them (Bentley 1975): box n has `boxes[n]`, its rows are `order[starts[n]..ends[n])`. */
interface Boxes {
  readonly order: Int32Array;
  readonly starts: number[];
  readonly ends: number[];
  /** Second child; the first is the next box. 0: none. */
  readonly seconds: number[];
  /** Lowest and highest of each number, per box. */
  readonly lows: Float64Array[];
  readonly highs: Float64Array[];
}

const leafRows = 16;
const known = new WeakMap<NeighboursModel, Boxes>();

function boxesOf(model: NeighboursModel): Boxes {
  const before = known.get(model);
  if (before) return before;
  const { numbers, points, spec } = model;
  const boxes: Boxes = {
    order: Int32Array.from({ length: spec.kept }, (_, row) => row),
    starts: [],
    ends: [],
    seconds: [],
    lows: [],
    highs: [],
  };
  const build = (start: number, end: number): void => {
    const at = boxes.starts.length;
    const low = new Float64Array(numbers).fill(Infinity);
    const high = new Float64Array(numbers).fill(-Infinity);
    for (let i = start; i < end; i++) {
      const from = boxes.order[i]! * numbers;
      for (let d = 0; d < numbers; d++) {
        low[d] = Math.min(low[d]!, points[from + d]!);
        high[d] = Math.max(high[d]!, points[from + d]!);
      }
    }
    boxes.starts.push(start);
    boxes.ends.push(end);
    boxes.seconds.push(0);
    boxes.lows.push(low);
    boxes.highs.push(high);
    const widest = low.reduce(
      (best, value, d) => (high[d]! - value > high[best]! - low[best]! ? d : best),
      0,
    );
    if (end - start <= leafRows || numbers === 0 || !(high[widest]! > low[widest]!)) return;
    boxes.order
      .subarray(start, end)
      .sort((a, b) => points[a * numbers + widest]! - points[b * numbers + widest]! || a - b);
    const middle = (start + end) >> 1;
    build(start, middle);
    boxes.seconds[at] = boxes.starts.length;
    build(middle, end);
  };
  build(0, spec.kept);
  known.set(model, boxes);
  return boxes;
}

/** Finds the nearest rows of a model, of equally near ones the first. */
export interface Search {
  /** Rows and their distances (squared where euclidean), nearest first; overwritten by the next call. */
  readonly rows: Int32Array;
  readonly distances: Float64Array;
  find(point: Float64Array, codes: Int32Array): void;
}

/**
 * A distance is summed number by number, then category by category (0 the same level, 1 where one of them is missing, 2 else: what one-hot
 * features give), always in that order. Bounds are summed alike, so that rounding can't make them too large.
 */
export function createSearch(model: NeighboursModel): Search {
  const { numbers, levels, points, codes: kept, spec } = model;
  const squared = spec.metric === 'euclidean';
  const boxes = boxesOf(model);
  const count = spec.neighbours;
  const rows = new Int32Array(count);
  const distances = new Float64Array(count);
  let held = 0;

  const term = (difference: number): number => (squared ? difference * difference : Math.abs(difference));
  const bound = (at: number, point: Float64Array): number => {
    const low = boxes.lows[at]!;
    const high = boxes.highs[at]!;
    let sum = 0;
    for (let d = 0; d < numbers; d++) {
      const value = point[d]!;
      if (value < low[d]!) sum += term(low[d]! - value);
      else if (value > high[d]!) sum += term(value - high[d]!);
    }
    return sum;
  };
  const consider = (row: number, point: Float64Array, codes: Int32Array): void => {
    const worst = held < count ? Infinity : distances[count - 1]!;
    let sum = 0;
    for (let d = 0, at = row * numbers; d < numbers; d++, at++) {
      sum += term(point[d]! - points[at]!);
      if (sum > worst) return;
    }
    for (let c = 0; c < levels.length; c++) {
      const other = kept[row * levels.length + c]!;
      const own = codes[c]!;
      if (own !== other) sum += own < 0 || other < 0 ? 1 : 2;
    }
    if (held === count && (sum > worst || (sum === worst && row > rows[count - 1]!))) return;
    if (held < count) held++;
    let place = held - 1;
    while (
      place > 0 &&
      (distances[place - 1]! > sum || (distances[place - 1] === sum && rows[place - 1]! > row))
    ) {
      distances[place] = distances[place - 1]!;
      rows[place] = rows[place - 1]!;
      place--;
    }
    distances[place] = sum;
    rows[place] = row;
  };
  const visit = (at: number, point: Float64Array, codes: Int32Array): void => {
    const second = boxes.seconds[at]!;
    if (second === 0) {
      for (let i = boxes.starts[at]!; i < boxes.ends[at]!; i++) consider(boxes.order[i]!, point, codes);
      return;
    }
    const [near, far] = bound(at + 1, point) <= bound(second, point) ? [at + 1, second] : [second, at + 1];
    for (const child of [near, far]) {
      if (held < count || bound(child, point) <= distances[count - 1]!) visit(child, point, codes);
    }
  };
  return {
    rows,
    distances,
    find(point, codes) {
      held = 0;
      visit(0, point, codes);
    },
  };
}
