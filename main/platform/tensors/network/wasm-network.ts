import { setImmediate as nextTurn } from 'node:timers/promises';
import type * as tfjs from '@tensorflow/tfjs-core';
import type { Wasm } from '../wasm.ts';
import {
  adam,
  adamRate,
  layerSizes,
  type NetworkRows,
  type NetworkShape,
  type NetworkTrainer,
  type NetworkWeights,
} from './network.ts';
import { readOutputs } from './losses.ts';

type Core = typeof tfjs;

/** Milliseconds of work between two turns of the event loop. */
const slice = 50;
const chunk = 4096;

/** A parameter and its Adam moments. They live here; only what the matrix products need crosses into WebAssembly. */
interface Parameter {
  readonly value: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** The same training on tfjs-core's WebAssembly backend: matrix products there, gathering, losses and Adam here. */
export function createWasmTrainer(
  wasm: Wasm,
  shape: NetworkShape,
  start: NetworkWeights,
  train: NetworkRows,
  validation: NetworkRows,
): NetworkTrainer {
  const { tf } = wasm;
  const model = createModel(start);
  let done = 0;
  return {
    async epoch(order, batch, learningRate, stopped) {
      let sum = 0;
      let since = performance.now();
      for (let from = 0; from < order.length; from += batch) {
        const rows = order.subarray(from, from + batch);
        wasm.activate();
        sum += tf.tidy(() => step(tf, shape, model, train, rows, adamRate(learningRate, ++done)));
        if (performance.now() - since > slice) {
          await nextTurn();
          if (stopped()) return Number.NaN;
          since = performance.now();
        }
      }
      return sum / order.length;
    },
    async validate() {
      let sum = 0;
      for (let from = 0; from < validation.rows; from += chunk) {
        const size = Math.min(chunk, validation.rows - from);
        const rows = Int32Array.from({ length: size }, (_, i) => from + i);
        wasm.activate();
        sum += tf.tidy(() => {
          const { output } = forward(tf, shape, model, validation, rows);
          return readOutputs(shape, output.dataSync<'float32'>(), { target: validation.target, rows }).loss;
        });
        await nextTurn();
      }
      return sum / validation.rows;
    },
    read: () => ({
      dense: model.dense.value.slice(),
      levels: model.levels.value.slice(),
      rest: model.rest.map(({ value }) => value.slice()),
    }),
    dispose: () => undefined,
  };
}

interface Model {
  readonly dense: Parameter;
  readonly levels: Parameter;
  readonly rest: readonly Parameter[];
}

function createModel(start: NetworkWeights): Model {
  return {
    dense: createParameter(start.dense),
    levels: createParameter(start.levels),
    rest: start.rest.map(createParameter),
  };
}

function createParameter(values: Float32Array): Parameter {
  const { length } = values;
  return { value: values.slice(), first: new Float32Array(length), second: new Float32Array(length) };
}

/** One update; returns the sum of the batch's losses before it. */
function step(
  tf: Core,
  shape: NetworkShape,
  model: Model,
  source: NetworkRows,
  rows: Int32Array,
  rate: number,
): number {
  const pass = forward(tf, shape, model, source, rows);
  const read = readOutputs(shape, pass.output.dataSync<'float32'>(), { target: source.target, rows });
  let slope: tfjs.Tensor2D = tf.tensor2d(read.slope, [rows.length, shape.outputs]);
  // Transposed apart: the backend's product of a transposed matrix is a plain loop, several times slower than its fast one.
  const gradients: [Parameter, Float32Array][] = [];
  for (let layer = pass.hidden.length - 1; layer >= 0; layer--) {
    const [weights, bias] = [at(model.rest, 1 + 2 * layer), at(model.rest, 2 + 2 * layer)];
    const [a, w] = [at(pass.hidden, layer), at(pass.weights, layer)];
    gradients.push([weights, read32(tf.matMul(tf.transpose(a), slope))], [bias, read32(tf.sum(slope, 0))]);
    const back = tf.matMul(slope, tf.transpose(w));
    slope = shape.activation === 'relu' ? tf.mul(back, tf.step(a)) : tf.mul(back, tf.sub(1, tf.square(a)));
  }
  gradients.push([at(model.rest, 0), read32(tf.sum(slope, 0))]);
  if (pass.dense) gradients.push([model.dense, read32(tf.matMul(tf.transpose(pass.dense), slope))]);
  if (shape.coded > 0)
    gradients.push([model.levels, scatter(shape, source, rows, read32(slope), model.levels.value.length)]);
  for (const [parameter, gradient] of gradients) update(shape, model, parameter, gradient, rate);
  return read.loss;
}

interface Pass {
  readonly dense: tfjs.Tensor2D | undefined;
  readonly hidden: readonly tfjs.Tensor2D[];
  readonly weights: readonly tfjs.Tensor2D[];
  readonly output: tfjs.Tensor2D;
}

function forward(tf: Core, shape: NetworkShape, model: Model, source: NetworkRows, rows: Int32Array): Pass {
  const sizes = layerSizes(shape);
  const width = at(sizes, 0);
  const activation = (layer: number): 'relu' | 'tanh' | 'linear' =>
    layer < shape.hidden.length ? shape.activation : 'linear';
  const activate = (z: tfjs.Tensor2D, layer: number): tfjs.Tensor2D => {
    const kind = activation(layer);
    return kind === 'relu' ? tf.relu(z) : kind === 'tanh' ? tf.tanh(z) : z;
  };
  const dense =
    shape.dense > 0 ? tf.tensor2d(gatherRows(shape, source, rows), [rows.length, shape.dense]) : undefined;
  let z: tfjs.Tensor2D | undefined;
  if (dense) z = tf.matMul(dense, tf.tensor2d(model.dense.value, [shape.dense, width]));
  if (shape.coded > 0) {
    const added = tf.tensor2d(sumLevels(shape, model.levels.value, source, rows), [rows.length, width]);
    z = z ? tf.add(z, added) : added;
  }
  if (!z) throw new Error('a network needs at least one feature');
  let a = activate(tf.add(z, tf.tensor1d(at(model.rest, 0).value)), 0);
  const hidden: tfjs.Tensor2D[] = [];
  const weights: tfjs.Tensor2D[] = [];
  for (let layer = 1; layer < sizes.length; layer++) {
    const w = tf.tensor2d(at(model.rest, 2 * layer - 1).value, [at(sizes, layer - 1), at(sizes, layer)]);
    const bias = tf.tensor1d(at(model.rest, 2 * layer).value);
    hidden.push(a);
    weights.push(w);
    a = activate(tf.add(tf.matMul(a, w), bias), layer);
  }
  return { dense, hidden, weights, output: a };
}

function gatherRows({ dense: width }: NetworkShape, { dense }: NetworkRows, rows: Int32Array): Float32Array {
  const out = new Float32Array(rows.length * width);
  rows.forEach((row, i) => out.set(dense.subarray(row * width, (row + 1) * width), i * width));
  return out;
}

/** For each row, the sum of the first layer's rows of its levels. */
function sumLevels(
  shape: NetworkShape,
  table: Float32Array,
  { codes }: NetworkRows,
  rows: Int32Array,
): Float32Array {
  const width = at(layerSizes(shape), 0);
  const out = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const first = rows[i]! * shape.coded;
    for (let k = 0; k < shape.coded; k++) {
      const from = codes[first + k]! * width;
      if (from < 0) continue;
      for (let j = 0, to = i * width; j < width; j++, to++) out[to] = out[to]! + table[from + j]!;
    }
  }
  return out;
}

/** The gradient of that sum: each row's slope added to the rows of its levels. */
function scatter(
  shape: NetworkShape,
  { codes }: NetworkRows,
  rows: Int32Array,
  slope: Float32Array,
  length: number,
): Float32Array {
  const width = at(layerSizes(shape), 0);
  const out = new Float32Array(length);
  for (let i = 0; i < rows.length; i++) {
    const first = rows[i]! * shape.coded;
    for (let k = 0; k < shape.coded; k++) {
      const to = codes[first + k]! * width;
      if (to < 0) continue;
      for (let j = 0, from = i * width; j < width; j++, from++) out[to + j] = out[to + j]! + slope[from]!;
    }
  }
  return out;
}

/** Adam as TensorFlow's ApplyAdam computes it; `rate` holds the bias corrections. Biases are not decayed. */
function update(
  { l2 }: NetworkShape,
  { rest }: Model,
  parameter: Parameter,
  gradient: Float32Array,
  rate: number,
): void {
  const { value, first, second } = parameter;
  const decay = rest.indexOf(parameter) % 2 === 0 ? 0 : l2;
  const alpha = Math.fround(rate);
  for (let i = 0; i < value.length; i++) {
    const g = gradient[i]! + decay * value[i]!;
    first[i] = first[i]! + (g - first[i]!) * (1 - adam.beta1);
    second[i] = second[i]! + (g * g - second[i]!) * (1 - adam.beta2);
    value[i] = value[i]! - (first[i]! * alpha) / (Math.sqrt(second[i]!) + adam.epsilon);
  }
}

function read32(tensor: tfjs.Tensor): Float32Array {
  return tensor.dataSync<'float32'>();
}

function at<T>(values: { readonly [index: number]: T }, index: number): T {
  const value = values[index];
  if (value === undefined) throw new Error(`a network has no part ${index}`);
  return value;
}
