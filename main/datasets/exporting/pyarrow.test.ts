import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';
import { oracles, runOracle } from '../../testing/python-oracle.ts';

const program = join(import.meta.dirname, 'pyarrow.fixture.py');

const values = {
  amount: ['12345678901234567890123456789.123456789', '-0.000000001', null, '0.000000000', '1.500000000'],
  price: ['1.50', '-99.99', null, '0.01', '7.00'],
  zip: ['02134', '90210', '02134', null, '90210'],
  size: ['large', 'small', null, 'small', 'medium'],
  code: ['30', '200', null, '30', '-1'],
};
const ordered = 'ordered["small","medium","large"]';

test.skipIf(oracles === undefined)(
  'decimals and categories come from pyarrow and pandas, and go back to them',
  async () => {
    const { client, folder } = await buildTestApp();
    await runOracle([program, 'write', folder]);
    const files = ['made.parquet', 'made.arrow', 'made.arrows', 'pandas.feather'];
    const ids: string[] = [];
    for (const [at, file] of files.entries()) {
      const { snapshot } = await client.datasets.import({ path: join(folder, file), name: `made${at}` });
      const { schema } = await client.datasets.show({ dataset: `made${at}` });
      // Parquet keeps no order of levels.
      const size = file === 'made.parquet' ? 'categorical' : ordered;
      expect(
        schema.map(({ name, type }) => [name, type]),
        file,
      ).toEqual([
        ['amount', 'decimal(38,9)'],
        ['price', 'decimal(4,2)'],
        ['zip', 'categorical'],
        ['size', size],
        ['code', 'categorical'],
      ]);
      ids.push(snapshot.id);
    }
    // What the order of a dictionary is, how batches cut it and which levels never occur is no part of the content.
    expect(new Set(ids.slice(1)).size).toBe(1);
    // DuckDB would read another number.
    await expect(client.datasets.import({ path: join(folder, 'wide.parquet') })).rejects.toMatchObject({
      code: 'column-type-refused',
      details: { column: 'amount', type: 'decimal(60, 1)' },
    });
    const out = ['out.arrow', 'out.parquet', 'out.csv'].map((name) => join(folder, name));
    for (const path of out) await client.datasets.export({ dataset: 'made1', path });
    const [arrow, parquet] = out;
    for (const path of [arrow!, parquet!]) {
      const again = await client.datasets.import({ path, name: 'again' });
      expect(again.snapshot.id, path).toBe(ids[1]);
    }
    const columns = Object.fromEntries(
      (await client.datasets.show({ dataset: 'made1' })).schema.map(({ name, type }) => [name, { type }]),
    );
    const csv = await client.datasets.import({ path: out[2]!, name: 'again', options: { columns } });
    expect(csv.snapshot.id).toBe(ids[1]);
    const lines = (await runOracle([program, 'read', arrow!, parquet!])).trim().split('\n');
    for (const line of lines) {
      const read: unknown = JSON.parse(line);
      expect(read).toMatchObject({
        types: { amount: 'decimal128(38,9)', price: 'decimal128(4,2)' },
        values,
        pandas: { amount: 'object', price: 'object', zip: 'category, unordered', size: 'category, ordered' },
      });
    }
    expect(JSON.parse(lines[0]!)).toMatchObject({ levels: ['small', 'medium', 'large'] });
  },
);
