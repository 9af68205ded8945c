import { createHash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { fail } from '../../../../preload/contract/errors.ts';
import { asFailure, durableStep } from '../../../platform/files/index.ts';
import { createBackoff, passingStatuses, type HttpResponse } from '../../../platform/network/index.ts';
import type { Descriptor, TransferCall } from '../../remote.ts';
import { refusal } from './answers.ts';
import { givenUp, Interrupted, passingFault } from './interrupted.ts';
import type { Session } from './session.ts';

/**
 * Streams one blob to a new file. A cut, or silence after progress, is resumed from the last byte received; the file
 * stays only if length and digest are those of the descriptor.
 */
export async function downloadBlob(
  session: Session,
  remote: string,
  blob: Descriptor,
  file: string,
  call: TransferCall,
): Promise<void> {
  const handle = await open(file, 'wx', 0o644).catch((error: unknown) => {
    throw asFailure(error, file);
  });
  let done = false;
  try {
    await receive(session, remote, blob, handle, call);
    durableStep('sync', file);
    await handle.sync();
    done = true;
  } catch (error) {
    throw asFailure(error, file);
  } finally {
    await handle.close();
    if (!done) await rm(file, { force: true });
  }
}

async function receive(
  session: Session,
  remote: string,
  blob: Descriptor,
  handle: FileHandle,
  call: TransferCall,
): Promise<void> {
  const { http, place } = session;
  const damaged = (reason: string) =>
    fail('remote-damaged', { remote, part: `the blob ${blob.digest}`, reason });
  const backoff = createBackoff(http.options.retry, call.signal);
  let hash = createHash('sha256');
  let offset = 0;

  async function request(): Promise<HttpResponse> {
    const response = await session.send(
      {
        method: 'GET',
        url: session.url(`blobs/${blob.digest}`),
        headers: offset > 0 ? { range: `bytes=${offset}-` } : {},
        retry: false,
        signal: call.signal,
      },
      'pull',
    );
    if (response.status === 200 || response.status === 206) return response;
    if (passingStatuses.has(response.status)) {
      response.discard();
      throw new Interrupted(response.status, response.headers['retry-after']);
    }
    if (response.status !== 404) throw await refusal(response, place, 'pull from', 'a download');
    response.discard();
    throw damaged('the registry does not have it');
  }

  let furthest = 0;
  for (;;) {
    try {
      const response = await request();
      if (response.status === 200) {
        // Also when a range was asked for: this one starts at the first byte again.
        offset = 0;
        hash = createHash('sha256');
        const length = response.headers['content-length'];
        if (length !== undefined && Number(length) !== blob.size) {
          response.discard();
          throw damaged(`${length} bytes instead of ${blob.size}`);
        }
      } else if (!(response.headers['content-range'] ?? '').startsWith(`bytes ${offset}-`)) {
        response.discard();
        throw fail('remote-answer-invalid', {
          host: place.host,
          reason: 'another range than the one asked for',
        });
      }
      for await (const chunk of response.chunks()) {
        if (offset + chunk.byteLength > blob.size) throw damaged(`more than its ${blob.size} bytes`);
        durableStep('write', blob.digest);
        await handle.write(chunk, 0, chunk.byteLength, offset);
        hash.update(chunk);
        offset += chunk.byteLength;
        call.progress?.(offset);
      }
      if (offset < blob.size) throw damaged(`it ends after ${offset} of ${blob.size} bytes`);
      break;
    } catch (error) {
      const progressed = offset > furthest;
      furthest = Math.max(furthest, offset);
      const fault = passingFault(error, progressed);
      if (!fault) throw error;
      if (progressed) backoff.reset();
      if (!(await backoff.again(place.host, fault.status, fault.retryAfter))) {
        throw givenUp(error, fault, place.host, backoff.tries);
      }
    }
  }
  const digest = `sha256:${hash.digest('hex')}`;
  if (digest !== blob.digest) throw damaged(`its digest is ${digest}`);
}
