import { join } from 'node:path';
import { exportBundle } from '../bundles/index.ts';
import { refuseOwnFile, type Service } from '../workspaces/index.ts';
import { byteProgress, recordedName, remoteContext } from './context.ts';
import { packKit } from './modelkit/index.ts';
import { openRemote } from './open-remote.ts';
import { putTransfer } from './store.ts';
import { pushKit } from './transfer.ts';

/** Exports the bundle aside, packs it, sends what is missing there, and records that it went. */
export const pushModel: Service<'remotes'>['push'] = async (input, context) => {
  const store = openRemote(input.remote, remoteContext(input));
  try {
    if (store.folder !== undefined) await refuseOwnFile(context.workspace.dir, store.folder);
    const scratch = await context.scratch();
    const folder = join(scratch, 'bundle');
    const { model, withData } = input;
    const bundle = await exportBundle({ model, dir: folder, withData, share: [0, 0.4] }, context);
    const reference = `${bundle.model}@${bundle.version}`;
    const size = bundle.files.reduce((sum, file) => sum + file.size, 0);
    const kit = await packKit(
      folder,
      join(scratch, 'kit'),
      {
        title: bundle.model,
        version: String(bundle.version),
        // Not the time of the push: the same bundle has to be the same kit.
        created: bundle.created,
        packer: context.version,
      },
      { signal: context.signal, progress: byteProgress(context, [0.4, 0.5], 'packing', () => size) },
    );
    const total = kit.blobs.reduce((sum, { blob }) => sum + blob.size, 0);
    const { sent, skipped } = await pushKit(store, kit, `${bundle.model}-v${bundle.version}`, {
      signal: context.signal,
      progress: byteProgress(context, [0.5, 1], 'sending', () => total),
    });
    const remote = recordedName(input, store);
    const record = {
      model: bundle.model,
      version: bundle.version,
      bundle: bundle.digest,
      digest: kit.digest,
    };
    await context.commit([], (transaction) =>
      putTransfer(transaction, { direction: 'push', remote, ...record }, context),
    );
    context.log(`sent ${sent.blobs} blobs of ${reference} to ${store.name}, ${skipped.blobs} were there`);
    return { remote, digest: kit.digest, bundle: bundle.digest, sent, skipped };
  } finally {
    store.close();
  }
};
