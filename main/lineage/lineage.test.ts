import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../testing/build-app.ts';

const table = (shift: number) =>
  `a,b\n${Array.from({ length: 60 }, (_, i) => `${i},${3 * i + shift}`).join('\n')}\n`;

async function withHistory() {
  const built = await buildTestApp();
  const { client, folder } = built;
  for (const [file, shift] of [
    ['first.csv', 0],
    ['second.csv', 1],
  ] as const) {
    const path = join(folder, file);
    await writeFile(path, table(shift));
    await client.datasets.import({ path, name: 'numbers' });
  }
  await client.datasets.import({ path: join(folder, 'first.csv'), name: 'same' });
  const { run } = await client.training.run({ recipe: 'target: b\nfamily: linear\n', dataset: 'numbers@1' });
  await client.registry.add({ run: run.id, name: 'numbers' });
  return { ...built, run };
}

test('a model version knows its run, recipe, split, snapshot and source, and nothing of what it has not come from', async () => {
  const { client, run } = await withHistory();
  const { focus, nodes, edges } = await client.lineage.show({ id: 'numbers' });
  expect(focus).toBe('model:numbers@1');
  expect(nodes.map(({ kind }) => kind).toSorted()).toEqual([
    'model',
    'recipe',
    'run',
    'snapshot',
    'source',
    'split',
  ]);
  expect(nodes.find(({ kind }) => kind === 'source')?.label).toBe('first.csv');
  const facts = nodes.find(({ kind }) => kind === 'run')?.facts;
  expect(facts).toMatchObject({
    run: run.id,
    seed: 42,
    code: expect.stringMatching(/^\d+\.\d+\.\d+\+[0-9a-f]{12}$/),
    engine: expect.stringMatching(/^javascript/),
  });
  for (const { from, to } of edges)
    expect(nodes.some(({ id }) => id === from) && nodes.some(({ id }) => id === to)).toBe(true);
});

test('every way to name a thing finds it', async () => {
  const { client, run } = await withHistory();
  const focusOf = async (id: string) => (await client.lineage.show({ id })).focus;
  const { version } = await client.datasets.show({ dataset: 'numbers@1' });
  const first = `snapshot:${version.snapshot.id}`;
  const { version: latest } = await client.datasets.show({ dataset: 'numbers' });
  expect(await focusOf(run.id)).toBe(`run:${run.id}`);
  expect(await focusOf('numbers@1')).toBe('model:numbers@1');
  expect(await focusOf('dataset:numbers@1')).toBe(first);
  expect(await focusOf('dataset:numbers')).toBe(`snapshot:${latest.snapshot.id}`);
  // The same content under another name is the same snapshot.
  expect(await focusOf('same')).toBe(first);
  expect(await focusOf(version.snapshot.id)).toBe(first);
  expect(await focusOf(version.snapshot.id.slice(0, 12))).toBe(first);
  await expect(client.lineage.show({ id: 'nothing' })).rejects.toThrow(
    'nothing here is called "nothing"; give a run, a dataset NAME[@N], a snapshot id, a model NAME[@N], or a bundle digest',
  );
});

test('the journal tells what was done, newest first, each record chained to the one before', async () => {
  const { client, run } = await withHistory();
  const { records } = await client.lineage.journal({});
  expect(records.map(({ action }) => action).slice(0, 2)).toEqual(['registry.add', 'training.run']);
  expect(records[0]?.subjects).toContain('model_versions numbers@1');
  expect(records.some(({ subjects }) => subjects.includes(`runs ${run.id}`))).toBe(true);
  expect(records.map(({ seq }) => seq)).toEqual(records.map((_, i) => records.length - i));
  const [newest] = (await client.lineage.journal({ before: 3, limit: 1 })).records;
  expect(newest?.seq).toBe(2);
});
