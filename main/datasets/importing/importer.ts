import type * as z from 'zod';
import type { ColumnType } from '../../../preload/contract/column-types.ts';
import type { datasets, VersionSource } from '../../../preload/contract/datasets.ts';
import type { ImportFormat, ImportOptions } from '../../../preload/contract/import-options.ts';
import type { ObjectWriter } from '../../platform/objects/index.ts';
import type { ColumnBuilder } from '../snapshot/column-builder.ts';
import type { BaseSnapshot } from '../snapshot/patcher.ts';
import type { StoredSnapshot } from '../snapshot/snapshot-writer.ts';

export interface ImportInput {
  /** A file, a folder, or an address such as `postgres://user@host/db`. */
  readonly path: string;
  readonly options: ImportOptions;
  /** Of a database; never recorded, and never part of `path`. */
  readonly password?: string | undefined;
}

export interface ImportContext {
  readonly writer: ObjectWriter;
  /** The version before, to share blocks with. */
  readonly base?: BaseSnapshot | undefined;
  /** A private folder for temporary files. */
  readonly staging: string;
  readonly signal: AbortSignal;
  readonly progress: (fraction: number, message: string) => void;
  readonly log: (line: string) => void;
}

export interface ImportResult {
  readonly snapshot: StoredSnapshot;
  readonly rejected: number;
  /** Object with the rejected rows; null when there are none. */
  readonly rejects: string | null;
  readonly source: VersionSource;
  readonly notes: readonly string[];
}

export type Inspection = z.output<typeof datasets.inspect.output>;

/** A column as a file declares it. */
export interface SourceColumn {
  readonly name: string;
  /** The type it is read as; null when it has no place in a table. */
  readonly type: ColumnType | null;
  /** What the format calls its type: `decimal(10, 2)`, `list<int64>`. */
  readonly declared: string;
  /** What a person should know: a type that was widened, values that are rounded. */
  readonly note: string | null;
}

/** A table in a format that knows its types. The file stays open until `close`. */
export interface OpenedTable {
  readonly columns: readonly SourceColumn[];
  readonly notes: readonly string[];
  /** Sheets or tables to choose from; empty where there is just one. */
  readonly tables: readonly string[];
  /** Starts to read the columns at these places, in this order. */
  rows(wanted: readonly number[]): RowReader;
  close(): Promise<void>;
}

export interface RowReader {
  /** Puts some more rows behind those of the builders, the same number in each; false when there are no more. */
  next(builders: readonly ColumnBuilder[]): Promise<boolean>;
  /** How much has been read, 0 to 1. */
  fraction(): number;
}

export interface OpenContext {
  readonly staging: string;
  readonly signal: AbortSignal;
  /** Only the first rows are wanted. */
  readonly glance: boolean;
}

/**
 * A format that tables come in: one folder in `importers/`, one line in the list beside them, and the conformance
 * battery picks it up. Reading happens in a job process: damaged bytes may cost that process, never the app.
 *
 * @example
 * export const parquetImporter = defineImporter({
 *   format: 'parquet', title: 'Parquet', extensions: ['parquet'], options: ['columns', 'omit'],
 *   recognises: (head) => startsWith(head, 'PAR1'),
 *   open: (input, context) => openParquet(input, context),
 * });
 */
export interface Importer {
  readonly format: ImportFormat;
  /** As in "not a sound Parquet file". */
  readonly title: string;
  /** Without dot, lower case. Looked at when the content doesn't say. */
  readonly extensions: readonly string[];
  /** Of addresses it opens: `postgres`. */
  readonly schemes?: readonly string[];
  /** Keys of ImportOptions that it understands, `format` and `omit` not counted. */
  readonly options: readonly (keyof ImportOptions)[];
  /** Whether the first bytes of a file (up to 64 kB) can only be of this format. */
  readonly recognises: (head: Uint8Array) => boolean;
  /** Opens the table; throws `file-damaged` with the place for anything that isn't sound. */
  readonly open: (input: ImportInput, context: OpenContext) => Promise<OpenedTable>;
}

export function defineImporter(importer: Importer): Importer {
  return importer;
}
