import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createJobStore } from '../jobs/index.ts';
import { removeFile } from '../platform/files/index.ts';
import { sweepObjects } from '../platform/objects/index.ts';
import { finishErasures, unfinishedErasures } from './finish-erasures.ts';
import { isCut } from './journal-head-file.ts';
import type { OpenContext, Workspace } from './workspace.ts';

/**
 * Puts a workspace right after its last writer ended without closing. We hold the lock, so nobody else is at work: what says it is
 * running is not. Objects that were moved in but never named by a commit are removed.
 */
export async function recover(
  workspace: Workspace,
  context: Pick<OpenContext, 'clock' | 'actor'>,
): Promise<void> {
  const at = context.clock.now();
  const jobs = createJobStore(workspace.db);
  jobs.interruptUnfinished(at);
  jobs.prune();
  const cutOff = workspace.db.all<{ id: string }>(
    `SELECT id FROM runs WHERE status IN ('queued', 'running')`,
  );
  const sweeps = workspace.db.all<{ id: string }>(`SELECT id FROM sweeps WHERE status = 'running'`);
  if (cutOff.length + sweeps.length) {
    await workspace.commit({ action: 'workspaces.recover', actor: context.actor }, (transaction) => {
      for (const { id } of cutOff) transaction.patch('runs', [id], { status: 'interrupted', finished: at });
      for (const { id } of sweeps) transaction.patch('sweeps', [id], { status: 'interrupted' });
    });
  }
  // Records were lost (no write-ahead log, an old copy of the database): their objects may be all that is left of them.
  if (isCut(workspace)) return;
  const erasing = unfinishedErasures(workspace.db).length > 0;
  const staging = join(workspace.dir, 'staging');
  const leftovers = existsSync(staging) ? await readdir(staging) : [];
  if (leftovers.length === 0 && !erasing) return;
  const known = new Set(
    workspace.db.all<{ digest: string }>('SELECT digest FROM objects').map(({ digest }) => digest),
  );
  await sweepObjects(workspace.objectsDir, known);
  // Last: while it is there, the next opening sweeps again.
  for (const leftover of leftovers) await removeFile(join(staging, leftover));
  if (erasing) await finishErasures(workspace, { ...context, action: 'workspaces.recover' });
}
