import { defineTask } from '../jobs/index.ts';
import type { LeakageFinding } from '../../preload/contract/recipes.ts';
import type { TableFacts } from './column-facts.ts';
import type { RowsInput } from './check-rows.ts';
import type { Problem } from './recipe.ts';
import type { JoinPlan, RecipeData } from './join/index.ts';
import type { LeakageInput } from './leakage/find-leakage.ts';
import type { SampleInput, TrainingSample } from './effect/training-sample.ts';

/** What resolving a recipe needs to know of a snapshot, with the columns that joins put beside its own. */
export const factsTask = defineTask<RecipeData & { readonly join?: readonly JoinPlan[] }, TableFacts>(
  'recipes.facts',
  async () => {
    const { readRecipeTable } = await import('./join/index.ts');
    const { tableFacts } = await import('./column-facts.ts');
    return async ({ join, ...data }, { reader, signal }) => {
      const plan = join ? { join: [...join] } : {};
      const { table, notes } = await readRecipeTable(reader, data, plan, { signal });
      return { ...tableFacts(table), ...(join ? { joined: { plans: join, notes, problems: [] } } : {}) };
    };
  },
);

/** Whether a recipe leaves rows to train and to judge; the problem where it does not. */
export const rowsTask = defineTask<RowsInput, Problem | null>('recipes.rows', async () => {
  const { checkRows } = await import('./check-rows.ts');
  return checkRows;
});

/** Some training rows of a snapshot, to show what steps do to them. */
export const sampleTask = defineTask<SampleInput, TrainingSample>('recipes.sample', async () => {
  const { takeTrainingSample } = await import('./effect/training-sample.ts');
  return (input, { reader, signal }) => takeTrainingSample(reader, input, signal);
});

/** What training by a resolved recipe would know of its test rows. */
export const leakageTask = defineTask<LeakageInput, LeakageFinding[]>('recipes.leakage', async () => {
  const { findLeakage } = await import('./leakage/find-leakage.ts');
  return findLeakage;
});
