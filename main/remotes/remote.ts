import type { FoundCredential } from '../platform/secrets/index.ts';
import type { HttpOptions } from '../platform/network/index.ts';

/** Names a blob by content (OCI descriptor). `digest` is `sha256:` and 64 hex digits, `size` in bytes. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What every slow step takes: a way to stop it, and to say how many bytes of the blob are through (may go back). */
export interface TransferCall {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((bytes: number) => void) | undefined;
}

/** One opened remote: a repository in a registry, or a folder. */
export interface RemoteStore {
  /** As people write it, the tag included; never a secret. */
  readonly name: string;
  /** The folder it is, for remotes on this computer. */
  readonly folder?: string;
  /** True when the remote holds these bytes, so that they need not be sent. */
  hasBlob(blob: Descriptor, call?: TransferCall): Promise<boolean>;
  /** Sends the bytes of `file`. Resumes after a cut where the remote says it stopped. */
  putBlob(blob: Descriptor, file: string, call?: TransferCall): Promise<void>;
  /** Writes the blob to the new file `file`, flushed, and only if length and digest are right. */
  getBlob(blob: Descriptor, file: string, call?: TransferCall): Promise<void>;
  /** The exact bytes of the manifest that the reference names. Throws `remote-not-found`. */
  getManifest(call?: TransferCall): Promise<Uint8Array>;
  /** Makes the push visible: the last step, after all blobs. `alias` is a second tag, where the remote keeps several models. */
  putManifest(manifest: Uint8Array, alias?: string, call?: TransferCall): Promise<void>;
  close(): void;
}

export interface RemoteContext {
  /** Relative folders are taken from here. */
  readonly cwd: string;
  /** Plain http also to hosts other than this machine. */
  readonly plainHttp: boolean;
  /** Tag given beside the reference. */
  readonly tag?: string | undefined;
  readonly credentials: (host: string) => Promise<FoundCredential | undefined>;
  /** Timeouts and tries, for tests and slow networks. */
  readonly http?: Partial<HttpOptions>;
  /** Bytes per part of an upload. */
  readonly chunkSize?: number;
}

/**
 * A kind of remote: one folder under `kinds/` and one line in `kinds/index.ts`. `scheme` is what references start with,
 * colon included. `open` checks the reference (throws `remote-invalid`) and touches neither disk nor network.
 *
 * @example
 * export const folder = defineRemoteKind({ id: 'folder', scheme: 'file:', open: (reference, context) => ... });
 */
export interface RemoteKind {
  readonly id: string;
  readonly scheme: string;
  open(reference: string, context: RemoteContext): RemoteStore;
}

export function defineRemoteKind(kind: RemoteKind): RemoteKind {
  return kind;
}
