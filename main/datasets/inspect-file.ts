import type { CallContext } from '../workspaces/index.ts';
import { systemKeychain } from '../platform/secrets/index.ts';
import { findPassword, isDatabase } from './databases/address.ts';
import { inspectDelimited } from './importers/delimited/inspect-delimited.ts';
import type { ImportInput, Inspection } from './importing/importer.ts';
import { inspectLimits, readAside } from './importing/read-limits.ts';
import { isPlainText } from './importing/read-source.ts';
import { inspectTask } from './tasks.ts';

/** Plain text is looked at here; everything else in a process of its own, which damaged bytes may end. */
export async function inspectFile(given: ImportInput, context: CallContext): Promise<Inspection> {
  const input = await withPassword(given);
  if (await isPlainText(input)) return inspectDelimited(input);
  const limits = await inspectLimits(input.path);
  return readAside(input.path, async () => (await context.task(inspectTask, input, [0, 1], limits)).result);
}

/** The same input, its address without password and the password beside it: the one given, else from wherever it is kept. */
export async function withPassword(input: ImportInput): Promise<ImportInput> {
  if (!isDatabase(input.path)) return input;
  const { address, password } = await findPassword(input.path, systemKeychain(), process.env);
  return { ...input, path: address, password: input.password ?? password };
}
