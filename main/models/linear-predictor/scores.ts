import type { Design } from '../../recipes/index.ts';

/** Linear predictors over the features of a design whose categories are one-hot. */
export interface LinearPredictors {
  readonly outputs: number;
  readonly intercepts: Float64Array;
  /** outputs x features, row-major. */
  readonly coefficients: Float64Array;
}

/** rows x outputs linear predictors, row-major. */
export function linearScores(
  { intercepts, coefficients, outputs }: LinearPredictors,
  design: Design,
): Float64Array {
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
