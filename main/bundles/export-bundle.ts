import { resolve } from 'node:path';
import { createId } from '../platform/random.ts';
import { userPaths } from '../platform/paths.ts';
import type { CallContext, Transaction } from '../workspaces/index.ts';
import type { FileFacts } from './digest.ts';
import { exportTask } from './export-task.ts';
import { gather } from './gather.ts';

export interface ExportedBundle {
  readonly model: string;
  readonly version: number;
  /** When the version was registered. */
  readonly created: string;
  readonly digest: string;
  readonly files: readonly FileFacts[];
  readonly signer: string;
}

export interface ExportOptions {
  readonly model: string;
  readonly dir: string;
  readonly withData: boolean;
  readonly share?: readonly [number, number];
}

/** Writes a model version as a signed bundle into a new or empty folder, and records that it left. */
export async function exportBundle(
  { model, dir, withData, share }: ExportOptions,
  context: CallContext,
): Promise<ExportedBundle> {
  const { workspace, clock, actor } = context;
  const gathered = gather(workspace.db, model);
  const { name, version, created } = gathered.record.model;
  context.about({ model: `${name}@${version}` });
  const { result, objects } = await context.task(
    exportTask,
    { gathered, withData, dir: resolve(dir), configFolder: userPaths().config },
    share,
  );
  const { digest, files, signer } = result;
  await context.commit(objects, (transaction: Transaction) => {
    transaction.put('bundles', {
      id: createId('bundle'),
      digest,
      model: name,
      version,
      direction: 'export',
      signer,
      with_data: withData ? 1 : 0,
      at: clock.now(),
      actor,
    });
  });
  return { model: name, version, created, digest, files, signer };
}
