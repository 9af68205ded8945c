import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../testing/build-app.ts';

const samples = join(import.meta.dirname, '../../resources/samples');

test('curves of several runs are drawn in one picture of each kind, with every line told apart', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'credit.csv'), name: 'credit' });
  const train = async (recipe: object) =>
    (await client.training.run({ recipe: { target: 'Status', ...recipe } })).run;
  const few = { n_estimators: 20 };
  const runs = [
    await train({ family: 'boosting', params: few }),
    await train({ family: 'linear' }),
    await train({ family: 'boosting', params: { ...few, learning_rate: 0.3 } }),
  ];
  const found = await client.evaluation.curves({ runs: runs.map(({ id }) => id) });
  expect(found.runs.map(({ name, family }) => `${name} ${family}`)).toEqual([
    'A boosting',
    'B linear',
    'C boosting',
  ]);
  expect(found.figures.map(({ id }) => id)).toEqual([
    'learning-curve',
    'roc',
    'precision-recall',
    'calibration',
  ]);
  const [learning, roc, precision] = found.figures;
  const boosted = learning!.series.filter(({ name }) => name.includes('boosting'));
  expect(boosted.map(({ name }) => name)).toEqual(['A: boosting', 'C: boosting']);
  const areas = runs.map((run) => run.metrics!.test['roc_auc']!.toFixed(3));
  expect(roc!.series.map(({ name }) => name)).toEqual([
    'by chance',
    `A: boosting (area ${areas[0]})`,
    `B: linear (area ${areas[1]})`,
    `C: boosting (area ${areas[2]})`,
  ]);
  const own = (await client.evaluation.show({ run: runs[1]!.id })).figures.find(({ id }) => id === 'roc')!;
  expect(roc!.series[2]!.y).toEqual(own.series[1]!.y);
  expect(precision!.series[1]!.name).toMatch(/^B: linear \(average precision/);
  expect(found.notes).toEqual([]);

  const several = [
    await train({ target: 'Job', family: 'linear' }),
    await train({ target: 'Job', family: 'tree' }),
  ];
  const classes = await client.evaluation.curves({ runs: several.map(({ id }) => id) });
  const titles = classes.figures.filter(({ id }) => id === 'roc').map(({ title }) => title.split(': ')[1]);
  expect(titles).toEqual(['fixed', 'freelance', 'others', 'partime']);
  const ids = [runs[0]!.id, several[0]!.id];
  await expect(client.evaluation.curves({ runs: ids })).rejects.toThrow(
    'one predicts Status of credit (classification), the other Job of credit (classification)',
  );
  const other = await train({ family: 'linear', seed: 3 });
  const apart = await client.evaluation.curves({ runs: [runs[1]!.id, other.id] });
  expect(apart.notes.join()).toContain('not judged by the same rows');
});
