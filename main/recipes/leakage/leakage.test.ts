import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { buildTestApp, type TestApp } from '../../testing/build-app.ts';
import type { RawColumn } from '../columns.ts';
import { noFold, trainsOnly } from '../split/split.ts';
import { judgingRows, twinsAcrossFolds } from './across-folds.ts';
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

test('folds: rows and customers that a fold is judged by and learns from are told, and a split by group mends it', async () => {
  const app = await buildTestApp();
  const rows = honest(5).map((row, i) => [`c${i % 200}`, row.x, row.y, row.target]);
  // Sixty of them again: four in five are in another fold than the first of them.
  await importRows(app, [['customerId', 'x', 'y', 'target'], ...rows, ...rows.slice(0, 60)]);
  const exclude = ['customerId'];
  const found = await kinds(app, { exclude, split: { folds: 5, test: 0 } });
  const exact = found.find(({ kind }) => kind === 'duplicate-rows-across-folds')!;
  expect(exact.rows).toBeGreaterThan(2 * 60 * 0.65);
  expect(exact.rows).toBeLessThan(2 * 60 * 0.95);
  for (const { row, trainRow } of exact.examples) expect(Math.abs(row - trainRow!)).toBe(600);
  const group = found.find(({ kind }) => kind === 'group-across-folds')!;
  expect(group.rows).toBeGreaterThan(500);
  expect(group.sentence).toContain('"split: {method: group, by: customerId, folds: 5}"');
  expect(
    await kinds(app, { exclude, split: { method: 'group', by: 'customerId', folds: 5, test: 0 } }),
  ).toEqual([]);
});

test('folds that go forward learn from those before alone', () => {
  const of = Uint8Array.from([0, 0, 1, 1 + trainsOnly, 1, 2, 2, noFold]);
  const marks = [7, 8, 7, 9, 5, 9, 5, 7];
  const folds = { count: 2, forward: true, of };
  expect([...twinsAcrossFolds(folds, marks)]).toEqual([
    [2, 0],
    [5, 3],
    [6, 4],
  ]);
  expect(judgingRows(folds)).toBe(4);
  const plain = { count: 2, forward: false, of: Uint8Array.from([1, 1, 2, 2, noFold, 2]) };
  expect([...twinsAcrossFolds(plain, [3, 3, 3, 4, 4, Number.NaN])]).toEqual([
    [0, 2],
    [1, 2],
    [2, 0],
  ]);
});
