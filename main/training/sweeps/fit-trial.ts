import type { TaskContext } from '../../jobs/index.ts';
import type { RecipeTable } from '../../recipes/index.ts';
import { keepPrepared } from '../prepare-rows.ts';
import { fitRun, type FitRunInput, type FitRunResult } from '../fit-run.ts';
import { readForTraining } from '../read-for-training.ts';

/** Bytes of what steps made, kept for the trials that come next. */
const mostKept = 256_000_000;

/** The table of the trial before: those of one sweep share it, and what their steps make of it. */
let held: { readonly key: string; readonly read: RecipeTable } | undefined;

const readHeld: typeof readForTraining = async (reader, data, recipe, options) => {
  const key = JSON.stringify([data, recipe.join, recipe.lags, options.names]);
  if (held?.key !== key) {
    held = undefined;
    held = { key, read: await readForTraining(reader, data, recipe, options) };
    keepPrepared(held.read.table, mostKept);
  }
  return held.read;
};

/** `fitRun` for a process that trains one model after another. */
export function fitTrial(input: FitRunInput, context: TaskContext): Promise<FitRunResult> {
  return fitRun(input, context, readHeld);
}
