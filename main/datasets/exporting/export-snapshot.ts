import type { ExportFormat } from '../../../preload/contract/datasets.ts';
import type { TaskContext } from '../../jobs/index.ts';
import { openSnapshot } from '../reading/open-snapshot.ts';
import { openOutput } from './open-output.ts';
import { readRowGroups } from './read-row-groups.ts';
import { writeArrow } from './write-arrow.ts';
import { writeCsv } from './write-csv.ts';
import { writeParquet } from './write-parquet.ts';

export interface ExportInput {
  readonly manifest: string;
  readonly path: string;
  readonly format: ExportFormat;
  readonly spreadsheet: boolean;
}

export interface Exported {
  readonly rows: number;
  readonly columns: number;
  readonly size: number;
  readonly sha256: string;
}

/** Writes a snapshot as a file, wholly or not at all. */
export async function exportSnapshot(
  { manifest, path, format, spreadsheet }: ExportInput,
  { reader, staging, signal, progress }: TaskContext,
): Promise<Exported> {
  const snapshot = await openSnapshot(reader, manifest);
  const { schema, rows } = snapshot;
  const facts = { rows, columns: schema.length };
  const groups = readRowGroups(reader, snapshot, {
    signal,
    progress: (done, words) => progress(0.95 * done, words),
  });
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
