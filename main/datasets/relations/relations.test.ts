import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { buildTestApp } from '../../testing/build-app.ts';
import { openSnapshot } from '../reading/open-snapshot.ts';
import { createMemoryObjects } from '../snapshot/memory-objects.ts';
import { writeSnapshot } from '../snapshot/write-snapshot.ts';
import { associate } from './associate.ts';

const number = z.number().nullable();

/** Made by relations.fixture.py with pandas and scipy (versions inside). */
const fixture = z
  .object({
    tables: z.record(
      z.string(),
      z.object({
        pairs: z.array(
          z.object({
            a: z.string(),
            b: z.string(),
            pearson: number.optional(),
            spearman: number.optional(),
            cramersV: number.optional(),
            correlationRatio: number.optional(),
          }),
        ),
        complete: z.int(),
        patterns: z.record(z.string(), z.int()),
        together: z.array(z.object({ a: z.string(), b: z.string(), phi: z.number() })),
        duplicates: z.int(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('relations.fixture.json', import.meta.url), 'utf8')));

const samples = new URL('../../../resources/samples/', import.meta.url).pathname;

test.each(Object.entries(fixture.tables))('%s as pandas and scipy see it', async (name, expected) => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, `${name}.csv`) });
  const { associations, missing, duplicates } = await client.datasets.relations({ dataset: name });
  expect(associations.leftOut).toEqual([]);
  const place = (column: string): number => associations.columns.findIndex((one) => one.name === column);
  for (const { a, b, ...measures } of expected.pairs) {
    for (const measure of ['pearson', 'spearman', 'cramersV', 'correlationRatio'] as const) {
      const found = associations[measure][place(a)]?.[place(b)];
      expect(associations[measure][place(b)]?.[place(a)]).toBe(found);
      expect(Math.abs((found ?? 9) - (measures[measure] ?? 9)), `${measure} of ${a}, ${b}`).toBeLessThan(
        1e-10,
      );
    }
  }
  expect(missing.complete).toBe(expected.complete);
  const patterns = missing.patterns.map(({ columns, rows }) => [columns.toSorted().join(','), rows]);
  expect(Object.fromEntries(patterns)).toEqual(expected.patterns);
  expect(missing.different).toBe(patterns.length);
  const lacking = (column: string): number => missing.columns.findIndex((one) => one.name === column);
  for (const { a, b, phi } of expected.together)
    expect(missing.together[lacking(a)]?.[lacking(b)]).toBeCloseTo(phi, 10);
  expect(duplicates.rows).toBe(expected.duplicates);
});

test('rows that occur again, columns that take no part, and what is kept', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'again.csv');
  const ids = Array.from({ length: 1100 }, (_, i) => `id-${i},${i % 7},same`);
  await writeFile(
    path,
    ['id,n,c', ...ids, 'id-0,0,same', 'id-1,1,same', 'id-0,0,same', 'id-2,9,same'].join('\n'),
  );
  await client.datasets.import({ path });
  const first = await client.datasets.relations({ dataset: 'again' });
  expect(first.duplicates).toEqual({
    rows: 3,
    groups: 2,
    examples: [
      { row: 1101, like: 1 },
      { row: 1102, like: 2 },
      { row: 1103, like: 1 },
    ],
  });
  expect(first.associations.leftOut).toEqual([
    { name: 'id', reason: 'many-values' },
    { name: 'c', reason: 'one-value' },
  ]);
  expect(first.missing).toEqual({ columns: [], complete: 1104, different: 0, patterns: [], together: [] });
  const { objects } = (await client.workspaces.info({})).workspace.counts;
  expect(await client.datasets.relations({ dataset: 'again' })).toEqual(first);
  expect((await client.workspaces.info({})).workspace.counts.objects).toBe(objects);
  await client.datasets.delete({ dataset: 'again' });
  expect((await client.datasets.empty({})).after).toEqual({ objects: 0, bytes: 0 });
});

test('beyond what fits in memory evenly spaced rows are looked at, and it says how many', async () => {
  const store = createMemoryObjects();
  const rows = 70_000;
  const values = Array.from({ length: rows }, (_, i) => i);
  const { manifest } = await writeSnapshot(
    {
      rows,
      columns: [
        { name: 'up', type: 'int64', values },
        { name: 'down', type: 'float64', values: values.map((i) => (i % 1000 === 0 ? null : -Math.sqrt(i))) },
        { name: 'half', type: 'bool', values: values.map((i) => i >= rows / 2) },
      ],
    },
    store,
  );
  const context = { reader: store, signal: new AbortController().signal, progress: () => undefined };
  const found = await associate(await openSnapshot(store, manifest), context, { cells: 30_000 });
  expect(found.rows).toBe(10_000);
  expect(found.spearman[0]?.[1]).toBeCloseTo(-1, 12);
  expect(found.correlationRatio[0]?.[2]).toBeCloseTo(Math.sqrt(0.75), 4);
  expect(found.pearson[2]?.[2]).toBeNull();
});
