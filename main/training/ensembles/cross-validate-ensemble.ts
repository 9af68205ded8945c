import { averaged, fitStack, stackPredictions } from '../../models/index.ts';
import { gatherTarget, type DividedRows, type TypedColumn } from '../../recipes/index.ts';
import { acrossFolds, takePlaces } from '../across-folds.ts';
import { calibratedAcross } from '../calibrated-across.ts';
import { crossValidate, type CrossValidateOptions, type CrossValidation } from '../cross-validate.ts';
import type { EnsembleRecipe } from './fit-ensemble.ts';
import { planOf } from './plan.ts';

export interface EnsembleCrossValidation extends CrossValidation {
  readonly members: readonly CrossValidation[];
  /** What the combination says of the rows outside their folds, before it is calibrated. */
  readonly combined: CrossValidation['pooled'];
}

/**
 * Judges a combination by folds: each member is cross-validated, and what its models say of the rows outside their folds is put
 * together. How a stack does that is learned across the folds.
 */
export async function crossValidateEnsemble(
  recipe: EnsembleRecipe,
  table: readonly TypedColumn[],
  { signal, progress }: CrossValidateOptions,
  divided: Pick<DividedRows, 'target' | 'split'>,
): Promise<EnsembleCrossValidation> {
  const plan = planOf(recipe);
  const { folds } = divided.split;
  const { target } = divided.target;
  if (!folds) throw new TypeError('the split has no folds');
  const members: CrossValidation[] = [];
  for (const [i, member] of recipe.members.entries()) {
    const share = (fraction: number, message: string): void =>
      progress(
        (i + fraction) / recipe.members.length,
        `model ${i + 1} of ${recipe.members.length}: ${message}`,
      );
    members.push(await crossValidate(member, table, { signal, progress: share }, divided));
  }
  const width = target.task === 'regression' ? 1 : target.classes.length;
  const { rows, said } = commonRows(members, width);
  const take = (places: Int32Array) => ({
    said: said.map((values) => takePlaces(values, places, width)),
    target: gatherTarget(
      target,
      places.map((place) => rows[place]!),
    ),
    rows: places.length,
  });
  const judged = await acrossFolds(
    { rows, folds, target, learns: plan.how === 'stack' },
    async (own, others) => {
      signal.throwIfAborted();
      const data = take(own);
      if (plan.how === 'average') return averaged(data.said, plan.weights);
      const context = { seed: recipe.seed, signal, progress: () => undefined };
      return stackPredictions((await fitStack(take(others), context)).artifact, data);
    },
  );
  const combined = judged.pooled;
  const { calibrate } = recipe;
  const last =
    calibrate === undefined ? judged : await calibratedAcross(calibrate, combined, { folds, target });
  return { ...last, outOfFold: { rows, said }, members, combined };
}

/** The rows that all members were judged by, and what each said of them. */
function commonRows(members: readonly CrossValidation[], width: number): CrossValidation['outOfFold'] {
  const times = new Map<number, number>();
  for (const { pooled } of members) for (const row of pooled.rows) times.set(row, (times.get(row) ?? 0) + 1);
  const isCommon = (row: number): boolean => times.get(row) === members.length;
  const rows = members[0]!.pooled.rows.filter(isCommon);
  return {
    rows,
    said: members.map(({ pooled }) => {
      const places = Int32Array.from(pooled.rows.keys()).filter((place) => isCommon(pooled.rows[place]!));
      return takePlaces(pooled.predictions, places, width);
    }),
  };
}
