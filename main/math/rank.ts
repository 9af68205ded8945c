import type { Steps } from './steps.ts';

/** Which columns of X carry information, found from its Gram matrix. */
export interface RankAnalysis {
  readonly rank: number;
  /** `rank` column indices, ascending, that are linearly independent. */
  readonly independent: Int32Array;
  /**
   * An orthonormal basis of the null space of X (X v = 0), one Float64Array of n per vector, n - rank of them,
   * in the coordinates of `X * diag(1 / units)`: see `analyseRank`.
   */
  readonly nullSpace: readonly Float64Array[];
}

/**
 * Rank, independent columns and null space of X (any number of rows, n columns) from G = X'X, by Cholesky with
 * complete pivoting on the matrix scaled to a unit diagonal (Higham 2002, section 10.3; LAPACK dpstrf). A column is
 * dependent when what the columns before it leave unexplained is below `tolerance` of its squared length.
 *
 * `gram` is n x n row-major, only its lower triangle is read; it is not changed. `unit[j]` converts coefficient j
 * to the coordinates in which lengths of null vectors are measured (v_j = unit[j] * w_j with X w = 0).
 */
export function* analyseRank(
  gram: Float64Array,
  n: number,
  unit: Float64Array,
  tolerance = Math.max(1e-11, 16 * n * Number.EPSILON),
): Steps<RankAnalysis> {
  const { order, rank, factor, scale } = yield* pivotedCholesky(gram, n, tolerance);
  const independent = order.slice(0, rank).sort();
  const vectors: Float64Array[] = [];
  for (let d = rank; d < n; d++) {
    // x_d = sum over kept columns of t_k x_k in the scaled matrix, L11' t = row d of L.
    const t = factor.slice(d * n, d * n + rank);
    for (let i = rank - 1; i >= 0; i--) {
      const value = t[i]! / factor[i * n + i]!;
      t[i] = value;
      for (let j = 0; j < i; j++) t[j] = t[j]! - value * factor[i * n + j]!;
    }
    const vector = new Float64Array(n);
    for (let k = 0; k < rank; k++) {
      const column = order[k]!;
      vector[column] = -t[k]! * scale[column]! * unit[column]!;
    }
    const own = order[d]!;
    vector[own] = scale[own]! * unit[own]!;
    vectors.push(orthonormalised(vector, vectors));
    yield 0.8 + (0.2 * (d - rank)) / (n - rank);
  }
  return { rank, independent, nullSpace: vectors };
}

interface Pivoted {
  /** Position -> column. */
  readonly order: Int32Array;
  readonly rank: number;
  /** Rows and columns in pivot order, the first `rank` columns are valid. */
  readonly factor: Float64Array;
  /** 1 / length of each column, by column; 1 for a column of zeros. */
  readonly scale: Float64Array;
}

function* pivotedCholesky(gram: Float64Array, n: number, tolerance: number): Steps<Pivoted> {
  const scale = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const square = gram[i * n + i]!;
    scale[i] = square > 0 ? 1 / Math.sqrt(square) : 1;
  }
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const factor = new Float64Array(n * n);
  const left = new Float64Array(n);
  for (let i = 0; i < n; i++) left[i] = gram[i * n + i]! > 0 ? 1 : 0;
  for (let step = 0; step < n; step++) {
    let best = step;
    for (let i = step + 1; i < n; i++) {
      if (left[order[i]!]! > left[order[best]!]!) best = i;
    }
    const column = order[best]!;
    const pivot = left[column]!;
    if (!(pivot > tolerance)) return { order, rank: step, factor, scale };
    if (best !== step) swapRows(factor, n, order, step, best);
    const root = Math.sqrt(pivot);
    factor[step * n + step] = root;
    for (let i = step + 1; i < n; i++) {
      const row = order[i]!;
      const at = row > column ? row * n + column : column * n + row;
      let value = gram[at]! * scale[row]! * scale[column]!;
      for (let k = 0; k < step; k++) value -= factor[i * n + k]! * factor[step * n + k]!;
      value /= root;
      factor[i * n + step] = value;
      left[row] = left[row]! - value * value;
    }
    yield 0.8 * (step / n);
  }
  return { order, rank: n, factor, scale };
}

function swapRows(factor: Float64Array, n: number, order: Int32Array, a: number, b: number): void {
  const held = factor.slice(a * n, a * n + n);
  factor.copyWithin(a * n, b * n, b * n + n);
  factor.set(held, b * n);
  const column = order[a]!;
  order[a] = order[b]!;
  order[b] = column;
}

/** Gram-Schmidt, twice (enough: Giraud, Langou, Rozloznik 2005), guarded against overflow. */
function orthonormalised(vector: Float64Array, basis: readonly Float64Array[]): Float64Array {
  normalise(vector);
  for (let pass = 0; pass < 2; pass++) {
    for (const other of basis) {
      let along = 0;
      for (let i = 0; i < vector.length; i++) along += vector[i]! * other[i]!;
      for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! - along * other[i]!;
    }
    normalise(vector);
  }
  return vector;
}

function normalise(vector: Float64Array): void {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return;
  let square = 0;
  for (const value of vector) square += (value / largest) ** 2;
  const length = Math.sqrt(square);
  for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! / largest / length;
}
