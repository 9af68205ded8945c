import { fail } from '../../preload/contract/errors.ts';
import { systemKeychain } from '../platform/secrets/index.ts';
import type { Service } from '../workspaces/index.ts';
import { checkHost } from './kinds/oci/reference.ts';
import { pullModel } from './pull-model.ts';
import { pushModel } from './push-model.ts';
import { transferRows } from './store.ts';

export const remoteService: Service<'remotes'> = {
  push: pushModel,
  pull: pullModel,
  async login({ host, username, password }) {
    const name = registryHost(host);
    await systemKeychain().set(name, { username, password });
    return { host: name, kept: "this computer's keychain" };
  },
  async logout({ host }) {
    const name = registryHost(host);
    return { host: name, forgotten: await systemKeychain().delete(name) };
  },
  list: (_input, { workspace }) => ({
    remotes: transferRows(workspace.db).map(({ remote, direction, model, version, at, digest }) => ({
      remote,
      direction,
      model: `${model}@${version}`,
      at,
      digest,
    })),
  }),
};

/** What people write for a registry, as references spell it: `oci://Host:5000/` is `host:5000`. */
function registryHost(text: string): string {
  const host = text
    .replace(/^(?:oci|https?):\/\//i, '')
    .replace(/\/$/, '')
    .toLowerCase();
  checkHost(host, (reason) => fail('remote-invalid', { remote: text.replace(/^[^@]*@/, '***@'), reason }));
  return host;
}
