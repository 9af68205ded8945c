/** A row-major matrix inside a longer array: element (i, j) is `data[offset + i * stride + j]`. */
export interface View {
  readonly data: Float64Array;
  readonly offset: number;
  readonly stride: number;
}

/**
 * target[i, j] += sign * sum over t < depth of a[i, t] * b[j, t], for rowFrom <= i < rowTo and colFrom <= j < colTo;
 * with `lower`, elements above the diagonal (j > i) may or may not be computed and must not be read.
 * In tiles of 4 x 4 that live in registers; sums run in the order of t.
 */
export function addProducts(
  target: View,
  a: View,
  b: View,
  range: { rowFrom: number; rowTo: number; colFrom: number; colTo: number; depth: number; lower: boolean },
  sign: 1 | -1,
): void {
  const { rowFrom, rowTo, colFrom, colTo, depth, lower } = range;
  for (let i = rowFrom; i < rowTo; i += 4) {
    const last = Math.min(i + 4, rowTo);
    const end = lower ? Math.min(colTo, last) : colTo;
    let j = colFrom;
    if (last - i === 4) {
      for (; j + 4 <= end; j += 4) tile(target, a, b, i, j, depth, sign);
    }
    for (; j < end; j++) {
      for (let row = i; row < last; row++) {
        const at = target.offset + row * target.stride + j;
        const product = dot(a.data, a.offset + row * a.stride, b.data, b.offset + j * b.stride, depth);
        target.data[at] = target.data[at]! + sign * product;
      }
    }
  }
}

/** Sum over t < depth of x[xAt + t] * y[yAt + t], in four interleaved sums. */
export function dot(x: Float64Array, xAt: number, y: Float64Array, yAt: number, depth: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t = 0;
  for (; t + 4 <= depth; t += 4) {
    s0 += x[xAt + t]! * y[yAt + t]!;
    s1 += x[xAt + t + 1]! * y[yAt + t + 1]!;
    s2 += x[xAt + t + 2]! * y[yAt + t + 2]!;
    s3 += x[xAt + t + 3]! * y[yAt + t + 3]!;
  }
  for (; t < depth; t++) s0 += x[xAt + t]! * y[yAt + t]!;
  return s0 + s1 + (s2 + s3);
}

function tile(target: View, a: View, b: View, i: number, j: number, depth: number, sign: number): void {
  const x = a.data;
  const y = b.data;
  let x0 = a.offset + i * a.stride;
  let x1 = x0 + a.stride;
  let x2 = x1 + a.stride;
  let x3 = x2 + a.stride;
  let y0 = b.offset + j * b.stride;
  let y1 = y0 + b.stride;
  let y2 = y1 + b.stride;
  let y3 = y2 + b.stride;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  let s23 = 0;
  let s30 = 0;
  let s31 = 0;
  let s32 = 0;
  let s33 = 0;
  for (let t = 0; t < depth; t++) {
    const v0 = y[y0++]!;
    const v1 = y[y1++]!;
    const v2 = y[y2++]!;
    const v3 = y[y3++]!;
    let u = x[x0++]!;
    s00 += u * v0;
    s01 += u * v1;
    s02 += u * v2;
    s03 += u * v3;
    u = x[x1++]!;
    s10 += u * v0;
    s11 += u * v1;
    s12 += u * v2;
    s13 += u * v3;
    u = x[x2++]!;
    s20 += u * v0;
    s21 += u * v1;
    s22 += u * v2;
    s23 += u * v3;
    u = x[x3++]!;
    s30 += u * v0;
    s31 += u * v1;
    s32 += u * v2;
    s33 += u * v3;
  }
  addRow(target, i, j, sign, s00, s01, s02, s03);
  addRow(target, i + 1, j, sign, s10, s11, s12, s13);
  addRow(target, i + 2, j, sign, s20, s21, s22, s23);
  addRow(target, i + 3, j, sign, s30, s31, s32, s33);
}

function addRow(
  target: View,
  i: number,
  j: number,
  sign: number,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
): void {
  const data = target.data;
  const at = target.offset + i * target.stride + j;
  data[at] = data[at]! + sign * s0;
  data[at + 1] = data[at + 1]! + sign * s1;
  data[at + 2] = data[at + 2]! + sign * s2;
  data[at + 3] = data[at + 3]! + sign * s3;
}
