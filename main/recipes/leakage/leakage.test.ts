import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { buildTestApp, type TestApp } from '../../testing/build-app.ts';
import type { RawColumn } from '../columns.ts';
import { explainedAlone } from './alone.ts';
import { rowHashes } from './row-hashes.ts';

async function importRows({ client, folder }: TestApp, rows: readonly (readonly unknown[])[]): Promise<void> {
  const path = join(folder, 'table.csv');
  await writeFile(path, `${rows.map((row) => row.join(',')).join('\n')}\n`);
  await client.datasets.import({ path, name: 'table' });
}

/** 600 rows in which nothing leaks: two features and a target with noise. */
function honest(seed: number): { x: string; y: string; target: string }[] {
  const random = createRandom(seed);
  return Array.from({ length: 600 }, () => {
    const [x, y] = [random.normal(), random.uniform()];
    return { x: x.toFixed(6), y: y.toFixed(6), target: (x + y + random.normal()).toFixed(6) };
  });
}

const kinds = async ({ client }: TestApp, recipe: object, notKnown: string[] = []) =>
  (
    await client.recipes.leakage({
      recipe: { target: 'target', family: 'linear', ...recipe },
      dataset: 'table',
      notKnown,
    })
  ).findings;

test('nothing is found where nothing leaks', async () => {
  const app = await buildTestApp();
  await importRows(app, [['x', 'y', 'target'], ...honest(1).map((row) => [row.x, row.y, row.target])]);
  expect(await kinds(app, {})).toEqual([]);
});

test('a column made from the target, one that is not known yet and one that counts rows are named', async () => {
  const app = await buildTestApp();
  await importRows(app, [
    ['x', 'paid', 'row', 'target'],
    ...honest(2).map((row, i) => [row.x, (2 * Number(row.target) + 1).toFixed(3), i + 1, row.target]),
  ]);
  const found = await kinds(app, {}, ['x']);
  expect(found.map(({ kind, severity, columns }) => [kind, severity, columns])).toEqual([
    ['not-known', 'block', ['x']],
    ['target-proxy', 'warn', ['paid']],
    ['identifier', 'warn', ['row']],
  ]);
  expect(await kinds(app, { exclude: ['paid', 'row'] })).toEqual([]);
});

test('rows that are in training and test are counted and can be looked at; nearly the same ones apart from them', async () => {
  const app = await buildTestApp();
  const rows = honest(3).map((row) => [row.x, row.y, row.target]);
  // Sixty rows again as they are, sixty with the fourth digit changed.
  const again = rows.slice(0, 60);
  const nearly = rows.slice(100, 160).map(([x, y, target]) => [(Number(x) * 1.00001).toFixed(6), y, target]);
  await importRows(app, [['x', 'y', 'target'], ...rows, ...again, ...nearly]);
  const found = await kinds(app, {});
  const exact = found.find(({ kind }) => kind === 'duplicate-rows')!;
  const near = found.find(({ kind }) => kind === 'near-duplicate-rows')!;
  // Of each pair one tests and the other trains with a chance of 2 x 0.2 x 0.6.
  expect(exact.rows).toBeGreaterThan(5);
  expect(exact.rows).toBeLessThan(28);
  expect(near.rows).toBeGreaterThan(3);
  for (const { row, trainRow } of exact.examples) {
    expect([row, trainRow].toSorted((a, b) => a! - b!)).toEqual([
      Math.min(row, trainRow!),
      Math.min(row, trainRow!) + 600,
    ]);
  }
});

test('a customer on both sides is told with the split that mends it, and then it is gone', async () => {
  const app = await buildTestApp();
  await importRows(app, [
    ['customerId', 'x', 'target'],
    ...honest(4).map((row, i) => [`c${(i * 7) % 150}`, row.x, row.target]),
  ]);
  const found = await kinds(app, {});
  expect(found.map(({ kind, columns }) => [kind, columns])).toEqual([
    ['group-on-both-sides', ['customerId']],
  ]);
  expect(found[0]!.sentence).toContain('"split: {method: group, by: customerId}" keeps each on one side');
  expect(await kinds(app, { split: { method: 'group', by: 'customerId' } })).toEqual([]);
});

test('rows of the test older than training rows are told, unless the split goes by time', async () => {
  const app = await buildTestApp();
  await importRows(app, [
    ['day', 'x', 'target'],
    ...honest(5).map((row, i) => [new Date(i * 86_400_000).toISOString().slice(0, 10), row.x, row.target]),
  ]);
  expect((await kinds(app, {})).map(({ kind }) => kind)).toEqual(['time-order']);
  expect(await kinds(app, { split: { method: 'time', by: 'day' } })).toEqual([]);
});

test('what a column explains alone: all of a copy, nothing of noise, the share of a majority guess’s mistakes for classes', () => {
  const random = createRandom(6);
  const values = Float64Array.from({ length: 5000 }, () => random.normal());
  const known = new Uint8Array(5000).fill(1);
  const amounts = { task: 'regression', values } as const;
  const copy = { kind: 'number', name: 'copy', values: values.map((value) => 3 - value) } as const;
  const noise = { kind: 'number', name: 'noise', values: values.map(() => random.normal()) } as const;
  const half = {
    kind: 'number',
    name: 'half',
    values: values.map((value) => value + random.normal()),
  } as const;
  expect(explainedAlone(copy, amounts, known)).toBeGreaterThan(0.98);
  expect(explainedAlone(noise, amounts, known)).toBeLessThan(0.02);
  // The squared correlation of a value with itself and as much noise is a half.
  expect(explainedAlone(half, amounts, known)).toBeCloseTo(0.5, 1);
  const codes = Int32Array.from(values, (value) => (value > 0.5 ? 1 : 0));
  const classes = { task: 'classification', classes: ['a', 'b'], codes } as const;
  expect(explainedAlone(copy, classes, known)).toBeGreaterThan(0.95);
  expect(explainedAlone(noise, classes, known)).toBeLessThan(0.02);
});

function numbers(name: string, ...values: number[]): RawColumn {
  return { kind: 'number', name, values: Float64Array.from(values) };
}

test('rows of other columns or another order of values are not alike', () => {
  const [first, second, third] = rowHashes([numbers('a', 1, 2, 1), numbers('b', 2, 1, 2)], 'exact');
  expect(first).toBe(third);
  expect(first).not.toBe(second);
});

test('a column that is not there is named', async () => {
  const app = await buildTestApp();
  await importRows(app, [['x', 'target'], ...honest(7).map((row) => [row.x, row.target])]);
  await expect(kinds(app, {}, ['nope'])).rejects.toThrow(
    'there is no column "nope" in table@1; it has x, target',
  );
});
