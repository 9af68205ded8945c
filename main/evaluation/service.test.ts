import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../testing/build-app.ts';
import { metrics } from './index.ts';

const samples = resolve(import.meta.dirname, '../../resources/samples');

test.each([
  ['sacramento.csv', 'target: price\nfamily: linear\n', 'mean_absolute_error'],
  ['credit.csv', 'target: Status\nfamily: linear\n', 'accuracy'],
])(
  '%s: metrics come in their own order, each explained, with figures of the test rows',
  async (file, recipe, first) => {
    const { client } = await buildTestApp();
    await client.datasets.import({ path: resolve(samples, file), name: 'data' });
    const { run } = await client.training.run({ recipe });
    const shown = await client.evaluation.show({ run: run.id });
    const order = metrics.map(({ id }) => id);
    for (const split of ['train', 'validation', 'test'] as const) {
      const ids = Object.keys(shown.metrics[split]);
      expect(ids[0]).toBe(first);
      expect(ids).toEqual(order.filter((id) => ids.includes(id)));
      expect(shown.about.map(({ id }) => id)).toEqual(ids);
      expect(Object.values(shown.metrics[split]).every((value) => typeof value === 'number')).toBe(true);
    }
    expect(shown.metrics).toEqual(run.metrics);
    expect(shown.figures.length).toBeGreaterThan(2);
    expect(
      shown.figures.filter(({ id }) => id !== 'learning-curve').every(({ split }) => split === 'test'),
    ).toBe(true);
  },
);

test('a run that is not there, or has no model, is refused by name', async () => {
  const { client } = await buildTestApp();
  await expect(client.evaluation.show({ run: 'run_none' })).rejects.toMatchObject({
    code: 'run-not-found',
    details: { run: 'run_none' },
  });
});
