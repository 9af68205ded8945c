import { Erasure } from '../../../../preload/contract/privacy.ts';
import type { Db } from '../../../platform/database/index.ts';

/** Erasures that were carried out, newest first. */
export function listErasures(db: Db): Erasure[] {
  return db
    .all<
      Record<
        'id' | 'subject' | 'key' | 'at' | 'actor' | 'snapshots' | 'runs' | 'models' | 'bundles' | 'journal',
        string
      > & {
        reason: string | null;
        finished: string | null;
      }
    >('SELECT * FROM erasures ORDER BY at DESC, rowid DESC')
    .map((row) =>
      Erasure.parse({
        id: row.id,
        subject: row.subject,
        key: row.key,
        at: row.at,
        by: row.actor,
        reason: row.reason,
        snapshots: JSON.parse(row.snapshots),
        runs: JSON.parse(row.runs),
        models: JSON.parse(row.models),
        bundles: JSON.parse(row.bundles),
        journal: (JSON.parse(row.journal) as unknown[]).length,
        finished: row.finished,
      }),
    );
}
