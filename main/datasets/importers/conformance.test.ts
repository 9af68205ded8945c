import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ImportOptions } from '../../../preload/contract/import-options.ts';
import { Failure } from '../../../preload/contract/errors.ts';
import type { ImportResult, Inspection } from '../importing/importer.ts';
import { importSource, inspectSource } from '../importing/read-source.ts';
import { createMemoryObjects } from '../snapshot/memory-objects.ts';
import { importers } from './index.ts';

const samples = join(import.meta.dirname, 'samples');
/** The same table, in every format that can be written. */
const tables = [
  'table.csv', 'table.csv.gz', 'table.csv.zst', 'table.json', 'table.jsonl', 'table.parquet', 'groups.parquet', 'table.arrow',
  'table.arrows', 'lz4.feather', 'zstd.feather', 'categories.feather', 'polars.arrow', 'table.sqlite', 'table.duckdb',
]; // prettier-ignore

/** What has to be said to read the table of a sample. */
function given(name: string): ImportOptions {
  return name.endsWith('.sqlite') ? { table: 'table' } : {};
}

async function workplace() {
  const staging = await mkdtemp(join(tmpdir(), 'holdfast-importers-'));
  onTestFinished(() => rm(staging, { recursive: true, force: true }));
  const context = {
    writer: createMemoryObjects(),
    staging,
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
  };
  return {
    staging,
    read: (
      path: string,
      options: ImportOptions = given(path),
      signal = context.signal,
    ): Promise<ImportResult> => importSource({ path, options }, { ...context, signal }),
    look: (path: string, options: ImportOptions = given(path)): Promise<Inspection> =>
      inspectSource({ path, options }, context),
  };
}

test.each(tables)('%s holds the table that the CSV file holds', async (name) => {
  const { read, look } = await workplace();
  const { snapshot, source } = await read(join(samples, name));
  expect(snapshot).toMatchObject({ rows: 100, columns: 8 });
  const columns = name === 'categories.feather' ? { city: { type: 'categorical' as const } } : {};
  const plainId = (await read(join(samples, 'table.csv'), { columns })).snapshot.id;
  expect(snapshot.id).toBe(plainId);
  expect(source).toMatchObject({ file: name, size: (await readFile(join(samples, name))).length });
  const plain = await look(join(samples, 'table.csv'));
  const found = await look(join(samples, name));
  expect(found.columns.map((column) => [column.name, column.type])).toEqual(
    plain.columns.map((column) => [column.name, columns[column.name as 'city']?.type ?? column.type]),
  );
  expect(found.rows).toHaveLength(50);
});

const widened = [
  ['int8', 'int64', ['1', '-2', null]],
  ['uint32', 'int64', ['1', '4294967295', null]],
  ['uint64', 'int64', ['1', '9223372036854775807', null]],
  ['float32', 'float64', ['1.5', null, 'NaN']],
  ['money', 'decimal(3,2)', ['1.50', null, '-2.25']],
  ['units', 'int64', ['12', null, '-7']],
  ['size', 'categorical', ['s', 'm', null]],
  ['second', 'timestamp', ['2024-01-01T00:00:00', null, null]],
  ['nano', 'timestamp', ['2024-01-01T00:00:00.000007', null, null]],
  ['berlin', 'timestamptz', ['2024-01-01T00:00:00Z', null, null]],
  ['clock', 'utf8', ['09:30:00.5', null, null]],
] as const;

test.each(['types.parquet', 'types.feather'])(
  '%s: what has no type of its own here is widened without loss',
  async (name) => {
    const { read, look } = await workplace();
    const path = join(samples, name);
    const options = { omit: ['list', 'struct', 'bytes'] };
    const { columns, rows } = await look(path, options);
    expect(columns.map((column, i) => [column.name, column.type, rows.map((row) => row[i])])).toEqual(
      widened,
    );
    const { notes, snapshot } = await read(path, options);
    expect(notes.join('\n')).toMatch(/column "units": decimal\(9, ?0\) kept as int64/);
    expect(snapshot.columns).toBe(widened.length);
  },
);

test.each([
  ['exact.parquet', 'categorical'],
  ['exact.feather', 'ordered["small","medium","large"]'],
])('%s: decimals and categories have types of their own', async (name, size) => {
  const { look } = await workplace();
  const { columns, rows } = await look(join(samples, name));
  expect(columns.map((column, i) => [column.name, column.type, rows.map((row) => row[i])])).toEqual([
    ['amount', 'decimal(38,9)', ['12345678901234567890123456789.123456789', '-0.000000001', null]],
    ['price', 'decimal(4,2)', ['1.50', null, '-99.99']],
    ['zip', 'categorical', ['02134', null, '90210']],
    ['size', size, ['large', null, 'small']],
  ]);
});

test('the two readers of columnar files agree about every type', async () => {
  const { read } = await workplace();
  const omit = ['list', 'struct', 'bytes'];
  const [parquet, feather] = await Promise.all(
    ['types.parquet', 'types.feather'].map((name) => read(join(samples, name), { omit })),
  );
  expect(parquet?.snapshot.id).toBe(feather?.snapshot.id);
});

test.each(['list', 'struct', 'bytes'])('a column of type %s is refused by name', async (column) => {
  const { read } = await workplace();
  const omit = ['list', 'struct', 'bytes'].filter((name) => name !== column);
  for (const name of ['types.parquet', 'types.feather'])
    await expect(read(join(samples, name), { omit })).rejects.toMatchObject({
      code: 'column-type-refused',
      details: { column },
    });
});

test.each(['table.parquet', 'table.arrow', 'table.jsonl'])(
  '%s: a type can be chosen where nothing is lost',
  async (name) => {
    const { look, read } = await workplace();
    const path = join(samples, name);
    const columns = { count: { type: 'utf8' }, flag: { type: 'int64' }, day: { type: 'timestamp' } } as const;
    const chosen = await look(path, { columns });
    expect(chosen.rows[0]?.slice(0, 2).every((text) => text === null || /^-?\d+$/.test(text))).toBe(true);
    const { snapshot } = await read(path, { columns });
    expect(snapshot.id).not.toBe((await read(path)).snapshot.id);
    await expect(read(path, { columns: { share: { type: 'int64' } } })).rejects.toMatchObject({
      code: 'value-refused',
      details: { column: 'share', reason: expect.stringMatching(/cannot be kept as int64 without loss/) },
    });
    await expect(read(path, { omit: ['nothing'] })).rejects.toMatchObject({ code: 'column-not-found' });
    await expect(read(path, { delimiter: ';' })).rejects.toMatchObject({ code: 'import-option-unused' });
  },
);

test.each(tables)('%s: an import that is stopped ends so', async (name) => {
  const { read } = await workplace();
  await expect(read(join(samples, name), given(name), AbortSignal.abort())).rejects.toMatchObject({
    code: 'cancelled',
  });
});

test.each(tables)('%s: content decides, whatever the name says', async (name) => {
  const { read, staging } = await workplace();
  const path = join(staging, 'a [1]*.txt');
  await writeFile(path, await readFile(join(samples, name)));
  const { snapshot } = await read(path, given(name));
  expect(snapshot.rows).toBe(100);
});

/** Cut short, and with bytes turned: an error in words that names the file, or a table; never a crash. */
const damaged = [...tables, 'book.xlsx'].filter(
  (name) => !['.csv', '.json', '.jsonl'].includes(extname(name)),
);
test.each(damaged)('%s: damage is told in words', async (name) => {
  const { read, staging } = await workplace();
  const bytes = await readFile(join(samples, name));
  const path = join(staging, name);
  for (let i = 0; i < 40; i++) {
    const at = Math.floor((i / 40) * bytes.length);
    const wrong = i % 2 === 0 ? bytes.subarray(0, Math.max(1, at)) : Buffer.from(bytes);
    if (i % 2 === 1) wrong[at] = wrong[at]! ^ (1 << (i % 8));
    await writeFile(path, wrong);
    const problem = await read(path).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (problem === undefined) continue;
    expect(problem, `byte ${at}`).toBeInstanceOf(Failure);
    const { code, message } = problem as Failure;
    expect([code, message]).toEqual([expect.not.stringMatching(/^internal$/), expect.stringContaining(path)]);
  }
});

test('every importer names itself, its extensions and its options', () => {
  for (const { title, extensions, options, format } of importers) {
    expect(title).toMatch(/^[A-Z]/);
    expect(extensions.every((extension) => /^[a-z0-9]+$/.test(extension))).toBe(true);
    expect(options).toContain('columns');
    expect(importers.filter((one) => one.format === format)).toHaveLength(1);
  }
});

test('a small file that unpacks to a disk full is refused', async () => {
  const { read, staging } = await workplace();
  const { gzipSync } = await import('node:zlib');
  const path = join(staging, 'bomb.csv.gz');
  await writeFile(path, gzipSync(Buffer.alloc(80 * 2 ** 20, 'a')));
  await expect(read(path)).rejects.toMatchObject({ code: 'file-expands' });
});

test('a workbook: its first sheet, or the one that is named; types of its cells', async () => {
  const { look, read } = await workplace();
  const path = join(samples, 'book.xlsx');
  const first = await look(path);
  expect(first.tables).toEqual(['People & places', 'numbers']);
  expect(first.columns.map(({ name, type }) => [name, type])).toEqual([
    ['name', 'utf8'],
    ['count', 'int64'],
    ['share', 'float64'],
    ['flag', 'bool'],
    ['day', 'date'],
    ['at', 'timestamp'],
    ['mixed', 'utf8'],
  ]);
  expect(first.rows[1]).toEqual(['p1', '1', '0.25', 'false', '2024-02-02', '2024-02-02T09:30:00', '1']);
  expect(first.rows[0]?.[0]).toBeNull();
  const second = await look(path, { sheet: 'numbers' });
  expect(second.columns.map(({ name, type }) => [name, type])).toEqual([
    ['column_1', 'int64'],
    ['column_2', 'float64'],
  ]);
  expect((await read(path, { sheet: 'numbers', header: true })).snapshot.rows).toBe(4);
  await expect(look(path, { sheet: 'none' })).rejects.toMatchObject({
    code: 'import-choice',
    details: { known: ['People & places', 'numbers'] },
  });
});

test.each(['table.sqlite', 'table.duckdb'])(
  '%s: a table or a query, and nothing that writes',
  async (name) => {
    const { look, read } = await workplace();
    const path = join(samples, name);
    const table = name === 'table.sqlite' ? '"table"' : 'source';
    const before = await readFile(path);
    const query = `SELECT city, count(*) AS n FROM ${table} GROUP BY city ORDER BY city`;
    expect((await look(path, { query })).rows.map(([city]) => city)).toEqual(['Oslo', 'Paris', 'Rome']);
    for (const wrong of [
      `DELETE FROM ${table}`,
      'SELECT nothing',
      'SELECT 1; SELECT 2',
      "ATTACH '/tmp/x' AS y",
    ])
      await expect(read(path, { query: wrong }), wrong).rejects.toMatchObject({ code: 'import-query' });
    await expect(read(path, { table: 'none' })).rejects.toMatchObject({ code: 'import-choice' });
    expect(await readFile(path)).toEqual(before);
  },
);

test('JSON: the place of a fault, and what is not a table', async () => {
  const { read, staging } = await workplace();
  const path = join(staging, 'x.jsonl');
  const cases = [
    ['{"a":1}\n{"a":oops}\n', 'file-damaged', /line|record/],
    ['{"a":1,"a":2}\n', 'file-damaged', /duplicate key "a"/],
    ['{"a":"\\ud800"}\n', 'file-damaged', /surrogate/],
    ['{"a":[1,2]}\n', 'column-type-refused', /list/],
    ['{"a":1}\n{"a":{"b":1}}\n', 'values-refused', /column "a"/],
  ] as const;
  for (const [text, code, words] of cases) {
    await writeFile(path, text);
    await expect(read(path), text).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
  }
  await writeFile(path, '{"a":1}\n{"a":"x"}\n{"a":true,"big":18446744073709551615}\n');
  const { columns, rows } = await (await workplace()).look(path);
  expect(columns.map(({ type }) => type)).toEqual(['utf8', 'utf8']);
  expect(rows).toEqual([
    ['1', null],
    ['x', null],
    ['true', '18446744073709551615'],
  ]);
});

test('JSON: a record of many fields has many columns, and one of far too many is refused at once', async () => {
  const { read, look } = await workplace();
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-wide-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const write = async (name: string, fields: number): Promise<string> => {
    const path = join(folder, name);
    const record = Object.fromEntries(Array.from({ length: fields }, (_, i) => [`c{"${i}`, i]));
    await writeFile(path, JSON.stringify([record, record]));
    return path;
  };
  const { snapshot } = await read(await write('some.json', 300));
  expect(snapshot).toMatchObject({ rows: 2, columns: 300 });
  await expect(look(await write('many.json', 100_000))).rejects.toMatchObject({
    code: 'csv-too-many-columns',
    details: { columns: 100_000 },
  });
});
