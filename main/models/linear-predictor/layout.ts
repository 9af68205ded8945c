import { moments } from '../../math/index.ts';
import type { Design } from '../../recipes/index.ts';

/**
 * How the unknowns of a linear predictor are ordered, and how dense columns are scaled while solving:
 *
 *     0                intercept
 *     1 .. D           dense columns, as z = (x - shift) / scale in [-1, 1]
 *     D+1 .. core-1    levels of one-hot blocks
 *     core ..          levels of the largest one-hot block, whose part of the Gram matrix is diagonal (an arrow matrix)
 *
 * `scale` is a power of two, so that no rounding enters by scaling and columns of 1e200 or 1e-200 are solved alike.
 */
export interface Layout {
  readonly rows: number;
  /** Features of the design. */
  readonly width: number;
  readonly dense: readonly DenseUnknown[];
  readonly blocks: readonly CodedUnknowns[];
  readonly arrow: CodedUnknowns | undefined;
  /** Size of the core. */
  readonly core: number;
  /** Core and arrow together. */
  readonly unknowns: number;
}

export interface DenseUnknown {
  readonly values: Float64Array;
  readonly feature: number;
  readonly shift: number;
  /** 1 / scale; 0 for a constant column (z is 0 then). */
  readonly inverse: number;
}

export interface CodedUnknowns {
  /** -1: no level. */
  readonly codes: Int32Array;
  readonly levels: number;
  /** First feature of the block. */
  readonly feature: number;
  /** First unknown of the block. */
  readonly at: number;
}

/** `arrow: false` puts every block into the core, where any unknown can be left out. */
export function layOut(design: Design, arrow: boolean): Layout {
  const dense: DenseUnknown[] = [];
  const coded: Omit<CodedUnknowns, 'at'>[] = [];
  let feature = 0;
  for (const block of design.blocks) {
    if (block.kind === 'dense') {
      for (const values of block.columns) {
        const { mean, scale } = moments(values);
        dense.push({ values, feature: feature++, shift: mean, inverse: scale === 0 ? 0 : 1 / scale });
      }
    } else {
      coded.push({ codes: block.codes, levels: block.levels.length, feature });
      feature += block.levels.length;
    }
  }
  const largest = arrow ? Math.max(0, ...coded.map((block) => block.levels)) : Infinity;
  const last = coded.findIndex((block) => block.levels === largest);
  let at = 1 + dense.length;
  const blocks: CodedUnknowns[] = [];
  coded.forEach((block, index) => {
    if (index === last) return;
    blocks.push({ ...block, at });
    at += block.levels;
  });
  const apart = coded[last];
  return {
    rows: design.rows,
    width: feature,
    dense,
    blocks,
    arrow: apart && { ...apart, at },
    core: at,
    unknowns: at + (apart?.levels ?? 0),
  };
}

/** The same unknowns, scaled the same, over every `stride`-th row. */
export function thinOut(layout: Layout, stride: number): Layout {
  const thinCodes = <Block extends CodedUnknowns>(block: Block): Block => ({
    ...block,
    codes: block.codes.filter((_, i) => i % stride === 0),
  });
  return {
    ...layout,
    rows: Math.ceil(layout.rows / stride),
    dense: layout.dense.map((one) => ({ ...one, values: one.values.filter((_, i) => i % stride === 0) })),
    blocks: layout.blocks.map(thinCodes),
    arrow: layout.arrow && thinCodes(layout.arrow),
  };
}

/** All coded blocks, the arrow's last. */
export function codedOf(layout: Layout): readonly CodedUnknowns[] {
  return layout.arrow ? [...layout.blocks, layout.arrow] : layout.blocks;
}

/**
 * Weights of theta^2 / 2 in the objective for a penalty of `alpha` beta^2 / 2 on every coefficient of the design, none
 * on the intercept: beta = theta / scale. A column too small for its penalty to be a number gets coefficient 0.
 */
export function penaltiesOf(layout: Layout, alpha: number): Float64Array {
  const penalties = new Float64Array(layout.unknowns).fill(alpha);
  penalties[0] = 0;
  layout.dense.forEach(({ inverse }, d) => {
    penalties[1 + d] = inverse === 0 ? alpha : Math.min(alpha * inverse * inverse, 1e300);
  });
  return penalties;
}

/** theta of each feature divided by its scale: coefficients in the order of the design's features. */
export function toFeatures(layout: Layout, theta: Float64Array): Float64Array {
  const out = new Float64Array(layout.width);
  layout.dense.forEach(({ feature, inverse }, d) => {
    out[feature] = theta[1 + d]! * inverse;
  });
  for (const block of codedOf(layout)) {
    out.set(theta.subarray(block.at, block.at + block.levels), block.feature);
  }
  return out;
}

/** The transpose of `toFeatures`: turns a linear functional of coefficients into one of theta (intercept 0). */
export function fromFeatures(layout: Layout, functional: Float64Array): Float64Array {
  const out = new Float64Array(layout.unknowns);
  layout.dense.forEach(({ feature, inverse }, d) => {
    out[1 + d] = functional[feature]! * inverse;
  });
  for (const block of codedOf(layout)) {
    out.set(functional.subarray(block.feature, block.feature + block.levels), block.at);
  }
  return out;
}

/** The mean of every feature over the rows, in feature order. */
export function featureMeans(layout: Layout): Float64Array {
  const means = new Float64Array(layout.width);
  for (const { feature, shift } of layout.dense) means[feature] = shift;
  for (const block of codedOf(layout)) {
    for (const code of block.codes) {
      if (code >= 0) means[block.feature + code] = means[block.feature + code]! + 1;
    }
    for (let l = 0; l < block.levels; l++) {
      means[block.feature + l] = means[block.feature + l]! / Math.max(1, layout.rows);
    }
  }
  return means;
}
