import { choleskySteps, solveCholesky } from './cholesky.ts';
import { dot } from './products.ts';
import type { Steps } from './steps.ts';

/**
 * A symmetric matrix of the form
 *
 *     [ core    cross' ]     core:     m x m, row-major, only the lower triangle is used
 *     [ cross   diag   ]     cross:    s x m, row-major
 *                            diagonal: s
 *
 * as the Gram matrix of a design is whose largest one-hot block comes last: two levels of one block never meet in a
 * row. Solving costs s m^2 + m^3 / 3 instead of (s + m)^3 / 3. With s = 0 it is any symmetric matrix.
 */
export interface ArrowMatrix {
  readonly core: Float64Array;
  readonly cross: Float64Array;
  readonly diagonal: Float64Array;
}

export function createArrow(m: number, s: number): ArrowMatrix {
  return {
    core: new Float64Array(m * m),
    cross: new Float64Array(s * m),
    diagonal: new Float64Array(s),
  };
}

/** A factored arrow matrix M (m + s unknowns, core first). */
export interface ArrowFactor {
  /** Solves M x = b in place. */
  solve(b: Float64Array): void;
  /** The diagonal of M^-1, m + s values. */
  inverseDiagonal(): Steps<Float64Array>;
}

/**
 * Factors a positive definite arrow matrix by its Schur complement S = core - cross' diag^-1 cross (Boyd and
 * Vandenberghe 2004, appendix C.4) and the Cholesky factor of S. Overwrites `core`. Returns undefined when M is not
 * positive definite to working precision.
 */
export function* factorArrow(matrix: ArrowMatrix): Steps<ArrowFactor | undefined> {
  const { core, cross, diagonal } = matrix;
  const s = diagonal.length;
  const m = Math.round(Math.sqrt(core.length));
  const own = new Float64Array(m);
  for (let i = 0; i < m; i++) own[i] = core[i * m + i]!;
  for (let level = 0; level < s; level++) {
    const weight = diagonal[level]!;
    if (!(weight > 0)) return undefined;
    subtractOuter(core, m, cross, level * m, weight);
    if (level % 64 === 63) yield (0.5 * level) / s;
  }
  for (let i = 0; i < m; i++) {
    // What the Schur complement left of the diagonal must stand clear of its own rounding.
    if (!(core[i * m + i]! > 8 * Number.EPSILON * own[i]!)) return undefined;
  }
  const failed = yield* choleskySteps(core, m, 8 * Number.EPSILON);
  if (failed >= 0) return undefined;
  return {
    solve(b) {
      solveArrow(matrix, m, s, b);
    },
    *inverseDiagonal() {
      const result = new Float64Array(m + s);
      const column = new Float64Array(m);
      for (let i = 0; i < m; i++) {
        column.fill(0);
        column[i] = 1;
        // |L^-1 e_i|^2 summed by column gives diag(S^-1): L^-T L^-1.
        result[i] = lowerSolveNorm(core, m, column, i);
        if (i % 8 === 7) yield (0.5 * i) / m;
      }
      for (let level = 0; level < s; level++) {
        const weight = diagonal[level]!;
        column.set(cross.subarray(level * m, level * m + m));
        const quadratic = lowerSolveNorm(core, m, column, 0);
        result[m + level] = 1 / weight + quadratic / weight / weight;
        if (level % 8 === 7) yield 0.5 + (0.5 * level) / s;
      }
      return result;
    },
  };
}

/** core -= v v' / weight on the lower triangle, v = cross[at ... at + m). */
function subtractOuter(core: Float64Array, m: number, cross: Float64Array, at: number, weight: number): void {
  for (let i = 0; i < m; i++) {
    const value = cross[at + i]! / weight;
    if (value === 0) continue;
    const row = i * m;
    for (let j = 0; j <= i; j++) {
      core[row + j] = core[row + j]! - value * cross[at + j]!;
    }
  }
}

function solveArrow(matrix: ArrowMatrix, m: number, s: number, b: Float64Array): void {
  const { core, cross, diagonal } = matrix;
  const head = b.subarray(0, m);
  for (let level = 0; level < s; level++) {
    const value = b[m + level]! / diagonal[level]!;
    b[m + level] = value;
    const at = level * m;
    for (let i = 0; i < m; i++) head[i] = head[i]! - value * cross[at + i]!;
  }
  solveCholesky(core, m, head);
  for (let level = 0; level < s; level++) {
    b[m + level] = b[m + level]! - dot(cross, level * m, head, 0, m) / diagonal[level]!;
  }
}

/** Squared length of L^-1 v, where v is zero before `first`; overwrites v. */
function lowerSolveNorm(factor: Float64Array, m: number, v: Float64Array, first: number): number {
  let square = 0;
  for (let i = first; i < m; i++) {
    const value = (v[i]! - dot(factor, i * m + first, v, first, i - first)) / factor[i * m + i]!;
    v[i] = value;
    square += value * value;
  }
  return square;
}
