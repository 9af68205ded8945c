import { fail } from '../../preload/contract/errors.ts';
import type { CallContext, Service } from './context.ts';
import type { Transaction } from './transaction.ts';
import { spaceOf, spaceUsed, unnamedObjects, type Space } from './unnamed-objects.ts';

export interface Reclaimed {
  readonly before: Space;
  readonly after: Space;
  readonly removed: Space;
}

/**
 * Removes objects that no record names once `forget` has removed its records, all in one commit, then their files. Throws
 * `workspace-busy` while jobs are at work: what they are about to name may have no name yet.
 */
export async function reclaimObjects(
  context: CallContext,
  forget: (transaction: Transaction) => void = () => undefined,
): Promise<Reclaimed> {
  const { db } = context.workspace;
  const others = context.jobs.running().filter(({ id }) => id !== context.job);
  if (others.length > 0) throw fail('workspace-busy', { jobs: others.map(({ title }) => title) });
  // Staging that is left over makes the next opening sweep the files that a stop leaves without a record.
  await context.scratch();
  return context.commit([], (transaction) => {
    const before = spaceUsed(db);
    forget(transaction);
    const unnamed = unnamedObjects(db);
    transaction.drop(unnamed.map(({ digest }) => digest));
    return { before, after: spaceUsed(db), removed: spaceOf(unnamed) };
  });
}

export const reclaim: Service<'workspaces'>['reclaim'] = async ({ dryRun }, context) => {
  const { db } = context.workspace;
  if (!dryRun) return reclaimObjects(context);
  const before = spaceUsed(db);
  const removed = spaceOf(unnamedObjects(db));
  const after = { objects: before.objects - removed.objects, bytes: before.bytes - removed.bytes };
  return { before, after, removed };
};
