import type { Engine } from '../../../preload/contract/common.ts';
import { fail } from '../../../preload/contract/errors.ts';
import {
  fitStack,
  javascriptEngine,
  writeEnsemble,
  type FitContext,
  type ModelArtifact,
} from '../../models/index.ts';
import {
  applyPipeline,
  exportNotes,
  gatherTarget,
  joinPipelines,
  memberDesign,
  type FittedPipeline,
  type ResolvedRecipe,
  type Target,
  type TypedColumn,
} from '../../recipes/index.ts';
import {
  fitOne,
  outcomesOf,
  type Fitted,
  type FoldPredictions,
  type SplitName,
  type SplitRows,
} from '../fit-one.ts';
import { correctByFolds, correctModel } from '../correct-model.ts';
import { predictDesign } from '../predict-table.ts';
import { planOf } from './plan.ts';

export type EnsembleRecipe = ResolvedRecipe & { readonly members: NonNullable<ResolvedRecipe['members']> };

/** A model that is put together with others. */
export interface MemberModel {
  readonly pipeline: FittedPipeline;
  readonly artifact: ModelArtifact;
  readonly engine: Engine;
}

/**
 * Trains the models of a combination, unless they are there, and puts them together. A stack learns from what its members say of the
 * rows outside their folds, or else of the validation rows. The same models give the same bytes, whether trained now or before.
 */
export async function fitEnsemble(
  recipe: EnsembleRecipe,
  table: readonly TypedColumn[],
  target: Target,
  rows: SplitRows,
  context: Omit<FitContext, 'seed'>,
  {
    models,
    byFolds,
  }: {
    readonly models?: readonly MemberModel[] | undefined;
    readonly byFolds?: FoldPredictions | undefined;
  } = {},
): Promise<Fitted> {
  const { signal, progress } = context;
  const plan = planOf(recipe);
  const members = models ?? (await fitMembers(recipe, table, target, rows, context, byFolds?.members));
  signal.throwIfAborted();
  progress(0.8, 'putting the models together');
  const pipeline = joinPipelines(members.map((member) => member.pipeline));
  const columns = table.map(({ column }) => column);
  const part = (name: SplitName) => ({
    design: applyPipeline(pipeline, columns, rows[name]),
    target: gatherTarget(target, rows[name]),
  });
  const data = { train: part('train'), validation: part('validation'), test: part('test') };
  const artifacts = members.map(({ artifact }) => withoutScores(artifact));
  const notes: string[] = [];
  let artifact: ModelArtifact;
  if (plan.how === 'average') {
    artifact = writeEnsemble(
      { how: 'average', members: artifacts, weights: plan.weights },
      pipeline.features,
    );
  } else {
    const { design } = data.validation;
    const learned = byFolds?.outOfFold ?? {
      rows: rows.validation,
      said: artifacts.map((one, i) => predictDesign(one, memberDesign(design, i))),
    };
    if (learned.rows.length === 0) throw fail('validation-rows-none', { what: 'stack' });
    const stacked = await fitStack(
      { said: learned.said, target: gatherTarget(target, learned.rows), rows: learned.rows.length },
      { seed: recipe.seed, signal, progress: () => undefined },
    );
    artifact = writeEnsemble({ how: 'stack', members: artifacts, meta: stacked.artifact }, pipeline.features);
    notes.push(stackNote(learned.rows.length, byFolds !== undefined), ...stacked.notes);
  }
  const corrected = byFolds?.combined
    ? correctByFolds(artifact, recipe, byFolds.combined, byFolds.pooled)
    : correctModel(artifact, recipe, data.validation);
  artifact = corrected.artifact;
  notes.push(...corrected.notes);
  progress(0.9, 'predicting');
  return {
    pipeline,
    artifact,
    engine: joinEngines(members.map(({ engine }) => engine)),
    history: [],
    outcomes: outcomesOf(artifact, data, rows),
    notes: [...notes, ...exportNotes(pipeline)],
  };
}

function stackNote(rows: number, folds: boolean): string {
  return folds
    ? `how to put the models together was learned from their predictions of ${rows} rows outside their folds`
    : `how to put the models together was learned from their predictions of ${rows} validation rows, so only the test rows judge the stack`;
}

async function fitMembers(
  { members }: EnsembleRecipe,
  table: readonly TypedColumn[],
  target: Target,
  rows: SplitRows,
  { signal, progress }: Omit<FitContext, 'seed'>,
  byFolds?: readonly FoldPredictions[],
): Promise<MemberModel[]> {
  const fitted: MemberModel[] = [];
  for (const [i, member] of members.entries()) {
    const own = { ...rows, test: new Int32Array(0) };
    fitted.push(
      await fitOne(
        member,
        table,
        target,
        own,
        {
          signal,
          progress: (fraction, message) =>
            progress(
              (0.8 * (i + fraction)) / members.length,
              `model ${i + 1} of ${members.length}: ${message}`,
            ),
        },
        byFolds?.[i],
      ),
    );
  }
  return fitted;
}

/** How far off it was says nothing of the combination. */
function withoutScores(artifact: ModelArtifact): ModelArtifact {
  const { conformal: _, ...rest } = artifact;
  return rest;
}

/** The engine of the models where all have the same; else that which put them together, with theirs by name. */
function joinEngines(engines: readonly Engine[]): Engine {
  const [first, ...more] = new Map(engines.map((engine) => [JSON.stringify(engine), engine])).values();
  if (first && more.length === 0) return first;
  const named = [...(first ? [first] : []), ...more].map(
    ({ id, version, detail }) => `${id} ${version} (${detail})`,
  );
  return { ...javascriptEngine(), detail: `models by ${named.join(' and ')}` };
}
