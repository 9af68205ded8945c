import { join } from 'node:path';
import { importDelimited } from '../../main/datasets/index.ts';
import { createStagingWriter } from '../../main/platform/objects/index.ts';

/** The importer alone: `node import_core.ts FILE.csv FOLDER`. */
const [path = '', folder = ''] = process.argv.slice(2);
const { snapshot } = await importDelimited(
  { path, options: {} },
  {
    writer: createStagingWriter(join(folder, 'objects'), join(folder, 'staging')),
    signal: new AbortController().signal,
    progress: () => undefined,
    log: (line) => console.error(line),
  },
);
console.log(JSON.stringify(snapshot));
