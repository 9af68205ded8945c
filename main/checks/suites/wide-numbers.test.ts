import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';

/** 2^53: from here on not every whole number is a double. */
const first = 2n ** 53n;

async function importWide() {
  const app = await buildTestApp();
  const path = join(app.folder, 'wide.csv');
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${first + BigInt(i)},${i % 5},${i === 30 ? -(2n ** 63n) : i}`,
  );
  await writeFile(path, ['id,few,far', ...rows].join('\n'));
  await app.client.datasets.import({ path });
  return app;
}

test('the profile of whole numbers beyond 2^53 has ends, order and different values exactly, and says what is rounded', async () => {
  const { client } = await importWide();
  const { columns } = await client.datasets.profile({ dataset: 'wide' });
  const [id, few, far] = columns;
  expect([id?.type, id?.distinct, id?.monotone, id?.likelyId]).toEqual(['int64', 60, 'increasing', true]);
  expect(id?.numeric?.exact).toEqual({ min: '9007199254740992', max: '9007199254741051' });
  expect(far?.numeric?.exact).toEqual({ min: '-9223372036854775808', max: '59' });
  expect(far?.monotone).toBeNull();
  expect(few?.numeric?.exact).toBeUndefined();
});

test('checks tell whole numbers beyond 2^53 apart', async () => {
  const { client, folder } = await importWide();
  const path = join(folder, 'known.csv');
  await writeFile(path, `who\n${Array.from({ length: 59 }, (_, i) => first + BigInt(i)).join('\n')}\n`);
  await client.datasets.import({ path });
  const { results } = await client.checks.run({
    dataset: 'wide',
    suite: {
      checks: [
        { check: 'unique', columns: ['id'] },
        { check: 'set', column: 'id', values: [String(first), String(first + 2n)] },
        { check: 'range', column: 'id', max: String(first + 57n) },
        { check: 'range', column: 'id', min: 0, max: 2 ** 54 },
        { check: 'referential', column: 'id', dataset: 'known', in: 'who' },
        { check: 'range', column: 'far', min: '-9223372036854775807' },
      ],
    },
  });
  expect(results.map(({ check, failing, rows }) => [check, failing, rows.slice(0, 2)])).toEqual([
    ['unique', 0, []],
    ['set', 58, [2, 4]],
    ['range', 2, [59, 60]],
    ['range', 0, []],
    ['referential', 1, [60]],
    ['range', 1, [31]],
  ]);
  expect(results[1]?.observed).toContain('9007199254740993, 9007199254740995');
});

test('unusual rows are told with their values as they are', async () => {
  const { client } = await importWide();
  const { anomalies } = await client.checks.anomalies({ dataset: 'wide', limit: 60 });
  const told = anomalies.flatMap(({ row, because }) =>
    because.flatMap(({ column, value }) => (column === 'id' ? [[row, value]] : [])),
  );
  expect(told.length).toBeGreaterThan(5);
  expect(told).toEqual(told.map(([row]) => [row, String(first + BigInt(Number(row) - 1))]));
});

test('decimals of more than 15 digits are told apart, however their zeros are written', async () => {
  const { client } = await importWide();
  await client.datasets.query({
    sql: `SELECT CAST('1234567890123456789.' || few || '0' AS DECIMAL(25,2)) AS amount, CAST(few / 2 AS DECIMAL(5,2)) AS half FROM wide`,
    save: 'amounts',
  });
  const { results } = await client.checks.run({
    dataset: 'amounts',
    suite: {
      checks: [
        { check: 'set', column: 'amount', values: ['1234567890123456789.10', '1234567890123456789.2'] },
        { check: 'set', column: 'half', values: ['0.50', 1, '1.00', 1.5, '2'] },
        { check: 'referential', column: 'amount', dataset: 'amounts', in: 'amount' },
      ],
    },
  });
  expect(results.map(({ failing }) => failing)).toEqual([36, 12, 0]);
  expect(results[0]?.observed).toContain('something else: 1234567890123456789, 1234567890123456789.3');
});
