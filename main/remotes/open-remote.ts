import { fail } from '../../preload/contract/errors.ts';
import { remoteKinds } from './kinds/index.ts';
import type { RemoteContext, RemoteStore } from './remote.ts';

/** The remote that a reference names, by its scheme. Throws `remote-invalid`. */
export function openRemote(reference: string, context: RemoteContext): RemoteStore {
  const kind = remoteKinds.find(({ scheme }) => reference.startsWith(scheme));
  if (kind) return kind.open(reference, context);
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(reference)?.[0];
  const reason = scheme
    ? `there is no kind of remote that starts with "${scheme}"`
    : 'it does not say what kind it is';
  throw fail('remote-invalid', { remote: reference, reason });
}
