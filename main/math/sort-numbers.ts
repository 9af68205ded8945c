const digit = 2048;
const mask = digit - 1;
const passes = 6;
/** Below, the engine's own sort is as quick. */
const few = 4096;

/**
 * Sorts numbers in place, ascending: -Infinity first, -0 before 0, NaN last. Least significant digit first (Knuth, The Art of
 * Computer Programming 3, 5.2.5), six digits of 11 bits of the order-preserving integer behind a double: linear, 2 to 3 times
 * as quick as comparing. Takes 16 bytes a value for the time being. NaN must have its sign bit clear, as the quiet NaN has.
 */
export function sortNumbers(values: Float64Array): Float64Array {
  const n = values.length;
  if (n < few) return values.sort();
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * n);
  let low: Uint32Array = new Uint32Array(n);
  let high: Uint32Array = new Uint32Array(n);
  const places = new Uint32Array(passes * digit);
  for (let i = 0; i < n; i++) {
    const upper = words[2 * i + 1]!;
    // A negative number's bits are turned round, a positive one's sign is set: then integers have the order of the doubles.
    const flip = upper >> 31;
    const l = (words[2 * i]! ^ flip) >>> 0;
    const h = (upper ^ (flip | 0x80000000)) >>> 0;
    low[i] = l;
    high[i] = h;
    for (let pass = 0; pass < passes; pass++) {
      const at = pass * digit + digitOf(l, h, pass);
      places[at] = places[at]! + 1;
    }
  }
  let otherLow: Uint32Array = new Uint32Array(n);
  let otherHigh: Uint32Array = new Uint32Array(n);
  for (let pass = 0; pass < passes; pass++) {
    if (!toStarts(places, pass * digit, n)) continue;
    scatterBy(pass, places.subarray(pass * digit, (pass + 1) * digit), low, high, otherLow, otherHigh);
    [low, otherLow] = [otherLow, low];
    [high, otherHigh] = [otherHigh, high];
  }
  for (let i = 0; i < n; i++) {
    const h = high[i]!;
    const flip = (h >>> 31) - 1;
    words[2 * i] = low[i]! ^ flip;
    words[2 * i + 1] = h ^ (flip | 0x80000000);
  }
  return values;
}

function digitOf(low: number, high: number, pass: number): number {
  if (pass === 0) return low & mask;
  if (pass === 1) return (low >>> 11) & mask;
  if (pass === 2) return (low >>> 22) | ((high & 1) << 10);
  if (pass === 3) return (high >>> 1) & mask;
  return pass === 4 ? (high >>> 12) & mask : high >>> 23;
}

/** Counts to the places where each digit starts; false when all have the same one. */
function toStarts(places: Uint32Array, from: number, n: number): boolean {
  let start = 0;
  for (let at = from; at < from + digit; at++) {
    const count = places[at]!;
    if (count === n) return false;
    places[at] = start;
    start += count;
  }
  return true;
}

/** One loop per pass, so that each is compiled for its own shifts. */
function scatterBy(
  pass: number,
  starts: Uint32Array,
  low: Uint32Array,
  high: Uint32Array,
  toLow: Uint32Array,
  toHigh: Uint32Array,
): void {
  const n = low.length;
  const put = (at: number, l: number, h: number): void => {
    const place = starts[at]!;
    starts[at] = place + 1;
    toLow[place] = l;
    toHigh[place] = h;
  };
  if (pass === 0) for (let i = 0; i < n; i++) put(low[i]! & mask, low[i]!, high[i]!);
  else if (pass === 1) for (let i = 0; i < n; i++) put((low[i]! >>> 11) & mask, low[i]!, high[i]!);
  else if (pass === 2)
    for (let i = 0; i < n; i++) put((low[i]! >>> 22) | ((high[i]! & 1) << 10), low[i]!, high[i]!);
  else if (pass === 3) for (let i = 0; i < n; i++) put((high[i]! >>> 1) & mask, low[i]!, high[i]!);
  else if (pass === 4) for (let i = 0; i < n; i++) put((high[i]! >>> 12) & mask, low[i]!, high[i]!);
  else for (let i = 0; i < n; i++) put(high[i]! >>> 23, low[i]!, high[i]!);
}
