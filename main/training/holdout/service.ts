import { fail } from '../../../preload/contract/errors.ts';
import type { Look } from '../../../preload/contract/holdout.ts';
import type { Db } from '../../platform/database/index.ts';
import { readSplit } from '../../recipes/index.ts';
import type { Service } from '../../workspaces/index.ts';
import { judgedRun } from '../judging/service.ts';
import { openHoldoutTask } from '../judging/tasks.ts';
import { runRecipe } from '../run-details.ts';
import { finishedRunRow, isSealed, runRow, type RunRow } from '../store.ts';
import { inheritedSets, inheritOf } from './inherited-sets.ts';
import { countLooksAt, looksBefore, readLooks, recordLook, testRowsOf, testSets } from './looks.ts';

export const holdoutService: Service<'holdout'> = {
  async open({ run, why, override }, context) {
    const { workspace, clock, actor } = context;
    const { db, objects } = workspace;
    const row = finishedRunRow(db, run);
    refuseOpen(db, row);
    const split = row.split === null ? null : readSplit(await objects.get(row.split));
    const testRows = split && testRowsOf(split);
    if (testRows === null || row.evaluation === null)
      throw fail('run-no-test-rows', { run, what: 'a test score' });
    const { inherit } = runRecipe(db, row).split;
    const own = `${row.snapshot} ${testRows}`;
    // The same rows in an earlier version, where the split inherits them.
    const sets = (): ReadonlySet<string> =>
      new Set([own, ...inheritedSets(db, testSets(db, readLooks(db)), inherit)]);
    refuseSpent(db, run, sets(), override);
    const judged = judgedRun(run, context, 'the test score', 'sealed too');
    const { result, objects: staged } = await context.task(openHoldoutTask, {
      judged,
      evaluation: row.evaluation,
    });
    const kind = openingOf(db, sets()) ? 'override' : 'opened';
    let before = 0;
    const look: Look = { kind, run, at: clock.now(), by: actor, why };
    await context.commit(staged, (transaction) => {
      // Another one may have opened them meanwhile.
      refuseOpen(db, runRow(db, run));
      refuseSpent(db, run, sets(), override);
      before = countLooksAt(db, row.snapshot, testRows, inherit);
      recordLook(transaction, { ...look, why, snapshot: row.snapshot, testRows });
      transaction.patch('runs', [run], {
        metrics: JSON.stringify({ ...result.metrics, looks: before }),
        evaluation: result.evaluation,
      });
    });
    return {
      run,
      look,
      before,
      rows: result.rows,
      metrics: result.metrics.test,
    };
  },
  looks({ run }, { workspace: { db } }) {
    const row = runRow(db, run);
    const looks = readLooks(db);
    const sets = testSets(db, looks);
    const own = sets.get(run);
    const shown = new Set(own === undefined ? [] : [own, ...inheritedSets(db, sets, inheritOf(db, run))]);
    return {
      run,
      state: stateOf(db, row),
      looks: looks.filter(({ test }) => shown.has(test)).map(plain),
      before: looksBefore(db).get(run) ?? 0,
    };
  },
  list(_, { workspace: { db } }) {
    const looks = readLooks(db);
    const byTest = Map.groupBy(looks, ({ test }) => test);
    const runs = Map.groupBy(testSets(db, looks), ([, test]) => test);
    const sets = [...runs].map(([test, members]) => {
      const rows = members
        .map(([run]) => runRow(db, run))
        .toSorted((a, b) => (a.created < b.created ? 1 : -1));
      const newest = rows[0]!;
      const own = byTest.get(test) ?? [];
      const opened = own.find(({ kind }) => kind !== 'judged');
      const states = rows.map((row) => stateOf(db, row));
      return {
        id: test,
        dataset: newest.dataset,
        version: newest.version,
        target: newest.target,
        state: opened
          ? ('opened' as const)
          : (states.find((state) => state === 'sealed') ?? ('never-sealed' as const)),
        looks: own.length,
        runs: rows.length,
        run: newest.id,
        opened: opened ? plain(opened) : null,
      };
    });
    return { sets: sets.toSorted((a, b) => b.looks - a.looks) };
  },
};

function plain({ kind, run, at, by, why }: Look): Look {
  return { kind, run, at, by, why };
}

function stateOf(db: Db, row: RunRow): 'never-sealed' | 'sealed' | 'opened' {
  if (isSealed(row)) return 'sealed';
  return row.status === 'done' && runRecipe(db, row).split.sealed ? 'opened' : 'never-sealed';
}

/** The first opening of any of these sets of test rows. */
function openingOf(db: Db, sets: ReadonlySet<string>): Look | undefined {
  return readLooks(db).find(({ test, kind }) => sets.has(test) && kind !== 'judged');
}

function refuseOpen(db: Db, row: RunRow): void {
  const { id: run } = row;
  if (isSealed(row)) return;
  const opened = readLooks(db).find((look) => look.run === run && look.kind !== 'judged');
  if (opened) throw fail('holdout-open', { run, by: opened.by, at: opened.at });
  throw fail('holdout-not-sealed', { run });
}

function refuseSpent(db: Db, run: string, sets: ReadonlySet<string>, override: boolean): void {
  const opened = openingOf(db, sets);
  if (!opened || override) return;
  const { run: first, by, at, why } = opened;
  throw fail('holdout-spent', { run, opened: first, by, at, why: why ?? '' });
}
