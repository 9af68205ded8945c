import type { VersionRow } from '../datasets/index.ts';
import type { RunEdit } from '../../preload/contract/training.ts';
import { Failure, toFailure } from '../../preload/contract/errors.ts';
import { createId } from '../platform/random.ts';
import { canonicalJson, recipeHash, type ResolvedRecipe } from '../recipes/index.ts';
import type { CallContext } from '../workspaces/index.ts';
import { endedAs, type TaskOutcome } from '../jobs/index.ts';
import type { FitRunResult } from './fit-run.ts';

/** Enters a run as running, with its recipe and, where it is another run edited, with that; returns its id. */
export async function startRun(
  recipe: ResolvedRecipe,
  data: Pick<VersionRow, 'dataset' | 'version' | 'snapshot' | 'manifest'>,
  notes: readonly string[],
  context: CallContext,
  edit?: RunEdit,
): Promise<string> {
  const { clock, actor, code, job, workspace } = context;
  const id = createId('run');
  const hash = recipeHash(recipe);
  const created = clock.now();
  await context.commit([], (transaction) => {
    if (!workspace.db.get('SELECT 1 FROM recipes WHERE hash = ?', hash)) {
      transaction.put('recipes', { hash, body: canonicalJson(recipe), created });
    }
    transaction.put('runs', {
      id,
      status: 'running',
      dataset: data.dataset,
      version: data.version,
      snapshot: data.snapshot,
      target: recipe.target,
      task: recipe.task,
      family: recipe.family,
      recipe: hash,
      seed: recipe.seed,
      code: code(),
      created,
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
    });
    if (edit)
      transaction.put('run_edits', {
        run: id,
        parent: edit.parent,
        edit: JSON.stringify(edit.edit),
        why: edit.why,
      });
  });
  return id;
}

/** Enters what a run has made, in one step with the objects themselves. */
export async function finishRun(
  id: string,
  notes: readonly string[],
  { result, objects }: TaskOutcome<FitRunResult>,
  context: CallContext,
): Promise<void> {
  const { split, pipeline, model, evaluation, history, golden, engine, metrics, duration } = result;
  await context.commit(objects, (transaction) =>
    transaction.patch('runs', [id], {
      status: 'done',
      finished: context.clock.now(),
      duration,
      engine: JSON.stringify(engine),
      metrics: JSON.stringify(metrics),
      notes: JSON.stringify([...notes, ...result.notes]),
      split,
      pipeline,
      model,
      evaluation,
      history,
      golden,
    }),
  );
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
