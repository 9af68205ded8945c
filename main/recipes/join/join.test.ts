import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';
import type { TypedColumn } from '../column-facts.ts';
import { lookUp } from './look-up.ts';
import reference from './pandas.fixture.json' with { type: 'json' };
import type { JoinPlan } from './plan.ts';

type Values = readonly (string | number | null)[];

function columns(table: Readonly<Record<string, Values>>): TypedColumn[] {
  return Object.entries(table).map(([name, values]): TypedColumn => {
    if (values.some((value) => typeof value === 'string')) {
      const levels = [...new Set(values.filter((value) => typeof value === 'string'))].toReversed();
      const codes = Int32Array.from(values, (value) => levels.indexOf(String(value)));
      return { type: 'utf8', column: { kind: 'category', name, levels, codes } };
    }
    const numbers = Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)));
    return { type: 'float64', column: { kind: 'number', name, values: numbers } };
  });
}

function valuesOf({ column }: Pick<TypedColumn, 'column'>): Values {
  if (column.kind === 'number') return Array.from(column.values, (one) => (Number.isNaN(one) ? null : one));
  return Array.from(column.codes, (code) => column.levels[code] ?? null);
}

const plan: JoinPlan = {
  dataset: 'other@1',
  snapshot: '0'.repeat(64),
  on: { city: 'town', year: 'when' },
  columns: ['size', 'kind'],
};
const here = columns(reference.here).map(({ column }) => column);

test('a join by two columns, gaps among them, is that of pandas', () => {
  const found = lookUp(plan, here, columns(reference.pairs));
  expect(found.unmatched).toBe(reference.unmatched);
  expect(found.columns.map(valuesOf)).toEqual([reference.joined.size, reference.joined.kind]);
  expect(reference.unmatched).toBeGreaterThan(10);
  expect(reference.joined.size.filter((one) => one !== null).length).toBeGreaterThan(5);
});

test('statistics over all rows of a key are those of pandas', () => {
  for (const [how, expected] of Object.entries(reference.aggregated)) {
    const aggregate = how as NonNullable<JoinPlan['aggregate']>;
    const by = { ...plan, on: { city: 'town' }, columns: ['amount'], prefix: 'sum_of_', aggregate };
    const [made] = lookUp(by, here, columns(reference.many)).columns;
    expect(made?.column.name).toBe('sum_of_amount');
    valuesOf(made!).forEach((value, row) => {
      expect(value === null).toBe(expected[row] === null);
      expect(value ?? 0).toBeCloseTo(expected[row] ?? 0, 9);
    });
  }
});

/** Two rows joined with themselves by a key, the second of which is given. */
function joinedBy(type: TypedColumn['type'], key: number) {
  const there: TypedColumn[] = [
    { type, column: { kind: 'number', name: 'id', values: Float64Array.of(1, key) } },
    { type: 'int64', column: { kind: 'number', name: 'size', values: Float64Array.of(7, 8) } },
  ];
  const by = { ...plan, on: { id: 'id' }, columns: ['size'] };
  return lookUp(
    by,
    there.map(({ column }) => column),
    there,
  );
}

test('a whole number or decimal as key that numbers do not tell from its neighbours is refused', () => {
  expect(() => joinedBy('int64', 2 ** 53)).toThrow(/row 2 of other@1 has a key in "id" beyond .* as text/);
  expect(() => joinedBy('decimal(20,2)', 1e14)).toThrow(/row 2 of other@1 has a key/);
  expect(joinedBy('int64', 2 ** 53 - 1).unmatched).toBe(0);
  expect(joinedBy('decimal(20,2)', 9e13).unmatched).toBe(0);
});

const stations = Array.from({ length: 12 }, (_, i) => ({
  id: `s${i}`,
  height: ((i * 7) % 12) * 10,
  kind: i % 3 === 0 ? 'old' : 'new',
}));

/** What a trip costs depends on where it begins, which only the other dataset knows. Every tenth trip begins at no known station. */
async function withTrips() {
  const built = await buildTestApp();
  const rows = Array.from({ length: 300 }, (_, i) => {
    const start = i % 10 === 9 ? 'gone' : stations[(i * 5) % 12]!.id;
    const { height = 0, kind = 'new' } = stations.find(({ id }) => id === start) ?? {};
    const minutes = (i * 37) % 60;
    return `${start},${minutes},${minutes + 3 * height + (kind === 'old' ? 100 : 0)}`;
  });
  const path = async (name: string, text: string) => {
    const file = join(built.folder, name);
    await writeFile(file, `${text}\n`);
    return file;
  };
  const stationRows = stations.map(({ id, height, kind }) => `${id},${height},${kind}`);
  await built.client.datasets.import({
    path: await path('trips.csv', ['start,minutes,cost', ...rows].join('\n')),
    name: 'trips',
  });
  await built.client.datasets.import({
    path: await path('stations.csv', ['station,height,kind', ...stationRows].join('\n')),
    name: 'stations',
  });
  return { ...built, path };
}

const recipe = `
target: cost
family: linear
params: {penalty: none}
exclude: [start]
join: {dataset: stations, on: {start: station}}
filter: height is not null
`;

test('a model learns from columns of another dataset, and looks them up when it predicts', async () => {
  const { client, path, folder } = await withTrips();
  const resolved = await client.recipes.resolve({ recipe, dataset: 'trips' });
  expect(resolved.problems).toEqual([]);
  expect(resolved.notes).toContainEqual(
    '30 of 300 rows have no match in stations@1 by "start", so they have no value of height, kind',
  );
  expect(resolved.made).toEqual({
    joined: [
      { name: 'height', type: 'int64' },
      { name: 'kind', type: 'utf8' },
    ],
    lags: [],
  });
  const snapshot = (await client.datasets.list({})).datasets.find(({ name }) => name === 'stations')!.latest
    .snapshot.id;
  expect(resolved.recipe).toMatchObject({
    features: ['minutes', 'height', 'kind'],
    join: [{ dataset: 'stations@1', snapshot, on: { start: 'station' }, columns: ['height', 'kind'] }],
  });
  const again = await client.recipes.resolve({ recipe: resolved.yaml ?? '', dataset: 'trips' });
  expect(again.hash).toBe(resolved.hash);
  const effect = await client.recipes.effect({ recipe, dataset: 'trips' });
  expect(effect.stages[0]?.columns.map(({ name }) => name)).toEqual(['minutes', 'height', 'kind']);

  const { run } = await client.training.run({ recipe, dataset: 'trips' });
  expect(run.metrics?.test?.['r2']).toBeGreaterThan(0.999999);
  expect(run.notes.filter((note) => note.includes('no match'))).toHaveLength(1);
  expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
  expect((await client.evaluation.errors({ run: run.id, limit: 3 })).errors).toHaveLength(3);
  expect((await client.evaluation.sizes({ run: run.id, sizes: 3, repeats: 1, seed: 1 })).points.length).toBe(
    3,
  );
  expect((await client.recipes.leakage({ recipe, dataset: 'trips' })).findings).toEqual(expect.any(Array));

  // Whatever becomes of the dataset later, the recorded snapshot is asked.
  await client.datasets.import({
    path: await path('later.csv', 'station,height,kind\ns1,0,old'),
    name: 'stations',
  });
  await client.registry.add({ run: run.id, name: 'fares' });
  const asked = await client.registry.predict({
    model: 'fares',
    rows: [
      { start: 's1', minutes: 10 },
      { start: 's3', minutes: 20 },
    ],
  });
  expect(asked.predictions.map(({ prediction }) => Math.round(Number(prediction)))).toEqual([
    10 + 3 * 70,
    20 + 3 * 90 + 100,
  ]);
  const out = join(folder, 'out.csv');
  const file = await path('new.csv', 'minutes,start\n10,s1\n20,s3\n5,nowhere');
  const said = await client.registry.predict({ model: 'fares', path: file, out });
  expect(said.notes.join(' ')).toMatch(/1 of 3 rows have no match in stations@1 by "start"/);
  const [first, second] = (await readFile(out, 'utf8')).trim().split('\n').slice(1).map(Number);
  expect([Math.round(first!), Math.round(second!)]).toEqual([220, 390]);
  // Columns that are given count, as in the exported graph.
  const given = await client.registry.predict({
    model: 'fares',
    rows: [{ minutes: 10, height: 0, kind: 'new', start: 's1' }],
  });
  expect(Number(given.predictions[0]?.['prediction'])).toBeCloseTo(10, 4);
  await expect(client.registry.predict({ model: 'fares', rows: [{ minutes: 3 }] })).rejects.toMatchObject({
    code: 'join-column-missing',
    details: { column: 'height', dataset: 'stations@1', keys: ['start'], here: true },
  });
});

test('what was made of a joined snapshot is known by it, deleted with it in view, and bundled without its rows only', async () => {
  const { client, folder } = await withTrips();
  const { run } = await client.training.run({ recipe, dataset: 'trips' });
  await client.registry.add({ run: run.id, name: 'fares' });
  const { edges, nodes } = await client.lineage.show({});
  const label = (id: string) => nodes.find((node) => node.id === id)?.label;
  const joined = edges.filter(({ how }) => how === 'joined');
  expect(joined.map(({ from, to }) => [label(from), to])).toEqual([['stations@1', `run:${run.id}`]]);
  const { audit } = await client.lineage.audit({ id: run.id });
  expect(audit.rows.joined).toMatchObject([
    { dataset: 'stations@1', on: 'start = station', columns: ['height', 'kind'], here: true },
  ]);
  await expect(client.datasets.delete({ dataset: 'stations' })).rejects.toMatchObject({
    code: 'dataset-in-use',
    details: { runs: [run.id], models: ['fares@1'] },
  });
  await expect(
    client.bundles.export({ model: 'fares', dir: join(folder, 'whole'), withData: true }),
  ).rejects.toMatchObject({ code: 'bundle-joined-data', details: { datasets: ['stations@1'] } });
  await client.bundles.export({ model: 'fares', dir: join(folder, 'plain') });

  await client.datasets.delete({ dataset: 'stations', force: true, reason: 'a test' });
  await client.datasets.empty({});
  await expect(client.lineage.reproduce({ run: run.id })).rejects.toMatchObject({
    code: 'join-data-missing',
  });
  // The model still predicts, from columns that are given.
  const given = await client.registry.predict({
    model: 'fares',
    rows: [{ minutes: 10, height: 0, kind: 'new' }],
  });
  expect(Number(given.predictions[0]?.['prediction'])).toBeCloseTo(10, 4);
});

test('who is erased from the joined rows is forgotten by what was made of them', async () => {
  const { client } = await withTrips();
  const { run } = await client.training.run({ recipe, dataset: 'trips' });
  const subject = { subject: 'stations.station', value: 's3' };
  const { places } = await client.privacy.erase({ ...subject, dryRun: true });
  expect(places.runs.map((one) => one.run)).toEqual([run.id]);
  await client.privacy.erase({ ...subject, yes: true });
  // What is erased is not erased again, and no split is kept of it to be inherited.
  const next = await client.privacy.erase({ subject: 'stations.station', value: 's5', dryRun: true });
  expect([next.places.snapshots.length, next.places.runs]).toEqual([1, []]);
  await expect(
    client.training.run({
      recipe: `target: cost\nfamily: linear\nsplit: {inherit: ${run.id}}\n`,
      dataset: 'trips',
    }),
  ).rejects.toMatchObject({ code: 'split-data-gone' });
});

test('wrong joins are refused with what would be right', async () => {
  const { client, path } = await withTrips();
  await client.datasets.import({
    path: await path('twice.csv', 'station,height\ns1,1\ns2,2\ns1,3'),
    name: 'twice',
  });
  const problems = async (written: string) =>
    (
      await client.recipes.resolve({
        recipe: `target: cost\nfamily: linear\njoin: ${written}\n`,
        dataset: 'trips',
      })
    ).problems;
  const only = async (written: string) => {
    const [first, ...more] = await problems(written);
    expect(more).toEqual([]);
    return `${first?.path}: ${first?.message}`;
  };
  expect(await only('{dataset: stetions, on: start}')).toMatch(/^join\[0\].dataset: .*"stetions"/);
  expect(await only('{on: start}')).toMatch(/needs "dataset".*stations/);
  expect(await only('{dataset: stations, on: {start: statoin}}')).toMatch(/did you mean "station"/);
  expect(await only('{dataset: stations, on: {strat: station}}')).toMatch(/did you mean "start"/);
  expect(await only('{dataset: stations, on: {minutes: station}}')).toMatch(
    /"minutes" is a number here and "station" is text in stations@1/,
  );
  expect(await only('{dataset: trips, on: start}')).toMatch(/is the data itself/);
  expect(await only('{dataset: stations, on: {start: station}, columns: [hight]}')).toMatch(
    /join\[0\].columns\[0\].*did you mean "height"/,
  );
  expect(await only('{dataset: stations, on: {start: station}, columns: [kind], aggregate: mean}')).toMatch(
    /"kind" is text, of which there is no mean/,
  );
  expect(
    await only(
      '[{dataset: stations, on: {start: station}}, {dataset: twice, on: {start: station}, aggregate: sum}]',
    ),
  ).toMatch(/there is a column "height" already/);
  expect(await only('{dataset: twice, on: {start: station}}')).toMatch(
    /rows 1 and 3 of twice@1 have the same "station", "s1".*aggregate/,
  );
  expect(await problems('{dataset: twice, on: {start: station}, aggregate: max, prefix: top_}')).toEqual([]);
  expect(await only(`{dataset: stations, snapshot: ${'ab'.repeat(32)}, on: {start: station}}`)).toMatch(
    /are not in this workspace/,
  );
  const { latest } = (await client.datasets.list({})).datasets.find(({ name }) => name === 'twice')!;
  expect(await only(`{dataset: stations, snapshot: ${latest.snapshot.id}, on: {start: station}}`)).toMatch(
    /leave out "snapshot" or "dataset"/,
  );
  await expect(
    client.training.run({
      recipe: 'target: cost\nfamily: linear\njoin: {dataset: twice, on: {start: station}}',
      dataset: 'trips',
    }),
  ).rejects.toMatchObject({ code: 'join-key-twice' });
  expect((await client.training.list({})).runs).toEqual([]);
});

test('models with the same join are combined into one', async () => {
  const { client, folder } = await withTrips();
  const runs: string[] = [];
  for (const family of ['linear', 'tree']) {
    const written = recipe.replace('family: linear\nparams: {penalty: none}', `family: ${family}`);
    const { run } = await client.training.run({ recipe: written, dataset: 'trips' });
    runs.push(run.id);
  }
  const { run } = await client.training.combine({ runs, how: 'average' });
  expect(run.metrics?.test?.['r2']).toBeGreaterThan(0.9);
  expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
  // What analyses tell of the test rows names joined columns too.
  const { slices } = await client.evaluation.slices({ run: run.id, by: ['kind'], minRows: 5 });
  expect(slices.map(({ slice }) => slice)).toEqual(['kind = new', 'kind = old']);
  const { errors } = await client.evaluation.errors({ run: run.id, limit: 4 });
  for (const { row, values } of errors) {
    const start = stations[((row - 1) * 5) % 12]!;
    expect(values).toMatchObject({ height: String(start.height), kind: start.kind });
  }
  const { audit } = await client.lineage.audit({ id: run.id });
  expect(audit.rows.joined).toMatchObject([{ dataset: 'stations@1', columns: ['height', 'kind'] }]);
  const recorded = audit.journal.flatMap(({ subjects }) => subjects);
  expect(recorded).toEqual(
    expect.arrayContaining(['versions stations@1', ...runs.map((id) => `runs ${id}`)]),
  );
  const out = join(folder, 'lineage.ndjson');
  await client.lineage.export({ out });
  const events = (await readFile(out, 'utf8')).trimEnd().split('\n');
  const combined = events.map(
    (line) => JSON.parse(line) as { job: { name: string }; inputs: { name: string }[] },
  );
  expect(
    combined.find(({ job }) => job.name === 'train.trips.cost.ensemble')?.inputs.map(({ name }) => name),
  ).toEqual(['datasets/trips', 'datasets/stations', ...runs.map((id) => `runs/${id}/model`)]);
  const plain = await client.training.run({ recipe: 'target: cost\nfamily: linear\n', dataset: 'trips' });
  await expect(
    client.training.combine({ runs: [runs[0]!, plain.run.id], how: 'average' }),
  ).rejects.toMatchObject({ code: 'runs-not-combinable' });
});

test('what is declared not to be known of the other dataset is not known of its joined column', async () => {
  const { client } = await withTrips();
  await client.datasets['not-known']({ dataset: 'stations', column: 'height', why: 'surveyed later' });
  const {
    recipe: resolved,
    notes,
    problems,
  } = await client.recipes.resolve({
    recipe:
      'target: cost\nfamily: linear\nexclude: [start]\njoin: {dataset: stations, on: {start: station}}\n',
    dataset: 'trips',
  });
  expect(problems).toEqual([]);
  expect(resolved).toMatchObject({ features: ['minutes', 'kind'] });
  expect(notes.join('\n')).toMatch(/"height" is left out/);
});

test('trials of a sweep share the joined columns', async () => {
  const { client } = await withTrips();
  const { sweep, leaderboard } = await client.sweeps.start({
    name: 'fares',
    dataset: 'trips',
    recipe:
      'target: cost\nfamily: linear\nexclude: [start]\njoin: {dataset: stations, on: {start: station}}\n',
    families: ['linear', 'tree'],
    runs: 3,
    workers: 1,
  });
  await expect(
    client.sweeps.start({
      name: 'wrong',
      dataset: 'trips',
      recipe: 'target: cost\nfamily: linear\njoin: {dataset: nowhere, on: start}\n',
      runs: 1,
    }),
  ).rejects.toMatchObject({ code: 'dataset-not-found' });
  expect(sweep.status).toBe('done');
  expect(leaderboard.filter(({ run }) => run !== null)).toHaveLength(3);
});
