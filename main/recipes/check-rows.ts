import { Failure } from '../../preload/contract/errors.ts';
import type { TaskContext } from '../jobs/index.ts';
import type { CallContext } from '../workspaces/index.ts';
import { canonicalJson } from './canonical-json.ts';
import { divideRows, rowColumns } from './divide-rows.ts';
import { readRecipeTable, type ColumnPlan, type RecipeData } from './join/index.ts';
import type { Problem, ResolvedRecipe } from './recipe.ts';
import { readInherited } from './split/inherit/read-inherited.ts';
import type { RowPlan } from './divide-rows.ts';
import { rowsTask } from './tasks.ts';

/** What says which rows of a snapshot train, validate and test. */
export interface RowsInput extends RecipeData {
  readonly plan: RowPlan;
  readonly columns: ColumnPlan;
}

/** The parts of a recipe that say which rows there are. */
export function rowsOf({ target, task, split, filter, join, lags }: ResolvedRecipe) {
  return {
    plan: { target, task, split, ...(filter ? { filter } : {}) },
    columns: { ...(join ? { join } : {}), ...(lags ? { lags } : {}) },
  };
}

/** What is wrong with a recipe by what became of dividing its rows; undefined for a failure that says nothing of that. */
export function rowsProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Failure)) return undefined;
  const path = places[error.code];
  return path === undefined ? undefined : { path, message: error.message };
}

/** Where in a recipe stands what leaves it without rows. */
const places: Readonly<Record<string, string>> = {
  'rows-too-few': 'split',
  'split-part-empty': 'split',
  'split-fold-empty': 'split.folds',
  'split-column-kind': 'split',
  'filter-leaves-none': 'filter',
  'lags-time-twice': 'lags',
  'join-key-inexact': 'join',
  'join-key-twice': 'join',
};

/** Divides the rows as a run would; the problem that it would end with, or null. */
export async function checkRows(
  { plan, columns, ...data }: RowsInput,
  { reader, signal }: Pick<TaskContext, 'reader' | 'signal'>,
): Promise<Problem | null> {
  try {
    const { table } = await readRecipeTable(reader, data, columns, { names: rowColumns(plan), signal });
    const inherited = await readInherited(reader, data.manifest, plan.split, { signal });
    divideRows(plan, table, inherited);
    return null;
  } catch (error) {
    const problem = rowsProblem(error);
    if (!problem) throw error;
    return problem;
  }
}

export type RowsCheck = (input: RowsInput, context: CallContext) => Promise<Problem | null>;

const kept = 16;

/** Remembers what it found last, so that a form can ask at every key; where no row can be missing it looks at none. */
export function createRowsCheck(): RowsCheck {
  const known = new Map<string, Problem | null>();
  return async (input, context) => {
    const { plan, columns } = input;
    const { method, folds } = plan.split;
    const plain = method === 'random' || method === 'stratified';
    if (plain && folds === undefined && !plan.filter && !columns.lags) return null;
    const key = canonicalJson(input);
    const before = known.get(key);
    const found = before === undefined ? (await context.task(rowsTask, input)).result : before;
    known.delete(key);
    known.set(key, found);
    const [oldest] = known.keys();
    if (known.size > kept && oldest !== undefined) known.delete(oldest);
    return found;
  };
}
