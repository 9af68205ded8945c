import type { GrownNode } from './grow.ts';

/** One tree of the pruning sequence. Losses are means over rows, by weight. */
export interface PruningStep {
  /** Smallest alpha that gives this tree; the last of equal ones. */
  readonly alpha: number;
  readonly leaves: number;
  readonly loss: number;
  readonly validationLoss: number | null;
}

export interface Pruned {
  readonly steps: readonly PruningStep[];
  /** Index of the step kept. */
  readonly kept: number;
  /** Per node: whether it is a leaf in the tree kept. */
  readonly isLeaf: Uint8Array;
}

/**
 * Minimal cost-complexity pruning (Breiman et al. 1984, section 3.3): again and again the node whose subtree is worth least per leaf,
 * `(R(node) - R(subtree)) / (leaves - 1)`, becomes a leaf. Kept is the tree of the given alpha, or, where it is null, the smallest with the
 * lowest validation loss; without validation losses the whole tree.
 * @param checked loss on the validation rows that each node would have as a leaf, and their weight; null without such rows.
 */
export function pruneTree(
  nodes: readonly GrownNode[],
  alpha: number | null,
  checked: { readonly losses: Float64Array; readonly weight: number } | null,
): Pruned {
  const total = nodes[0]?.weight ?? 1;
  const leaves = new Int32Array(nodes.length);
  const risk = new Float64Array(nodes.length);
  const loss = new Float64Array(nodes.length);
  const isLeaf = Uint8Array.from(nodes, (node) => (node.split ? 0 : 1));
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at]!;
    const own = node.split === undefined;
    leaves[at] = own ? 1 : leaves[node.left]! + leaves[node.right]!;
    risk[at] = own ? node.risk : risk[node.left]! + risk[node.right]!;
    loss[at] = own ? (checked?.losses[at] ?? 0) : loss[node.left]! + loss[node.right]!;
  }
  const worth = (at: number): number => Math.max(0, nodes[at]!.risk - risk[at]!) / total / (leaves[at]! - 1);
  const weakest = createHeap();
  nodes.forEach((node, at) => {
    if (node.split) weakest.push(worth(at), at);
  });
  const step = (at: number): PruningStep => ({
    alpha: at,
    leaves: leaves[0]!,
    loss: risk[0]! / total,
    validationLoss: checked ? loss[0]! / checked.weight : null,
  });
  const steps: PruningStep[] = [step(0)];
  /** Step at which a node became a leaf. */
  const prunedAt = new Int32Array(nodes.length).fill(-1);
  let reached = 0;
  for (let next = weakest.pop(); next; next = weakest.pop()) {
    const { key, at } = next;
    // Out of date: it was pruned, stands under a pruned node, or its subtree has changed since.
    if (isLeaf[at] || hidden(at) || key !== worth(at)) continue;
    const fresh = key > reached * (1 + 1e-12) && key > 0;
    reached = Math.max(reached, key);
    const fewer = leaves[at]! - 1;
    const more = nodes[at]!.risk - risk[at]!;
    const change = (checked?.losses[at] ?? 0) - loss[at]!;
    isLeaf[at] = 1;
    for (let up = at; up >= 0; up = nodes[up]!.parent) {
      leaves[up]! -= fewer;
      risk[up]! += more;
      loss[up]! += change;
      if (up !== at) weakest.push(worth(up), up);
    }
    // Nodes that are worth the same fall together.
    if (fresh || steps.length === 0) steps.push(step(reached));
    else steps[steps.length - 1] = step(reached);
    prunedAt[at] = steps.length - 1;
  }
  const kept = choose(steps, alpha, checked !== null);
  return {
    steps,
    kept,
    isLeaf: Uint8Array.from(nodes, (node, at) =>
      node.split === undefined || (prunedAt[at]! >= 0 && prunedAt[at]! <= kept) ? 1 : 0,
    ),
  };

  function hidden(at: number): boolean {
    for (let up = nodes[at]!.parent; up >= 0; up = nodes[up]!.parent) if (isLeaf[up]) return true;
    return false;
  }
}

function choose(steps: readonly PruningStep[], alpha: number | null, checked: boolean): number {
  if (alpha !== null) return steps.findLastIndex((one) => one.alpha <= alpha);
  if (!checked) return 0;
  let best = 0;
  steps.forEach((one, i) => {
    if ((one.validationLoss ?? Infinity) <= (steps[best]?.validationLoss ?? Infinity)) best = i;
  });
  return best;
}

/** A binary heap: the smallest key first, of equal ones the deepest node (the latest in the list). */
function createHeap() {
  const keys: number[] = [];
  const items: number[] = [];
  const before = (a: number, b: number): boolean =>
    keys[a]! < keys[b]! || (keys[a] === keys[b] && items[a]! > items[b]!);
  const swap = (a: number, b: number): void => {
    [keys[a], keys[b]] = [keys[b]!, keys[a]!];
    [items[a], items[b]] = [items[b]!, items[a]!];
  };
  return {
    push(key: number, item: number): void {
      keys.push(key);
      items.push(item);
      let at = keys.length - 1;
      for (let up = (at - 1) >> 1; at > 0 && before(at, up); up = (at - 1) >> 1) {
        swap(at, up);
        at = up;
      }
    },
    pop(): { readonly key: number; readonly at: number } | undefined {
      const key = keys[0];
      const at = items[0];
      if (key === undefined || at === undefined) return undefined;
      swap(0, keys.length - 1);
      keys.pop();
      items.pop();
      let place = 0;
      for (;;) {
        let least = place;
        for (const child of [2 * place + 1, 2 * place + 2]) {
          if (child < keys.length && before(child, least)) least = child;
        }
        if (least === place) return { key, at };
        swap(place, least);
        place = least;
      }
    },
  };
}
