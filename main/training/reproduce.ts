import { Engine } from '../../preload/contract/common.ts';
import { fail } from '../../preload/contract/errors.ts';
import { RunMetrics } from '../../preload/contract/training.ts';
import { deletionOf } from '../datasets/index.ts';
import { joinedData } from '../recipes/index.ts';
import { createId } from '../platform/random.ts';
import type { Service, Workspace } from '../workspaces/index.ts';
import {
  compareRuns,
  environmentDifferences,
  repeatability,
  tolerancesOf,
  type RunTraces,
} from './compare-runs.ts';
import { runEnvironment, runRecipe } from './run-details.ts';
import { withSeed } from './ensembles/plan.ts';
import { finishedRunRow, isSealed, type RunRow } from './store.ts';
import { fitRunTask } from './tasks.ts';

/** Runs with other seeds, beside the one that was made again, from which a tolerance is stated. */
const otherSeeds = 4;

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
    const test = { open: !isSealed(row) };
    const data = { manifest, recorded: recorded.split, ...joinedData(workspace.db, recipe) };
    const { result } = await context.task(fitRunTask, { ...data, recipe, test }, [0, 0.5]);
    const around = environmentDifferences(
      { environment: runEnvironment(workspace.db, run), code: row.code },
      { environment: result.environment, code: context.code() },
    );
    let compared = compareRuns(recorded, result, { around });
    let tolerance: { seeds: number[]; factor: number } | null = null;
    if (compared.verdict === 'not-reproduced' && recorded.split === result.split) {
      // Other bits may lead learning elsewhere; how far is told by learning again from other seeds, all else being equal.
      const seeds = Array.from({ length: otherSeeds }, (_, i) => (recipe.seed + 1 + i) % 2 ** 31);
      const again: RunMetrics[] = [];
      for (const [i, seed] of seeds.entries()) {
        const share = [0.5 + (0.48 * i) / otherSeeds, 0.5 + (0.48 * (i + 1)) / otherSeeds] as const;
        const other = await context.task(
          fitRunTask,
          { ...data, recipe: withSeed(recipe, seed), test },
          share,
        );
        again.push(other.result.metrics);
      }
      tolerance = { seeds: [recipe.seed, ...seeds], factor: repeatability };
      compared = compareRuns(recorded, result, {
        around,
        tolerances: tolerancesOf([result.metrics, ...again]),
      });
    }
    const { verdict, differences } = compared;
    const evidence = {
      differences: [...differences],
      engine: result.engine,
      code: context.code(),
      environment: result.environment,
      tolerance,
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
      tolerance,
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
