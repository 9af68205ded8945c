import * as z from 'zod';
import { Digest } from '../../preload/contract/common.ts';
import { ColumnType } from '../../preload/contract/column-types.ts';
import { fail } from '../../preload/contract/errors.ts';
import { decodeManifest, wholeSnapshot, type WholeSnapshot } from '../datasets/index.ts';
import type { ObjectReader } from '../platform/objects/index.ts';
import { canonicalJson, readSplit, splitCounts, type ResolvedRecipe } from '../recipes/index.ts';
import { BundleRecord, runParts, type DataManifest } from './content.ts';
import type { Gathered } from './gather.ts';
import { parseStrictJson } from './strict-json.ts';
import { sha256 } from '../platform/files/index.ts';

export interface CollectedData {
  readonly manifest: DataManifest;
  /** Paths of the data files by the digest of the object; a block that occurs twice has two. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** The data as it leaves, where it does. */
  readonly whole: WholeSnapshot | null;
  readonly imported: BundleRecord['dataset']['imported'];
}

/** What `data-manifest.json` says, and which files the data becomes. Throws `bundle-data-not-here`. */
export async function collectData(
  gathered: Gathered,
  recipe: ResolvedRecipe,
  splitBytes: Uint8Array,
  withData: boolean,
  reader: ObjectReader,
): Promise<CollectedData> {
  const { snapshot, columns, files, whole, imported } = gathered.manifest
    ? await fromSnapshot(gathered, gathered.manifest.digest, withData, reader)
    : await fromEarlierBundle(gathered, withData, reader);
  const split = readSplit(splitBytes);
  const { method, train, validation, test, by, gap, folds } = recipe.split;
  return {
    files,
    whole,
    imported,
    manifest: {
      snapshot,
      columns,
      split: {
        method,
        ...(by === undefined ? {} : { by }),
        ...(gap === undefined ? {} : { gap }),
        ...(folds === undefined ? {} : { folds }),
        seed: split.seed,
        shares: { train, validation, test },
        rows: splitCounts(split),
        sha256: sha256(splitBytes),
        file: runParts.split,
      },
    },
  };
}

type Part = Pick<DataManifest, 'snapshot' | 'columns'> & Pick<CollectedData, 'files' | 'whole' | 'imported'>;

async function fromSnapshot(
  { record }: Gathered,
  digest: string,
  withData: boolean,
  reader: ObjectReader,
): Promise<Part> {
  const whole = withData ? await wholeSnapshot(reader, digest) : null;
  const { rows, columns } = decodeManifest(await (whole ? whole.manifest.bytes() : reader.get(digest)));
  const files = new Map<string, string[]>();
  const fileOf = (object: string, column: number, block: number): string | null => {
    if (!withData) return null;
    const path = `data/${padded(column)}-${padded(block)}.arrow`;
    files.set(object, [...(files.get(object) ?? []), path]);
    return path;
  };
  return {
    snapshot: { id: record.snapshot.id, rows },
    columns: columns.map(({ name, type, nulls, root, blocks }, column) => ({
      name,
      type,
      nulls,
      root,
      blocks: blocks.map((block, index) => ({
        hash: block.hash,
        rows: block.rows,
        nulls: block.nulls,
        file: fileOf(block.object, column, index),
      })),
    })),
    files,
    whole,
    imported: record.dataset.imported,
  };
}

const padded = (index: number): string => String(index).padStart(4, '0');

/** What is kept of a bundle's data when the data itself stayed behind: enough to write the same bundle again. */
const Absent = z.strictObject({
  imported: BundleRecord.shape.dataset.shape.imported,
  snapshot: z.strictObject({ id: Digest, rows: z.int().min(0) }),
  columns: z.array(
    z.strictObject({
      name: z.string(),
      type: ColumnType,
      nulls: z.int().min(0),
      root: Digest,
      blocks: z.array(z.strictObject({ hash: Digest, rows: z.int(), nulls: z.int(), file: z.null() })),
    }),
  ),
});
type Absent = z.infer<typeof Absent>;

/** The object to keep for a bundle without data, from its `data-manifest.json`. Throws `bundle-inconsistent`. */
export function absentData(record: BundleRecord, manifest: Uint8Array): Uint8Array {
  const { imported } = record.dataset;
  try {
    const { snapshot, columns } = Listed.parse(parseStrictJson(manifest));
    if (snapshot.id !== record.snapshot.id) throw new Error('it is for another snapshot');
    return new TextEncoder().encode(canonicalJson({ imported, snapshot, columns }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw fail('bundle-inconsistent', { what: `data-manifest.json can't be used: ${reason}` }, error);
  }
}

/** The same in a `data-manifest.json`, beside the split. */
const Listed = Absent.omit({ imported: true }).loose();

async function fromEarlierBundle(
  { record, dataManifests }: Gathered,
  withData: boolean,
  reader: ObjectReader,
): Promise<Part> {
  const { id } = record.snapshot;
  const missing = fail('bundle-data-not-here', {
    dataset: `${record.dataset.name}@${record.dataset.version}`,
    snapshot: id,
  });
  if (withData) throw missing;
  for (const digest of dataManifests) {
    const absent: Absent = Absent.parse(parseStrictJson(await reader.get(digest)));
    if (absent.snapshot.id === id) return { ...absent, files: new Map(), whole: null };
  }
  throw missing;
}
