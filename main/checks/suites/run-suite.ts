import type { CheckResult, SuiteCheck, SuiteVerdict } from '../../../preload/contract/checks.ts';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import { openSnapshot, readColumns, readExactCodes, type ColumnValues } from '../../datasets/index.ts';
import type { TaskContext } from '../../jobs/index.ts';
import type { CheckedTable } from '../expectations/expectation.ts';
import { findExpectation } from '../expectations/index.ts';
import { sentenceOf } from './suite.ts';

export interface RunSuiteInput {
  readonly manifest: string;
  /** In words, for errors. */
  readonly name: string;
  readonly checks: readonly SuiteCheck[];
  /** Manifests of the other datasets that checks name, by reference. */
  readonly others: Readonly<Record<string, string>>;
  readonly now: string;
}

/**
 * Every check but `sql`, in order. A check that can't be looked at has failed, and says why.
 */
export async function runSuite(
  { manifest, name, checks, others, now }: RunSuiteInput,
  { reader, signal, progress }: Pick<TaskContext, 'reader' | 'signal' | 'progress'>,
): Promise<CheckResult[]> {
  const table = await openTable({ manifest, name, others, now }, { reader, signal });
  const results: CheckResult[] = [];
  for (const [i, check] of checks.entries()) {
    signal.throwIfAborted();
    progress(i / checks.length, sentenceOf(check));
    if (check.check !== 'sql') results.push(await runCheck(check, table));
  }
  return results;
}

export type FailingInput = Omit<RunSuiteInput, 'checks'> & { readonly check: SuiteCheck };

/** Every row that fails a check (not `sql`), as places in the snapshot from 0. A check that can't be looked at throws why. */
export async function failingRows(
  { check: { check, ...params }, ...input }: FailingInput,
  context: Pick<TaskContext, 'reader' | 'signal'>,
): Promise<Uint32Array> {
  const kind = findExpectation(check)!;
  const { failing } = await kind.find(kind.params.parse(params), await openTable(input, context));
  return failing;
}

/** One column is in memory at a time, and the last one is kept for the check after it. */
async function openTable(
  { manifest, name, others, now }: Omit<RunSuiteInput, 'checks'>,
  { reader, signal }: Pick<TaskContext, 'reader' | 'signal'>,
): Promise<CheckedTable> {
  const snapshot = await openSnapshot(reader, manifest);
  let last: ColumnValues | undefined;
  const known = snapshot.schema.map((field) => field.name);
  return {
    rows: snapshot.rows,
    now: Date.parse(now),
    async column(column) {
      if (last?.name === column) return last;
      if (!known.includes(column)) throw fail('column-not-found', { column, known, where: name });
      last = (await readColumns(reader, snapshot, [column], { signal }))[0]!;
      return last;
    },
    async exactCodes(column) {
      if (!known.includes(column)) throw fail('column-not-found', { column, known, where: name });
      return readExactCodes(reader, snapshot, column, signal);
    },
    async otherColumn(dataset, column) {
      const other = others[dataset];
      if (other === undefined) throw fail('dataset-not-found', { name: dataset, known: Object.keys(others) });
      const opened = await openSnapshot(reader, other);
      const names = opened.schema.map((field) => field.name);
      if (!names.includes(column)) throw fail('column-not-found', { column, known: names, where: dataset });
      return (await readColumns(reader, opened, [column], { signal }))[0]!;
    },
  };
}

/** Rows that a result names; `checks.failing` reads all of them. */
const mostExamples = 100;

async function runCheck(suiteCheck: SuiteCheck, table: CheckedTable): Promise<CheckResult> {
  const { check, severity, ...params } = suiteCheck;
  const kind = findExpectation(check)!;
  const facts = { check, severity, says: sentenceOf(suiteCheck) };
  try {
    const { passed, observed, failing } = await kind.find(kind.params.parse(params), table);
    const rows = Array.from(failing.subarray(0, mostExamples), (row) => row + 1);
    return { ...facts, passed, observed, failing: failing.length, rows };
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'cancelled' || error.code.startsWith('object-'))
      throw error;
    return { ...facts, passed: false, observed: error.message, failing: 0, rows: [] };
  }
}

const verdicts = { note: 'noted', warn: 'warned', block: 'blocked' } as const;

/** `passed`, or the gravest severity of what failed. */
export function verdictOf(results: readonly CheckResult[]): SuiteVerdict {
  const failed = results.filter(({ passed }) => !passed).map(({ severity }) => severity);
  const gravest = (['block', 'warn', 'note'] as const).find((severity) => failed.includes(severity));
  return gravest ? verdicts[gravest] : 'passed';
}
