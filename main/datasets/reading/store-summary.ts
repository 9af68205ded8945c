import * as z from 'zod';
import { ColumnSummary } from '../../../preload/contract/datasets.ts';
import type { TaskContext } from '../../jobs/index.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { objectKinds } from '../snapshot/manifest.ts';
import { openSnapshot } from './open-snapshot.ts';
import { summarise } from './summarise.ts';

const StoredSummary = z.strictObject({ columns: z.array(ColumnSummary), format: z.literal(1) });

export async function storeSummary(
  { manifest }: { readonly manifest: string },
  { reader, writer, signal, progress }: TaskContext,
): Promise<string> {
  const columns = await summarise(reader, await openSnapshot(reader, manifest), { signal, progress });
  return writer.put(objectKinds.summary, new TextEncoder().encode(JSON.stringify({ columns, format: 1 })));
}

export async function readSummary(reader: ObjectReader, digest: string): Promise<ColumnSummary[]> {
  const text = new TextDecoder().decode(await reader.get(digest));
  return StoredSummary.parse(JSON.parse(text)).columns;
}
