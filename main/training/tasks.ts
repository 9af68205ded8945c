import { defineTask } from '../jobs/index.ts';
import type { RawColumn } from '../recipes/index.ts';
import type { Lookups, ServingJoins } from './serving-joins.ts';
import type { FitRunInput, FitRunResult } from './fit-run.ts';
import type { PredictFileInput, PredictFileResult } from './predict-file.ts';

/** Trains one model; the objects it stages are those its result names. */
export const fitRunTask = defineTask<FitRunInput, FitRunResult>('training.run', async () => {
  const { fitRun } = await import('./fit-run.ts');
  return fitRun;
});

/** Trains one model of many in a process that stays: the table is read once. */
export const trialTask = defineTask<FitRunInput, FitRunResult>('sweeps.trial', async () => {
  const { fitTrial } = await import('./sweeps/fit-trial.ts');
  return fitTrial;
});

export interface LookupInput {
  readonly joins: ServingJoins;
  readonly lookups: Lookups;
  readonly columns: readonly RawColumn[];
}

/** Looks up what rows given one by one lack; the other snapshot may be large. */
export const lookupTask = defineTask<
  LookupInput,
  { columns: readonly RawColumn[]; notes: readonly string[] }
>('registry.lookup', async () => {
  const { withLookups } = await import('./serving-joins.ts');
  return ({ joins, lookups, columns }, { reader, signal }) =>
    withLookups(reader, joins, lookups, columns, signal);
});

/** Predicts a file. Untrusted bytes are parsed in this task's process alone. */
export const predictFileTask = defineTask<PredictFileInput, PredictFileResult>(
  'registry.predict',
  async () => {
    const { predictFile } = await import('./predict-file.ts');
    return predictFile;
  },
);
