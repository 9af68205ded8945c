/**
 * Earth mover's distance between the values of one group and of the whole table (Li, Li and Venkatasubramanian 2007, "t-Closeness",
 * section 3.3).
 */
export interface Closeness {
  /** `ranks`: the places of a group's values among the table's different values, -1 for a missing one. 0 to 1. */
  readonly distance: (ranks: readonly number[]) => number;
}

/** All values are as far from each other: half the sum of the differences of shares. A missing value is one more category. */
export function equalDistance(all: Int32Array, levels: number): Closeness {
  const table = shares(all, levels);
  return {
    distance(ranks) {
      const group = new Map<number, number>();
      for (const rank of ranks) group.set(rank, (group.get(rank) ?? 0) + 1);
      // What the group has too much of is what it has too little of.
      let over = 0;
      for (const [rank, count] of group) over += Math.max(0, count / ranks.length - (table[rank + 1] ?? 0));
      return over;
    },
  };
}

/**
 * Values lie in a row at equal distances: the mean difference of cumulated shares. Missing values are left out. A group is as quick as
 * it is small: between two of its values its own share is constant, and the table's are summed once for all.
 */
export function orderedDistance(all: Int32Array, levels: number): Closeness {
  const counts = shares(all, levels).slice(1);
  const present = counts.reduce((sum, share) => sum + share, 0);
  const cumulated: number[] = [];
  const summed: number[] = [0];
  let running = 0;
  for (const share of counts) {
    running += share / present;
    cumulated.push(running);
    summed.push(summed.at(-1)! + running);
  }
  /** Sum of |level - cumulated[i]| for i from `from` to `to`, `to` not counted. */
  const between = (level: number, from: number, to: number): number => {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulated[middle]! >= level) high = middle;
      else low = middle + 1;
    }
    const under = level * (low - from) - (summed[low]! - summed[from]!);
    return under + summed[to]! - summed[low]! - level * (to - low);
  };
  return {
    distance(ranks) {
      const known = ranks.filter((rank) => rank >= 0).toSorted((a, b) => a - b);
      if (known.length === 0 || levels < 2) return 0;
      let total = 0;
      let at = 0;
      known.forEach((rank, i) => {
        total += between(i / known.length, at, rank);
        at = rank;
      });
      return (total + between(1, at, levels)) / (levels - 1);
    },
  };
}

/** Shares of the missing and of each level, in this order. */
function shares(all: Int32Array, levels: number): number[] {
  const counts = Array.from({ length: levels + 1 }, () => 0);
  for (const rank of all) counts[rank + 1]! += 1;
  return counts.map((count) => count / all.length);
}
