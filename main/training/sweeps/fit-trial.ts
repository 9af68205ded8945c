import type { TaskContext } from '../../jobs/index.ts';
import { readRecipeTable, type RecipeTable } from '../../recipes/index.ts';
import { fitRun, type FitRunInput, type FitRunResult } from '../fit-run.ts';

/** The table of the trial before: those of one sweep share it. */
let held: { readonly key: string; readonly read: RecipeTable } | undefined;

const readHeld: typeof readRecipeTable = async (reader, data, { join, lags }, options) => {
  const key = JSON.stringify([data, join, lags, options?.names]);
  if (held?.key !== key) {
    held = undefined;
    held = { key, read: await readRecipeTable(reader, data, { join, lags }, options) };
  }
  return held.read;
};

/** `fitRun` for a process that trains one model after another. */
export function fitTrial(input: FitRunInput, context: TaskContext): Promise<FitRunResult> {
  return fitRun(input, context, readHeld);
}
