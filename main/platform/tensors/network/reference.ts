import { adam, layerSizes, normBlend, normEpsilon, stepSize } from './network.ts';
import type { NetworkRows, NetworkShape, NetworkWeights } from './network.ts';
import { isDecayed, parametersOf, tableStarts, vectorLength } from './parameters.ts';
import { statelessUniform } from './philox.ts';

/** Parameters, and running statistics of normalised layers, in double precision. */
export type Doubles = Record<string, Float64Array>;

/**
 * The network written a second time, for tests: double precision, one number after another, gradients by central differences. Slow and
 * plain, so that what it says can be checked by eye. `step` is the update's number in training, undefined where it predicts.
 */
export function referenceLoss(
  shape: NetworkShape,
  weights: Doubles,
  source: NetworkRows,
  rows: readonly number[],
  step?: number,
): number {
  const { outputs } = referencePass(shape, weights, source, rows, step);
  const weightOf = (row: number): number => (shape.weighted ? source.weights[row]! : 1);
  const divisor = step === undefined ? rows.reduce((sum, row) => sum + weightOf(row), 0) : rows.length;
  const losses = rows.map((row, i) => weightOf(row) * rowLoss(shape, outputs[i]!, source.target[row]!));
  return losses.reduce((sum, loss) => sum + loss, 0) / divisor;
}

/** Outputs of each row, and the mean and variance of each hidden layer's sums over the rows. */
function referencePass(
  shape: NetworkShape,
  weights: Doubles,
  source: NetworkRows,
  rows: readonly number[],
  step: number | undefined,
) {
  const sizes = layerSizes(shape);
  const moments: { mean: number[]; variance: number[] }[] = [];
  let values = rows.map((row) => inputSums(shape, weights, source, row, sizes[0]!, ''));
  shape.hidden.forEach((size, layer) => {
    const n = layer + 1;
    if (shape.batchNorm) {
      const mean = Array.from({ length: size }, (_, j) => meanOf(values.map((row) => row[j]!)));
      const variance = mean.map((m, j) => meanOf(values.map((row) => (row[j]! - m) ** 2)));
      moments.push({ mean, variance });
      const [ms, vs] =
        step === undefined ? [weights[`mean${n}`]!, weights[`variance${n}`]!] : [mean, variance];
      const scale = weights[`scale${n}`]!;
      values = values.map((row) =>
        row.map((z, j) => ((z - ms[j]!) / Math.sqrt(vs[j]! + normEpsilon)) * scale[j]!),
      );
    }
    const bias = weights[`bias${n}`]!;
    const bend = shape.activation === 'tanh' ? Math.tanh : (z: number) => Math.max(0, z);
    values = values.map((row) => row.map((z, j) => bend(z + bias[j]!)));
    if (shape.dropout && step !== undefined) {
      const { rate, seed } = shape.dropout;
      const drawn = statelessUniform(rows.length * size, seed, step * shape.hidden.length + layer);
      values = values.map((row, i) =>
        row.map((a, j) => (drawn[i * size + j]! >= Math.fround(rate) ? a / (1 - rate) : 0)),
      );
    }
    const [next, w] = [sizes[layer + 1]!, weights[`weights${n + 1}`]!];
    values = values.map((row) =>
      Array.from({ length: next }, (_, k) => row.reduce((sum, a, j) => sum + a * w[j * next + k]!, 0)),
    );
  });
  const last = weights[`bias${sizes.length}`]!;
  const outputs = values.map((row, i) => {
    const wide = shape.wide ? inputSums(shape, weights, source, rows[i]!, shape.outputs, 'wide.') : [];
    return row.map((z, k) => z + last[k]! + (wide[k] ?? 0));
  });
  return { outputs, moments };
}

function inputSums(
  shape: NetworkShape,
  weights: Doubles,
  source: NetworkRows,
  row: number,
  width: number,
  prefix: '' | 'wide.',
): number[] {
  const terms: (readonly [number, Float64Array, number])[] = [];
  for (let j = 0; j < shape.dense; j++)
    terms.push([source.dense[row * shape.dense + j]!, weights[`${prefix}dense`]!, j]);
  for (let k = 0; k < shape.coded; k++) {
    const code = source.codes[row * shape.coded + k]!;
    if (code >= 0) terms.push([1, weights[`${prefix}levels`]!, code]);
  }
  const length = vectorLength(shape);
  let at = 0;
  shape.embedded.forEach(({ size }, k) => {
    const code = source.embedded[row * shape.embedded.length + k]!;
    if (prefix === '') {
      for (let j = 0; j < size; j++)
        terms.push([weights[`embedding${k + 1}`]![code * size + j]!, weights['embedded']!, at + j]);
      at += size;
    } else terms.push([1, weights['wide.embedded']!, tableStarts(shape)[k]! + code]);
  });
  if (at !== (prefix === '' ? length : 0)) throw new Error('lost a vector');
  return Array.from({ length: width }, (_, k) =>
    terms.reduce((sum, [x, table, line]) => sum + x * table[line * width + k]!, 0),
  );
}

function rowLoss({ loss }: NetworkShape, outputs: readonly number[], y: number): number {
  if (loss === 'squared') return (outputs[0]! - y) ** 2;
  if (loss === 'sigmoid') {
    const p = 1 / (1 + Math.exp(-outputs[0]!));
    return -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
  }
  const total = outputs.reduce((sum, value) => sum + Math.exp(value), 0);
  return -Math.log(Math.exp(outputs[y]!) / total);
}

/** Updates by the optimiser, batch after batch; changes `weights` and the statistics among them. */
export function referenceTraining(
  shape: NetworkShape,
  weights: Doubles,
  source: NetworkRows,
  batches: readonly (readonly number[])[],
  learningRate: (t: number) => number,
): void {
  const specs = parametersOf(shape);
  const slots = new Map(
    specs.map(({ name }) => [
      name,
      [0, 1].map(() => new Float64Array(weights[name]!.length)) as [Float64Array, Float64Array],
    ]),
  );
  const h = 1e-5;
  batches.forEach((rows, i) => {
    const t = i + 1;
    const rate = learningRate(t);
    const gradients = new Map(
      specs.map((spec) => {
        const values = weights[spec.name]!;
        const gradient = values.map((value, k) => {
          const at = (moved: number): number => {
            values[k] = moved;
            const loss = referenceLoss(shape, weights, source, rows, t);
            values[k] = value;
            return loss;
          };
          return (at(value + h) - at(value - h)) / (2 * h) + (isDecayed(spec) ? shape.l2 * value : 0);
        });
        return [spec.name, gradient] as const;
      }),
    );
    const { moments } = referencePass(shape, weights, source, rows, t);
    for (const spec of specs) {
      const [values, g] = [weights[spec.name]!, gradients.get(spec.name)!];
      const [m, v] = slots.get(spec.name)!;
      for (let k = 0; k < values.length; k++) {
        if (isDecayed(spec)) values[k] = values[k]! * (1 - rate * shape.decay);
        if (shape.optimiser.kind === 'sgd') values[k] = values[k]! - rate * g[k]!;
        else if (shape.optimiser.kind === 'momentum') {
          m[k] = shape.optimiser.momentum * m[k]! + g[k]!;
          values[k] = values[k]! - rate * m[k]!;
        } else {
          m[k] = adam.beta1 * m[k]! + (1 - adam.beta1) * g[k]!;
          v[k] = adam.beta2 * v[k]! + (1 - adam.beta2) * g[k]! ** 2;
          const size = stepSize(shape.optimiser, rate, t);
          values[k] = values[k]! - (size * m[k]!) / (Math.sqrt(v[k]!) + adam.epsilon);
        }
      }
    }
    moments.forEach((moment, layer) => {
      for (const kind of ['mean', 'variance'] as const) {
        const statistic = weights[`${kind}${layer + 1}`]!;
        statistic.forEach((value, j) => {
          statistic[j] = value + (moment[kind][j]! - value) * normBlend(t);
        });
      }
    });
  });
}

/** The parameters in double precision, with statistics at mean 0 and variance 1. */
export function asDoubles(shape: NetworkShape, weights: NetworkWeights): Doubles {
  const out: Doubles = {};
  for (const [name, values] of Object.entries(weights)) out[name] = Float64Array.from(values);
  if (!shape.batchNorm) return out;
  shape.hidden.forEach((size, i) => {
    out[`mean${i + 1}`] = new Float64Array(size);
    out[`variance${i + 1}`] = new Float64Array(size).fill(1);
  });
  return out;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
