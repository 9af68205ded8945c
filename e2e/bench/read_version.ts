import { join } from 'node:path';
import { openSnapshot, readColumns, resolveDataset } from '../../main/datasets/index.ts';
import { openDatabase } from '../../main/platform/database/index.ts';
import { createObjectReader } from '../../main/platform/objects/index.ts';

// Reads every column of a dataset version into memory, as training does, and prints the seconds that took.
const [workspace = '', reference = ''] = process.argv.slice(2);
const db = openDatabase(join(workspace, 'workspace.sqlite'));
const reader = createObjectReader(join(workspace, 'objects'));
const { manifest } = resolveDataset(db, reference);
const start = performance.now();
const snapshot = await openSnapshot(reader, manifest);
await readColumns(
  reader,
  snapshot,
  snapshot.columns.map(({ name }) => name),
);
console.log(((performance.now() - start) / 1000).toFixed(4));
db.close();
