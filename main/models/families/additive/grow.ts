/** Sums over the rows of each bin. */
export interface Histogram {
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly rows: Float64Array;
}

export interface Growth {
  readonly leaves: number;
  readonly leastRows: number;
  readonly l2: number;
}

/**
 * A step for every bin by a tree on one feature: ranges of bins (in order of the bins, or for levels in order of their own best step)
 * that make the quadratic model of the loss smallest, split greedily. `way` of 1 or -1 holds the steps to one way. Missing is a leaf of
 * its own. Bins without rows get the step of their leaf; levels without rows none.
 */
export function growCurve(
  histogram: Histogram,
  levels: boolean,
  way: -1 | 0 | 1,
  { leaves, leastRows, l2 }: Growth,
  out: Float64Array,
): void {
  const { gradient, curvature, rows } = histogram;
  const bins = gradient.length;
  out.fill(0);
  if (rows[0]! >= leastRows) out[0] = stepOf(gradient[0]!, curvature[0]!, l2);
  let order: number[] | undefined;
  if (levels) {
    order = [];
    for (let bin = 1; bin < bins; bin++) if (rows[bin]! > 0) order.push(bin);
    // Levels of few rows stand nearer to no step.
    const key = (bin: number): number => gradient[bin]! / (curvature[bin]! + l2 + 1e-9);
    order.sort((a, b) => key(a) - key(b) || a - b);
  }
  const count = order ? order.length : bins - 1;
  const binAt = (at: number): number => (order ? order[at]! : at + 1);
  const g = new Float64Array(count + 1);
  const h = new Float64Array(count + 1);
  const n = new Float64Array(count + 1);
  for (let at = 0; at < count; at++) {
    const bin = binAt(at);
    g[at + 1] = g[at]! + gradient[bin]!;
    h[at + 1] = h[at]! + curvature[bin]!;
    n[at + 1] = n[at]! + rows[bin]!;
  }
  const worth = (from: number, to: number): number => {
    const sum = g[to]! - g[from]!;
    const weight = h[to]! - h[from]! + l2;
    return weight > 0 ? (sum * sum) / weight : 0;
  };
  const best = (from: number, to: number) => {
    const whole = worth(from, to);
    let gain = 0;
    let at = -1;
    for (let cut = from + 1; cut < to; cut++) {
      if (n[cut]! - n[from]! < leastRows) continue;
      if (n[to]! - n[cut]! < leastRows) break;
      const found = worth(from, cut) + worth(cut, to) - whole;
      if (found > gain) {
        gain = found;
        at = cut;
      }
    }
    return { from, to, gain, at };
  };
  const ranges = [best(0, count)];
  while (ranges.length < leaves) {
    let pick = -1;
    ranges.forEach(({ gain }, i) => {
      if (gain > (ranges[pick]?.gain ?? 0)) pick = i;
    });
    const chosen = ranges[pick];
    if (!chosen) break;
    ranges.splice(pick, 1, best(chosen.from, chosen.at), best(chosen.at, chosen.to));
  }
  const steps = ranges.map(({ from, to }) => stepOf(g[to]! - g[from]!, h[to]! - h[from]!, l2));
  if (way !== 0) {
    const weights = ranges.map(({ from, to }) => h[to]! - h[from]! + l2);
    hold(steps, weights, way);
  }
  ranges.forEach(({ from, to }, i) => {
    for (let at = from; at < to; at++) out[binAt(at)] = steps[i]!;
  });
}

function stepOf(gradient: number, curvature: number, l2: number): number {
  const weight = curvature + l2;
  return weight > 0 ? -gradient / weight : 0;
}

/** Pools neighbours that go the wrong way (Ayer et al. 1955), in place. */
function hold(steps: number[], weights: readonly number[], way: 1 | -1): void {
  const pools: { sum: number; weight: number; count: number }[] = [];
  steps.forEach((step, i) => {
    pools.push({ sum: step * weights[i]!, weight: weights[i]!, count: 1 });
    for (;;) {
      const last = pools.at(-1);
      const before = pools.at(-2);
      if (!last || !before) break;
      const falls = way * (last.sum / (last.weight || 1) - before.sum / (before.weight || 1)) < 0;
      if (!falls) break;
      pools.pop();
      before.sum += last.sum;
      before.weight += last.weight;
      before.count += last.count;
    }
  });
  let at = 0;
  for (const { sum, weight, count } of pools)
    for (let i = 0; i < count; i++) steps[at++] = weight > 0 ? sum / weight : 0;
}

/**
 * A step for every cell of a grid of a x b bins: one cut of one axis, and on each side its own cut of the other. Returns what it improves
 * the quadratic model by; `out` may be left out.
 */
export function growGrid(
  { gradient, curvature, rows }: Histogram,
  a: number,
  b: number,
  { leastRows, l2 }: Growth,
  out?: Float64Array,
): number {
  // Sums over all cells before (i, j).
  const width = b + 1;
  const table = (cells: Float64Array): Float64Array => {
    const sums = new Float64Array((a + 1) * width);
    for (let i = 0; i < a; i++) {
      let line = 0;
      for (let j = 0; j < b; j++) {
        line += cells[i * b + j]!;
        sums[(i + 1) * width + j + 1] = sums[i * width + j + 1]! + line;
      }
    }
    return sums;
  };
  const [g, h, n] = [table(gradient), table(curvature), table(rows)];
  const box = (t: Float64Array, i0: number, i1: number, j0: number, j1: number): number =>
    t[i1 * width + j1]! - t[i0 * width + j1]! - t[i1 * width + j0]! + t[i0 * width + j0]!;
  const worth = (i0: number, i1: number, j0: number, j1: number): number => {
    if (box(n, i0, i1, j0, j1) < leastRows) return 0;
    const weight = box(h, i0, i1, j0, j1) + l2;
    return weight > 0 ? box(g, i0, i1, j0, j1) ** 2 / weight : 0;
  };
  let best = { gain: 0, first: -1, low: -1, high: -1, turned: false };
  for (const turned of [false, true]) {
    const [p, q] = turned ? [b, a] : [a, b];
    const part = (from: number, to: number, cut: number): number =>
      turned
        ? worth(0, cut, from, to) + worth(cut, a, from, to)
        : worth(from, to, 0, cut) + worth(from, to, cut, b);
    const bestCut = (from: number, to: number) => {
      let gain = -1;
      let at = 1;
      for (let cut = 1; cut < q; cut++) {
        const found = part(from, to, cut);
        if (found > gain) [gain, at] = [found, cut];
      }
      return { gain, at };
    };
    if (p < 2 || q < 2) continue;
    for (let first = 1; first < p; first++) {
      const low = bestCut(0, first);
      const high = bestCut(first, p);
      if (low.gain + high.gain > best.gain)
        best = { gain: low.gain + high.gain, first, low: low.at, high: high.at, turned };
    }
  }
  if (!out) return best.gain;
  out.fill(0);
  if (best.first < 0) return 0;
  const fill = (i0: number, i1: number, j0: number, j1: number): void => {
    if (box(n, i0, i1, j0, j1) < leastRows) return;
    const step = stepOf(box(g, i0, i1, j0, j1), box(h, i0, i1, j0, j1), l2);
    for (let i = i0; i < i1; i++) out.fill(step, i * b + j0, i * b + j1);
  };
  const { first, low, high, turned } = best;
  for (const [from, to, cut] of [
    [0, first, low],
    [first, turned ? b : a, high],
  ] as const) {
    if (turned) {
      fill(0, cut, from, to);
      fill(cut, a, from, to);
    } else {
      fill(from, to, 0, cut);
      fill(from, to, cut, b);
    }
  }
  return best.gain;
}
