import type { Design } from '../../../recipes/index.ts';
import type { ModelArtifact } from '../../family.ts';
import { checkDesign, readLinear, type LinearModel } from './model.ts';

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
  const out = new Float64Array(design.rows * classes);
  if (model.spec.link === 'logit') fillLogit(out, classes, scores, model.spec.modelled);
  else fillSoftmax(out, classes, scores, model.spec.modelled);
  return out;
}

/** rows x outputs linear predictors, row-major. */
function linearScores({ intercepts, coefficients, outputs }: LinearModel, design: Design): Float64Array {
  const { rows, width } = design;
  const out = new Float64Array(rows * outputs);
  for (let k = 0; k < outputs; k++) {
    for (let i = 0; i < rows; i++) out[i * outputs + k] = intercepts[k]!;
    let feature = k * width;
    for (const block of design.blocks) {
      if (block.kind === 'dense') {
        for (const column of block.columns) {
          addScaled(out, outputs, k, column, coefficients[feature++]!);
        }
      } else {
        const effects = new Float64Array(block.levels.length + 1);
        effects.set(coefficients.subarray(feature, feature + block.levels.length), 1);
        feature += block.levels.length;
        addEffects(out, outputs, k, block.codes, effects);
      }
    }
  }
  return out;
}

function addScaled(out: Float64Array, stride: number, at: number, column: Float64Array, slope: number): void {
  for (let i = 0, j = at; i < column.length; i++, j += stride) out[j] = out[j]! + slope * column[i]!;
}

/** `effects[0]` is that of no level. */
function addEffects(
  out: Float64Array,
  stride: number,
  at: number,
  codes: Int32Array,
  effects: Float64Array,
): void {
  for (let i = 0, j = at; i < codes.length; i++, j += stride) out[j] = out[j]! + effects[codes[i]! + 1]!;
}

function fillLogit(
  out: Float64Array,
  classes: number,
  scores: Float64Array,
  modelled: readonly number[],
): void {
  const [negative, positive] = [modelled[0]!, modelled[1]!];
  for (let i = 0; i < scores.length; i++) {
    const e = Math.exp(-Math.abs(scores[i]!));
    const near = 1 / (1 + e);
    const far = e * near;
    out[i * classes + positive] = scores[i]! >= 0 ? near : far;
    out[i * classes + negative] = scores[i]! >= 0 ? far : near;
  }
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
