import { expect, test } from 'vitest';
import { createMemoryObjects, importDelimited } from '../datasets/index.ts';
import type { TaskContext } from '../jobs/index.ts';
import { families } from '../models/index.ts';
import { readTable, requireResolved, resolveRecipe, tableFacts } from '../recipes/index.ts';
import { fitRun } from './fit-run.ts';
import fixture from './sklearn.fixture.json' with { type: 'json' };

const samples = new URL('../../resources/samples/', import.meta.url).pathname;

/**
 * The whole way from a CSV file to metrics by the two-line recipe, against pipelines of the tools that `fixture.tool` names (SimpleImputer,
 * StandardScaler, OneHotEncoder; Ridge or LogisticRegression), fitted on the same rows. The digest pins which rows those are:
 * should it change, models trained before can't be made again.
 */
test.each([
  [
    'sacramento',
    'price',
    '403252806ad90f346d00c3bc0318dd52f8327ae27e771133de069df6ed513752',
    fixture.sacramento,
  ],
  ['credit', 'Status', '87bb9d7da5c074d727e0e03d872cc2ea1668f30c50f1af728b6a7b3586e02676', fixture.credit],
])(`%s agrees with ${fixture.tool}`, async (sample, target, split, expected) => {
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
  const recipe = requireResolved(resolveRecipe(`target: ${target}\nfamily: linear\n`, facts, families));
  const run = await fitRun({ manifest: snapshot.manifest, recipe }, context);
  expect(run.split).toBe(split);
  for (const part of ['train', 'validation', 'test'] as const) {
    for (const [metric, wanted] of Object.entries(expected[part])) {
      const found = run.metrics[part][metric] ?? NaN;
      expect
        .soft(Math.abs(found - wanted) / Math.max(1, Math.abs(wanted)), `${part} ${metric}`)
        .toBeLessThan(1e-9);
    }
  }
});
