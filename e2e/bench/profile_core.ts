import { join } from 'node:path';
import { openSnapshot, profileColumn, resolveDataset } from '../../main/datasets/index.ts';
import { openDatabase } from '../../main/platform/database/index.ts';
import { createObjectReader } from '../../main/platform/objects/index.ts';

// Profiles every column of a dataset version in this process, and prints the seconds from the file to the figures.
const [workspace = '', reference = ''] = process.argv.slice(2);
const db = openDatabase(join(workspace, 'workspace.sqlite'));
const reader = createObjectReader(join(workspace, 'objects'));
const { manifest } = resolveDataset(db, reference);
const start = performance.now();
const { columns, rows } = await openSnapshot(reader, manifest);
for (const column of columns) {
  const before = process.cpuUsage();
  await profileColumn(reader, column, rows);
  const { user, system } = process.cpuUsage(before);
  console.error(`${column.name} (${column.type}): ${((user + system) / 1e6).toFixed(3)} processor seconds`);
}
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000 }));
db.close();
