import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp, type TestApp } from '../../testing/build-app.ts';
import { decodeTable } from '../../hosts/cli/arrow-rows.ts';
import type { CheckResult } from '../../../preload/contract/checks.ts';
import { readSuite } from './suite.ts';

const samples = join(import.meta.dirname, '../../../resources/samples');
const theirs = join(import.meta.dirname, 'great-expectations.fixture.json');

async function importText({ client, folder }: TestApp, name: string, text: string): Promise<string[]> {
  const path = join(folder, `${name}.csv`);
  await writeFile(path, text);
  return (await client.datasets.import({ path, name })).notes;
}

const table = [
  'id,name,age,born,joined,ok',
  '1,ann,31,1994-02-01,2026-01-05T10:00:00,true',
  '2,bob,-4,1990-07-30,2026-02-01T08:30:00,false',
  '3,,47,1978-01-15,2026-02-02T00:00:00,true',
  '3,dee,,2031-12-24,2026-02-03T23:59:59,true',
];

async function run(app: TestApp, ...checks: Record<string, unknown>[]): Promise<CheckResult[]> {
  return (await app.client.checks.run({ dataset: 'people', suite: { checks } })).results;
}

test('each kind of check passes and fails where it must, and names the rows', async () => {
  const app = await buildTestApp();
  await importText(app, 'people', table.join('\n'));
  await importText(app, 'names', 'who\nann\nbob\n');
  const found = await run(
    app,
    { check: 'not-null', column: 'name' },
    { check: 'not-null', column: 'name', mostly: 0.75 },
    { check: 'type', column: 'age', type: 'int64' },
    { check: 'type', column: 'age', type: 'utf8' },
    { check: 'range', column: 'age', min: 0 },
    { check: 'range', column: 'born', max: '2026-01-01' },
    { check: 'range', column: 'joined', min: '2026-01-05T10:00:00', max: '2026-02-03' },
    { check: 'set', column: 'name', values: ['ann', 'bob'] },
    { check: 'set', column: 'ok', values: [true] },
    { check: 'regex', column: 'name', pattern: '^[a-c]' },
    { check: 'length', column: 'name', min: 3, max: 3 },
    { check: 'unique', columns: ['id'] },
    { check: 'unique', columns: ['id', 'age'] },
    { check: 'referential', column: 'name', dataset: 'names', in: 'who' },
    { check: 'row-count', min: 4, max: 4 },
    { check: 'row-count', min: 5 },
    { check: 'statistic', column: 'age', statistic: 'mean', min: 24, max: 25 },
    { check: 'statistic', column: 'age', statistic: 'sum', max: 73 },
    { check: 'quantile', column: 'age', q: 0.5, min: 31, max: 31 },
    { check: 'freshness', column: 'joined', days: 100_000 },
    { check: 'sql', sql: 'SELECT * FROM data WHERE age < 0' },
    { check: 'sql', sql: 'SELECT * FROM data JOIN names ON name = who WHERE age > 100' },
  );
  expect(found.map(({ check, passed, failing, rows }) => [check, passed, failing, rows])).toEqual([
    ['not-null', false, 1, [3]],
    ['not-null', true, 1, [3]],
    ['type', true, 0, []],
    ['type', false, 0, []],
    ['range', false, 1, [2]],
    ['range', false, 1, [4]],
    ['range', false, 1, [4]],
    ['set', false, 1, [4]],
    ['set', false, 1, [2]],
    ['regex', false, 1, [4]],
    ['length', true, 0, []],
    ['unique', false, 2, [3, 4]],
    ['unique', true, 0, []],
    ['referential', false, 1, [4]],
    ['row-count', true, 0, []],
    ['row-count', false, 0, []],
    ['statistic', true, 0, []],
    ['statistic', false, 0, []],
    ['quantile', true, 0, []],
    ['freshness', true, 0, []],
    ['sql', false, 1, []],
    ['sql', true, 0, []],
  ]);
  expect(found[4]!.observed).toBe('1 of 3 rows lie outside');
  expect(found[7]!.observed).toBe('1 of 3 rows hold something else: dee');
  expect(found[4]!.says).toBe('age is at least 0');
});

test('a check that cannot be looked at has failed and says why; the others go on', async () => {
  const app = await buildTestApp();
  await importText(app, 'people', table.join('\n'));
  const found = await run(
    app,
    { check: 'not-null', column: 'nope' },
    { check: 'range', column: 'name', min: 0 },
    { check: 'range', column: 'born', min: 'soon' },
    { check: 'regex', column: 'name', pattern: '(' },
    { check: 'referential', column: 'name', dataset: 'gone', in: 'x' },
    { check: 'freshness', column: 'age', days: 3 },
    { check: 'sql', sql: 'DROP TABLE data' },
    { check: 'sql', sql: "SELECT * FROM read_csv('/etc/passwd')" },
    { check: 'not-null', column: 'id' },
  );
  expect(found.map(({ passed }) => passed)).toEqual([...Array.from({ length: 8 }, () => false), true]);
  expect(found.slice(0, 6).map(({ observed }) => observed.split(';')[0])).toEqual([
    'there is no column "nope" in people@1',
    'range: column "name" holds text',
    'range: "soon" is no bound for column "born" of type date',
    'regex: "(" for column "name" is no regular expression: Invalid regular expression: /(/u: Unterminated group',
    'there is no dataset "gone"',
    'freshness: column "age" holds numbers',
  ]);
});

test('a suite is saved in versions, run on import, blocks training, and an override is recorded', async () => {
  const app = await buildTestApp();
  const { client } = app;
  const path = join(samples, 'sacramento.csv');
  await client.datasets.import({ path, name: 'houses' });
  const suite =
    'checks:\n  - check: range\n    column: price\n    max: 500000\n    severity: block\n  - check: not-null\n    column: price\n';
  const saved = await client.checks.save({ dataset: 'houses', suite });
  expect([saved.added, saved.suite.version]).toEqual([true, 1]);
  expect((await client.checks.save({ dataset: 'houses', suite: saved.suite.yaml })).added).toBe(false);
  const ran = await client.checks.run({ dataset: 'houses' });
  expect([ran.verdict, ran.results.map(({ passed }) => passed)]).toEqual(['blocked', [false, true]]);
  const train = () =>
    client.training.run({ recipe: { target: 'price', family: 'baseline' }, dataset: 'houses' });
  await expect(train()).rejects.toThrow(
    /^houses@1 is blocked by its checks: price is at most 500000 \(\d+ of 932 rows lie outside\)\. Mend the data, or record why/,
  );
  await client.checks.override({ dataset: 'houses', why: 'the dear ones are real' });
  expect((await train()).run.status).toBe('done');
  const { checked, override } = await client.checks.results({ dataset: 'houses' });
  expect([checked?.verdict, override?.why]).toEqual(['blocked', 'the dear ones are real']);
  // A new run of the checks ends it.
  await client.checks.run({ dataset: 'houses' });
  await expect(train()).rejects.toThrow('is blocked by its checks');
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  const price = lines[0]!.split(',').findIndex((name) => name.includes('price'));
  const cheap = lines.filter((line, i) => i === 0 || Number(line.split(',')[price]) <= 500_000);
  expect(await importText(app, 'houses', cheap.join('\n'))).toContain('all 2 checks passed');
  expect((await train()).run.status).toBe('done');
  expect((await client.workspaces.verify({})).problems).toEqual([]);
});

test('what is suggested passes on the data it was made from', async () => {
  const { client } = await buildTestApp();
  for (const name of ['sacramento', 'credit', 'chicago-ridership']) {
    await client.datasets.import({ path: join(samples, `${name}.csv`), name });
    const { yaml, checks } = await client.checks.suggest({ dataset: name });
    expect(checks.length).toBeGreaterThan(10);
    const { verdict, results } = await client.checks.run({ dataset: name, suite: yaml });
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
    expect(verdict).toBe('passed');
  }
});

test('a suite of Great Expectations is read, and what has no counterpart is named', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'sacramento.csv'), name: 'houses' });
  const { from, checks, notes, yaml } = await client.checks.read({ path: theirs });
  expect(from).toBe('great-expectations');
  expect(checks.map(({ check }) => check)).toEqual([
    'not-null',
    'not-null',
    'not-null',
    'type',
    'range',
    'set',
    'regex',
    'length',
    'unique',
    'row-count',
    'statistic',
    'quantile',
  ]);
  expect(checks.every(({ severity }) => severity === 'block')).toBe(true);
  expect(notes.map((note) => note.split(':')[0])).toEqual([
    'expect_column_values_to_be_between has no counterpart',
    'expect_column_kl_divergence_to_be_less_than has no counterpart',
  ]);
  const { results } = await client.checks.run({ dataset: 'houses', suite: yaml });
  // Some houses were sold twice at one price: the sample holds them.
  expect(results.filter(({ passed }) => !passed).map(({ says }) => says)).toEqual([
    'latitude, longitude, price are together different in every row',
  ]);
});

test("Model Monitor's files are written, and read again as a suite that passes", async () => {
  const { client, folder } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'credit.csv'), name: 'credit' });
  const { files } = await client.checks.monitor({ dataset: 'credit', dir: join(folder, 'monitor') });
  const [constraints, statistics] = await Promise.all(
    files.map(async (file) => JSON.parse(await readFile(file, 'utf8'))),
  );
  const income = constraints.features.find(({ name }: { name: string }) => name === 'Income');
  expect(income).toMatchObject({ inferred_type: 'Integral', num_constraints: { is_non_negative: true } });
  const { numerical_statistics: numbers } = statistics.features.find(
    ({ name }: { name: string }) => name === 'Income',
  );
  expect(numbers.common.num_present + numbers.common.num_missing).toBe(4454);
  expect(income.completeness).toBeCloseTo(numbers.common.num_present / 4454, 12);
  const counted = numbers.distribution.kll.buckets.reduce(
    (sum: number, { count }: { count: number }) => sum + count,
    0,
  );
  expect(counted).toBeCloseTo(numbers.common.num_present, 6);
  const { from, yaml } = await client.checks.read({ path: files[0]! });
  expect(from).toBe('model-monitor');
  expect((await client.checks.run({ dataset: 'credit', suite: yaml })).verdict).toBe('passed');
});

test('all rows that fail a check are there in windows, with their places, and as a file', async () => {
  const app = await buildTestApp();
  const { client, folder } = app;
  const rows = Array.from({ length: 3000 }, (_, i) => `${i},${i % 10 === 0 ? '=2+3' : 'bob'},${i % 4}`);
  await importText(app, 'people', ['id,row,age', ...rows].join('\n'));
  const suite = {
    checks: [
      { check: 'range', column: 'age', min: 1 },
      { check: 'set', column: 'row', values: ['bob'] },
      { check: 'sql', sql: 'SELECT id, age * 2 AS twice FROM data WHERE age = 3; ' },
      { check: 'row-count', min: 1 },
      { check: 'range', column: 'id', max: 3000 },
    ],
  };
  await client.checks.save({ dataset: 'people', suite });
  const read = async (input: object) => {
    const { table: bytes, ...facts } = await client.checks.failing({
      dataset: 'people',
      rule: '1',
      ...input,
    });
    return { ...facts, decoded: decodeTable(bytes).rows };
  };
  const last = await read({ rule: 'range age', offset: 748, limit: 10 });
  expect([last.rows, last.of, last.numbers, last.check.severity]).toEqual([750, 3000, [2993, 2997], 'warn']);
  expect(last.decoded.map(([id]) => id)).toEqual([2992, 2996]);
  expect((await read({ rule: '5' })).decoded).toEqual([]);
  // SQL makes rows of its own: windows go on from one another.
  const sql = [await read({ rule: 'sql', limit: 400 }), await read({ rule: 'sql', offset: 400, limit: 400 })];
  expect(sql[0]!.fields.map(({ name }) => name)).toEqual(['id', 'twice']);
  expect(sql.map(({ rows: count, numbers }) => [count, numbers])).toEqual([
    [750, undefined],
    [750, undefined],
  ]);
  expect(sql.flatMap(({ decoded }) => decoded)).toEqual(
    Array.from({ length: 750 }, (_, i) => [4 * i + 3, 6]),
  );

  const csv = join(folder, 'failing.csv');
  const { file } = await read({ rule: 'set', out: csv, spreadsheet: true, limit: 1 });
  const text = await readFile(csv, 'utf8');
  expect([file?.rows, file?.format, file?.size]).toEqual([300, 'csv', Buffer.byteLength(text)]);
  expect(text.split('\n').slice(0, 3)).toEqual(['row_number,id,row,age', "1,0,'=2+3,0", "11,10,'=2+3,2"]);
  const parquet = join(folder, 'sql.parquet');
  await read({ rule: '3', out: parquet });
  const { snapshot } = await client.datasets.import({ path: parquet, name: 'again' });
  expect([snapshot.rows, snapshot.columns]).toEqual([750, 2]);

  await expect(read({ rule: 'range' })).rejects.toThrow(/is several checks .* 1 \(age .* 5 \(id/);
  await expect(read({ rule: '6' })).rejects.toThrow('has no check "6"');
  await expect(read({ rule: 'row-count' })).rejects.toThrow('is about the table as a whole');
  await expect(read({ rule: '1', of: 2 })).rejects.toThrow('has no suite 2; its latest is 1');
  await expect(read({ rule: '1', out: join(folder, 'x.txt') })).rejects.toThrow('.csv, .parquet or .arrow');
});

test('an import tells which checks failed, how grave each is, and how many rows', async () => {
  const app = await buildTestApp();
  const { client, folder } = app;
  await importText(app, 'people', table.join('\n'));
  await client.checks.save({
    dataset: 'people',
    suite: {
      checks: [
        { check: 'not-null', column: 'id' },
        { check: 'range', column: 'age', min: 0, severity: 'block' },
        { check: 'row-count', min: 100, severity: 'note' },
      ],
    },
  });
  const path = join(folder, 'next.csv');
  await writeFile(path, [...table, '4,eve,-9,1990-01-01,2026-02-03T00:00:00,true'].join('\n'));
  const { version, checks } = await client.datasets.import({ path, name: 'people' });
  expect(version).toBe(2);
  expect([checks?.verdict, checks?.suite, checks?.of]).toEqual(['blocked', 1, 3]);
  expect(checks?.failed.map(({ number, severity, failing }) => [number, severity, failing])).toEqual([
    [2, 'block', 2],
    [3, 'note', 0],
  ]);
});

function refused(suite: unknown): unknown {
  try {
    return readSuite(suite);
  } catch (error) {
    return (error as Error).message;
  }
}

test('a suite that is none is refused with every problem at its place', () => {
  expect(refused('- a: [')).toMatch(/^it is no suite of checks: /);
  expect(refused('hello: 1')).toBe('it is no suite of checks: expected "checks:" and a list of checks');
  expect(
    refused({
      checks: [
        { check: 'nonsense' },
        { check: 'range', column: 'x', severity: 'fatal' },
        { check: 'not-null', colum: 'x' },
        'unique',
      ],
    }),
  ).toBe(
    'it is no suite of checks: checks[0].check: expected one of not-null, type, range, set, regex, length, unique, referential, row-count, statistic, quantile, freshness, sql, got "nonsense"; checks[1].severity: expected note, warn or block, got "fatal"; checks[2].column: is missing; expected text; checks[2]: unknown key "colum"; checks[3]: expected "check:" and its parameters',
  );
});
