import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';
import type { TypedColumn } from '../column-facts.ts';
import { gatherRows } from '../columns.ts';
import { fillLags, lagsAfter, makeLags, takeHistory } from './index.ts';
import reference from './pandas.fixture.json' with { type: 'json' };

const plan = fillLags({
  time: 'time',
  group: 'group',
  columns: ['value'],
  back: [2, 5],
  windows: [1, 4],
  statistics: ['mean', 'min', 'max', 'sum', 'deviation'],
  horizon: 2,
});

function table(value = reference.value, time = reference.time, group = reference.group): TypedColumn[] {
  const levels = ['c', 'a', 'b'];
  return [
    { type: 'float64', column: { kind: 'number', name: 'time', values: Float64Array.from(time) } },
    {
      type: 'utf8',
      column: {
        kind: 'category',
        name: 'group',
        levels,
        codes: Int32Array.from(group, (one) => levels.indexOf(one)),
      },
    },
    {
      type: 'float64',
      column: { kind: 'number', name: 'value', values: Float64Array.from(value, (one) => one ?? Number.NaN) },
    },
  ];
}

function valuesOf({ column }: Pick<TypedColumn, 'column'>): (number | null)[] {
  return column.kind === 'number' ? Array.from(column.values, (one) => (Number.isNaN(one) ? null : one)) : [];
}

test('lags and windows are those of pandas', () => {
  const made = makeLags(plan, table());
  expect(made.map(({ column }) => column.name)).toEqual(Object.keys(reference.made));
  for (const one of made) {
    const expected = (reference.made as Record<string, (number | null)[]>)[one.column.name]!;
    const values = valuesOf(one);
    expect(
      values.map((value) => value === null),
      one.column.name,
    ).toEqual(expected.map((value) => value === null));
    values.forEach((value, row) => expect(value ?? 0).toBeCloseTo(expected[row] ?? 0, 9));
  }
  expect(reference.made.value_mean_4.filter((one) => one !== null).length).toBeGreaterThan(20);
});

test('no row looks at itself, at later rows, or at rows nearer than the horizon', () => {
  const before = makeLags(plan, table());
  for (const moment of [10.5, 30, 60]) {
    const strange = reference.value.map((one, row) => (reference.time[row]! >= moment ? 1e6 + row : one));
    const after = makeLags(plan, table(strange));
    /** How many changed rows of its group lie before a row. */
    const seen = reference.time.map(
      (time, row) =>
        reference.time.filter(
          (other, at) => other >= moment && other < time && reference.group[at] === reference.group[row],
        ).length,
    );
    const differing = before.flatMap((column, i) => {
      const changed = valuesOf(after[i]!);
      return valuesOf(column).flatMap((value, row) => (changed[row] === value ? [] : [seen[row]!]));
    });
    // With fewer than two between, nothing of the changed rows is known yet.
    expect(Math.min(...differing)).toBe(2);
    expect(differing.length).toBeGreaterThan(20);
  }
});

test('the rows that follow are given the lags they would have in the whole table', () => {
  const cut = 60;
  const all = table();
  const rows = (isNew: boolean) =>
    Int32Array.from(reference.time.keys()).filter((row) => reference.time[row]! >= cut === isNew);
  const part = (isNew: boolean) =>
    all.map(({ type, column }): TypedColumn => ({ type, column: gatherRows(column, rows(isNew)) }));
  const history = takeHistory(plan, part(false));
  expect(history.rows.length).toBe(15);
  const given = part(true).map(({ column }) => column);
  const whole = makeLags(plan, all).map(({ column }) => gatherRows(column, rows(true)));
  expect(lagsAfter(history, given)).toEqual(whole);
  // The value to be predicted is not known: the rows within the horizon need none of it.
  const blind = lagsAfter(
    history,
    given.filter(({ name }) => name !== 'value'),
  );
  const fresh = reference.time.filter((time) => time >= cut).length;
  const nearest = valuesOf({ column: blind[0]! });
  expect(nearest.filter((one) => one !== null).length).toBeGreaterThanOrEqual(5);
  nearest.forEach((one, row) => expect([null, valuesOf({ column: whole[0]! })[row]]).toContain(one));
  expect(nearest.length).toBe(fresh);
});

test('two rows of a group at one time are refused', () => {
  const twice = reference.time.with(3, reference.time[4]!);
  const same = reference.group.with(3, reference.group[4]!);
  expect(() => makeLags(plan, table(reference.value, twice, same))).toThrow(/rows 4 and 5 .* same "time"/);
});

const date = (day: number) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);

/** A year of days: sales follow those of a week before exactly. */
async function withSales() {
  const built = await buildTestApp();
  const sales: number[] = [];
  for (let day = 0; day < 365; day++) sales.push(day < 7 ? 10 + day * 3 : sales[day - 7]! * 1.01);
  const path = join(built.folder, 'sales.csv');
  const order = [...sales.keys()].toSorted((a, b) => ((a * 89) % 365) - ((b * 89) % 365));
  await writeFile(path, `day,sales\n${order.map((day) => `${date(day)},${sales[day]}`).join('\n')}\n`);
  await built.client.datasets.import({ path, name: 'sales' });
  return { ...built, sales };
}

const recipe = `
target: sales
family: linear
params: {penalty: none}
exclude: [day]
filter: sales_lag_14 is not null
lags: {time: day, columns: [sales], back: [7, 14], horizon: 7}
`;

test('a forecast: the split goes by time, the model is judged on the newest rows, and predicts the next ones', async () => {
  const { client, sales, folder } = await withSales();
  const resolved = await client.recipes.resolve({ recipe, dataset: 'sales' });
  expect(resolved.problems).toEqual([]);
  expect(resolved.recipe).toMatchObject({
    features: ['sales_lag_7', 'sales_lag_14'],
    split: { method: 'time', by: 'day' },
    lags: { time: 'day', columns: ['sales'], back: [7, 14], windows: [], horizon: 7 },
  });
  expect((await client.recipes.resolve({ recipe: resolved.yaml ?? '', dataset: 'sales' })).hash).toBe(
    resolved.hash,
  );
  expect(resolved.made.lags.map(({ name }) => name)).toEqual(['sales_lag_7', 'sales_lag_14']);
  const effect = await client.recipes.effect({ recipe, dataset: 'sales' });
  expect(effect.stages[0]?.columns.map(({ name }) => name)).toEqual(['sales_lag_7', 'sales_lag_14']);
  const { run } = await client.training.run({ recipe, dataset: 'sales' });
  expect(run.metrics?.test?.['r2']).toBeGreaterThan(0.9999);
  await client.registry.add({ run: run.id, name: 'forecast' });

  const next = (day: number) => sales[day - 7]! * 1.01;
  const some = await client.registry.predict({
    model: 'forecast',
    rows: [365, 366, 367, 368, 369, 370, 371].map((day) => ({ day: date(day) })),
  });
  expect(some.notes).toEqual([]);
  some.predictions.forEach(({ prediction }, i) =>
    expect(Number(prediction) / next(365 + i)).toBeCloseTo(1, 4),
  );

  // Known values take the place of those remembered, and reach further.
  const path = join(folder, 'next.csv');
  const out = join(folder, 'out.csv');
  const known = Array.from({ length: 10 }, (_, i) => `${date(365 + i)},${i < 3 ? next(365 + i) : ''}`);
  await writeFile(path, `day,sales\n${known.join('\n')}\n`);
  const file = await client.registry.predict({ model: 'forecast', path, out });
  expect(file.rows).toBe(10);
  const predicted = (await readFile(out, 'utf8')).trim().split('\n').slice(1).map(Number);
  expect(predicted[9]! / (next(367) * 1.01)).toBeCloseTo(1, 4);

  // Beyond the horizon there is nothing to go by, and that is said.
  const far = await client.registry.predict({
    model: 'forecast',
    rows: Array.from({ length: 9 }, (_, i) => ({ day: date(365 + i) })),
  });
  expect(far.notes).toEqual([expect.stringMatching(/2 of 9 rows .*"sales_lag_7"/)]);
  // Lags may be given instead, as in the exported graph.
  const given = await client.registry.predict({
    model: 'forecast',
    rows: [{ sales_lag_7: 20, sales_lag_14: 20 / 1.01 }],
  });
  expect(Number(given.predictions[0]?.['prediction']) / 20.2).toBeCloseTo(1, 2);
  await expect(client.registry.predict({ model: 'forecast', rows: [{ sales: 3 }] })).rejects.toMatchObject({
    code: 'input-column-missing',
    details: { column: 'day' },
  });
});

test('wrong lags are refused with what would be right', async () => {
  const { client } = await withSales();
  const problems = async (lags: string, more = '') =>
    (
      await client.recipes.resolve({
        recipe: `target: sales\nfamily: linear\nlags: ${lags}\n${more}`,
        dataset: 'sales',
      })
    ).problems;
  expect(await problems('{time: dya, columns: [sales]}')).toMatchObject([
    { path: 'lags.time', message: 'unknown column "dya"; did you mean "day"?' },
  ]);
  expect(await problems('{time: day, columns: [sales], back: [1], horizon: 7}')).toMatchObject([
    { path: 'lags.back[0]', message: expect.stringContaining('less than the horizon') },
  ]);
  expect(await problems('{time: day, columns: [sales], back: [1, 1]}')).toMatchObject([{ path: 'lags' }]);
  expect(await problems('{time: day, columns: [sales], back: [0]}')).toMatchObject([
    { path: 'lags.back[0]' },
  ]);
  expect(await problems('{time: day, columns: [sales]}', 'split: random\n')).toMatchObject([
    { path: 'split.method', message: expect.stringContaining('"time"') },
  ]);
});
