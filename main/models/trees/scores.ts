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
  const chosen = used.flatMap((feature) => columns[feature] ?? []);
  for (let first = 0; first < rows; first += size) {
    const count = Math.min(size, rows - first);
    fillBlock(block, chosen, first, count);
    addBlock(trees, places, block, width, count, out.subarray(first * trees.outputs));
  }
  return out;
}

function addBlock(
  trees: Trees,
  places: Int32Array,
  block: Float64Array,
  width: number,
  count: number,
  out: Float64Array,
): void {
  const { roots, outputs, leafWidth, values } = trees;
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree]!;
    const output = leafWidth === 1 ? tree % outputs : 0;
    for (let row = 0; row < count; row++) {
      const leaf = root < 0 ? ~root : leafOf(trees, places, root, block, row * width);
      if (leafWidth === 1) {
        const to = row * outputs + output;
        out[to] = out[to]! + values[leaf]!;
      } else {
        for (let k = 0; k < outputs; k++) {
          const to = row * outputs + k;
          out[to] = out[to]! + values[leaf * outputs + k]!;
        }
      }
    }
  }
}

function leafOf(trees: Trees, places: Int32Array, root: number, block: Float64Array, base: number): number {
  const { kinds, thresholds, children } = trees;
  let node = root;
  do {
    const value = block[base + places[node]!]!;
    const kind = kinds[node]!;
    const threshold = thresholds[node]!;
    // Comparisons with NaN are false: a missing value falls to the side that its node's kind says.
    const left =
      kind === nodeKinds.numberMissingRight
        ? value <= threshold
        : kind === nodeKinds.numberMissingLeft
          ? !(value > threshold)
          : inSet(trees, threshold, value);
    node = children[2 * node + (left ? 0 : 1)]!;
  } while (node >= 0);
  return ~node;
}

function inSet({ setStarts, setWords }: Trees, set: number, code: number): boolean {
  if (Number.isNaN(code)) return false;
  const at = setStarts[set]! + (code >>> 5);
  return at < setStarts[set + 1]! && ((setWords[at]! >>> (code & 31)) & 1) === 1;
}
