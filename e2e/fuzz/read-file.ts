import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../preload/contract/errors.ts';
import { createMemoryObjects } from '../../main/datasets/index.ts';
import { importSource } from '../../main/datasets/importing/read-source.ts';

/** Reads the files that it is sent and says how each ended: `read`, or a failure's code and words. */
const [folder = ''] = process.argv.slice(2);

process.on('message', (path: string) => void read(path));

async function read(path: string): Promise<void> {
  const staging = mkdtempSync(join(folder, 'staging-'));
  const before = process.memoryUsage.rss();
  const started = performance.now();
  const options = path.endsWith('.sqlite')
    ? { table: 'table' }
    : path.includes('types')
      ? { omit: ['list', 'struct', 'bytes'] }
      : {};
  let ending = { code: 'read', message: '' };
  try {
    await importSource(
      { path, options },
      {
        writer: createMemoryObjects(),
        staging,
        signal: new AbortController().signal,
        progress: () => undefined,
        log: () => undefined,
      },
    );
  } catch (error) {
    ending =
      error instanceof Failure
        ? { code: error.code, message: error.message }
        : { code: 'internal', message: String(error) };
  }
  const seconds = (performance.now() - started) / 1000;
  const megabytes = (process.memoryUsage.rss() - before) / 2 ** 20;
  rmSync(staging, { recursive: true, force: true });
  process.send?.({ ...ending, seconds, megabytes });
}
