import { Failure } from '../../preload/contract/errors.ts';
import { defineTask } from '../jobs/index.ts';
import type { ObjectInjury } from './verify-objects.ts';

interface Payload {
  readonly objects: readonly { readonly digest: string; readonly size: number }[];
}

interface Result {
  readonly injured: readonly (readonly [digest: string, ObjectInjury])[];
  readonly bytes: number;
}

/** Re-hashes objects, eight reads in flight. */
export const hashObjects = defineTask<Payload, Result>('workspaces.hash-objects', () =>
  Promise.resolve(async ({ objects }, { reader, signal, progress }) => {
    const injured: [string, ObjectInjury][] = [];
    const total = objects.reduce((sum, { size }) => sum + size, 0);
    let bytes = 0;
    let next = 0;
    let checked = 0;
    const lane = async (): Promise<void> => {
      for (let object = objects[next++]; object; object = objects[next++]) {
        signal.throwIfAborted();
        try {
          const { byteLength } = await reader.get(object.digest);
          bytes += byteLength;
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          injured.push([
            object.digest,
            error.code === 'object-missing' ? 'object-missing' : 'object-damaged',
          ]);
        }
        checked++;
        progress(total ? bytes / total : 1, `checked ${checked} of ${objects.length} objects`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, lane));
    return { injured: injured.toSorted(([a], [b]) => (a < b ? -1 : 1)), bytes };
  }),
);
