import { isCategorical, isOrdered } from '../../../preload/contract/column-types.ts';
import type { Field } from '../../../preload/contract/datasets.ts';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import type { TaskContext } from '../../jobs/index.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { sha256 } from '../../platform/files/index.ts';
import { encodeStream } from '../arrow/stream.ts';
import { ask } from '../duckdb/ask.ts';
import { enumLevels, type DuckdbColumn } from '../duckdb/column-types.ts';
import { loadTable, selectNulls, type LoadedField } from '../duckdb/load-snapshot.ts';
import { duckdbReason, openDuckdb, quoteName, type Duckdb } from '../duckdb/open-duckdb.ts';
import { describeRelation, readRelation } from '../duckdb/read-relation.ts';
import { writeTable, type Exported, type ExportInput } from '../exporting/export-snapshot.ts';
import { readRowGroups, type RowGroup } from '../exporting/read-row-groups.ts';
import { importTable } from '../importing/import-table.ts';
import type { ImportResult } from '../importing/importer.ts';
import { readBlocks } from '../reading/read-columns.ts';
import { openSnapshot } from '../reading/open-snapshot.ts';
import { TextDictionary } from '../reading/text-dictionary.ts';
import { int32Values, isPresent } from '../snapshot/block.ts';
import { ColumnBuilder } from '../snapshot/column-builder.ts';
import type { ManifestColumn, SnapshotManifest } from '../snapshot/manifest.ts';
import { usedColumns } from './used-columns.ts';

/** A dataset version under a name that a query may use. */
export interface QueryTable {
  readonly name: string;
  readonly manifest: string;
}

export interface QueryInput {
  readonly sql: string;
  readonly tables: readonly QueryTable[];
  readonly limit: number;
  /** First row of the window; 0 where it isn't given. */
  readonly offset?: number;
  /** A file of the user's for all rows. */
  readonly file?: Pick<ExportInput, 'path' | 'format' | 'spreadsheet'>;
  /** The same rows in the same order each time, for windows that go on from one another; always so where rows are kept. */
  readonly steady?: boolean;
  /** Whether all rows are kept as a snapshot. */
  readonly save: boolean;
}

export interface QueryResult {
  readonly rows: number;
  readonly columns: readonly Field[];
  /** The rows of the window as an Arrow IPC stream. */
  readonly table: Uint8Array;
  readonly written: Exported | null;
  /** Names of the tables that the query used. */
  readonly used: readonly string[];
  readonly saved: ImportResult | null;
  readonly notes: readonly string[];
}

/** Where a query's rows wait; no dataset can have this name. */
const resultName = 'the result';

/**
 * Runs one SELECT over snapshots. Each is a table of its name; only the columns that the query touches are read. The query
 * can't write, read files or reach the network.
 */
export async function runQuery(
  { sql, tables, limit, offset = 0, file, steady = false, save }: QueryInput,
  context: TaskContext,
): Promise<QueryResult> {
  const { reader, staging, signal, progress } = context;
  refuseWord(sql);
  const duckdb = await openDuckdb({
    staging,
    signal,
    prepare: async (connection) => {
      await connection.run("SET TimeZone = 'UTC'");
      // The order of rows and of sums is then the same every time.
      if (save || steady) await connection.run('SET threads = 1');
    },
  });
  try {
    const used = await findTables(duckdb, sql, tables, reader);
    const wanted = await usedColumns(duckdb, sql, used);
    const categories = new Set<string>();
    const notes: string[] = [];
    for (const [index, { name, manifest }] of used.entries()) {
      const columns = wanted[index]!.map((at) => manifest.columns[at]!);
      const fields = await loadedFields(reader, columns, signal);
      for (const { name: column, type, levels } of fields) {
        if (levels) categories.add(JSON.stringify(levels));
        else if (type === 'categorical')
          notes.push(
            `column "${column}" of ${name} has no categories, or more than ${categoryLimit}: it is read as text`,
          );
      }
      await loadTable(
        duckdb,
        name,
        fields,
        readRowGroups(
          reader,
          { columns, rows: manifest.rows },
          {
            signal,
            progress: (done) => progress((0.5 * (index + done)) / used.length, `reading ${name}`),
          },
        ),
      );
    }
    progress(0.5, 'running the query');
    await duckdb.connection.run(`CREATE TABLE ${quoteName(resultName)} AS ${sql}`);
    const described = await describeRelation(duckdb, quoteName(resultName), blame);
    const columns = described.map((column) => refuseColumn(asCategories(column, categories)));
    const [[rows] = [0]] = await ask(duckdb, `SELECT CAST(count(*) AS DOUBLE) FROM ${quoteName(resultName)}`);
    return {
      rows: Number(rows),
      columns: columns.map(({ name, type }) => ({ name, type })),
      table: await readWindowOf(duckdb, columns, { limit, offset }, signal),
      written: file ? await writeResult(duckdb, columns, Number(rows), file, context) : null,
      used: used.map(({ name }) => name),
      saved: save ? await saveResult(duckdb, sql, columns, context) : null,
      notes: [
        ...notes,
        ...columns.flatMap(({ name, note }) => (note === null ? [] : [`column "${name}": ${note}`])),
      ],
    };
  } catch (error) {
    if (signal.aborted) throw fail('cancelled', { what: 'the query' }, error);
    throw error instanceof Failure ? error : blame(duckdbReason(error), error);
  } finally {
    duckdb.close();
  }
}

/** What a query that only reads begins with. */
const begins = ['SELECT', 'WITH', 'FROM', 'VALUES', '('];

function refuseWord(sql: string): void {
  const code = sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');
  const word = code.startsWith('(') ? '(' : (/^\w+/.exec(code)?.[0].toUpperCase() ?? code.slice(0, 1));
  if (!begins.includes(word)) throw fail('query-not-select', { what: word === '' ? 'nothing' : word });
}

/** Most categories that a query keeps as such: beyond them a column is text. */
const categoryLimit = 10_000;

/** Columns as they are loaded: categories with their levels, in the order of their bytes. */
async function loadedFields(
  reader: ObjectReader,
  columns: readonly ManifestColumn[],
  signal: AbortSignal,
): Promise<LoadedField[]> {
  const fields: LoadedField[] = [];
  for (const column of columns) {
    const { name, type } = column;
    const isOpen = isCategorical(type) && !isOrdered(type);
    fields.push({ name, type, levels: isOpen ? await levelsOf(reader, column, signal) : undefined });
  }
  return fields;
}

/** Undefined where there are none, or too many. */
async function levelsOf(
  reader: ObjectReader,
  column: ManifestColumn,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const levels = new TextDictionary();
  for await (const { rows, validity, values, text } of readBlocks(reader, column, signal)) {
    const offsets = int32Values(values, rows + 1);
    for (let row = 0; row < rows; row++)
      if (isPresent(validity, row)) levels.add(text, offsets[row]!, offsets[row + 1]!);
    if (levels.size > categoryLimit) return undefined;
  }
  const texts = levels.texts();
  const sorted = Array.from(levels.sorted(), (code) => texts[code]!);
  return sorted.length > 0 ? sorted : undefined;
}

/** An ENUM with the levels of categories without an order came from these. */
function asCategories(column: DuckdbColumn, known: ReadonlySet<string>): DuckdbColumn {
  if (column.type === null || !isCategorical(column.type)) return column;
  const levels = enumLevels(column.raw);
  return levels && known.has(JSON.stringify(levels))
    ? { ...column, type: 'categorical', note: null }
    : column;
}

type ResultColumn = DuckdbColumn & Field;

function refuseColumn(column: DuckdbColumn): ResultColumn {
  const { name, type, declared } = column;
  if (type === null) throw fail('query-column', { column: name, type: declared });
  return { ...column, type };
}

interface UsedTable {
  readonly name: string;
  readonly manifest: SnapshotManifest;
}

/** The tables that the one statement, a SELECT, uses: prepares it, and adds each that it misses until it misses none. */
async function findTables(
  { connection }: Duckdb,
  sql: string,
  tables: readonly QueryTable[],
  reader: ObjectReader,
): Promise<UsedTable[]> {
  const { StatementType } = await import('@duckdb/node-api');
  const used: UsedTable[] = [];
  for (;;) {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw fail('query-not-select', { what: `${statements.count} statements` });
    try {
      const prepared = await statements.prepare(0);
      const { statementType } = prepared;
      prepared.destroySync();
      for (const { name } of used) await connection.run(`DROP VIEW ${quoteName(name)}`);
      if (statementType === StatementType.SELECT) return used;
      throw fail('query-not-select', { what: StatementType[statementType] });
    } catch (error) {
      const missing = /Table with name (.+?) does not exist/.exec(String(error))?.[1]?.replaceAll('"', '');
      if (missing === undefined) throw error;
      const table = tables.find(({ name }) => name === missing.toLowerCase());
      if (!table || used.some(({ name }) => name === table.name)) {
        const known = tables.map(({ name }) => name).filter((name) => !name.includes('@'));
        throw fail('query-table', { table: missing, known }, error);
      }
      const manifest = await openSnapshot(reader, table.manifest);
      used.push({ name: table.name, manifest });
      await connection.run(`CREATE VIEW ${quoteName(table.name)} AS ${selectNulls(manifest.schema)}`);
    }
  }
}

async function readWindowOf(
  duckdb: Duckdb,
  columns: readonly ResultColumn[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const builders = columns.map(({ type }) => new ColumnBuilder(type));
  const relation = `(SELECT * FROM ${quoteName(resultName)} LIMIT ${limit} OFFSET ${offset})`;
  const rows = readRelation(duckdb, relation, columns, { path: 'the result', blame, signal });
  while (await rows.next(builders));
  const count = builders[0]?.length ?? 0;
  return encodeStream(
    columns,
    builders.map((builder) => builder.block(count)),
    count,
  );
}

/** All rows of the result as a file; a group is what DuckDB gives at once. */
function writeResult(
  duckdb: Duckdb,
  columns: readonly ResultColumn[],
  rows: number,
  file: NonNullable<QueryInput['file']>,
  context: TaskContext,
): Promise<Exported> {
  const groups = async function* (): AsyncGenerator<RowGroup, void> {
    const read = readRelation(duckdb, quoteName(resultName), columns, {
      path: 'the result',
      blame,
      signal: context.signal,
    });
    for (;;) {
      const builders = columns.map(({ type }) => new ColumnBuilder(type));
      if (!(await read.next(builders))) return;
      const count = builders[0]?.length ?? 0;
      yield { rows: count, blocks: builders.map((builder) => builder.block(count)) };
    }
  };
  const schema = columns.map(({ name, type }) => ({ name, type }));
  return writeTable({ schema, rows, groups: groups() }, file, context);
}

function blame(reason: string, cause: unknown): Failure {
  return fail('query-failed', { reason }, cause);
}

async function saveResult(
  duckdb: Duckdb,
  sql: string,
  columns: readonly ResultColumn[],
  { writer, signal, progress, log }: TaskContext,
): Promise<ImportResult> {
  const table = {
    columns,
    notes: [],
    tables: [],
    rows: (wanted: readonly number[]) =>
      readRelation(
        duckdb,
        quoteName(resultName),
        wanted.map((at) => columns[at]!),
        { path: 'the result', blame, signal },
      ),
    close: () => Promise.resolve(),
  };
  const kept = await importTable(
    table,
    { path: 'the result', options: {} },
    { writer, signal, log, progress: (done, words) => progress(0.7 + 0.28 * done, words) },
  );
  return { ...kept, source: { file: 'query', size: Buffer.byteLength(sql), sha256: sha256(sql) } };
}
