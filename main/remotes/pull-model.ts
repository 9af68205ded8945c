import { join } from 'node:path';
import { importBundle } from '../bundles/index.ts';
import type { Service } from '../workspaces/index.ts';
import { byteProgress, recordedName, remoteContext } from './context.ts';
import { openRemote } from './open-remote.ts';
import { pulledBefore, putTransfer } from './store.ts';
import { pullKit } from './transfer.ts';

/** Downloads aside, checks every digest, unpacks, and hands the folder to the verifying import: all in one commit, or nothing. */
export const pullModel: Service<'remotes'>['pull'] = async (input, context) => {
  const store = openRemote(input.remote, remoteContext(input));
  try {
    let total = 0;
    const kit = await pullKit(
      store,
      join(await context.scratch(), 'pull'),
      { signal: context.signal, progress: byteProgress(context, [0, 0.6], 'receiving', () => total) },
      (bytes) => {
        total = bytes;
      },
    );
    const remote = recordedName(input, store);
    const again = pulledBefore(context.workspace.db, remote, kit.digest);
    const imported = await importBundle(
      kit.folder,
      {
        origin: remote,
        trust: input.trust,
        share: [0.6, 1],
        // The record of the transfer belongs into the import's own commit; the same pull again adds not even that.
        ...(again
          ? {}
          : {
              also: (transaction, version) =>
                putTransfer(
                  transaction,
                  { direction: 'pull', remote, digest: kit.digest, ...version },
                  context,
                ),
            }),
      },
      context,
    );
    return { ...imported };
  } finally {
    store.close();
  }
};
