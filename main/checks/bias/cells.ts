/**
 * How often each combination occurs: rows of a protected group (`member` 1) and all others (0), with and without a positive
 * label, per conditioning group. Every measure is a function of these counts alone.
 */
export interface Cells {
  readonly groups: number;
  /** Index (member * 2 + positive) * groups + group. */
  readonly counts: Float64Array;
}

export function emptyCells(groups: number): Cells {
  return { groups, counts: new Float64Array(4 * groups) };
}

/** Rows with this membership and label, in one group or in all. */
export function countOf({ groups, counts }: Cells, member: 0 | 1, positive: 0 | 1, group?: number): number {
  const from = (member * 2 + positive) * groups;
  if (group !== undefined) return counts[from + group]!;
  let total = 0;
  for (let i = from; i < from + groups; i++) total += counts[i]!;
  return total;
}

/** The four totals over all groups: `d` members, `a` all others, with positive labels where `pos`. */
export function totals(cells: Cells): { nd: number; ndPos: number; na: number; naPos: number } {
  const ndPos = countOf(cells, 1, 1);
  const naPos = countOf(cells, 0, 1);
  return { nd: ndPos + countOf(cells, 1, 0), ndPos, na: naPos + countOf(cells, 0, 0), naPos };
}
