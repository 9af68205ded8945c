import { defineTask } from '../jobs/index.ts';
import type { DiffInput } from './diff/make-diff.ts';
import type { Exported, ExportInput } from './exporting/export-snapshot.ts';
import type { ImportInput, ImportResult, Inspection } from './importing/importer.ts';
import type { ProfileInput } from './profile/store-profiles.ts';
import type { QueryInput, QueryResult } from './querying/run-query.ts';
import type { ViewSpec } from './view/view-spec.ts';

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

/** Writes a snapshot as a file of the user's. */
export const exportTask = defineTask<ExportInput, Exported>('datasets.export', async () => {
  const { exportSnapshot } = await import('./exporting/export-snapshot.ts');
  return exportSnapshot;
});

/** Runs a query over snapshots, and stages its result where it is to be kept. */
export const queryTask = defineTask<QueryInput, QueryResult>('datasets.query', async () => {
  const { runQuery } = await import('./querying/run-query.ts');
  return runQuery;
});

/** Profiles columns; the result is pairs of a column's root and the digest of the staged object. */
export const profileTask = defineTask<ProfileInput, (readonly [string, string])[]>(
  'datasets.profile',
  async () => {
    const { storeProfiles } = await import('./profile/store-profiles.ts');
    return storeProfiles;
  },
);

/** How the columns of a snapshot go together; the result is the digest of the staged object. */
export const relateTask = defineTask<{ readonly manifest: string }, string>(
  'datasets.relations',
  async () => {
    const { storeRelations } = await import('./relations/relate.ts');
    return storeRelations;
  },
);

/** Puts the rows of a view in order; the result is their places in the snapshot. */
export const orderTask = defineTask<{ readonly manifest: string; readonly view: ViewSpec }, Uint32Array>(
  'datasets.order',
  async () => {
    const { orderRowsTask } = await import('./view/order-rows.ts');
    return orderRowsTask;
  },
);

/** Compares two snapshots; the result is the digest of the staged object. */
export const diffTask = defineTask<DiffInput, string>('datasets.diff', async () => {
  const { storeDiff } = await import('./diff/store-diff.ts');
  return storeDiff;
});
