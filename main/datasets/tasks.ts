import { defineTask } from '../jobs/index.ts';
import type { ImportInput, ImportResult, Inspection } from './importing/importer.ts';

/** A file, and the manifest of the version before, whose blocks the new one may share. */
export interface ImportPayload extends ImportInput {
  readonly base: string | undefined;
}

/** Reads a file into staged objects. Untrusted bytes are parsed in this task's process alone. */
export const importTask = defineTask<ImportPayload, ImportResult>('datasets.import', async () => {
  const { importSource } = await import('./importing/read-source.ts');
  const { openBase } = await import('./reading/open-snapshot.ts');
  return async ({ base, ...input }, context) =>
    importSource(input, { ...context, base: await openBase(context.reader, base) });
});

/** Looks at the beginning of a file. */
export const inspectTask = defineTask<ImportInput, Inspection>('datasets.inspect', async () => {
  const { inspectSource } = await import('./importing/read-source.ts');
  return inspectSource;
});

/** Computes a snapshot's summary; the result is the digest of the staged object. */
export const summariseTask = defineTask<{ readonly manifest: string }, string>(
  'datasets.summary',
  async () => {
    const { storeSummary } = await import('./reading/store-summary.ts');
    return storeSummary;
  },
);
