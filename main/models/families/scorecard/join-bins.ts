import { evidence, type Counts } from './evidence.ts';

export interface Joined {
  /** First fine bin of each bin after the first, ascending. */
  readonly cuts: readonly number[];
  /** Information value of the bins. */
  readonly iv: number;
}

/**
 * Joins neighbouring fine bins into at most `most` bins, each of at least `least` rows (by weight), so that the information value is the
 * highest there is: exact, by dynamic programming over the last bin (as optimal binning does: Navas-Palencia 2020). `way` 1 or -1 keeps
 * the weight of evidence rising or falling. Of equal values the fewest bins are taken.
 */
export function joinBins(
  fine: readonly Counts[],
  all: Counts,
  { most, least, way }: { readonly most: number; readonly least: number; readonly way: -1 | 0 | 1 },
): Joined {
  const count = fine.length;
  const goods = runningSums(fine.map(({ good }) => good));
  const bads = runningSums(fine.map(({ bad }) => bad));
  const width = count + 1;
  const woe = new Float64Array(width * width);
  const iv = new Float64Array(width * width);
  const wide = new Uint8Array(width * width);
  for (let from = 0; from < count; from++) {
    for (let to = from + 1; to <= count; to++) {
      const part = { good: goods[to]! - goods[from]!, bad: bads[to]! - bads[from]! };
      const found = evidence(part, all);
      woe[from * width + to] = found.woe;
      iv[from * width + to] = found.iv;
      // Sums of weights differ in their last digits by order.
      wide[from * width + to] = part.good + part.bad >= least * (1 - 1e-9) ? 1 : 0;
    }
  }
  // best[from, to]: the highest value of so many bins over the fine bins before `to`, the last of them from `from`.
  let best = new Float64Array(width * width).fill(-Infinity);
  for (let to = 1; to <= count; to++) if (wide[to]) best[to] = iv[to]!;
  const before: Int32Array[] = [];
  let found: Joined = { cuts: [], iv: count === 0 ? 0 : iv[count]! };
  for (let bins = 2; bins <= most; bins++) {
    const next = new Float64Array(width * width).fill(-Infinity);
    const came = new Int32Array(width * width).fill(-1);
    for (let from = 1; from < count; from++) {
      for (let to = from + 1; to <= count; to++) {
        const at = from * width + to;
        if (!wide[at]) continue;
        for (let start = 0; start < from; start++) {
          const value = best[start * width + from]!;
          if (value === -Infinity || value + iv[at]! <= next[at]!) continue;
          if (way * (woe[at]! - woe[start * width + from]!) < 0) continue;
          next[at] = value + iv[at]!;
          came[at] = start;
        }
      }
    }
    before.push(came);
    best = next;
    for (let from = 1; from < count; from++) {
      const value = best[from * width + count]!;
      if (value > found.iv + 1e-12) found = { cuts: cutsBack(before, from, count, width), iv: value };
    }
  }
  return found;
}

function cutsBack(before: readonly Int32Array[], last: number, count: number, width: number): number[] {
  const cuts = [last];
  let to = count;
  for (let step = before.length - 1; step > 0; step--) {
    const start = before[step]![cuts[0]! * width + to]!;
    to = cuts[0]!;
    cuts.unshift(start);
  }
  return cuts;
}

function runningSums(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  values.forEach((value, i) => (sums[i + 1] = sums[i]! + value));
  return sums;
}
