import { CheckResult, SuiteCheck, type SuiteVerdict } from '../../../preload/contract/checks.ts';
import { fail } from '../../../preload/contract/errors.ts';
import * as z from 'zod';
import type { VersionRow } from '../../datasets/index.ts';
import type { Db, Row } from '../../platform/database/index.ts';
import { suiteYaml } from './suite.ts';

interface SuiteRow extends Row {
  dataset: string;
  version: number;
  body: string;
  created: string;
  actor: string;
}

export function suiteRows(db: Db, dataset: string): SuiteRow[] {
  return db.all<SuiteRow>('SELECT * FROM suites WHERE dataset = ? ORDER BY version', dataset);
}

export function describeSuite({ dataset, version, body, created, actor }: SuiteRow) {
  const checks = z.array(SuiteCheck).parse(JSON.parse(body));
  return { dataset, version, yaml: suiteYaml(checks), checks, created, by: actor };
}

interface VerdictRow extends Row {
  kind: string;
  outcome: string;
  at: string;
  actor: string;
  evidence: string;
}

const Evidence = z.object({
  dataset: z.string(),
  version: z.int(),
  suite: z.int(),
  results: z.array(CheckResult),
});

export interface Checked {
  readonly verdict: SuiteVerdict;
  readonly at: string;
  readonly by: string;
  readonly suite: number;
  readonly results: CheckResult[];
}

export interface Overridden {
  readonly at: string;
  readonly by: string;
  readonly why: string;
}

/**
 * The last verdict of a dataset's own suite on a snapshot, and the override that followed it. A verdict belongs to a dataset and
 * a snapshot, so that the same content imported again has it too.
 */
export function lastVerdict(
  db: Db,
  { dataset, snapshot }: Pick<VersionRow, 'dataset' | 'snapshot'>,
): { readonly checked: Checked | null; readonly override: Overridden | null } {
  const rows = db.all<VerdictRow>(
    `SELECT kind, outcome, at, actor, evidence FROM verdicts
     WHERE subject = ? AND kind IN ('checks', 'override') ORDER BY at DESC, rowid DESC`,
    subjectOf(dataset, snapshot),
  );
  const [latest] = rows;
  const checked = rows.find(({ kind }) => kind === 'checks');
  if (!checked) return { checked: null, override: null };
  const { suite, results } = Evidence.parse(JSON.parse(checked.evidence));
  return {
    checked: { verdict: checked.outcome as SuiteVerdict, at: checked.at, by: checked.actor, suite, results },
    override:
      latest?.kind === 'override'
        ? {
            at: latest.at,
            by: latest.actor,
            why: z.object({ why: z.string() }).parse(JSON.parse(latest.evidence)).why,
          }
        : null,
  };
}

export function subjectOf(dataset: string, snapshot: string): string {
  return `${dataset} ${snapshot}`;
}

/** Throws `snapshot-blocked` where the dataset's checks block a version and nobody has overridden it since. */
export function refuseBlocked(db: Db, version: Pick<VersionRow, 'dataset' | 'version' | 'snapshot'>): void {
  const { checked, override } = lastVerdict(db, version);
  if (checked?.verdict !== 'blocked' || override) return;
  const failed = checked.results
    .filter(({ passed, severity }) => !passed && severity === 'block')
    .map(({ says, observed }) => `${says} (${observed})`);
  throw fail('snapshot-blocked', { dataset: version.dataset, version: version.version, failed });
}
