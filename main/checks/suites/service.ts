import { join } from 'node:path';
import * as z from 'zod';
import { fail } from '../../../preload/contract/errors.ts';
import { datasetNames, importFile, resolveDataset, profileOf, versionRows } from '../../datasets/index.ts';
import { replaceFile } from '../../platform/files/index.ts';
import { createId } from '../../platform/random.ts';
import { refuseOwnFile, type Service } from '../../workspaces/index.ts';
import { expectations } from '../expectations/index.ts';
import { failing } from './failing.ts';
import { writeConstraints, writeStatistics } from './model-monitor.ts';
import { readForeign } from './read-foreign.ts';
import { runChecks, runOwnSuite } from './run-own-suite.ts';
import { describeSuite, lastVerdict, subjectOf, suiteRows } from './store.ts';
import { suggestChecks } from './suggest.ts';
import { readSuite, sqlParams, suiteYaml } from './suite.ts';

type SuiteMethods =
  'kinds' | 'suggest' | 'save' | 'suite' | 'run' | 'results' | 'failing' | 'override' | 'read' | 'monitor';

export const suiteService: Pick<Service<'checks'>, SuiteMethods> = {
  kinds: () => ({
    kinds: [
      ...expectations.map(({ id, title, doc, params }) => ({
        id,
        title,
        doc,
        params: z.toJSONSchema(params, { io: 'input' }),
      })),
      {
        id: 'sql',
        title: 'SQL',
        doc: 'A query over "data" (the version that is checked) and other datasets returns no row.',
        params: z.toJSONSchema(sqlParams, { io: 'input' }),
      },
    ],
  }),
  async suggest({ dataset }, context) {
    const version = resolveDataset(context.workspace.db, dataset);
    const checks = suggestChecks(await profileOf(version, context), version.rows);
    return { checks, yaml: suiteYaml(checks) };
  },
  async save({ dataset, suite: written }, { workspace: { db }, commit, clock, actor }) {
    requireDataset(dataset, datasetNames(db));
    const body = JSON.stringify(readSuite(written));
    return commit([], (transaction) => {
      const latest = suiteRows(db, dataset).at(-1);
      if (latest?.body === body) return { suite: describeSuite(latest), added: false };
      const row = { dataset, version: (latest?.version ?? 0) + 1, body, created: clock.now(), actor };
      transaction.put('suites', row);
      return { suite: describeSuite(row), added: true };
    });
  },
  suite({ dataset }, { workspace: { db } }) {
    requireDataset(dataset, datasetNames(db));
    const rows = suiteRows(db, dataset);
    const latest = rows.at(-1);
    if (!latest) throw fail('suite-missing', { dataset });
    return { suite: describeSuite(latest), versions: rows.length };
  },
  async run({ dataset: reference, suite: written }, context) {
    const version = resolveDataset(context.workspace.db, reference);
    const { dataset } = version;
    context.about({ dataset }, `check ${dataset}@${version.version}`);
    const ran =
      written === undefined
        ? await runOwnSuite(version, context)
        : await runChecks(version, readSuite(written), context);
    if (!ran) throw fail('suite-missing', { dataset });
    const { verdict, results } = ran;
    return { dataset, version: version.version, verdict, results };
  },
  results({ dataset: reference }, { workspace: { db } }) {
    const row = resolveDataset(db, reference);
    const { dataset, version } = row;
    const { checked, override } = lastVerdict(db, row);
    return { dataset, version, checked: checked && { dataset, version, ...checked }, override };
  },
  failing: (input, context) => failing(input, context),
  async override({ dataset: reference, why }, { workspace: { db }, commit, clock, actor }) {
    const { dataset, version, snapshot } = resolveDataset(db, reference);
    const { checked } = lastVerdict(db, { dataset, snapshot });
    if (checked?.verdict !== 'blocked')
      throw fail('check-not-blocked', { dataset, version, verdict: checked?.verdict ?? null });
    const at = clock.now();
    await commit([], (transaction) =>
      transaction.put('verdicts', {
        id: createId('verdict'),
        kind: 'override',
        subject: subjectOf(dataset, snapshot),
        outcome: 'allowed',
        at,
        actor,
        evidence: JSON.stringify({
          why,
          failed: checked.results.filter(({ passed }) => !passed).map(({ says }) => says),
        }),
      }),
    );
    return { dataset, version, override: { at, by: actor, why } };
  },
  async read({ path }) {
    const { from, checks, notes } = await readForeign(path);
    return { from, checks, notes, yaml: suiteYaml(checks) };
  },
  async monitor({ dataset, dir }, context) {
    const { workspace } = context;
    await refuseOwnFile(workspace.dir, dir);
    const version = resolveDataset(workspace.db, dataset);
    const columns = await profileOf(version, context);
    const written = {
      constraints: writeConstraints(columns),
      statistics: writeStatistics(columns, version.rows),
    };
    const files: string[] = [];
    for (const [name, value] of Object.entries(written)) {
      const path = join(dir, `${name}.json`);
      await replaceFile(path, `${JSON.stringify(value, null, 2)}\n`);
      files.push(path);
    }
    return { files };
  },
};

/** `datasets.import`, and where the dataset has a suite its checks right after: what they found is among the notes. */
export const checkedImport: Pick<Service<'datasets'>, 'import'> = {
  async import(input, context) {
    const imported = await importFile(input, context);
    const { db } = context.workspace;
    const version = versionRows(db, imported.dataset).find((row) => row.version === imported.version);
    const ran = version && (await runOwnSuite(version, context));
    if (!ran) return imported;
    const { verdict, suite, results } = ran;
    const failed = results.flatMap((result, i) => (result.passed ? [] : [{ number: i + 1, ...result }]));
    return {
      ...imported,
      checks: {
        verdict,
        suite,
        of: results.length,
        failed: failed.map(({ number, severity, says, observed, failing: rows }) => ({
          number,
          severity,
          says,
          observed,
          failing: rows,
        })),
      },
      notes: [
        ...imported.notes,
        failed.length === 0
          ? `all ${ran.results.length} checks passed`
          : `${failed.length} of ${ran.results.length} checks failed (${ran.verdict})`,
        ...failed.map(({ severity, says, observed }) => `${severity}: ${says}; ${observed}`),
      ],
    };
  },
};

function requireDataset(name: string, known: string[]): void {
  if (!known.includes(name)) throw fail('dataset-not-found', { name, known });
}
