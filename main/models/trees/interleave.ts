import { nodeKinds, type Trees } from './trees.ts';

/** Models of one output each, with the same number of trees, as one model with an output for each: tree by tree. */
export function interleaveTrees(models: readonly Trees[]): Trees {
  const [first, ...more] = models;
  if (first === undefined) throw new TypeError('there must be a model');
  if (more.length === 0) return first;
  const nodes = offsets(models.map(({ features }) => features.length));
  const leaves = offsets(models.map(({ leafRows }) => leafRows.length));
  const sets = offsets(models.map(({ setStarts }) => setStarts.length - 1));
  const words = offsets(models.map(({ setWords }) => setWords.length));
  const child = (of: number, value: number): number =>
    value >= 0 ? value + nodes[of]! : ~(~value + leaves[of]!);
  const whole = (part: (model: Trees, index: number) => Iterable<number>): Int32Array =>
    Int32Array.from(models.flatMap((model, index) => [...part(model, index)]));
  const doubles = (part: (model: Trees, index: number) => Iterable<number>): Float64Array =>
    Float64Array.from(models.flatMap((model, index) => [...part(model, index)]));
  return {
    outputs: models.length,
    leafWidth: 1,
    roots: Int32Array.from(
      [...first.roots.keys()].flatMap((tree) => models.map(({ roots }, of) => child(of, roots[tree]!))),
    ),
    features: whole((model) => model.features),
    thresholds: doubles(({ thresholds, kinds }, of) =>
      thresholds.map((value, node) => (kinds[node] === nodeKinds.levels ? value + sets[of]! : value)),
    ),
    kinds: whole((model) => model.kinds),
    children: whole((model, of) => model.children.map((value) => child(of, value))),
    values: doubles((model) => model.values),
    setStarts: Int32Array.of(
      0,
      ...whole((model, of) => model.setStarts.subarray(1).map((start) => start + words[of]!)),
    ),
    setWords: whole((model) => model.setWords),
    nodeRows: whole((model) => model.nodeRows),
    leafRows: whole((model) => model.leafRows),
    gains: doubles((model) => model.gains),
  };
}

function offsets(lengths: readonly number[]): number[] {
  let sum = 0;
  return lengths.map((length) => (sum += length) - length);
}
