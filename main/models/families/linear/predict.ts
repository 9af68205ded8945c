import type { Design } from '../../../recipes/index.ts';
import type { ModelArtifact } from '../../family.ts';
import { linearScores } from '../../linear-predictor/scores.ts';
import { twoClasses } from '../../two-classes.ts';
import { checkDesign, readLinear } from './model.ts';

/**
 * Regression: `rows` values. Classification: rows x classes probabilities, row-major. Each row is computed on its own, in
 * the order of the features.
 */
export function predictLinear(artifact: ModelArtifact, design: Design): Float64Array {
  const model = readLinear(artifact);
  checkDesign(model, design);
  const scores = linearScores(model, design);
  if (model.spec.link === 'identity') return scores;
  const classes = artifact.classes.length;
  if (model.spec.link === 'logit') return twoClasses(scores, model.spec.modelled, classes);
  const out = new Float64Array(design.rows * classes);
  fillSoftmax(out, classes, scores, model.spec.modelled);
  return out;
}

function fillSoftmax(
  out: Float64Array,
  classes: number,
  scores: Float64Array,
  modelled: readonly number[],
): void {
  const count = modelled.length;
  for (let row = 0; row * count < scores.length; row++) {
    let top = -Infinity;
    for (let k = 0; k < count; k++) top = Math.max(top, scores[row * count + k]!);
    let total = 0;
    for (let k = 0; k < count; k++) {
      const e = Math.exp(scores[row * count + k]! - top);
      out[row * classes + modelled[k]!] = e;
      total += e;
    }
    for (const code of modelled) out[row * classes + code] = out[row * classes + code]! / total;
  }
}
