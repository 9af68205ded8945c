import { evaluate, foldSpread, type FoldEvaluation, type FoldSpread } from '../evaluation/index.ts';
import { foldRows, gatherTarget, type Folds, type Target } from '../recipes/index.ts';

/** What models say of rows that they were not trained on. */
export interface OutOfFold {
  /** Ascending. */
  readonly rows: Int32Array;
  /** By model: a value per row, or rows x classes probabilities, row-major. */
  readonly said: readonly Float64Array[];
}

/** How good something is by folds. */
export interface JudgedByFolds extends FoldSpread {
  readonly folds: readonly FoldEvaluation[];
  /** Every row that was judged, and what was said of it. */
  readonly pooled: { readonly rows: Int32Array; readonly target: Target; readonly predictions: Float64Array };
}

/**
 * Judges by folds what is learned from the predictions of the folds' models: for each fold from the rows of the others, or from those
 * before it where folds go forward in time; then nothing is said of the first. `predict` is given places in `rows`, to predict and to
 * learn from, and is not called without any to learn from unless it `learns` nothing.
 */
export async function acrossFolds(
  {
    rows,
    folds,
    target,
    learns,
  }: Pick<OutOfFold, 'rows'> & {
    readonly folds: Folds;
    readonly target: Target;
    readonly learns: boolean;
  },
  predict: (own: Int32Array, others: Int32Array) => Float64Array | Promise<Float64Array>,
): Promise<JudgedByFolds> {
  const width = target.task === 'regression' ? 1 : target.classes.length;
  const foldOf = rows.map((row) => folds.of[row]!);
  const evaluations: FoldEvaluation[] = [];
  const predicted = new Float64Array(rows.length * width);
  const judged = new Uint8Array(rows.length);
  const places = Int32Array.from(rows.keys());
  for (let fold = 1; fold <= folds.count; fold++) {
    const own = places.filter((place) => foldOf[place] === fold);
    const others = places.filter((place) => (folds.forward ? foldOf[place]! < fold : foldOf[place] !== fold));
    if (own.length === 0 || (learns && others.length === 0)) continue;
    const predictions = await predict(own, others);
    own.forEach((place, i) => {
      judged[place] = 1;
      predicted.set(predictions.subarray(i * width, (i + 1) * width), place * width);
    });
    const truth = gatherTarget(
      target,
      own.map((place) => rows[place]!),
    );
    const { metrics, evaluated } = evaluate({ target: truth, predictions });
    const train = foldRows(folds, fold).train.length;
    const { undefinedBecause } = evaluated;
    evaluations.push({ fold, train, rows: own.length, metrics, undefinedBecause });
  }
  const kept = places.filter((place) => judged[place] === 1);
  const pooled = kept.map((place) => rows[place]!);
  return {
    folds: evaluations,
    ...foldSpread(evaluations),
    pooled: {
      rows: pooled,
      target: gatherTarget(target, pooled),
      predictions: takePlaces(predicted, kept, width),
    },
  };
}

/** Of rows of `width` values those at some places. */
export function takePlaces(values: Float64Array, places: Int32Array, width: number): Float64Array {
  const taken = new Float64Array(places.length * width);
  places.forEach((place, i) => taken.set(values.subarray(place * width, (place + 1) * width), i * width));
  return taken;
}
