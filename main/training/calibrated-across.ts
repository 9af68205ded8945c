import { calibrated } from '../models/index.ts';
import { gatherTarget, type CalibrationMethod, type Folds, type Target } from '../recipes/index.ts';
import { acrossFolds, takePlaces, type JudgedByFolds } from './across-folds.ts';
import { calibrationOf } from './correct-model.ts';

/**
 * How good probabilities outside folds are once they are calibrated, those of each fold by the rows of the others. `target` is that of the
 * whole table, `weights` those of the rows judged.
 */
export function calibratedAcross(
  method: CalibrationMethod,
  { rows, predictions }: JudgedByFolds['pooled'],
  {
    folds,
    target,
    weights,
  }: { readonly folds: Folds; readonly target: Target; readonly weights?: Float64Array | undefined },
): Promise<JudgedByFolds> {
  const width = target.task === 'regression' ? 1 : target.classes.length;
  return acrossFolds({ rows, folds, target, learns: true }, (own, others) => {
    const calibration = calibrationOf(method, {
      predictions: takePlaces(predictions, others, width),
      target: gatherTarget(
        target,
        others.map((place) => rows[place]!),
      ),
      ...(weights ? { weights: takePlaces(weights, others, 1) } : {}),
    });
    return calibrated(calibration, takePlaces(predictions, own, width), width);
  });
}
