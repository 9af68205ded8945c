import type { Db } from '../../platform/database/index.ts';
import type { InheritedSplit } from '../../recipes/index.ts';

type From = Pick<InheritedSplit, 'from' | 'data'>;

/**
 * Sets of test rows (in the words of `readLooks`) of the split that another one inherits, and of those that it inherits in turn: the same
 * rows in earlier versions, so that looks at them count. `sets` is what `testSets` gave.
 */
export function inheritedSets(
  db: Db,
  sets: ReadonlyMap<string, string>,
  inherit: From | undefined,
): string[] {
  const found = new Set<string>();
  const visited = new Set<string>();
  let next = inherit;
  while (next) {
    const source = db.get<{ id: string }>(
      'SELECT id FROM runs WHERE split = ? ORDER BY manifest IS NOT ?, created LIMIT 1',
      next.from,
      next.data,
    );
    if (!source || visited.has(source.id)) break;
    visited.add(source.id);
    const set = sets.get(source.id);
    if (set !== undefined) found.add(set);
    next = inheritOf(db, source.id);
  }
  return [...found];
}

/** The split that a run's recipe inherits. */
export function inheritOf(db: Db, run: string): From | undefined {
  return db.get<{ from: string; data: string }>(
    `SELECT json_extract(c.body, '$.split.inherit.from') AS "from", json_extract(c.body, '$.split.inherit.data') AS data
     FROM runs r JOIN recipes c ON c.hash = r.recipe
     WHERE r.id = ? AND json_extract(c.body, '$.split.inherit') IS NOT NULL`,
    run,
  );
}

/** Runs whose split inherits another one. */
export function inheritingRuns(db: Db): string[] {
  return db
    .all<{ id: string }>(
      `SELECT r.id FROM runs r JOIN recipes c ON c.hash = r.recipe WHERE json_extract(c.body, '$.split.inherit') IS NOT NULL`,
    )
    .map(({ id }) => id);
}
