import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ImportOptions } from '../../../../preload/contract/import-options.ts';
import type { Reject } from '../../../../preload/contract/datasets.ts';
import { isPresent } from '../../snapshot/block.ts';
import { float64Values, int32Values, int64Values } from '../../snapshot/block.ts';
import { createMemoryObjects } from '../../snapshot/memory-objects.ts';
import { openSnapshot } from '../../reading/open-snapshot.ts';
import { readBlocks } from '../../reading/read-columns.ts';
import type { Cell } from '../../snapshot/write-snapshot.ts';
import { importDelimited } from './import-delimited.ts';
import { readRejects } from './rejects.ts';

/** A file with these bytes in a temporary folder that goes with the test. */
export function fileOf(content: string | Uint8Array, name = 'table.csv'): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-csv-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export interface Imported {
  readonly id: string;
  /** `name type` per column. */
  readonly schema: string[];
  /** Values by column name. */
  readonly columns: Record<string, Cell[]>;
  readonly rejects: Reject[];
  readonly rejected: number;
  readonly notes: readonly string[];
}

/** Imports a file and takes everything back out. */
export async function importFrom(path: string, options: ImportOptions = {}): Promise<Imported> {
  const store = createMemoryObjects();
  const result = await importDelimited(
    { path, options },
    { writer: store, signal: new AbortController().signal, progress: () => undefined, log: () => undefined },
  );
  const manifest = await openSnapshot(store, result.snapshot.manifest);
  const columns: Record<string, Cell[]> = {};
  for (const column of manifest.columns) {
    const cells: Cell[] = [];
    for await (const block of readBlocks(store, column)) {
      const { rows, values, type } = block;
      const offsets = type === 'utf8' ? int32Values(values, rows + 1) : new Int32Array();
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      for (let row = 0; row < rows; row++) {
        if (!isPresent(block.validity, row)) cells.push(null);
        else if (type === 'utf8')
          cells.push(decoder.decode(block.text.subarray(offsets[row], offsets[row + 1])));
        else if (type === 'bool') cells.push(isPresent(values, row));
        else if (type === 'float64') cells.push(float64Values(values, rows)[row]!);
        else if (type === 'date') cells.push(int32Values(values, rows)[row]!);
        else cells.push(int64Values(values, rows)[row]!);
      }
    }
    columns[column.name] = cells;
  }
  const { rejects } = result.rejects ? await readRejects(store, result.rejects, 0, 1e6) : { rejects: [] };
  return {
    id: result.snapshot.id,
    schema: manifest.schema.map(({ name, type }) => `${name} ${type}`),
    columns,
    rejects,
    rejected: result.rejected,
    notes: result.notes,
  };
}

export function importText(content: string | Uint8Array, options: ImportOptions = {}): Promise<Imported> {
  return importFrom(fileOf(content), options);
}
