import { rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asFailure } from '../platform/files/index.ts';

/**
 * How a process that only reads a workspace asks the one that writes in it to stop a job: by a file in the staging folder, which
 * the other looks for while the job runs and takes away. One that nobody took is swept with the rest of staging at the next opening.
 */
export interface StopRequests {
  ask(job: string): Promise<void>;
  /** Whether it was asked since the last time. */
  taken(job: string): boolean;
}

/** `placeFor` gives the path of a thing in the staging folder. */
export function createStopRequests(placeFor: (name: string) => string): StopRequests {
  const pathOf = (job: string): string => placeFor(`stop-${job}`);
  return {
    async ask(job) {
      const path = pathOf(job);
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, '');
      } catch (error) {
        throw asFailure(error, path);
      }
    },
    taken(job) {
      try {
        rmSync(pathOf(job));
        return true;
      } catch {
        return false;
      }
    },
  };
}
