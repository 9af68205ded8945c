import { fail, toFailure } from '../../../preload/contract/errors.ts';
import { refuseBlocked } from '../../checks/index.ts';
import { resolveDataset } from '../../datasets/index.ts';
import { familyById } from '../../models/index.ts';
import type { Db } from '../../platform/database/index.ts';
import { createId } from '../../platform/random.ts';
import { joinedData, type FactsOf } from '../../recipes/index.ts';
import type { CallContext, Service } from '../../workspaces/index.ts';
import { searches } from '../searches/index.ts';
import { chooseDataset } from '../service.ts';
import { loadRun } from '../store.ts';
import { openSpending } from './budget.ts';
import { importances } from './importance.ts';
import { rank } from './leaderboard.ts';
import { makePlan } from './plan.ts';
import { runSweep, type Ended } from './run-sweep.ts';
import {
  describeSweep,
  describeTrials,
  listSweeps,
  planOf,
  statusOf,
  sweepRow,
  trialRows,
  type SweepRow,
} from './store.ts';
import { workerCount } from './worker-count.ts';

export function createSweepService(factsOf: FactsOf): Service<'sweeps'> {
  return {
    async start(input, context) {
      const { workspace, clock, actor, code, job, jobs } = context;
      const taken = workspace.db.get<SweepRow>('SELECT * FROM sweeps WHERE name = ?', input.name);
      if (taken) throw fail('sweep-exists', { sweep: taken.name, status: statusOf(taken, jobs) });
      const data = chooseDataset(workspace.db, input.dataset);
      refuseBlocked(workspace.db, data);
      const facts = await factsOf(data, input.recipe, context);
      const { plan, notes } = await makePlan(input, facts);
      // Refuses a budget in energy before anything is entered.
      openSpending(plan.budget, { seconds: 0, joules: null }).close();
      const row: SweepRow = {
        id: createId('sweep'),
        name: input.name,
        status: 'running',
        dataset: data.dataset,
        version: data.version,
        snapshot: data.snapshot,
        plan: JSON.stringify(plan),
        code: code(),
        created: clock.now(),
        finished: null,
        actor,
        job,
        notes: JSON.stringify(notes),
        error: null,
      };
      await context.commit([], (transaction) => transaction.put('sweeps', row));
      return work(row, input.workers, context);
    },
    async plan(input, context) {
      const data = chooseDataset(context.workspace.db, input.dataset);
      const { plan, notes, metrics } = await makePlan(input, await factsOf(data, input.recipe, context));
      const { target, task, metric, direction, search, seed, budget } = plan;
      return {
        dataset: data.dataset,
        version: data.version,
        target,
        task,
        metric,
        direction,
        metrics,
        search,
        seed,
        budget,
        spaces: plan.spaces.map(({ family, dimensions }) => ({
          family,
          dimensions,
          held: Object.keys(familyById(family).params.shape).filter(
            (param) => !dimensions.some((one) => one.param === param),
          ),
        })),
        notes,
      };
    },
    async resume({ sweep, workers }, context) {
      const { workspace, jobs } = context;
      const row = sweepRow(workspace.db, sweep);
      const status = statusOf(row, jobs);
      if (status === 'running') throw fail('sweep-running', { sweep: row.name });
      if (status === 'done' || status === 'stopped') throw fail('sweep-over', { sweep: row.name, status });
      const again = { ...row, status: 'running', job: context.job, error: null };
      await context.commit([], (transaction) => transaction.put('sweeps', again));
      return work(again, workers, context);
    },
    async pause({ sweep }, { workspace: { db }, jobs }) {
      const row = sweepRow(db, sweep);
      if (row.job !== null && statusOf(row, jobs) === 'running') await jobs.cancel(row.job);
      return { sweep: describeSweep(db, sweepRow(db, sweep), jobs) };
    },
    async stop({ sweep }, context) {
      const { workspace, jobs, clock } = context;
      const row = sweepRow(workspace.db, sweep);
      if (row.status === 'done') throw fail('sweep-over', { sweep: row.name, status: row.status });
      if (row.job !== null && statusOf(row, jobs) === 'running') await jobs.cancel(row.job);
      await context.commit([], (transaction) =>
        transaction.patch('sweeps', [row.id], { status: 'stopped', finished: clock.now() }),
      );
      return { sweep: describeSweep(workspace.db, sweepRow(workspace.db, sweep), jobs) };
    },
    list: (_, { workspace: { db }, jobs }) => ({ sweeps: listSweeps(db, jobs) }),
    show({ sweep }, context) {
      const { db } = context.workspace;
      const row = sweepRow(db, sweep);
      const { spaces, metric } = planOf(row);
      const board = leaderboardOf(row, context);
      const best = board.sweep.best;
      const judged = best ? loadRun(db, best.run) : null;
      return {
        ...board,
        space: spaces.map(({ family, dimensions }) => ({ family, dimensions })),
        importance: importances(spaces, describeTrials(db, trialRows(db, row.id))),
        test: judged?.metrics?.test[metric] ?? null,
        looks: judged?.looks ?? null,
      };
    },
    searches: () => ({ searches: searches.map(({ id, title, doc }) => ({ id, title, doc })) }),
  };
}

/** Runs a sweep that is entered as running, and enters how that ended. */
async function work(row: SweepRow, workers: number | undefined, context: CallContext) {
  const { db } = context.workspace;
  context.about(
    { sweep: row.name, dataset: row.dataset },
    `sweep ${row.name} on ${row.dataset}@${row.version}`,
  );
  let ended: Ended;
  try {
    const data = resolveDataset(db, `${row.dataset}@${row.version}`);
    // Refuses joined rows that are gone once, not by every trial.
    for (const recipe of planOf(row).recipes) joinedData(db, recipe);
    ended = await runSweep(row, planOf(row), data, workerCount(sizeOf(db, row), workers), context);
  } catch (error) {
    throw await enterHalt(row, error, context);
  }
  const notes = [...(JSON.parse(row.notes) as string[]), endWords[ended]];
  await context.commit([], (transaction) =>
    transaction.patch('sweeps', [row.id], {
      status: 'done',
      finished: context.clock.now(),
      notes: JSON.stringify(notes),
    }),
  );
  return leaderboardOf(sweepRow(db, row.id), context);
}

const endWords: Readonly<Record<Ended, string>> = {
  runs: 'ended with the last of its trials',
  minutes: 'ended when its time was used up; trials under way then are not counted',
  energy: 'ended when its energy was used up; trials under way then are not counted',
  exhausted: 'ended because every combination was tried',
};

/** Works for a cancelled call too, whose own commits are refused. A full disk may refuse it: the sweep is then known as interrupted all the same. */
async function enterHalt(row: SweepRow, error: unknown, context: CallContext) {
  const { signal, workspace, method, actor } = context;
  const failure = toFailure(error, method);
  const paused = signal.aborted || failure.code === 'cancelled';
  try {
    await workspace.commit({ action: method, actor }, (transaction) =>
      transaction.patch('sweeps', [row.id], {
        status: paused ? 'paused' : 'interrupted',
        error: paused ? null : failure.message,
      }),
    );
  } catch {
    // The failure itself says more.
  }
  return failure;
}

function leaderboardOf(row: SweepRow, { workspace: { db }, jobs }: CallContext) {
  const rows = trialRows(db, row.id);
  return {
    sweep: describeSweep(db, row, jobs),
    leaderboard: rank(describeTrials(db, rows), rows, planOf(row).direction),
  };
}

function sizeOf(db: Db, { snapshot }: SweepRow): { rows: number; columns: number } {
  return (
    db.get<{ rows: number; columns: number }>(
      'SELECT rows, columns FROM snapshots WHERE id = ?',
      snapshot,
    ) ?? {
      rows: 0,
      columns: 0,
    }
  );
}
