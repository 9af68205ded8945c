import type { Service } from '../workspaces/index.ts';
import { exportFile } from './export-file.ts';
import { importFile } from './import-file.ts';
import { inspectFile } from './inspect-file.ts';
import { readRejects } from './importers/delimited/rejects.ts';
import { queryDatasets } from './query-datasets.ts';
import { openSnapshot } from './reading/open-snapshot.ts';
import { summaryOf } from './reading/summary-of.ts';
import { describeVersion, listDatasets, resolveDataset, versionRows } from './store.ts';
import { preview } from './view/preview.ts';

export const datasetService: Service<'datasets'> = {
  inspect: (input, context) => inspectFile(input, context),
  import: (input, context) => importFile(input, context),
  export: (input, context) => exportFile(input, context),
  query: (input, context) => queryDatasets(input, context),
  list: (_, { workspace: { db } }) => ({ datasets: listDatasets(db) }),
  async show({ dataset }, { workspace: { db, objects } }) {
    const row = resolveDataset(db, dataset);
    const { schema } = await openSnapshot(objects, row.manifest);
    const versions = versionRows(db, row.dataset).map(describeVersion);
    return { dataset: row.dataset, version: describeVersion(row), schema, versions };
  },
  preview: (input, context) => preview(input, context),
  async summary({ dataset }, context) {
    return { columns: await summaryOf(resolveDataset(context.workspace.db, dataset), context) };
  },
  async rejects({ dataset, offset, limit }, { workspace: { db, objects } }) {
    const { rejects } = resolveDataset(db, dataset);
    return rejects === null ? { total: 0, rejects: [] } : readRejects(objects, rejects, offset, limit);
  },
};
