import { fail } from '../../../../preload/contract/errors.ts';
import type { Db } from '../../../platform/database/index.ts';
import { ResolvedRecipe, type SplitPlan } from '../../recipe.ts';

/** A split as it was recorded with a run. */
export interface RecordedSplit {
  /** Digest of its object. */
  readonly split: string;
  /** Digest of the manifest of the snapshot whose rows it divides. */
  readonly data: string;
  readonly run: string;
  /** `houses@2` */
  readonly version: string;
  readonly plan: SplitPlan;
  /** Its test rows are sealed still. */
  readonly sealed: boolean;
}

/** Finds a recorded split; `data` where the same digest divides several snapshots. */
export type FindSplit = (reference: string, data?: string) => RecordedSplit;

interface Found {
  readonly id: string;
  readonly split: string;
  readonly manifest: string | null;
  readonly dataset: string;
  readonly version: number;
  readonly metrics: string | null;
  readonly body: string;
  readonly here: number;
}

/**
 * The split of a run, or the one whose digest begins so. Throws `split-not-found`, `split-ambiguous`, and `split-data-gone` where the rows
 * that it divides are not here (any more).
 */
export function findRecordedSplit(db: Db, reference: string, data?: string): RecordedSplit {
  const byDigest = /^[0-9a-f]{6,64}$/.test(reference);
  const found = db.all<Found>(
    `SELECT r.id, r.split, r.manifest, r.dataset, r.version, r.metrics, c.body,
       EXISTS (SELECT 1 FROM objects o WHERE o.digest = r.manifest) AS here
     FROM runs r JOIN recipes c ON c.hash = r.recipe
     WHERE r.split IS NOT NULL AND (r.id = ? OR (? AND r.split LIKE ?)) AND (? IS NULL OR r.manifest = ?)
     ORDER BY r.created DESC, r.rowid DESC`,
    reference,
    byDigest ? 1 : 0,
    `${reference}%`,
    data ?? null,
    data ?? null,
  );
  const [first] = found;
  if (!first) {
    const erased = db.get<{ version: string }>(
      `SELECT dataset || '@' || version AS version FROM runs WHERE id = ? AND status = 'erased'`,
      reference,
    );
    if (erased) throw fail('split-data-gone', { split: `of ${reference}`, version: erased.version });
    const known = db
      .all<{ id: string }>(
        'SELECT id FROM runs WHERE split IS NOT NULL ORDER BY created DESC, rowid DESC LIMIT 5',
      )
      .map(({ id }) => id);
    throw fail('split-not-found', { reference, known });
  }
  if (found.some(({ split, manifest }) => split !== first.split || manifest !== first.manifest)) {
    const runs = found.slice(0, 5).map(({ id, dataset, version }) => `${id} (${dataset}@${version})`);
    throw fail('split-ambiguous', { reference, runs });
  }
  const version = `${first.dataset}@${first.version}`;
  if (first.manifest === null || first.here === 0)
    throw fail('split-data-gone', { split: first.split.slice(0, 12), version });
  const { split: plan } = ResolvedRecipe.parse(JSON.parse(first.body));
  const opened = found.some(({ metrics }) => hasTestScore(metrics));
  return {
    split: first.split,
    data: first.manifest,
    run: first.id,
    version,
    plan,
    sealed: plan.sealed === true && !opened,
  };
}

function hasTestScore(metrics: string | null): boolean {
  if (metrics === null) return false;
  const { test } = JSON.parse(metrics) as { test?: Record<string, unknown> };
  return test !== undefined && Object.keys(test).length > 0;
}
