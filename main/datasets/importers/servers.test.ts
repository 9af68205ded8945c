import { expect, test } from 'vitest';
import type { Client } from '../../../preload/contract/client.ts';
import { buildTestApp } from '../../testing/build-app.ts';
import { mariadbBin, postgresBin, startMariadb, startPostgres } from './servers.fixture.ts';

const slow = 120_000;

/** The code of the failure, unless its words show a password. */
function refusalOf(client: Client) {
  return (path: string, options: object): Promise<string> =>
    client.datasets.import({ path, options }).then(
      () => 'no error',
      (error: Error & { code: string }) =>
        /s3cret|wrong/.test(error.message) ? `password in: ${error.message}` : error.code,
    );
}

test.skipIf(!postgresBin)(
  'PostgreSQL: a table or a query, with every type, read-only; the password is nowhere',
  async () => {
    const { client, app } = await buildTestApp();
    const host = await startPostgres(`
      CREATE TYPE size AS ENUM ('s', 'm');
      CREATE TABLE t (n bigint, small smallint, x double precision, single real, money numeric(10, 2), units numeric(6, 0), free numeric,
        name text, size size, ok boolean, day date, at timestamp, zoned timestamptz, clock time, id uuid, extra jsonb, list int[], bytes bytea);
      INSERT INTO t VALUES (9007199254740993, 1, 0.1, 1.5, 1.50, 12, 3.25, 'Ada, "x"', 's', true, '2024-02-29', '2024-02-29 09:30:00.000007',
        '2024-02-29 09:30:00+02', '09:30', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"a": 1}', '{1}', 'x');
      INSERT INTO t (n) VALUES (NULL);
      CREATE TABLE odd (day date); INSERT INTO odd VALUES ('infinity');
      CREATE TABLE many AS SELECT i AS n FROM generate_series(1, 20000) i`);
    const address = `postgres://ann:s3cret@${host}/postgres`;
    const options = { table: 't', omit: ['list', 'bytes'] };
    const { columns, rows, tables } = await client.datasets.inspect({ path: address, options });
    expect(tables).toEqual(['many', 'odd', 't']);
    expect(columns.map(({ name, type }, i) => [name, type, rows[0]?.[i]])).toEqual([
      ['n', 'int64', '9007199254740993'],
      ['small', 'int64', '1'],
      ['x', 'float64', '0.1'],
      ['single', 'float64', '1.5'],
      ['money', 'decimal(10,2)', '1.50'],
      ['units', 'int64', '12'],
      ['free', 'float64', '3.25'],
      ['name', 'utf8', 'Ada, "x"'],
      ['size', 'ordered["s","m"]', 's'],
      ['ok', 'bool', 'true'],
      ['day', 'date', '2024-02-29'],
      ['at', 'timestamp', '2024-02-29T09:30:00.000007'],
      ['zoned', 'timestamptz', '2024-02-29T07:30:00Z'],
      ['clock', 'utf8', '09:30:00'],
      ['id', 'utf8', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
      ['extra', 'utf8', '{"a": 1}'],
    ]);
    expect(rows[1]).toEqual(columns.map(() => null));
    const query = 'SELECT n FROM many ORDER BY n -- all';
    const imported = await client.datasets.import({ path: address, name: 'many', options: { query } });
    expect(imported.snapshot).toMatchObject({ rows: 20_000, columns: 1 });
    const { version } = await client.datasets.show({ dataset: 'many' });
    expect(version.source).toMatchObject({ file: `postgres://ann@${host}/postgres`, size: query.length });
    expect(version.options).toEqual({ query });
    expect(JSON.stringify(await client.lineage.show({}))).not.toContain('s3cret');
    const refusal = refusalOf(client);
    expect(await refusal(`postgres://ann:wrong@${host}/postgres`, { table: 't' })).toBe('database-login');
    const bare = `postgres://ann@${host}/postgres`;
    expect(await refusal(bare, { table: 't' })).toBe('database-login');
    const typed = { path: bare, name: 'typed', options: { table: 'many' }, password: 's3cret' };
    expect((await client.datasets.import(typed)).snapshot.rows).toBe(20_000);
    const refused = client.datasets.inspect({ path: bare, options: { table: 't' }, password: 'wrong' });
    await expect(refused).rejects.toMatchObject({ code: 'database-login' });
    expect(JSON.stringify(await client.jobs.list({}))).not.toContain('s3cret');
    expect(await refusal('postgres://ann:s3cret@127.0.0.1:1/postgres', { table: 't' })).toBe(
      'database-unreachable',
    );
    expect(await refusal('postgres://ann:s3cret@nowhere.invalid/postgres', { table: 't' })).toBe(
      'database-unreachable',
    );
    expect(await refusal(address, { table: 'none' })).toBe('import-choice');
    expect(await refusal(address, { table: 't' })).toBe('column-type-refused');
    expect(await refusal(address, { table: 'odd' })).toBe('value-refused');
    for (const wrong of [
      'DROP TABLE t',
      'SELECT 1; DROP TABLE t',
      'INSERT INTO t (n) VALUES (1) RETURNING n',
      'WITH x AS (DELETE FROM t RETURNING n) SELECT * FROM x',
      'SELEC',
    ])
      expect(await refusal(address, { query: wrong }), wrong).toBe('import-query');
    expect((await client.datasets.import({ path: address, name: 't', options })).snapshot.rows).toBe(2);
    await app.close();
  },
  slow,
);

test.skipIf(!mariadbBin)(
  'MySQL and MariaDB: a table or a query, with every type, read-only; the password is nowhere',
  async () => {
    const { client } = await buildTestApp();
    const host = await startMariadb(`
      CREATE TABLE t (n bigint, small tinyint, ok tinyint(1), x double, single float, money decimal(10, 2), units decimal(6, 0), name varchar(40),
        size enum('s', 'm'), day date, at datetime(6), zoned timestamp NULL, clock time, bytes blob);
      SET time_zone = '+02:00';
      INSERT INTO t VALUES (9007199254740993, -5, 1, 0.1, 1.5, 1.50, 12, 'ünï 𝄞', 'm', '2024-02-29', '2024-02-29 09:30:00.000007', '2024-02-29 09:30:00', '09:30:00', 'x');
      INSERT INTO t (n) VALUES (NULL);
      CREATE TABLE many AS SELECT seq AS n FROM seq_1_to_20000`);
    const address = `mysql://ann:s3cret@${host}/shop`;
    const options = { table: 't', omit: ['bytes'] };
    const { columns, rows, tables } = await client.datasets.inspect({ path: address, options });
    expect(tables).toEqual(['many', 't']);
    expect(columns.map(({ name, type }, i) => [name, type, rows[0]?.[i]])).toEqual([
      ['n', 'int64', '9007199254740993'],
      ['small', 'int64', '-5'],
      ['ok', 'bool', 'true'],
      ['x', 'float64', '0.1'],
      ['single', 'float64', '1.5'],
      ['money', 'decimal(10,2)', '1.50'],
      ['units', 'int64', '12'],
      ['name', 'utf8', 'ünï 𝄞'],
      ['size', 'categorical', 'm'],
      ['day', 'date', '2024-02-29'],
      ['at', 'timestamp', '2024-02-29T09:30:00.000007'],
      ['zoned', 'timestamptz', '2024-02-29T07:30:00Z'],
      ['clock', 'utf8', '09:30:00'],
    ]);
    expect(rows[1]).toEqual(columns.map(() => null));
    const query = 'SELECT n FROM many ORDER BY n LIMIT 100000 -- all';
    const imported = await client.datasets.import({ path: address, name: 'many', options: { query } });
    expect(imported.snapshot).toMatchObject({ rows: 20_000, columns: 1 });
    const { version } = await client.datasets.show({ dataset: 'many' });
    expect(version.source?.file).toBe(`mysql://ann@${host}/shop`);
    const refusal = refusalOf(client);
    expect(await refusal(`mysql://ann:wrong@${host}/shop`, { table: 't' })).toBe('database-login');
    expect(await refusal('mysql://ann:s3cret@127.0.0.1:1/shop', { table: 't' })).toBe('database-unreachable');
    expect(await refusal(address, { table: 'none' })).toBe('import-choice');
    expect(await refusal(address, { table: 't' })).toBe('column-type-refused');
    for (const wrong of ['DROP TABLE t', 'SELECT 1; DROP TABLE t', 'DELETE FROM t', 'SELEC'])
      expect(await refusal(address, { query: wrong }), wrong).toBe('import-query');
    expect((await client.datasets.import({ path: address, name: 't', options })).snapshot.rows).toBe(2);
  },
  slow,
);
