import { Engine } from '../../preload/contract/common.ts';
import { fail } from '../../preload/contract/errors.ts';
import { RunMetrics } from '../../preload/contract/training.ts';
import { deletionOf } from '../datasets/index.ts';
import { createId } from '../platform/random.ts';
import type { Service, Workspace } from '../workspaces/index.ts';
import { compareRuns, type RunTraces } from './compare-runs.ts';
import { runRecipe } from './run-details.ts';
import { finishedRunRow, type RunRow } from './store.ts';
import { fitRunTask } from './tasks.ts';

/** Trains a run again from what is recorded of it, compares, and records the verdict. The new model is not kept. */
export const reproduceService: Pick<Service<'lineage'>, 'reproduce'> = {
  async reproduce({ run }, context) {
    const { workspace, clock, actor } = context;
    const row = finishedRunRow(workspace.db, run);
    const recorded = tracesOf(row);
    const manifest = manifestOf(workspace, row);
    if (manifest === undefined) {
      throw fail('run-data-missing', {
        run,
        dataset: `${row.dataset}@${row.version}`,
        snapshot: row.snapshot,
        deleted: deletionOf(workspace.db, row.snapshot),
      });
    }
    context.about({ run }, `reproduce ${run}`);
    const recipe = runRecipe(workspace.db, row);
    const { result } = await context.task(fitRunTask, { manifest, recipe }, [0, 0.98]);
    const { verdict, differences } = compareRuns(recorded, result);
    const evidence = {
      differences: [...differences],
      engine: result.engine,
      code: context.code(),
      model: result.model,
      metrics: result.metrics,
    };
    const id = createId('verdict');
    const at = clock.now();
    await context.commit([], (transaction) =>
      transaction.put('verdicts', {
        id,
        kind: 'reproduce',
        subject: run,
        outcome: verdict,
        at,
        actor,
        evidence: JSON.stringify(evidence),
      }),
    );
    return {
      run,
      verdict,
      differences: [...differences],
      recorded: { id, kind: 'reproduce', subject: run, outcome: verdict, at, by: actor, evidence },
    };
  },
};

/** The data of a run: recorded with it, or imported here later, which gives the same snapshot. */
export function manifestOf({ db, objects }: Workspace, { manifest, snapshot }: RunRow): string | undefined {
  const imported = db.get<{ manifest: string }>('SELECT manifest FROM snapshots WHERE id = ?', snapshot);
  return (
    [manifest, imported?.manifest].find(
      (digest) => digest !== undefined && digest !== null && objects.has(digest),
    ) ?? undefined
  );
}

function tracesOf({ id, split, pipeline, model, engine, metrics }: RunRow): RunTraces {
  if (split === null || pipeline === null || model === null || engine === null || metrics === null) {
    throw fail('internal', { what: `run ${id}`, reason: 'its record is not complete' });
  }
  return {
    split,
    pipeline,
    model,
    engine: Engine.parse(JSON.parse(engine)),
    metrics: RunMetrics.parse(JSON.parse(metrics)),
  };
}
