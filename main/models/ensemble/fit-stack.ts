import type { Target } from '../../recipes/index.ts';
import type { FitContext, Labelled, ModelArtifact } from '../family.ts';
import { linear } from '../families/linear/index.ts';
import { stackDesign } from './stack-design.ts';

/** Rows that no model was trained on: what each model says of them, and the truth. */
export interface StackRows {
  /** By model: `rows` values or rows x classes probabilities, row-major. */
  readonly said: readonly Float64Array[];
  readonly target: Target;
  readonly rows: number;
}

/**
 * The model of a stack: ridge regression of the truth on the predictions, with alpha the variance of the truth so that the unit does not
 * matter; or logistic regression on the probabilities with C = 1, as in scikit-learn's StackingClassifier. Near equal models share their
 * weight.
 */
export async function fitStack(
  { said, target, rows }: StackRows,
  context: FitContext,
): Promise<{ readonly artifact: ModelArtifact; readonly notes: readonly string[] }> {
  const classes = target.task === 'classification' ? target.classes : [];
  const train: Labelled = { design: stackDesign(said, classes, rows), target };
  const params = linear.params.parse(target.task === 'regression' ? { alpha: variance(target.values) } : {});
  const { artifact, notes } = await linear.fit({ train, validation: train }, params, context);
  return { artifact, notes };
}

/** What the model of a stack says: `rows` values or rows x classes probabilities, row-major. */
export function stackPredictions(
  artifact: ModelArtifact,
  { said, rows }: Pick<StackRows, 'said' | 'rows'>,
): Float64Array {
  return linear.predict(artifact, stackDesign(said, artifact.classes, rows));
}

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
