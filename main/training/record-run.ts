import type { VersionRow } from '../datasets/index.ts';
import type { RunEdit } from '../../preload/contract/training.ts';
import { Failure, toFailure } from '../../preload/contract/errors.ts';
import { createId } from '../platform/random.ts';
import { canonicalJson, recipeHash, type ResolvedRecipe } from '../recipes/index.ts';
import type { CallContext, Transaction } from '../workspaces/index.ts';
import { endedAs, type TaskOutcome } from '../jobs/index.ts';
import type { FitRunResult } from './fit-run.ts';
import { countLooksAt, recordLook } from './holdout/looks.ts';
import { runRow, type RunRow } from './store.ts';

/** Enters a run as running, with its recipe and the runs it is made from: one that is edited, or several that are combined. Returns its id. */
export async function startRun(
  recipe: ResolvedRecipe,
  data: Pick<VersionRow, 'dataset' | 'version' | 'snapshot' | 'manifest'>,
  notes: readonly string[],
  context: CallContext,
  { edit, members = [] }: { readonly edit?: RunEdit; readonly members?: readonly string[] } = {},
): Promise<string> {
  const row = newRun(recipe, data, notes, context);
  await context.commit([], (transaction) => {
    putRun(transaction, row, recipe, context);
    if (edit) {
      const { parent, why } = edit;
      transaction.put('run_edits', { run: row.id, parent, edit: JSON.stringify(edit.edit), why });
    }
    members.forEach((member, position) => transaction.put('run_members', { run: row.id, position, member }));
  });
  return row.id;
}

/** The record of a run that begins now. */
export function newRun(
  recipe: ResolvedRecipe,
  data: Pick<VersionRow, 'dataset' | 'version' | 'snapshot' | 'manifest'>,
  notes: readonly string[],
  { clock, actor, code, job }: CallContext,
): RunRow {
  return {
    id: createId('run'),
    status: 'running',
    dataset: data.dataset,
    version: data.version,
    snapshot: data.snapshot,
    target: recipe.target,
    task: recipe.task,
    family: recipe.family,
    recipe: recipeHash(recipe),
    seed: recipe.seed,
    code: code(),
    created: clock.now(),
    finished: null,
    duration: null,
    actor,
    job,
    engine: null,
    metrics: null,
    notes: JSON.stringify(notes),
    error: null,
    split: null,
    pipeline: null,
    model: null,
    evaluation: null,
    history: null,
    golden: null,
    manifest: data.manifest,
    origin: null,
  };
}

/** Puts a run, and its recipe unless that is here already. */
export function putRun(
  transaction: Transaction,
  row: RunRow,
  recipe: ResolvedRecipe,
  { workspace }: CallContext,
): void {
  if (!workspace.db.get('SELECT 1 FROM recipes WHERE hash = ?', row.recipe)) {
    transaction.put('recipes', { hash: row.recipe, body: canonicalJson(recipe), created: row.created });
  }
  transaction.put('runs', row);
}

/**
 * What the record of a finished run says besides. Enters the look at its test rows, and gives how many came before with the metrics.
 */
export function finished(
  transaction: Transaction,
  { id, snapshot }: Pick<RunRow, 'id' | 'snapshot'>,
  recipe: ResolvedRecipe,
  { result, notes }: { readonly result: FitRunResult; readonly notes: readonly string[] },
  { workspace: { db }, actor, clock }: CallContext,
) {
  const { split, pipeline, model, evaluation, history, golden, engine, metrics, duration } = result;
  const { testRows } = result;
  const at = clock.now();
  let looks: number | undefined;
  if (testRows !== null) {
    if (!recipe.split.sealed) looks = countLooksAt(db, snapshot, testRows, recipe.split.inherit);
    const kind = recipe.split.sealed ? 'sealed' : 'judged';
    recordLook(transaction, { snapshot, testRows, run: id, kind, at, by: actor });
  }
  return {
    status: 'done',
    finished: at,
    duration,
    engine: JSON.stringify(engine),
    metrics: JSON.stringify({ ...metrics, looks }),
    notes: JSON.stringify([...new Set([...notes, ...result.notes])]),
    split,
    pipeline,
    model,
    evaluation,
    history,
    golden,
  };
}

/** Enters on what machine a recorded run was made. */
export function putEnvironment(transaction: Transaction, id: string, { environment }: FitRunResult): void {
  transaction.put('run_environments', { run: id, body: JSON.stringify(environment) });
}

/** Enters what a run has made, in one step with the objects themselves. */
export async function finishRun(
  id: string,
  recipe: ResolvedRecipe,
  notes: readonly string[],
  { result, objects }: TaskOutcome<FitRunResult>,
  context: CallContext,
): Promise<void> {
  await context.commit(objects, (transaction) => {
    const row = runRow(context.workspace.db, id);
    transaction.patch('runs', [id], finished(transaction, row, recipe, { result, notes }, context));
    putEnvironment(transaction, id, result);
  });
}

/** Enters how a run ended without a model. Works for a cancelled call too, whose own commits are refused. */
export async function endRun(id: string, error: unknown, context: CallContext): Promise<Failure> {
  const { signal, workspace, method, actor, clock } = context;
  const failure = toFailure(error, method);
  const cancelled = signal.aborted || failure.code === 'cancelled';
  await workspace.commit({ action: method, actor }, (transaction) =>
    transaction.patch('runs', [id], {
      status: cancelled ? 'cancelled' : endedAs(failure),
      finished: clock.now(),
      error: cancelled ? null : JSON.stringify(failure.toJSON()),
    }),
  );
  return failure;
}
