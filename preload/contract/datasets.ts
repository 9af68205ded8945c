import * as z from 'zod';
import { ColumnProfile, ComparedProfile } from './column-profile.ts';
import { ColumnType } from './column-types.ts';
import { Digest, Instant, Name } from './common.ts';
import { importFormats, ImportOptions } from './import-options.ts';
import { defineMethod } from './method.ts';
import { Relations } from './relations.ts';
import { Severity, SuiteVerdict } from './severity.ts';
import { rowView } from './views.ts';
import { Space } from './workspaces.ts';

function some(name: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const rest = ids.length > 5 ? ` and ${ids.length - 5} more` : '';
  return [`${name}${ids.length === 1 ? '' : 's'} ${ids.slice(0, 5).join(', ')}${rest}`];
}

function lost({ datasets: made, runs, models, bundles }: z.infer<typeof Affected>): string {
  return [
    ...some('dataset', made),
    ...some('run', runs),
    ...some('model', models),
    ...some('bundle', bundles),
  ].join('; ');
}

export const datasetFailures = {
  'dataset-not-found': (d: { name: string; known: string[] }) =>
    `there is no dataset "${d.name}"; ${d.known.length ? `this workspace has ${d.known.join(', ')}` : 'import one with `holdfast datasets import FILE`'}`,
  'dataset-version-not-found': (d: { name: string; version: string; latest: number; tags?: string[] }) =>
    `dataset "${d.name}" has no version ${d.version}; its latest is ${d.latest}${d.tags?.length ? `, its tags are ${d.tags.join(', ')}` : ''}`,
  'dataset-version-deleted': (d: {
    name: string;
    version: number;
    at: string;
    by: string;
    reason: string | null;
    inTrash: boolean;
  }) =>
    `${d.name}@${d.version} was deleted by ${d.by} at ${d.at}${d.reason === null ? '' : ` (${d.reason})`}; ${d.inTrash ? `\`holdfast datasets restore ${d.name}@${d.version}\` brings it back` : 'its data is gone'}`,
  'dataset-in-use': (d: {
    versions: string[];
    datasets: string[];
    runs: string[];
    models: string[];
    bundles: string[];
  }) =>
    `deleting ${d.versions.join(', ')} takes their source from ${lost(d)}; they could not be made again. To do it all the same, say --force and --reason "why"`,
  'delete-needs-reason': (d: { versions: string[] }) =>
    `deleting ${d.versions.join(', ')} takes the source from other things; a forced deletion needs --reason "why", which is kept`,
  'column-not-declared': (d: { dataset: string; column: string; known: string[] }) =>
    `column "${d.column}" of "${d.dataset}" is not declared as unknown when predicting; ${d.known.length ? `declared are ${d.known.join(', ')}` : 'none is'}`,
  'tag-not-found': (d: { dataset: string; version: number; tag: string; known: string[] }) =>
    `${d.dataset}@${d.version} has no tag "${d.tag}"; ${d.known.length ? `its tags are ${d.known.join(', ')}` : 'it has none'}`,
  'trash-not-found': (d: { reference: string; known: string[] }) =>
    `there is no "${d.reference}" in the trash; ${d.known.length ? `it has ${d.known.join(', ')}` : 'it is empty'}`,
  'dataset-base-deleted': (d: { dataset: string }) =>
    `the version of "${d.dataset}" that this one shares blocks with was deleted while the file was read; nothing was kept. Import it again`,
  'column-not-found': (d: { column: string; known: string[]; where: string }) =>
    `there is no column "${d.column}" in ${d.where}; it has ${d.known.join(', ')}`,
  'column-too-large': (d: { column: string; limit: number }) =>
    `column "${d.column}" has more than ${d.limit / 2 ** 20} MB of text in 65,536 rows; such documents belong in files of their own`,
  'snapshot-unreadable': (d: { manifest: string; reason: string }) =>
    `the snapshot manifest ${d.manifest} cannot be read: ${d.reason}`,
  'diff-key-duplicate': (d: { columns: string[]; value: string; rows: number[]; side: string }) =>
    `the key ${d.value} occurs more than once in the ${d.side === 'before' ? 'earlier' : 'later'} version (rows ${d.rows.join(' and ')}); a key must tell every row from the others. Add a column to ${d.columns.join(', ')}, or compare by position`,
  'diff-key-retyped': (d: { column: string; before: string; after: string }) =>
    `column "${d.column}" can't be a key: it is ${d.before} in the earlier and ${d.after} in the later version`,
  'file-is-folder': (d: { path: string }) => `"${d.path}" is a folder; name a file in it`,
  'file-empty': (d: { path: string }) =>
    `"${d.path}" is empty; expected a line of column names and at least one row`,
  'file-not-text': (d: { path: string; looksLike: string }) =>
    `"${d.path}" looks like ${d.looksLike}; expected CSV, TSV, JSON, Parquet, Arrow, Excel (.xlsx), SQLite or DuckDB`,
  'file-changed': (d: { path: string }) =>
    `"${d.path}" was changed while it was read; nothing was kept. Import it again when nothing writes to it`,
  'csv-header-only': (d: { path: string; columns: number }) =>
    `"${d.path}" has ${d.columns === 1 ? 'a column name' : `${d.columns} column names`} but no rows; if its first line is data, import it with header: false`,
  'csv-nul': (d: { path: string; line: number }) =>
    `"${d.path}" has a zero byte on line ${d.line}; expected text. If it was saved as UTF-16, choose that encoding`,
  'csv-encoding': (d: { path: string; encoding: string; where: string }) =>
    `"${d.path}" is not ${d.encoding} (${d.where} cannot be read); choose another encoding, or leave it to be detected`,
  'csv-column-duplicate': (d: { path: string; column: string; positions: number[] }) =>
    `"${d.path}" has ${d.positions.length} columns named "${d.column}" (columns ${d.positions.join(', ')}); every column needs a name of its own`,
  'csv-column-unnamed': (d: { path: string; positions: number[] }) =>
    `"${d.path}" has no name for column ${d.positions.join(', ')}; every column needs a name. If its first line is data, import it with header: false`,
  'csv-too-many-columns': (d: { path: string; columns: number; limit: number }) =>
    `"${d.path}" has ${d.columns.toLocaleString('en')} columns; at most ${d.limit.toLocaleString('en')} can be imported`,
  'csv-row-too-long': (d: { path: string; line: number; limit: number }) =>
    `"${d.path}": the row on line ${d.line} is longer than ${d.limit / 2 ** 20} MB; expected lines that end`,
  'csv-quote-open': (d: { path: string; line: number }) =>
    `"${d.path}": the quote opened on line ${d.line} is never closed; close it, or choose another quote character`,
  'csv-no-row-fits': (d: { path: string; rows: number; line: number; reason: string }) =>
    `"${d.path}": none of its ${d.rows} rows fits. The first, on line ${d.line}: ${d.reason}`,
  'csv-row-rejected': (d: { path: string; line: number; column: string | null; reason: string }) =>
    `"${d.path}", line ${d.line}${d.column === null ? '' : `, column "${d.column}"`}: ${d.reason}; nothing was imported`,
  'file-damaged': (d: { path: string; format: string; reason: string }) =>
    `"${d.path}" is not a sound ${d.format} file: ${d.reason}`,
  'file-expands': (d: { path: string; size: number; limit: number }) =>
    `"${d.path}" (${d.size.toLocaleString('en')} bytes) unpacks to more than ${d.limit.toLocaleString('en')} bytes, which no table does; unpack it yourself if you trust it`,
  'file-limit': (d: { path: string; seconds?: number | undefined; megabytes?: number | undefined }) =>
    `reading "${d.path}" was stopped: it took more than ${d.seconds === undefined ? `${d.megabytes} MB of memory` : `${d.seconds.toLocaleString('en', { maximumFractionDigits: 1 })} s`}, which no sound file of its size does; where you trust it, write it again in smaller parts`,
  'import-format-unknown': (d: { format: string; known: string[] }) =>
    `there is no import format "${d.format}"; expected one of ${d.known.join(', ')}`,
  'import-option-unused': (d: { option: string; format: string; known: string[] }) =>
    `a ${d.format} import has no option "${d.option}"; it has ${d.known.join(', ')}`,
  'import-choice': (d: { path: string; what: string; wanted: string | null; known: string[] }) =>
    d.known.length === 0
      ? `"${d.path}" has no ${d.what}`
      : `${d.wanted === null ? `"${d.path}" has several; say which ${d.what}` : `"${d.path}" has no ${d.what} "${d.wanted}"`}: ${d.known.join(', ')}`,
  'import-query': (d: { path: string; reason: string }) => `the query on "${d.path}" failed: ${d.reason}`,
  'column-type-refused': (d: { path: string; column: string; type: string }) =>
    `"${d.path}": column "${d.column}" holds values of type ${d.type}, which have no place in a table; leave it out with {"omit": [${JSON.stringify(d.column)}]}`,
  'value-refused': (d: { path: string; column: string; row: number; reason: string }) =>
    `"${d.path}": column "${d.column}", row ${d.row.toLocaleString('en')}: ${d.reason}`,
  'export-format-unknown': (d: { path: string; known: string[] }) =>
    `the name "${d.path}" does not say which format to write; name the file .csv, .parquet or .arrow, or choose one of ${d.known.join(', ')}`,
  'query-not-select': (d: { what: string }) =>
    `expected one SELECT, got ${d.what}; a query reads datasets and changes nothing`,
  'query-table': (d: { table: string; known: string[] }) =>
    `there is no dataset "${d.table}" to query; ${d.known.length ? `this workspace has ${d.known.join(', ')}; an older version is "NAME@2" in quotes` : 'it has none yet'}`,
  'query-column': (d: { column: string; type: string }) =>
    `column "${d.column}" of the result is of type ${d.type}, which has no place in a table; CAST it or leave it out`,
  'query-failed': (d: { reason: string }) => `the query failed: ${d.reason}`,
  'folder-empty': (d: { path: string }) => `the folder "${d.path}" holds no files; name a file`,
  'folder-mixed': (d: { path: string; files: number; kinds: string[] }) =>
    `the folder "${d.path}" holds ${d.files} files of different kinds (${d.kinds.map((kind) => kind || 'no extension').join(', ')}); expected files of one kind with the same columns`,
  'folder-schema': (d: { first: string; file: string; column: string }) =>
    `"${d.file}" does not have the columns of "${d.first}": they differ at "${d.column}"`,
  'values-refused': (d: { path: string; reason: string }) => `"${d.path}": ${d.reason}`,
  'table-without-rows': (d: { path: string; columns: number }) =>
    `"${d.path}" has ${d.columns === 1 ? 'a column' : `${d.columns} columns`} but no rows`,
  'database-unreachable': (d: { address: string; reason: string }) =>
    `no database answers at ${d.address}: ${d.reason}`,
  'database-login': (d: { address: string; reason: string }) =>
    `${d.address} refused the login: ${d.reason}; give the right password (HOLDFAST_DATABASE_PASSWORD, the keychain, or typed in where it is asked for)`,
  'date-format-invalid': (d: { format: string }) =>
    `the date format "${d.format}" cannot be used; expected year, month and day with %Y %y %m %b %d %H %I %p %M %S %f %z, each once`,
};

/** `NAME`, or `NAME@N` or `NAME@TAG` for one version; else the latest. */
export const DatasetRef = z.string().min(1).describe('NAME, NAME@VERSION or NAME@TAG');

/** A name of a version. Not a number, which would be a version's own. */
export const Tag = z
  .string()
  .regex(
    /^(?=.*[^0-9])[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    'expected 1 to 63 of a-z A-Z 0-9 . _ - with a letter or digit first, and not a number alone',
  );

export const Field = z.object({ name: z.string(), type: ColumnType });
export type Field = z.infer<typeof Field>;

/** What a dataset can be written as. */
export const exportFormats = ['csv', 'parquet', 'arrow'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const InspectedColumn = z.object({
  name: z.string(),
  type: ColumnType,
  /** At most five different values. */
  examples: z.array(z.string()),
  /** In the part of the file that was looked at. */
  missing: z.int(),
  /** Why this type, when that isn't plain. */
  note: z.string().nullable(),
});

export const Snapshot = z.object({
  id: Digest,
  rows: z.int(),
  columns: z.int(),
  rejected: z.int(),
});

/** What a version was made from by SQL: the text, and the versions it read. */
export const QueryOrigin = z.strictObject({
  sql: z.string(),
  parents: z.array(z.strictObject({ dataset: z.string(), version: z.int(), snapshot: Digest })),
});
export type QueryOrigin = z.infer<typeof QueryOrigin>;

/** What a version was made from by treating personal data: the steps, and the version that was treated. */
export const TreatmentOrigin = z.strictObject({
  /** Each as `privacy.treat` takes it, with the fingerprint of the key where one was used. */
  steps: z.array(z.looseObject({ treat: z.string(), column: z.string() })),
  parents: QueryOrigin.shape.parents,
});
export type TreatmentOrigin = z.infer<typeof TreatmentOrigin>;

export const VersionSource = z.strictObject({
  /** Base name of the imported file (the folder it was in is not recorded), or a database's address without password, `query` or `treatment`. */
  file: z.string(),
  size: z.number(),
  sha256: Digest,
  query: QueryOrigin.optional(),
  treatment: TreatmentOrigin.optional(),
});
export type VersionSource = z.infer<typeof VersionSource>;

export const DatasetVersion = z.object({
  version: z.int(),
  snapshot: Snapshot,
  created: Instant,
  by: z.string(),
  source: VersionSource.nullable(),
  options: ImportOptions,
  tags: z.array(z.string()),
  note: z.string().nullable(),
});
export type DatasetVersion = z.infer<typeof DatasetVersion>;

/** A column that is not known when a prediction is asked for, as somebody declared; no model learns from it. */
export const NotKnownColumn = z.object({
  column: z.string(),
  why: z.string().nullable(),
  at: Instant,
  by: z.string(),
});
export type NotKnownColumn = z.infer<typeof NotKnownColumn>;

export const Dataset = z.object({
  name: z.string(),
  created: Instant,
  versions: z.int(),
  latest: DatasetVersion,
});
export type Dataset = z.infer<typeof Dataset>;

export const Reject = z.object({
  line: z.int(),
  column: z.string().nullable(),
  reason: z.string(),
  text: z.string(),
});
export type Reject = z.infer<typeof Reject>;

/** A cell: dates and moments are ISO 8601; whole numbers beyond 2^53, NaN and infinities are text; null is missing. */
export const CellValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type CellValue = z.infer<typeof CellValue>;

export const DiffKind = z.enum(['changed', 'added', 'removed']);
export type DiffKind = z.infer<typeof DiffKind>;

export const DiffRow = z.object({
  kind: DiffKind,
  /** Its row in the later version, counted from 1; null where it was removed. */
  row: z.int().nullable(),
  /** Its row in the earlier version, counted from 1; null where it was added. */
  from: z.int().nullable(),
  /** Values of the key columns; null when rows are told by position. */
  key: z.record(z.string(), CellValue).nullable(),
  /** Of a changed row the cells that differ, of an added or removed one all of them. */
  cells: z.array(z.object({ column: z.string(), old: CellValue.optional(), new: CellValue.optional() })),
});
export type DiffRow = z.infer<typeof DiffRow>;

/** What lost its source, or would. */
export const Affected = z.object({
  /** Versions that queries or treatments made of it. */
  datasets: z.array(z.string()),
  runs: z.array(z.string()),
  models: z.array(z.string()),
  /** Digests. */
  bundles: z.array(z.string()),
});
export type Affected = z.infer<typeof Affected>;

export const TrashedVersion = z.object({
  dataset: z.string(),
  version: z.int(),
  snapshot: Digest,
  rows: z.int(),
  columns: z.int(),
  deleted: Instant,
  by: z.string(),
  reason: z.string().nullable(),
  affects: Affected,
  /** Bytes that only this version holds: what emptying the trash of it alone gives back. */
  frees: z.number(),
});
export type TrashedVersion = z.infer<typeof TrashedVersion>;

const DiffInput = {
  from: DatasetRef.describe('the earlier version: NAME or NAME@VERSION'),
  to: DatasetRef.describe('the later version: NAME or NAME@VERSION'),
  key: z
    .array(z.string())
    .default([])
    .describe('column (or columns) that tells one row from another; default: by position'),
};

/** Used for this call alone: neither recorded nor kept. */
const databasePassword = z.string().min(1).max(10_000).optional().describe('password of a database');

export const datasets = {
  inspect: defineMethod({
    doc: 'Looks at a file before it is imported: what was detected, the inferred types, the first 50 rows. Reads parts of the file only; an import with the same options looks at all of it and says so when that changes a type.',
    input: z.object({
      path: z.string().min(1).describe('the file, folder or database address'),
      options: ImportOptions.default({}),
      password: databasePassword,
    }),
    output: z.object({
      file: z.object({ name: z.string(), size: z.number() }),
      format: z.enum(importFormats),
      /** Keys of the options that mean something for this format. */
      options: z.array(z.string()),
      /** Sheets or tables to choose from; empty where the format has just one. */
      tables: z.array(z.string()),
      /** How the text is written, of CSV and TSV; null for every other format. */
      detected: z
        .object({
          delimiter: z.string(),
          quote: z.string(),
          escape: z.string(),
          header: z.boolean(),
          encoding: z.string(),
          lineEnding: z.string(),
          nullTokens: z.array(z.string()),
          decimal: z.string(),
          dateFormat: z.string().nullable(),
        })
        .nullable(),
      columns: z.array(InspectedColumn),
      rows: z.array(z.array(z.string().nullable())),
      notes: z.array(z.string()),
    }),
    anywhere: true,
    cli: { args: ['path'] },
  }),
  import: defineMethod({
    doc: 'Imports a file (CSV, TSV, JSON, Parquet, Arrow, Excel, SQLite, DuckDB), a folder of files with the same columns, or a query of a PostgreSQL or MySQL database as the next version of a dataset. The same content again gives the same snapshot and stores nothing. The file is only read.',
    input: z.object({
      path: z.string().min(1).describe('the file, folder or database address'),
      name: Name.optional().describe('dataset name; default: from the file name'),
      options: ImportOptions.default({}),
      password: databasePassword,
    }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      snapshot: Snapshot,
      /** False when this version's content was there already. */
      added: z.boolean(),
      notes: z.array(z.string()),
      /** What the dataset's suite of checks said of it; null where it has none. */
      checks: z
        .object({
          verdict: SuiteVerdict,
          /** Version of the suite, and how many checks it has. */
          suite: z.int(),
          of: z.int(),
          failed: z.array(
            z.object({
              /** In the suite, 1 for the first. */
              number: z.int(),
              severity: Severity,
              says: z.string(),
              observed: z.string(),
              /** Rows that fail; 0 where it is about the table as a whole. */
              failing: z.int(),
            }),
          ),
        })
        .nullable()
        .default(null),
    }),
    writes: true,
    job: true,
    cli: { args: ['path'] },
  }),
  export: defineMethod({
    doc: 'Writes a dataset version to a file: CSV, Parquet or Arrow, by the name of the file. Values are written exactly; Arrow and Parquet come back as the same snapshot, CSV too unless its texts read as another type. The file is whole or not there; one of that name is replaced.',
    input: z.object({
      dataset: DatasetRef,
      path: z.string().min(1).describe('the file to write'),
      format: z.enum(exportFormats).optional().describe('default: by the name of the file'),
      spreadsheet: z
        .boolean()
        .default(false)
        .describe("CSV only: a ' before texts that a spreadsheet would run as formulas"),
    }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      snapshot: Digest,
      /** Base name. */
      file: z.string(),
      format: z.enum(exportFormats),
      rows: z.int(),
      columns: z.int(),
      size: z.number(),
      sha256: Digest,
      notes: z.array(z.string()),
    }),
    job: true,
    cli: { args: ['dataset', 'path'] },
  }),
  query: defineMethod({
    doc: 'Runs one SELECT over datasets: each is a table of its name, older versions are "NAME@2" in quotes. Read-only, without files or network. Returns the first rows as a table; with `save` all rows become the next version of a dataset, whose lineage names the SQL and what it read.',
    input: z.object({
      sql: z.string().min(1).describe('the SELECT'),
      limit: z
        .int()
        .min(1)
        .max(10_000)
        .default(1000)
        .describe('rows to return, at most 10,000; default: 1000'),
      save: Name.optional().describe('keep the whole result as the next version of this dataset'),
    }),
    output: z.object({
      /** Of the whole result. */
      rows: z.int(),
      columns: z.array(Field),
      /** Versions that were read: `houses@3`. */
      read: z.array(z.string()),
      saved: z
        .object({ dataset: z.string(), version: z.int(), snapshot: Snapshot, added: z.boolean() })
        .nullable(),
      notes: z.array(z.string()),
    }),
    table: true,
    job: true,
    cli: { args: ['sql'] },
  }),
  list: defineMethod({
    doc: 'All datasets with their latest version.',
    input: z.object({}),
    output: z.object({ datasets: z.array(Dataset) }),
  }),
  show: defineMethod({
    doc: 'One dataset version: schema, facts, and the list of versions.',
    input: z.object({ dataset: DatasetRef }),
    output: z.object({
      dataset: z.string(),
      version: DatasetVersion,
      schema: z.array(Field),
      versions: z.array(DatasetVersion),
      /** Of the dataset, in all its versions. */
      notKnown: z.array(NotKnownColumn),
    }),
    cli: { args: ['dataset'] },
  }),
  preview: defineMethod({
    doc: 'A window of rows as an Arrow IPC stream, sorted and filtered as asked. At most 10,000 rows at a time.',
    input: z.object({
      dataset: DatasetRef,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(10_000).default(20),
      columns: z.array(z.string()).optional(),
      ...rowView,
    }),
    output: z.object({
      /** All there are to look at: with a condition or a search, those that pass. */
      rows: z.int(),
      offset: z.int(),
      limit: z.int(),
      /** With a sort, condition or search only: rows of the whole snapshot, and each row's place in it, from 1. */
      of: z.int().optional(),
      numbers: z.array(z.int()).optional(),
    }),
    table: true,
    cli: { args: ['dataset'] },
  }),
  profile: defineMethod({
    doc: 'Per column: missing, different values, range, mean, quantiles, histogram, commonest values, lengths, outliers, order, and what it seems to be. Every figure is exact. Computed once for a column, however many versions have it, and kept. With --against beside those of another version or dataset, column by column of the same name.',
    input: z.object({
      dataset: DatasetRef,
      against: DatasetRef.optional().describe('compare with: NAME, NAME@VERSION or NAME@TAG'),
    }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      rows: z.int(),
      columns: z.array(ColumnProfile),
      against: z
        .object({
          dataset: z.string(),
          version: z.int(),
          rows: z.int(),
          /** In the order of this table, then what was removed. */
          columns: z.array(ComparedProfile),
        })
        .nullable()
        .default(null),
    }),
    job: true,
    cli: { args: ['dataset'] },
  }),
  relations: defineMethod({
    doc: 'How the columns of a version go together: Pearson and Spearman correlations, Cramér’s V and correlation ratios of every two columns, which are missing together, and rows that occur more than once. Computed once for a version and kept.',
    input: z.object({ dataset: DatasetRef }),
    output: Relations.extend({ dataset: z.string(), version: z.int(), rows: z.int() }),
    job: true,
    cli: { args: ['dataset'] },
  }),
  rejects: defineMethod({
    doc: 'The rows of a version that did not fit when it was imported: line, column, reason, text.',
    input: z.object({
      dataset: DatasetRef,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(100),
    }),
    output: z.object({ total: z.int(), rejects: z.array(Reject) }),
    cli: { args: ['dataset'] },
  }),
  diff: defineMethod({
    doc: 'What changed from one version to another: columns by name, rows and cells counted exactly. By position, rows put in or taken out are recognised and the others compared with what they were; with a key, rows with the same key are. Cells of a retyped column count where they say something else. Computed once for two versions and kept.',
    input: z.object(DiffInput),
    output: z.object({
      columns: z.object({
        added: z.array(z.string()),
        removed: z.array(z.string()),
        retyped: z.array(z.string()),
      }),
      rows: z.object({ added: z.int(), removed: z.int(), changed: z.int() }),
      cells: z.object({ changed: z.int() }),
    }),
    job: true,
    cli: { args: ['from', 'to'] },
  }),
  'diff-rows': defineMethod({
    doc: 'A window of the rows that differ, with their cells old and new: changed rows, then added, then removed ones, each in order. With a column, changed rows that differ in it.',
    input: z.object({
      ...DiffInput,
      kind: DiffKind.optional(),
      column: z.string().optional(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(100),
    }),
    output: z.object({
      /** Columns of both versions with how many of their cells changed. */
      columns: z.array(z.object({ name: z.string(), changed: z.int() })),
      /** Rows that fit, in all windows. */
      total: z.int(),
      rows: z.array(DiffRow),
    }),
    cli: { args: ['from', 'to'] },
  }),
  tag: defineMethod({
    doc: 'Gives a version a name, under which NAME@TAG finds it, or takes the name away. A tag that another version has moves to this one.',
    input: z.object({
      dataset: DatasetRef,
      tag: Tag,
      remove: z.boolean().default(false).describe('take the tag away'),
    }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      tags: z.array(z.string()),
      /** The version that had the tag before. */
      movedFrom: z.int().nullable(),
    }),
    writes: true,
    cli: { args: ['dataset', 'tag'] },
  }),
  note: defineMethod({
    doc: 'Writes a note to a version, in place of the one before; an empty text takes it away.',
    input: z.object({ dataset: DatasetRef, text: z.string().max(10_000) }),
    output: z.object({ dataset: z.string(), version: z.int(), note: z.string().nullable() }),
    writes: true,
    cli: { args: ['dataset', 'text'] },
  }),
  'not-known': defineMethod({
    doc: 'Declares that a column is not known when a prediction is asked for, in every version of the dataset: no recipe takes it as a feature by itself, one that names it is refused, and the search for leakage reports it. With --remove the declaration is taken back. Who, when and why are in the journal.',
    input: z.object({
      dataset: DatasetRef,
      column: z.string().min(1),
      why: z.string().trim().min(1).max(1000).optional().describe('such as: entered after the sale'),
      remove: z.boolean().default(false).describe('take the declaration back'),
    }),
    output: z.object({ dataset: z.string(), notKnown: z.array(NotKnownColumn) }),
    writes: true,
    cli: { args: ['dataset', 'column'] },
  }),
  delete: defineMethod({
    doc: 'Moves a version (NAME@VERSION), or all versions of a dataset (NAME), to the trash; `datasets restore` brings them back. Refused when runs, models or bundles would lose their source, unless forced with a reason, which is kept. The number is never given again.',
    input: z.object({
      dataset: z.string().min(1).describe('NAME for all its versions, NAME@VERSION or NAME@TAG for one'),
      force: z.boolean().default(false).describe('also when something would lose its source'),
      reason: z.string().trim().min(1).max(1000).optional().describe('why; needed with --force'),
      dryRun: z.boolean().default(false).describe('only say what would go, and what would lose its source'),
    }),
    output: z.object({
      deleted: z.array(z.object({ dataset: z.string(), version: z.int(), snapshot: Digest })),
      affects: Affected,
      /** Nothing was deleted: it was only asked. */
      dryRun: z.boolean(),
    }),
    writes: true,
    cli: { args: ['dataset'] },
  }),
  trash: defineMethod({
    doc: 'Deleted versions that can be brought back, and the bytes that emptying the trash would give back.',
    input: z.object({}),
    output: z.object({ versions: z.array(TrashedVersion), frees: z.number() }),
  }),
  restore: defineMethod({
    doc: 'Brings deleted versions back from the trash, with their notes, and with their tags where no other version has them now.',
    input: z.object({ dataset: z.string().min(1).describe('NAME for all its versions, or NAME@VERSION') }),
    output: z.object({ restored: z.array(z.object({ dataset: z.string(), version: z.int() })) }),
    writes: true,
    cli: { args: ['dataset'] },
  }),
  empty: defineMethod({
    doc: 'Empties the trash, for good: removes the data that only deleted versions hold; what any other version or run needs stays. That a version was deleted, by whom and why, is kept.',
    input: z.object({
      dataset: z.string().min(1).optional().describe('NAME or NAME@VERSION; default: all of the trash'),
    }),
    output: z.object({
      emptied: z.array(z.object({ dataset: z.string(), version: z.int() })),
      before: Space,
      after: Space,
      removed: Space,
    }),
    writes: true,
    job: true,
    cli: { args: ['dataset'] },
  }),
};
