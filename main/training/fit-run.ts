import type * as z from 'zod';
import type { Engine, Environment } from '../../preload/contract/common.ts';
import type { RunMetrics } from '../../preload/contract/training.ts';
import { evaluateSplits } from '../evaluation/index.ts';
import type { TaskContext } from '../jobs/index.ts';
import { encodeArtifact } from '../models/index.ts';
import {
  canonicalJson,
  readInherited,
  rowColumns,
  weightColumns,
  splitCounts,
  writePipeline,
  writeSplit,
  type RecipeData,
  type ResolvedRecipe,
  type SplitCounts,
} from '../recipes/index.ts';
import { environment } from '../platform/machine.ts';
import { makeGolden } from './golden.ts';
import { loadModel, type ModelObjects } from './load-model.ts';
import { testRowsOf } from './holdout/looks.ts';
import { readForTraining } from './read-for-training.ts';
import { trainModel, type TestAccess } from './train-model.ts';

export interface FitRunInput extends RecipeData {
  readonly recipe: ResolvedRecipe;
  readonly test?: TestAccess;
  /** The models of a combination, where they are trained already. */
  readonly members?: readonly (ModelObjects & { readonly engine: Engine })[];
  /** The split of the run that is made again, for one that inherits from data that is gone. */
  readonly recorded?: string;
}

/** Everything a record of the run needs. The names of digests are those of the record. */
export interface FitRunResult {
  readonly counts: SplitCounts;
  /** What looks at its test rows are counted by; null without such rows. */
  readonly testRows: string | null;
  readonly split: string;
  readonly pipeline: string;
  readonly model: string;
  readonly evaluation: string;
  readonly history: string;
  readonly golden: string;
  readonly metrics: z.infer<typeof RunMetrics>;
  readonly engine: Engine;
  readonly environment: Environment;
  readonly notes: readonly string[];
  /** Seconds of work. */
  readonly duration: number;
}

/**
 * One run from a snapshot to its objects: trains by a resolved recipe, evaluates all three splits, stages what is to be kept.
 * The same snapshot, recipe and engine give the same digests. Throws what is wrong with the recipe or the data.
 */
export async function fitRun(
  { recipe, test = {}, members, recorded, ...data }: FitRunInput,
  context: TaskContext,
  /** How the columns are read. */
  load: typeof readForTraining = readForTraining,
): Promise<FitRunResult> {
  const { reader, writer, signal, progress } = context;
  const began = performance.now();
  progress(0, 'reading the data');
  const names = [...new Set([...recipe.features, ...rowColumns(recipe), ...weightColumns(recipe)])];
  const { table, notes } = await load(reader, data, recipe, { names, signal });
  signal.throwIfAborted();
  const models =
    members &&
    (await Promise.all(
      members.map(async ({ engine, ...objects }) => ({ ...(await loadModel(reader, objects)), engine })),
    ));
  const trained = await trainModel(
    recipe,
    table,
    {
      signal,
      progress: (fraction, message, point) => progress(0.1 + 0.75 * fraction, message, point),
    },
    test,
    models,
    await readInherited(reader, data.manifest, recipe.split, { signal, recorded }),
  );
  progress(0.85, 'evaluating');
  const { outcomes, artifact, pipeline, history } = trained;
  const evaluation = evaluateSplits(outcomes, {
    target: recipe.target,
    history,
    sealed: recipe.split.sealed === true && test.open !== true,
    ...(trained.folds ? { folds: trained.folds } : {}),
  });
  signal.throwIfAborted();
  progress(0.95, 'keeping the results');
  const golden = makeGolden(
    pipeline,
    artifact,
    table.map(({ column }) => column),
    outcomes.test.rows.length > 0 ? outcomes.test.rows : outcomes.train.rows,
  );
  const json = (kind: string, value: unknown) =>
    writer.put(kind, new TextEncoder().encode(canonicalJson(value)));
  return {
    counts: splitCounts(trained.split),
    testRows: testRowsOf(trained.split),
    split: await writer.put('split', writeSplit(trained.split)),
    pipeline: await writer.put('pipeline', writePipeline(pipeline)),
    model: await writer.put('model', encodeArtifact(artifact)),
    evaluation: await json('evaluation', evaluation),
    history: await json('history', history),
    golden: await json('golden', golden),
    metrics: evaluation.metrics,
    engine: trained.engine,
    environment: environment(),
    notes: [...notes, ...trained.notes],
    duration: (performance.now() - began) / 1000,
  };
}
