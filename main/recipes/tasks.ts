import { defineTask } from '../jobs/index.ts';
import type { LeakageFinding } from '../../preload/contract/recipes.ts';
import type { TableFacts } from './column-facts.ts';
import type { LeakageInput } from './leakage/find-leakage.ts';
import type { SampleInput, TrainingSample } from './effect/training-sample.ts';

/** What resolving a recipe needs to know of a snapshot; `manifest` is the digest of its manifest. */
export const factsTask = defineTask<{ readonly manifest: string }, TableFacts>('recipes.facts', async () => {
  const { readTable } = await import('./read-table.ts');
  const { tableFacts } = await import('./column-facts.ts');
  return async ({ manifest }, { reader, signal }) =>
    tableFacts(await readTable(reader, manifest, { signal }));
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
