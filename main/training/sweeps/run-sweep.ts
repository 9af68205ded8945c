import { fail, toFailure, type Failure } from '../../../preload/contract/errors.ts';
import type { VersionRow } from '../../datasets/index.ts';
import type { TaskOutcome } from '../../jobs/index.ts';
import { familyById } from '../../models/index.ts';
import { fillParams, joinedData, recipeHash, type ResolvedRecipe } from '../../recipes/index.ts';
import type { CallContext, Worker } from '../../workspaces/index.ts';
import type { FitRunResult } from '../fit-run.ts';
import { sealedRows } from '../holdout/looks.ts';
import { finished, newRun, putEnvironment, putRun } from '../record-run.ts';
import { searchById } from '../searches/index.ts';
import { trialTask } from '../tasks.ts';
import { openSpending, type Spending } from './budget.ts';
import { searchPlan, type SweepPlan } from './plan.ts';
import type { Judged, Proposal } from './search.ts';
import { spentOf, TrialParams, trialRows, type SweepRow, type TrialRow } from './store.ts';

/** What ended a sweep. */
export type Ended = 'runs' | 'minutes' | 'energy' | 'exhausted';

/** What a trial is about to do. */
interface Attempt {
  readonly number: number;
  readonly recipe: ResolvedRecipe;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Not the fault of a trial: the sweep halts, and goes on when the cause is gone. */
const halting = new Set([
  'cancelled', 'disk-full', 'not-writable', 'file-unreadable', 'object-missing', 'object-damaged', 'engine-missing', 'holdout-sealed-rows',
  'workspace-locked', 'workspace-damaged',
]); // prettier-ignore

/**
 * Makes the trials that a sweep lacks, several at a time, and enters each with its run in one commit as it ends. What trial n tries
 * depends on its number and on results in the order of their numbers, never on which ended first, so a sweep that was cut off goes
 * on to the same leaderboard. Rejects when it is paused or can't go on.
 */
export async function runSweep(
  sweep: SweepRow,
  plan: SweepPlan,
  data: VersionRow,
  workers: number,
  context: CallContext,
): Promise<Ended> {
  const { db } = context.workspace;
  const before = trialRows(db, sweep.id);
  const spending = openSpending(plan.budget, spentOf(before));
  try {
    const board = createBoard(plan, before);
    const halt = new AbortController();
    const enter = createEntry(sweep, plan, data, spending, context);
    const work = async (worker: Worker): Promise<void> => {
      for (;;) {
        context.signal.throwIfAborted();
        if (halt.signal.aborted || spending.over()) return;
        const attempt = board.next();
        if (attempt === 'nothing') return;
        if (attempt === 'wait') {
          await board.changed(AbortSignal.any([context.signal, halt.signal, spending.signal]));
          continue;
        }
        const row = await enter(attempt, board.sameRecipe(attempt), worker, halt.signal);
        if (!row) return;
        board.add(row);
        report(plan, board, row, context);
      }
    };
    const lanes = Array.from({ length: workers }, async () => {
      try {
        await work(await context.openWorker());
      } catch (error) {
        halt.abort();
        throw error;
      }
    });
    const ends = await Promise.allSettled(lanes);
    const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    // What halted the sweep, not what it cut off elsewhere.
    const cause = failures.find((one) => toFailure(one, '').code !== 'cancelled') ?? failures[0];
    if (cause !== undefined) throw cause;
    return spending.over() ?? (board.full() ? 'runs' : 'exhausted');
  } finally {
    spending.close();
  }
}

/** Which trials there are, and which comes next. */
function createBoard(plan: SweepPlan, before: readonly TrialRow[]) {
  const search = searchById(plan.search);
  const searched = searchPlan(plan);
  const rows = new Map(before.map((row) => [row.trial, row]));
  const judged = new Map(before.map((row) => [row.trial, judge(row, plan)]));
  const underWay = new Set<number>();
  let exhausted = false;
  let change = Promise.withResolvers<void>();

  /** Results by number, up to the first that is missing. */
  const known = (): Judged[] => {
    const results: Judged[] = [];
    for (let one = judged.get(0); one; one = judged.get(results.length)) results.push(one);
    return results;
  };
  const limit = plan.budget.runs ?? Infinity;

  return {
    /** Takes the lowest number that nobody works on. */
    next(): Attempt | 'wait' | 'nothing' {
      let number = 0;
      while (rows.has(number) || underWay.has(number)) number++;
      if (number >= limit || exhausted) return 'nothing';
      const results = known();
      const needed = search.waitsFor(number, searched);
      if (results.length < needed) return 'wait';
      const proposal = search.propose(number, searched, results.slice(0, needed));
      if (!proposal) {
        exhausted = true;
        return 'nothing';
      }
      underWay.add(number);
      return { number, ...recipeOf(proposal, plan) };
    },
    add(row: TrialRow): void {
      rows.set(row.trial, row);
      judged.set(row.trial, judge(row, plan));
      underWay.delete(row.trial);
      change.resolve();
      change = Promise.withResolvers();
    },
    /** Resolves after the next `add`, or when the signal says so. */
    async changed(signal: AbortSignal): Promise<void> {
      const stop = (): void => change.resolve();
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      await change.promise;
      signal.removeEventListener('abort', stop);
    },
    /** A trial of the same recipe, which gives the same model. */
    sameRecipe({ recipe }: Attempt): TrialRow | undefined {
      const hash = recipeHash(recipe);
      return [...rows.values()].find((row) => row.recipe === hash);
    },
    full: () => rows.size >= limit,
    count: () => rows.size,
    best(): number | null {
      const losses = [...judged.values()].flatMap(({ loss }) => (loss === null ? [] : [loss]));
      return losses.length ? Math.min(...losses) : null;
    },
  };
}

function judge({ family, params, score }: TrialRow, { direction }: SweepPlan): Judged {
  const loss = score === null || direction === 'lower' ? score : -score;
  return { family, params: TrialParams.parse(JSON.parse(params)), loss };
}

/** The whole recipe of a proposal, and the values of everything that is varied. */
function recipeOf({ family, params }: Proposal, plan: SweepPlan): Pick<Attempt, 'recipe' | 'params'> {
  const index = plan.spaces.findIndex((space) => space.family === family);
  const space = plan.spaces[index];
  const base = plan.recipes[index];
  if (!space || !base) throw fail('internal', { what: 'a sweep', reason: `it has no family ${family}` });
  const schema = familyById(family).params;
  const full = schema.parse({ ...base.params, ...params });
  const varied = [
    ...space.dimensions.map(({ param }) => param),
    ...(space.resource && Object.hasOwn(params, space.resource.param) ? [space.resource.param] : []),
  ];
  return {
    recipe: { ...base, params: fillParams(schema, full) },
    params: Object.fromEntries(varied.map((param) => [param, full[param]])),
  };
}

/** Does one trial and enters it with its run. Undefined: the time was over before it ended, and nothing of it is kept. */
function createEntry(
  sweep: SweepRow,
  plan: SweepPlan,
  data: VersionRow,
  spending: Spending,
  context: CallContext,
) {
  return async (
    { number, recipe, params }: Attempt,
    same: TrialRow | undefined,
    worker: Worker,
    halted: AbortSignal,
  ): Promise<TrialRow | undefined> => {
    const trial = (run: string, score: number | null, seconds: number): TrialRow => ({
      sweep: sweep.id,
      trial: number,
      family: recipe.family,
      params: JSON.stringify(params),
      recipe: recipeHash(recipe),
      run,
      score,
      scores: '[]',
      seconds,
      elapsed: spending.seconds(),
      joules: spending.joules(),
    });
    if (same) {
      const row = { ...trial(same.run, same.score, 0), scores: same.scores };
      await context.commit([], (transaction) => transaction.put('trials', row));
      return row;
    }
    const run = newRun(recipe, data, [], context);
    const sealed = sealedRows(context.workspace.db, data.snapshot);
    const stop = AbortSignal.any([halted, spending.signal]);
    let outcome: TaskOutcome<FitRunResult>;
    try {
      outcome = await tryTwice(() =>
        worker.run(
          trialTask,
          { manifest: data.manifest, ...joinedData(context.workspace.db, recipe), recipe, test: { sealed } },
          { signal: stop },
        ),
      );
    } catch (error) {
      const failure = toFailure(error, 'a trial');
      if (stop.aborted && !context.signal.aborted) return undefined;
      if (halting.has(failure.code)) throw failure;
      return enterFailure(trial(run.id, null, 0), run, recipe, failure, context);
    }
    const { result, objects } = outcome;
    // With folds, the value of the validation rows is the mean over them.
    const { validation, folds = [] } = result.metrics;
    const row = {
      ...trial(run.id, validation[plan.metric] ?? null, result.duration),
      scores: JSON.stringify(folds.flatMap(({ metrics }) => metrics[plan.metric] ?? [])),
    };
    await context.commit(
      objects,
      (transaction) => {
        const fields = finished(transaction, run, recipe, { result, notes: [] }, context);
        putRun(transaction, { ...run, ...fields }, recipe, context);
        putEnvironment(transaction, run.id, result);
        transaction.put('trials', row);
      },
      worker.staging,
    );
    return row;
  };
}

async function enterFailure(
  row: TrialRow,
  run: ReturnType<typeof newRun>,
  recipe: ResolvedRecipe,
  failure: Failure,
  context: CallContext,
): Promise<TrialRow> {
  const error = JSON.stringify(failure.toJSON());
  const ended = { ...run, status: 'failed', finished: context.clock.now(), error };
  await context.commit([], (transaction) => {
    putRun(transaction, ended, recipe, context);
    transaction.put('trials', row);
  });
  return row;
}

/** A process that was killed (by a system short of memory, say) says nothing of the trial: it gets another. */
async function tryTwice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (toFailure(error, 'a trial').code !== 'job-crashed') throw error;
    return work();
  }
}

function report(
  { budget, direction, metric }: SweepPlan,
  board: ReturnType<typeof createBoard>,
  row: TrialRow,
  { progress }: CallContext,
): void {
  const shares = [
    budget.runs === null ? 0 : board.count() / budget.runs,
    budget.minutes === null ? 0 : row.elapsed / (budget.minutes * 60),
    budget.wattHours === null ? 0 : (row.joules ?? 0) / (budget.wattHours * 3600),
  ];
  const loss = board.best();
  const best = loss === null || direction === 'lower' ? loss : -loss;
  const words = best === null ? '' : `, best ${metric} ${best.toPrecision(5)}`;
  progress(
    Math.min(0.99, Math.max(...shares)),
    `${board.count()} trials${words}`,
    best === null || row.score === null ? undefined : { step: row.trial + 1, score: row.score, best },
  );
}
