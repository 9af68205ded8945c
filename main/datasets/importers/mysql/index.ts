import {
  defineImporter,
  type ImportInput,
  type OpenContext,
  type OpenedTable,
} from '../../importing/importer.ts';
import { cellTable, type Rows } from '../../cells/cell-table.ts';
import type { Value } from '../../cells/infer-cells.ts';
import { databaseFailure } from '../../databases/address.ts';
import { chooseTable } from '../../importing/choose-table.ts';
import { mysqlColumn, type MysqlField } from './columns.ts';

const rowsAtOnce = 2048;

/** A table or a query of a MySQL or MariaDB database: `mysql://user@host/database`. */
export const mysqlImporter = defineImporter({
  format: 'mysql',
  title: 'MySQL',
  extensions: [],
  schemes: ['mysql', 'mariadb'],
  options: ['columns', 'table', 'query'],
  recognises: () => false,
  open: openMysql,
});

async function openMysql(
  { path, options, password }: ImportInput,
  { signal }: OpenContext,
): Promise<OpenedTable> {
  const { createConnection } = await import('mysql2');
  const url = new URL(path);
  const connection = createConnection({
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(password === undefined ? {} : { password }),
    connectTimeout: 10_000,
    multipleStatements: false,
    charset: 'utf8mb4',
    rowsAsArray: true,
    // Every value as the server writes it: nothing is rounded on the way.
    typeCast: (field) => field.string('utf8'),
  });
  const failed = new Promise<never>((_, reject) => connection.on('error', reject));
  failed.catch(() => undefined);
  const stop = (): void => connection.destroy();
  signal.addEventListener('abort', stop, { once: true });
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', stop);
    connection.destroy();
  };
  const ask = (sql: string): Promise<{ rows: readonly Value[][]; fields: readonly MysqlField[] }> =>
    Promise.race([
      failed,
      new Promise<{ rows: readonly Value[][]; fields: readonly MysqlField[] }>((resolve, reject) => {
        connection.query(sql, (error, rows, fields) => {
          if (error) reject(error);
          else
            resolve({
              rows: rows as unknown as Value[][],
              fields: (fields ?? []) as unknown as MysqlField[],
            });
        });
      }),
    ]);
  try {
    await ask("SET SESSION time_zone = '+00:00'");
    await ask('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await ask('START TRANSACTION READ ONLY');
    const listed = await ask(
      'SELECT table_name FROM information_schema.tables WHERE table_schema = database() ORDER BY table_name',
    );
    const tables = listed.rows.map(([name]) => String(name));
    // As a derived table it can be nothing but a SELECT.
    const sql =
      options.query === undefined
        ? `SELECT * FROM \`${chooseTable(path, 'table', tables, options.table).replaceAll('`', '``')}\``
        : `SELECT * FROM (${options.query.trim().replace(/;\s*$/, '')}\n) AS holdfast_query`;
    const { fields } = await ask(`${sql} LIMIT 0`);
    const rows = async function* (): Rows {
      let batch: Value[][] = [];
      try {
        for await (const row of connection.query(sql).stream({ highWaterMark: rowsAtOnce })) {
          batch.push(row as Value[]);
          if (batch.length < rowsAtOnce) continue;
          yield batch;
          batch = [];
        }
      } catch (error) {
        throw databaseFailure(error, path, password);
      }
      if (batch.length > 0) yield batch;
    };
    return cellTable(path, fields.map(mysqlColumn), rows, { notes: [], tables, close });
  } catch (error) {
    await close();
    throw databaseFailure(error, path, password);
  }
}
