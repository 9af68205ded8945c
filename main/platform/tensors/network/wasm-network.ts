import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Wasm } from '../wasm.ts';
import { readOutputs } from './losses.ts';
import { adam, normBlend, stepSize, weightOf } from './network.ts';
import type { NetworkRows, NetworkShape, NetworkTrainer, NetworkWeights } from './network.ts';
import { fold, isDecayed, parametersOf, type ParameterSpec } from './parameters.ts';
import { passBack } from './wasm-backward.ts';
import { passForward, type Product } from './wasm-forward.ts';

/** Milliseconds of work between two turns of the event loop. */
const slice = 50;
const chunk = 4096;

/** A parameter and what the optimiser remembers of it. They live here; only what the matrix products need crosses into WebAssembly. */
interface Parameter {
  readonly spec: ParameterSpec;
  readonly value: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** The same training with tfjs-core's WebAssembly backend: matrix products there, everything else here. */
export function createWasmTrainer(
  wasm: Wasm,
  shape: NetworkShape,
  start: NetworkWeights,
  train: NetworkRows,
  validation: NetworkRows,
): NetworkTrainer {
  const parameters = parametersOf(shape).map((spec) => createParameter(spec, start, shape));
  const values = Object.fromEntries(parameters.map(({ spec, value }) => [spec.name, value]));
  const statistics = startStatistics(shape);
  const product = productOf(wasm);
  let done = 0;

  const step = (rows: Int32Array, rate: number): number => {
    done++;
    const pass = passForward(shape, { ...values, ...statistics }, train, rows, product, done);
    const { loss, slope } = readOutputs(shape, pass.output, { rows: train, picked: rows });
    const gradients = passBack(shape, values, train, rows, pass, slope, product);
    for (const parameter of parameters) {
      const gradient = gradients[parameter.spec.name];
      if (gradient) update(shape, parameter, gradient, rate, done);
    }
    const blend = Math.fround(normBlend(done));
    pass.hidden.forEach(({ norm }, layer) => {
      if (!norm) return;
      move(statistics[`mean${layer + 1}`], norm.mean, blend);
      move(statistics[`variance${layer + 1}`], norm.variance, blend);
    });
    return loss;
  };

  return {
    async epoch(order, batch, rate, stopped) {
      let sum = 0;
      let since = performance.now();
      for (let from = 0; from < order.length; from += batch) {
        sum += step(order.subarray(from, from + batch), rate(done + 1));
        if (performance.now() - since > slice) {
          await nextTurn();
          if (stopped()) return Number.NaN;
          since = performance.now();
        }
      }
      return sum / weightOf(train, order);
    },
    async validate() {
      let sum = 0;
      for (let from = 0; from < validation.rows; from += chunk) {
        const size = Math.min(chunk, validation.rows - from);
        const picked = Int32Array.from({ length: size }, (_, i) => from + i);
        const { output } = passForward(shape, { ...values, ...statistics }, validation, picked, product);
        sum += readOutputs(shape, output, { rows: validation, picked }).loss;
        await nextTurn();
      }
      return sum / weightOf(validation, validation.rows);
    },
    read() {
      const copies = Object.entries(values).map(([name, value]) => [name, value.slice()] as const);
      return fold(shape, Object.fromEntries(copies), statistics);
    },
    dispose: () => undefined,
  };
}

/** Matrix products by the backend; a transposed factor is transposed apart, for its product of one is a plain loop, several times slower. */
function productOf(wasm: Wasm): Product {
  const { tf } = wasm;
  return (a, [rows, inner], b, columns, transposed) => {
    if (rows * inner * columns === 0) return new Float32Array(rows * columns);
    wasm.activate();
    // What is returned from inside would be searched for tensors, number by number.
    const result = tf.tidy(() => {
      const left =
        transposed === 'a' ? tf.transpose(tf.tensor2d(a, [inner, rows])) : tf.tensor2d(a, [rows, inner]);
      const right =
        transposed === 'b'
          ? tf.transpose(tf.tensor2d(b, [columns, inner]))
          : tf.tensor2d(b, [inner, columns]);
      return tf.matMul(left, right);
    });
    const values = result.dataSync<'float32'>();
    result.dispose();
    return values;
  };
}

function createParameter(spec: ParameterSpec, start: NetworkWeights, { optimiser }: NetworkShape): Parameter {
  const value = Float32Array.from(start[spec.name] ?? []);
  const slot = (needed: boolean): Float32Array => new Float32Array(needed ? value.length : 0);
  return {
    spec,
    value,
    first: slot(optimiser.kind !== 'sgd'),
    second: slot(optimiser.kind === 'adam'),
  };
}

function startStatistics(shape: NetworkShape): Record<string, Float32Array> {
  if (!shape.batchNorm) return {};
  return Object.fromEntries(
    shape.hidden.flatMap((size, i) => [
      [`mean${i + 1}`, new Float32Array(size)],
      [`variance${i + 1}`, new Float32Array(size).fill(1)],
    ]),
  );
}

/** As TensorFlow's ApplyAdam, ApplyMomentum and ApplyGradientDescent compute it. Biases are not pulled towards 0. */
function update(
  { optimiser, l2, decay }: NetworkShape,
  { spec, value, first, second }: Parameter,
  gradient: Float32Array,
  rate: number,
  t: number,
): void {
  const pull = isDecayed(spec) ? l2 : 0;
  const shrink = isDecayed(spec) ? Math.fround(rate * decay) : 0;
  const size = Math.fround(stepSize(optimiser, rate, t));
  for (let i = 0; i < value.length; i++) {
    const g = gradient[i]! + pull * value[i]!;
    const from = value[i]! - shrink * value[i]!;
    if (optimiser.kind === 'adam') {
      first[i] = first[i]! + (g - first[i]!) * (1 - adam.beta1);
      second[i] = second[i]! + (g * g - second[i]!) * (1 - adam.beta2);
      value[i] = from - (first[i]! * size) / (Math.sqrt(second[i]!) + adam.epsilon);
    } else if (optimiser.kind === 'momentum') {
      first[i] = first[i]! * optimiser.momentum + g;
      value[i] = from - size * first[i]!;
    } else {
      value[i] = from - size * g;
    }
  }
}

function move(statistic: Float32Array | undefined, towards: Float32Array, blend: number): void {
  statistic?.forEach((value, j) => (statistic[j] = value + (towards[j]! - value) * blend));
}
