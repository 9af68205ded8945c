import { createRandom } from '../../random.ts';
import type { NetworkRows, NetworkShape, NetworkWeights } from './network.ts';
import { parametersOf } from './parameters.ts';

/** A network with nothing but what every one has; tests add to it. */
export const plainShape: NetworkShape = {
  dense: 0,
  coded: 0,
  levels: 0,
  embedded: [],
  hidden: [8],
  activation: 'relu',
  batchNorm: false,
  dropout: null,
  wide: false,
  loss: 'squared',
  outputs: 1,
  weighted: false,
  l2: 0,
  decay: 0,
  optimiser: { kind: 'adam' },
};

/** Rows with some codes of -1 (none of the levels), which must add nothing and learn nothing. */
export function someRows(shape: NetworkShape, rows: number, seed: number): NetworkRows {
  const random = createRandom(seed);
  const classes = shape.loss === 'softmax' ? shape.outputs : 2;
  const target = (): number => (shape.loss === 'squared' ? random.normal() : random.integer(classes));
  const targets = Array.from({ length: rows }, target);
  const places = (): number[] => shape.embedded.map((table) => random.integer(table.rows));
  return {
    rows,
    dense: Float32Array.from({ length: rows * shape.dense }, () => random.normal()),
    codes: Int32Array.from({ length: rows * shape.coded }, () => random.integer(shape.levels + 1) - 1),
    target: shape.loss === 'softmax' ? Int32Array.from(targets) : Float32Array.from(targets),
    embedded: Int32Array.from(Array.from({ length: rows }, places).flat()),
    weights: Float32Array.from({ length: shape.weighted ? rows : 0 }, () => 0.1 + random.uniform()),
  };
}

export function someWeights(shape: NetworkShape, seed: number): NetworkWeights {
  const random = createRandom(seed);
  const draw = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal() * 0.6);
  return Object.fromEntries(
    parametersOf(shape).map(({ name, shape: size }) => [name, draw(size.reduce((a, b) => a * b, 1))]),
  );
}
