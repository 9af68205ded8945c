import { resolve } from 'node:path';
import { userPaths } from '../platform/paths.ts';
import { refuseOwnFile, type Service } from '../workspaces/index.ts';
import { exportBundle } from './export-bundle.ts';
import { openTask } from './import-task.ts';
import { ownName } from './signer.ts';
import { readSigningKey, readTrustedKeys } from './signing/index.ts';
import { trustSigner } from './trust-signer.ts';

export const bundleService: Service<'bundles'> = {
  async export(input, context) {
    await refuseOwnFile(context.workspace.dir, input.dir);
    const { digest, files } = await exportBundle(input, context);
    return { bundle: { digest, files: [...files] } };
  },
  async verify({ dir }, context) {
    const configFolder = userPaths().config;
    const { result } = await context.task(openTask, { dir: resolve(dir), configFolder, stage: false });
    const { problems, signer, digest } = result;
    return { verified: problems.length === 0, problems: [...problems], signer, digest };
  },
  async keys() {
    const { config } = userPaths();
    const own = await readSigningKey(config);
    const trusted = await readTrustedKeys(config);
    return {
      own: own ? { fingerprint: own.fingerprint, name: ownName } : null,
      trusted: trusted.map(({ fingerprint, name }) => ({ fingerprint, name })),
    };
  },
  trust: async ({ dir, name }, { clock }) => ({
    signer: await trustSigner(resolve(dir), name, userPaths().config, clock),
  }),
};
