/**
 * The Sobol sequence (Sobol 1967) in Gray-code order (Antonov and Saleev 1979), with the direction numbers of Joe and Kuo,
 * "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30 (2008), file new-joe-kuo-6.
 * Points are multiples of 2^-30, as in scipy.stats.qmc.Sobol.
 */
const bits = 30;

/** Dimensions 2 to 24: the primitive polynomial with all its coefficients as bits, and the first direction numbers. */
const table: readonly (readonly [polynomial: number, initial: readonly number[]])[] = [
  [3, [1]],
  [7, [1, 3]],
  [11, [1, 3, 1]],
  [13, [1, 1, 1]],
  [19, [1, 1, 3, 3]],
  [25, [1, 3, 5, 13]],
  [37, [1, 1, 5, 5, 17]],
  [41, [1, 1, 5, 5, 5]],
  [47, [1, 1, 7, 11, 19]],
  [55, [1, 1, 5, 1, 1]],
  [59, [1, 1, 1, 3, 11]],
  [61, [1, 3, 5, 5, 31]],
  [67, [1, 3, 3, 9, 7, 49]],
  [91, [1, 1, 1, 15, 21, 21]],
  [97, [1, 3, 1, 13, 27, 49]],
  [103, [1, 1, 1, 15, 7, 5]],
  [109, [1, 3, 1, 15, 13, 25]],
  [115, [1, 1, 5, 5, 19, 61]],
  [131, [1, 3, 7, 11, 23, 15, 103]],
  [137, [1, 3, 7, 13, 13, 15, 69]],
  [143, [1, 1, 3, 13, 7, 35, 63]],
  [145, [1, 3, 5, 9, 1, 25, 53]],
  [157, [1, 3, 1, 13, 9, 35, 107]],
];

/** The most dimensions a sequence here has. */
export const sobolDimensions = table.length + 1;

/** Direction numbers of one dimension (from 0), each shifted to `bits` bits. */
function directions(dimension: number): number[] {
  const entry = table[dimension - 1];
  if (!entry) return Array.from({ length: bits }, (_, i) => 2 ** (bits - 1 - i));
  const [polynomial, initial] = entry;
  const degree = initial.length;
  const m = [...initial];
  for (let k = degree; k < bits; k++) {
    let next = m[k - degree] ?? 0;
    // BigInt-free: m grows to `bits` bits, and each product stays below 2^31.
    for (let i = 1; i <= degree; i++) {
      if ((polynomial >> (degree - i)) & 1) next ^= (m[k - i] ?? 0) * 2 ** i;
    }
    m.push(next);
  }
  return m.map((value, k) => value * 2 ** (bits - 1 - k));
}

/**
 * Point `index` (from 0, which is the origin) of the sequence, one number in [0, 1) per dimension. `shift`, integers below 2^30, is
 * combined bit by bit (a digital shift): it moves all points together and keeps how evenly they lie.
 */
export function sobolPoint(index: number, dimensions: number, shift?: ArrayLike<number>): Float64Array {
  if (dimensions > sobolDimensions) throw new RangeError(`at most ${sobolDimensions} dimensions`);
  const gray = index ^ (index >>> 1);
  return Float64Array.from({ length: dimensions }, (_, d) => {
    let value = shift?.[d] ?? 0;
    directions(d).forEach((direction, bit) => {
      if ((gray >>> bit) & 1) value ^= direction;
    });
    return value / 2 ** bits;
  });
}
