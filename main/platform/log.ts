import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from './clock.ts';

/** A log of one user on one computer, for when something went wrong; never part of a workspace, never sent anywhere. */
export interface Log {
  /** One line of JSON. A log that can't be written is no reason to fail. */
  write(event: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
}

/** Past this size a new file is begun, and the one before is kept as `NAME.1`. */
const largest = 1_000_000;

export function createLog(file: string, clock: Pick<Clock, 'now'>): Log {
  return {
    write(event, facts = {}) {
      try {
        mkdirSync(dirname(file), { recursive: true });
        if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largest) renameSync(file, `${file}.1`);
        appendFileSync(file, `${JSON.stringify({ at: clock.now(), event, ...facts })}\n`);
      } catch {
        // Told nowhere: it is the log that is missing.
      }
    },
  };
}
