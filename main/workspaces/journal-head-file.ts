import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '../platform/database/index.ts';

const headName = 'workspace.head';

export interface JournalHead {
  readonly records: number;
  /** Hash of the last record. */
  readonly head: string;
}

/**
 * Notes beside the database how far the journal goes, after each commit. A chain of hashes can't tell that its end was cut off, and
 * SQLite takes a missing or cut write-ahead log for none: with this note `verify` tells. It is written after the commit is on
 * the disk and may itself be lost with the power, so it never promises more than the journal holds.
 */
export function writeHead(dir: string, { records, head }: JournalHead): void {
  try {
    writeFileSync(join(dir, headName), `${records} ${head}\n`);
  } catch {
    // Only a note: the next commit writes it again.
  }
}

/** Undefined when there is none that can be read. */
export function readHead(dir: string): JournalHead | undefined {
  try {
    const [, records = '', head = ''] =
      /^(\d+) ([0-9a-f]{64})\n$/.exec(readFileSync(join(dir, headName), 'latin1')) ?? [];
    return head ? { records: Number(records), head } : undefined;
  } catch {
    return undefined;
  }
}

/** Records that were committed once and are not in the journal any more. */
export function isCut({ dir, db }: { readonly dir: string; readonly db: Db }): boolean {
  const noted = readHead(dir);
  if (!noted) return false;
  const there = db.get<{ hash: string }>('SELECT hash FROM journal WHERE seq = ?', noted.records);
  return there?.hash !== noted.head;
}
