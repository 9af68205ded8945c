import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRandom } from '../../../platform/random.ts';
import { createOnnxGraph, runOnnx, type OnnxColumn } from '../../../platform/onnx/index.ts';
import { testedEngines } from '../../../platform/tensors/testing.ts';
import type { Design, Target } from '../../../recipes/index.ts';
import { encodeArtifact } from '../../artifact.ts';
import type { Labelled, ModelArtifact, OnnxFeature } from '../../family.ts';
import { linear } from '../linear/index.ts';
import { fitFamily } from '../testing.ts';
import { NetworkSpec } from './model.ts';
import { network } from './network.ts';
import { NetworkParams } from './params.ts';
import { learningRates } from './schedule.ts';

const levels = ['condo', 'detached', 'terrace'];

/** Houses whose price bends and interacts: a linear model explains part of it. Some rows have none of the levels. */
function houses(
  rows: number,
  seed: number,
  kind: 'price' | 'two classes' | 'three classes' = 'price',
): Labelled {
  const random = createRandom(seed);
  const [size, age, noise] = [0, 0, 0].map(() => Float64Array.from({ length: rows }, () => random.normal()));
  const type = Int32Array.from({ length: rows }, () => random.integer(4) - 1);
  const price = Float64Array.from({ length: rows }, (_, i) => {
    const bend = Math.sin(2 * size![i]!) + (type[i] === 1 ? size![i]! : 0) * 0.8 - 0.3 * age![i]! ** 2;
    return 250_000 + 80_000 * (bend + 0.1 * noise![i]!);
  });
  const cuts = kind === 'two classes' ? [240_000] : [200_000, 290_000];
  const codes = Int32Array.from(price, (value) => cuts.filter((cut) => value > cut).length);
  const target: Target =
    kind === 'price'
      ? { task: 'regression', values: price }
      : { task: 'classification', classes: ['low', 'mid', 'top'].slice(0, cuts.length + 1), codes };
  return { design: designOf([size!, age!], type), target };
}

/** The same rows with the category as codes, which the network sees as vectors. */
function coded({ design, target }: Labelled): Labelled {
  const blocks = design.blocks.map((block) =>
    block.kind === 'one-hot' ? { ...block, kind: 'codes' as const } : block,
  );
  return { design: { ...design, width: design.width - levels.length + 1, blocks }, target };
}

/** Two classes, the second of which is rare. */
function rare(rows: number, seed: number): Labelled {
  const { design, target } = houses(rows, seed, 'three classes');
  const codes =
    target.task === 'classification'
      ? target.codes.map((code, i) => (code === 2 && i % 3 === 0 ? 1 : 0))
      : new Int32Array();
  return { design, target: { task: 'classification', classes: ['no', 'yes'], codes } };
}

function designOf(columns: Float64Array[], codes: Int32Array): Design {
  return {
    rows: codes.length,
    width: columns.length + levels.length,
    blocks: [
      { kind: 'one-hot', name: 'type', levels, codes },
      { kind: 'dense', names: columns.map((_, i) => `number ${i}`), columns },
    ],
  };
}

const small = { hidden: [16, 8], batch_size: 32, learning_rate: 0.01, epochs: 30 };

/** What the engine measured in the epoch whose weights were kept, computed again by plain prediction. */
function validationLoss(
  artifact: ModelArtifact,
  { design, target }: Labelled,
  weightOf: (code: number) => number = () => 1,
): number {
  const predicted = network.predict(artifact, design);
  const { scale } = NetworkSpec.parse(artifact.spec).target;
  const losses =
    target.task === 'regression'
      ? target.values.map((value, i) => ((predicted[i]! - value) / scale) ** 2)
      : Float64Array.from(target.codes, (code, i) => -Math.log(predicted[i * target.classes.length + code]!));
  const weights = losses.map((_, i) => weightOf(target.task === 'classification' ? target.codes[i]! : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return losses.reduce((sum, loss, i) => sum + loss * weights[i]!, 0) / total;
}

function rSquared(artifact: ModelArtifact, family: typeof network | typeof linear, rows: Labelled): number {
  const truth = rows.target.task === 'regression' ? rows.target.values : new Float64Array();
  const predicted = family.predict(artifact, rows.design);
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const [residual, total] = [0, 0].map((_, k) =>
    truth.reduce((sum, value, i) => sum + (value - (k === 0 ? predicted[i]! : mean)) ** 2, 0),
  );
  return 1 - residual! / total!;
}

describe.each(testedEngines)('network on %s', (engine) => {
  const before = process.env['HOLDFAST_ENGINE'];
  beforeEach(() => {
    process.env['HOLDFAST_ENGINE'] = engine;
  });
  afterEach(() => {
    if (before === undefined) delete process.env['HOLDFAST_ENGINE'];
    else process.env['HOLDFAST_ENGINE'] = before;
  });

  test('learns bends and interactions that a linear model misses', async () => {
    const [train, validation, other] = [houses(1500, 1), houses(400, 2), houses(500, 3)];
    const fitted = await fitFamily(network, train, { ...small, epochs: 60 }, { validation });
    const straight = await fitFamily(linear, train, {}, { validation });
    expect(fitted.engine.id).toBe(engine);
    expect(rSquared(fitted.artifact, network, other)).toBeGreaterThan(0.97);
    expect(rSquared(straight.artifact, linear, other)).toBeLessThan(0.6);
  });

  test.each(['two classes', 'three classes'] as const)('tells %s apart', async (kind) => {
    const [train, validation, other] = [houses(1500, 1, kind), houses(400, 2, kind), houses(500, 3, kind)];
    const { artifact } = await fitFamily(network, train, small, { validation });
    const classes = artifact.classes.length;
    const probabilities = network.predict(artifact, other.design);
    const codes = other.target.task === 'classification' ? other.target.codes : new Int32Array();
    let right = 0;
    codes.forEach((code, i) => {
      const row = probabilities.subarray(i * classes, (i + 1) * classes);
      expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      if (row.indexOf(Math.max(...row)) === code) right++;
    });
    expect(right / codes.length).toBeGreaterThan(0.88);
  });

  test.each(['price', 'two classes', 'three classes'] as const)(
    'predicts %s as the engine computes it, and as ONNX does',
    async (kind) => {
      const [train, validation] = [houses(600, 4, kind), houses(200, 5, kind)];
      const { artifact } = await fitFamily(network, train, { ...small, activation: 'tanh' }, { validation });
      const { training } = NetworkSpec.parse(artifact.spec);
      expect(validationLoss(artifact, validation)).toBeCloseTo(training.validationLoss ?? Number.NaN, 5);

      const outputs = await throughOnnx(artifact, validation.design);
      const predicted = network.predict(artifact, validation.design);
      const count = Math.max(1, artifact.classes.length);
      outputs.forEach((values, k) => {
        values.forEach((value, i) => {
          const expected = predicted[i * count + k]!;
          expect(Math.abs(value - expected)).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected)));
        });
      });
    },
  );

  test.each(['price', 'two classes', 'three classes'] as const)(
    'with vectors, a wide part, normalisation, dropout and class weights predicts %s as the engine and ONNX do',
    async (kind) => {
      const [train, validation] = [coded(houses(600, 4, kind)), coded(houses(200, 5, kind))];
      const class_weight = kind === 'price' ? 'none' : { low: 3 };
      const params = { ...small, epochs: 12, wide: true, batch_norm: true, dropout: 0.2, class_weight };
      const { artifact } = await fitFamily(network, train, params, { validation });
      const { training } = NetworkSpec.parse(artifact.spec);
      const weights = (code: number): number => (kind !== 'price' && code === 0 ? 3 : 1);
      expect(validationLoss(artifact, validation, weights)).toBeCloseTo(training.validationLoss ?? NaN, 5);
      expect(artifact.features).toEqual(['type', 'number 0', 'number 1']);

      const outputs = await throughOnnx(artifact, validation.design);
      const predicted = network.predict(artifact, validation.design);
      const count = Math.max(1, artifact.classes.length);
      outputs.forEach((values, k) => {
        values.forEach((value, i) => {
          const expected = predicted[i * count + k]!;
          expect(Math.abs(value - expected)).toBeLessThan(1e-11 * Math.max(1, Math.abs(expected)));
        });
      });
      const again = await fitFamily(network, train, params, { validation });
      expect(encodeArtifact(again.artifact)).toEqual(encodeArtifact(artifact));
    },
  );

  test.each([
    { optimizer: 'sgd', learning_rate: 0.05 },
    { optimizer: 'momentum', learning_rate: 0.02, schedule: 'cosine', warmup_epochs: 2 },
    { optimizer: 'adamw', schedule: 'exponential', decay_epochs: 10 },
    { batch_norm: true, schedule: 'step', decay_epochs: 15 },
    { dropout: 0.05, hidden: [32, 16] },
  ])('learns with %o', async (params) => {
    const [train, validation, other] = [houses(1500, 1), houses(400, 2), houses(500, 3)];
    const { artifact } = await fitFamily(
      network,
      coded(train),
      { ...small, ...params },
      { validation: coded(validation) },
    );
    expect(rSquared(artifact, network, coded(other))).toBeGreaterThan(0.9);
  });

  test('balanced classes find more of a rare class', async () => {
    const [train, other] = [rare(1500, 1), rare(500, 3)];
    const found = async (class_weight: string): Promise<number> => {
      const { artifact } = await fitFamily(
        network,
        train,
        { ...small, epochs: 10, class_weight },
        { validation: rare(400, 2) },
      );
      return network.predict(artifact, other.design).filter((p, i) => i % 2 === 1 && p > 0.5).length;
    };
    expect(await found('balanced')).toBeGreaterThan(2 * (await found('none')));
  });

  test('stops early, keeps the best epoch and says so', async () => {
    // Sixty noisy rows and a wide net: it soon learns the noise.
    const [train, validation] = [houses(60, 6), houses(300, 7)];
    const params = { hidden: [64], learning_rate: 0.02, batch_size: 16, epochs: 500, patience: 5 };
    const { artifact, history, notes } = await fitFamily(network, train, params, { validation });
    const losses = history.map((point) => point['val_loss'] ?? Number.NaN);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(history).toHaveLength(best + 5);
    expect(best + 5).toBeLessThan(500);
    expect(notes).toEqual([
      `stopped early after ${best + 5} epochs: the validation loss was lowest in epoch ${best}, whose weights are kept`,
    ]);
    expect(NetworkSpec.parse(artifact.spec).training).toEqual({
      epochs: best + 5,
      best,
      validationLoss: Math.min(...losses),
    });
    expect(validationLoss(artifact, validation)).toBeCloseTo(Math.min(...losses), 5);
  });

  test('the same seed gives the same bytes, another seed others', async () => {
    const [train, validation] = [houses(300, 8), houses(100, 9)];
    const bytes = async (seed: number): Promise<Uint8Array> => {
      const { artifact } = await fitFamily(network, train, { ...small, epochs: 5 }, { validation, seed });
      return encodeArtifact(artifact);
    };
    const first = await bytes(1);
    expect(await bytes(1)).toEqual(first);
    expect(await bytes(2)).not.toEqual(first);
  });

  test('a loss that explodes ends the training with the best weights and a reason', async () => {
    const train = houses(300, 10);
    const wild = Float64Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? 3e38 : -3e38));
    const design = designOf([wild, wild], new Int32Array(300));
    const { artifact, notes } = await fitFamily(network, { design, target: train.target }, small);
    expect(notes).toEqual([
      'the loss stopped being a number in epoch 1; the weights are those it started from. Lower the learning rate, or scale the features',
    ]);
    expect(() => encodeArtifact(artifact)).not.toThrow();
  });

  test('a loss that explodes after good epochs leaves the best of them', async () => {
    const [train, validation] = [houses(300, 10), houses(100, 11)];
    // The learning rate rises until it is far too high.
    const params = {
      ...small,
      optimizer: 'sgd',
      learning_rate: 10,
      warmup_epochs: 200,
      epochs: 200,
      patience: 200,
    };
    const { artifact, notes, history } = await fitFamily(network, train, params, { validation });
    const { epochs, best, validationLoss: lowest } = NetworkSpec.parse(artifact.spec).training;
    expect(notes).toEqual([
      `the loss stopped being a number in epoch ${epochs}; the weights of epoch ${best} are kept. Lower the learning rate, or scale the features`,
    ]);
    expect(best).toBeGreaterThan(1);
    expect(best).toBeLessThan(epochs);
    expect(history).toHaveLength(epochs - 1);
    expect(lowest).toBe(Math.min(...history.map((point) => point['val_loss'] ?? Infinity)));
    expect(validationLoss(artifact, validation)).toBeCloseTo(lowest ?? NaN, 5);
  });

  test('can be cancelled within a second', async () => {
    const train = houses(20_000, 11);
    const controller = new AbortController();
    const fit = fitFamily(network, train, { ...small, epochs: 10_000 }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 500);
    const start = performance.now();
    await expect(fit).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - start).toBeLessThan(1500);
  });

  test('works without validation rows, with one row, and without features', async () => {
    const train = houses(40, 12);
    const empty = houses(0, 12);
    const params = { ...small, epochs: 3 };
    const fitted = await fitFamily(network, train, params, { validation: empty });
    expect(fitted.history.map((point) => Object.keys(point))).toEqual([1, 2, 3].map(() => ['step', 'loss']));
    const one = await fitFamily(network, houses(1, 13), params, { validation: empty });
    expect(network.predict(one.artifact, houses(1, 13).design)[0]).toBeTypeOf('number');
    const bare = { design: { rows: 40, width: 0, blocks: [] }, target: train.target };
    const flat = await fitFamily(network, bare, params, { validation: bare });
    expect(new Set(network.predict(flat.artifact, bare.design)).size).toBe(1);
  });

  test('a class without training rows gets probability 0, and its validation rows are left out', async () => {
    const train = houses(300, 14, 'two classes');
    const codes = train.target.task === 'classification' ? train.target.codes : new Int32Array();
    const { artifact, notes, history } = await fitFamily(
      network,
      { design: train.design, target: threeClasses(codes) },
      { ...small, epochs: 4 },
      {
        validation: {
          design: train.design,
          target: threeClasses(codes.map((code, i) => (i < 5 ? 2 : code))),
        },
      },
    );
    expect(notes[0]).toBe('no training row has the class "never"; it is never predicted');
    expect(history.every((point) => Number.isFinite(point['val_loss']))).toBe(true);
    const probabilities = network.predict(artifact, train.design);
    expect(codes.every((_, i) => probabilities[i * 3 + 2] === 0)).toBe(true);
  });
});

test('a length of vectors that no category has is said', async () => {
  const params = { ...small, epochs: 1, embedding_size: 4 };
  const none = houses(0, 1);
  const { notes } = await fitFamily(network, houses(40, 1), params, { validation: none });
  expect(notes).toEqual([
    'embedding_size changes nothing: no category comes as codes; put the step codes in place of one-hot',
  ]);
  const fitted = await fitFamily(network, coded(houses(40, 1)), params, { validation: coded(none) });
  expect(fitted.notes).toEqual([]);
  expect(fitted.artifact.tensors['embedding1']?.shape).toEqual([4, 4]);
});

test('batch normalisation of single rows is refused', async () => {
  await expect(fitFamily(network, houses(20, 1), { batch_norm: true, batch_size: 1 })).rejects.toMatchObject({
    code: 'family-param',
    details: { param: 'batch_size' },
  });
});

test('a category without any level in training is one vector for all', async () => {
  const { design, target } = houses(60, 1);
  const blocks = [
    ...design.blocks.filter(({ kind }) => kind === 'dense'),
    { kind: 'codes' as const, name: 'empty', levels: [], codes: new Int32Array(60).fill(-1) },
  ];
  const data = { design: { rows: 60, width: 3, blocks }, target };
  const { artifact } = await fitFamily(network, data, { ...small, epochs: 3, wide: true });
  expect(network.predict(artifact, data.design).every(Number.isFinite)).toBe(true);
  await throughOnnx(artifact, data.design);
});

test.each([
  ['amounts', houses(20, 1), 'balanced', 'amounts have no classes; use none'],
  [
    'a class that is not there',
    houses(20, 1, 'two classes'),
    { high: 2 },
    'there is no class "high"; the classes are "low", "mid"',
  ],
])('class weights of %s are refused', async (_, data, class_weight, message) => {
  await expect(fitFamily(network, data, { class_weight })).rejects.toMatchObject({
    code: 'family-param',
    details: { family: 'network', param: 'class_weight', message },
  });
});

test('learning rates follow their schedules', () => {
  expect(rates({}, 1, 40)).toEqual([0.1, 0.1]);
  // Two epochs of four updates each, then half after every three.
  const step = { schedule: 'step', warmup_epochs: 2, decay_epochs: 3 };
  expect(rates(step, 1, 4, 8, 9, 20, 21, 33)).toEqual([0.0125, 0.05, 0.1, 0.1, 0.1, 0.05, 0.025]);
  const exponential = { schedule: 'exponential', decay_rate: 0.25, decay_epochs: 2 };
  expect(rates(exponential, 1, 5, 9)).toEqual([0.1, 0.05, 0.025]);
  expect(rates({ schedule: 'cosine' }, 1, 21, 40)).toEqual([0.1, 0.05, 0.000154133]);
  // A warm-up of part of an epoch.
  expect(rates({ warmup_epochs: 0.5 }, 1, 2, 3)).toEqual([0.05, 0.1, 0.1]);
});

/** Of some updates, of which there are four an epoch. */
function rates(params: Record<string, unknown>, ...updates: number[]): number[] {
  const rate = learningRates(NetworkParams.parse({ learning_rate: 0.1, epochs: 10, ...params }), 4);
  return updates.map((t) => Number(rate(t).toPrecision(6)));
}

/** One array per output of the graph. */
async function throughOnnx(artifact: ModelArtifact, design: Design): Promise<Float64Array[]> {
  const graph = createOnnxGraph('network');
  const columns: Record<string, OnnxColumn> = {};
  const features: OnnxFeature[] = [];
  for (const block of design.blocks) {
    if (block.kind !== 'dense') {
      columns[block.name] = BigInt64Array.from(block.codes, BigInt);
      features.push({ ...block, codes: graph.input(block.name, 'int64') });
      continue;
    }
    block.names.forEach((name, i) => {
      columns[name] = block.columns[i]!;
      features.push({ kind: 'dense', name, value: graph.input(name, 'double') });
    });
  }
  const names = network.onnx(artifact, graph, features).map((value, k) => {
    graph.output(`output ${k}`, value, 'double');
    return `output ${k}`;
  });
  const results = await runOnnx(graph.finish(), columns);
  return names.map((name) => Float64Array.from(results[name]?.data ?? [], Number));
}

function threeClasses(codes: Int32Array): Target {
  return { task: 'classification', classes: ['a', 'b', 'never'], codes };
}
