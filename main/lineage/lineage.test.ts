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

test('why two things have to do with each other: a sentence for every link, whichever comes first', async () => {
  const { client, run } = await withHistory();
  const forth = await client.lineage.path({ from: 'dataset:numbers@1', to: 'model:numbers@1' });
  expect(forth.relation).toBe('led-to');
  expect(forth.steps.map(({ sentence }) => sentence)).toEqual([
    `Run ${run.id} (linear on b) was trained on the rows of snapshot numbers@1.`,
    `Model numbers@1 is the model that run ${run.id} (linear on b) made.`,
  ]);
  expect(new Set(forth.between.map((id) => id.split(':')[0]))).toEqual(
    new Set(['model', 'run', 'snapshot', 'split']),
  );
  const back = await client.lineage.path({ from: 'model:numbers@1', to: 'dataset:numbers@1' });
  expect(back).toMatchObject({ relation: 'came-from', steps: forth.steps });
  const { run: second } = await client.training.run({
    recipe: 'target: b\nfamily: baseline\n',
    dataset: 'numbers@1',
  });
  const across = await client.lineage.path({ from: run.id, to: second.id });
  expect(across.relation).toBe('related');
  expect(across.steps.map(({ how }) => how)).toEqual(['data', 'data']);
  const none = await client.lineage.path({ from: run.id, to: 'dataset:numbers@2' });
  expect(none).toMatchObject({ relation: 'none', steps: [], between: [] });
  expect((await client.lineage.path({ from: run.id, to: run.id })).relation).toBe('same');
});

test('the graph as it was: what came later is not there, and a stage is what it was', async () => {
  const { client } = await withHistory();
  const { records } = await client.lineage.journal({});
  const entered = records.find(({ action }) => action === 'registry.add')?.at ?? '';
  const trained = records.find(({ action }) => action === 'training.run')?.at ?? '';
  await new Promise((resolve) => setTimeout(resolve, 5));
  await client.registry.stage({ model: 'numbers@1', stage: 'live' });
  const stageAt = async (until?: string) => {
    const { nodes } = await client.lineage.show({ id: 'model:numbers@1', ...(until ? { until } : {}) });
    return nodes.find(({ kind }) => kind === 'model')?.facts['stage'];
  };
  expect(await stageAt()).toBe('live');
  expect(await stageAt(entered)).toBe('candidate');
  const now = await client.lineage.show({});
  const whole = await client.lineage.show({ until: '2999-12-31' });
  expect(whole).toEqual(now);
  const before = await client.lineage.show({ until: trained });
  expect(before.nodes.some(({ kind }) => kind === 'model')).toBe(trained === entered);
  expect((await client.lineage.show({ until: '2001-01-01' })).nodes).toEqual([]);
  expect(before.moments).toEqual(now.moments);
  const [first = '', ...later] = now.moments;
  const then = await client.lineage.show({ until: first });
  expect(then.nodes.map(({ kind }) => kind)).toEqual(['snapshot', 'source']);
  expect((await client.lineage.show({ until: later.at(-1) ?? '' })).nodes.length).toBe(now.nodes.length);
  await expect(client.lineage.show({ id: 'model:numbers@1', until: '2001-01-01' })).rejects.toThrow(
    /"model:numbers@1" was not recorded yet at 2001-01-01; it is there from 20/,
  );
  await expect(client.lineage.show({ until: 'last spring' })).rejects.toThrow(
    /expected a day such as 2026-03-03/,
  );
  await expect(client.lineage.show({ until: '2026-13-45' })).rejects.toThrow(/there is no such day/);
});

test('whatever was made of a run answers which rows, which steps, which code and engine', async () => {
  const { client, folder, run } = await withHistory();
  await client.lineage.reproduce({ run: run.id });
  await client.registry.predict({ model: 'numbers@1', path: join(folder, 'first.csv') });
  await client.bundles.export({ model: 'numbers@1', dir: join(folder, 'bundle') });
  const { nodes } = await client.lineage.show({ id: run.id });
  const made = nodes.filter(({ kind }) => ['run', 'model', 'verdict', 'prediction', 'bundle'].includes(kind));
  expect(new Set(made.map(({ kind }) => kind)).size).toBe(5);
  for (const { kind, facts } of made)
    expect(facts, kind).toMatchObject({
      rows: expect.stringMatching(/^numbers@1, split [0-9a-f]{12}$/),
      steps: 'impute, scale, then linear',
      code: run.code,
      engine: expect.stringMatching(/^javascript/),
    });
});
