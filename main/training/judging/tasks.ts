import { defineTask } from '../../jobs/index.ts';
import type { OpenHoldoutInput, OpenHoldoutResult } from '../holdout/open-holdout.ts';
import type * as analyses from './analyses.ts';

type Analysis = {
  readonly [Name in keyof typeof analyses]: (typeof analyses)[Name] extends (
    input: infer Input,
    context: never,
  ) => Promise<infer Result>
    ? ReturnType<typeof defineTask<Input, Result>>
    : never;
};

const defineAnalysis = <Name extends keyof typeof analyses>(name: Name): Analysis[Name] =>
  defineTask<never, unknown>(`evaluation.${name}`, async () => {
    const found = await import('./analyses.ts');
    return found[name];
  }) as Analysis[Name];

export const intervalsTask = defineAnalysis('intervalsOfRun');
export const thresholdsTask = defineAnalysis('thresholdsOfRun');
export const costsTask = defineAnalysis('costsOfRun');
export const coverageTask = defineAnalysis('coverageOfRun');
export const sizesTask = defineAnalysis('sizesOfRun');
export const slicesTask = defineAnalysis('slicesOfRun');
export const compareRunsTask = defineAnalysis('compareJudged');
export const errorsTask = defineAnalysis('errorsOfRun');

/** Scores a run by its sealed test rows. */
export const openHoldoutTask = defineTask<OpenHoldoutInput, OpenHoldoutResult>('holdout.open', async () => {
  const { openHoldout } = await import('../holdout/open-holdout.ts');
  return openHoldout;
});

/** What a job process can be asked about a run's test rows. */
export const judgingTasks = [
  intervalsTask,
  thresholdsTask,
  costsTask,
  coverageTask,
  sizesTask,
  slicesTask,
  compareRunsTask,
  errorsTask,
  openHoldoutTask,
];
