import type { ColumnType } from '../../../../preload/contract/column-types.ts';
import { fail, Failure } from '../../../../preload/contract/errors.ts';
import { cellTable, inferColumns, type Rows } from '../../cells/cell-table.ts';
import { chooseTable } from '../../importing/choose-table.ts';
import {
  defineImporter,
  type ImportInput,
  type OpenContext,
  type OpenedTable,
} from '../../importing/importer.ts';
import { startsWith } from '../../importing/signatures.ts';
import { openSqlite } from '../../sqlite/open-sqlite.ts';

const rowsAtOnce = 2048;

/** A table, a view or a query of an SQLite file. */
export const sqliteImporter = defineImporter({
  format: 'sqlite',
  title: 'SQLite',
  extensions: ['sqlite', 'sqlite3', 'db', 'db3'],
  options: ['columns', 'table', 'query'],
  recognises: (head) => startsWith(head, 'SQLite format 3\0'),
  open: openSqliteFile,
});

async function openSqliteFile(
  { path, options }: ImportInput,
  { staging, glance }: OpenContext,
): Promise<OpenedTable> {
  const blame = (error: unknown): Failure => {
    if (error instanceof Failure) return error;
    const reason = error instanceof Error ? error.message : String(error);
    const damaged = /malformed|not a database|corrupt|disk image/i.test(reason);
    return options.query === undefined || damaged
      ? fail('file-damaged', { path, format: 'SQLite', reason }, error)
      : fail('import-query', { path, reason }, error);
  };
  const db = await openSqlite(path, staging).catch((error: unknown) => {
    throw blame(error);
  });
  try {
    const tables = [
      ...db.rows(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name",
      ),
    ].map(([name]) => String(name));
    const sql =
      options.query ??
      `SELECT * FROM "${chooseTable(path, 'table', tables, options.table).replaceAll('"', '""')}"`;
    const found = db.columns(sql);
    const rows = async function* (): Rows {
      try {
        let batch: (readonly (string | number | bigint | null | Uint8Array)[])[] = [];
        for (const row of db.rows(sql)) {
          batch.push(row);
          if (batch.length < rowsAtOnce) continue;
          yield batch;
          batch = [];
          // Lets a cancel come through.
          await new Promise((resolve) => setImmediate(resolve));
        }
        if (batch.length > 0) yield batch;
      } catch (error) {
        throw blame(error);
      }
    };
    const columns = await inferColumns(
      found.map(({ name }) => name),
      rows(),
      { declared: found.map(({ type }) => declaredType(type)), most: glance ? 20_000 : Infinity },
    );
    return cellTable(path, columns, rows, { notes: [], tables, close: () => Promise.resolve(db.close()) });
  } catch (error) {
    db.close();
    throw blame(error);
  }
}

/** What a declared type says beyond SQLite's own five. */
function declaredType(type: string | null): ColumnType | undefined {
  const word = type?.toUpperCase() ?? '';
  if (word.startsWith('BOOL')) return 'bool';
  if (/^DATETIME|^TIMESTAMP/.test(word)) return 'timestamp';
  if (word.startsWith('DATE')) return 'date';
  if (/REAL|FLOA|DOUB|DECIMAL|NUMERIC/.test(word)) return 'float64';
  if (/INT/.test(word)) return 'int64';
  return word === '' ? undefined : 'utf8';
}
