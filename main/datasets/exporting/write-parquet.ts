import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isCategorical, isOrdered, orderedLevels } from '../../../preload/contract/column-types.ts';
import type { Field } from '../../../preload/contract/datasets.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { framed } from '../arrow/stream.ts';
import { schemaMessage } from '../arrow/messages.ts';
import { levelsKey } from '../arrow/parquet-metadata.ts';
import { loadTable } from '../duckdb/load-snapshot.ts';
import { duckdbReason, openDuckdb, quoteText } from '../duckdb/open-duckdb.ts';
import { hashFile, openBytes } from '../importing/open-bytes.ts';
import { makeFolder, renameFile, syncFolder } from '../../platform/files/index.ts';
import { temporaryFor } from './open-output.ts';
import type { RowGroup } from './read-row-groups.ts';

/** A Parquet file packed with zstd, written by DuckDB. Categoricals are texts that Arrow's schema in the file calls dictionaries. */
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
    await duckdb.connection.run(
      `COPY export TO ${quoteText(temporary)} (FORMAT parquet, COMPRESSION zstd${metadata(fields)})`,
    );
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

/**
 * What Arrow's libraries keep beside the columns to bring dictionaries back, the schema's message in Base64; and the levels of ordered
 * categories in their order, which the columns of a Parquet file do not tell.
 */
function metadata(fields: readonly Field[]): string {
  if (!fields.some(({ type }) => isCategorical(type))) return '';
  const schema = Buffer.from(framed(schemaMessage(fields, { dictionaries: true }))).toString('base64');
  const levels = fields.flatMap(({ name, type }) =>
    isOrdered(type) ? [[name, orderedLevels(type)] as const] : [],
  );
  const entries = [
    ['ARROW:schema', schema],
    ...(levels.length > 0 ? [[levelsKey, JSON.stringify(Object.fromEntries(levels))] as const] : []),
  ] as const;
  return `, KV_METADATA {${entries.map((entry) => entry.map(quoteText).join(': ')).join(', ')}}`;
}
