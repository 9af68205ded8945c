import type { CallContext } from '../../workspaces/index.ts';
import { openCached } from '../reading/manifest-cache.ts';
import { resolveDataset, type VersionRow } from '../store.ts';
import { diffTask } from '../tasks.ts';
import { decodeDiff, type Diff } from './diff-object.ts';
import { makeDiff } from './make-diff.ts';

export interface DiffRequest {
  readonly from: string;
  readonly to: string;
  readonly key: readonly string[];
}

export interface OpenedDiff {
  readonly before: VersionRow;
  readonly after: VersionRow;
  readonly key: readonly string[];
  readonly diff: Diff;
}

/** The last few diffs that were read, by what they are of. */
const kept = new Map<string, Diff>();
const keptCount = 4;

/** What differs between two versions: computed the first time, then kept with them. A workspace that can only be read keeps nothing. */
export async function diffOf(
  { from, to, key: typed }: DiffRequest,
  context: CallContext,
): Promise<OpenedDiff> {
  const { db, objects, writable } = context.workspace;
  const before = resolveDataset(db, from);
  const after = resolveDataset(db, to);
  context.about({ dataset: after.dataset }, `compare ${label(before)} with ${label(after)}`);
  const { columns } = await openCached(objects, after.manifest);
  const key = splitKey(
    typed,
    columns.map(({ name }) => name),
  );
  const name = JSON.stringify(key);
  const id = `${context.workspace.id} ${before.snapshot} ${after.snapshot} ${name}`;
  const known = kept.get(id);
  const opened = { before, after, key };
  if (known) return { ...opened, diff: known };
  const input = { before: before.manifest, after: after.manifest, key };
  const stored = (): string | undefined =>
    db.get<{ object: string }>(
      'SELECT object FROM diffs WHERE earlier = ? AND later = ? AND told_by = ?',
      before.snapshot,
      after.snapshot,
      name,
    )?.object;
  let object = stored();
  if (object === undefined && writable) {
    const { result, objects: staged } = await context.task(diffTask, input);
    object = result;
    await context.commit(staged, (transaction) => {
      // Either may have been deleted while they were compared.
      for (const row of [before, after]) resolveDataset(db, label(row));
      transaction.put('diffs', {
        earlier: before.snapshot,
        later: after.snapshot,
        told_by: name,
        object: result,
      });
    });
  }
  const diff =
    object === undefined
      ? await makeDiff(input, { reader: objects, signal: context.signal, progress: context.progress })
      : decodeDiff(await objects.get(object));
  kept.set(id, diff);
  const [oldest] = kept.keys();
  if (kept.size > keptCount && oldest !== undefined) kept.delete(oldest);
  return { ...opened, diff };
}

function label({ dataset, version }: VersionRow): string {
  return `${dataset}@${version}`;
}

/** `a,b` is one column of that name, or else the columns a and b. */
function splitKey(typed: readonly string[], columns: readonly string[]): string[] {
  return typed.flatMap((name) => {
    const parts = name.split(',').map((part) => part.trim());
    return !columns.includes(name) && parts.every((part) => columns.includes(part)) ? parts : [name];
  });
}
