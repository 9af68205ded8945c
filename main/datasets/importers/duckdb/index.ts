import { fail } from '../../../../preload/contract/errors.ts';
import { ask } from '../../duckdb/ask.ts';
import { duckdbReason, openDuckdb, quoteName, quoteText } from '../../duckdb/open-duckdb.ts';
import { describeRelation, readRelation, type Blame } from '../../duckdb/read-relation.ts';
import { chooseTable } from '../../importing/choose-table.ts';
import {
  defineImporter,
  type ImportInput,
  type OpenContext,
  type OpenedTable,
} from '../../importing/importer.ts';
import { openBytes } from '../../importing/open-bytes.ts';

/** A table, a view or a query of a DuckDB database file, opened read-only. */
export const duckdbImporter = defineImporter({
  format: 'duckdb',
  title: 'DuckDB',
  extensions: ['duckdb', 'ddb'],
  options: ['columns', 'table', 'query'],
  recognises: (head) => Buffer.from(head.subarray(8, 12)).toString('latin1') === 'DUCK',
  open: openDuckdbFile,
});

async function openDuckdbFile(
  { path, options }: ImportInput,
  { staging, signal }: OpenContext,
): Promise<OpenedTable> {
  await (await openBytes(path)).handle.close();
  const damaged: Blame = (reason, cause) => fail('file-damaged', { path, format: 'DuckDB', reason }, cause);
  const blame: Blame =
    options.query === undefined ? damaged : (reason, cause) => fail('import-query', { path, reason }, cause);
  const duckdb = await openDuckdb({
    staging,
    signal,
    prepare: async (connection) => {
      try {
        await connection.run(`ATTACH ${quoteText(path)} AS source (READ_ONLY)`);
        await connection.run('USE source');
      } catch (error) {
        throw damaged(duckdbReason(error), error);
      }
    },
  });
  try {
    const found = await ask(
      duckdb,
      "SELECT table_schema, table_name FROM information_schema.tables WHERE table_catalog = 'source' ORDER BY 1, 2",
    );
    const tables = found.map(([schema, table]) => (schema === 'main' ? `${table}` : `${schema}.${table}`));
    const relation =
      options.query === undefined
        ? tableName(chooseTable(path, 'table', tables, options.table))
        : `(${options.query.trim().replace(/;\s*$/, '')}\n)`;
    const columns = await describeRelation(duckdb, relation, blame);
    return {
      columns,
      notes: [],
      tables,
      rows: (wanted) =>
        readRelation(
          duckdb,
          relation,
          wanted.map((at) => columns[at]!),
          { path, blame, signal },
        ),
      close: () => Promise.resolve(duckdb.close()),
    };
  } catch (error) {
    duckdb.close();
    throw error;
  }
}

function tableName(table: string): string {
  return table.split('.').map(quoteName).join('.');
}
