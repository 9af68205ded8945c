import { basename, extname } from 'node:path';
import type * as z from 'zod';
import { exportFormats, type datasets, type ExportFormat } from '../../preload/contract/datasets.ts';
import { fail } from '../../preload/contract/errors.ts';
import type { CallContext } from '../workspaces/index.ts';
import { resolveDataset } from './store.ts';
import { exportTask } from './tasks.ts';

type Input = z.output<typeof datasets.export.input>;
type Output = z.input<typeof datasets.export.output>;

const extensions: Readonly<Record<string, ExportFormat>> = {
  '.csv': 'csv',
  '.parquet': 'parquet',
  '.pq': 'parquet',
  '.arrow': 'arrow',
  '.feather': 'arrow',
  '.ipc': 'arrow',
};

/** Writes a dataset version to a file of the user's, in a process of its own. */
export async function exportFile(input: Input, context: CallContext): Promise<Output> {
  const { dataset, path, spreadsheet } = input;
  const row = resolveDataset(context.workspace.db, dataset);
  const format = exportFormatOf(path, input.format);
  context.about({ dataset: row.dataset }, `export ${row.dataset}@${row.version} to ${basename(path)}`);
  const { result } = await context.task(exportTask, { manifest: row.manifest, path, format, spreadsheet });
  return {
    dataset: row.dataset,
    version: row.version,
    snapshot: row.snapshot,
    file: basename(path),
    format,
    ...result,
    notes: format === 'csv' ? [csvNote(spreadsheet)] : [],
  };
}

/** The format that is asked for, or the one that the file's name says. Throws `export-format-unknown`. */
export function exportFormatOf(path: string, asked?: ExportFormat): ExportFormat {
  const format = asked ?? extensions[extname(path).toLowerCase()];
  if (format === undefined) throw fail('export-format-unknown', { path, known: [...exportFormats] });
  return format;
}

export function csvNote(spreadsheet: boolean): string {
  return spreadsheet
    ? "texts that a spreadsheet would run as formulas have a ' before them, so the file does not come back as the same snapshot"
    : 'every text is written as it is, also one that a spreadsheet would run as a formula; for spreadsheets export with --spreadsheet';
}
