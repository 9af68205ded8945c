import { createHash } from 'node:crypto';
import type { Look, LookKind } from '../../../preload/contract/holdout.ts';
import type { Db } from '../../platform/database/index.ts';
import { createId } from '../../platform/random.ts';
import { splitRows, type Split } from '../../recipes/index.ts';
import { inheritedSets, inheritingRuns, inheritOf } from './inherited-sets.ts';
import type { Transaction } from '../../workspaces/index.ts';

/** SHA-256 of the numbers of the test rows (32 bits each, little-endian): what looks at test rows are counted by, with the snapshot. Null without such rows. */
export function testRowsOf(split: Split): string | null {
  const rows = splitRows(split, 'test');
  if (rows.length === 0) return null;
  const bytes = new DataView(new ArrayBuffer(rows.length * 4));
  rows.forEach((row, i) => bytes.setUint32(i * 4, row, true));
  return createHash('sha256').update(bytes).digest('hex');
}

export interface NewLook {
  readonly snapshot: string;
  readonly testRows: string;
  readonly run: string;
  /** `sealed` is none: a run was trained with these rows set aside. */
  readonly kind: LookKind | 'sealed';
  readonly at: string;
  readonly by: string;
  readonly why?: string;
}

export function recordLook(transaction: Transaction, look: NewLook): void {
  const { snapshot, testRows, run, kind, at, by, why = null } = look;
  transaction.put('looks', {
    id: createId('look'),
    snapshot,
    test_rows: testRows,
    run,
    kind,
    at,
    actor: by,
    reason: why,
  });
}

/**
 * Every look with the set of test rows it was at. Runs with a test score that the ledger does not know (trained before there was one, or
 * pulled) were looks too; they stand with the runs of the same split.
 */
const allLooks = `
  SELECT run, snapshot || ' ' || test_rows AS test, kind, at, rowid AS turn, actor AS "by", reason AS why
  FROM looks WHERE kind <> 'sealed'
  UNION ALL
  SELECT id, coalesce(
      (SELECT l.snapshot || ' ' || l.test_rows FROM runs other JOIN looks l ON l.run = other.id WHERE other.split = runs.split LIMIT 1), split),
    'judged', coalesce(finished, created), 0, actor, NULL
  FROM runs WHERE status = 'done' AND split IS NOT NULL AND metrics IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(metrics, '$.test') WHERE value IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM looks WHERE looks.run = runs.id)`;

interface LookRow extends Look {
  /** The set of test rows. */
  readonly test: string;
}

/** Oldest first. */
export function readLooks(db: Db): LookRow[] {
  return db.all<LookRow>(`SELECT run, test, kind, at, "by", why FROM (${allLooks}) ORDER BY at, turn`);
}

/** How many looks there were at the test rows of a snapshot, and at the same rows in the versions that its split inherits from. */
export function countLooksAt(
  db: Db,
  snapshot: string,
  testRows: string,
  inherit?: Parameters<typeof inheritedSets>[2],
): number {
  const looks = readLooks(db);
  const sets = new Set([`${snapshot} ${testRows}`, ...inheritedSets(db, testSets(db, looks), inherit)]);
  return looks.filter(({ test }) => sets.has(test)).length;
}

/** The set of test rows that each run has, in the words of `readLooks`; runs without test rows are not among them. */
export function testSets(db: Db, looks: readonly LookRow[]): ReadonlyMap<string, string> {
  const sealed = db.all<{ run: string; test: string }>(
    `SELECT run, snapshot || ' ' || test_rows AS test FROM looks WHERE kind = 'sealed'`,
  );
  return new Map([...looks, ...sealed].map(({ run, test }) => [run, test]));
}

const kept = new WeakMap<Db, { readonly head: number; readonly before: ReadonlyMap<string, number> }>();

/** How many looks came before the test score of each run; for a sealed run, how many there were so far. Counted again when the journal has grown. */
export function looksBefore(db: Db): ReadonlyMap<string, number> {
  const head = db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM journal')?.seq ?? 0;
  const known = kept.get(db);
  if (known && known.head === head) return known.before;
  const before = countLooks(db);
  kept.set(db, { head, before });
  return before;
}

function countLooks(db: Db): ReadonlyMap<string, number> {
  const looks = readLooks(db);
  const counts = new Map<string, number>();
  const before = new Map<string, number>();
  const sets = testSets(db, looks);
  const earlier = new Map(
    inheritingRuns(db).map((run) => [run, inheritedSets(db, sets, inheritOf(db, run))] as const),
  );
  const looked = (run: string, test: string): number =>
    [...new Set([test, ...(earlier.get(run) ?? [])])].reduce((sum, set) => sum + (counts.get(set) ?? 0), 0);
  for (const { run, test } of looks) {
    if (!before.has(run)) before.set(run, looked(run, test));
    counts.set(test, (counts.get(test) ?? 0) + 1);
  }
  for (const [run, test] of sets) if (!before.has(run)) before.set(run, looked(run, test));
  return before;
}

/** The runs that sealed test rows of a snapshot, by those rows. */
export function sealedRows(db: Db, snapshot: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    db
      .all<{ rows: string; run: string }>(
        `SELECT test_rows AS rows, run FROM looks WHERE kind = 'sealed' AND snapshot = ? ORDER BY rowid DESC`,
        snapshot,
      )
      .map(({ rows, run }) => [rows, run]),
  );
}
