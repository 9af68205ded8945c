import { fail, Failure } from '../../preload/contract/errors.ts';
import type { CallContext } from '../workspaces/index.ts';
import { systemKeychain } from '../platform/secrets/index.ts';
import { findPassword, isDatabase } from './databases/address.ts';
import { inspectDelimited } from './importers/delimited/inspect-delimited.ts';
import type { ImportInput, Inspection } from './importing/importer.ts';
import { isPlainText } from './importing/read-source.ts';
import { inspectTask } from './tasks.ts';

/** Plain text is looked at here; everything else in a process of its own, which damaged bytes may end. */
export async function inspectFile(given: ImportInput, context: CallContext): Promise<Inspection> {
  const input = await withPassword(given);
  if (await isPlainText(input)) return inspectDelimited(input);
  return readAside(input.path, async () => (await context.task(inspectTask, input)).result);
}

/** The same input, its address without password and the password beside it: the one given, else from wherever it is kept. */
export async function withPassword(input: ImportInput): Promise<ImportInput> {
  if (!isDatabase(input.path)) return input;
  const { address, password } = await findPassword(input.path, systemKeychain(), process.env);
  return { ...input, path: address, password: input.password ?? password };
}

/** Words for a reader's process that ended: the file did it. */
export async function readAside<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'job-crashed') throw error;
    const { how = '' } = error.details as { how?: string };
    const reason = `reading it ended the process that read it (${how}); nothing else was harmed`;
    throw fail('file-damaged', { path, format: 'data', reason }, error);
  }
}
