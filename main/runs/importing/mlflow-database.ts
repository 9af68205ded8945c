import { fail } from '../../../preload/contract/errors.ts';
import { openSqlite } from '../../datasets/index.ts';
import { sqliteCode, type ForeignDb, type Value } from '../../platform/database/index.ts';
import { byStep, type ForeignHistory, type ForeignRun, type MetricPoint } from './foreign-run.ts';

/** Columns that are read of each table; those in brackets came with later versions of MLflow. */
const schema = {
  experiments: ['experiment_id', 'name', '[lifecycle_stage]'],
  runs: ['run_uuid', 'experiment_id', 'status', 'start_time', 'end_time', '[name]', '[user_id]', '[lifecycle_stage]'],
  metrics: ['run_uuid', 'key', 'value', 'timestamp', '[step]', '[is_nan]'],
  params: ['run_uuid', 'key', 'value'],
  tags: ['run_uuid', 'key', 'value'],
} as const; // prettier-ignore

type Table = keyof typeof schema;

/** MLflow's SQLite store writes infinities as the greatest finite number. */
const greatest = Number.MAX_VALUE;

/** Reads the SQLite store of MLflow (`mlflow.db`), in one pass over each table. */
export async function openMlflowDatabase(path: string, staging: string): Promise<ForeignHistory> {
  const db = await openSqlite(path, staging);
  let deleted = 0;
  try {
    const select = selects(db, path);
    return {
      runs: guarded(path, () => readRuns(db, select, () => (deleted += 1))),
      deleted: () => deleted,
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw asDamaged(path, error);
  }
}

function* readRuns(
  db: ForeignDb,
  select: Readonly<Record<Table, string>>,
  onDeleted: () => void,
): Generator<ForeignRun> {
  const experiments = new Map(
    [...db.rows(select.experiments)].map(([id, name, stage]) => [
      String(id),
      { name: text(name), gone: stage === 'deleted' },
    ]),
  );
  const metrics = byRun(db.rows(`${select.metrics} ORDER BY run_uuid`));
  const params = byRun(db.rows(`${select.params} ORDER BY run_uuid`));
  const tags = byRun(db.rows(`${select.tags} ORDER BY run_uuid`));
  for (const row of db.rows(`${select.runs} ORDER BY run_uuid`)) {
    const [id, experiment, status, started, ended, name, user, stage] = row;
    const uuid = text(id);
    const own = { metrics: metrics(uuid), params: params(uuid), tags: tags(uuid) };
    const within = experiments.get(String(experiment));
    if (stage === 'deleted' || within?.gone) {
      onDeleted();
      continue;
    }
    const tagged = pairs(own.tags);
    yield {
      id: uuid,
      experiment: within?.name ?? String(experiment),
      name: text(name) || (tagged['mlflow.runName'] ?? ''),
      status: text(status),
      started: Number(started ?? 0),
      ended: ended === null || ended === undefined ? null : Number(ended),
      user: text(user) || (tagged['mlflow.user'] ?? ''),
      params: pairs(own.params),
      metrics: seriesOf(own.metrics),
      tags: tagged,
    };
  }
}

type Fields = readonly (Value | undefined)[];

/** Rows of one run after the other, from rows in the order of runs; those of runs that are not there are passed over. */
function byRun(rows: Iterable<Fields>): (run: string) => Fields[] {
  const iterator = rows[Symbol.iterator]();
  let next = iterator.next();
  return (run) => {
    const own: Fields[] = [];
    while (!next.done && text(next.value[0]) <= run) {
      if (text(next.value[0]) === run) own.push(next.value);
      next = iterator.next();
    }
    return own;
  };
}

function pairs(rows: readonly Fields[]): Record<string, string> {
  return Object.fromEntries(
    rows
      .map(([, key, value]): [string, string] => [text(key), text(value)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function seriesOf(rows: readonly Fields[]): Record<string, MetricPoint[]> {
  const series: Record<string, MetricPoint[]> = {};
  for (const [, key, value, at, step, isNan] of rows) {
    const number = Number(value);
    const told = Number(isNan ?? 0)
      ? Number.NaN
      : Math.abs(number) === greatest
        ? Math.sign(number) / 0
        : number;
    (series[text(key)] ??= []).push([Number(step ?? 0), Number(at ?? 0), told]);
  }
  return Object.fromEntries(
    Object.entries(series)
      .map(([key, points]): [string, MetricPoint[]] => [key, points.toSorted(byStep)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A SELECT for each table; a column that this version of MLflow lacks is NULL. Throws where a table is not MLflow's. */
function selects(db: ForeignDb, path: string): Record<Table, string> {
  const tables = new Map(
    [...db.rows(`SELECT name FROM sqlite_schema WHERE type = 'table'`)].map(([name]) => [text(name), true]),
  );
  const select = (table: Table): [Table, string] => {
    if (!tables.has(table))
      throw fail('runs-history-unknown', { path, reason: `it has no table "${table}"` });
    const present = new Set(db.columns(`SELECT * FROM ${table}`).map(({ name }) => name));
    const columns = schema[table].map((column) => {
      const name = column.replaceAll(/[[\]]/g, '');
      if (present.has(name)) return name;
      if (name === column)
        throw fail('runs-history-unknown', { path, reason: `its table "${table}" has no column "${name}"` });
      return `NULL AS ${name}`;
    });
    return [table, `SELECT ${columns.join(', ')} FROM ${table}`];
  };
  return Object.fromEntries((Object.keys(schema) as Table[]).map(select)) as Record<Table, string>;
}

function* guarded<T>(path: string, read: () => Generator<T>): Generator<T> {
  try {
    yield* read();
  } catch (error) {
    throw asDamaged(path, error);
  }
}

function asDamaged(path: string, error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === 'SQLITE_NOTADB')
    return fail('runs-history-unknown', { path, reason: 'it is not an SQLite database' }, error);
  if (code === undefined) return error;
  const reason = error instanceof Error ? error.message : code;
  return fail('file-damaged', { path, format: 'MLflow', reason }, error);
}

function text(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value);
}
