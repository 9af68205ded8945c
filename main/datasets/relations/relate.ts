import { Relations } from '../../../preload/contract/relations.ts';
import type { TaskContext } from '../../jobs/index.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { openSnapshot } from '../reading/open-snapshot.ts';
import { objectKinds } from '../snapshot/manifest.ts';
import * as z from 'zod';
import { associate } from './associate.ts';
import { duplicateRows } from './duplicate-rows.ts';
import { missingPatterns } from './missing-patterns.ts';

const StoredRelations = Relations.extend({ format: z.literal(1) }).strict();

type Context = Pick<TaskContext, 'reader' | 'signal' | 'progress'>;

/** How the columns of a snapshot go together. */
export async function relate(manifest: string, { reader, signal, progress }: Context): Promise<Relations> {
  const snapshot = await openSnapshot(reader, manifest);
  const part =
    (from: number, to: number): TaskContext['progress'] =>
    (fraction, message) =>
      progress(from + (to - from) * fraction, message);
  const duplicates = await duplicateRows(snapshot, { reader, signal, progress: part(0, 0.25) });
  progress(0.25, 'missing values');
  const missing = await missingPatterns(reader, snapshot, signal);
  const associations = await associate(snapshot, { reader, signal, progress: part(0.3, 1) });
  return { associations, missing, duplicates };
}

/** Stages them as an object; the result is its digest. */
export async function storeRelations(
  { manifest }: { readonly manifest: string },
  { writer, ...context }: TaskContext,
): Promise<string> {
  const relations = await relate(manifest, context);
  return writer.put(
    objectKinds.relations,
    new TextEncoder().encode(JSON.stringify({ format: 1, ...relations })),
  );
}

export async function readRelations(reader: ObjectReader, digest: string): Promise<Relations> {
  const { format, ...relations } = StoredRelations.parse(
    JSON.parse(new TextDecoder().decode(await reader.get(digest))),
  );
  void format;
  return relations;
}
