export { openSqlite } from './sqlite/open-sqlite.ts';
export { reachable, recordVersion } from './import-file.ts';
export { readRowGroups } from './exporting/read-row-groups.ts';
export { appendCell } from './snapshot/append-cell.ts';
export { createSnapshotWriter } from './snapshot/snapshot-writer.ts';
export { cellText } from './importing/cells.ts';
export { readExactCodes } from './reading/exact-codes.ts';
export { decimalText, parseUnits, wideValue } from './snapshot/decimals.ts';
export { float64Values, int32Values, int64Values, isPresent, type Block } from './snapshot/block.ts';
export { createMemoryObjects } from './snapshot/memory-objects.ts';
export {
  decodeManifest,
  objectKinds,
  type ManifestColumn,
  type SnapshotManifest,
} from './snapshot/manifest.ts';
export { writeSnapshot, type Cell, type TableLike } from './snapshot/write-snapshot.ts';
export type { StoredSnapshot } from './snapshot/snapshot-writer.ts';
export { openBase, openSnapshot, verifySnapshot } from './reading/open-snapshot.ts';
export { wholeSnapshot, type WholeObject, type WholeSnapshot } from './reading/whole-snapshot.ts';
export {
  readBlocks,
  readColumns,
  type ColumnValues,
  type NumberValues,
  type TextValues,
} from './reading/read-columns.ts';
export { importDelimited } from './importers/delimited/import-delimited.ts';
export { inspectDelimited } from './importers/delimited/inspect-delimited.ts';
export { datasetService } from './service.ts';
export { datasetNames, resolveDataset, takenVersions, versionRows, type VersionRow } from './store.ts';
export { eraseSnapshots } from './versions/erase-snapshots.ts';
export { TrashBody } from './versions/trash.ts';
export { deletionOf, type Deletion } from './versions/trash.ts';
export { exportTask as exportDatasetTask, queryTask } from './tasks.ts';
export type { QueryInput, QueryResult } from './querying/run-query.ts';
export { profileColumn } from './profile/profile-column.ts';
export { profileOf } from './profile/profile-of.ts';
export { columnsNotKnown } from './not-known.ts';
export { cellValue } from './diff/cell-value.ts';
export { hashRows } from './diff/by-position.ts';
export { createRowTable } from './diff/row-table.ts';
export { cellsAt } from './view/cells-at.ts';
export { csvNote, exportFormatOf } from './export-file.ts';
export { createOrderCache } from './view/order-cache.ts';
export { readPlaces } from './view/read-places.ts';
export { importFile, type ImportedVersion } from './import-file.ts';
