import { createArrow, factorArrow, type ArrowMatrix, type Steps } from '../../math/index.ts';

/** A factored normal matrix M = X'WX + diag(penalties), over the active unknowns; the others stay 0. */
export interface Normal {
  /** Solves M x = b in place; unknowns that are not active come out 0. */
  solve(b: Float64Array): void;
  /** The diagonal of M^-1; 0 for unknowns that are not active. */
  inverseDiagonal(): Steps<Float64Array>;
}

/**
 * Adds penalties to a Gram matrix (overwriting it) and factors it. `active`: ascending indices into the unknowns, only
 * for matrices without an arrow. Returns undefined when M is not positive definite to working precision.
 */
export function* factorNormal(
  gram: ArrowMatrix,
  penalties: Float64Array,
  active: Int32Array | undefined,
): Steps<Normal | undefined> {
  const m = Math.round(Math.sqrt(gram.core.length));
  for (let i = 0; i < m; i++) gram.core[i * m + i] = gram.core[i * m + i]! + penalties[i]!;
  for (let l = 0; l < gram.diagonal.length; l++) {
    gram.diagonal[l] = gram.diagonal[l]! + penalties[m + l]!;
  }
  if (active === undefined) return yield* factorArrow(gram);
  const part = createArrow(active.length, 0);
  active.forEach((row, i) => {
    for (let j = 0; j <= i; j++) part.core[i * active.length + j] = gram.core[row * m + active[j]!]!;
  });
  const factor = yield* factorArrow(part);
  if (factor === undefined) return undefined;
  const spread = (from: Float64Array, to: Float64Array): Float64Array => {
    to.fill(0);
    active.forEach((index, i) => {
      to[index] = from[i]!;
    });
    return to;
  };
  return {
    solve(b) {
      const packed = Float64Array.from(active, (index) => b[index]!);
      factor.solve(packed);
      spread(packed, b);
    },
    *inverseDiagonal() {
      return spread(yield* factor.inverseDiagonal(), new Float64Array(m));
    },
  };
}
