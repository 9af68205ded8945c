import { nodeKinds, type Trees } from '../../trees/trees.ts';
import type { GrownNode } from './grow.ts';
import type { Split } from './split.ts';

/** The tree that is left after pruning, as flat arrays. `classes` modelled: a leaf of two says the share of the second. */
export function toTrees(nodes: readonly GrownNode[], isLeaf: Uint8Array, classes: number): Trees {
  const leafWidth = classes > 2 ? classes : 1;
  const features: number[] = [];
  const thresholds: number[] = [];
  const kinds: number[] = [];
  const children: number[] = [];
  const values: number[] = [];
  const setStarts = [0];
  const setWords: number[] = [];
  const nodeRows: number[] = [];
  const leafRows: number[] = [];
  const gains: number[] = [];
  const roots: number[] = [];
  const waiting: { at: number; tell: (child: number) => void }[] = [
    { at: 0, tell: (child) => roots.push(child) },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const node = nodes[next.at]!;
    const { split } = node;
    if (isLeaf[next.at] === 1 || !split) {
      next.tell(~leafRows.length);
      leafRows.push(node.rows);
      values.push(...(classes === 2 ? node.value.subarray(1) : node.value));
      continue;
    }
    const place = features.length;
    next.tell(place);
    features.push(split.feature);
    kinds.push(kindOf(split));
    if (split.kind === 'levels') {
      thresholds.push(setStarts.length - 1);
      const words = new Int32Array(((split.levels.at(-1) ?? 0) >> 5) + 1);
      for (const level of split.levels) words[level >> 5]! |= 1 << (level & 31);
      setWords.push(...words);
      setStarts.push(setWords.length);
    } else {
      thresholds.push(split.kind === 'level' ? 0.5 : split.threshold);
    }
    children.push(0, 0);
    nodeRows.push(node.rows);
    gains.push(split.gain);
    waiting.push({ at: node.right, tell: (child) => (children[2 * place + 1] = child) });
    waiting.push({ at: node.left, tell: (child) => (children[2 * place] = child) });
  }
  return {
    outputs: leafWidth,
    leafWidth,
    roots: Int32Array.from(roots),
    features: Int32Array.from(features),
    thresholds: Float64Array.from(thresholds),
    kinds: Int32Array.from(kinds),
    children: Int32Array.from(children),
    values: Float64Array.from(values),
    setStarts: Int32Array.from(setStarts),
    setWords: Int32Array.from(setWords),
    nodeRows: Int32Array.from(nodeRows),
    leafRows: Int32Array.from(leafRows),
    gains: Float64Array.from(gains),
  };
}

function kindOf(split: Split): number {
  if (split.kind === 'levels') return nodeKinds.levels;
  return split.kind === 'number' && split.missingLeft
    ? nodeKinds.numberMissingLeft
    : nodeKinds.numberMissingRight;
}
