import { describe, expect, it } from 'vitest';
import { Failure } from '../../../preload/contract/errors.ts';
import type { Task } from '../../../preload/contract/common.ts';
import { createOnnxGraph, runOnnx, type OnnxColumn } from '../../platform/onnx/index.ts';
import { createRandom } from '../../platform/random.ts';
import { featureNames, type Design, type DesignBlock, type Target } from '../../recipes/index.ts';
import { decodeArtifact, encodeArtifact } from '../artifact.ts';
import type { Family, Labelled, ModelArtifact, OnnxFeature } from '../family.ts';
import { families } from './index.ts';
import { fitFamily } from './testing.ts';

/** What every kind of model must hold to, on every task it has. A bug found in one becomes a check for all. */
interface Shape {
  readonly rows: number;
  readonly dense: number;
  readonly levels: readonly number[];
  /** Multiplies the first dense column, and divides the second. */
  readonly stretch?: number;
  readonly constant?: boolean;
  readonly collinear?: boolean;
  /** Levels of categories that are one feature of codes each, for families that take them. */
  readonly coded?: readonly number[];
  /** Share of values of every column that are missing, for families that take that; the constant column is missing altogether. */
  readonly gaps?: number;
}

type Kind = 'regression' | 'two classes' | 'four classes';
const kinds: readonly Kind[] = ['regression', 'two classes', 'four classes'];
const taskOf = (kind: Kind): Task => (kind === 'regression' ? 'regression' : 'classification');

function makeData(kind: Kind, shape: Shape, seed = 5): Labelled {
  const random = createRandom(seed);
  const columns = Array.from({ length: shape.dense }, () =>
    Float64Array.from({ length: shape.rows }, () => random.normal()),
  );
  const codes = shape.levels.map((levels) =>
    // Now and then a level that was never seen: -1.
    Int32Array.from({ length: shape.rows }, () => random.integer(levels + 1) - 1),
  );
  const signal = Float64Array.from({ length: shape.rows }, (_, i) => {
    const dense = columns.reduce((sum, column, d) => sum + column[i]! / (d + 1), 0);
    return dense + codes.reduce((sum, code) => sum + code[i]! / 3, 0) + random.normal() / 2;
  });
  const stretch = shape.stretch ?? 1;
  columns.slice(0, 2).forEach((column, d) => {
    column.forEach((value, i) => {
      column[i] = d === 0 ? value * stretch : value / stretch;
    });
  });
  if (shape.collinear) columns.push(columns[0]!.map((value, i) => 2 * value - columns[1]![i]!));
  if (shape.constant) columns.push(new Float64Array(shape.rows).fill(7.25));
  const blocks: DesignBlock[] = codes.map((code, b) => ({
    kind: 'one-hot',
    name: `c${b}`,
    levels: Array.from({ length: shape.levels[b]! }, (_, l) => `level ${l}`),
    codes: code,
  }));
  (shape.coded ?? []).forEach((levels, b) => {
    const coded = Int32Array.from({ length: shape.rows }, () => random.integer(levels + 1) - 1);
    coded.forEach((code, i) => (signal[i]! += ((code * 7) % 5) - 2));
    const names = Array.from({ length: levels }, (_, l) => `kind ${l}`);
    blocks.push({ kind: 'codes', name: `k${b}`, levels: names, codes: coded });
  });
  const gaps = shape.gaps ?? 0;
  if (gaps > 0) {
    for (const column of columns) {
      const all = column.every((value) => value === 7.25);
      column.forEach((_, i) => {
        if (all || random.uniform() < gaps) column[i] = Number.NaN;
      });
    }
  }
  if (columns.length > 0) blocks.unshift({ kind: 'dense', names: columns.map((_, d) => `x${d}`), columns });
  const design = { rows: shape.rows, width: featureNames({ blocks }).length, blocks };
  return { design, target: targetOf(kind, signal) };
}

function targetOf(kind: Kind, signal: Float64Array): Target {
  if (kind === 'regression') return { task: 'regression', values: signal.map((value) => 100 + 10 * value) };
  const classes = kind === 'two classes' ? ['no', 'yes'] : ['a', 'b', 'c', 'd'];
  const sorted = signal.slice().sort();
  const cuts = classes
    .slice(1)
    .map((_, k) => sorted[Math.floor(((k + 1) * sorted.length) / classes.length)]!);
  return {
    task: 'classification',
    classes,
    codes: Int32Array.from(signal, (value) => cuts.filter((cut) => value >= cut).length),
  };
}

function pickRows(design: Design, rows: readonly number[]): Design {
  return {
    ...design,
    rows: rows.length,
    blocks: design.blocks.map((block) =>
      block.kind === 'dense'
        ? { ...block, columns: block.columns.map((column) => Float64Array.from(rows, (row) => column[row]!)) }
        : { ...block, codes: Int32Array.from(rows, (row) => block.codes[row]!) },
    ),
  };
}

/** A shape as far as the family takes it. */
function takenShape({ coded, gaps, ...shape }: Shape, { takes }: Family): Shape {
  return {
    ...shape,
    ...(coded && takes.categories !== 'one-hot' ? { coded } : {}),
    ...(gaps && takes.missing ? { gaps } : {}),
  };
}

const usual: Shape = { rows: 120, dense: 3, levels: [3, 5] };
const outputsOf = (artifact: ModelArtifact): number => Math.max(1, artifact.classes.length);

function expectSane(artifact: ModelArtifact, design: Design, predictions: Float64Array): void {
  const outputs = outputsOf(artifact);
  expect(predictions).toHaveLength(design.rows * outputs);
  expect(predictions.every(Number.isFinite)).toBe(true);
  if (artifact.task === 'regression') return;
  for (let row = 0; row < design.rows; row++) {
    const part = predictions.subarray(row * outputs, (row + 1) * outputs);
    expect(part.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(part.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
  }
}

async function failureOf(work: () => unknown): Promise<Failure> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The graph a family makes, run by ONNX Runtime on the design's numbers and codes. */
async function onnxPredictions(
  family: Family,
  artifact: ModelArtifact,
  design: Design,
): Promise<Float64Array> {
  const graph = createOnnxGraph('conformance');
  const columns: Record<string, OnnxColumn> = {};
  const features = design.blocks.flatMap((block): OnnxFeature[] => {
    if (block.kind !== 'dense') {
      columns[block.name] = BigInt64Array.from(block.codes, BigInt);
      const codes = graph.input(block.name, 'int64');
      return [{ kind: block.kind, name: block.name, levels: block.levels, codes }];
    }
    return block.names.map((name, d) => {
      columns[name] = block.columns[d]!;
      return { kind: 'dense', name, value: graph.input(name, 'double') };
    });
  });
  const outputs = family.onnx(artifact, graph, features);
  outputs.forEach((value, k) => graph.output(`out ${k}`, value, 'double'));
  const result = await runOnnx(graph.finish(), columns);
  const out = new Float64Array(design.rows * outputs.length);
  outputs.forEach((_, k) => {
    const data = result[`out ${k}`]?.data ?? [];
    for (let row = 0; row < design.rows; row++) out[row * outputs.length + k] = Number(data[row]);
  });
  return out;
}

/** Families whose engine is missing on this machine are named, not passed over in silence. */
const able = await Promise.all(
  families.map(async (family) => {
    try {
      await family.ready?.();
      return family;
    } catch (error) {
      console.warn(`NOT RUN: ${family.id}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }),
);

/** With few trees, rounds or epochs, where a family has many: what holds for twenty holds for all. */
const fitFew: typeof fitFamily = (family, train, params, options) =>
  fitFamily(
    family,
    train,
    {
      ...('n_estimators' in family.params.shape ? { n_estimators: 20 } : {}),
      ...('max_rounds' in family.params.shape ? { max_rounds: 20 } : {}),
      ...('epochs' in family.params.shape ? { epochs: 20 } : {}),
      ...params,
    },
    options,
  );

/** Parameters beside the defaults that change what a model is made of: the battery holds for them, too. */
const settings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>> = {
  network: {
    'wide, normalised, with dropout': {
      wide: true,
      batch_norm: true,
      dropout: 0.2,
      embedding_size: 3,
      optimizer: 'momentum',
      weight_decay: 0.01,
      schedule: 'cosine',
      warmup_epochs: 0.5,
    },
  },
};

const subjects = able
  .flatMap((family) => family ?? [])
  .flatMap((family) =>
    kinds
      .filter((kind) => family.tasks.includes(taskOf(kind)))
      .filter((kind) => kind !== 'four classes' || (family.mostClasses ?? Infinity) >= 4)
      .flatMap((kind) => [
        { family, kind, name: family.id, params: {} },
        ...Object.entries(settings[family.id] ?? {}).map(([name, params]) => ({
          family,
          kind,
          name: `${family.id} (${name})`,
          params,
        })),
      ]),
  );

describe.each(subjects)('$name, $kind', ({ family, kind, params: own }) => {
  const fit: typeof fitFamily = (one, train, params, options) =>
    fitFew(one, train, { ...own, ...params }, options);

  it('gives the same bytes for the same data and seed', async () => {
    const first = await fit(family, makeData(kind, usual), {}, { seed: 3 });
    const second = await fit(family, makeData(kind, usual), {}, { seed: 3 });
    expect(encodeArtifact(first.artifact)).toEqual(encodeArtifact(second.artifact));
    expect(first.artifact).toMatchObject({ family: family.id, version: family.version, task: taskOf(kind) });
    expect(first.artifact.features).toEqual(featureNames(makeData(kind, usual).design));
  });

  it('does not change its input', async () => {
    const data = makeData(kind, usual);
    const { artifact } = await fit(family, data);
    family.predict(artifact, data.design);
    expect(data).toEqual(makeData(kind, usual));
  });

  it('comes back from its bytes with the same bits and report', async () => {
    const data = makeData(kind, usual);
    const { artifact } = await fit(family, data);
    const bytes = encodeArtifact(artifact);
    const loaded = decodeArtifact(bytes);
    expect(encodeArtifact(loaded)).toEqual(bytes);
    expect(family.predict(loaded, data.design)).toEqual(family.predict(artifact, data.design));
    expect(family.report(loaded)).toEqual(family.report(artifact));
    for (const table of family.report(artifact)) {
      expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
      expect(JSON.parse(JSON.stringify(table))).toEqual(table);
    }
  });

  it('predicts a row the same whatever stands beside it', async () => {
    const data = makeData(kind, usual);
    const { artifact } = await fit(family, data);
    const all = family.predict(artifact, data.design);
    expectSane(artifact, data.design, all);
    const outputs = outputsOf(artifact);
    const chosen = [117, 4, 4, 60];
    const some = family.predict(artifact, pickRows(data.design, chosen));
    chosen.forEach((row, i) => {
      expect(some.subarray(i * outputs, (i + 1) * outputs)).toEqual(
        all.subarray(row * outputs, (row + 1) * outputs),
      );
    });
    const alone = family.predict(artifact, pickRows(data.design, [9]));
    expect(alone).toEqual(all.subarray(9 * outputs, 10 * outputs).slice());
    expect(family.predict(artifact, pickRows(data.design, []))).toHaveLength(0);
  });

  it.each<[string, Shape]>([
    ['a constant column', { ...usual, constant: true }],
    ['collinear columns', { ...usual, collinear: true }],
    ['more columns than rows', { rows: 12, dense: 30, levels: [4] }],
    ['huge and tiny numbers', { ...usual, stretch: 1e12 }],
    ['numbers alone', { rows: 80, dense: 2, levels: [] }],
    ['one number alone', { rows: 80, dense: 1, levels: [] }],
    ['categories alone', { rows: 80, dense: 0, levels: [4, 3] }],
    ['gaps and an empty column', { ...usual, constant: true, gaps: 0.2 }],
    ['categories as codes', { rows: 600, dense: 2, levels: [3], coded: [3, 40, 150], gaps: 0.1 }],
    ['codes alone', { rows: 300, dense: 0, levels: [], coded: [12] }],
  ])('copes with %s, and so does its ONNX graph', async (_, wanted) => {
    const shape = takenShape(wanted, family);
    if (shape.dense + shape.levels.length + (shape.coded?.length ?? 0) === 0) return;
    const data = makeData(kind, shape);
    const { artifact } = await fit(family, data);
    const predictions = family.predict(artifact, data.design);
    expectSane(artifact, data.design, predictions);
    const graph = await onnxPredictions(family, artifact, data.design);
    expect(graph).toHaveLength(predictions.length);
    const unit = taskOf(kind) === 'regression' ? Math.max(...predictions.map(Math.abs)) : 1;
    predictions.forEach((value, i) => {
      expect(Math.abs(graph[i]! - value) / unit).toBeLessThan(1e-5);
    });
  });

  it.runIf(family.takes.weights)('leaves rows of weight 0 out, and takes weights of any size', async () => {
    const data = makeData(kind, usual);
    const weights = Float64Array.from({ length: usual.rows }, (_, i) => (i % 3 === 0 ? 0 : 1 + (i % 2)));
    const { artifact } = await fit(family, { ...data, weights });
    expectSane(artifact, data.design, family.predict(artifact, data.design));
    const { target } = data;
    // Of the rows of weight 0 the answers are turned about; each class still occurs among the others.
    const turned: Target =
      target.task === 'regression'
        ? { ...target, values: target.values.map((value, i) => (i % 3 === 0 ? 200 - value : value)) }
        : {
            ...target,
            codes: target.codes.map((code, i) => (i % 3 === 0 ? (code + 1) % target.classes.length : code)),
          };
    const other = await fit(family, { ...data, target: turned, weights });
    expect(family.predict(other.artifact, data.design)).toEqual(family.predict(artifact, data.design));
    const large = await fit(family, { ...data, weights: weights.map((weight) => weight * 1e9) });
    expectSane(large.artifact, data.design, family.predict(large.artifact, data.design));
  });

  it('learns from one row, or refuses by name where that is one class', async () => {
    const data = makeData(kind, { ...usual, rows: 1 });
    const outcome = await fit(family, data).then(
      ({ artifact }) => [...family.predict(artifact, data.design)].every(Number.isFinite),
      (error: unknown) => error instanceof Failure && error.code,
    );
    expect(outcome).toBe(taskOf(kind) === 'regression' ? true : 'family-one-class');
  });

  it('refuses no rows by name', async () => {
    const failure = await failureOf(() => fit(family, makeData(kind, { ...usual, rows: 0 })));
    expect(failure.code).toBe('family-rows-none');
    expect(failure.details).toEqual({ family: family.id });
  });

  it('refuses a design it was not trained on', async () => {
    const { artifact } = await fit(family, makeData(kind, usual));
    const other = makeData(kind, { ...usual, levels: [3, 6] });
    expect((await failureOf(() => family.predict(artifact, other.design))).code).toBe('model-input-mismatch');
  });

  it('stops within a second when told to', async () => {
    const data = makeData(kind, { rows: 60_000, dense: 8, levels: [5, 40, 300] });
    const controller = new AbortController();
    let told = 0;
    const stop = setTimeout(() => {
      told = performance.now();
      controller.abort();
    }, 5);
    const work = fit(family, data, {}, { signal: controller.signal });
    const outcome = await work.then(
      () => 'finished',
      (error: unknown) => (error instanceof Failure ? error.code : error),
    );
    clearTimeout(stop);
    // A family may be done before it is told; it must not go on after.
    expect(['cancelled', 'finished']).toContain(outcome);
    expect(told === 0 || performance.now() - told < 1000).toBe(true);
    const before = new AbortController();
    before.abort();
    const failure = await failureOf(() => fit(family, makeData(kind, usual), {}, { signal: before.signal }));
    expect(failure.code).toBe('cancelled');
  });

  it('fails cleanly on damaged bytes', async () => {
    const data = makeData(kind, { rows: 40, dense: 2, levels: [3] });
    const { artifact } = await fit(family, data);
    const bytes = encodeArtifact(artifact);
    const random = createRandom(11);
    const size = data.design.rows * outputsOf(artifact);
    const attempts = [
      ...Array.from({ length: 300 }, () => {
        const copy = bytes.slice();
        const at = random.integer(bytes.length);
        copy[at] = copy[at]! ^ (1 << random.integer(8));
        return copy;
      }),
      ...Array.from({ length: 60 }, () => bytes.slice(0, random.integer(bytes.length))),
      Uint8Array.of(...bytes, 0),
    ];
    const outcomes = attempts.map((attempt) => {
      try {
        // What can't be seen without the digest: other numbers, in the right shape.
        return family.predict(decodeArtifact(attempt), data.design).length === size ? 'read' : 'misread';
      } catch (error) {
        return error instanceof Failure ? error.code : error;
      }
    });
    expect(
      outcomes.filter(
        (outcome) => !['read', 'model-damaged', 'model-input-mismatch'].includes(String(outcome)),
      ),
    ).toEqual([]);
    expect(outcomes.filter((outcome) => outcome !== 'read').length).toBeGreaterThan(60);
  });
});

describe.each(able.flatMap((family) => (family?.tasks.includes('classification') ? [family] : [])))(
  '$id',
  (family) => {
    it('refuses one class by name', async () => {
      const data = makeData('two classes', usual);
      const target: Target = {
        task: 'classification',
        classes: ['no', 'yes'],
        codes: new Int32Array(120).fill(1),
      };
      const failure = await failureOf(() => fitFew(family, { ...data, target }));
      expect(failure.message).toBe(
        `${family.id}: all 120 training rows have the class "yes"; at least two classes are needed`,
      );
    });
  },
);

/** How many of the second of two classes are expected. */
function yes(probabilities: Float64Array): number {
  return probabilities.reduce((sum, p, i) => sum + (i % 2 === 1 ? p : 0), 0);
}

describe.each(able.flatMap((family) => (family && 'class_weight' in family.params.shape ? [family] : [])))(
  '$id',
  (family) => {
    const data = makeData('two classes', usual);

    it('takes weights of classes by name: of a class that counts for more, more is expected', async () => {
      const plain = await fitFew(family, data);
      const heavy = await fitFew(family, data, { class_weight: { yes: 8 } });
      expect(yes(family.predict(heavy.artifact, data.design))).toBeGreaterThan(
        yes(family.predict(plain.artifact, data.design)) + 5,
      );
    });

    it('refuses weights of a class that is not there, and of amounts, by name', async () => {
      const strange = await failureOf(() => fitFew(family, data, { class_weight: { maybe: 2 } }));
      expect(strange.message).toBe(
        `${family.id}: class_weight: there is no class "maybe"; the classes are "no", "yes"`,
      );
      if (!family.tasks.includes('regression')) return;
      const amounts = makeData('regression', usual);
      const failure = await failureOf(() => fitFew(family, amounts, { class_weight: 'balanced' }));
      expect(failure.message).toBe(`${family.id}: class_weight: amounts have no classes; use none`);
    });
  },
);

describe.each(able.flatMap((family) => (family?.mostClasses === undefined ? [] : [family])))(
  '$id',
  (family) => {
    it('refuses more classes than it tells apart by name', async () => {
      const failure = await failureOf(() => fitFew(family, makeData('four classes', usual)));
      expect(failure.code).toBe('family-classes');
      expect(failure.details).toEqual({ family: family.id, most: family.mostClasses, classes: 4 });
    });
  },
);

describe.each(families)('the parameters of $id', (family) => {
  it('all have a default, a title and a description', () => {
    expect(() => family.params.parse({})).not.toThrow();
    for (const [key, schema] of Object.entries(family.params.shape)) {
      const meta = schema.meta();
      expect(meta?.title, key).toBeTruthy();
      expect(meta?.description, key).toBeTruthy();
    }
    expect(family.params.safeParse({ nonsense: 1 }).success).toBe(false);
  });
});
