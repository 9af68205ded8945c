import { expect, test } from 'vitest';
import { createMemoryObjects, importDelimited } from '../datasets/index.ts';
import type { TaskContext } from '../jobs/index.ts';
import { families } from '../models/index.ts';
import { readTable, requireResolved, resolveRecipe, tableFacts } from '../recipes/index.ts';
import { fitRun } from './fit-run.ts';

const samples = new URL('../../resources/samples/', import.meta.url).pathname;
const tables = [
  ['sacramento', 'price', 'r2'],
  ['credit', 'Status', 'roc_auc'],
  ['chicago-ridership', 'ridership', 'r2'],
] as const;

/**
 * What each family must reach on the test rows of each sample by its two-line recipe, in the order of `tables`: a little below what it
 * reached when this was written; null where it does not do the task, and says so. A new family is one more line.
 */
const floors: Readonly<Record<string, readonly (number | null)[]>> = {
  baseline: [-0.05, 0.5, -0.05],
  linear: [0.65, 0.8, 0.75],
  glm: [0.6, 0.78, 0.75],
  scorecard: [null, 0.82, null],
  additive: [0.65, 0.81, 0.75],
  tree: [0.5, 0.72, 0.75],
  rules: [0.48, 0.72, 0.72],
  forest: [0.55, 0.8, 0.79],
  boosting: [0.6, 0.81, 0.79],
  neighbours: [0.5, 0.7, 0.7],
  network: [0.55, 0.75, 0.75],
};

test('every family has its floors', () => {
  expect(Object.keys(floors).sort()).toEqual(families.map(({ id }) => id).sort());
});

/** The recipe of a family for a sample, with what a run needs. */
async function resolveFor(sample: string, target: string, family: string, more: object = {}) {
  const objects = createMemoryObjects();
  const context: TaskContext = {
    reader: objects,
    writer: objects,
    staging: '',
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
  };
  const { snapshot } = await importDelimited({ path: `${samples}${sample}.csv`, options: {} }, context);
  const facts = tableFacts(await readTable(objects, snapshot.manifest));
  return { context, snapshot, resolved: resolveRecipe({ target, family, ...more }, facts, families) };
}

const cases = families.flatMap((family) =>
  tables.map(([sample, target, metric], at) => ({
    id: family.id,
    ready: family.ready,
    sample,
    target,
    metric,
    floor: floors[family.id]?.[at],
  })),
);

test.each(cases.filter(({ floor }) => floor !== null))(
  '$id on $sample',
  async ({ id, ready, sample, target, metric, floor }) => {
    try {
      await ready?.();
    } catch (error) {
      console.warn(`NOT RUN: ${id}: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    const { context, snapshot, resolved } = await resolveFor(sample, target, id);
    const { metrics } = await fitRun(
      { manifest: snapshot.manifest, recipe: requireResolved(resolved) },
      context,
    );
    expect(metrics.test[metric]).toBeGreaterThanOrEqual(floor ?? Infinity);
  },
);

test.each(cases.filter(({ floor }) => floor === null))(
  '$id refuses $sample before it is trained',
  async ({ id, sample, target }) => {
    const { resolved } = await resolveFor(sample, target, id);
    const able = families.filter(({ tasks }) => tasks.includes('regression')).map((family) => family.id);
    const message = `"${id}" does not do regression; ${able.join(', ')} do`;
    expect(resolved.problems).toEqual([{ path: 'family', message }]);
  },
);

const vectors = [
  { step: 'impute', columns: 'numbers' },
  { step: 'impute', columns: 'categories', strategy: 'most_frequent' },
  { step: 'scale' },
  { step: 'codes' },
];

/** Forms of a family that its two-line recipe doesn't show. */
test.each([
  ['vectors', 'sacramento', 'price', 'r2', 0.62, {}],
  ['vectors', 'credit', 'Status', 'roc_auc', 0.82, { dropout: 0.2 }],
  ['vectors, wide and deep', 'sacramento', 'price', 'r2', 0.62, { wide: true, optimizer: 'adamw' }],
  ['vectors, wide and deep', 'credit', 'Status', 'roc_auc', 0.82, { wide: true, batch_norm: true }],
] as const)('network with %s on %s', async (_, sample, target, metric, floor, params) => {
  const more = { params: { learning_rate: 0.003, ...params }, steps: vectors };
  const { context, snapshot, resolved } = await resolveFor(sample, target, 'network', more);
  const { metrics } = await fitRun(
    { manifest: snapshot.manifest, recipe: requireResolved(resolved) },
    context,
  );
  expect(metrics.test[metric]).toBeGreaterThanOrEqual(floor);
});
