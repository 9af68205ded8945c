import * as z from 'zod';
import { ColumnProfile } from '../../../preload/contract/column-profile.ts';
import type { TaskContext } from '../../jobs/index.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { openSnapshot } from '../reading/open-snapshot.ts';
import { objectKinds } from '../snapshot/manifest.ts';
import { profileColumn, type ValuesProfile } from './profile-column.ts';

const StoredProfile = ColumnProfile.omit({ name: true, content: true })
  .extend({ format: z.literal(1) })
  .strict();

export interface ProfileInput {
  readonly manifest: string;
  /** Roots of the columns to profile: the content of each, whatever it is called. */
  readonly roots: readonly string[];
}

/** Profiles columns, each once, and stages each as an object of its own: pairs of root and digest. */
export async function storeProfiles(
  input: ProfileInput,
  { reader, writer, signal, progress }: Pick<TaskContext, 'reader' | 'writer' | 'signal' | 'progress'>,
): Promise<(readonly [root: string, object: string])[]> {
  const stored: (readonly [string, string])[] = [];
  await profileEach(input, { reader, signal, progress }, async (root, profile) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ format: 1, ...profile }));
    stored.push([root, await writer.put(objectKinds.profile, bytes)]);
  });
  return stored;
}

export async function profileEach(
  { manifest, roots }: ProfileInput,
  { reader, signal, progress }: Pick<TaskContext, 'reader' | 'signal' | 'progress'>,
  found: (root: string, profile: ValuesProfile) => Promise<void> | void,
): Promise<void> {
  const { columns, rows } = await openSnapshot(reader, manifest);
  const wanted = new Map(columns.map((column) => [column.root, column]));
  for (const [index, root] of roots.entries()) {
    const column = wanted.get(root);
    if (!column) throw new RangeError(`the snapshot has no column with the root ${root}`);
    progress(index / roots.length, `column "${column.name}"`);
    await found(root, await profileColumn(reader, column, rows, signal));
  }
}

export async function readProfile(reader: ObjectReader, digest: string): Promise<ValuesProfile> {
  const text = new TextDecoder().decode(await reader.get(digest));
  const { format, ...profile } = StoredProfile.parse(JSON.parse(text));
  void format;
  return profile;
}
