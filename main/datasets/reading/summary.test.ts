import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { importDelimited } from '../importers/delimited/import-delimited.ts';
import { createMemoryObjects } from '../snapshot/memory-objects.ts';
import { writeSnapshot, type Cell } from '../snapshot/write-snapshot.ts';
import { openSnapshot } from './open-snapshot.ts';
import { summarise } from './summarise.ts';

/** Made by summary.fixture.py with pandas and numpy (versions inside). */
const fixture = z
  .object({
    tables: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          missing: z.number(),
          distinct: z.number(),
          min: z.number().optional(),
          max: z.number().optional(),
          mean: z.number().optional(),
          standardDeviation: z.number().optional(),
          quantiles: z.array(z.number()).optional(),
          zeros: z.number().optional(),
          negatives: z.number().optional(),
          histogram: z.array(z.number()).nullable().optional(),
          top: z.array(z.object({ value: z.string(), count: z.number() })).optional(),
        }),
      ),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('summary.fixture.json', import.meta.url), 'utf8')));

async function summaryOfSample(name: string) {
  const store = createMemoryObjects();
  const path = new URL(`../../../resources/samples/${name}.csv`, import.meta.url).pathname;
  const { snapshot } = await importDelimited(
    { path, options: {} },
    { writer: store, signal: new AbortController().signal, progress: () => undefined, log: () => undefined },
  );
  return summarise(store, await openSnapshot(store, snapshot.manifest));
}

test.each(Object.entries(fixture.tables))('%s as pandas and numpy see it', async (name, table) => {
  const summaries = await summaryOfSample(name);
  for (const summary of summaries) {
    const expected = table[summary.name];
    if (!expected) continue;
    expect(summary, summary.name).toMatchObject({
      missing: expected.missing,
      distinct: expected.distinct,
      distinctAtLeast: false,
      top: expected.top ?? [],
    });
    if (expected.mean === undefined) continue;
    const { numeric } = summary;
    expect(numeric).toMatchObject({
      min: expected.min,
      max: expected.max,
      zeros: expected.zeros,
      negatives: expected.negatives,
    });
    // A mean near zero (as of changes) is compared by the size of its terms.
    const scale = expected.standardDeviation ?? 1;
    expect(Math.abs((numeric?.mean ?? NaN) - expected.mean)).toBeLessThanOrEqual(
      1e-12 * (Math.abs(expected.mean) + scale),
    );
    expect(numeric?.standardDeviation).toBeCloseTo(scale, 10 - Math.ceil(Math.log10(scale + 1)));
    expect(Object.values(numeric?.quantiles ?? {})).toEqual(
      expected.quantiles?.map((q) => expect.closeTo(q, 10)),
    );
    const counts = summary.histogram.map(({ count }) => count);
    expect(counts).toEqual(expected.histogram ?? counts);
    expect(summary.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(
      summary.count - summary.missing,
    );
  }
  expect(summaries.filter(({ name: column }) => column in table)).toHaveLength(Object.keys(table).length);
});

async function summaryOf(type: 'float64' | 'bool' | 'utf8' | 'timestamp' | 'int64', values: readonly Cell[]) {
  const store = createMemoryObjects();
  const { manifest } = await writeSnapshot(
    { rows: values.length, columns: [{ name: 'x', type, values }] },
    store,
  );
  const [summary] = await summarise(store, await openSnapshot(store, manifest));
  return summary;
}

test('values that are no numbers are counted, not averaged', async () => {
  const summary = await summaryOf('float64', [
    1,
    Number.NaN,
    Infinity,
    -Infinity,
    3,
    null,
    -0,
    0,
    Number.NaN,
  ]);
  expect(summary).toMatchObject({
    count: 9,
    missing: 1,
    distinct: 6,
    numeric: { min: 0, max: 3, mean: 1, zeros: 2, negatives: 0 },
  });
  expect(await summaryOf('float64', [Number.NaN])).toMatchObject({ numeric: null, histogram: [] });
});

test('columns with nothing, one value, one value only, and the widest range', async () => {
  expect(await summaryOf('float64', [null, null])).toMatchObject({
    missing: 2,
    distinct: 0,
    numeric: null,
    histogram: [],
  });
  expect(await summaryOf('float64', [5.5])).toMatchObject({
    numeric: { min: 5.5, max: 5.5, mean: 5.5, standardDeviation: null },
    histogram: [{ lower: 5.5, upper: 5.5, count: 1 }],
  });
  expect(await summaryOf('int64', [7, 7, 7])).toMatchObject({
    histogram: [{ lower: 7, upper: 8, count: 3 }],
  });
  const widest = await summaryOf('float64', [-Number.MAX_VALUE, Number.MAX_VALUE, 0]);
  expect(widest?.histogram).toHaveLength(20);
  expect(widest?.histogram.every(({ lower, upper }) => Number.isFinite(lower) && lower < upper)).toBe(true);
});

test('truth values and times', async () => {
  expect(await summaryOf('bool', [true, false, true, null])).toMatchObject({
    distinct: 2,
    numeric: null,
    top: [
      { value: 'true', count: 2 },
      { value: 'false', count: 1 },
    ],
  });
  expect(await summaryOf('timestamp', [0, 2_000_000])).toMatchObject({
    numeric: { min: 0, max: 2000, mean: 1000 },
  });
});

test('a million texts are counted up to the bound, and it says so', async () => {
  const values = Array.from({ length: 1_000_100 }, (_, i) => `text ${i}`);
  expect(await summaryOf('utf8', values)).toMatchObject({
    distinct: 1_000_000,
    distinctAtLeast: true,
    top: [],
  });
});
