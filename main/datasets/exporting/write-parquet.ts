import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Field } from '../../../preload/contract/datasets.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { loadTable } from '../duckdb/load-snapshot.ts';
import { duckdbReason, openDuckdb, quoteText } from '../duckdb/open-duckdb.ts';
import { hashFile, openBytes } from '../importing/open-bytes.ts';
import { makeFolder, renameFile, syncFolder } from '../../platform/files/index.ts';
import { temporaryFor } from './open-output.ts';
import type { RowGroup } from './read-row-groups.ts';

/** A Parquet file packed with zstd, written by DuckDB. */
export async function writeParquet(
  path: string,
  fields: readonly Field[],
  groups: AsyncIterable<RowGroup>,
  { staging, signal }: { readonly staging: string; readonly signal: AbortSignal },
): Promise<{ size: number; sha256: string }> {
  const temporary = temporaryFor(path);
  await makeFolder(dirname(temporary));
  const duckdb = await openDuckdb({ staging, files: [temporary], signal });
  try {
    await loadTable(duckdb, 'export', fields, groups);
    await duckdb.connection.run(`COPY export TO ${quoteText(temporary)} (FORMAT parquet, COMPRESSION zstd)`);
    const file = await openBytes(temporary);
    try {
      const sha256 = await hashFile(file, signal);
      await file.handle.sync();
      await renameFile(temporary, path);
      await syncFolder(dirname(temporary));
      return { size: file.size, sha256 };
    } finally {
      await file.handle.close();
    }
  } catch (error) {
    await rm(temporary, { force: true });
    if (signal.aborted) throw fail('cancelled', { what: 'writing Parquet' }, error);
    if (error instanceof Error && 'code' in error) throw error;
    throw fail('not-writable', { path, reason: duckdbReason(error) }, error);
  } finally {
    duckdb.close();
  }
}
