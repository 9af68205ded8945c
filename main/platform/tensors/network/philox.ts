/**
 * Uniform numbers in [0, 1) by Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"), the same bits as
 * TensorFlow's StatelessRandomUniform makes from the seed [`first`, `second`] (int32).
 */
export function statelessUniform(length: number, first: number, second: number): Float32Array {
  // The seed is mixed to a key and the upper half of the counter (stateless_random_ops.cc, GenerateKey); int32 seeds are widened with
  // their sign.
  const counter = Uint32Array.of(first, first < 0 ? -1 : 0, second, second < 0 ? -1 : 0);
  const mixed = philox(counter, 0x3ec8f720, 0x02461e29);
  const [key0, key1] = [mixed[0]!, mixed[1]!];
  const at = Uint32Array.of(0, 0, mixed[2]!, mixed[3]!);
  const out = new Float32Array(length);
  for (let from = 0; from < length; from += 4) {
    const four = philox(at, key0, key1);
    // 23 bits below the point (random_distributions.h, Uint32ToFloat).
    for (let k = 0; k < 4 && from + k < length; k++) out[from + k] = (four[k]! & 0x7fffff) / 0x800000;
    at[0] = at[0]! + 1;
    if (at[0] === 0) at[1] = at[1]! + 1;
  }
  return out;
}

function philox(counter: Uint32Array, key0: number, key1: number): Uint32Array {
  let [c0, c1, c2, c3] = [counter[0]!, counter[1]!, counter[2]!, counter[3]!];
  let [k0, k1] = [key0, key1];
  for (let round = 0; round < 10; round++) {
    const [high0, low0] = [mulHigh(0xd2511f53, c0), Math.imul(0xd2511f53, c0)];
    const [high1, low1] = [mulHigh(0xcd9e8d57, c2), Math.imul(0xcd9e8d57, c2)];
    [c0, c1, c2, c3] = [high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0];
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  return Uint32Array.of(c0, c1, c2, c3);
}

/** The upper 32 bits of a product of two unsigned 32-bit numbers. */
function mulHigh(a: number, b: number): number {
  const [a0, a1] = [a & 0xffff, a >>> 16];
  const [b0, b1] = [b & 0xffff, b >>> 16];
  const middle = a1 * b0 + Math.floor((a0 * b0) / 0x10000);
  const other = a0 * b1 + (middle % 0x10000);
  return (a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000)) >>> 0;
}
