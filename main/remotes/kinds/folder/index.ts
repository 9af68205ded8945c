import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { fail } from '../../../../preload/contract/errors.ts';
import { replaceFile } from '../../../platform/files/index.ts';
import { defineRemoteKind, type RemoteContext, type RemoteStore } from '../../remote.ts';
import { blobPath, copyBlob, digestOf } from './blobs.ts';
import { isLayout, prepareLayout, readIndex, readPlain, refName, tagManifest, type Entry } from './layout.ts';
import { defaultTag, parseFolderReference } from './reference.ts';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** A folder, a USB stick for instance, as an OCI image layout. */
export const folder = defineRemoteKind({ id: 'folder', scheme: 'file:', open: openFolder });

function openFolder(text: string, context: RemoteContext): RemoteStore {
  const { path, tag } = parseFolderReference(text, context);
  const name = tag === defaultTag ? `file:${path}` : `file:${path} (${tag})`;
  let prepared = false;

  async function prepare(): Promise<void> {
    if (!prepared) await prepareLayout(path, name);
    prepared = true;
  }

  /** The entry of the tag; without a tag said, also the only one there is. */
  async function findEntry(): Promise<Entry> {
    const there = await stat(path).catch(() => undefined);
    if (!there?.isDirectory() || !(await isLayout(path, name)))
      throw fail('remote-not-found', { remote: name });
    const { manifests } = await readIndex(path, name);
    const entry = manifests.find(({ annotations }) => annotations?.[refName] === tag);
    const only = context.tag === undefined && manifests.length === 1 ? manifests[0] : undefined;
    const found = entry ?? only;
    if (found) return found;
    const known = manifests.flatMap(({ annotations }) => annotations?.[refName] ?? []);
    throw fail('remote-not-found', { remote: name, known });
  }

  return {
    name,
    folder: path,
    async hasBlob(blob, call) {
      // Hashed again: a stick loses bits, and a push is the time to heal them.
      return (await digestOf(blobPath(path, blob.digest), blob.size, call)) === blob.digest;
    },
    async putBlob(blob, file, call = {}) {
      await prepare();
      await copyBlob(file, blobPath(path, blob.digest), blob, name, call);
    },
    getBlob: (blob, file, call = {}) => copyBlob(blobPath(path, blob.digest), file, blob, name, call),
    async getManifest() {
      const { digest, size } = await findEntry();
      const damaged = (reason: string) =>
        fail('remote-damaged', { remote: name, part: 'the manifest', reason });
      if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw damaged(`"${digest}" is not a SHA-256 digest`);
      const bytes = await readPlain(blobPath(path, digest), name, 'the manifest');
      if (!bytes) throw damaged('it is missing');
      if (bytes.byteLength !== size) throw damaged(`${bytes.byteLength} bytes instead of ${size}`);
      const found = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      if (found !== digest) throw damaged(`its digest is ${found} instead of ${digest}`);
      return bytes;
    },
    async putManifest(manifest, alias, call) {
      call?.signal?.throwIfAborted();
      await prepare();
      const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
      const size = manifest.byteLength;
      const target = blobPath(path, digest);
      if ((await digestOf(target, size)) !== digest) await replaceFile(target, manifest);
      const tags = alias === undefined || alias === tag || context.tag !== undefined ? [tag] : [tag, alias];
      await tagManifest(path, name, { mediaType: manifestType, digest, size }, tags);
    },
    close: () => undefined,
  };
}
