import { defineTask } from '../jobs/index.ts';
import type { ImportInput, ImportResult } from './importers/delimited/import-delimited.ts';

/** Reads a file into staged objects. Untrusted bytes are parsed in this task's process alone. */
export const importTask = defineTask<ImportInput, ImportResult>('datasets.import', async () => {
  const { importDelimited } = await import('./importers/delimited/import-delimited.ts');
  return importDelimited;
});

/** Computes a snapshot's summary; the result is the digest of the staged object. */
export const summariseTask = defineTask<{ readonly manifest: string }, string>(
  'datasets.summary',
  async () => {
    const { storeSummary } = await import('./reading/store-summary.ts');
    return storeSummary;
  },
);
