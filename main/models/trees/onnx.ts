import type { OnnxGraph, OnnxValue } from '../../platform/onnx/index.ts';
import type { OnnxFeature } from '../family.ts';
import { levelsOf, nodeKinds, type Trees } from './trees.ts';

/**
 * `treeScores` as one TreeEnsembleRegressor of ai.onnx.ml 3 over doubles: thresholds are stored and compared as doubles, leaves are summed
 * as doubles, but the sums come out in single precision. So each score is two sums: one of leaves rounded to a grid that single
 * precision holds exactly, one of what the rounding left; together they are as good as doubles. A set of levels is a chain of
 * BRANCH_LEQ nodes over its ranges of codes, whose true branches share a child, as converters of LightGBM models let BRANCH_EQ nodes do
 * (ONNX Runtime joins neighbouring BRANCH_EQ nodes even where their children differ). Returns the scores as [N, outputs] doubles.
 */
export function treesOnnx(graph: OnnxGraph, trees: Trees, features: readonly OnnxFeature[]): OnnxValue {
  const { used, matrix } = inputMatrix(graph, trees, features);
  const writer = createEnsemble(trees, new Map(used.map((feature, place) => [feature, place])));
  trees.roots.forEach((root, tree) => writer.tree(tree, root));
  const scores = graph.node('TreeEnsembleRegressor', [matrix], writer.attributes(), 'ai.onnx.ml');
  const wide = graph.node('Cast', [scores], { to: 11n });
  const half = (first: number): OnnxValue => {
    const data = Array.from({ length: trees.outputs }, (_, k) => first + k);
    const indices = graph.constant({ type: 'int64', shape: [trees.outputs], data });
    return graph.node('Gather', [wide, indices], { axis: 1n });
  };
  return graph.node('Add', [half(0), half(trees.outputs)]);
}

/** A step per score: sums of multiples of it stay below 2^24 steps, which single precision holds exactly. */
function gridSteps({ roots, outputs, leafWidth, children, values }: Trees): number[] {
  const bounds = new Float64Array(outputs);
  const waiting: number[] = [];
  const largest = new Float64Array(leafWidth);
  roots.forEach((root, tree) => {
    largest.fill(0);
    waiting.push(root);
    for (let child = waiting.pop(); child !== undefined; child = waiting.pop()) {
      if (child >= 0) waiting.push(children[2 * child]!, children[2 * child + 1]!);
      else
        for (let k = 0; k < leafWidth; k++)
          largest[k] = Math.max(largest[k]!, Math.abs(values[~child * leafWidth + k]!));
    }
    for (let k = 0; k < leafWidth; k++) {
      const output = leafWidth === 1 ? tree % outputs : k;
      bounds[output] = bounds[output]! + largest[k]!;
    }
  });
  return Array.from(bounds, (bound) =>
    bound > 0 ? 2 ** Math.max(-1022, Math.ceil(Math.log2(bound)) - 22) : 1,
  );
}

/** The features that are used, as [N, used] doubles: numbers, codes, and 0/1 for levels. */
function inputMatrix(graph: OnnxGraph, trees: Trees, features: readonly OnnxFeature[]) {
  const values: (() => OnnxValue)[] = features.flatMap((feature): (() => OnnxValue)[] => {
    if (feature.kind === 'dense') return [() => feature.value];
    if (feature.kind === 'codes') return [() => graph.node('Cast', [feature.codes], { to: 11n })];
    return feature.levels.map((_, level) => () => {
      const constant = graph.constant({ type: 'int64', shape: [1], data: [level] });
      return graph.node('Cast', [graph.node('Equal', [feature.codes, constant])], { to: 11n });
    });
  });
  const used = [...new Set(trees.features)].sort((a, b) => a - b);
  // Trees of leaves alone ask nothing, but an ensemble needs a column to know how many rows there are.
  if (used.length === 0) used.push(0);
  const columns = used.map((feature) => {
    const make = values[feature];
    if (make === undefined)
      throw new TypeError(`the trees ask for feature ${feature}, the graph has ${values.length}`);
    return make();
  });
  const [only, ...more] = columns;
  if (only === undefined) throw new TypeError('trees need a feature');
  return { used, matrix: more.length === 0 ? only : graph.node('Concat', columns, { axis: 1n }) };
}

/** A node as cuts in ascending order. Levels in a set are ranges of codes; what is below them all (missing) and above goes right. */
function chainOf(trees: Trees, node: number): { readonly cuts: number[]; readonly sides: number[] } {
  if (trees.kinds[node] !== nodeKinds.levels) return { cuts: [trees.thresholds[node]!], sides: [0] };
  const levels = levelsOf(trees, node);
  const inside = new Set(levels);
  const cuts: number[] = [];
  const sides: number[] = [];
  for (const level of levels) {
    if (!inside.has(level - 1)) {
      cuts.push(level - 0.5);
      sides.push(1);
    }
    if (!inside.has(level + 1)) {
      cuts.push(level + 0.5);
      sides.push(0);
    }
  }
  // A set of none sends every row right.
  return cuts.length > 0 ? { cuts, sides } : { cuts: [-2], sides: [0] };
}

function createEnsemble(trees: Trees, placeOf: ReadonlyMap<number, number>) {
  const steps = gridSteps(trees);
  const nodes = {
    treeids: [] as number[],
    nodeids: [] as number[],
    featureids: [] as number[],
    modes: [] as string[],
    values: [] as number[],
    truenodeids: [] as number[],
    falsenodeids: [] as number[],
    missing: [] as number[],
  };
  const targets = {
    treeids: [] as number[],
    nodeids: [] as number[],
    ids: [] as number[],
    weights: [] as number[],
  };

  const add = (
    tree: number,
    id: number,
    feature: number,
    mode: string,
    value: number,
    missing: boolean,
  ): number => {
    nodes.treeids.push(tree);
    nodes.nodeids.push(id);
    nodes.featureids.push(feature);
    nodes.modes.push(mode);
    nodes.values.push(value);
    nodes.truenodeids.push(0);
    nodes.falsenodeids.push(0);
    nodes.missing.push(missing ? 1 : 0);
    return nodes.treeids.length - 1;
  };

  return {
    tree(tree: number, root: number): void {
      const first = nodes.treeids.length;
      const idOf = (at: number): number => at - first;
      const nextId = (): number => nodes.treeids.length - first;
      // Depth first without recursion: a child waits with the places that must learn its number.
      const waiting: { child: number; tell: (id: number) => void }[] = [
        { child: root, tell: () => undefined },
      ];
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const { child, tell } = next;
        tell(nextId());
        if (child < 0) {
          add(tree, nextId(), 0, 'LEAF', 0, false);
          leaf(tree, nextId() - 1, ~child);
          continue;
        }
        const place = placeOf.get(trees.features[child]!) ?? 0;
        // Nodes of a chain ask whether the value is at most a cut; `sides` has the child of each true branch, 0 left and 1 right.
        const { cuts, sides } = chainOf(trees, child);
        const tracks = trees.kinds[child] === nodeKinds.numberMissingLeft;
        const chain = cuts.map((value) => add(tree, nextId(), place, 'BRANCH_LEQ', value, tracks));
        chain.forEach((at, i) => {
          if (i > 0) nodes.falsenodeids[chain[i - 1]!] = idOf(at);
        });
        const told = (side: number, id: number): void => {
          chain.forEach((at, i) => {
            if (sides[i] === side) nodes.truenodeids[at] = id;
            if (i + 1 === chain.length && side === 1) nodes.falsenodeids[at] = id;
          });
        };
        waiting.push({ child: trees.children[2 * child]!, tell: (id) => told(0, id) });
        waiting.push({ child: trees.children[2 * child + 1]!, tell: (id) => told(1, id) });
      }
    },
    attributes: () => ({
      n_targets: BigInt(2 * trees.outputs),
      aggregate_function: 'SUM',
      post_transform: 'NONE',
      nodes_treeids: { ints: nodes.treeids },
      nodes_nodeids: { ints: nodes.nodeids },
      nodes_featureids: { ints: nodes.featureids },
      nodes_modes: nodes.modes,
      nodes_values_as_tensor: doubles(nodes.values),
      nodes_truenodeids: { ints: nodes.truenodeids },
      nodes_falsenodeids: { ints: nodes.falsenodeids },
      nodes_missing_value_tracks_true: { ints: nodes.missing },
      target_treeids: { ints: targets.treeids },
      target_nodeids: { ints: targets.nodeids },
      target_ids: { ints: targets.ids },
      target_weights_as_tensor: doubles(targets.weights),
    }),
  };

  function leaf(tree: number, id: number, at: number): void {
    const { leafWidth, outputs, values } = trees;
    for (let k = 0; k < leafWidth; k++) {
      const output = leafWidth === 1 ? tree % outputs : k;
      const value = values[at * leafWidth + k]!;
      const coarse = Math.round(value / steps[output]!) * steps[output]!;
      for (const [target, weight] of [
        [output, coarse],
        [outputs + output, value - coarse],
      ] as const) {
        targets.treeids.push(tree);
        targets.nodeids.push(id);
        targets.ids.push(target);
        targets.weights.push(weight);
      }
    }
  }
}

function doubles(data: readonly number[]) {
  return { tensor: { type: 'double', shape: [data.length], data } } as const;
}
