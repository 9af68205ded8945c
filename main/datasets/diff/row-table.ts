import type { RowHashes } from '../snapshot/row-hashes.ts';

/** Finds rows by their two hashes. Of several rows with the same ones it knows the first and that there are more. */
export interface RowTable {
  /** The first row with these hashes, or -1. */
  find(first: number, second: number): number;
  /** Adds a row; returns the row with the same hashes that was there before, or -1. */
  add(row: number): number;
}

export function createRowTable({ first, second }: RowHashes, rows: number): RowTable {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * rows)));
  const slots = new Int32Array(size).fill(-1);
  const slotOf = (one: number, other: number): number => {
    let slot = (Math.imul(one, 0x9e3779b1) ^ other) & (size - 1);
    for (let row = slots[slot]!; row >= 0; row = slots[slot]!) {
      if (first[row] === one && second[row] === other) break;
      slot = (slot + 1) & (size - 1);
    }
    return slot;
  };
  return {
    find: (one, other) => slots[slotOf(one, other)]!,
    add(row) {
      const slot = slotOf(first[row]!, second[row]!);
      const there = slots[slot]!;
      if (there < 0) slots[slot] = row;
      return there;
    },
  };
}
