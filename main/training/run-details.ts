import * as z from 'zod';
import { Environment } from '../../preload/contract/common.ts';
import type { ReportTable } from '../../preload/contract/training.ts';
import { fail } from '../../preload/contract/errors.ts';
import { decodeArtifact, modelReport } from '../models/index.ts';
import type { Db } from '../platform/database/index.ts';
import type { ObjectReader } from '../platform/objects/index.ts';
import { readSplit, ResolvedRecipe, splitCounts, type SplitCounts } from '../recipes/index.ts';
import type { RunRow } from './store.ts';

/** The resolved recipe a run was made by. */
export function runRecipe(db: Db, { id, recipe }: RunRow): ResolvedRecipe {
  const row = db.get<{ body: string }>('SELECT body FROM recipes WHERE hash = ?', recipe);
  if (!row)
    throw fail('internal', { what: `run ${id}`, reason: `its recipe ${recipe} is not in the workspace` });
  return ResolvedRecipe.parse(JSON.parse(row.body));
}

/** The machine a run was made on; undefined where it was not recorded. */
export function runEnvironment(db: Db, run: string): Environment | undefined {
  const row = db.get<{ body: string }>('SELECT body FROM run_environments WHERE run = ?', run);
  return row && Environment.parse(JSON.parse(row.body));
}

const History = z.array(z.record(z.string(), z.number()));

/** Empty for runs without a model and for families that learn in one step. */
export async function runHistory(
  objects: ObjectReader,
  { history }: RunRow,
): Promise<z.infer<typeof History>> {
  if (history === null) return [];
  return History.parse(JSON.parse(new TextDecoder().decode(await objects.get(history))));
}

/** The family's own tables: coefficients and the like. */
export async function reportOf(
  objects: ObjectReader,
  { model }: RunRow,
): Promise<z.infer<typeof ReportTable>[]> {
  if (model === null) return [];
  const tables = modelReport(decodeArtifact(await objects.get(model)));
  return tables.map(({ title, columns, rows, notes }) => ({
    title,
    columns: [...columns],
    rows: rows.map((row) => [...row]),
    notes: [...notes],
  }));
}

export async function runSplit(
  objects: ObjectReader,
  { split }: RunRow,
): Promise<(SplitCounts & { digest: string; folds: number | null }) | null> {
  if (split === null) return null;
  const recorded = readSplit(await objects.get(split));
  return { digest: split, ...splitCounts(recorded), folds: recorded.folds?.count ?? null };
}
