/** Points of a curve in order. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * At most `most` of the points, first and last included, chosen so that the line through them stays as close as can be:
 * Ramer-Douglas-Peucker (1972, 1973), splitting the worst stretch first. Corners are kept. Both axes should span about 1.
 * Points closer than 5e-5 to the one before are passed over beforehand.
 */
export function thinCurve(curve: Curve, most = 500): { x: number[]; y: number[] } {
  const { x, y } = spread(curve);
  const last = x.length - 1;
  if (last < most) return { x: [...x], y: [...y] };
  const kept = new Uint8Array(last + 1);
  kept[0] = kept[last] = 1;
  const open: Stretch[] = [farthest(x, y, 0, last)];
  for (let count = 2; count < most; count++) {
    let worst = 0;
    for (let i = 1; i < open.length; i++) if (open[i]!.distance > open[worst]!.distance) worst = i;
    const stretch = open[worst];
    if (stretch === undefined || stretch.distance < 1e-9) break;
    kept[stretch.at] = 1;
    open[worst] = farthest(x, y, stretch.from, stretch.at);
    open.push(farthest(x, y, stretch.at, stretch.to));
  }
  const chosen = [...kept.keys()].filter((i) => kept[i] === 1);
  return { x: chosen.map((i) => x[i]!), y: chosen.map((i) => y[i]!) };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** The point farthest from the straight line, and how far it is. */
  readonly at: number;
  readonly distance: number;
}

function farthest(x: Float64Array, y: Float64Array, from: number, to: number): Stretch {
  const dx = x[to]! - x[from]!;
  const dy = y[to]! - y[from]!;
  const length = Math.hypot(dx, dy);
  let at = from;
  let distance = -1;
  for (let i = from + 1; i < to; i++) {
    const px = x[i]! - x[from]!;
    const py = y[i]! - y[from]!;
    const away = length === 0 ? Math.hypot(px, py) : Math.abs(dx * py - dy * px) / length;
    if (away > distance) {
      distance = away;
      at = i;
    }
  }
  return { from, to, at, distance };
}

function spread({ x, y }: Curve): Curve {
  const last = x.length - 1;
  const kept = new Int32Array(x.length);
  let count = 0;
  for (let i = 0; i <= last; i++) {
    const before = kept[count - 1];
    const far = before === undefined || Math.abs(x[i]! - x[before]!) + Math.abs(y[i]! - y[before]!) >= 5e-5;
    if (far || i === last) kept[count++] = i;
  }
  const chosen = kept.subarray(0, count);
  return { x: Float64Array.from(chosen, (i) => x[i]!), y: Float64Array.from(chosen, (i) => y[i]!) };
}
