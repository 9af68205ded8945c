import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import { asFailure } from '../../platform/files/index.ts';
import { checkBodyHeaders } from './body.ts';

/** The largest file that can be dropped on the page; larger ones are imported by their path. */
export const UPLOAD_LIMIT = 16 * 1024 ** 3;
/** A dropped file comes from this computer: longer silence means that nothing more will come. */
const IDLE_SECONDS = 30;

export interface Uploads {
  /** Takes the body into a private folder and answers where it is. The name is kept, for the dataset's name. */
  receive(request: IncomingMessage, name: string): Promise<{ readonly path: string; readonly size: number }>;
  /** Removes everything received. */
  close(): Promise<void>;
}

/** Files dropped on a page of the browser host, which can't tell their paths. Kept until the host ends, for this user only. */
export function createUploads(): Uploads {
  let folder: Promise<string> | undefined;
  let count = 0;
  return {
    async receive(request, name) {
      checkName(name);
      checkBodyHeaders(request, 'application/octet-stream', UPLOAD_LIMIT);
      folder ??= mkdtemp(join(tmpdir(), 'holdfast-'));
      const own = join(await folder, String(++count));
      await mkdir(own, { mode: 0o700 });
      const path = join(own, name);
      try {
        return { path, size: await receiveInto(request, path) };
      } catch (error) {
        await rm(own, { recursive: true, force: true });
        if (error instanceof Failure) throw error;
        const failure = asFailure(error, path);
        throw failure instanceof Failure
          ? failure
          : fail('request-malformed', { reason: 'the file was cut off' }, error);
      }
    },
    async close() {
      if (folder) await rm(await folder, { recursive: true, force: true });
    },
  };
}

async function receiveInto(request: IncomingMessage, path: string): Promise<number> {
  let size = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.byteLength;
      if (size > UPLOAD_LIMIT) done(fail('request-too-large', { limit: UPLOAD_LIMIT }));
      else done(null, chunk);
    },
  });
  request.setTimeout(IDLE_SECONDS * 1000, () =>
    counted.destroy(fail('request-too-slow', { seconds: IDLE_SECONDS })),
  );
  await pipeline(request, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  return size;
}

/** One plain file name: nothing that any system reads as a path, a device or a control character. */
function checkName(name: string): void {
  const plain =
    name !== '.' && name !== '..' && Buffer.byteLength(name) <= 200 && /^[^\p{Cc}/\\:*?"<>|]+$/u.test(name);
  if (!plain) throw fail('path-escapes', { path: name.slice(0, 200), within: 'the upload folder' });
}
