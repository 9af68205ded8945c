import type { CheckResult, SuiteCheck, SuiteVerdict } from '../../../preload/contract/checks.ts';
import { Failure } from '../../../preload/contract/errors.ts';
import {
  queryTask,
  datasetNames,
  resolveDataset,
  versionRows,
  type VersionRow,
} from '../../datasets/index.ts';
import { createId } from '../../platform/random.ts';
import type { CallContext } from '../../workspaces/index.ts';
import { runSuiteTask } from '../tasks.ts';
import { verdictOf } from './run-suite.ts';
import { describeSuite, subjectOf, suiteRows } from './store.ts';
import { sentenceOf } from './suite.ts';

export interface RanSuite {
  readonly verdict: SuiteVerdict;
  readonly results: CheckResult[];
}

/** Runs checks on one version: SQL by DuckDB, everything else in one job process; results in the order of the suite. */
export async function runChecks(
  version: VersionRow,
  checks: readonly SuiteCheck[],
  context: CallContext,
): Promise<RanSuite> {
  const { db } = context.workspace;
  const named = checks.flatMap(({ check, dataset }) => (check === 'referential' ? [String(dataset)] : []));
  const others = Object.fromEntries(
    [...new Set(named)].flatMap((reference) => {
      try {
        return [[reference, resolveDataset(db, reference).manifest]];
      } catch (error) {
        // The check that names it fails, and says so.
        if (error instanceof Failure && error.code.startsWith('dataset-')) return [];
        throw error;
      }
    }),
  );
  const { result } = await context.task(
    runSuiteTask,
    {
      manifest: version.manifest,
      name: `${version.dataset}@${version.version}`,
      checks,
      others,
      now: context.clock.now(),
    },
    [0, 0.8],
  );
  const rest = [...result];
  const results: CheckResult[] = [];
  for (const check of checks) {
    results.push(check.check === 'sql' ? await runSql(check, version, context) : rest.shift()!);
  }
  return { verdict: verdictOf(results), results };
}

async function runSql(check: SuiteCheck, version: VersionRow, context: CallContext): Promise<CheckResult> {
  const { db } = context.workspace;
  const others = datasetNames(db).flatMap((name) => {
    const latest = versionRows(db, name).at(-1);
    return latest && name !== 'data' ? [{ name, manifest: latest.manifest }] : [];
  });
  const facts = { check: 'sql', severity: check.severity, says: sentenceOf(check), rows: [] };
  try {
    const { result } = await context.task(
      queryTask,
      {
        sql: String(check['sql']).trim().replace(/;\s*$/, ''),
        tables: [{ name: 'data', manifest: version.manifest }, ...others],
        limit: 1,
        save: false,
      },
      [0.8, 1],
    );
    const rows = result.rows.toLocaleString('en');
    return {
      ...facts,
      passed: result.rows === 0,
      observed:
        result.rows === 0 ? 'it returns none' : `it returns ${rows} row${result.rows === 1 ? '' : 's'}`,
      failing: result.rows,
    };
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'cancelled' || error.code.startsWith('object-'))
      throw error;
    return { ...facts, passed: false, observed: error.message, failing: 0 };
  }
}

/** Runs the dataset's own suite on a version and records the verdict; undefined where it has none. */
export async function runOwnSuite(version: VersionRow, context: CallContext): Promise<RanSuite | undefined> {
  const { db } = context.workspace;
  const row = suiteRows(db, version.dataset).at(-1);
  if (!row) return undefined;
  const { checks, version: suite } = describeSuite(row);
  const ran = await runChecks(version, checks, context);
  await context.commit([], (transaction) =>
    transaction.put('verdicts', {
      id: createId('verdict'),
      kind: 'checks',
      subject: subjectOf(version.dataset, version.snapshot),
      outcome: ran.verdict,
      at: context.clock.now(),
      actor: context.actor,
      evidence: JSON.stringify({
        dataset: version.dataset,
        version: version.version,
        suite,
        results: ran.results,
      }),
    }),
  );
  return ran;
}
