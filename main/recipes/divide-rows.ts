import { fail } from '../../preload/contract/errors.ts';
import type { TypedColumn } from './column-facts.ts';
import { filterColumns, filterMask, withoutRows } from './filter.ts';
import { makeTarget, type TargetColumn } from './make-target.ts';
import type { ResolvedRecipe } from './recipe.ts';
import type { Inherited } from './split/inherit/read-inherited.ts';
import { makeSplit } from './split/make-split.ts';
import { splitRows, type Split } from './split/split.ts';

/** The parts of a recipe that say which rows there are and what they are for. */
export type RowPlan = Pick<ResolvedRecipe, 'target' | 'task' | 'split' | 'filter'>;

export interface DividedRows {
  readonly target: TargetColumn;
  readonly split: Split;
  /** Rows that have a target and that the filter keeps out, of the training rows or of all. */
  readonly filtered: number;
}

/** The columns of a table that dividing its rows reads. */
export function rowColumns({ target, split, filter }: RowPlan): string[] {
  return [...new Set([target, ...(split.by === undefined ? [] : [split.by]), ...filterColumns(filter)])];
}

/** The columns that say how much training rows count. */
export function weightColumns({ weight, members = [] }: ResolvedRecipe): string[] {
  return [weight, ...members.map((member) => member.weight)].filter((name) => name !== undefined);
}

/** The target of the rows a recipe is about: of rows that its filter keeps from all parts there is none. */
export function recipeTarget(plan: RowPlan, table: readonly TypedColumn[]): TargetColumn {
  const found = table.find(({ column }) => column.name === plan.target);
  if (!found)
    throw fail('target-missing', { target: plan.target, known: table.map(({ column }) => column.name) });
  if (plan.filter?.rows !== 'all') return makeTarget(found, plan.task);
  const whole = makeTarget(found, plan.task);
  const column = withoutRows(found.column, filterMask(plan.filter, table));
  const target = makeTarget({ type: found.type, column }, plan.task);
  refuseFew(plan, 'rows with a target', target.rows, whole.rows);
  return target;
}

/**
 * Divides the rows of a table as a recipe says: rows without a target are left out, and so are those its filter does not let
 * pass; of the training rows alone, when it is for them. Of a plan that inherits a split, `inherited` is what `readInherited` gave.
 */
export function divideRows(plan: RowPlan, table: readonly TypedColumn[], inherited?: Inherited): DividedRows {
  const target = recipeTarget(plan, table);
  const by = table.find(({ column }) => column.name === plan.split.by)?.column;
  const { filter } = plan;
  if (filter?.rows !== 'training') {
    const split = makeSplit(plan.split, plan.target, target, by, { inherited });
    if (!filter) return { target, split, filtered: 0 };
    const { filter: _, ...unfiltered } = plan;
    return { target, split, filtered: recipeTarget(unfiltered, table).rows - target.rows };
  }
  const { folds: _, ...parts } = plan.split;
  const whole = makeSplit(parts, plan.target, target, by, { inherited });
  const trains = filterMask(filter, table);
  const before = splitRows(whole, 'train');
  const left = before.reduce((count, row) => count + (trains[row] ?? 0), 0);
  refuseFew(plan, 'training rows', left, before.length);
  const split = makeSplit(plan.split, plan.target, target, by, { trains, inherited });
  return { target, split, filtered: before.length - left };
}

function refuseFew({ filter }: RowPlan, what: string, left: number, rows: number): void {
  if (left < 2) throw fail('filter-leaves-none', { where: filter?.where ?? '', part: what, left, rows });
}
