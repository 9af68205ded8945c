import type { TaskContext } from '../../jobs/index.ts';
import { objectKinds } from '../snapshot/manifest.ts';
import { encodeDiff } from './diff-object.ts';
import { makeDiff, type DiffInput } from './make-diff.ts';

/** Computes a diff and stages it; the result is its digest. */
export async function storeDiff(input: DiffInput, { writer, ...context }: TaskContext): Promise<string> {
  return writer.put(objectKinds.diff, encodeDiff(await makeDiff(input, context)));
}
