/** Eigenvalues, largest first, and for each its eigenvector of unit length. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** n x n, row-major: row i belongs to `values[i]`. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric n x n matrix (row-major; its lower triangle is read, nothing is changed):
 * Householder's reduction to a tridiagonal matrix, then implicit QL (EISPACK tred2 and tql2: Bowdler, Martin, Reinsch and
 * Wilkinson, Handbook for Automatic Computation II, 1971).
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const z = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) z[i * n + j] = z[j * n + i] = matrix[i * n + j]!;
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  tridiagonal(z, d, e, n);
  diagonal(z, d, e, n);
  const order = Array.from(d.keys()).sort((a, b) => d[b]! - d[a]! || a - b);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let k = 0; k < n; k++) vectors[to * n + k] = z[k * n + from]!;
  });
  return { values: Float64Array.from(order, (i) => d[i]!), vectors };
}

/** tred2: on return `d` is the diagonal, `e[1..]` what is beside it, `z` the transformation. */
function tridiagonal(z: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) d[j] = z[(n - 1) * n + j]!;
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    let h = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]!);
    if (scale === 0) {
      e[i] = d[i - 1]!;
      for (let j = 0; j < i; j++) {
        d[j] = z[(i - 1) * n + j]!;
        z[i * n + j] = z[j * n + i] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) {
        d[k] = d[k]! / scale;
        h += d[k]! * d[k]!;
      }
      let f = d[i - 1]!;
      let g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
      e[i] = scale * g;
      h -= f * g;
      d[i - 1] = f - g;
      e.fill(0, 0, i);
      for (let j = 0; j < i; j++) {
        f = d[j]!;
        z[j * n + i] = f;
        g = e[j]! + z[j * n + j]! * f;
        for (let k = j + 1; k < i; k++) {
          g += z[k * n + j]! * d[k]!;
          e[k] = e[k]! + z[k * n + j]! * f;
        }
        e[j] = g;
      }
      f = 0;
      for (let j = 0; j < i; j++) {
        e[j] = e[j]! / h;
        f += e[j]! * d[j]!;
      }
      const half = f / (h + h);
      for (let j = 0; j < i; j++) e[j] = e[j]! - half * d[j]!;
      for (let j = 0; j < i; j++) {
        f = d[j]!;
        g = e[j]!;
        for (let k = j; k < i; k++) z[k * n + j] = z[k * n + j]! - (f * e[k]! + g * d[k]!);
        d[j] = z[(i - 1) * n + j]!;
        z[i * n + j] = 0;
      }
    }
    d[i] = h;
  }
  for (let i = 0; i < n - 1; i++) {
    z[(n - 1) * n + i] = z[i * n + i]!;
    z[i * n + i] = 1;
    const h = d[i + 1]!;
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = z[k * n + i + 1]! / h;
      for (let j = 0; j <= i; j++) {
        let g = 0;
        for (let k = 0; k <= i; k++) g += z[k * n + i + 1]! * z[k * n + j]!;
        for (let k = 0; k <= i; k++) z[k * n + j] = z[k * n + j]! - g * d[k]!;
      }
    }
    for (let k = 0; k <= i; k++) z[k * n + i + 1] = 0;
  }
  for (let j = 0; j < n; j++) {
    d[j] = z[(n - 1) * n + j]!;
    z[(n - 1) * n + j] = 0;
  }
  if (n > 0) z[n * n - 1] = 1;
  e[0] = 0;
}

/** tql2: on return `d` holds the eigenvalues and the columns of `z` the eigenvectors. */
function diagonal(z: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  e.copyWithin(0, 1);
  if (n > 0) e[n - 1] = 0;
  let f = 0;
  let largest = 0;
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]!) + Math.abs(e[l]!));
    let m = l;
    while (m < n - 1 && Math.abs(e[m]!) > Number.EPSILON * largest) m++;
    // At most 30 rounds are ever needed in practice; the bound keeps a matrix with NaN from going on for ever.
    const most = m > l ? 60 : 0;
    for (let round = 0; round < most; round++) {
      let g = d[l]!;
      let p = (d[l + 1]! - g) / (2 * e[l]!);
      let r = Math.hypot(p, 1);
      if (p < 0) r = -r;
      d[l] = e[l]! / (p + r);
      d[l + 1] = e[l]! * (p + r);
      const next = d[l + 1]!;
      let h = g - d[l]!;
      for (let i = l + 2; i < n; i++) d[i] = d[i]! - h;
      f += h;
      p = d[m]!;
      let [c, c2, c3] = [1, 1, 1];
      const beside = e[l + 1]!;
      let [s, s2] = [0, 0];
      for (let i = m - 1; i >= l; i--) {
        [c3, c2, s2] = [c2, c, s];
        g = c * e[i]!;
        h = c * p;
        r = Math.hypot(p, e[i]!);
        e[i + 1] = s * r;
        s = e[i]! / r;
        c = p / r;
        p = c * d[i]! - s * g;
        d[i + 1] = h + s * (c * g + s * d[i]!);
        for (let k = 0; k < n; k++) {
          const right = z[k * n + i + 1]!;
          const left = z[k * n + i]!;
          z[k * n + i + 1] = s * left + c * right;
          z[k * n + i] = c * left - s * right;
        }
      }
      p = (-s * s2 * c3 * beside * e[l]!) / next;
      e[l] = s * p;
      d[l] = c * p;
      if (Math.abs(e[l]!) <= Number.EPSILON * largest) break;
    }
    d[l] = d[l]! + f;
    e[l] = 0;
  }
}
