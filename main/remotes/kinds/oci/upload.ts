import { createReadStream } from 'node:fs';
import { fail } from '../../../../preload/contract/errors.ts';
import {
  createBackoff,
  parseLocation,
  passingStatuses,
  type HttpBody,
  type HttpResponse,
} from '../../../platform/network/index.ts';
import type { Descriptor, TransferCall } from '../../remote.ts';
import { refusal } from './answers.ts';
import { givenUp, Interrupted, passingFault } from './interrupted.ts';
import type { Session } from './session.ts';

/** An upload under way: where its next part goes, and how much the registry has. */
interface Upload {
  readonly url: URL;
  readonly offset: number;
}

/** The commit of a large blob copies and hashes it on the other side. */
const commitPatience = 300_000;

/**
 * Sends one blob: whole when it fits into a part, else part by part. After a cut the registry is asked how much it has
 * and the rest is sent from there; a registry that forgets interrupted uploads (docker-registry 2.8 does, when cut
 * inside a part) gets the blob from its start. Only tries without progress count towards the limit.
 */
export async function uploadBlob(
  session: Session,
  blob: Descriptor,
  file: string,
  chunkSize: number,
  call: TransferCall,
): Promise<void> {
  const { http, place } = session;
  const { signal } = call;
  const backoff = createBackoff(http.options.retry, signal);

  function part(from: number, end: number): HttpBody {
    return {
      size: end - from,
      async *open() {
        if (end === from) return;
        let at = from;
        for await (const chunk of createReadStream(file, {
          start: from,
          end: end - 1,
          highWaterMark: 256 * 1024,
        })) {
          const bytes: Uint8Array = chunk;
          yield bytes;
          at += bytes.byteLength;
          call.progress?.(at);
        }
      },
    };
  }

  async function expect(response: HttpResponse, status: number, during: string): Promise<HttpResponse> {
    if (response.status === status) {
      response.discard();
      return response;
    }
    // 404: the upload is gone. 416: the registry counts differently. Both are settled by asking.
    if (passingStatuses.has(response.status) || response.status === 404 || response.status === 416) {
      response.discard();
      throw new Interrupted(response.status, response.headers['retry-after']);
    }
    throw await refusal(response, place, 'push to', during);
  }

  async function start(): Promise<Upload & { readonly least: number }> {
    const response = await session.send(
      {
        method: 'POST',
        url: session.url('blobs/uploads/'),
        headers: { 'content-length': '0' },
        retry: false,
        signal,
      },
      'pull,push',
    );
    // Here 404 means that the registry will not have this repository.
    if (response.status === 404) throw await refusal(response, place, 'push to', 'the start of an upload');
    await expect(response, 202, 'the start of an upload');
    const least = Number(response.headers['oci-chunk-min-length'] ?? 0);
    return { url: next(response), offset: 0, least: Number.isSafeInteger(least) ? least : 0 };
  }

  function next(response: HttpResponse): URL {
    const { location } = response.headers;
    if (location === undefined) {
      throw fail('remote-answer-invalid', {
        host: place.host,
        reason: 'an upload without a Location header',
      });
    }
    return parseLocation(location, response.url);
  }

  /** Where the registry stands. Undefined when it has forgotten the upload and a new one is due. */
  async function ask(upload: Upload): Promise<Upload | undefined> {
    const response = await session.send(
      { method: 'GET', url: upload.url, namedBy: session.url(''), retry: false, signal },
      'pull,push',
    );
    response.discard();
    if (passingStatuses.has(response.status)) {
      throw new Interrupted(response.status, response.headers['retry-after']);
    }
    if (response.status !== 204 && response.status !== 202) return undefined;
    const offset = storedBytes(response);
    // "0-0" means none or one byte, depending on the registry: a new upload costs nothing then.
    if (offset === undefined || offset <= 1 || offset > blob.size) return undefined;
    const url = response.headers.location === undefined ? upload.url : next(response);
    return { url, offset };
  }

  async function sendPart(upload: Upload, size: number): Promise<Upload> {
    const end = Math.min(upload.offset + size, blob.size);
    const response = await session.send(
      {
        method: 'PATCH',
        url: upload.url,
        namedBy: session.url(''),
        headers: {
          'content-type': 'application/octet-stream',
          'content-range': `${upload.offset}-${end - 1}`,
        },
        body: part(upload.offset, end),
        retry: false,
        signal,
      },
      'pull,push',
    );
    await expect(response, 202, 'a part of an upload');
    const stored = storedBytes(response) ?? end;
    if (stored <= upload.offset || stored > end) throw new Interrupted(416);
    return { url: next(response), offset: stored };
  }

  async function commit(upload: Upload): Promise<void> {
    // Added as text: the rest of the query is the registry's own and may be signed as it stands.
    const url = new URL(upload.url);
    url.search += `${url.search ? '&' : '?'}digest=${encodeURIComponent(blob.digest)}`;
    const response = await session.send(
      {
        method: 'PUT',
        url,
        namedBy: session.url(''),
        headers: { 'content-type': 'application/octet-stream' },
        body: part(upload.offset, blob.size),
        retry: false,
        patience: Math.max(http.options.idleTimeout, Math.min(commitPatience, blob.size / 10_000)),
        signal,
      },
      'pull,push',
    );
    await expect(response, 201, 'the end of an upload');
    const stored = response.headers['docker-content-digest'];
    if (stored !== undefined && stored !== blob.digest) {
      throw fail('remote-answer-invalid', {
        host: place.host,
        reason: `it stored ${String(stored)} for ${blob.digest}`,
      });
    }
  }

  let upload: Upload | undefined;
  let uncertain = false;
  let partSize = chunkSize;
  let furthest = 0;
  const moved = (offset: number): boolean => {
    const further = offset > furthest;
    if (further) backoff.reset();
    furthest = Math.max(furthest, offset);
    return further;
  };
  for (;;) {
    let progressed = false;
    try {
      if (upload && uncertain) {
        upload = await ask(upload);
        progressed = moved(upload?.offset ?? 0);
      }
      uncertain = false;
      if (!upload) {
        const begun = await start();
        partSize = Math.max(chunkSize, begun.least);
        upload = begun;
      }
      while (blob.size - upload.offset > (upload.offset === 0 ? partSize : 0)) {
        upload = await sendPart(upload, partSize);
        progressed = moved(upload.offset);
      }
      await commit(upload);
      return;
    } catch (error) {
      const fault = passingFault(error, progressed);
      if (!fault) throw error;
      if (!(await backoff.again(place.host, fault.status, fault.retryAfter))) {
        throw givenUp(error, fault, place.host, backoff.tries);
      }
      uncertain = true;
    }
  }
}

/** `Range: 0-1023` as a number of bytes; some write `bytes=0-1023`. */
function storedBytes(response: HttpResponse): number | undefined {
  const range = /^(?:bytes[= ])?0-(\d+)$/.exec(response.headers['range'] ?? '');
  return range ? Number(range[1]) + 1 : undefined;
}
