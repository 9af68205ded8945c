import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import {
  decimalDigits,
  decimalSize,
  decimalType,
  isCategorical,
  isDecimal,
  isNumeric,
  type ColumnType,
} from '../../../preload/contract/column-types.ts';
import type { Field } from '../../../preload/contract/datasets.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { adoptObjects, createObjectReader, createStagingWriter } from '../../platform/objects/index.ts';
import { readRowGroups } from '../exporting/read-row-groups.ts';
import { openSnapshot } from '../reading/open-snapshot.ts';
import { createSnapshotWriter } from '../snapshot/snapshot-writer.ts';
import { appendBlock } from './append-block.ts';
import type { ImportContext, ImportInput, ImportResult } from './importer.ts';

/** Most files of one folder. */
const fileLimit = 10_000;

/** The files of a folder that make up a table: by name, all with the same extension. Throws `folder-mixed`, `folder-empty`. */
export async function listTable(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .toSorted((a, b) => (a < b ? -1 : 1));
  const kinds = [...new Set(names.map((name) => extname(name.replace(/\.(?:gz|zst)$/i, '')).toLowerCase()))];
  if (names.length === 0) throw fail('folder-empty', { path });
  if (kinds.length > 1 || names.length > fileLimit)
    throw fail('folder-mixed', { path, files: names.length, kinds: kinds.slice(0, 10) });
  return names.map((name) => join(path, name));
}

/** Reads one file into a store; `importSource` of the module that reads files. */
export type ReadFile = (input: ImportInput, context: ImportContext) => Promise<ImportResult>;

/**
 * A folder of files with the same columns as one table, file after file by name. Types that differ between files are widened:
 * whole numbers to numbers, everything else to text, which is read again as it stands.
 */
export async function importFolder(
  { path, options }: ImportInput,
  context: ImportContext,
  readFile: ReadFile,
): Promise<ImportResult> {
  const files = await listTable(path);
  const objects = join(context.staging, 'parts');
  const staged = join(context.staging, 'parts-staged');
  const parts = createStagingWriter(objects, staged);
  const reader = createObjectReader(objects);
  const read = async (file: string, columns: typeof options.columns): Promise<ImportResult> => {
    const result = await readFile(
      { path: file, options: { ...options, onReject: 'stop', ...(columns ? { columns } : {}) } },
      { ...context, base: undefined, writer: parts, progress: () => undefined },
    );
    await adoptObjects(objects, staged, parts.staged());
    return result;
  };
  const results: ImportResult[] = [];
  const schemas: (readonly Field[])[] = [];
  for (const [index, file] of files.entries()) {
    const result = await read(file, options.columns);
    results.push(result);
    const { schema } = await openSnapshot(reader, result.snapshot.manifest);
    sameNames(files[0]!, schemas[0] ?? schema, file, schema);
    schemas.push(schema);
    context.progress((0.6 * (index + 1)) / files.length, basename(file));
  }
  const fields = schemas[0]!.map(({ name }, column) => ({
    name,
    type: schemas.map((schema) => schema[column]!.type).reduce(wider),
  }));
  for (const [index, schema] of schemas.entries()) {
    const columns = Object.fromEntries(
      fields
        .filter(({ type }, column) => schema[column]?.type !== type)
        .map(({ name, type }) => [name, { type }]),
    );
    if (Object.keys(columns).length > 0)
      results[index] = await read(files[index]!, { ...options.columns, ...columns });
  }
  const writer = createSnapshotWriter(fields, context.writer, context.base);
  try {
    for (const [index, result] of results.entries()) {
      const manifest = await openSnapshot(reader, result.snapshot.manifest);
      for await (const { blocks } of readRowGroups(reader, manifest, {
        signal: context.signal,
        progress: () => undefined,
      })) {
        blocks.forEach((block, column) => appendBlock(writer.builders[column]!, block));
        await writer.flush();
      }
      context.progress(0.6 + (0.38 * (index + 1)) / results.length, basename(files[index]!));
    }
    const snapshot = await writer.finish();
    return {
      snapshot,
      rejected: 0,
      rejects: null,
      notes: [
        `${files.length} files, in the order of their names`,
        ...new Set(results.flatMap(({ notes }) => notes)),
      ],
      source: folderSource(path, results),
    };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

function folderSource(path: string, results: readonly ImportResult[]): ImportResult['source'] {
  const hash = createHash('sha256');
  for (const { source } of results) hash.update(`${source.sha256} ${source.file}\n`);
  return {
    file: `${basename(path)}/`,
    size: results.reduce((sum, { source }) => sum + source.size, 0),
    sha256: hash.digest('hex'),
  };
}

function sameNames(first: string, wanted: readonly Field[], file: string, found: readonly Field[]): void {
  const missing = wanted.find(({ name }, i) => found[i]?.name !== name) ?? found[wanted.length];
  if (missing)
    throw fail('folder-schema', { first: basename(first), file: basename(file), column: missing.name });
}

function wider(a: ColumnType, b: ColumnType): ColumnType {
  if (a === b) return a;
  if (isNumeric(a) && isNumeric(b)) return widerNumber(a, b);
  if (isCategorical(a) && isCategorical(b)) return 'categorical';
  const both = [a, b];
  return both.includes('date') && both.includes('timestamp') ? 'timestamp' : 'utf8';
}

/** A decimal with the digits and places of both, where 38 are enough. */
function widerNumber(a: ColumnType, b: ColumnType): ColumnType {
  if (a === 'float64' || b === 'float64') return 'float64';
  const sizes = [a, b].map((type) => (isDecimal(type) ? decimalSize(type) : { precision: 19, scale: 0 }));
  const scale = Math.max(...sizes.map((size) => size.scale));
  const whole = Math.max(...sizes.map((size) => size.precision - size.scale));
  return whole + scale <= decimalDigits ? decimalType(whole + scale, scale) : 'utf8';
}
