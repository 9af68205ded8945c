import type { SortKeys } from './sort-keys.ts';

/**
 * `order` (rows of the snapshot) by their keys, in place as far as the caller sees: least significant digit radix sort
 * with 16-bit digits, which is stable; a digit that is the same in all rows is skipped. Missing values go last, in the
 * order they were in. Yields between the passes, so that the caller can stop. Memory: 4 bytes a row beside the order.
 */
export function* sortRows(order: Uint32Array, keys: SortKeys, descending: boolean): Generator<void, void> {
  let from: Uint32Array = order;
  let to: Uint32Array = new Uint32Array(order.length);
  const count = splitMissing(from, to, keys.present);
  const flip = descending ? 0xffff : 0;
  for (const word of keys.words)
    for (const shift of [0, 16]) {
      yield;
      if (placeByDigit(from, to, count, word, shift, flip)) [from, to] = [to, from];
    }
  if (from !== order) order.set(from.subarray(0, count));
}

/** Moves rows with a missing value to the end of `order`; returns how many have one. */
function splitMissing(order: Uint32Array, spare: Uint32Array, present: Uint8Array | undefined): number {
  if (!present) return order.length;
  let known = 0;
  let missing = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    if (present[row] === 1) order[known++] = row;
    else spare[missing++] = row;
  }
  order.set(spare.subarray(0, missing), known);
  return known;
}

function placeByDigit(
  from: Uint32Array,
  to: Uint32Array,
  count: number,
  half: Uint32Array,
  shift: number,
  flip: number,
): boolean {
  const starts = new Uint32Array(65_537);
  for (let i = 0; i < count; i++) {
    const digit = ((half[from[i]!]! >>> shift) & 0xffff) ^ flip;
    starts[digit + 1] = starts[digit + 1]! + 1;
  }
  for (let digit = 0; digit < 65_536; digit++) {
    if (starts[digit + 1] === count) return false;
    starts[digit + 1] = starts[digit + 1]! + starts[digit]!;
  }
  for (let i = 0; i < count; i++) {
    const row = from[i]!;
    const digit = ((half[row]! >>> shift) & 0xffff) ^ flip;
    const place = starts[digit]!;
    to[place] = row;
    starts[digit] = place + 1;
  }
  return true;
}
