import { DuckDBInstance } from '@duckdb/node-api';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ColumnType } from '../../../preload/contract/column-types.ts';
import type { RowView } from '../../../preload/contract/views.ts';
import { buildTestApp } from '../../testing/build-app.ts';
import { createMemoryObjects } from '../snapshot/memory-objects.ts';
import { openSnapshot } from '../reading/open-snapshot.ts';
import { writeSnapshot, type Cell } from '../snapshot/write-snapshot.ts';
import { createOrderCache } from './order-cache.ts';
import { orderRows } from './order-rows.ts';
import { parseView } from './view-spec.ts';

interface Table {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly values: Cell[] }[];
}

async function placesOf(table: Table, asked: RowView): Promise<number[]> {
  const store = createMemoryObjects();
  const stored = await writeSnapshot(table, store);
  const manifest = await openSnapshot(store, stored.manifest);
  const view = parseView(asked, manifest.schema);
  if (!view) return Array.from({ length: table.rows }, (_, row) => row);
  return [...(await orderRows(store, manifest, view))];
}

const large = 9_007_199_254_740_993n;
const values = {
  i: fc.option(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(large, large - 1n, -large))),
  x: fc.option(fc.constantFrom(-Infinity, -2.5, -0, 0, 1e-300, 2.5, Infinity, Number.NaN)),
  t: fc.option(fc.constantFrom('', 'a', 'B', 'é', '😀', 'ﬀ', 'ab', 'Ab c')),
  d: fc.option(fc.integer({ min: -400, max: 400 })),
  b: fc.option(fc.boolean()),
};
const tables = fc.integer({ min: 1, max: 40 }).chain((rows) => {
  const column = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: rows, maxLength: rows });
  return fc.record({
    rows: fc.constant(rows),
    i: column(values.i),
    x: column(values.x),
    t: column(values.t),
    d: column(values.d),
    b: column(values.b),
  });
});
type Drawn = typeof tables extends fc.Arbitrary<infer T> ? T : never;

function tableOf({ rows, i, x, t, d, b }: Drawn): Table {
  return {
    rows,
    columns: [
      { name: 'i', type: 'int64', values: i },
      { name: 'x', type: 'float64', values: x },
      { name: 't', type: 'utf8', values: t },
      { name: 'd', type: 'date', values: d },
      { name: 'b', type: 'bool', values: b },
    ],
  };
}

/** Each way of saying it, and the same in SQL. */
const sorts = fc
  .uniqueArray(fc.tuple(fc.constantFrom('i', 'x', 't', 'd', 'b'), fc.boolean()), {
    selector: ([name]) => name,
    maxLength: 3,
  })
  .map((keys) => ({
    sort: keys.map(([name, down]) => `${name}:${down ? 'desc' : 'asc'}`),
    sql: [...keys.map(([name, down]) => `${name} ${down ? 'DESC' : 'ASC'} NULLS LAST`), 'row'].join(', '),
  }));
const conditions = [
  ['i >= 2', 'i >= 2'],
  ['i = 9007199254740993', 'i = 9007199254740993'],
  ['i < 9007199254740993', 'i < 9007199254740993'],
  ['i != 0', 'i <> 0'],
  ['i > 0.5', 'i > 0.5'],
  ['i in (1, 2, -9007199254740993)', 'i IN (1, 2, -9007199254740993)'],
  ['i not in (1, 2)', 'i NOT IN (1, 2)'],
  ['x between -2.5 and 2.5', 'x BETWEEN -2.5 AND 2.5'],
  ['x = 0', 'x = 0'],
  ['x > 1', 'x > 1'],
  ['x <= inf', "x <= 'infinity'::DOUBLE"],
  ['t >= B', "t >= 'B'"],
  ["t = 'Ab c'", "t = 'Ab c'"],
  ['t != a', "t <> 'a'"],
  ['t in (a, "Ab c", é)', "t IN ('a', 'Ab c', 'é')"],
  ['t contains AB', "t ILIKE '%ab%'"],
  ['"t" is missing', 't IS NULL'],
  ['t is not missing and i is missing', 't IS NOT NULL AND i IS NULL'],
  ['d < 1970-01-01', "d < '1970-01-01'::DATE"],
  ['d between 1969-12-01 and 1970-02-01', "d BETWEEN '1969-12-01'::DATE AND '1970-02-01'::DATE"],
  ['b = true', 'b = true'],
  ['b != true', 'b <> true'],
] as const;

/** A value as DuckDB reads it. */
function literal(type: string, value: Cell | undefined): string {
  if (value === null || value === undefined) return 'NULL';
  const text = Object.is(value, -0) ? '-0' : String(value);
  if (type === 't') return `'${text}'`;
  if (type === 'd') return `'1970-01-01'::DATE + INTEGER '${text}'`;
  return type === 'x' ? `'${text}'::DOUBLE` : text;
}

test('rows pass and stand as DuckDB lets them', async () => {
  const db = await (
    await DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    })
  ).connect();
  await fc.assert(
    fc.asyncProperty(
      tables,
      sorts,
      fc.subarray([...conditions], { maxLength: 2 }),
      async (drawn, { sort, sql }, chosen) => {
        const table = tableOf(drawn);
        const lines = Array.from(
          { length: drawn.rows },
          (_, row) =>
            `(${[row, ...table.columns.map(({ name, values: cells }) => literal(name, cells[row]))].join(', ')})`,
        );
        await db.run(
          'CREATE OR REPLACE TABLE t (row INTEGER, i BIGINT, x DOUBLE, t VARCHAR, d DATE, b BOOLEAN)',
        );
        await db.run(`INSERT INTO t VALUES ${lines.join(', ')}`);
        const where = chosen.length ? `WHERE ${chosen.map(([, text]) => text).join(' AND ')}` : '';
        const expected = await db.runAndReadAll(`SELECT row FROM t ${where} ORDER BY ${sql}`);
        const got = await placesOf(table, { sort, where: chosen.map(([text]) => text) });
        expect(got).toEqual(expected.getRows().map(([row]) => row));
      },
    ),
    { numRuns: 150 },
  );
  db.closeSync();
}, 60_000);

test('many blocks: the same order as sorting plain values, and equal rows keep theirs', async () => {
  const rows = 150_000;
  const keys = Array.from({ length: rows }, (_, row) => ((row * 7919) % 1009) - 500);
  const got = await placesOf(
    { rows, columns: [{ name: 'k', type: 'int64', values: keys.map((key) => (key === 3 ? null : key)) }] },
    { sort: ['k:desc'] },
  );
  const expected = Array.from({ length: rows }, (_, row) => row).toSorted((a, b) => {
    const [left, right] = [keys[a]!, keys[b]!];
    if (left === 3 || right === 3) return left === right ? 0 : left === 3 ? 1 : -1;
    return right - left;
  });
  expect(got).toEqual(expected);
});

test('a search looks at values as they are written', async () => {
  const table: Table = {
    rows: 4,
    columns: [
      { name: 'name', type: 'utf8', values: ['Ann', 'ben', null, 'Ännchen'] },
      { name: 'n', type: 'int64', values: [12_345, 7, -45, null] },
      { name: 'x', type: 'float64', values: [0.5, null, 1e21, 3] },
      { name: 'd', type: 'date', values: [19_000, 0, null, 1] },
      { name: 'm', type: 'timestamp', values: [0, null, 1_700_000_000_000_000, 1] },
      { name: 'b', type: 'bool', values: [true, false, null, true] },
    ],
  };
  const found = (search: string) => placesOf(table, { search });
  expect(await found('ÄNN')).toEqual([3]);
  expect(await found('nn')).toEqual([0, 3]);
  expect(await found('45')).toEqual([0, 2]);
  expect(await found('12,345')).toEqual([0]);
  expect(await found('e+21')).toEqual([2]);
  expect(await found('2022-01-08')).toEqual([0]);
  expect(await found('2023-11-14 22:13')).toEqual([2]);
  expect(await found('fals')).toEqual([1]);
  expect(await found('zebra')).toEqual([]);
  expect(await placesOf(table, { search: 'nn', where: ['n is missing'] })).toEqual([3]);
});

test.each([
  ['prize >= 3', { code: 'column-not-found', message: /no column "prize" .* price/ }],
  [
    'price >= many',
    { code: 'condition-invalid', message: /expected a number \(column "price"\), got "many"/ },
  ],
  ['price >', { message: /expected a number, got the end/ }],
  ['price', { message: /expected one of = != .* after the column, got the end/ }],
  ['price between 1', { message: /expected and, with the upper end after it, got the end/ }],
  ['price in 1, 2', { message: /expected \( and values/ }],
  ['price in (1, 2', { message: /expected , or \) after the values, got the end/ }],
  ['city = SAN JOSE', { message: /a text with spaces needs quotes\), got "JOSE"/ }],
  ["city = 'open", { message: /expected a closing '/ }],
  ['price contains 1', { message: /expected a column of text before contains, got "price" of type int64/ }],
  ['price = 3 or price = 4', { message: /expected and with another condition/ }],
  ['day = 2024-02-30', { message: /expected a date such as 2024-01-31 \(column "day"\), got "2024-02-30"/ }],
  ['', { code: 'input-invalid' }],
  ['= 3', { message: /expected a column name, got "= 3"/ }],
  ['price is gone', { message: /expected missing, got "gone"/ }],
])(
  '%j is refused with what would be right',
  async (where, { code = 'condition-invalid', message = /./ }: { code?: string; message?: RegExp }) => {
    const { client, folder } = await buildTestApp();
    const path = join(folder, 'houses.csv');
    await writeFile(path, 'city,price,day\nA,1,2024-02-29\nB,2,2024-03-01\n');
    await client.datasets.import({ path });
    await expect(client.datasets.preview({ dataset: 'houses', where: [where] })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as unknown,
    });
  },
);

test('names with spaces, operators and quotes can be meant; directions are checked', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'odd.csv');
  await writeFile(path, 'price,price in $,"a ""b"" >= c",k:desc\n1,5,x,3\n2,4,y,1\n3,,z,2\n');
  await client.datasets.import({ path });
  const read = async (view: RowView) => (await client.datasets.preview({ dataset: 'odd', ...view })).numbers;
  expect(await read({ where: ['price in $ >= 4.5'] })).toEqual([1]);
  expect(await read({ where: ['price in (1,2)'] })).toEqual([1, 2]);
  expect(await read({ where: ['"a ""b"" >= c" != x'] })).toEqual([2, 3]);
  expect(await read({ sort: ['k:desc'] })).toEqual([2, 3, 1]);
  expect(await read({ sort: ['k:desc:desc'] })).toEqual([1, 3, 2]);
  await expect(read({ sort: ['price:down'] })).rejects.toMatchObject({ code: 'sort-invalid' });
  await expect(read({ sort: ['prize'] })).rejects.toMatchObject({ code: 'column-not-found' });
});

test('a window of a view: its rows, how many there are, and where they stood', async () => {
  const { app, client } = await buildTestApp({ processes: true });
  const path = new URL('../../../resources/samples/sacramento.csv', import.meta.url).pathname;
  await client.datasets.import({ path, name: 'houses' });
  const reply = await app.dispatch('datasets.preview', {
    dataset: 'houses',
    sort: ['price:desc'],
    where: ['beds >= 4', 'city = SACRAMENTO'],
    offset: 1,
    limit: 3,
    columns: ['price', 'city', 'beds'],
  });
  expect(reply.value).toMatchObject({ of: 932, offset: 1, limit: 3 });
  const { rows, numbers } = reply.value as { rows: number; numbers: number[] };
  const table = tableFromIPC(reply.table ?? new Uint8Array());
  const whole = tableFromIPC((await client.datasets.preview({ dataset: 'houses', limit: 10_000 })).table);
  const all = whole
    .toArray()
    .map((row, place) => ({ ...row.toJSON(), place: place + 1 }) as Record<string, unknown>);
  const passing = all
    .filter(({ beds, city }) => Number(beds) >= 4 && city === 'SACRAMENTO')
    .toSorted((a, b) => Number(b['price']) - Number(a['price']));
  expect(rows).toBe(passing.length);
  expect(numbers).toEqual(passing.slice(1, 4).map(({ place }) => place));
  expect(table.toArray().map((row) => ({ ...row.toJSON() }))).toEqual(
    passing.slice(1, 4).map(({ price, city, beds }) => ({ price, city, beds })),
  );
});

test('an order is computed once for all who ask, stopped with the last, and done again for who stays', async () => {
  const cache = createOrderCache(8);
  let computed = 0;
  const compute = (signal: AbortSignal) =>
    new Promise<Uint32Array>((resolve, reject) => {
      computed++;
      signal.addEventListener('abort', () => reject(new Error('stopped')));
      setTimeout(() => resolve(Uint32Array.of(computed)), 5);
    });
  const stays = new AbortController().signal;
  const leaves = new AbortController();
  const both = [cache.get('a', stays, compute), cache.get('a', leaves.signal, compute)];
  leaves.abort();
  expect(await Promise.all(both)).toEqual([Uint32Array.of(1), Uint32Array.of(1)]);
  expect(await cache.get('a', stays, compute)).toEqual(Uint32Array.of(1));
  const alone = new AbortController();
  const stopped = cache.get('b', alone.signal, compute);
  alone.abort();
  await expect(stopped).rejects.toThrow('stopped');
  expect(await cache.get('b', stays, compute)).toEqual(Uint32Array.of(3));
  await cache.get('c', stays, compute);
  // Eight bytes hold two orders of one row: the oldest has gone.
  expect(await cache.get('a', stays, compute)).toEqual(Uint32Array.of(5));
});
