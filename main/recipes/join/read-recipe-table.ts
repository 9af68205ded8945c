import { fail } from '../../../preload/contract/errors.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import type { TypedColumn } from '../column-facts.ts';
import { lagColumns, lagSources, makeLags } from '../lags/index.ts';
import { readTable } from '../read-table.ts';
import type { ResolvedRecipe } from '../recipe.ts';
import type { JoinedData } from './choose-joins.ts';
import { lookUp, unmatchedNote } from './look-up.ts';
import { joinColumns, joinedNames, joinKeys, joinWords, type JoinPlan } from './plan.ts';

/** Where the rows of a recipe are: its snapshot's manifest, and those of the snapshots it joins. */
export interface RecipeData {
  readonly manifest: string;
  readonly joined?: JoinedData;
}

/** The parts of a recipe that make columns before all else: those of other snapshots first, then those of earlier rows. */
export type ColumnPlan = Pick<ResolvedRecipe, 'join' | 'lags'>;

export interface RecipeTable {
  readonly table: readonly TypedColumn[];
  /** What a user must know of the columns that were joined. */
  readonly notes: readonly string[];
}

/**
 * The columns of a snapshot (all, or those named), and behind them those that a recipe's joins and lags make. `names` may be of either. Rows are
 * those of the snapshot, in its order. Throws `join-key-twice`, `join-data-missing`, `lags-time-twice`.
 */
export async function readRecipeTable(
  reader: ObjectReader,
  { manifest, joined = {} }: RecipeData,
  { join, lags }: ColumnPlan,
  options: { readonly names?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<RecipeTable> {
  const made = new Set([...joinedNames(join), ...(lags ? lagColumns(lags) : []).map(nameOf)]);
  const read = [...joinKeys(join), ...(lags ? lagSources(lags) : [])];
  const names = options.names && [...new Set([...options.names, ...read])].filter((name) => !made.has(name));
  const table = await readTable(reader, manifest, { ...options, ...(names ? { names } : {}) });
  const notes: string[] = [];
  for (const plan of join ?? []) {
    const there = await readJoined(reader, plan, joined, options.signal);
    const here = table.map(({ column }) => column);
    const found = lookUp(plan, here, there);
    const note = unmatchedNote(plan, found, here, joinWords(plan));
    if (note !== undefined) notes.push(note);
    table.push(...found.columns);
  }
  if (lags) table.push(...makeLags(lags, table));
  return { table, notes };
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

/** The columns of the other snapshot that a join reads. */
export async function readJoined(
  reader: ObjectReader,
  plan: JoinPlan,
  joined: JoinedData,
  signal?: AbortSignal,
): Promise<TypedColumn[]> {
  const manifest = joined[plan.snapshot];
  if (manifest === undefined) {
    throw fail('join-data-missing', { dataset: plan.dataset, snapshot: plan.snapshot });
  }
  const names = [...new Set([...Object.values(plan.on), ...joinColumns(plan).map(({ of }) => of)])];
  return readTable(reader, manifest, { names, ...(signal ? { signal } : {}) });
}
