import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { openNetworkEngine } from '../network-engine.ts';
import { noTensorFlow, testedEngines } from '../testing.ts';
import type { NetworkShape } from './network.ts';
import { fold, parametersOf } from './parameters.ts';
import { asDoubles, referenceLoss, referenceTraining } from './reference.ts';
import { plainShape, someRows, someWeights } from './testing.ts';

const base: NetworkShape = {
  ...plainShape,
  dense: 3,
  coded: 2,
  levels: 5,
  hidden: [4, 3],
  activation: 'tanh',
};
const embedded = [
  { rows: 4, size: 2 },
  { rows: 6, size: 3 },
];
const shapes: Readonly<Record<string, NetworkShape>> = {
  'squared, tanh': base,
  'squared, relu, L2': { ...base, activation: 'relu', l2: 0.05 },
  'sigmoid, tanh, one hidden layer': { ...base, loss: 'sigmoid', hidden: [5] },
  'softmax, relu': { ...base, loss: 'softmax', outputs: 3, activation: 'relu' },
  'numbers only': { ...base, coded: 0, levels: 0, l2: 0.01 },
  'levels only, softmax, L2': { ...base, dense: 0, loss: 'softmax', outputs: 4, l2: 0.02 },
  'gradient descent': { ...base, optimiser: { kind: 'sgd' }, decay: 0.3 },
  'momentum, weighted': { ...base, optimiser: { kind: 'momentum', momentum: 0.8 }, weighted: true },
  'Adam with decoupled decay': { ...base, decay: 0.4, l2: 0.01 },
  'dropout, weighted sigmoid': { ...base, loss: 'sigmoid', weighted: true, dropout: { rate: 0.3, seed: -7 } },
  'batch normalisation': { ...base, batchNorm: true },
  'batch normalisation and dropout, weighted softmax': {
    ...base,
    batchNorm: true,
    dropout: { rate: 0.2, seed: 12 },
    loss: 'softmax',
    outputs: 3,
    weighted: true,
  },
  embeddings: { ...base, embedded },
  'embeddings only, decayed': { ...base, dense: 0, coded: 0, levels: 0, embedded, decay: 0.2, l2: 0.05 },
  'one embedding': { ...base, coded: 0, levels: 0, embedded: [{ rows: 3, size: 2 }] },
  'wide and deep': { ...base, embedded, wide: true, l2: 0.01 },
  'wide and deep, all at once': {
    ...base,
    embedded,
    wide: true,
    loss: 'softmax',
    outputs: 3,
    batchNorm: true,
    dropout: { rate: 0.2, seed: 3 },
    weighted: true,
    decay: 0.1,
    optimiser: { kind: 'momentum', momentum: 0.5 },
  },
};

const never = (): boolean => false;
const slower = (t: number): number => 0.02 / t;

const missing = async () =>
  ({ state: 'missing', reason: 'hidden by the test', how: 'look elsewhere' }) as const;

function leftovers(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('holdfast-graph-'));
}

describe.each(testedEngines)('%s', (id) => {
  test.each(Object.entries(shapes))(
    '%s: six updates are the optimiser on the gradients',
    async (_, shape) => {
      const engine = await openNetworkEngine(id);
      const [train, validation] = [someRows(shape, 22, 1), someRows(shape, 9, 2)];
      const start = someWeights(shape, 3);
      const trainer = engine.createTrainer(shape, start, train, validation);
      // Two epochs of three batches, the last one smaller.
      const orders = [1, 2].map((seed) =>
        createRandom(seed).shuffle(Int32Array.from({ length: train.rows }, (_v, i) => i)),
      );
      for (const order of orders) await trainer.epoch(order, 9, slower, never);
      const [learned, checked] = [trainer.read(), await trainer.validate()];
      trainer.dispose();

      const expected = asDoubles(shape, start);
      const batches = orders.flatMap((order) =>
        [0, 9, 18].map((from) => [...order.subarray(from, from + 9)]),
      );
      referenceTraining(shape, expected, train, batches, slower);
      const floats = Object.fromEntries(
        Object.entries(expected).map(([name, values]) => [name, Float32Array.from(values)]),
      );
      const folded = fold(
        shape,
        Object.fromEntries(parametersOf(shape).map(({ name }) => [name, floats[name]!])),
        floats,
      );
      expect(Object.keys(learned).sort()).toEqual(Object.keys(folded).sort());
      for (const [name, values] of Object.entries(learned)) {
        expect(values.length, name).toBe(folded[name]!.length);
        values.forEach((value, i) => expect(value, `${name}, ${i}`).toBeCloseTo(folded[name]![i]!, 4));
      }
      const all = Array.from({ length: validation.rows }, (_v, i) => i);
      expect(checked).toBeCloseTo(referenceLoss(shape, expected, validation, all), 4);
    },
  );

  test('an epoch returns the mean loss per row, each batch before its update', async () => {
    const engine = await openNetworkEngine(id);
    const [train, none] = [someRows(base, 20, 4), someRows(base, 0, 4)];
    const start = someWeights(base, 5);
    const trainer = engine.createTrainer(base, start, train, none);
    const loss = await trainer.epoch(
      Int32Array.from({ length: 20 }, (_, i) => i),
      20,
      () => 0.01,
      never,
    );
    trainer.dispose();
    const all = Array.from({ length: 20 }, (_, i) => i);
    expect(loss).toBeCloseTo(referenceLoss(base, asDoubles(base, start), train, all), 5);
  });

  test.each([
    ['a plain network', {}],
    [
      'a network with everything',
      {
        embedded: [{ rows: 30, size: 4 }],
        wide: true,
        batchNorm: true,
        dropout: { rate: 0.2, seed: 4 },
        weighted: true,
        decay: 0.01,
      },
    ],
  ])(
    '%s: the same start and order give the same bytes, and the arrays given are not changed',
    async (_name, more) => {
      const engine = await openNetworkEngine(id);
      const shape: NetworkShape = {
        ...base,
        dense: 6,
        coded: 2,
        levels: 40,
        hidden: [32, 16],
        activation: 'relu',
        ...more,
      };
      const [train, validation] = [someRows(shape, 3000, 6), someRows(shape, 500, 7)];
      const start = someWeights(shape, 8);
      const before = structuredClone({ train, validation, start });
      const order = createRandom(1).shuffle(Int32Array.from({ length: 3000 }, (_, i) => i));
      const run = async (): Promise<unknown> => {
        const trainer = engine.createTrainer(shape, start, train, validation);
        const losses = [];
        for (let epoch = 0; epoch < 3; epoch++) {
          losses.push(await trainer.epoch(order, 64, () => 0.01, never), await trainer.validate());
        }
        const weights = trainer.read();
        trainer.dispose();
        return { losses, weights };
      };
      const [first, second] = [await run(), await run()];
      expect(second).toEqual(first);
      expect({ train, validation, start }).toEqual(before);
    },
  );

  test('an epoch that is told to stop ends within 200 ms of work', async () => {
    const engine = await openNetworkEngine(id);
    const shape: NetworkShape = { ...base, dense: 20, coded: 0, levels: 0, hidden: [128, 64] };
    const train = someRows(shape, 40_000, 9);
    const trainer = engine.createTrainer(shape, someWeights(shape, 10), train, someRows(shape, 0, 9));
    const order = Int32Array.from({ length: 40_000 }, (_, i) => i);
    await trainer.epoch(order.subarray(0, 640), 64, () => 0.001, never);
    let asked = 0;
    let longest = 0;
    let last = process.cpuUsage();
    const loss = await trainer.epoch(
      order,
      64,
      () => 0.001,
      () => {
        const { user, system } = process.cpuUsage(last);
        longest = Math.max(longest, (user + system) / 1000);
        last = process.cpuUsage();
        return ++asked === 3;
      },
    );
    trainer.dispose();
    expect(loss).toBeNaN();
    expect(asked).toBe(3);
    expect(longest).toBeLessThan(200);
  });
});

describe.skipIf(noTensorFlow !== undefined)('TensorFlow and WebAssembly', () => {
  test('train the same network', async () => {
    const shape: NetworkShape = {
      ...base,
      dense: 5,
      levels: 30,
      hidden: [16, 8],
      activation: 'relu',
      l2: 0.001,
    };
    const [train, validation] = [someRows(shape, 2000, 11), someRows(shape, 400, 12)];
    const start = someWeights(shape, 13);
    const order = createRandom(2).shuffle(Int32Array.from({ length: 2000 }, (_, i) => i));
    const losses = await Promise.all(
      (['tensorflow', 'wasm'] as const).map(async (id) => {
        const engine = await openNetworkEngine(id);
        const trainer = engine.createTrainer(shape, start, train, validation);
        for (let epoch = 0; epoch < 5; epoch++) await trainer.epoch(order, 50, () => 0.003, never);
        const loss = await trainer.validate();
        trainer.dispose();
        return loss;
      }),
    );
    expect(losses[0]).toBeCloseTo(losses[1] ?? Number.NaN, 3);
  });

  test('nothing is left behind: no tensor, no session, no temporary folder', async () => {
    const { loadTensorFlow } = await import('../tensorflow.ts');
    const { tf, backend } = loadTensorFlow();
    const engine = await openNetworkEngine('tensorflow');
    const before = {
      tensors: tf.memory().numTensors,
      native: backend.getNumOfTFTensors(),
      folders: leftovers(),
    };
    const shape: NetworkShape = { ...base, dense: 50, hidden: [64] };
    const train = someRows(shape, 20_000, 14);
    const order = Int32Array.from({ length: 20_000 }, (_, i) => i);
    let settled = 0;
    for (let turn = 0; turn < 12; turn++) {
      const trainer = engine.createTrainer(shape, someWeights(shape, turn), train, train);
      await trainer.epoch(order, 256, () => 0.001, never);
      await trainer.validate();
      trainer.read();
      trainer.dispose();
      trainer.dispose();
      if (turn === 3) settled = process.memoryUsage().rss;
    }
    expect(tf.memory().numTensors).toBe(before.tensors);
    expect(backend.getNumOfTFTensors()).toBe(before.native);
    expect(backend.getNumOfSavedModels()).toBe(0);
    expect(leftovers()).toEqual(before.folders);
    // Eight more turns, each with 4 MB of rows: what stays is noise.
    expect(process.memoryUsage().rss - settled).toBeLessThan(40e6);
  });
});

describe('choice of engine', () => {
  test('without the library WebAssembly trains', async () => {
    expect((await openNetworkEngine(undefined, missing)).id).toBe('wasm');
  });

  test('an engine that is asked for and missing is refused, with the way to get it', async () => {
    await expect(openNetworkEngine('tensorflow', missing)).rejects.toMatchObject({
      code: 'engine-missing',
      message: 'the TensorFlow engine is not installed; look elsewhere',
    });
  });

  test('HOLDFAST_ENGINE chooses, and a name that is none is refused', async () => {
    const before = process.env['HOLDFAST_ENGINE'];
    try {
      process.env['HOLDFAST_ENGINE'] = 'wasm';
      expect((await openNetworkEngine()).id).toBe('wasm');
      process.env['HOLDFAST_ENGINE'] = 'cuda';
      await expect(openNetworkEngine()).rejects.toMatchObject({
        code: 'engine-missing',
        details: { engine: 'cuda' },
      });
    } finally {
      if (before === undefined) delete process.env['HOLDFAST_ENGINE'];
      else process.env['HOLDFAST_ENGINE'] = before;
    }
  });

  test('loading WebAssembly leaves the error handling of the process alone', async () => {
    await openNetworkEngine('wasm');
    const sources = process.listeners('uncaughtException').map(String).join('\n');
    expect(sources).not.toContain('ExitStatus');
  });
});
