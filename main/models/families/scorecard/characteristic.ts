import { binsOf, makeAxis, type Axis, type AxisColumn } from '../../axes.ts';
import { evidence, type Counts } from './evidence.ts';
import { joinBins } from './join-bins.ts';

/** A column as the card sees it. Bin 0 is missing, or a level that training never saw. */
export interface Characteristic {
  readonly column: number;
  /** Of a number: ascending; bin 1 + how many are below the value. */
  readonly cuts: Float64Array;
  /** Of a category: the bin of each code, and first that of missing. Empty for numbers. */
  readonly groups: Int32Array;
  /** Training rows of each bin, by number and by weight. */
  readonly rows: Float64Array;
  readonly good: Float64Array;
  readonly bad: Float64Array;
  readonly woe: Float64Array;
  readonly iv: Float64Array;
}

export interface BinningOptions {
  readonly max_bins: number;
  readonly max_prebins: number;
  readonly min_bin_share: number;
  /** Undefined: rising or falling, whichever tells more. */
  readonly way: -1 | 0 | 1 | undefined;
}

/** Rows that learn: which are good, and how much each counts. */
export interface Learners {
  readonly good: Uint8Array;
  readonly weights: Float64Array;
  readonly all: Counts;
}

/** Cuts a column into the bins that tell most. */
export function makeCharacteristic(
  at: number,
  column: AxisColumn,
  learners: Learners,
  options: BinningOptions,
): Characteristic {
  const axis = makeAxis(column, options.max_prebins);
  const bins = binsOf(axis, column, learners.good.length);
  const counts = countBins(bins, axis.bins, learners);
  const order = axis.kind === 'levels' ? levelOrder(counts, options.max_prebins) : rangeOrder(axis);
  const fine = order.map((members) => ({
    good: members.reduce((sum, bin) => sum + counts.good[bin]!, 0),
    bad: members.reduce((sum, bin) => sum + counts.bad[bin]!, 0),
  }));
  const least = options.min_bin_share * (learners.all.good + learners.all.bad);
  const limits = { most: options.max_bins, least };
  // Levels stand in the order of their shares, so their bins rise by themselves.
  const ways =
    axis.kind === 'levels' ? [0 as const] : options.way === undefined ? ([1, -1] as const) : [options.way];
  const [cuts = []] = ways
    .map((way) => joinBins(fine, learners.all, { ...limits, way }))
    .sort((a, b) => b.iv - a.iv)
    .map((joined) => joined.cuts);
  const joined = new Int32Array(axis.bins);
  order.forEach((members, place) => {
    const bin = 1 + cuts.filter((cut) => place >= cut).length;
    for (const member of members) joined[member] = bin;
  });
  const size = cuts.length + 2;
  const rows = new Float64Array(size);
  const good = new Float64Array(size);
  const bad = new Float64Array(size);
  joined.forEach((bin, of) => {
    rows[bin]! += counts.rows[of]!;
    good[bin]! += counts.good[of]!;
    bad[bin]! += counts.bad[of]!;
  });
  const found = [...rows.keys()].map((bin) =>
    // Too few missing rows say nothing.
    bin === 0 && good[0]! + bad[0]! < least
      ? { woe: 0, iv: 0 }
      : evidence({ good: good[bin]!, bad: bad[bin]! }, learners.all),
  );
  return {
    column: at,
    cuts: axis.kind === 'levels' ? new Float64Array() : Float64Array.from(cuts, (cut) => axis.cuts[cut - 1]!),
    groups: axis.kind === 'levels' ? joined : new Int32Array(),
    rows,
    good,
    bad,
    woe: Float64Array.from(found, ({ woe }) => woe),
    iv: Float64Array.from(found, ({ iv }) => iv),
  };
}

function countBins(bins: Int32Array, size: number, { good, weights }: Learners) {
  const counts = {
    rows: new Float64Array(size),
    good: new Float64Array(size),
    bad: new Float64Array(size),
  };
  bins.forEach((bin, row) => {
    counts.rows[bin]! += 1;
    counts[good[row] === 1 ? 'good' : 'bad'][bin]! += weights[row]!;
  });
  return counts;
}

function rangeOrder({ bins }: Axis): number[][] {
  return Array.from({ length: bins - 1 }, (_, i) => [i + 1]);
}

/** Levels that have rows by their share of good ones; neighbours together where there are more than `most`. */
function levelOrder({ rows, good, bad }: ReturnType<typeof countBins>, most: number): number[][] {
  const shareOf = (bin: number): number => good[bin]! / (good[bin]! + bad[bin]!);
  const sorted = [...rows.keys()]
    .filter((bin) => bin > 0 && rows[bin]! > 0)
    .sort((a, b) => shareOf(a) - shareOf(b) || a - b);
  if (sorted.length <= most) return sorted.map((bin) => [bin]);
  const total = sorted.reduce((sum, bin) => sum + good[bin]! + bad[bin]!, 0);
  const out: number[][] = Array.from({ length: most }, () => []);
  let passed = 0;
  for (const bin of sorted) {
    const weight = good[bin]! + bad[bin]!;
    out[Math.min(most - 1, Math.floor(((passed + weight / 2) / total) * most))]!.push(bin);
    passed += weight;
  }
  return out.filter((members) => members.length > 0);
}
