import type { CheckResult, SuiteCheck, SuiteVerdict } from '../../../preload/contract/checks.ts';
import { Failure } from '../../../preload/contract/errors.ts';
import {
  queryTask,
  datasetNames,
  resolveDataset,
  versionRows,
  type QueryInput,
  type QueryResult,
  type VersionRow,
} from '../../datasets/index.ts';
import type { Db } from '../../platform/database/index.ts';
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

export interface RanOwnSuite extends RanSuite {
  /** Version of the suite. */
  readonly suite: number;
}

/** Runs checks on one version: SQL by DuckDB, everything else in one job process; results in the order of the suite. */
export async function runChecks(
  version: VersionRow,
  checks: readonly SuiteCheck[],
  context: CallContext,
): Promise<RanSuite> {
  const { db } = context.workspace;
  const others = namedDatasets(db, checks);
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

/** Manifests of the other datasets that checks name, by reference; of those that are not there, none. */
export function namedDatasets(db: Db, checks: readonly SuiteCheck[]): Record<string, string> {
  const named = checks.flatMap(({ check, dataset }) => (check === 'referential' ? [String(dataset)] : []));
  return Object.fromEntries(
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
}

/** What a check's SQL returns: the version is `data`, every other dataset has its own name. */
export async function querySql(
  sql: string,
  options: Pick<QueryInput, 'limit' | 'offset' | 'steady' | 'file'>,
  version: VersionRow,
  context: CallContext,
  share?: readonly [number, number],
): Promise<QueryResult> {
  const { db } = context.workspace;
  const others = datasetNames(db).flatMap((name) => {
    const latest = versionRows(db, name).at(-1);
    return latest && name !== 'data' ? [{ name, manifest: latest.manifest }] : [];
  });
  const tables = [{ name: 'data', manifest: version.manifest }, ...others];
  const { result } = await context.task(
    queryTask,
    { sql: sql.trim().replace(/;\s*$/, ''), tables, save: false, ...options },
    share,
  );
  return result;
}

async function runSql(check: SuiteCheck, version: VersionRow, context: CallContext): Promise<CheckResult> {
  const facts = { check: 'sql', severity: check.severity, says: sentenceOf(check), rows: [] };
  try {
    const result = await querySql(String(check['sql']), { limit: 1 }, version, context, [0.8, 1]);
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
export async function runOwnSuite(
  version: VersionRow,
  context: CallContext,
): Promise<RanOwnSuite | undefined> {
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
  return { ...ran, suite };
}
