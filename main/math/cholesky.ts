import { addProducts, dot } from './products.ts';
import type { Steps } from './steps.ts';

const panel = 64;

/**
 * Cholesky factor of a symmetric positive definite matrix, in place: on return the lower triangle of `matrix`
 * (n x n, row-major; only its lower triangle is read) holds L with A = L L'. The upper triangle is left undefined.
 * Right-looking, in panels of 64 columns (Golub and Van Loan 2013, algorithm 4.2.4).
 *
 * Returns -1, or the first row whose pivot is not above `tolerance` times its diagonal: A is not positive definite
 * to working precision, and `matrix` is then of no use.
 */
export function* choleskySteps(matrix: Float64Array, n: number, tolerance = 0): Steps<number> {
  const floor = new Float64Array(n);
  for (let i = 0; i < n; i++) floor[i] = tolerance * matrix[i * n + i]!;
  const view = { data: matrix, offset: 0, stride: n };
  for (let from = 0; from < n; from += panel) {
    const to = Math.min(n, from + panel);
    for (let j = from; j < to; j++) {
      const pivot = matrix[j * n + j]! - dot(matrix, j * n + from, matrix, j * n + from, j - from);
      if (!(pivot > floor[j]!) || pivot === Infinity) return j;
      const root = Math.sqrt(pivot);
      matrix[j * n + j] = root;
      for (let i = j + 1; i < n; i++) {
        const rest = dot(matrix, i * n + from, matrix, j * n + from, j - from);
        matrix[i * n + j] = (matrix[i * n + j]! - rest) / root;
      }
    }
    const left = { data: matrix, offset: from, stride: n };
    for (let rows = to; rows < n; rows += panel) {
      const rowTo = Math.min(n, rows + panel);
      addProducts(
        view,
        left,
        left,
        { rowFrom: rows, rowTo, colFrom: to, colTo: rowTo, depth: to - from, lower: true },
        -1,
      );
      yield 1 - ((n - to) / n) ** 3;
    }
  }
  return -1;
}

/** Solves L x = b in place, L lower triangular n x n row-major. */
export function solveLower(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    b[i] = (b[i]! - dot(factor, i * n, b, 0, i)) / factor[i * n + i]!;
  }
}

/** Solves L' x = b in place, L lower triangular n x n row-major. */
export function solveLowerTransposed(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    const value = b[i]! / factor[i * n + i]!;
    b[i] = value;
    for (let j = 0; j < i; j++) b[j] = b[j]! - value * factor[i * n + j]!;
  }
}

/** Solves A x = b in place, given the factor that `choleskySteps` left. */
export function solveCholesky(factor: Float64Array, n: number, b: Float64Array): void {
  solveLower(factor, n, b);
  solveLowerTransposed(factor, n, b);
}

/**
 * Inverse of A from its factor: full symmetric n x n, row-major. L is inverted row by row, then A^-1 = L^-T L^-1
 * (Higham 2002, section 14.2). The factor is not changed.
 */
export function* inverseSteps(factor: Float64Array, n: number): Steps<Float64Array> {
  // Row j of `columns` is column j of L^-1, so that both products run along rows.
  const columns = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const at = j * n;
    columns[at + j] = 1 / factor[at + j]!;
    for (let i = j + 1; i < n; i++) {
      columns[at + i] = -dot(factor, i * n + j, columns, at + j, i - j) / factor[i * n + i]!;
    }
    if (j % 16 === 15) yield (j / n) * 0.6;
  }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      // Column i of L^-1 is zero above row i.
      const value = dot(columns, i * n + i, columns, j * n + i, n - i);
      inverse[i * n + j] = value;
      inverse[j * n + i] = value;
    }
    if (i % 16 === 15) yield 0.6 + (i / n) * 0.4;
  }
  return inverse;
}
