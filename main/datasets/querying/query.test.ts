import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';

async function withNumbers() {
  const built = await buildTestApp();
  const path = join(built.folder, 'numbers.csv');
  await writeFile(
    path,
    `city,n,x\n${Array.from({ length: 3000 }, (_, i) => `c${i % 3},${i},${(i / 2).toFixed(2)}`).join('\n')}\n`,
  );
  await built.client.datasets.import({ path });
  await writeFile(path, 'city,n,x\nc9,7,1.5\n');
  await built.client.datasets.import({ path });
  const ask = async (sql: string, more: { limit?: number; save?: string } = {}) => {
    const { value, table } = await built.app.dispatch('datasets.query', { sql, ...more });
    const rows = tableFromIPC(table)
      .toArray()
      .map((row) => Object.values(row.toJSON() as Record<string, unknown>));
    return {
      ...(value as { rows: number; columns: { name: string; type: string }[]; read: string[] }),
      rows,
      count: (value as { rows: number }).rows,
    };
  };
  return { ...built, ask };
}

test('each dataset is a table of its name, older versions by NAME@N', async () => {
  const { ask } = await withNumbers();
  const sums = await ask(
    'SELECT city, count(*) AS rows, sum(n) AS total, avg(x) AS mean FROM "numbers@1" GROUP BY city ORDER BY city',
  );
  expect(sums.rows).toEqual([
    ['c0', 1000n, 1498500n, 749.25],
    ['c1', 1000n, 1499500n, expect.any(Number)],
    ['c2', 1000n, 1500500n, expect.any(Number)],
  ]);
  expect(sums.columns.map(({ type }) => type)).toEqual(['utf8', 'int64', 'int64', 'float64']);
  expect(sums.read).toEqual(['numbers@1']);
  expect((await ask('SELECT count(*) FROM numbers')).rows).toEqual([[1n]]);
  const joined = await ask('SELECT a.n FROM numbers a JOIN "numbers@1" b USING (n) -- a comment\n;');
  expect(joined.rows).toEqual([[7n]]);
  expect(joined.read).toEqual(['numbers@2', 'numbers@1']);
});

test('the first rows are shown, all are counted, in the order of the table', async () => {
  const { ask } = await withNumbers();
  const found = await ask('SELECT n FROM "numbers@1"', { limit: 10 });
  expect(found.count).toBe(3000);
  expect(found.rows).toEqual(Array.from({ length: 10 }, (_, i) => [BigInt(i)]));
});

test('a result can be kept: the next version of a dataset, whose lineage names the SQL and what it read', async () => {
  const { client, ask } = await withNumbers();
  const sql = 'SELECT city, max(n) AS most FROM "numbers@1" GROUP BY city ORDER BY city';
  await ask(sql, { save: 'most' });
  const { version, schema } = await client.datasets.show({ dataset: 'most' });
  expect(schema).toEqual([
    { name: 'city', type: 'utf8' },
    { name: 'most', type: 'int64' },
  ]);
  const parent = await client.datasets.show({ dataset: 'numbers@1' });
  expect(version.source?.query).toEqual({
    sql,
    parents: [{ dataset: 'numbers', version: 1, snapshot: parent.version.snapshot.id }],
  });
  await ask(sql, { save: 'most' });
  expect((await client.datasets.show({ dataset: 'most' })).versions).toHaveLength(1);
  const { edges } = await client.lineage.show({ id: 'most' });
  expect(edges).toContainEqual({
    from: `snapshot:${parent.version.snapshot.id}`,
    to: `snapshot:${version.snapshot.id}`,
    how: 'query',
  });
});

test.each([
  ['DROP TABLE numbers', 'query-not-select'],
  ['CREATE TABLE x AS SELECT 1', 'query-not-select'],
  ['INSERT INTO numbers VALUES (1)', 'query-not-select'],
  ["COPY (SELECT 1) TO 'out.csv'", 'query-not-select'],
  ["ATTACH 'x.db'", 'query-not-select'],
  ['SELECT 1; SELECT 2', 'query-not-select'],
  ['SET memory_limit = 1', 'query-not-select'],
  ['PRAGMA database_list', 'query-not-select'],
  ['INSTALL httpfs', 'query-not-select'],
  ["SELECT * FROM read_csv('/etc/passwd')", 'query-failed'],
  ["SELECT * FROM '/etc/passwd'", 'query'],
  ["SELECT * FROM read_text('/etc/passwd')", 'query-failed'],
  ["SELECT * FROM glob('/*')", 'query-failed'],
  ["SELECT * FROM 'https://example.com/x.parquet'", 'query'],
  ['SELECT * FROM nothing', 'query-table'],
  ['SELECT nothing FROM numbers', 'query-failed'],
  ['SELECT [1, 2] AS l', 'query-column'],
  ['SELEC 1', 'query-not-select'],
  ['SELECT FROM WHERE', 'query-failed'],
  ['', 'input-invalid'],
  [' ', 'query-not-select'],
  ['WITH x AS (SELECT 1) INSERT INTO numbers SELECT * FROM x', 'query'],
])('%s is refused', async (sql, code) => {
  const { ask, folder } = await withNumbers();
  const before = await readdir(folder);
  await expect(ask(sql)).rejects.toMatchObject({
    code: expect.stringMatching(new RegExp(code)),
  });
  expect(await readdir(folder)).toEqual(before);
});

test('a query that runs for long is stopped', async () => {
  const { app } = await withNumbers();
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 200);
  const sql = 'SELECT sum(a.range * b.range) FROM range(10000000) a, range(1000000) b';
  await expect(app.dispatch('datasets.query', { sql }, { signal: controller.signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
});
