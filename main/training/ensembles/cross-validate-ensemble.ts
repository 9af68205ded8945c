import { evaluate, foldSpread, type FoldEvaluation } from '../../evaluation/index.ts';
import { averaged, fitStack, stackPredictions } from '../../models/index.ts';
import { foldRows, gatherTarget, type DividedRows, type TypedColumn } from '../../recipes/index.ts';
import { crossValidate, type CrossValidateOptions, type CrossValidation } from '../cross-validate.ts';
import type { EnsembleRecipe, MembersSaid } from './fit-ensemble.ts';
import { planOf } from './plan.ts';

export interface EnsembleCrossValidation extends CrossValidation {
  readonly outOfFold: MembersSaid;
}

/**
 * Judges a combination by folds: each member is cross-validated, and what its models say of the rows outside their folds is put
 * together. How a stack does that is learned from the other folds alone (from those before, where folds go forward in time: of the first
 * of them a stack says nothing).
 */
export async function crossValidateEnsemble(
  recipe: EnsembleRecipe,
  table: readonly TypedColumn[],
  { signal, progress }: CrossValidateOptions,
  divided: Pick<DividedRows, 'target' | 'split'>,
): Promise<EnsembleCrossValidation> {
  const { members } = recipe;
  const plan = planOf(recipe);
  const { folds } = divided.split;
  const { target } = divided.target;
  if (!folds) throw new TypeError('the split has no folds');
  const each: CrossValidation[] = [];
  for (const [i, member] of members.entries()) {
    const share = (fraction: number, message: string): void =>
      progress((i + fraction) / members.length, `model ${i + 1} of ${members.length}: ${message}`);
    each.push(await crossValidate(member, table, { signal, progress: share }, divided));
  }
  const { rows } = each[0]!.pooled;
  const width = target.task === 'regression' ? 1 : target.classes.length;
  const outOfFold = { rows, said: each.map(({ pooled }) => pooled.predictions) };
  const take = (places: Int32Array) => ({
    said: outOfFold.said.map((values) => rowsOf(values, places, width)),
    target: gatherTarget(
      target,
      places.map((place) => rows[place]!),
    ),
    rows: places.length,
  });
  const evaluations: FoldEvaluation[] = [];
  const predicted = new Float64Array(rows.length * width);
  const judged: number[] = [];
  for (let fold = 1; fold <= folds.count; fold++) {
    signal.throwIfAborted();
    const foldOf = (place: number): number => folds.of[rows[place]!]!;
    const own = Int32Array.from(rows.keys()).filter((place) => foldOf(place) === fold);
    const others = Int32Array.from(rows.keys()).filter((place) =>
      folds.forward ? foldOf(place) < fold : foldOf(place) !== fold,
    );
    if (plan.how === 'stack' && others.length === 0) continue;
    const data = take(own);
    let predictions: Float64Array;
    if (plan.how === 'average') predictions = averaged(data.said, plan.weights);
    else {
      const context = { seed: recipe.seed, signal, progress: () => undefined };
      predictions = stackPredictions((await fitStack(take(others), context)).artifact, data);
    }
    own.forEach((place, i) => {
      judged.push(place);
      predicted.set(predictions.subarray(i * width, (i + 1) * width), place * width);
    });
    const { metrics, evaluated } = evaluate({ target: data.target, predictions });
    const train = foldRows(folds, fold).train.length;
    const { undefinedBecause } = evaluated;
    evaluations.push({ fold, train, rows: own.length, metrics, undefinedBecause });
  }
  const places = Int32Array.from(judged).sort();
  const pooledRows = places.map((place) => rows[place]!);
  return {
    folds: evaluations,
    ...foldSpread(evaluations),
    pooled: {
      rows: pooledRows,
      target: gatherTarget(target, pooledRows),
      predictions: rowsOf(predicted, places, width),
    },
    outOfFold,
  };
}

/** Of rows of `width` values those at some places. */
function rowsOf(values: Float64Array, places: Int32Array, width: number): Float64Array {
  const taken = new Float64Array(places.length * width);
  places.forEach((place, i) => taken.set(values.subarray(place * width, (place + 1) * width), i * width));
  return taken;
}
