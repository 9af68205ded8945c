import {
  adam,
  adamRate,
  layerSizes,
  type NetworkRows,
  type NetworkShape,
  type NetworkWeights,
} from './network.ts';

/**
 * The network written a second time, for tests: double precision, one row after another, gradients by central differences. Slow and
 * plain, so that what it says can be checked by eye.
 */
export function referenceLoss(
  shape: NetworkShape,
  weights: readonly Float64Array[],
  source: NetworkRows,
  rows: readonly number[],
): number {
  return rows.reduce((sum, row) => sum + rowLoss(shape, weights, source, row), 0) / rows.length;
}

function rowLoss(
  shape: NetworkShape,
  [dense, levels, ...rest]: readonly Float64Array[],
  source: NetworkRows,
  row: number,
): number {
  const sizes = layerSizes(shape);
  let values = Array.from({ length: sizes[0]! }, (_, k) => {
    let sum = rest[0]![k]!;
    for (let j = 0; j < shape.dense; j++)
      sum += source.dense[row * shape.dense + j]! * dense![j * sizes[0]! + k]!;
    for (let j = 0; j < shape.coded; j++) {
      const code = source.codes[row * shape.coded + j]!;
      if (code >= 0) sum += levels![code * sizes[0]! + k]!;
    }
    return sum;
  });
  for (let layer = 1; layer < sizes.length; layer++) {
    const bent = values.map((value) => (shape.activation === 'tanh' ? Math.tanh(value) : Math.max(0, value)));
    const [w, b] = [rest[2 * layer - 1]!, rest[2 * layer]!];
    const width = sizes[layer]!;
    values = Array.from({ length: width }, (_, k) =>
      bent.reduce((sum, value, j) => sum + value * w[j * width + k]!, b[k]!),
    );
  }
  const y = source.target[row]!;
  if (shape.loss === 'squared') return (values[0]! - y) ** 2;
  if (shape.loss === 'sigmoid') {
    const p = 1 / (1 + Math.exp(-values[0]!));
    return -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
  }
  const total = values.reduce((sum, value) => sum + Math.exp(value), 0);
  return -Math.log(Math.exp(values[y]!) / total);
}

/** Gradients of the mean loss, plus `l2` times the weights (biases are every second tensor from the third on). */
function referenceGradients(
  shape: NetworkShape,
  weights: readonly Float64Array[],
  source: NetworkRows,
  rows: readonly number[],
): Float64Array[] {
  const h = 1e-5;
  return weights.map((values, tensor) =>
    values.map((value, i) => {
      const at = (moved: number): number => {
        values[i] = moved;
        const loss = referenceLoss(shape, weights, source, rows);
        values[i] = value;
        return loss;
      };
      const decay = tensor >= 2 && tensor % 2 === 0 ? 0 : shape.l2;
      return (at(value + h) - at(value - h)) / (2 * h) + decay * value;
    }),
  );
}

/** Updates by Adam, batch after batch; changes `weights`. */
export function referenceTraining(
  shape: NetworkShape,
  weights: readonly Float64Array[],
  source: NetworkRows,
  batches: readonly (readonly number[])[],
  learningRate: number,
): void {
  const first = weights.map((values) => new Float64Array(values.length));
  const second = weights.map((values) => new Float64Array(values.length));
  batches.forEach((rows, t) => {
    const gradients = referenceGradients(shape, weights, source, rows);
    const rate = adamRate(learningRate, t + 1);
    weights.forEach((values, k) => {
      const [m, v, g] = [first[k]!, second[k]!, gradients[k]!];
      for (let i = 0; i < values.length; i++) {
        m[i] = adam.beta1 * m[i]! + (1 - adam.beta1) * g[i]!;
        v[i] = adam.beta2 * v[i]! + (1 - adam.beta2) * g[i]! ** 2;
        values[i] = values[i]! - (rate * m[i]!) / (Math.sqrt(v[i]!) + adam.epsilon);
      }
    });
  });
}

/** In the order the reference wants: dense, levels, rest. */
export function asDoubles({ dense, levels, rest }: NetworkWeights): Float64Array[] {
  return [dense, levels, ...rest].map((values) => Float64Array.from(values));
}
