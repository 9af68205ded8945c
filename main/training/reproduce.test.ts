import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../platform/database/index.ts';
import { buildTestApp } from '../testing/build-app.ts';

const sacramento = new URL('../../resources/samples/sacramento.csv', import.meta.url).pathname;

test('the machine of a run is recorded, and one made elsewhere is judged by what other seeds alone change', async () => {
  const { client, dir } = await buildTestApp();
  await client.datasets.import({ path: sacramento, name: 'houses' });
  const recipe = { target: 'price', family: 'network', params: { epochs: 3 } };
  const { run } = await client.training.run({ recipe });
  const other = await client.training.run({ recipe, seed: 7 });
  const { environment } = await client.training.show({ run: run.id });
  expect(environment).toMatchObject({ architecture: process.arch, cores: expect.any(Number) as number });
  expect(environment?.runtime).toContain(process.versions.node);

  // As another machine would have recorded it: other bits, metrics a little off.
  const record = (factor: number): void => {
    const db = openDatabase(join(dir, 'workspace.sqlite'));
    const metrics = structuredClone(run.metrics);
    const { test: scored } = metrics ?? {};
    for (const [name, value] of Object.entries(scored ?? {}))
      if (scored && value !== null) scored[name] = value * factor;
    db.run(
      'UPDATE runs SET metrics = ?, model = (SELECT model FROM runs WHERE id = ?) WHERE id = ?',
      JSON.stringify(metrics),
      other.run.id,
      run.id,
    );
    db.run(
      'UPDATE run_environments SET body = ? WHERE run = ?',
      JSON.stringify({ ...environment, processor: 'Another' }),
      run.id,
    );
    db.close();
  };

  record(1 + 1e-5);
  const near = await client.lineage.reproduce({ run: run.id });
  expect(near.verdict).toBe('within-tolerance');
  expect(near.tolerance).toEqual({ seeds: [42, 43, 44, 45, 46], factor: 2.8 });
  expect(near.differences[0]?.what).toBe('model bytes');
  expect(near.differences).toContainEqual({
    what: 'processor',
    recorded: 'Another',
    now: environment?.processor,
    tolerance: null,
  });
  expect(near.recorded.evidence).toMatchObject({ tolerance: near.tolerance, environment });

  record(10);
  const far = await client.lineage.reproduce({ run: run.id });
  expect(far.verdict).toBe('not-reproduced');
  expect(far.differences[0]?.what).toMatch(/^test /);
  expect(
    (await client.runs.list({ columns: ['reproduced'] })).rows.find(({ id }) => id === run.id)?.cells,
  ).toEqual(['not-reproduced']);
}, 120_000);
