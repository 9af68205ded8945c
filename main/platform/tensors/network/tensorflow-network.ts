import { setImmediate as nextTurn } from 'node:timers/promises';
import { openSession, type Feeds, type GraphSession } from '../graph/session.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { buildNetworkGraph, type NetworkGraph, type Source } from './network-graph.ts';
import {
  adamRate,
  layerSizes,
  type NetworkRows,
  type NetworkShape,
  type NetworkTrainer,
  type NetworkWeights,
} from './network.ts';

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
  const values = flatten(shape, start);
  const session = openSession(tensorflow, graph.savedModel);
  // Fed memory is shared with the session: it is released after the session, and by this thread.
  const held: Feed[] = [
    ...feedRows(tensorflow, shape, graph.train, train),
    ...feedRows(tensorflow, shape, graph.validation, validation),
    // Copies: updates may be made in place.
    ...graph.parameters.map(({ feed, shape: size }, i): Feed => [
      feed,
      tf.tensor((values[i] ?? new Float32Array()).slice(), [...size]),
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
  const run = (rows: Int32Array, batch: number, rates: Float32Array, sum: number): number => {
    tensorflow.activate();
    const feeds = [
      [updates.turns, tf.scalar(rates.length, 'int32')],
      [updates.rows, tf.tensor2d(rows, [rates.length, batch], 'int32')],
      [updates.share, tf.scalar(1 / batch)],
      [updates.rates, tf.tensor1d(rates)],
      [updates.sum, tf.scalar(sum)],
    ] as const;
    const [loss] = session.run(feeds, [updates.loss]);
    for (const [, tensor] of feeds) tensor.dispose();
    return loss?.[0] ?? Number.NaN;
  };

  let done = 0;
  let perCall = 1;
  return {
    async epoch(order, batch, learningRate, stopped) {
      let sum = 0;
      for (let at = 0; at < order.length;) {
        const full = Math.floor((order.length - at) / batch);
        const [turns, size] = full > 0 ? [Math.min(full, perCall), batch] : [1, order.length - at];
        const rates = Float32Array.from({ length: turns }, (_, i) => adamRate(learningRate, done + 1 + i));
        const since = performance.now();
        sum = run(order.subarray(at, at + turns * size), size, rates, sum);
        const per = (performance.now() - since) / turns;
        perCall = Math.max(1, Math.min(4 * perCall, Math.floor(slice / per)));
        done += turns;
        at += turns * size;
        await nextTurn();
        if (stopped()) return Number.NaN;
      }
      return sum / order.length;
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
      return sum / validation.rows;
    },
    read: () => unflatten(shape, readAll(session, graph)),
    dispose: release,
  };
}

type Feed = Feeds[number];

function feedRows({ tf }: TensorFlow, shape: NetworkShape, source: Source, rows: NetworkRows): Feed[] {
  const count = rows.rows;
  return [
    [source.dense, tf.tensor2d(rows.dense, [count, shape.dense])],
    [source.codes, tf.tensor2d(rows.codes, [count, shape.coded], 'int32')],
    [
      source.target,
      shape.loss === 'softmax' ? tf.tensor1d(rows.target, 'int32') : tf.tensor2d(rows.target, [count, 1]),
    ],
  ];
}

function readAll(session: GraphSession, { parameters }: NetworkGraph): Float32Array[] {
  const values = session.run(
    [],
    parameters.map(({ value }) => value),
  );
  return values.map((data) => (data instanceof Float32Array ? data : Float32Array.from(data)));
}

/** In the order of the graph's parameters; the level table with its row of zeros at the end. */
function flatten(shape: NetworkShape, weights: NetworkWeights): Float32Array[] {
  const width = layerSizes(shape)[0] ?? 0;
  const table = new Float32Array((shape.levels + 1) * width);
  table.set(weights.levels);
  return [...(shape.dense > 0 ? [weights.dense] : []), ...(shape.coded > 0 ? [table] : []), ...weights.rest];
}

function unflatten(shape: NetworkShape, values: readonly Float32Array[]): NetworkWeights {
  const left = [...values];
  const dense = (shape.dense > 0 ? left.shift() : undefined) ?? new Float32Array();
  const table = (shape.coded > 0 ? left.shift() : undefined) ?? new Float32Array();
  const width = layerSizes(shape)[0] ?? 0;
  return { dense, levels: table.slice(0, shape.levels * width), rest: left };
}
