import { fillBlock, type TreeColumn } from '../../platform/lightgbm/index.ts';
import { nodeKinds, type Trees } from './trees.ts';

/** Trees as prediction walks them: features numbered among those that are used, the sets beside. */
interface Plan {
  /** The features used, ascending. */
  readonly used: readonly number[];
  /** Per node, a position in `used`. */
  readonly places: Int32Array;
}

const known = new WeakMap<Trees, Plan>();

function planOf(trees: Trees): Plan {
  const before = known.get(trees);
  if (before) return before;
  const used = [...new Set(trees.features)].sort((a, b) => a - b);
  const placeOf = new Map(used.map((feature, place) => [feature, place]));
  const plan = { used, places: trees.features.map((feature) => placeOf.get(feature) ?? 0) };
  known.set(trees, plan);
  return plan;
}

/** Doubles of rows that are walked at a time: they stay in the processor's first caches. */
const blockValues = 4096;

/**
 * Sums of the trees' leaves, rows x outputs, row-major, added in the order of the trees. A row's sum depends on that row alone.
 */
export function treeScores(trees: Trees, columns: readonly TreeColumn[], rows: number): Float64Array {
  const { used, places } = planOf(trees);
  const out = new Float64Array(rows * trees.outputs);
  const width = used.length;
  const size = Math.max(16, Math.floor(blockValues / Math.max(1, width)));
  const block = new Float64Array(size * width);
  const room = Math.min(size, rows);
  const scratch = { block, width, order: new Int32Array(room), aside: new Int32Array(room) };
  const chosen = used.flatMap((feature) => columns[feature] ?? []);
  for (let first = 0; first < rows; first += size) {
    const count = Math.min(size, rows - first);
    fillBlock(block, chosen, first, count);
    addBlock(trees, places, scratch, count, out.subarray(first * trees.outputs));
  }
  return out;
}

/**
 * Adds each tree's leaf to every row of a block. Node by node, not row by row: a node parts its rows without a branch that the processor
 * would have to guess, which takes less than half the time of walking each row down. `order` and `aside` have room for `count` rows.
 */
function addBlock(
  trees: Trees,
  places: Int32Array,
  { block, width, order, aside }: Scratch,
  count: number,
  out: Float64Array,
): void {
  const { roots, outputs, leafWidth, children } = trees;
  /** What is still to be done: a node, and where its rows begin and end in `order`. */
  const stack: number[] = [];
  for (let tree = 0; tree < roots.length; tree++) {
    for (let row = 0; row < count; row++) order[row] = row;
    stack.push(roots[tree]!, 0, count);
    while (stack.length > 0) {
      const end = stack.pop()!;
      const begin = stack.pop()!;
      const node = stack.pop()!;
      if (node < 0) {
        addLeaf(trees, ~node, { order, begin, end }, leafWidth === 1 ? tree % outputs : 0, out);
        continue;
      }
      const middle = partRows(trees, node, { block, at: places[node]!, width, order, aside, begin, end });
      if (middle < end) stack.push(children[2 * node + 1]!, middle, end);
      if (begin < middle) stack.push(children[2 * node]!, begin, middle);
    }
  }
}

interface Scratch {
  readonly block: Float64Array;
  readonly width: number;
  readonly order: Int32Array;
  readonly aside: Int32Array;
}

interface Span {
  readonly order: Int32Array;
  readonly begin: number;
  readonly end: number;
}

function addLeaf(
  { outputs, leafWidth, values }: Trees,
  leaf: number,
  { order, begin, end }: Span,
  output: number,
  out: Float64Array,
): void {
  for (let i = begin; i < end; i++) {
    const to = order[i]! * outputs + output;
    if (leafWidth === 1) out[to] = out[to]! + values[leaf]!;
    else for (let k = 0; k < outputs; k++) out[to + k] = out[to + k]! + values[leaf * outputs + k]!;
  }
}

/** Puts the rows that go left before those that go right; gives where those begin. */
function partRows(
  trees: Trees,
  node: number,
  { block, at, width, order, aside, begin, end }: Span & Scratch & { readonly at: number },
): number {
  const kind = trees.kinds[node]!;
  const threshold = trees.thresholds[node]!;
  // Comparisons with NaN are false: a missing value falls to the side that its node's kind says.
  const missing = kind === nodeKinds.numberMissingRight ? 1 : 0;
  const isNumber = missing === 1 || kind === nodeKinds.numberMissingLeft;
  let left = begin;
  let right = 0;
  for (let i = begin; i < end; i++) {
    const row = order[i]!;
    const value = block[row * width + at]!;
    const goes = isNumber
      ? Number(value > threshold) | (Number(Number.isNaN(value)) & missing)
      : Number(!inSet(trees, threshold, value));
    order[left] = row;
    aside[right] = row;
    right += goes;
    left += 1 - goes;
  }
  for (let i = 0; i < right; i++) order[left + i] = aside[i]!;
  return left;
}

function inSet({ setStarts, setWords }: Trees, set: number, code: number): boolean {
  if (Number.isNaN(code)) return false;
  const at = setStarts[set]! + (code >>> 5);
  return at < setStarts[set + 1]! && ((setWords[at]! >>> (code & 31)) & 1) === 1;
}
