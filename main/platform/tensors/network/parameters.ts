import { layerSizes, normEpsilon, type NetworkShape, type NetworkWeights } from './network.ts';

/** One tensor that is learned. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** `weights` are decayed; `table`s too, whose rows are picked by codes. */
  readonly kind: 'weights' | 'table' | 'bias' | 'scale';
}

/**
 * All that is learned, in order: `dense`, `levels` and `embedded` are the first layer's weights for the columns of numbers, the one-hot
 * levels and the vectors of `embedding1`, `embedding2`, ...; `biasN` of layer N = 1, 2, ..., `weightsN` from the second on, `scaleN` where
 * layer N is normalised; `wide.dense`, `wide.levels`, `wide.embedded` lead straight to the output.
 */
export function parametersOf(shape: NetworkShape): readonly ParameterSpec[] {
  const sizes = layerSizes(shape);
  const first = sizes[0] ?? 0;
  const out: ParameterSpec[] = [];
  const add = (name: string, kind: ParameterSpec['kind'], ...size: number[]): void => {
    out.push({ name, kind, shape: size });
  };
  if (shape.dense > 0) add('dense', 'weights', shape.dense, first);
  if (shape.coded > 0) add('levels', 'table', shape.levels, first);
  shape.embedded.forEach(({ rows, size }, k) => add(`embedding${k + 1}`, 'table', rows, size));
  if (shape.embedded.length > 0) add('embedded', 'weights', vectorLength(shape), first);
  sizes.forEach((size, i) => {
    if (i > 0) add(`weights${i + 1}`, 'weights', sizes[i - 1] ?? 0, size);
    add(`bias${i + 1}`, 'bias', size);
    if (shape.batchNorm && i < shape.hidden.length) add(`scale${i + 1}`, 'scale', size);
  });
  if (!shape.wide) return out;
  if (shape.dense > 0) add('wide.dense', 'weights', shape.dense, shape.outputs);
  if (shape.coded > 0) add('wide.levels', 'table', shape.levels, shape.outputs);
  if (shape.embedded.length > 0) add('wide.embedded', 'table', tableRows(shape), shape.outputs);
  return out;
}

/** Whether penalties pull it towards 0. */
export function isDecayed({ kind }: ParameterSpec): boolean {
  return kind === 'weights' || kind === 'table';
}

/** Length of all vectors of a row together. */
export function vectorLength({ embedded }: NetworkShape): number {
  return embedded.reduce((total, { size }) => total + size, 0);
}

/** Rows of all tables together. */
export function tableRows({ embedded }: NetworkShape): number {
  return embedded.reduce((total, { rows }) => total + rows, 0);
}

/** Where each category's rows begin when the tables stand one below the other. */
export function tableStarts({ embedded }: NetworkShape): readonly number[] {
  let at = 0;
  return embedded.map(({ rows }) => (at += rows) - rows);
}

/** Running mean and variance of each normalised layer, by the names `meanN` and `varianceN`. */
export type Statistics = Readonly<Record<string, Float32Array>>;

/** Puts normalisation into the weights and biases before it: scale * (x w - mean) / root(variance + epsilon) + bias is a layer, too. */
export function fold(shape: NetworkShape, weights: NetworkWeights, statistics: Statistics): NetworkWeights {
  if (!shape.batchNorm) return weights;
  const out: Record<string, Float32Array> = { ...weights };
  shape.hidden.forEach((size, i) => {
    const n = i + 1;
    const [mean, variance] = [statistics[`mean${n}`], statistics[`variance${n}`]];
    const scale = weights[`scale${n}`];
    if (!mean || !variance || !scale) throw new Error(`layer ${n} of a network has no statistics`);
    delete out[`scale${n}`];
    const factor = Float64Array.from(scale, (value, j) => value / Math.sqrt(variance[j]! + normEpsilon));
    for (const name of n === 1 ? ['dense', 'levels', 'embedded'] : [`weights${n}`]) {
      const values = weights[name];
      if (values) out[name] = values.map((value, k) => value * factor[k % size]!);
    }
    out[`bias${n}`] = (weights[`bias${n}`] ?? mean).map((value, j) => value - mean[j]! * factor[j]!);
  });
  return out;
}
