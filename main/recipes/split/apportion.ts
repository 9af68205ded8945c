/**
 * Whole numbers that add up to `total` and are as near to `total * shares[i]` as can be: largest remainder (Hamilton),
 * ties to the earlier. Shares add up to 1; a share of 0 gets 0.
 */
export function apportion(total: number, shares: readonly number[]): number[] {
  const quotas = shares.map((share) => snap(total * share));
  const counts = quotas.map(Math.floor);
  const order = quotas
    .map((quota, index) => ({ index, remainder: quota - Math.floor(quota) }))
    .filter(({ index }) => (shares[index] ?? 0) > 0)
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  let left = total - counts.reduce((sum, count) => sum + count, 0);
  for (const { index } of order) {
    if (left <= 0) break;
    counts[index] = (counts[index] ?? 0) + 1;
    left--;
  }
  return counts;
}

/** 0.6 * 5 is 3, whatever binary fractions make of it. */
function snap(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-9 * Math.max(1, value) ? whole : value;
}

/**
 * Rows per class and part: each class near its share, the parts' totals exactly as apportioned for all rows together. A class
 * with at least as many rows as there are parts gets into each, where the totals allow it.
 */
export function apportionClasses(sizes: readonly number[], shares: readonly number[]): number[][] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const need = apportion(total, shares);
  const table = sizes.map((size) => {
    const counts = shares.map((share) => Math.floor(snap(size * share)));
    counts.forEach((count, part) => {
      need[part] = (need[part] ?? 0) - count;
    });
    return counts;
  });
  sizes.forEach((size, index) => giveRest(table[index] ?? [], size, shares, need));
  spread(table, sizes, shares);
  return table;
}

/** A class's rows beyond its whole shares go where most are still needed, one to each part while that works. */
function giveRest(counts: number[], size: number, shares: readonly number[], need: number[]): void {
  let left = size - counts.reduce((sum, count) => sum + count, 0);
  const given = new Set<number>();
  while (left > 0) {
    const open = need.map((wanted, part) => ({ wanted, part })).filter(({ part }) => (shares[part] ?? 0) > 0);
    const fresh = open.filter(({ wanted, part }) => wanted > 0 && !given.has(part));
    const [best] = (fresh.length > 0 ? fresh : open).sort((a, b) => b.wanted - a.wanted || a.part - b.part);
    if (!best) return;
    counts[best.part] = (counts[best.part] ?? 0) + 1;
    need[best.part] = best.wanted - 1;
    given.add(best.part);
    left--;
  }
}

/**
 * Swaps single rows between classes, which leaves the totals as they are, until no class misses a part it could be in. A class
 * too small for all of them is in the first at least, which trains: what a model never sees, it can't learn.
 */
function spread(table: readonly number[][], sizes: readonly number[], shares: readonly number[]): void {
  const parts = shares.flatMap((share, part) => (share > 0 ? [part] : []));
  table.forEach((row, index) => {
    const size = sizes[index] ?? 0;
    const wanted = size >= parts.length ? parts : parts.slice(0, Math.min(1, size));
    for (const empty of wanted.filter((part) => at(row, part) === 0)) {
      const from = parts.reduce((most, part) => (at(row, part) > at(row, most) ? part : most));
      const excess = (other: number) =>
        at(table[other] ?? [], empty) - (sizes[other] ?? 0) * (shares[empty] ?? 0);
      const [richest] = table
        .flatMap((candidate, other) => (candidate !== row && at(candidate, empty) >= 2 ? [other] : []))
        .sort((a, b) => excess(b) - excess(a) || a - b);
      const other = richest === undefined ? undefined : table[richest];
      if (!other || (size >= parts.length && at(row, from) < 2)) continue;
      row[empty] = at(row, empty) + 1;
      row[from] = at(row, from) - 1;
      other[empty] = at(other, empty) - 1;
      other[from] = at(other, from) + 1;
    }
  });
}

function at(row: readonly number[], part: number): number {
  return row[part] ?? 0;
}
