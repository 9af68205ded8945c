/** A curve that only rises, straight between its points and flat outside them. Both lists have the same length, `x` ascending. */
export interface RisingCurve {
  x: number[];
  y: number[];
}

/**
 * Isotonic regression by pooling adjacent violators (Best and Chakravarti 1990): the rising step values nearest to `y` in weighted
 * squares, at the distinct values of `x`. O(n log n). Agrees with scikit-learn's IsotonicRegression to 1e-9.
 */
export function isotonic(x: Float64Array, y: Float64Array, weights?: Float64Array): RisingCurve {
  const order = Int32Array.from(x.keys()).sort((a, b) => x[a]! - x[b]!);
  /** Blocks of equal value: the first and last `x`, the mean of `y`, the weight. */
  const blocks: { from: number; to: number; value: number; weight: number }[] = [];
  const pool = (): void => {
    while (blocks.length > 1 && blocks.at(-2)!.value >= blocks.at(-1)!.value) {
      const late = blocks.pop()!;
      const early = blocks.pop()!;
      const weight = early.weight + late.weight;
      const value = (early.value * early.weight + late.value * late.weight) / weight;
      blocks.push({ from: early.from, to: late.to, value, weight });
    }
  };
  for (let i = 0; i < order.length;) {
    const at = x[order[i]!]!;
    let weight = 0;
    let total = 0;
    for (; i < order.length && x[order[i]!] === at; i++) {
      const own = weights?.[order[i]!] ?? 1;
      weight += own;
      total += own * y[order[i]!]!;
    }
    if (weight === 0) continue;
    blocks.push({ from: at, to: at, value: total / weight, weight });
    pool();
  }
  const points = blocks.flatMap(({ from, to, value }) =>
    from === to
      ? [{ x: from, y: value }]
      : [
          { x: from, y: value },
          { x: to, y: value },
        ],
  );
  return { x: points.map((point) => point.x), y: points.map((point) => point.y) };
}

/** The curve at a value. O(log points). */
export function alongCurve({ x, y }: RisingCurve, value: number): number {
  const last = x.length - 1;
  if (value <= x[0]!) return y[0]!;
  if (value >= x[last]!) return y[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= value) low = middle;
    else high = middle;
  }
  return y[low]! + ((value - x[low]!) / (x[high]! - x[low]!)) * (y[high]! - y[low]!);
}

/**
 * The curve at points that are at least `gap` apart, and at its ends: bounded in size, and never so steep that the last digits
 * of a model's probability show.
 */
export function thinned(curve: RisingCurve, gap: number): RisingCurve {
  const kept: number[] = [];
  for (const x of curve.x) if (kept.length === 0 || x - kept.at(-1)! >= gap) kept.push(x);
  const end = curve.x.at(-1)!;
  if (kept.at(-1) !== end) {
    if (kept.length > 1) kept.pop();
    kept.push(end);
  }
  return { x: kept, y: kept.map((x) => alongCurve(curve, x)) };
}
