import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Failure } from '../../../preload/contract/errors.ts';
import { openDatabase } from '../../platform/database/index.ts';
import { buildTestApp } from '../../testing/build-app.ts';

const Expected = z.object({
  id: z.string(),
  experiment: z.string(),
  name: z.string(),
  status: z.string(),
  start: z.number(),
  end: z.number().nullable(),
  params: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  last: z.record(z.string(), z.string()),
  history: z.record(z.string(), z.array(z.tuple([z.number(), z.number(), z.string()]))),
});
const Fixture = z.object({
  database: z.array(z.string()),
  folder: z.record(z.string(), z.string()),
  expected: z.object({ database: z.array(Expected), folder: z.array(Expected) }),
});

/** Stores as MLflow 3.17 itself made them, and what its own client reads from them. */
const fixture = Fixture.parse(
  JSON.parse(await readFile(new URL('mlflow.fixture.json', import.meta.url).pathname, 'utf8')),
);

async function writeDatabase(path: string): Promise<void> {
  const db = openDatabase(path);
  db.exec('PRAGMA foreign_keys = OFF');
  for (const statement of fixture.database) db.exec(statement);
  db.close();
}

async function writeFolder(path: string): Promise<void> {
  for (const [name, text] of Object.entries(fixture.folder)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
}

const failureOf = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Failure ? error : undefined),
  );

const ends: Readonly<Record<string, string>> = { FINISHED: 'done', FAILED: 'failed', RUNNING: 'interrupted' };
/** The SQLite store of MLflow has the greatest number in place of an infinity, and its client tells that. */
const finite = (text: string): number | null =>
  Math.abs(Number(text)) < Number.MAX_VALUE ? Number(text) : null;

describe.each([
  ['mlflow.db', writeDatabase, fixture.expected.database],
  ['mlruns', writeFolder, fixture.expected.folder],
] as const)('runs read from %s', (name, write, expected) => {
  test('are those that MLflow reads, with their ids, and reading twice changes nothing', async () => {
    const { client, folder } = await buildTestApp();
    const path = join(folder, name);
    await write(path);
    expect(await client.runs.import({ path })).toMatchObject({
      added: 4,
      changed: 0,
      unchanged: 0,
      deleted: 1,
      notFinite: 2,
    });
    const { rows } = await client.runs.list({ sort: 'created', ascending: true });
    expect(rows.map(({ id, origin, status }) => [id, origin, status])).toEqual(
      expected.map(({ id, status }) => [id, 'mlflow', ends[status]]),
    );
    for (const one of expected) {
      const run = await client.runs.imported({ run: one.id });
      expect(run).toMatchObject({ experiment: one.experiment, name: one.name, params: one.params });
      expect(run.tags).toEqual({ ...one.tags, 'mlflow.status': one.status });
      expect([run.created, run.finished]).toEqual(
        [one.start, one.end].map((at) => (at === null ? null : new Date(at).toISOString())),
      );
      expect(Object.fromEntries(run.metrics.map((metric) => [metric.name, metric.last]))).toEqual(
        Object.fromEntries(Object.entries(one.last).map(([key, value]) => [key, finite(value)])),
      );
      const stepped = run.metrics.filter(({ points }) => points.length > 0);
      for (const metric of stepped)
        expect(metric.points.map(({ step, at, value }) => [step, Date.parse(at), value])).toEqual(
          one.history[metric.name]?.map(([step, at, value]) => [step, at, finite(value)]),
        );
      const several = Object.values(one.history).some((points) => points.length > 1);
      expect(stepped.length > 0).toBe(several);
    }
    const records = (await client.lineage.journal({})).records.length;
    expect(await client.runs.import({ path: name === 'mlruns' ? folder : path })).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 4,
    });
    expect((await client.lineage.journal({})).records).toHaveLength(records);
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  });

  test('stand in the table among the others, with parameters, metrics and tags as columns', async () => {
    const { client, folder } = await buildTestApp();
    const path = join(folder, name);
    await write(path);
    await client.runs.import({ path });
    const { rows, columns } = await client.runs.list({
      columns: ['rmse', 'alpha', 'experiment', 'tag.team', 'note'],
      filter: 'alpha<1',
      sort: 'rmse',
      ascending: true,
    });
    expect(columns).toEqual(['metric.rmse', 'params.alpha', 'experiment', 'tag.team', 'note']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      [7, 0.001, 'prices', null, null],
      [7.75, 0.1, 'prices', 'north', 'the first that works'],
    ]);
    const [first] = rows;
    await client.runs.mark({ run: first?.id ?? '', tags: ['best'], note: 'to be made again' });
    expect((await client.runs.list({ filter: 'best' })).shown).toBe(1);
  });
});

test('a run that went on there is read again, the others stay', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'mlflow.db');
  await writeDatabase(path);
  await client.runs.import({ path });
  const unfinished = fixture.expected.database.find(({ status }) => status === 'RUNNING');
  const db = openDatabase(path);
  db.run(
    `UPDATE runs SET status = 'FINISHED', end_time = start_time + 2000 WHERE run_uuid = ?`,
    unfinished?.id ?? '',
  );
  db.close();
  expect(await client.runs.import({ path })).toMatchObject({ added: 0, changed: 1, unchanged: 3 });
  expect(await client.runs.imported({ run: unfinished?.id ?? '' })).toMatchObject({
    status: 'done',
    duration: 2,
  });
});

test('what is no history of MLflow, or a damaged one, is said to be so, and nothing is kept', async () => {
  const { client, folder } = await buildTestApp();
  const codeOf = async (path: string) => {
    const failure = await failureOf(client.runs.import({ path }));
    const reason = failure?.details['reason'];
    return [failure?.code, typeof reason === 'string' ? reason : ''];
  };
  expect(await codeOf(join(folder, 'nowhere'))).toEqual(['file-not-found', '']);
  await writeFile(
    join(folder, 'notes.txt'),
    'no database at all, but text that is long enough to be one\n'.repeat(20),
  );
  expect(await codeOf(join(folder, 'notes.txt'))).toEqual([
    'runs-history-unknown',
    'it is not an SQLite database',
  ]);
  const other = openDatabase(join(folder, 'other.db'));
  other.exec('CREATE TABLE experiments (experiment_id INTEGER, name TEXT); CREATE TABLE runs (id TEXT)');
  other.close();
  expect(await codeOf(join(folder, 'other.db'))).toEqual([
    'runs-history-unknown',
    'its table "runs" has no column "run_uuid"',
  ]);
  await mkdir(join(folder, 'empty'));
  expect(await codeOf(join(folder, 'empty'))).toEqual([
    'runs-history-unknown',
    'no folder in it has a meta.yaml of an experiment',
  ]);

  const path = join(folder, 'mlflow.db');
  await writeDatabase(path);
  const bytes = await readFile(path);
  // Beyond the first page, which tells the tables, nothing is as it was.
  await writeFile(
    join(folder, 'damaged.db'),
    Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 7)]),
  );
  expect((await codeOf(join(folder, 'damaged.db')))[0]).toBe('file-damaged');

  const runs = join(folder, 'mlruns');
  await writeFolder(runs);
  const [metric = ''] = Object.keys(fixture.folder).filter((name) => name.endsWith('/metrics/rmse'));
  await writeFile(join(runs, metric), '1767225600000 much 0\n');
  expect(await codeOf(runs)).toEqual([
    'file-damaged',
    'line 1: expected MOMENT VALUE STEP, got "1767225600000 much 0"',
  ]);
  expect((await client.runs.list({})).total).toBe(0);
});
