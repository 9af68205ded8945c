import { analyseRank, type ArrowMatrix, type Steps } from '../../math/index.ts';
import { featureMeans, fromFeatures, toFeatures, type Layout } from './layout.ts';

/** Which unknowns the training rows determine, where no penalty settles the rest. */
export interface Identified {
  /** Unknowns to solve for, ascending, the intercept first; the others are set to 0 and follow by projection. */
  readonly active: Int32Array;
  /** Orthonormal directions in coefficient space along which predictions on the training rows do not change. */
  readonly nullSpace: readonly Float64Array[];
  readonly means: Float64Array;
}

/**
 * Rank of the centred design from its Gram matrix (of a layout without arrow, unweighted, not yet penalised): a set of
 * independent unknowns, and the directions that change nothing. `gram` is not changed.
 */
export function* identify(layout: Layout, gram: ArrowMatrix): Steps<Identified> {
  const m = layout.core;
  const n = m - 1;
  const centred = new Float64Array(n * n);
  const count = gram.core[0]!;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      centred[i * n + j] =
        gram.core[(i + 1) * m + j + 1]! - (gram.core[(i + 1) * m]! * gram.core[(j + 1) * m]!) / count;
    }
    // A column that is constant to rounding has no direction of its own.
    const own = gram.core[(i + 1) * m + i + 1]!;
    if (centred[i * n + i]! <= 64 * Number.EPSILON * own) centred[i * n + i] = 0;
  }
  const units = new Float64Array(n).fill(1);
  layout.dense.forEach(({ inverse }, d) => {
    units[d] = inverse === 0 ? 1 : inverse;
  });
  const { independent, nullSpace } = yield* analyseRank(centred, n, units);
  const active = new Int32Array(independent.length + 1);
  active.set(
    independent.map((index) => index + 1),
    1,
  );
  return {
    active,
    nullSpace: nullSpace.map((vector) => reordered(layout, vector)),
    means: featureMeans(layout),
  };
}

/** A vector over unknowns 1.. (already in coefficient units) as one over features. */
function reordered(layout: Layout, vector: Float64Array): Float64Array {
  const out = new Float64Array(layout.width);
  layout.dense.forEach(({ feature }, d) => {
    out[feature] = vector[d]!;
  });
  for (const { at, feature, levels } of layout.blocks) {
    out.set(vector.subarray(at - 1, at - 1 + levels), feature);
  }
  return out;
}

/** Intercept and coefficients in the units of the design's features. */
export interface Solution {
  readonly intercept: number;
  readonly coefficients: Float64Array;
}

/**
 * Turns theta into coefficients. Where directions are not determined, the coefficients of least length are taken:
 * the same as scikit-learn's LinearRegression and as (X'X)^+ X'y on the centred design, e.g. level effects that sum to 0.
 */
export function toSolution(layout: Layout, theta: Float64Array, identified?: Identified): Solution {
  const coefficients = toFeatures(layout, theta);
  let intercept = theta[0]!;
  for (const { feature, shift } of layout.dense) intercept -= shift * coefficients[feature]!;
  if (identified) {
    for (const v of identified.nullSpace) {
      const along = inner(v, coefficients);
      // Moving along v changes every prediction by the same amount; the intercept takes it back.
      intercept += along * inner(v, identified.means);
      for (let j = 0; j < coefficients.length; j++) coefficients[j] = coefficients[j]! - along * v[j]!;
    }
  }
  return { intercept, coefficients };
}

/** A covariance matrix of theta, as far as it is needed. */
export interface Covariance {
  readonly diagonal: Float64Array;
  times(vector: Float64Array): Float64Array;
}

/** Standard errors of what `toSolution` returns: square roots of the diagonal of T V T', T its linear map. */
export function toErrors(layout: Layout, covariance: Covariance, identified?: Identified): Solution {
  // Roots first: the square of a scale of 1e200 is not a number.
  const coefficients = toFeatures(layout, covariance.diagonal.map(root));
  const slope = new Float64Array(layout.width);
  for (const { feature, shift } of layout.dense) slope[feature] = -shift;
  if (identified && identified.nullSpace.length > 0) {
    const { nullSpace, means } = identified;
    const images = nullSpace.map((v) => toFeatures(layout, covariance.times(fromFeatures(layout, v))));
    const products = nullSpace.map((v) => images.map((image) => inner(v, image)));
    for (let j = 0; j < coefficients.length; j++) {
      let change = 0;
      nullSpace.forEach((v, a) => {
        change -= 2 * v[j]! * images[a]![j]!;
        nullSpace.forEach((u, b) => {
          change += v[j]! * u[j]! * products[a]![b]!;
        });
      });
      if (change !== 0) coefficients[j] = root(coefficients[j]! ** 2 + change);
    }
    for (const v of nullSpace) {
      const along = inner(v, means);
      for (let j = 0; j < slope.length; j++) slope[j] = slope[j]! + along * v[j]!;
    }
  }
  const functional = fromFeatures(layout, slope);
  functional[0] = 1;
  return { intercept: root(inner(functional, covariance.times(functional))), coefficients };
}

function root(variance: number): number {
  return Math.sqrt(Math.max(0, variance));
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** What a user must know of columns that are not determined. */
export function rankNotes(layout: Layout, { nullSpace, active }: Identified): string[] {
  if (nullSpace.length === 0) return [];
  return [
    `the ${layout.width} columns carry ${active.length - 1} independent ones (all levels of a column together, constant or collinear columns): many sets of coefficients predict the same, and the one of least length is shown`,
  ];
}
