import type { TaskContext } from '../../jobs/index.ts';
import type { RecipeTable } from '../../recipes/index.ts';
import { fitRun, type FitRunInput, type FitRunResult } from '../fit-run.ts';
import { readForTraining } from '../read-for-training.ts';

/** The table of the trial before: those of one sweep share it. */
let held: { readonly key: string; readonly read: RecipeTable } | undefined;

const readHeld: typeof readForTraining = async (reader, data, recipe, options) => {
  const key = JSON.stringify([data, recipe.join, recipe.lags, options.names]);
  if (held?.key !== key) {
    held = undefined;
    held = { key, read: await readForTraining(reader, data, recipe, options) };
  }
  return held.read;
};

/** `fitRun` for a process that trains one model after another. */
export function fitTrial(input: FitRunInput, context: TaskContext): Promise<FitRunResult> {
  return fitRun(input, context, readHeld);
}
