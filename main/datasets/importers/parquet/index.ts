import { decimalDigits, orderedLevels } from '../../../../preload/contract/column-types.ts';
import { fail } from '../../../../preload/contract/errors.ts';
import { levelsKey, readCategories, readLevels } from '../../arrow/parquet-metadata.ts';
import { ask } from '../../duckdb/ask.ts';
import { openDuckdb, quoteName, quoteText, type Duckdb } from '../../duckdb/open-duckdb.ts';
import { plainPath } from '../../duckdb/plain-path.ts';
import { describeRelation, readRelation, type Blame } from '../../duckdb/read-relation.ts';
import {
  defineImporter,
  type ImportInput,
  type OpenContext,
  type OpenedTable,
} from '../../importing/importer.ts';
import { columnLimit } from '../../importing/import-table.ts';
import { startsWith } from '../../importing/signatures.ts';
import type { DuckdbColumn } from '../../duckdb/column-types.ts';
import { countFields } from './count-fields.ts';

/** Parquet files, through DuckDB. */
export const parquetImporter = defineImporter({
  format: 'parquet',
  title: 'Parquet',
  extensions: ['parquet', 'pq'],
  options: ['columns'],
  recognises: (head) => startsWith(head, 'PAR1'),
  open: openParquet,
});

async function openParquet({ path }: ImportInput, { staging, signal }: OpenContext): Promise<OpenedTable> {
  const blame: Blame = (reason, cause) => fail('file-damaged', { path, format: 'Parquet', reason }, cause);
  const fields = await countFields(path);
  // DuckDB takes half a minute to bind 100,000 columns; nested fields may be more than there are columns.
  if (fields !== undefined && fields > 2 * columnLimit)
    throw fail('csv-too-many-columns', { path, columns: fields - 1, limit: columnLimit });
  const file = await plainPath(path, staging);
  const duckdb = await openDuckdb({ staging, files: [file], signal });
  const relation = `read_parquet(${quoteText(file)})`;
  try {
    const columns = refuseWideDecimals(
      await findCategories(duckdb, file, await describeRelation(duckdb, relation, blame)),
      await wideDecimals(duckdb, file),
    );
    const rows = await countRows(duckdb, file);
    return {
      columns,
      notes: [],
      tables: [],
      rows: (wanted) =>
        readRelation(
          duckdb,
          relation,
          wanted.map((at) => columns[at]!),
          { path, blame, rows, signal },
        ),
      close: () => Promise.resolve(duckdb.close()),
    };
  } catch (error) {
    duckdb.close();
    throw error;
  }
}

/**
 * Texts that Arrow's schema in the file calls dictionaries are categories. Parquet does not keep the order of their levels; files that
 * were written here name them.
 */
async function findCategories(
  duckdb: Duckdb,
  file: string,
  columns: readonly DuckdbColumn[],
): Promise<DuckdbColumn[]> {
  const sql = `SELECT decode(key), decode(value) FROM parquet_kv_metadata(${quoteText(file)})`;
  const found = new Map((await ask(duckdb, sql).catch(() => [])).map(([key, value]) => [key, String(value)]));
  const categories = readCategories(found.get('ARROW:schema') ?? '');
  const orders = readLevels(found.get(levelsKey) ?? '');
  return columns.map((column): DuckdbColumn => {
    const category = categories.get(column.name);
    if (!category || (column.type !== 'utf8' && column.type !== 'int64')) return column;
    const text = `CAST(${quoteName(column.name)} AS VARCHAR)`;
    const order = category.isOrdered ? orders.get(column.name) : undefined;
    if (order) {
      const levels = orderedLevels(order).map(quoteText).join(', ');
      const cast = `encode(CAST(CAST(${text} AS ENUM(${levels})) AS VARCHAR))`;
      return { ...column, type: order, declared: 'dictionary<utf8>', note: null, sql: cast };
    }
    const note = category.isOrdered
      ? 'the order of its categories is not in a Parquet file'
      : column.type === 'int64'
        ? 'categories, codes kept as texts'
        : null;
    return { ...column, type: 'categorical', declared: 'dictionary<utf8>', note, sql: `encode(${text})` };
  });
}

/** Decimals of more than 38 digits by column, which DuckDB reads as other numbers. */
async function wideDecimals(duckdb: Duckdb, file: string): Promise<ReadonlyMap<string, string>> {
  const sql = `SELECT name, CAST(precision AS INTEGER), CAST(scale AS INTEGER) FROM parquet_schema(${quoteText(file)}) WHERE precision > ${decimalDigits}`;
  const found = await ask(duckdb, sql).catch(() => []);
  return new Map(found.map(([name, precision, scale]) => [String(name), `decimal(${precision}, ${scale})`]));
}

function refuseWideDecimals(
  columns: readonly DuckdbColumn[],
  wide: ReadonlyMap<string, string>,
): DuckdbColumn[] {
  return columns.map((column) => {
    const declared = wide.get(column.name);
    return declared === undefined ? column : { ...column, type: null, declared };
  });
}

/** As the file's end says; for progress alone. */
async function countRows(duckdb: Duckdb, file: string): Promise<number> {
  const sql = `SELECT CAST(sum(num_rows) AS BIGINT) FROM parquet_file_metadata(${quoteText(file)})`;
  const counted = await ask(duckdb, sql).catch(() => []);
  return Number(counted[0]?.[0] ?? 0);
}
