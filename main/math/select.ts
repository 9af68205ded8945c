/**
 * Rearranges `values` so that index `k` holds what it would hold if sorted, with nothing larger before and nothing smaller
 * after it. Floyd and Rivest, "Algorithm 489: SELECT", CACM 18(3), 1975. No NaN. Expected time n + min(k, n - k).
 */
export function select(values: Float64Array, k: number, from = 0, to = values.length - 1): number {
  let left = from;
  let right = to;
  while (right > left) {
    if (right - left > 600) {
      const n = right - left + 1;
      const m = k - left + 1;
      const z = Math.log(n);
      const s = 0.5 * Math.exp((2 * z) / 3);
      const sd = 0.5 * Math.sqrt((z * s * (n - s)) / n) * (m - n / 2 < 0 ? -1 : 1);
      select(
        values,
        k,
        Math.max(left, Math.floor(k - (m * s) / n + sd)),
        Math.min(right, Math.floor(k + ((n - m) * s) / n + sd)),
      );
    }
    const pivot = at(values, k);
    let i = left;
    let j = right;
    swap(values, left, k);
    if (at(values, right) > pivot) swap(values, left, right);
    while (i < j) {
      swap(values, i, j);
      i++;
      j--;
      while (at(values, i) < pivot) i++;
      while (at(values, j) > pivot) j--;
    }
    if (at(values, left) === pivot) {
      swap(values, left, j);
    } else {
      j++;
      swap(values, j, right);
    }
    if (j <= k) left = j + 1;
    if (k <= j) right = j - 1;
  }
  return at(values, k);
}

/**
 * The quantile `q` in 0..1 with linear interpolation between order statistics (Hyndman and Fan, type 7: numpy's and R's
 * default), in linear time and without sorting. Rearranges `values`. No NaN; NaN when empty.
 */
export function selectQuantile(values: Float64Array, q: number): number {
  const n = values.length;
  if (n === 0) return NaN;
  const position = (n - 1) * q;
  const low = Math.floor(position);
  const share = position - low;
  const a = select(values, low);
  if (share === 0 || low + 1 >= n) return a;
  let b = Infinity;
  for (let i = low + 1; i < n; i++) if (at(values, i) < b) b = at(values, i);
  return share < 0.5 ? a + (b - a) * share : b - (b - a) * (1 - share);
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? NaN;
}

function swap(values: Float64Array, i: number, j: number): void {
  const held = at(values, i);
  values[i] = at(values, j);
  values[j] = held;
}
