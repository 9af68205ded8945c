import { defineTask } from '../jobs/index.ts';
import type { TableFacts } from './column-facts.ts';

/** What resolving a recipe needs to know of a snapshot; `manifest` is the digest of its manifest. */
export const factsTask = defineTask<{ readonly manifest: string }, TableFacts>('recipes.facts', async () => {
  const { readTable } = await import('./read-table.ts');
  const { tableFacts } = await import('./column-facts.ts');
  return async ({ manifest }, { reader, signal }) =>
    tableFacts(await readTable(reader, manifest, { signal }));
});
