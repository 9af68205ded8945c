import type { Service } from '../workspaces/index.ts';
import { diffOf } from './diff/diff-of.ts';
import { readDiffRows } from './diff/read-diff-rows.ts';
import { exportFile } from './export-file.ts';
import { importFile } from './import-file.ts';
import { inspectFile } from './inspect-file.ts';
import { readRejects } from './importers/delimited/rejects.ts';
import { columnsNotKnown, declareNotKnown } from './not-known.ts';
import { compareProfiles } from './profile/compare-profiles.ts';
import { profileOf } from './profile/profile-of.ts';
import { queryDatasets } from './query-datasets.ts';
import { relationsOf } from './relations/relations-of.ts';
import { openSnapshot } from './reading/open-snapshot.ts';
import { deleteVersions } from './versions/delete-versions.ts';
import { emptyTrash } from './versions/empty-trash.ts';
import { restoreVersions } from './versions/restore-versions.ts';
import { noteVersion, tagVersion } from './versions/tags-and-notes.ts';
import { listTrash } from './versions/trash.ts';
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
    const versions = versionRows(db, row.dataset).map((one) => describeVersion(db, one));
    const notKnown = columnsNotKnown(db, row.dataset);
    return { dataset: row.dataset, version: describeVersion(db, row), schema, versions, notKnown };
  },
  preview: (input, context) => preview(input, context),
  async profile({ dataset: reference, against }, context) {
    const { db } = context.workspace;
    const row = resolveDataset(db, reference);
    const other = against === undefined ? undefined : resolveDataset(db, against);
    const { dataset, version, rows } = row;
    const there = other && (await profileOf(other, context));
    const columns = await profileOf(row, context);
    return {
      dataset,
      version,
      rows,
      columns,
      against:
        other && there
          ? {
              dataset: other.dataset,
              version: other.version,
              rows: other.rows,
              columns: compareProfiles(columns, there),
            }
          : null,
    };
  },
  async relations({ dataset: reference }, context) {
    const row = resolveDataset(context.workspace.db, reference);
    const { dataset, version, rows } = row;
    return { dataset, version, rows, ...(await relationsOf(row, context)) };
  },
  async rejects({ dataset, offset, limit }, { workspace: { db, objects } }) {
    const { rejects } = resolveDataset(db, dataset);
    return rejects === null ? { total: 0, rejects: [] } : readRejects(objects, rejects, offset, limit);
  },
  async diff(input, context) {
    const { diff } = await diffOf(input, context);
    const { added, removed, retyped } = diff.columns;
    const changed = diff.cells.reduce((sum, count) => sum + count, 0);
    return { columns: { added, removed, retyped }, rows: diff.rows, cells: { changed } };
  },
  async 'diff-rows'({ from, to, key, ...window }, context) {
    const opened = await diffOf({ from, to, key }, context);
    const { common } = opened.diff.columns;
    return {
      columns: common.map((name, index) => ({ name, changed: opened.diff.cells[index] ?? 0 })),
      ...(await readDiffRows(context.workspace.objects, opened, {
        kind: undefined,
        column: undefined,
        ...window,
      })),
    };
  },
  tag: (input, context) => tagVersion(input, context),
  note: (input, context) => noteVersion(input, context),
  'not-known': (input, context) => declareNotKnown(input, context),
  delete: (input, context) => deleteVersions(input, context),
  trash: (_, { workspace: { db } }) => listTrash(db),
  restore: (input, context) => restoreVersions(input, context),
  empty: (input, context) => emptyTrash(input, context),
};
