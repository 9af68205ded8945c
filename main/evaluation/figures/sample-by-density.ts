/**
 * At most `most` row numbers, ascending, that show where points lie: the plane is cut into 48 x 48 cells, each gives rows
 * in proportion to the square root of how many it holds, at least one, spread evenly over its rows. Lone points stay,
 * crowds are thinned. No randomness: the same points give the same rows.
 */
export function sampleByDensity(x: Float64Array, y: Float64Array, most = 2000): Int32Array {
  const n = x.length;
  if (n <= most) return Int32Array.from({ length: n }, (_, i) => i);
  const cells = new Int32Array(n);
  const [atX, atY] = [binner(x), binner(y)];
  const counts = new Uint32Array(side * side);
  for (let i = 0; i < n; i++) {
    const cell = atY(y[i]!) * side + atX(x[i]!);
    cells[i] = cell;
    counts[cell] = counts[cell]! + 1;
  }
  const quotas = shareOut(counts, most);
  const seen = new Uint32Array(side * side);
  const chosen: number[] = [];
  for (let i = 0; i < n; i++) {
    const cell = cells[i]!;
    const quota = quotas[cell]!;
    const count = counts[cell]!;
    const before = seen[cell]!;
    seen[cell] = before + 1;
    // Row number `before` of the cell is taken when the running share passes a whole number.
    if (Math.floor(((before + 1) * quota) / count) > Math.floor((before * quota) / count)) chosen.push(i);
  }
  return Int32Array.from(chosen);
}

const side = 48;

function binner(values: Float64Array): (value: number) => number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  // Halved, so that a span from -1e308 to 1e308 is a number.
  const span = high / 2 - low / 2;
  return (value) => (span === 0 ? 0 : Math.min(side - 1, Math.floor(((value / 2 - low / 2) / span) * side)));
}

/** Rows per cell: 1 each where there are rows, the rest by square root; never more than it holds nor `most` together. */
function shareOut(counts: Uint32Array, most: number): Uint32Array {
  const roots = Float64Array.from(counts, (count) => Math.sqrt(count));
  const total = roots.reduce((sum, root) => sum + root, 0);
  const filled = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const free = Math.max(0, most - filled);
  const quotas = Uint32Array.from(counts, (count, cell) =>
    count === 0 ? 0 : Math.min(count, 1 + Math.floor((free * roots[cell]!) / total)),
  );
  // More filled cells than rows to give: every other one gives up its row.
  let surplus = filled - most;
  for (const first of [0, 1]) {
    for (let cell = first; surplus > 0 && cell < quotas.length; cell += 2) {
      if (quotas[cell] === 0) continue;
      quotas[cell] = 0;
      surplus--;
    }
  }
  return quotas;
}
