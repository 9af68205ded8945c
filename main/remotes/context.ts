import { basename } from 'node:path';
import { findCredential, systemKeychain } from '../platform/secrets/index.ts';
import type { CallContext } from '../workspaces/index.ts';
import type { RemoteContext, RemoteStore } from './remote.ts';

export interface RemoteInput {
  readonly remote: string;
  readonly tag?: string | undefined;
  readonly plainHttp: boolean;
}

/**
 * The remote's surroundings in the product. `HOLDFAST_NETWORK_TIMEOUT` sets the seconds of silence after which a
 * registry is given up (30, and 10 to connect).
 */
export function remoteContext({ tag, plainHttp }: RemoteInput): RemoteContext {
  const seconds = Number(process.env['HOLDFAST_NETWORK_TIMEOUT']);
  const timeout = seconds > 0 && seconds <= 3600 ? seconds * 1000 : undefined;
  const keychain = systemKeychain();
  return {
    cwd: process.cwd(),
    plainHttp,
    tag,
    credentials: (host) => findCredential(host, keychain, process.env),
    ...(timeout === undefined ? {} : { http: { idleTimeout: timeout, connectTimeout: timeout } }),
  };
}

/** What a record says of where a bundle went: a folder by its own name only, for a workspace says nowhere where things lie. */
export function recordedName({ remote, tag }: RemoteInput, store: RemoteStore): string {
  if (!remote.startsWith('file:')) return store.name;
  const folder = `file:${basename(remote.slice('file:'.length)) || '.'}`;
  return tag === undefined ? folder : `${folder} (${tag})`;
}

/** Progress of a number of bytes as a share of the whole call. */
export function byteProgress(
  { progress }: Pick<CallContext, 'progress'>,
  [from, to]: readonly [number, number],
  verb: string,
  total: () => number,
): (bytes: number) => void {
  return (bytes) => {
    const all = Math.max(1, total());
    const share = Math.min(1, bytes / all);
    progress(from + (to - from) * share, `${verb} ${megabytes(bytes)} of ${megabytes(all)} MB`);
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
