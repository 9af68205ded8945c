import type { Monotone } from '../../../preload/contract/column-profile.ts';
import { int32Values, isPresent, type Block } from '../snapshot/block.ts';

/** Watches a column's present values in the order of the rows, as long as they keep to one direction. */
export interface OrderWatch {
  /** Numbers of the rows that follow, missing ones left out. */
  numbers(values: Float64Array, from: number, to: number): void;
  /** Whole numbers of the rows that follow, exactly. */
  whole(values: BigInt64Array, from: number, to: number): void;
  /** Texts of the block that follows, in the order of their UTF-8 bytes. */
  texts(block: Block): void;
  readonly found: Monotone | null;
}

export function createOrderWatch(): OrderWatch {
  let ups = 0;
  let downs = 0;
  let ties = 0;
  let incomparable = false;
  let last: Uint8Array | undefined;
  const lost = (): boolean => incomparable || (ups > 0 && downs > 0);
  return {
    numbers(values, from, to) {
      for (let i = Math.max(1, from); i < to && !lost(); i++) {
        const step = values[i]! - values[i - 1]!;
        if (step > 0) ups++;
        else if (step < 0) downs++;
        // Infinity after Infinity is no number of steps, yet a tie.
        else if (values[i] === values[i - 1]) ties++;
        else incomparable = true;
      }
    },
    whole(values, from, to) {
      for (let i = Math.max(1, from); i < to && !lost(); i++) {
        const [before, now] = [values[i - 1]!, values[i]!];
        if (now > before) ups++;
        else if (now < before) downs++;
        else ties++;
      }
    },
    texts({ values, rows, validity, text }) {
      const offsets = int32Values(values, rows + 1);
      for (let row = 0; row < rows && !lost(); row++) {
        if (!isPresent(validity, row)) continue;
        const bytes = text.subarray(offsets[row], offsets[row + 1]);
        const step = last ? Buffer.compare(bytes, last) : undefined;
        if (step === 0) ties++;
        else if (step === 1) ups++;
        else if (step === -1) downs++;
        last = bytes;
      }
    },
    get found() {
      if (lost() || ups + downs === 0) return null;
      if (ups > 0) return ties === 0 ? 'increasing' : 'non-decreasing';
      return ties === 0 ? 'decreasing' : 'non-increasing';
    },
  };
}
