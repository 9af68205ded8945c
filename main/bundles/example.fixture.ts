import { familyById, encodeArtifact } from '../models/index.ts';
import { sha256 } from '../platform/files/index.ts';
import { createRandom } from '../platform/random.ts';
import { applyPipeline, fitPipeline, recipeYaml, writePipeline, type RawColumn } from '../recipes/index.ts';
import { composeGraph } from './compose-graph.ts';
import { bundleFile, type BundleContent, type BundleRecord, type Golden } from './content.ts';

const count = 60;

/** A small table with gaps and awkward names, from a seed. */
function exampleColumns(): readonly RawColumn[] {
  const random = createRandom(7);
  const levels = ['Köln', 'a "quoted", one', "o'clock"];
  return [
    {
      kind: 'number',
      name: 'Größe in m²',
      values: Float64Array.from({ length: count }, (_, i) =>
        i % 9 === 4 ? Number.NaN : 40 + 80 * random.uniform(),
      ),
    },
    {
      kind: 'number',
      name: 'prediction',
      values: Float64Array.from({ length: count }, () => random.integer(5)),
    },
    {
      kind: 'category',
      name: 'city',
      levels,
      codes: Int32Array.from({ length: count }, (_, i) =>
        i % 11 === 3 ? -1 : random.integer(levels.length),
      ),
    },
  ];
}

/**
 * A content like those that the export makes, of a model really fitted: linear, on rows made from a seed. Facts that only get
 * written out (people, times) are invented.
 */
export async function exampleContent(task: 'regression' | 'classification'): Promise<BundleContent> {
  const columns = exampleColumns();
  const [size, rooms] = columns;
  const inputs = columns.map(({ name, kind }) => ({
    name,
    type: kind === 'category' ? ('text' as const) : ('number' as const),
  }));
  const steps = [{ step: 'impute' }, { step: 'scale', columns: 'numbers' as const }, { step: 'one-hot' }];
  const { pipeline, design } = fitPipeline(inputs, columns, steps);
  const numbers = Float64Array.from({ length: count }, (_, i) => {
    const area = size?.kind === 'number' ? (size.values[i] ?? 0) : 0;
    const more = rooms?.kind === 'number' ? (rooms.values[i] ?? 0) : 0;
    return 1000 * (Number.isNaN(area) ? 80 : area) + 20_000 * more + ((i * 37) % 11) * 900;
  });
  const target =
    task === 'regression'
      ? ({ task, values: numbers } as const)
      : ({
          task,
          classes: ['cheap', 'dear', 'fair'],
          codes: Int32Array.from(numbers, (v) => (v < 90_000 ? 0 : v > 140_000 ? 1 : 2)),
        } as const);
  const family = familyById('linear');
  const { artifact, engine } = await family.fit(
    { train: { design, target }, validation: { design, target } },
    family.params.parse({}),
    { seed: 1, signal: new AbortController().signal, progress: () => undefined },
  );
  const graph = composeGraph(pipeline, artifact);
  const rows = [0, 3, 4, 14, 25, 59];
  const predicted = family.predict(artifact, applyPipeline(pipeline, columns, Int32Array.from(rows)));
  const golden: Golden = {
    format: 1,
    tolerance: 1e-5,
    rows: rows.map((row, index) => ({
      row: row + 1,
      inputs: Object.fromEntries(columns.map((column) => [column.name, valueAt(column, row)])),
      outputs: outputsOf(graph.outputs, predicted, index),
    })),
  };
  const recipe = {
    target: 'price',
    task,
    features: columns.map(({ name }) => name),
    split: { method: 'random' as const, train: 0.6, validation: 0.2, test: 0.2, seed: 1 },
    steps,
    family: 'linear',
    params: {},
    seed: 1,
  };
  const objects = [
    { path: 'model.safetensors', kind: 'model', bytes: encodeArtifact(artifact) },
    { path: 'steps.json', kind: 'pipeline', bytes: writePipeline(pipeline) },
    { path: 'data/split.bin', kind: 'split', bytes: new Uint8Array(count) },
  ];
  return {
    record: {
      ...recordOf(task, objects),
      recipe: { body: recipe, created: '2026-03-04T05:06:07.008Z' },
      run: { ...recordOf(task, objects).run, engine },
    },
    recipeYaml: recipeYaml(recipe),
    graph,
    golden,
    data: {
      snapshot: { id: 'a'.repeat(64), rows: count },
      columns: [
        { name: 'Größe in m²', type: 'float64', nulls: 7, root: 'd'.repeat(64), blocks: [] },
        { name: 'prediction', type: 'int64', nulls: 0, root: 'e'.repeat(64), blocks: [] },
        { name: 'city', type: 'utf8', nulls: 5, root: 'f'.repeat(64), blocks: [] },
      ],
      split: {
        method: 'random',
        seed: 1,
        shares: { train: 0.6, validation: 0.2, test: 0.2 },
        rows: { train: 36, validation: 12, test: 12, leftOut: 0 },
        sha256: sha256(new Uint8Array(count)),
        file: 'data/split.bin',
      },
    },
    objects: objects.map(({ path, bytes }) => bundleFile(path, bytes)),
  };
}

function valueAt(column: RawColumn, row: number): number | string | null {
  if (column.kind === 'category') return column.levels[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}

/** What the native model says of one row, by output name. */
function outputsOf(
  outputs: BundleContent['graph']['outputs'],
  predicted: Float64Array,
  index: number,
): Record<string, number | string> {
  const classes = outputs.filter((output) => output.class !== undefined);
  if (classes.length === 0) return { [outputs[0]?.name ?? '']: predicted[index] ?? Number.NaN };
  const own = predicted.subarray(index * classes.length, (index + 1) * classes.length);
  const best = own.indexOf(Math.max(...own));
  return Object.fromEntries([
    [outputs[0]?.name ?? '', classes[best]?.class ?? ''],
    ...classes.map((output, at) => [output.name, own[at] ?? Number.NaN]),
  ]);
}

function recordOf(
  task: 'regression' | 'classification',
  objects: readonly { path: string; kind: string; bytes: Uint8Array }[],
): BundleRecord {
  const at = '2026-03-04T05:06:07.008Z';
  const split = { a_metric: 0.123456789, undefined_one: null };
  return {
    format: 1,
    model: { name: 'houses', version: 3, created: at, by: 'Ana <b>|', notes: 'for *testing*' },
    run: {
      id: 'run_0123456789bcdfgh',
      target: 'price',
      task,
      family: 'linear',
      recipe: 'b'.repeat(64),
      seed: 1,
      code: '0.1.0',
      engine: null,
      created: at,
      finished: at,
      duration: 1.25,
      by: 'ana',
      notes: ['a note'],
      metrics: { train: split, validation: split, test: split },
    },
    recipe: { body: {}, created: at },
    dataset: {
      name: 'houses',
      version: 2,
      imported: {
        at,
        by: 'ana',
        source: { file: 'houses.csv', size: 1234, sha256: 'c'.repeat(64) },
        options: {},
        rejected: 0,
        notes: [],
      },
    },
    snapshot: { id: 'a'.repeat(64), rows: count, columns: 4 },
    objects: objects.map(({ path, kind, bytes }) => ({
      digest: sha256(bytes),
      kind,
      size: bytes.length,
      children: [],
      path,
    })),
  };
}
