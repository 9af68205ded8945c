import { createHash } from 'node:crypto';
import * as z from 'zod';
import { fail, Failure } from '../../../../preload/contract/errors.ts';
import { createBackoff, createHttpClient } from '../../../platform/network/index.ts';
import { defineRemoteKind, type RemoteContext, type RemoteStore, type TransferCall } from '../../remote.ts';
import { refusal } from './answers.ts';
import { downloadBlob } from './download.ts';
import { formatOciReference, parseOciReference } from './reference.ts';
import { createSession, parseJson, type Session } from './session.ts';
import { uploadBlob } from './upload.ts';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
/** The specification lets registries refuse larger manifests. */
const manifestLimit = 4 * 1024 * 1024;
const partSize = 8 * 1024 * 1024;

const Tags = z.object({ tags: z.array(z.string()).nullable() });

/** A repository in any registry that speaks the OCI distribution API (1.1, or docker-registry 2.x). */
export const oci = defineRemoteKind({ id: 'oci', scheme: 'oci:', open: openRepository });

function openRepository(text: string, context: RemoteContext): RemoteStore {
  const reference = parseOciReference(text, context);
  const http = createHttpClient(context.http);
  const session = createSession(reference, http, context.credentials);
  const name = formatOciReference(reference);
  const pinned = reference.reference.startsWith('sha256:');

  return {
    name,
    async hasBlob(blob, call) {
      const request = {
        method: 'HEAD',
        url: session.url(`blobs/${blob.digest}`),
        signal: call?.signal,
      } as const;
      const response = await session.send(request, 'pull,push');
      response.discard();
      if (response.status === 404) return false;
      if (response.status !== 200)
        throw await refusal(response, session.place, 'push to', 'a look for a blob');
      const length = response.headers['content-length'];
      return length === undefined || Number(length) === blob.size;
    },
    putBlob: (blob, file, call = {}) => uploadBlob(session, blob, file, context.chunkSize ?? partSize, call),
    getBlob: (blob, file, call = {}) => downloadBlob(session, name, blob, file, call),
    getManifest: (call = {}) => getManifest(session, name, reference.reference, call),
    async putManifest(manifest, _alias, call) {
      if (pinned) {
        throw fail('remote-invalid', { remote: name, reason: 'a push goes to a tag, not to a digest' });
      }
      const response = await session.send(
        {
          method: 'PUT',
          url: session.url(`manifests/${reference.reference}`),
          headers: { 'content-type': manifestType },
          body: {
            size: manifest.byteLength,
            async *open() {
              yield await Promise.resolve(manifest);
            },
          },
          signal: call?.signal,
        },
        'pull,push',
      );
      if (response.status !== 201) throw await refusal(response, session.place, 'push to', 'the manifest');
      response.discard();
      checkDigest(response.headers['docker-content-digest'], manifest, session.place.host, name);
    },
    close: () => http.close(),
  };
}

async function getManifest(
  session: Session,
  name: string,
  reference: string,
  call: TransferCall,
): Promise<Uint8Array> {
  const backoff = createBackoff(session.http.options.retry, call.signal);
  const { host } = session.place;
  for (;;) {
    const response = await session.send(
      {
        method: 'GET',
        url: session.url(`manifests/${reference}`),
        headers: { accept: manifestType },
        signal: call.signal,
      },
      'pull',
    );
    if (response.status === 404) {
      response.discard();
      throw fail('remote-not-found', { remote: name, known: await knownTags(session, call) });
    }
    if (response.status !== 200) throw await refusal(response, session.place, 'pull from', 'the manifest');
    try {
      const manifest = await response.bytes(manifestLimit);
      checkDigest(response.headers['docker-content-digest'], manifest, host, name);
      if (reference.startsWith('sha256:')) checkDigest(reference, manifest, host, name);
      return manifest;
    } catch (error) {
      const cut = error instanceof Failure && error.code === 'remote-broken-off';
      if (!cut || !(await backoff.again(host))) throw error;
    }
  }
}

/** For the message alone: what else there is. Nothing when the registry won't say. */
async function knownTags(session: Session, call: TransferCall): Promise<readonly string[]> {
  try {
    const url = session.url('tags/list?n=20');
    const response = await session.send({ method: 'GET', url, retry: false, signal: call.signal }, 'pull');
    const list = Tags.safeParse(parseJson(await response.bytes(1_048_576)));
    return (list.data?.tags ?? []).slice(0, 20);
  } catch (error) {
    call.signal?.throwIfAborted();
    if (error instanceof Failure) return [];
    throw error;
  }
}

/** A registry that says which digest it means is taken at its word. */
function checkDigest(
  said: string | string[] | undefined,
  bytes: Uint8Array,
  host: string,
  remote: string,
): void {
  if (typeof said !== 'string' || !said.startsWith('sha256:')) return;
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (digest === said) return;
  throw fail('remote-damaged', {
    remote,
    part: 'the manifest',
    reason: `${host} names ${said}, its digest is ${digest}`,
  });
}
