import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, Failure } from '../../preload/contract/errors.ts';
import { openSnapshot, verifySnapshot } from '../datasets/index.ts';
import type { TaskContext } from '../jobs/index.ts';
import { decodeArtifact } from '../models/index.ts';
import { sha256 } from '../platform/files/index.ts';
import type { ObjectReader } from '../platform/objects/index.ts';
import { readPipeline, readSplit, recipeHash, ResolvedRecipe } from '../recipes/index.ts';
import { absentData } from './collect-data.ts';
import {
  runPartNames,
  runParts,
  snapshotPath,
  type BundledObject,
  type BundleRecord,
  type RunPart,
} from './content.ts';
import { objectKinds } from './gather.ts';
import type { OpenPayload, OpenResult } from './import-task.ts';
import { openBundle } from './open-bundle.ts';

export async function runOpen(
  { dir, configFolder, stage }: OpenPayload,
  { writer, signal, progress }: TaskContext,
): Promise<OpenResult> {
  const { problems, signer, digest, content } = await openBundle(dir, configFolder, {
    signal,
    progress: (fraction, message) => progress(stage ? fraction / 2 : fraction, message),
  });
  const record = content?.record ?? null;
  const withData = record?.objects.some(({ path }) => path === snapshotPath) ?? false;
  if (stage && record) {
    const reader = createBundleReader(dir, record);
    await checkRecord(record, reader, signal);
    for (const [index, object] of record.objects.entries()) {
      signal.throwIfAborted();
      progress(0.5 + (0.5 * index) / record.objects.length, `taking ${object.path}`);
      await writer.put(object.kind, await reader.get(object.digest), object.children);
    }
    if (!withData) {
      const manifest = await readFile(join(dir, 'data-manifest.json'));
      await writer.put(objectKinds.dataManifest, absentData(record, manifest));
    }
  }
  return { problems, signer, digest, withData, record };
}

/** The objects in a bundle folder, by digest; they must still be those that were verified. */
function createBundleReader(dir: string, { objects }: BundleRecord): ObjectReader {
  const paths = new Map(objects.map(({ digest, path }) => [digest, path]));
  return {
    has: (digest) => paths.has(digest),
    async get(digest) {
      const path = paths.get(digest);
      if (path === undefined) throw wrong(`object ${digest} is not inside`);
      const bytes = await readFile(join(dir, ...path.split('/')));
      if (sha256(bytes) !== digest) throw wrong(`"${path}" changed while it was read`);
      return bytes;
    },
  };
}

/** What each object in a bundle may be. */
const kinds = new Map<string, string>([
  ...runPartNames.map((part): [string, string] => [runParts[part], part]),
  [snapshotPath, 'snapshot-manifest'],
]);

function kindAt(path: string): string | undefined {
  return kinds.get(path) ?? (/^data\/\d{4}-\d{4}\.arrow$/.test(path) ? 'column-block' : undefined);
}

/**
 * A signature proves who says so, not that it is so: the records must fit each other and the objects, and each object must
 * be readable as what it is said to be. Throws `bundle-inconsistent` or the reader's own failure.
 */
async function checkRecord(record: BundleRecord, reader: ObjectReader, signal: AbortSignal): Promise<void> {
  try {
    const at = new Map(record.objects.map((object) => [object.path, object]));
    for (const { path, kind, children } of record.objects) {
      if (kind !== kindAt(path)) throw wrong(`"${path}" is said to be a ${kind}`);
      if (children.length > 0 && path !== snapshotPath) throw wrong(`"${path}" can't have parts`);
    }
    await checkModel(record, async (part) => {
      const object = at.get(runParts[part]);
      if (!object) throw wrong(`"${runParts[part]}" is not among its objects`);
      return reader.get(object.digest);
    });
    const data = at.get(snapshotPath);
    if (data) await checkData(record, data, reader, signal);
  } catch (error) {
    if (error instanceof Failure || signal.aborted) throw error;
    throw fail(
      'bundle-inconsistent',
      { what: error instanceof Error ? error.message : String(error) },
      error,
    );
  }
}

function wrong(what: string): Failure {
  return fail('bundle-inconsistent', { what });
}

async function checkModel(
  { run, recipe, snapshot }: BundleRecord,
  part: (name: RunPart) => Promise<Uint8Array>,
): Promise<void> {
  const resolved = ResolvedRecipe.safeParse(recipe.body);
  if (!resolved.success || recipeHash(resolved.data) !== run.recipe) {
    throw wrong('the recipe is not the one that the run names');
  }
  const artifact = decodeArtifact(await part('model'));
  if (artifact.family !== run.family || artifact.task !== run.task || resolved.data.task !== run.task) {
    throw wrong('the model is of another family or task than the run');
  }
  readPipeline(await part('pipeline'));
  const split = readSplit(await part('split'));
  if (split.parts.length !== snapshot.rows) throw wrong('the split is for another number of rows');
}

/** Reads every block: the id must follow from the values themselves. */
async function checkData(
  { objects, snapshot }: BundleRecord,
  { digest, children }: BundledObject,
  reader: ObjectReader,
  signal: AbortSignal,
): Promise<void> {
  const { rows, columns, format } = await openSnapshot(reader, digest);
  // Patches are how a workspace keeps versions beside each other; what leaves it is whole.
  if (format !== 1) throw wrong('its data is not whole');
  const named = new Set(columns.flatMap(({ blocks }) => blocks.map(({ object }) => object)));
  if (children.length !== named.size || !children.every((child) => named.has(child))) {
    throw wrong("the snapshot's parts are not those it is said to have");
  }
  const inside = new Set(objects.map((object) => object.digest));
  for (const object of named) if (!inside.has(object)) throw wrong(`the data block ${object} is not inside`);
  if (rows !== snapshot.rows || (await verifySnapshot(reader, digest, { signal })) !== snapshot.id) {
    throw wrong('the data is another snapshot');
  }
}
