import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import type { TaskLimits } from '../../jobs/index.ts';
import { isDatabase } from '../databases/address.ts';

/** What looking at a file may take: so many seconds, and some more for each megabyte of it. HOLDFAST_INSPECT_SECONDS sets the first. */
const seconds = 20;
const secondsPerMegabyte = 0.2;
const inspectMegabytes = 512;
/** An import has as much time as it takes: it shows how far it is, and can be stopped. */
const importMegabytes = 2048;

/** Limits of looking at a file, or at a folder of files; none where a database is asked, or nothing is there. */
export async function inspectLimits(path: string): Promise<TaskLimits | undefined> {
  if (isDatabase(path)) return undefined;
  const size = await sizeOf(path).catch(() => undefined);
  if (size === undefined) return undefined;
  const own = Number(process.env['HOLDFAST_INSPECT_SECONDS']);
  const base = own > 0 ? own : seconds;
  return {
    milliseconds: 1000 * (base + (secondsPerMegabyte * size) / 2 ** 20),
    megabytes: inspectMegabytes,
  };
}

/** Bytes of a file, or of all files of a folder. */
async function sizeOf(path: string): Promise<number> {
  const facts = await stat(path);
  if (!facts.isDirectory()) return facts.size;
  let bytes = 0;
  for (const name of await readdir(path)) bytes += (await stat(join(path, name))).size;
  return bytes;
}

export const importLimits: TaskLimits = { megabytes: importMegabytes };

/** Words for a reader's process that ended, or that was ended: the file did it. */
export async function readAside<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code === 'job-limit') {
      const { milliseconds, megabytes } = error.details as { milliseconds?: number; megabytes?: number };
      throw fail(
        'file-limit',
        { path, ...(milliseconds === undefined ? { megabytes } : { seconds: milliseconds / 1000 }) },
        error,
      );
    }
    if (error.code !== 'job-crashed') throw error;
    const { how = '' } = error.details as { how?: string };
    const reason = `reading it ended the process that read it (${how}); nothing else was harmed`;
    throw fail('file-damaged', { path, format: 'data', reason }, error);
  }
}
