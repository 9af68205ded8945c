import { createHash, randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { asFailure, makeFolder, renameFile, syncFolder } from '../../platform/files/index.ts';

/** A file that comes to be whole or not at all. */
export interface Output {
  write(bytes: Uint8Array): Promise<void>;
  /** Flushes it to the disk and gives it its name. */
  finish(): Promise<{ readonly size: number; readonly sha256: string }>;
  abandon(): Promise<void>;
}

/** A name beside `path` for a file that isn't finished. */
export function temporaryFor(path: string): string {
  return join(dirname(resolve(path)), `.${randomBytes(6).toString('hex')}.tmp`);
}

export async function openOutput(path: string): Promise<Output> {
  const temporary = temporaryFor(path);
  await makeFolder(dirname(temporary));
  const file = await open(temporary, 'wx').catch((error: unknown) => {
    throw asFailure(error, path);
  });
  const hash = createHash('sha256');
  let size = 0;
  const abandon = async (): Promise<void> => {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
  };
  return {
    async write(bytes) {
      try {
        await file.writeFile(bytes);
      } catch (error) {
        throw asFailure(error, path);
      }
      hash.update(bytes);
      size += bytes.length;
    },
    async finish() {
      try {
        await file.sync();
        await file.close();
        await renameFile(temporary, path);
        await syncFolder(dirname(temporary));
      } catch (error) {
        throw asFailure(error, path);
      }
      return { size, sha256: hash.digest('hex') };
    },
    abandon,
  };
}
