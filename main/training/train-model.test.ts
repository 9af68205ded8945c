import { describe, expect, test } from 'vitest';
import { composeGraph } from '../bundles/compose-graph.ts';
import { families } from '../models/index.ts';
import { runOnnx } from '../platform/onnx/index.ts';
import { createRandom } from '../platform/random.ts';
import {
  onnxFeeds,
  readPipeline,
  requireResolved,
  tableFacts,
  resolveRecipe,
  writePipeline,
  type TypedColumn,
} from '../recipes/index.ts';
import { decodeArtifact, encodeArtifact } from '../models/index.ts';
import { makeGolden } from './golden.ts';
import { predictedValue, predictionRecord, predictTable } from './predict-table.ts';
import { trainModel } from './train-model.ts';

const rows = 400;

/** y = 3 sqft/1000 + city effect + noise; gaps in sqft, city and the targets. */
function houses(): TypedColumn[] {
  const random = createRandom(11);
  const sqft = Float64Array.from({ length: rows }, () =>
    random.uniform() < 0.1 ? NaN : 500 + 3000 * random.uniform(),
  );
  const codes = Int32Array.from({ length: rows }, () => (random.uniform() < 0.05 ? -1 : random.integer(4)));
  const effect = [1, 5, -3, 0];
  const y = Float64Array.from(
    { length: rows },
    (_, i) => 3 * ((sqft[i] ?? NaN) || 2) * 1e-3 + (effect[codes[i] ?? 3] ?? 0) + 0.1 * random.normal(),
  );
  const price = y.map((value, i) => (i % 50 === 0 ? NaN : Number.isNaN(value) ? 6 : value));
  return [
    { type: 'float64', column: { kind: 'number', name: 'sqft', values: sqft } },
    { type: 'utf8', column: { kind: 'category', name: 'city', levels: ['b', 'a', 'c', 'd'], codes } },
    { type: 'float64', column: { kind: 'number', name: 'prediction', values: y.map((_, i) => i % 7) } },
    { type: 'float64', column: { kind: 'number', name: 'price', values: price } },
    {
      type: 'utf8',
      column: {
        kind: 'category',
        name: 'band',
        levels: ['mid', 'low', 'high'],
        codes: Int32Array.from(price, (value) =>
          Number.isNaN(value) ? -1 : value < 3 ? 1 : value < 7 ? 0 : 2,
        ),
      },
    },
  ];
}

const quiet = { signal: new AbortController().signal, progress: () => undefined };

const recipes = families.flatMap((family) =>
  // Prices are cut into three bands.
  family.tasks
    .filter((task) => task === 'regression' || (family.mostClasses ?? 3) >= 3)
    .map((task) => ({
      family: family.id,
      target: task === 'regression' ? 'price' : 'band',
      exclude: [task === 'regression' ? 'band' : 'price'],
    })),
);

describe.each(recipes)('$family for $target', (written) => {
  const table = houses();
  const columns = table.map(({ column }) => column);
  const recipe = requireResolved(resolveRecipe(written, tableFacts(table), families));

  test('twice gives the same bytes', async () => {
    const [a, b] = [await trainModel(recipe, table, quiet), await trainModel(recipe, houses(), quiet)];
    expect(Buffer.from(encodeArtifact(a.artifact)).equals(encodeArtifact(b.artifact))).toBe(true);
    expect(writePipeline(a.pipeline)).toEqual(writePipeline(b.pipeline));
    expect(a.split).toEqual(b.split);
    expect(a.notes).toContain(`8 of 400 rows have no value of "${written.target}" and are left out`);
  });

  test('predicts new rows as it predicted the test rows, after saving and loading', async () => {
    const { pipeline, artifact, outcomes } = await trainModel(recipe, table, quiet);
    const again = predictTable(
      readPipeline(writePipeline(pipeline)),
      decodeArtifact(encodeArtifact(artifact)),
      columns,
    );
    const width = Math.max(1, again.classes.length);
    const picked = [...outcomes.test.rows].flatMap((row) => [
      ...again.values.subarray(row * width, (row + 1) * width),
    ]);
    expect(picked).toEqual([...outcomes.test.predictions]);
  });

  test('its graph gives the same from raw columns, and the golden rows hold what it must give', async () => {
    const { pipeline, artifact, outcomes } = await trainModel(recipe, table, quiet);
    const graph = composeGraph(pipeline, artifact);
    const outputs = await runOnnx(graph.bytes, onnxFeeds(pipeline, columns));
    const native = predictTable(pipeline, artifact, columns);
    const [first] = graph.outputs;
    // A column of the data is called `prediction`, so the output must not be.
    expect(first?.name).toBe('prediction_');
    const predicted: (number | bigint | string)[] = [...(outputs['prediction_']?.data ?? [])];
    const wanted = Array.from({ length: rows }, (_, row) => predictedValue(native, row));
    const differ = predicted.filter((value, row) => {
      const other = wanted[row];
      return typeof other === 'number'
        ? !(Math.abs(Number(value) - other) < 1e-9 * Math.max(1, Math.abs(other)))
        : value !== other;
    });
    expect(predicted.length).toBe(rows);
    // Networks are float32 in the graph's weights, not in its arithmetic: classes may turn over only where they are level.
    expect(differ.length).toBe(0);
    const golden = makeGolden(pipeline, artifact, columns, outcomes.test.rows);
    expect(golden.rows.length).toBe(10);
    for (const { row, outputs: expected } of golden.rows) {
      for (const [name, value] of Object.entries(expected)) {
        expect(Math.abs(Number(outputs[name]?.data[row - 1]) - Number(value))).toBeLessThan(1e-9);
      }
    }
  });
});

test('records for people have one probability per class, adding up to 1', async () => {
  const table = houses();
  const recipe = requireResolved(
    resolveRecipe({ target: 'band', family: 'linear', exclude: ['price'] }, tableFacts(table), families),
  );
  const { pipeline, artifact } = await trainModel(recipe, table, quiet);
  const record = predictionRecord(
    predictTable(
      pipeline,
      artifact,
      table.map(({ column }) => column),
    ),
    5,
  );
  expect(Object.keys(record)).toEqual([
    'prediction',
    'probability_high',
    'probability_low',
    'probability_mid',
  ]);
  const sum = ['high', 'low', 'mid'].reduce(
    (total, label) => total + Number(record[`probability_${label}`]),
    0,
  );
  expect(sum).toBeCloseTo(1, 12);
});

test('a class with one member, and more features than rows, are allowed and said', async () => {
  const random = createRandom(2);
  const wide = Array.from({ length: 30 }, (_, k): TypedColumn => ({
    type: 'float64',
    column: {
      kind: 'number',
      name: `x${k}`,
      values: Float64Array.from({ length: 24 }, () => random.normal()),
    },
  }));
  const target: TypedColumn = {
    type: 'utf8',
    column: {
      kind: 'category',
      name: 'kind',
      levels: ['common', 'rare', 'usual'],
      codes: Int32Array.from({ length: 24 }, (_, i) => (i === 7 ? 1 : i % 2 ? 0 : 2)),
    },
  };
  const table = [...wide, target];
  const recipe = requireResolved(
    resolveRecipe({ target: 'kind', family: 'linear' }, tableFacts(table), families),
  );
  const { notes, split, outcomes } = await trainModel(recipe, table, quiet);
  expect(split.parts[7]).toBe(0);
  expect(outcomes.train.design.rows).toBe(14);
  expect(notes.slice(0, 2)).toEqual([
    'there are more features (30) than training rows (14): the model can fit the training rows by heart, so trust only the test metrics',
    'class "rare" has one training row only, so its predictions mean little',
  ]);
});

test('stops when asked', async () => {
  const table = houses();
  const recipe = requireResolved(
    resolveRecipe({ target: 'price', family: 'linear' }, tableFacts(table), families),
  );
  await expect(trainModel(recipe, table, { ...quiet, signal: AbortSignal.abort() })).rejects.toThrow(
    /abort/i,
  );
});
