import type { Field, VersionSource } from '../../../preload/contract/datasets.ts';
import type { ImportOptions } from '../../../preload/contract/import-options.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { ColumnBuilder } from '../snapshot/column-builder.ts';
import { createSnapshotWriter } from '../snapshot/snapshot-writer.ts';
import { appendCell } from '../snapshot/append-cell.ts';
import { cellOf, cellText } from './cells.ts';
import { convertCell } from './convert-cell.ts';
import type {
  Importer,
  ImportContext,
  ImportInput,
  ImportResult,
  Inspection,
  OpenedTable,
  RowReader,
  SourceColumn,
} from './importer.ts';

/** Most columns of a table. */
export const columnLimit = 10_000;
const shownRows = 50;

/** A column that is read, and the type it is kept as. */
interface Chosen extends Field {
  readonly at: number;
  readonly source: SourceColumn & { readonly type: NonNullable<SourceColumn['type']> };
}

/** Reads an opened table into a snapshot. */
export async function importTable(
  table: OpenedTable,
  { path, options }: ImportInput,
  {
    writer,
    base,
    signal,
    progress,
    log,
  }: Pick<ImportContext, 'writer' | 'base' | 'signal' | 'progress' | 'log'>,
): Promise<Omit<ImportResult, 'source'>> {
  const chosen = chooseColumns(table, path, options);
  const snapshot = createSnapshotWriter(chosen, writer, base);
  const read = reader(table, chosen, path);
  let rows = 0;
  try {
    while (await read.next(snapshot.builders)) {
      if (signal.aborted) throw fail('cancelled', { what: `reading ${path}` });
      const before = snapshot.builders[0]?.length ?? 0;
      await snapshot.flush();
      rows += before - (snapshot.builders[0]?.length ?? 0);
      progress(0.98 * read.fraction(), `${rows.toLocaleString('en')} rows`);
    }
    const stored = await snapshot.finish();
    if (stored.rows === 0) throw fail('table-without-rows', { path, columns: chosen.length });
    const notes = tableNotes(table, chosen);
    for (const note of notes) log(note);
    return { snapshot: stored, rejected: 0, rejects: null, notes };
  } catch (error) {
    await snapshot.abandon();
    throw error;
  }
}

/** What an import would do: the columns, and the first rows. */
export async function inspectTable(
  table: OpenedTable,
  { path, options }: ImportInput,
  importer: Importer,
  file: Pick<VersionSource, 'file' | 'size'>,
): Promise<Inspection> {
  const chosen = chooseColumns(table, path, options);
  const builders = chosen.map(({ type }) => new ColumnBuilder(type));
  const read = reader(table, chosen, path);
  while ((builders[0]?.length ?? 0) < shownRows && (await read.next(builders)));
  const seen = builders[0]?.length ?? 0;
  if (seen === 0) throw fail('table-without-rows', { path, columns: chosen.length });
  const cells = builders.map((builder) =>
    Array.from({ length: Math.min(seen, 1000) }, (_, row) => cellText(builder.type, cellOf(builder, row))),
  );
  return {
    file: { name: file.file, size: file.size },
    format: importer.format,
    options: [...importer.options, 'omit', 'format'],
    tables: [...table.tables],
    detected: null,
    columns: chosen.map(({ name, source }, column) => ({
      name,
      type: source.type,
      examples: [...new Set(cells[column])].filter((text) => text !== null).slice(0, 5),
      missing: missingIn(builders[column]!),
      note: source.note,
    })),
    rows: Array.from({ length: Math.min(seen, shownRows) }, (_, row) =>
      cells.map((column) => column[row] ?? null),
    ),
    notes: tableNotes(table, chosen),
  };
}

function missingIn(builder: ColumnBuilder): number {
  let missing = 0;
  for (let row = 0; row < builder.length; row++) missing += 1 - builder.present[row]!;
  return missing;
}

function tableNotes(table: OpenedTable, chosen: readonly Chosen[]): string[] {
  return [
    ...table.notes,
    ...chosen.flatMap(({ name, type, source }) =>
      source.note === null || type !== source.type ? [] : [`column "${name}": ${source.note}`],
    ),
  ];
}

function chooseColumns({ columns }: OpenedTable, path: string, options: ImportOptions): Chosen[] {
  const names = columns.map(({ name }) => name);
  refuseNames(names, path);
  for (const column of [...(options.omit ?? []), ...Object.keys(options.columns ?? {})]) {
    if (!names.includes(column))
      throw fail('column-not-found', { column, known: names.slice(0, 100), where: `"${path}"` });
  }
  const omitted = new Set(options.omit);
  const chosen = columns.flatMap((source, at) => {
    const { name, type, declared } = source;
    if (omitted.has(name)) return [];
    if (type === null) throw fail('column-type-refused', { path, column: name, type: declared });
    const choice = Object.hasOwn(options.columns ?? {}, name) ? options.columns?.[name] : undefined;
    return [{ name, type: choice?.type ?? type, at, source: { ...source, type } }];
  });
  if (chosen.length === 0) throw fail('table-without-rows', { path, columns: 0 });
  return chosen;
}

function refuseNames(names: readonly string[], path: string): void {
  if (names.length > columnLimit)
    throw fail('csv-too-many-columns', { path, columns: names.length, limit: columnLimit });
  const places = new Map<string, number[]>();
  names.forEach((name, i) => places.set(name, [...(places.get(name) ?? []), i + 1]));
  for (const [column, positions] of places)
    if (positions.length > 1) throw fail('csv-column-duplicate', { path, column, positions });
}

/** The table's reader, with the columns converted whose type was chosen. */
function reader(table: OpenedTable, chosen: readonly Chosen[], path: string): RowReader {
  const rows = table.rows(chosen.map(({ at }) => at));
  if (chosen.every(({ type, source }) => type === source.type)) return rows;
  const between = chosen.map(({ type, source }) =>
    type === source.type ? undefined : new ColumnBuilder(source.type),
  );
  let done = 0;
  return {
    fraction: () => rows.fraction(),
    async next(builders) {
      const more = await rows.next(builders.map((builder, column) => between[column] ?? builder));
      let count = 0;
      between.forEach((from, column) => {
        const to = builders[column]!;
        if (!from) return;
        count = from.length;
        to.ensure(to.length + from.length);
        for (let row = 0; row < from.length; row++) {
          const cell = convertCell(cellOf(from, row), from.type, to.type);
          if (cell === undefined || !appendCell(to, cell)) {
            const shown = cellText(from.type, cellOf(from, row));
            const reason = `"${shown}" cannot be kept as ${to.type} without loss`;
            throw fail('value-refused', { path, column: chosen[column]!.name, row: done + row + 1, reason });
          }
        }
        from.drop(from.length);
      });
      done += count;
      return more;
    },
  };
}
