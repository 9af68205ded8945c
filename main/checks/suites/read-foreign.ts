import { readFile } from 'node:fs/promises';
import { fail } from '../../../preload/contract/errors.ts';
import { asFailure, systemCode } from '../../platform/files/index.ts';
import { GreatExpectations, readGreatExpectations, type ReadSuite } from './great-expectations.ts';
import { Constraints, readConstraints } from './model-monitor.ts';
import { readSuite } from './suite.ts';

const largest = 10 * 1024 * 1024;

/** Another tool's file of checks as ours; which tool's is seen from what is in it. Throws `suite-unreadable`, `file-not-found`. */
export async function readForeign(
  path: string,
): Promise<ReadSuite & { readonly from: 'great-expectations' | 'model-monitor' }> {
  const refuse = (message: string) =>
    fail('suite-unreadable', { where: `"${path}"`, problems: [{ path: '', message }] });
  let data: unknown;
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > largest) throw refuse('it is larger than 10 MB');
    data = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse(`it is no JSON: ${error.message}`);
    if (systemCode(error) === 'ENOENT') throw fail('file-not-found', { path });
    throw asFailure(error, path);
  }
  const expectations = GreatExpectations.safeParse(data);
  const constraints = Constraints.safeParse(data);
  if (expectations.success) {
    return { from: 'great-expectations', ...checked(readGreatExpectations(expectations.data)) };
  }
  if (constraints.success) return { from: 'model-monitor', ...checked(readConstraints(constraints.data)) };
  throw refuse(
    'expected a Great Expectations suite ("expectations") or Model Monitor constraints ("features")',
  );

  /** What they wrote may not be what our kinds take: a column that is no text, a set without a value. */
  function checked({ checks, notes }: ReadSuite): ReadSuite {
    return { checks: readSuite({ checks }, `"${path}"`), notes };
  }
}
