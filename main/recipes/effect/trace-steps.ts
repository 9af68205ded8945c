import { Failure } from '../../../preload/contract/errors.ts';
import { columnLength, type WorkColumn } from '../columns.ts';
import { makeTarget } from '../make-target.ts';
import { fitPipeline, type FittedStep } from '../pipeline.ts';
import type { Problem, ResolvedRecipe } from '../recipe.ts';
import { recipeInputs } from '../resolve-recipe.ts';
import { join } from '../schema-problems.ts';
import { createStepCache, type StepCache } from '../step-cache.ts';
import type { TrainingSample } from './training-sample.ts';

export interface Trace {
  /** The columns before the first step and after each, as far as it went. */
  readonly stages: readonly (readonly WorkColumn[])[];
  /** For each stage whether it was known from before, by the content of its step and of all before it. */
  readonly reused: readonly boolean[];
  /** Columns for the family after the last step; null when it was not reached. */
  readonly features: number | null;
  readonly problems: readonly Problem[];
}

/** Of each sample the steps learned from it last: a sample never changes. */
const caches = new WeakMap<TrainingSample, StepCache<FittedStep>>();

/** Learns the steps from the sample, those that are not known yet, and keeps what each made of it. A step that fails ends the trace, with its place. */
export function traceSteps(recipe: ResolvedRecipe, sample: TrainingSample, gaps: boolean): Trace {
  const { rows, table } = sample;
  const cache = caches.get(sample) ?? createStepCache<FittedStep>();
  caches.set(sample, cache);
  const reused = [false];
  const target = table.find(({ column }) => column.name === recipe.target);
  const inputs = recipeInputs(recipe, table);
  const columns = table.map(({ column }) => column);
  const stages: (readonly WorkColumn[])[] = [
    inputs.flatMap(({ name }) => columns.find((column) => column.name === name) ?? []),
  ];
  try {
    const { design } = fitPipeline(inputs, columns, recipe.steps, {
      gaps,
      ...(target ? { target: makeTarget(target, recipe.task).target } : {}),
      seed: recipe.seed,
      cache,
      watch: (made, isReused) => {
        stages.push(made);
        reused.push(isReused);
      },
    });
    return { stages, reused, features: design.width, problems: [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { position, row } = error.details;
    const path = typeof position === 'number' ? join('steps', position - 1) : 'steps';
    // The failure counts rows of the sample; people count those of the data.
    const at = typeof row === 'number' ? rows[row - 1] : undefined;
    const message =
      at === undefined
        ? error.message
        : error.message.replace(/\brow [\d,]+/, `row ${(at + 1).toLocaleString('en-US')}`);
    return { stages, reused, features: null, problems: [{ path, message }] };
  }
}

/** How many values of two columns differ, and where. */
export function differences(
  before: WorkColumn,
  after: WorkColumn,
): { readonly count: number; readonly at: (row: number) => boolean } {
  const at = (row: number): boolean =>
    before !== after && !Object.is(cellOf(before, row), cellOf(after, row));
  let count = 0;
  if (before !== after) for (let row = 0; row < columnLength(after); row++) if (at(row)) count++;
  return { count, at };
}

/** A value as a person reads it; null where it is missing, or where no feature of a one-hot column is 1. */
export function cellOf(column: WorkColumn, row: number): string | number | null {
  if (column.kind === 'number') {
    const value = column.values[row] ?? NaN;
    return Number.isNaN(value) ? null : value;
  }
  const code = column.codes[row] ?? -1;
  return code < 0 ? null : (column.levels[code] ?? null);
}
