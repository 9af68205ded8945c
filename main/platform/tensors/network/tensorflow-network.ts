import { setImmediate as nextTurn } from 'node:timers/promises';
import { openSession, type Feeds } from '../graph/session.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { buildNetworkGraph, type Held, type Source } from './network-graph.ts';
import {
  normBlend,
  stepSize,
  weightOf,
  type NetworkRows,
  type NetworkShape,
  type NetworkTrainer,
  type NetworkWeights,
} from './network.ts';
import { fold } from './parameters.ts';

/** Milliseconds of work in one call, aimed at; how the work is cut changes no bit of the result. */
const slice = 50;
/** Rows a validation call takes at once. */
const chunk = 8192;

/** Trains through one compiled graph; the rows live in TensorFlow's memory (shared with the arrays given, which must not change). */
export function createTensorFlowTrainer(
  tensorflow: TensorFlow,
  shape: NetworkShape,
  start: NetworkWeights,
  train: NetworkRows,
  validation: NetworkRows,
): NetworkTrainer {
  const { tf } = tensorflow;
  tensorflow.activate();
  const graph = buildNetworkGraph(shape);
  const session = openSession(tensorflow, graph.savedModel);
  // Fed memory is shared with the session: it is released after the session, and by this thread.
  const held: Feed[] = [
    ...feedRows(tensorflow, shape, graph.train, train),
    ...feedRows(tensorflow, shape, graph.validation, validation),
    ...[...graph.parameters, ...graph.statistics].map((one): Feed => [
      one.feed,
      tf.tensor(firstValue(one, start), [...one.shape]),
    ]),
  ];
  const release = (): void => {
    session.dispose();
    for (const [, tensor] of held.splice(0)) tensor.dispose();
  };
  try {
    session.run(held, [graph.initialised]);
  } catch (error) {
    release();
    throw error;
  }

  const { updates } = graph;
  let done = 0;
  const run = (rows: Int32Array, batch: number, rates: Float64Array, sum: number): number => {
    tensorflow.activate();
    const each = (of: (rate: number, t: number) => number): Float32Array =>
      Float32Array.from(rates, (rate, i) => of(rate, done + 1 + i));
    const feeds: Feed[] = [
      [updates.turns, tf.scalar(rates.length, 'int32')],
      [updates.first, tf.scalar(done + 1, 'int32')],
      [updates.rows, tf.tensor2d(rows, [rates.length, batch], 'int32')],
      [updates.share, tf.scalar(1 / batch)],
      [updates.rates, tf.tensor1d(each((rate, t) => stepSize(shape.optimiser, rate, t)))],
      [updates.sum, tf.scalar(sum)],
    ];
    if (updates.shrink) feeds.push([updates.shrink, tf.tensor1d(each((rate) => rate * shape.decay))]);
    if (updates.blends) feeds.push([updates.blends, tf.tensor1d(each((_, t) => normBlend(t)))]);
    const [loss] = session.run(feeds, [updates.loss]);
    for (const [, tensor] of feeds) tensor.dispose();
    return loss?.[0] ?? Number.NaN;
  };

  let perCall = 1;
  return {
    async epoch(order, batch, rate, stopped) {
      let sum = 0;
      for (let at = 0; at < order.length;) {
        const full = Math.floor((order.length - at) / batch);
        const [turns, size] = full > 0 ? [Math.min(full, perCall), batch] : [1, order.length - at];
        const rates = Float64Array.from({ length: turns }, (_, i) => rate(done + 1 + i));
        const since = performance.now();
        sum = run(order.subarray(at, at + turns * size), size, rates, sum);
        const per = (performance.now() - since) / turns;
        perCall = Math.max(1, Math.min(4 * perCall, Math.floor(slice / per)));
        done += turns;
        at += turns * size;
        await nextTurn();
        if (stopped()) return Number.NaN;
      }
      return sum / weightOf(train, order);
    },
    async validate() {
      let sum = 0;
      for (let at = 0; at < validation.rows; at += chunk) {
        const size = Math.min(chunk, validation.rows - at);
        tensorflow.activate();
        const rows = tf.tensor1d(
          Int32Array.from({ length: size }, (_, i) => at + i),
          'int32',
        );
        const [loss] = session.run([[graph.check.rows, rows]], [graph.check.loss]);
        rows.dispose();
        sum += loss?.[0] ?? Number.NaN;
        await nextTurn();
      }
      return sum / weightOf(validation, validation.rows);
    },
    read() {
      const all = [...graph.parameters, ...graph.statistics];
      const values = session.run(
        [],
        all.map(({ value }) => value),
      );
      const named = all.map(({ name }, i) => [name, trimmed(name, start, values[i])] as const);
      const count = graph.parameters.length;
      return fold(shape, Object.fromEntries(named.slice(0, count)), Object.fromEntries(named.slice(count)));
    },
    dispose: release,
  };
}

type Feed = Feeds[number];

function feedRows({ tf }: TensorFlow, shape: NetworkShape, source: Source, rows: NetworkRows): Feed[] {
  const count = rows.rows;
  const feeds: Feed[] = [
    [
      source.target,
      shape.loss === 'softmax' ? tf.tensor1d(rows.target, 'int32') : tf.tensor2d(rows.target, [count, 1]),
    ],
  ];
  if (source.dense) feeds.push([source.dense, tf.tensor2d(rows.dense, [count, shape.dense])]);
  if (source.codes) feeds.push([source.codes, tf.tensor2d(rows.codes, [count, shape.coded], 'int32')]);
  if (source.embedded) {
    feeds.push([source.embedded, tf.tensor2d(rows.embedded, [count, shape.embedded.length], 'int32')]);
  }
  if (source.weights) feeds.push([source.weights, tf.tensor2d(rows.weights, [count, 1])]);
  return feeds;
}

/** A copy, for updates may be made in place. A table's row of zeros follows what is given; statistics start at mean 0, variance 1. */
function firstValue({ name, shape }: Held, start: NetworkWeights): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (name.startsWith('variance')) return values.fill(1);
  values.set(start[name] ?? []);
  return values;
}

/** Without a table's row of zeros. */
function trimmed(
  name: string,
  start: NetworkWeights,
  values: Float32Array | Int32Array | undefined,
): Float32Array {
  const length = start[name]?.length;
  if (!(values instanceof Float32Array)) throw new Error(`a network graph returned no "${name}"`);
  return length !== undefined && length < values.length ? values.slice(0, length) : values;
}
