import type { ExportFormat, Field } from '../../../preload/contract/datasets.ts';
import type { TaskContext } from '../../jobs/index.ts';
import { openSnapshot } from '../reading/open-snapshot.ts';
import { openOutput } from './open-output.ts';
import { numberedFields, numberedRows } from './numbered-rows.ts';
import { readRowGroups, type RowGroup } from './read-row-groups.ts';
import { writeArrow } from './write-arrow.ts';
import { writeCsv } from './write-csv.ts';
import { writeParquet } from './write-parquet.ts';

export interface ExportInput {
  readonly manifest: string;
  readonly path: string;
  readonly format: ExportFormat;
  readonly spreadsheet: boolean;
  /** Places, from 0, of the rows that are written, with their number in a first column; default: all rows as they are. */
  readonly places?: Uint32Array;
}

export interface Exported {
  readonly rows: number;
  readonly columns: number;
  readonly size: number;
  readonly sha256: string;
}

/** Writes a snapshot as a file, wholly or not at all. */
export async function exportSnapshot(
  { manifest, places, ...file }: ExportInput,
  context: TaskContext,
): Promise<Exported> {
  const { reader, signal, progress } = context;
  const snapshot = await openSnapshot(reader, manifest);
  const { schema, rows } = snapshot;
  const reading = { signal, progress: (done: number, words: string) => progress(0.95 * done, words) };
  return places
    ? writeTable(
        {
          schema: numberedFields(schema),
          rows: places.length,
          groups: numberedRows(reader, snapshot, places, reading),
        },
        file,
        context,
      )
    : writeTable({ schema, rows, groups: readRowGroups(reader, snapshot, reading) }, file, context);
}

interface WrittenTable {
  readonly schema: readonly Field[];
  readonly rows: number;
  readonly groups: AsyncIterable<RowGroup>;
}

/** Writes groups of rows as a file, wholly or not at all. */
export async function writeTable(
  { schema, rows, groups }: WrittenTable,
  { path, format, spreadsheet }: Pick<ExportInput, 'path' | 'format' | 'spreadsheet'>,
  { staging, signal }: Pick<TaskContext, 'staging' | 'signal'>,
): Promise<Exported> {
  const facts = { rows, columns: schema.length };
  if (format === 'parquet')
    return { ...facts, ...(await writeParquet(path, schema, groups, { staging, signal })) };
  const output = await openOutput(path);
  try {
    await (format === 'arrow'
      ? writeArrow(output, schema, groups)
      : writeCsv(output, schema, groups, { spreadsheet }));
    return { ...facts, ...(await output.finish()) };
  } catch (error) {
    await output.abandon();
    throw error;
  }
}
