import {
  defineImporter,
  type ImportInput,
  type OpenContext,
  type OpenedTable,
} from '../../importing/importer.ts';
import { cellTable, type Rows } from '../../cells/cell-table.ts';
import { databaseFailure } from '../../databases/address.ts';
import { chooseTable } from '../../importing/choose-table.ts';
import { postgresColumns } from './columns.ts';

const rowsAtOnce = 5000;

/** A table or a query of a PostgreSQL database: `postgres://user@host/database`. */
export const postgresImporter = defineImporter({
  format: 'postgres',
  title: 'PostgreSQL',
  extensions: [],
  schemes: ['postgres', 'postgresql'],
  options: ['columns', 'table', 'query'],
  recognises: () => false,
  open: openPostgres,
});

async function openPostgres(
  { path, options, password }: ImportInput,
  { signal }: OpenContext,
): Promise<OpenedTable> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: withPassword(path, password),
    connectionTimeoutMillis: 10_000,
    application_name: 'holdfast',
    // Every value as the server writes it: nothing is rounded on the way.
    types: { getTypeParser: () => (text: string) => text },
  });
  // Told by the query that is under way.
  client.on('error', () => undefined);
  const stop = (): void => void client.end().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', stop);
    await client.end().catch(() => undefined);
  };
  const ask = async (text: string) => {
    try {
      // The extended protocol takes one statement only.
      return await client.query({
        text,
        values: [],
        rowMode: 'array',
        queryMode: 'extended',
      } as import('pg').QueryArrayConfig);
    } catch (error) {
      throw databaseFailure(error, path, password);
    }
  };
  try {
    await client.connect().catch((error: unknown) => {
      throw databaseFailure(error, path, password);
    });
    for (const setting of [
      "DateStyle = 'ISO, YMD'",
      "TimeZone = 'UTC'",
      'extra_float_digits = 3',
      "IntervalStyle = 'iso_8601'",
    ])
      await ask(`SET ${setting}`);
    await ask('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const listed = await ask(
      "SELECT CASE table_schema WHEN 'public' THEN table_name ELSE table_schema || '.' || table_name END FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
    );
    const tables = listed.rows.map(([name]) => String(name));
    const sql = options.query ?? `SELECT * FROM ${quoted(chooseTable(path, 'table', tables, options.table))}`;
    await ask(`DECLARE holdfast NO SCROLL CURSOR FOR ${sql.trim().replace(/;\s*$/, '')}`);
    const { fields } = await ask('FETCH 0 FROM holdfast');
    const columns = await postgresColumns(fields, async (oids) => {
      const found = await ask(
        `SELECT oid, typname, typcategory FROM pg_type WHERE oid IN (${oids.join(', ')})`,
      );
      const labels = await ask(
        `SELECT enumtypid, enumlabel FROM pg_enum WHERE enumtypid IN (${oids.join(', ')}) ORDER BY enumsortorder`,
      );
      return found.rows.map(([oid, name, category]) => ({
        oid: Number(oid),
        name: String(name),
        category: String(category),
        labels: labels.rows.filter(([of]) => of === oid).map(([, label]) => String(label)),
      }));
    });
    const rows = async function* (): Rows {
      for (;;) {
        const { rows: batch } = await ask(`FETCH ${rowsAtOnce} FROM holdfast`);
        if (batch.length === 0) return;
        yield batch as (string | null)[][];
      }
    };
    return cellTable(path, columns, rows, { notes: [], tables, close });
  } catch (error) {
    await close();
    throw databaseFailure(error, path, password);
  }
}

/** The address that the client connects to; it is shown nowhere. */
function withPassword(address: string, password: string | undefined): string {
  const url = new URL(address);
  if (password !== undefined) url.password = encodeURIComponent(password);
  return url.href;
}

function quoted(table: string): string {
  return table
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
}
