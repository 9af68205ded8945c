import { fail } from '../../../preload/contract/errors.ts';
import type { ModelArtifact, Tensor } from '../family.ts';

/** A node's `kinds`: a number's threshold, where a missing value goes right or left, or a set of levels. */
export const nodeKinds = { numberMissingRight: 0, levels: 1, numberMissingLeft: 2 } as const;

/**
 * Any number of binary trees as flat arrays. A child is a node (0 or more; always later than its parent) or a leaf (`~leaf`, negative).
 * - number: left when `value <= threshold`; missing (NaN) goes where the kind says;
 * - levels: left when the code is in the set; missing and unknown go right.
 */
export interface Trees {
  /** Scores per row. Leaves of `leafWidth` 1: tree t adds to score t % outputs; else a leaf holds all scores. */
  readonly outputs: number;
  readonly leafWidth: number;
  /** A node or a leaf per tree. */
  readonly roots: Int32Array;
  readonly features: Int32Array;
  /** Of a node of levels: the index of its set. */
  readonly thresholds: Float64Array;
  readonly kinds: Int32Array;
  /** nodes x 2: left, right. */
  readonly children: Int32Array;
  /** leaves x leafWidth. */
  readonly values: Float64Array;
  /** Set s is the bits of words `setStarts[s]` up to `setStarts[s + 1]`, 32 levels each, the lowest first. */
  readonly setStarts: Int32Array;
  readonly setWords: Int32Array;
  /** Training rows that came by, and how much the split improved the fit (in the units of the loss). */
  readonly nodeRows: Int32Array;
  readonly leafRows: Int32Array;
  readonly gains: Float64Array;
}

/** One tree that is a leaf. */
export function constantTrees(value: number): Trees {
  return {
    outputs: 1,
    leafWidth: 1,
    roots: Int32Array.of(~0),
    features: new Int32Array(),
    thresholds: new Float64Array(),
    kinds: new Int32Array(),
    children: new Int32Array(),
    values: Float64Array.of(value),
    setStarts: Int32Array.of(0),
    setWords: new Int32Array(),
    nodeRows: new Int32Array(),
    leafRows: Int32Array.of(0),
    gains: new Float64Array(),
  };
}

export function treeTensors(trees: Trees): Record<string, Tensor> {
  const nodes = trees.features.length;
  const leaves = trees.leafRows.length;
  return {
    roots: { shape: [trees.roots.length], data: trees.roots },
    node_feature: { shape: [nodes], data: trees.features },
    node_threshold: { shape: [nodes], data: trees.thresholds },
    node_kind: { shape: [nodes], data: trees.kinds },
    node_children: { shape: [nodes, 2], data: trees.children },
    node_rows: { shape: [nodes], data: trees.nodeRows },
    node_gain: { shape: [nodes], data: trees.gains },
    leaf_value: { shape: [leaves, trees.leafWidth], data: trees.values },
    leaf_rows: { shape: [leaves], data: trees.leafRows },
    set_start: { shape: [trees.setStarts.length], data: trees.setStarts },
    set_words: { shape: [trees.setWords.length], data: trees.setWords },
  };
}

/**
 * Reads trees from a model and checks all of their structure, so that no numbers in it can make a prediction hang or read elsewhere.
 * `levels` has the number of levels of each feature, 0 for numbers. Throws `model-damaged`.
 */
export function readTrees(artifact: ModelArtifact, outputs: number, levels: readonly number[]): Trees {
  const features = whole(artifact, 'node_feature');
  const nodes = features.length;
  const leafRows = whole(artifact, 'leaf_rows');
  const values = artifact.tensors['leaf_value'];
  const leafWidth = values?.shape[1] ?? 0;
  if (leafWidth !== 1 && leafWidth !== outputs)
    throw damaged(`its leaves hold ${leafWidth} values, its scores are ${outputs}`);
  const trees: Trees = {
    outputs,
    leafWidth,
    roots: whole(artifact, 'roots'),
    features,
    thresholds: doubles(artifact, 'node_threshold', nodes),
    kinds: whole(artifact, 'node_kind', nodes),
    children: whole(artifact, 'node_children', 2 * nodes),
    values: doubles(artifact, 'leaf_value', leafRows.length * leafWidth),
    setStarts: whole(artifact, 'set_start'),
    setWords: whole(artifact, 'set_words'),
    nodeRows: whole(artifact, 'node_rows', nodes),
    leafRows,
    gains: doubles(artifact, 'node_gain', nodes),
  };
  checkStructure(trees, levels);
  return trees;
}

function checkStructure(trees: Trees, levels: readonly number[]): void {
  const { roots, features, thresholds, kinds, children, setStarts, setWords } = trees;
  const nodes = features.length;
  const leaves = trees.leafRows.length;
  const isChild = (child: number, after: number): boolean =>
    child >= 0 ? child > after && child < nodes : ~child < leaves;
  if (roots.length === 0 || !roots.every((root) => isChild(root, -1))) throw damaged('a tree has no root');
  const rising = setStarts.every((start, s) => start >= (setStarts[s - 1] ?? 0) && start <= setWords.length);
  if (setStarts[0] !== 0 || !rising) throw damaged('its sets of levels overlap');
  for (let node = 0; node < nodes; node++) {
    const feature = features[node]!;
    const of = levels[feature];
    const kind = kinds[node]!;
    if (of === undefined) throw damaged(`node ${node} asks for feature ${feature}`);
    const set = thresholds[node]!;
    const right =
      kind === nodeKinds.levels
        ? of > 0 && Number.isInteger(set) && set >= 0 && set + 1 < setStarts.length
        : of === 0 && (kind === nodeKinds.numberMissingRight || kind === nodeKinds.numberMissingLeft);
    if (!right) throw damaged(`node ${node} does not fit feature ${feature}`);
    if (!isChild(children[2 * node]!, node) || !isChild(children[2 * node + 1]!, node))
      throw damaged(`node ${node} has no two children after it`);
  }
}

/** The levels in a node's set, ascending. */
export function levelsOf({ thresholds, setStarts, setWords }: Trees, node: number): number[] {
  const set = thresholds[node] ?? 0;
  const start = setStarts[set] ?? 0;
  const levels: number[] = [];
  for (let at = start; at < (setStarts[set + 1] ?? 0); at++) {
    for (let bit = 0; bit < 32; bit++) {
      if (((setWords[at] ?? 0) >>> bit) & 1) levels.push((at - start) * 32 + bit);
    }
  }
  return levels;
}

function whole(artifact: ModelArtifact, name: string, length?: number): Int32Array {
  const tensor = artifact.tensors[name];
  if (!(tensor?.data instanceof Int32Array) || (length !== undefined && tensor.data.length !== length))
    throw damaged(`its tensor "${name}" is not ${length ?? 'any'} whole numbers`);
  return tensor.data;
}

function doubles(artifact: ModelArtifact, name: string, length: number): Float64Array {
  const tensor = artifact.tensors[name];
  if (!(tensor?.data instanceof Float64Array) || tensor.data.length !== length)
    throw damaged(`its tensor "${name}" is not ${length} doubles`);
  return tensor.data;
}

function damaged(reason: string) {
  return fail('model-damaged', { reason });
}
