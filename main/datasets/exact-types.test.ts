import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import type { ColumnType } from '../../preload/contract/column-types.ts';
import { decimalText, unitsOfWords } from '../../preload/contract/decimals.ts';
import { buildTestApp } from '../testing/build-app.ts';

const sizes = 'ordered["small","medium","large"]';
const columns = {
  amount: { type: 'decimal(30,2)' },
  zip: { type: 'categorical' },
  size: { type: sizes },
} satisfies Record<string, { type: ColumnType }>;

// Doubles can't tell the first two amounts apart.
const rows = [
  '1,90000000000000000000000.01,02134,large',
  '2,90000000000000000000000.02,90210,small',
  '3,-0.05,02134,medium',
  '4,,90210,',
  '5,7,10001,small',
];

async function withOrders() {
  const built = await buildTestApp();
  const write = async (name: string, lines: readonly string[]): Promise<string> => {
    const path = join(built.folder, name);
    await writeFile(path, `id,amount,zip,size\n${lines.join('\n')}\n`);
    return path;
  };
  const path = await write('orders.csv', rows);
  await built.client.datasets.import({ path, options: { columns } });
  const amounts = async (view: { where?: string[]; sort?: string[] }): Promise<unknown[]> => {
    const { table } = await built.client.datasets.preview({ dataset: 'orders', ...view });
    const vector = tableFromIPC(table).getChild('amount')!;
    return Array.from({ length: vector.length }, (_, row): string | null => {
      const value: unknown = vector.get(row);
      return value instanceof Uint32Array ? decimalText(unitsOfWords(value), 2) : null;
    });
  };
  return { ...built, write, path, amounts };
}

test('decimals are compared and put in order digit by digit', async () => {
  const { amounts } = await withOrders();
  expect(await amounts({ sort: ['amount'] })).toEqual([
    '-0.05',
    '7.00',
    '90000000000000000000000.01',
    '90000000000000000000000.02',
    null,
  ]);
  expect(await amounts({ where: ['amount = 90000000000000000000000.02'] })).toEqual([
    '90000000000000000000000.02',
  ]);
  expect(await amounts({ where: ['amount < 7.005'] })).toEqual(['-0.05', '7.00']);
  expect(await amounts({ where: ['amount = 7.005'] })).toEqual([]);
  expect(await amounts({ where: ['amount in (7, -0.050)'] })).toEqual(['-0.05', '7.00']);
  // Ordered categories are compared by their levels, not by the alphabet.
  expect(await amounts({ where: ['size > small', 'amount is not missing'] })).toEqual([
    '90000000000000000000000.01',
    '-0.05',
  ]);
  expect(await amounts({ where: ["size <= 'medium'"], sort: ['amount'] })).toHaveLength(3);
  expect(await amounts({ where: ['size between medium and large'] })).toHaveLength(2);
  await expect(amounts({ where: ['size > huge'] })).rejects.toThrow(/levels of "size": small, medium, large/);
});

test('ordered categories have the order of their levels', async () => {
  const { client } = await withOrders();
  const { table } = await client.datasets.preview({ dataset: 'orders', sort: ['size'] });
  const vector = tableFromIPC(table).getChild('size')!;
  expect(Array.from({ length: 5 }, (_, row): unknown => vector.get(row))).toEqual([
    'small',
    'small',
    'medium',
    'large',
    null,
  ]);
});

test('a profile counts what doubles hold to be the same', async () => {
  const { client } = await withOrders();
  const { columns: found } = await client.datasets.profile({ dataset: 'orders' });
  const [, amount, zip, size] = found;
  expect(amount).toMatchObject({ type: 'decimal(30,2)', missing: 1, distinct: 4 });
  expect(amount?.numeric).toMatchObject({
    min: -0.05,
    max: 9e22,
    exact: { min: '-0.05', max: '90000000000000000000000.02' },
  });
  expect(zip).toMatchObject({ type: 'categorical', distinct: 3, numeric: null, likelyId: false });
  expect(size?.top[0]).toEqual({ value: 'small', count: 2 });
});

test('decimals of fewer digits than their type may have are as exact as doubles', async () => {
  const { client, write } = await withOrders();
  const path = await write('small.csv', ['1,1.25,02134,small', '2,-3,02134,small']);
  await client.datasets.import({ path, options: { columns } });
  const { columns: found } = await client.datasets.profile({ dataset: 'small' });
  expect(found[1]?.numeric).toMatchObject({ min: -3, max: 1.25 });
  expect(found[1]?.numeric).not.toHaveProperty('exact');
});

test('a query keeps types, and sums of decimals are exact', async () => {
  const { client } = await withOrders();
  const { table, columns: found } = await client.datasets.query({
    sql: 'SELECT size, any_value(zip) AS zip, sum(amount) AS total FROM orders GROUP BY size ORDER BY size NULLS LAST',
    save: 'totals',
  });
  expect(found).toEqual([
    { name: 'size', type: sizes },
    { name: 'zip', type: 'categorical' },
    { name: 'total', type: 'decimal(38,2)' },
  ]);
  const total = tableFromIPC(table).getChild('total')!;
  expect(decimalText(unitsOfWords(total.get(0) as Uint32Array), 2)).toBe('90000000000000000000007.02');
  // What is for enums alone takes ordered categories.
  const above = await client.datasets.query({
    sql: 'SELECT id FROM orders WHERE enum_code(size) > 0 ORDER BY id',
  });
  expect(above.rows).toBe(2);
  expect((await client.datasets.show({ dataset: 'totals' })).schema[1]).toEqual({
    name: 'zip',
    type: 'categorical',
  });
});

test('a diff tells a cent in twenty-two digits, and that 7.00 is 7', async () => {
  const { client, write, path } = await withOrders();
  const later = rows.map((row) => row.replace('000.02', '000.03'));
  const changed = await write('later.csv', later);
  await client.datasets.import({ path: changed, name: 'orders', options: { columns } });
  const diff = { from: 'orders@1', to: 'orders@2' };
  expect(await client.datasets.diff(diff)).toMatchObject({
    columns: { retyped: [] },
    rows: { changed: 1 },
    cells: { changed: 1 },
  });
  expect((await client.datasets['diff-rows'](diff)).rows[0]?.cells).toEqual([
    { column: 'amount', old: '90000000000000000000000.02', new: '90000000000000000000000.03' },
  ]);
  const wider = { ...columns, amount: { type: 'decimal(38,4)' as const }, zip: { type: 'utf8' as const } };
  await client.datasets.import({ path, name: 'orders', options: { columns: wider } });
  expect(await client.datasets.diff({ from: 'orders@1', to: 'orders@3' })).toMatchObject({
    columns: { retyped: ['amount', 'zip'] },
    rows: { changed: 0 },
  });
});

test('what does not fit is rejected in words', async () => {
  const { client, path } = await withOrders();
  const narrow = {
    amount: { type: 'decimal(4,1)' as const },
    size: { type: 'ordered["small","large"]' as const },
  };
  await client.datasets.import({ path, name: 'narrow', options: { columns: narrow } });
  const { rejects } = await client.datasets.rejects({ dataset: 'narrow' });
  expect(rejects.map(({ column, reason }) => [column, reason])).toEqual([
    [
      'amount',
      'expected a number of at most 4 digits, 1 of them after the point, got "90000000000000000000000.01"',
    ],
    [
      'amount',
      'expected a number of at most 4 digits, 1 of them after the point, got "90000000000000000000000.02"',
    ],
    ['amount', 'expected a number of at most 4 digits, 1 of them after the point, got "-0.05"'],
  ]);
  for (const type of [
    'decimal(39,2)',
    'decimal(4,5)',
    'decimal(04,2)',
    'decimal',
    'ordered["a","a"]',
    'ordered[]',
    'enum',
  ])
    await expect(
      client.datasets.import({ path, options: { columns: { amount: { type: type as ColumnType } } } }),
      type,
    ).rejects.toMatchObject({ code: 'input-invalid', message: expect.stringContaining('decimal(12,2)') });
});

test('DuckDB: decimals and enums come in and go out', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'shop.duckdb');
  const source = await DuckDBInstance.create(path);
  const connection = await source.connect();
  await connection.run(`CREATE TABLE t (price DECIMAL(9,4), wide DECIMAL(38,0), few DECIMAL(4,0), mood ENUM('sad', 'it''s, ok', 'happy'));
    INSERT INTO t VALUES (1.5, 99999999999999999999999999999999999999, 12, 'happy'), (-0.0001, -1, -3, 'it''s, ok'), (NULL, NULL, NULL, NULL)`);
  connection.closeSync();
  source.closeSync();
  await client.datasets.import({ path });
  const { schema } = await client.datasets.show({ dataset: 'shop' });
  expect(schema.map(({ type }) => type)).toEqual([
    'decimal(9,4)',
    'decimal(38,0)',
    'int64',
    'ordered["sad","it\'s, ok","happy"]',
  ]);
  const out = join(folder, 'out.parquet');
  await client.datasets.export({ dataset: 'shop', path: out });
  const reader = await (await DuckDBInstance.create(':memory:')).connect();
  const read = await reader.runAndReadAll(`SELECT price, wide, few, mood, typeof(price) FROM '${out}'`);
  expect(read.getRowsJson()).toEqual([
    ['1.5000', '99999999999999999999999999999999999999', '12', 'happy', 'DECIMAL(9,4)'],
    ['-0.0001', '-1', '-3', "it's, ok", 'DECIMAL(9,4)'],
    [null, null, null, null, 'DECIMAL(9,4)'],
  ]);
});

test('checks tell exact values apart', async () => {
  const { client } = await withOrders();
  const unique = { check: 'unique', severity: 'warn', columns: ['amount'] } as const;
  const { results } = await client.checks.run({ dataset: 'orders', suite: { checks: [unique] } });
  expect(results[0]).toMatchObject({ passed: true });
});
