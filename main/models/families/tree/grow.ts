import type { Design } from '../../../recipes/index.ts';
import type { Pace } from '../../pace.ts';
import type { Criterion } from './criterion.ts';
import type { TreeParams } from './params.ts';
import { sortRows } from './sort-rows.ts';
import { splitLevels, splitNumber, splitOneHot, type Split } from './split.ts';

/** A node of a grown tree; without a split it is a leaf. Children come later in the list than their parent. */
export interface GrownNode {
  readonly parent: number;
  readonly rows: number;
  readonly weight: number;
  readonly value: Float64Array;
  /** Sum over its rows of weight times impurity. */
  readonly risk: number;
  split: Split | undefined;
  left: number;
  right: number;
}

/** A feature or a block of features, as splits look at it. */
type Source =
  | {
      readonly kind: 'number';
      readonly feature: number;
      readonly values: Float64Array;
      readonly order: Int32Array;
    }
  | {
      readonly kind: 'codes' | 'one-hot';
      readonly feature: number;
      readonly levels: number;
      readonly codes: Int32Array;
    };

/** Smallest gain, as a part of the root's risk: below is rounding. */
const smallestGain = 1e-13;

/** Grows a tree on the given rows, depth first. Every threshold and every level is tried (see split.ts). */
export async function growTree(
  design: Design,
  rows: Int32Array,
  criterion: Criterion,
  params: TreeParams,
  pace: Pace,
  progress: (fraction: number) => void,
): Promise<GrownNode[]> {
  const sources = await sourcesOf(design, rows, pace);
  const base = rows.slice();
  const orders = [base, ...sources.flatMap((source) => (source.kind === 'number' ? [source.order] : []))];
  const goesLeft = new Uint8Array(design.rows);
  const spare = new Int32Array(rows.length);
  const nodes: GrownNode[] = [];
  const waiting = [{ from: 0, to: rows.length, depth: 0, parent: -1, side: 'left' as 'left' | 'right' }];
  const leaf = params.min_samples_leaf;
  let settled = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { from, to, depth, parent, side } = next;
    criterion.start(base, from, to);
    const count = to - from;
    const node: GrownNode = {
      parent,
      rows: count,
      weight: criterion.weight(),
      value: criterion.value(),
      risk: criterion.risk(),
      split: undefined,
      left: -1,
      right: -1,
    };
    nodes.push(node);
    const at = nodes.length - 1;
    const above = nodes[parent];
    if (above) above[side] = at;
    const least = smallestGain * (nodes[0]?.risk ?? 0);
    const may =
      count >= params.min_samples_split &&
      count >= 2 * leaf &&
      (params.max_depth < 0 || depth < params.max_depth) &&
      node.risk > least;
    if (may) {
      for (const source of sources) {
        const found = bestOf(criterion, source, base, from, to, leaf);
        if (found && found.gain > least && found.gain > (node.split?.gain ?? 0)) node.split = found;
        await pace.turn();
      }
    }
    if (!node.split) {
      settled += count;
      progress(settled / rows.length);
      await pace.turn();
      continue;
    }
    const inside = markLeft(goesLeft, design, node.split, base, from, to);
    for (const order of orders) partition(order, goesLeft, spare, from, to);
    const middle = from + inside;
    waiting.push({ from: middle, to, depth: depth + 1, parent: at, side: 'right' });
    waiting.push({ from, to: middle, depth: depth + 1, parent: at, side: 'left' });
  }
  return nodes;
}

async function sourcesOf(design: Design, rows: Int32Array, pace: Pace): Promise<Source[]> {
  const sources: Source[] = [];
  let feature = 0;
  for (const block of design.blocks) {
    if (block.kind === 'dense') {
      for (const values of block.columns) {
        sources.push({ kind: 'number', feature: feature++, values, order: sortRows(values, rows) });
        await pace.turn();
      }
    } else {
      sources.push({ kind: block.kind, feature, levels: block.levels.length, codes: block.codes });
      feature += block.kind === 'codes' ? 1 : block.levels.length;
    }
  }
  return sources;
}

function bestOf(
  criterion: Criterion,
  source: Source,
  rows: Int32Array,
  from: number,
  to: number,
  leaf: number,
): Split | undefined {
  if (source.kind === 'number')
    return splitNumber(criterion, source.feature, source.values, source.order, from, to, leaf);
  const { feature, levels, codes } = source;
  const find = source.kind === 'codes' ? splitLevels : splitOneHot;
  return find(criterion, feature, levels, codes, rows, from, to, leaf);
}

/** Marks the rows that go left; returns how many do. */
function markLeft(
  goesLeft: Uint8Array,
  design: Design,
  split: Split,
  rows: Int32Array,
  from: number,
  to: number,
): number {
  const isLeft = sideOf(design, split);
  let inside = 0;
  for (let i = from; i < to; i++) {
    const left = isLeft(rows[i]!) ? 1 : 0;
    goesLeft[rows[i]!] = left;
    inside += left;
  }
  return inside;
}

/** Whether a row of a design goes left at a split. */
export function sideOf(design: Design, split: Split): (row: number) => boolean {
  let feature = 0;
  for (const block of design.blocks) {
    const size =
      block.kind === 'dense' ? block.names.length : block.kind === 'codes' ? 1 : block.levels.length;
    if (split.feature >= feature + size) {
      feature += size;
      continue;
    }
    if (block.kind === 'dense' && split.kind === 'number') {
      const values = block.columns[split.feature - feature]!;
      const { threshold, missingLeft } = split;
      return missingLeft ? (row) => !(values[row]! > threshold) : (row) => values[row]! <= threshold;
    }
    if (block.kind === 'codes' && split.kind === 'levels') {
      const left = new Uint8Array(block.levels.length);
      for (const level of split.levels) left[level] = 1;
      return (row) => left[block.codes[row]!] === 1;
    }
    if (block.kind === 'one-hot') {
      // A 0/1 feature: "0" goes left, as with a threshold of one half.
      const level = split.feature - feature;
      return (row) => block.codes[row] !== level;
    }
  }
  throw new TypeError(`there is no feature ${split.feature}`);
}

/** Left rows first, both in their order. */
function partition(
  order: Int32Array,
  goesLeft: Uint8Array,
  spare: Int32Array,
  from: number,
  to: number,
): void {
  let left = from;
  let held = 0;
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    if (goesLeft[row] === 1) order[left++] = row;
    else spare[held++] = row;
  }
  order.set(spare.subarray(0, held), left);
}
