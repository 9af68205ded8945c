/**
 * Uniform numbers in [0, 1) by Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"), the same bits as
 * TensorFlow's StatelessRandomUniform makes from the seed [`first`, `second`] (int32).
 */
export function statelessUniform(length: number, first: number, second: number): Float32Array {
  // The seed is mixed to a key and the upper half of the counter (stateless_random_ops.cc, GenerateKey); int32 seeds are widened with
  // their sign.
  const counter = Uint32Array.of(first, first < 0 ? -1 : 0, second, second < 0 ? -1 : 0);
  const mixed = new Uint32Array(4);
  philox(counter, 0x3ec8f720, 0x02461e29, mixed);
  const [key0, key1] = [mixed[0]!, mixed[1]!];
  const at = Uint32Array.of(0, 0, mixed[2]!, mixed[3]!);
  const four = new Uint32Array(4);
  const out = new Float32Array(length);
  for (let from = 0; from < length; from += 4) {
    philox(at, key0, key1, four);
    // 23 bits below the point (random_distributions.h, Uint32ToFloat).
    for (let k = 0; k < 4 && from + k < length; k++) out[from + k] = (four[k]! & 0x7fffff) / 0x800000;
    at[0] = at[0]! + 1;
    if (at[0] === 0) at[1] = at[1]! + 1;
  }
  return out;
}

/** Ten rounds over the counter, into `out`. */
function philox(counter: Uint32Array, key0: number, key1: number, out: Uint32Array): void {
  let c0 = counter[0]! | 0;
  let c1 = counter[1]! | 0;
  let c2 = counter[2]! | 0;
  let c3 = counter[3]! | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = mulHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** The upper 32 bits of a product of two unsigned 32-bit numbers; every part stays below 2 ** 32. */
function mulHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const low = Math.imul(a0, b0) >>> 16;
  const middle = (Math.imul(a1, b0) >>> 0) + low;
  const other = (Math.imul(a0, b1) >>> 0) + (middle & 0xffff);
  return (Math.imul(a1, b1) + (middle >>> 16) + (other >>> 16)) | 0;
}
