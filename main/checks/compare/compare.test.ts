import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { NumberValues, TextValues } from '../../datasets/index.ts';
import { createRandom } from '../../platform/random.ts';
import { buildTestApp, type TestApp } from '../../testing/build-app.ts';
import { binColumn } from './bins.ts';
import { trainDomainClassifier } from './classifier.ts';
import { differ } from './columns.ts';
import { findSegments } from './segments.ts';
import { judge, verdictOf } from './verdict.ts';

function numbers(name: string, values: Float64Array): NumberValues {
  return { kind: 'number', name, type: 'float64', values, present: undefined };
}

function texts(name: string, levels: readonly string[], codes: Int32Array): TextValues {
  return { kind: 'text', name, type: 'utf8', levels, codes };
}

/** Six columns from the same distributions; `shift` standard deviations added to the first. */
function drawTable(seed: number, rows: number, shift = 0) {
  const random = createRandom(seed);
  const draw = (of: () => number): Float64Array => Float64Array.from({ length: rows }, of);
  const levels = ['a', 'b', 'c', 'd', 'e'];
  return [
    numbers(
      'normal',
      draw(() => random.normal() + shift),
    ),
    numbers(
      'skewed',
      draw(() => Math.exp(random.normal())),
    ),
    numbers(
      'counts',
      draw(() => random.integer(6)),
    ),
    numbers(
      'gaps',
      draw(() => (random.uniform() < 0.1 ? Number.NaN : random.uniform())),
    ),
    texts(
      'kind',
      levels,
      Int32Array.from({ length: rows }, () => Math.floor(5 * random.uniform() ** 2)),
    ),
    texts(
      'flag',
      ['no', 'yes'],
      Int32Array.from({ length: rows }, () => (random.uniform() < 0.02 ? 1 : 0)),
    ),
  ];
}

function judgeTables(a: ReturnType<typeof drawTable>, b: ReturnType<typeof drawTable>) {
  const rows = a[0]!.kind === 'number' ? a[0]!.values.length : 0;
  const otherRows = b[0]!.kind === 'number' ? b[0]!.values.length : 0;
  const found = a.map((column, i) => ({
    name: column.name,
    type: column.type,
    difference: differ(column, b[i]!),
  }));
  const columns = judge(found, rows, otherRows);
  const bins = a.map((column, i) => binColumn(column.name, column, b[i]!));
  return { columns, bins, rows, otherRows, ...verdictOf(columns, rows, otherRows) };
}

test.each([
  [8, 200],
  [500, 100],
  [50_000, 20],
])('the same distribution, %d rows, %d seeds: no alarm in at least 95 % of them', (rows, seeds) => {
  let alarms = 0;
  let segments = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const judged = judgeTables(drawTable(2 * seed + 1, 5000), drawTable(2 * seed + 2, rows));
    if (judged.verdict === 'shifted') alarms++;
    if (findSegments(judged.bins, 5000, rows).unlike > 0) segments++;
  }
  expect(alarms).toBeLessThanOrEqual(0.05 * seeds);
  expect(segments).toBeLessThanOrEqual(0.05 * seeds);
});

test('a shift of 0.3 standard deviations at 2,000 rows is found, and only it is named', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { columns } = judgeTables(drawTable(seed, 2000), drawTable(seed + 1000, 2000, 0.3));
    expect(columns.filter(({ verdict }) => verdict === 'shifted').map(({ name }) => name)).toEqual([
      'normal',
    ]);
    const { effect } = columns[0]!;
    expect(effect!.low).toBeLessThan(0.3 + 0.1);
    expect(effect!.high).toBeGreaterThan(0.3 - 0.1);
  }
});

test('eight rows are too few to call alike, and the sentence says what they could show', () => {
  const { verdict, sentence } = judgeTables(drawTable(1, 5000), drawTable(2, 8));
  expect(verdict).toBe('too-few');
  expect(sentence).toBe(
    'no difference shows, but 8 rows against 5,000 show only differences of 0.99 standard deviations and more',
  );
});

test('a classifier cannot tell the same from the same, and tells a shift', () => {
  const options = { seed: 1, signal: new AbortController().signal };
  const same = judgeTables(drawTable(5, 3000), drawTable(6, 3000));
  const alike = trainDomainClassifier(same.bins, { rows: 3000, otherRows: 3000, ...options })!;
  expect(alike.low).toBeLessThan(0.5 + 0.02);
  expect(alike.auc).toBeLessThan(0.54);
  const moved = judgeTables(drawTable(5, 3000), drawTable(6, 3000, 1));
  const apart = trainDomainClassifier(moved.bins, { rows: 3000, otherRows: 3000, ...options })!;
  // Two normals one standard deviation apart: Φ(1/√2) = 0.760.
  expect(apart.auc).toBeGreaterThan(0.73);
  expect(apart.auc).toBeLessThan(0.78);
});

async function importText({ client, folder }: TestApp, name: string, text: string): Promise<void> {
  const path = join(folder, `${name}.csv`);
  await writeFile(path, text);
  await client.datasets.import({ path, name });
}

test('parts that the reference has no row of are named, with rows to look at', async () => {
  const app = await buildTestApp();
  const random = createRandom(3);
  const line = (zip: string, beds: number) => `${zip},${beds},${(100 + random.normal()).toFixed(2)}`;
  const zips = ['z1', 'z2', 'z3'];
  // z3 never has six beds or more in the reference; z9 does not occur.
  const reference = Array.from({ length: 3000 }, () => {
    const zip = zips[random.integer(3)]!;
    return line(zip, zip === 'z3' ? 1 + random.integer(4) : 1 + random.integer(8));
  });
  const other = [
    ...Array.from({ length: 300 }, () => line('z1', 1 + random.integer(8))),
    ...Array.from({ length: 60 }, () => line('z3', 7 + random.integer(2))),
    ...Array.from({ length: 40 }, () => line('z9', 2)),
  ];
  await importText(app, 'trained', `zip,beds,size\n${reference.join('\n')}\n`);
  await importText(app, 'live', `zip,beds,size\n${other.join('\n')}\n`);
  const found = await app.client.checks.compare({ reference: 'trained', other: 'live' });
  expect(found.verdict).toBe('shifted');
  expect(found.unlike.rows).toBe(100);
  const segments = found.unlike.segments.map(({ segment, rows }) => [segment, rows]);
  expect(segments).toContainEqual(['zip = z9', 40]);
  expect(
    segments.some(
      ([segment]) => String(segment).startsWith('zip = z3, ') && String(segment).includes('beds >= '),
    ),
  ).toBe(true);
  expect(found.unlike.segments.find(({ segment }) => segment === 'zip = z9')?.examples).toEqual([
    361, 362, 363, 364, 365,
  ]);
  expect(await app.client.checks.compare({ reference: 'trained', other: 'live' })).toEqual(found);
});

test('columns that are not shared or changed their type are said, and excluded ones are not looked at', async () => {
  const app = await buildTestApp();
  await importText(
    app,
    'a',
    `id,x,y,gone\n${Array.from({ length: 30 }, (_, i) => `${i},${i % 5},w,1`).join('\n')}\n`,
  );
  await importText(
    app,
    'b',
    `id,x,y,new\n${Array.from({ length: 30 }, (_, i) => `${i + 900},${i % 5},3,1`).join('\n')}\n`,
  );
  const found = await app.client.checks.compare({ reference: 'a', other: 'b', exclude: ['id'] });
  expect(found).toMatchObject({
    onlyInReference: ['gone'],
    onlyInOther: ['new'],
    retyped: [{ name: 'y', reference: 'utf8', other: 'int64' }],
  });
  expect(found.columns.map(({ name }) => name)).toEqual(['x']);
});

test('a column that is all missing in eight rows is no accident', async () => {
  const app = await buildTestApp();
  await importText(
    app,
    'a',
    `x,y\n${Array.from({ length: 3000 }, (_, i) => `${i % 7},${i % 5}`).join('\n')}\n`,
  );
  await importText(
    app,
    'b',
    `x,y\n${Array.from({ length: 8 }, (_, i) => `${i === 0 ? '1' : ''},${i % 5}`).join('\n')}\n`,
  );
  const { columns } = await app.client.checks.compare({ reference: 'a', other: 'b' });
  expect(columns.map(({ verdict }) => verdict)).toEqual(['shifted', 'too-few']);
  expect(columns[0]!.sentence).toBe('x: 87.5 % are missing, 0 % in the reference');
});

test('tables that share no column are refused, with what each has', async () => {
  const app = await buildTestApp();
  await importText(app, 'a', 'x,y\n1,2\n2,3\n');
  await importText(app, 'b', 'p,q\n1,2\n2,3\n');
  await expect(app.client.checks.compare({ reference: 'a', other: 'b' })).rejects.toThrow(
    'the tables have no column of one name and type to compare; one has x, y, the other p, q',
  );
});
