import { expect, test } from 'vitest';
import { createMemoryObjects, writeSnapshot } from '../datasets/index.ts';
import { tableFacts } from './column-facts.ts';
import { readTable } from './read-table.ts';

const rows = 4;

async function stored() {
  const objects = createMemoryObjects();
  const { manifest } = await writeSnapshot(
    {
      rows,
      columns: [
        { name: 'whole', type: 'int64', values: [3, null, -7, 3] },
        { name: 'part', type: 'float64', values: [0.5, NaN, null, -0] },
        { name: 'yes', type: 'bool', values: [true, false, null, true] },
        { name: 'day', type: 'date', values: [0, 19_782, -1, null] },
        { name: 'time', type: 'timestamp', values: [0n, 43_200_000_000n, null, -86_400_000_000n] },
        { name: 'word', type: 'utf8', values: ['b', '', null, 'ä'] },
      ],
    },
    objects,
  );
  return { objects, manifest };
}

test('each type becomes what a recipe works on: days, 1 and 0, and no empty text', async () => {
  const { objects, manifest } = await stored();
  const table = await readTable(objects, manifest);
  expect(table.map(({ column }) => column)).toEqual([
    { kind: 'number', name: 'whole', values: Float64Array.of(3, NaN, -7, 3) },
    { kind: 'number', name: 'part', values: Float64Array.of(0.5, NaN, NaN, -0) },
    { kind: 'number', name: 'yes', values: Float64Array.of(1, 0, NaN, 1) },
    { kind: 'number', name: 'day', values: Float64Array.of(0, 19_782, -1, NaN) },
    { kind: 'number', name: 'time', values: Float64Array.of(0, 0.5, NaN, -1) },
    { kind: 'category', name: 'word', levels: ['b', 'ä'], codes: Int32Array.of(0, -1, -1, 1) },
  ]);
});

test('only the columns named are read', async () => {
  const { objects, manifest } = await stored();
  const table = await readTable(objects, manifest, { names: ['word', 'day'] });
  expect(table.map(({ type, column }) => [column.name, type])).toEqual([
    ['word', 'utf8'],
    ['day', 'date'],
  ]);
});

test('facts: missing, distinct up to a bound, whole numbers, both zeros as one', async () => {
  const { objects, manifest } = await stored();
  const { columns, sample } = tableFacts(await readTable(objects, manifest));
  const facts = Object.fromEntries(
    columns.map(({ name, missing, distinct, whole }) => [name, [missing, distinct, whole]]),
  );
  expect(facts).toEqual({
    whole: [1, 2, true],
    part: [2, 2, false],
    yes: [1, 2, true],
    day: [1, 3, true],
    time: [1, 3, false],
    word: [2, 2, false],
  });
  expect(sample.length).toBe(6);
  const many = Float64Array.from({ length: 5000 }, (_, i) => (i % 2 ? -0 : 0) + (i >> 1) * 1e-300);
  const [found] = tableFacts([
    { type: 'float64', column: { kind: 'number', name: 'x', values: many } },
  ]).columns;
  expect(found?.distinct).toBe(1001);
  const few = many.map((_, i) => [0, -0, 0.1, 1e300, -1e300][i % 5] ?? 0);
  const [counted] = tableFacts([
    { type: 'float64', column: { kind: 'number', name: 'x', values: few } },
  ]).columns;
  expect(counted?.distinct).toBe(4);
});
