import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { Monotone } from '../../../preload/contract/column-profile.ts';
import { importDelimited } from '../importers/delimited/import-delimited.ts';
import { openSnapshot } from '../reading/open-snapshot.ts';
import { createMemoryObjects } from '../snapshot/memory-objects.ts';
import { writeSnapshot, type Cell } from '../snapshot/write-snapshot.ts';
import { profileColumn } from './profile-column.ts';
import { profileTexts } from './profile-texts.ts';

/** Made by profile.fixture.py with pandas and numpy (versions inside). */
const fixture = z
  .object({
    tables: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          missing: z.number(),
          distinct: z.number(),
          monotone: Monotone.nullable(),
          min: z.number().optional(),
          max: z.number().optional(),
          mean: z.number().optional(),
          standardDeviation: z.number().optional(),
          quantiles: z.array(z.number()).optional(),
          zeros: z.number().optional(),
          negatives: z.number().optional(),
          outliers: z.object({ below: z.number(), above: z.number() }).optional(),
          histogram: z.array(z.number()).nullable().optional(),
          top: z.array(z.object({ value: z.string(), count: z.number() })),
          lengths: z
            .object({ min: z.number(), max: z.number(), mean: z.number(), empty: z.number() })
            .optional(),
        }),
      ),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('profile.fixture.json', import.meta.url), 'utf8')));

async function profilesOfSample(name: string) {
  const store = createMemoryObjects();
  const path = new URL(`../../../resources/samples/${name}.csv`, import.meta.url).pathname;
  const { snapshot } = await importDelimited(
    { path, options: {} },
    { writer: store, signal: new AbortController().signal, progress: () => undefined, log: () => undefined },
  );
  const { columns, rows } = await openSnapshot(store, snapshot.manifest);
  return Promise.all(
    columns.map(async (column) => ({ name: column.name, ...(await profileColumn(store, column, rows)) })),
  );
}

test.each(Object.entries(fixture.tables))('%s as pandas and numpy see it', async (name, table) => {
  const profiles = await profilesOfSample(name);
  for (const profile of profiles) {
    const expected = table[profile.name];
    if (!expected) continue;
    const { lengths } = expected;
    expect(profile, profile.name).toMatchObject({
      missing: expected.missing,
      distinct: expected.distinct,
      monotone: expected.monotone,
      top: expected.top,
      lengths: lengths ?? null,
    });
    if (expected.mean === undefined) continue;
    const { numeric } = profile;
    expect(numeric).toMatchObject({
      min: expected.min,
      max: expected.max,
      zeros: expected.zeros,
      negatives: expected.negatives,
      outliers: expected.outliers,
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
    const counts = profile.histogram.map(({ count }) => count);
    expect(counts).toEqual(expected.histogram ?? counts);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(profile.rows - profile.missing);
  }
  expect(profiles.filter(({ name: column }) => column in table)).toHaveLength(Object.keys(table).length);
});

type Type = 'float64' | 'bool' | 'utf8' | 'date' | 'timestamp' | 'int64';

async function profileOf(type: Type, values: readonly Cell[]) {
  const store = createMemoryObjects();
  const { manifest } = await writeSnapshot(
    { rows: values.length, columns: [{ name: 'x', type, values }] },
    store,
  );
  const { columns, rows } = await openSnapshot(store, manifest);
  return profileColumn(store, columns[0]!, rows);
}

test('values that are no numbers are counted, not averaged', async () => {
  const values = [1, Number.NaN, Infinity, -Infinity, 3, null, -0, 0, Number.NaN];
  expect(await profileOf('float64', values)).toMatchObject({
    rows: 9,
    missing: 1,
    distinct: 6,
    notFinite: 4,
    numeric: { min: 0, max: 3, mean: 1, zeros: 2, negatives: 0 },
  });
  expect(await profileOf('float64', [Number.NaN])).toMatchObject({ numeric: null, histogram: [] });
});

test('columns with nothing, one value, one value only, and the widest range', async () => {
  expect(await profileOf('float64', [null, null])).toMatchObject({
    missing: 2,
    distinct: 0,
    numeric: null,
    histogram: [],
    constant: false,
    monotone: null,
  });
  expect(await profileOf('utf8', [null])).toMatchObject({ distinct: 0, lengths: null, likelyDate: null });
  expect(await profileOf('float64', [5.5])).toMatchObject({
    numeric: { min: 5.5, max: 5.5, mean: 5.5, standardDeviation: null },
    histogram: [{ lower: 5.5, upper: 5.5, count: 1 }],
    constant: true,
  });
  expect(await profileOf('int64', [7, 7, 7])).toMatchObject({
    histogram: [{ lower: 7, upper: 8, count: 3 }],
    numeric: { standardDeviation: 0 },
  });
  const widest = await profileOf('float64', [-Number.MAX_VALUE, Number.MAX_VALUE, 0]);
  expect(widest.histogram).toHaveLength(20);
  expect(widest.histogram.every(({ lower, upper }) => Number.isFinite(lower) && lower < upper)).toBe(true);
  const { min, max, mean, standardDeviation } = widest.numeric!;
  expect([min, max, mean]).toEqual([-Number.MAX_VALUE, Number.MAX_VALUE, 0]);
  expect(standardDeviation).toBe(Number.MAX_VALUE);
});

test('truth values and times', async () => {
  expect(await profileOf('bool', [true, false, true, null])).toMatchObject({
    distinct: 2,
    numeric: null,
    top: [
      { value: 'true', count: 2 },
      { value: 'false', count: 1 },
    ],
  });
  expect(await profileOf('timestamp', [0, 2_000_000, 2_000_000])).toMatchObject({
    numeric: { min: 0, max: 2000, mean: 4000 / 3 },
    top: [
      { value: '1970-01-01T00:00:02.000', count: 2 },
      { value: '1970-01-01T00:00:00.000', count: 1 },
    ],
    monotone: 'non-decreasing',
  });
  // Beyond the years that a Date knows.
  expect(await profileOf('date', [2_000_000_000, 2_000_000_000])).toMatchObject({
    top: [{ value: '2000000000', count: 2 }],
  });
});

test('whole numbers beyond the exact doubles are told apart', async () => {
  const least = 2n ** 53n;
  const values = Array.from({ length: 100 }, (_, i) => least + BigInt(i));
  expect(await profileOf('int64', values)).toMatchObject({ distinct: 100, likelyId: true, top: [] });
  expect((await profileOf('int64', [...values, least + 1n])).top[0]).toEqual({
    value: '9007199254740993',
    count: 2,
  });
});

const many = <T>(of: (i: number) => T): T[] => Array.from({ length: 40 }, (_, i) => of(i));

test('what a column seems to be', async () => {
  expect(
    await profileOf(
      'utf8',
      many((i) => `id-${i}`),
    ),
  ).toMatchObject({ likelyId: true, likelyDate: null });
  expect(
    await profileOf(
      'utf8',
      many((i) => `id-${i % 39}`),
    ),
  ).toMatchObject({ likelyId: false });
  expect(
    await profileOf(
      'float64',
      many((i) => i + 0.5),
    ),
  ).toMatchObject({
    likelyId: false,
    monotone: 'increasing',
  });
  const german = many((i) => (i === 7 ? 'unknown' : `${String((i % 28) + 1).padStart(2, '0')}.03.2024`));
  expect(await profileOf('utf8', german)).toMatchObject({ likelyDate: '%d.%m.%Y' });
  expect(await profileOf('utf8', [...german, 'when', 'never', 'once'])).toMatchObject({ likelyDate: null });
  expect(
    await profileOf(
      'utf8',
      many((i) => `2024-02-${String((i % 28) + 1).padStart(2, '0')}`),
    ),
  ).toMatchObject({
    likelyDate: '%Y-%m-%d',
  });
  expect(
    await profileOf(
      'int64',
      many((i) => 20_240_101 + (i % 28)),
    ),
  ).toMatchObject({ likelyDate: '%Y%m%d' });
  expect(
    await profileOf(
      'int64',
      many((i) => 20_240_101 + i),
    ),
  ).toMatchObject({ likelyDate: null });
  expect(await profileOf('utf8', ['b', 'a', null, 'A'])).toMatchObject({ monotone: 'decreasing' });
  expect(await profileOf('utf8', ['café', 'x'])).toMatchObject({ lengths: { min: 1, max: 4, mean: 2.5 } });
});

test('more texts than are held at once are counted exactly, in several readings', async () => {
  const rows = 200_000;
  const values = Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 'the same' : `text ${i % 90_001}`));
  const store = createMemoryObjects();
  const { manifest } = await writeSnapshot({ rows, columns: [{ name: 'x', type: 'utf8', values }] }, store);
  const { columns } = await openSnapshot(store, manifest);
  const whole = await profileTexts(store, columns[0]!, rows);
  expect(whole.distinct).toBe(new Set(values).size);
  let seen = 0;
  const parts = await profileTexts(store, columns[0]!, rows, {
    held: { texts: 10_000, bytes: 2 ** 20 },
    watch: (block) => (seen += block.rows),
  });
  expect(parts).toEqual(whole);
  expect(seen).toBe(rows);
});
