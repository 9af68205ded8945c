/** Rows by value, ascending, equal ones in their order, missing (NaN) last; by the bits of the numbers, 16 at a time (Knuth 5.2.5). */
export function sortRows(values: Float64Array, rows: Int32Array): Int32Array {
  const known = rows.filter((row) => !Number.isNaN(values[row]));
  const count = known.length;
  const bits = new Uint32Array(2 * count);
  const number = new Float64Array(1);
  const halves = new Uint32Array(number.buffer);
  let order = new Int32Array(count);
  let spare = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    // Adding makes one zero of two; flipping makes the order of the bits that of the numbers.
    number[0] = values[known[i]!]! + 0;
    const high = halves[1]!;
    const negative = high >>> 31 === 1;
    bits[2 * i] = negative ? ~halves[0]! : halves[0]!;
    bits[2 * i + 1] = negative ? ~high : high ^ 0x80000000;
    order[i] = i;
  }
  const starts = new Int32Array(65_536);
  for (const [half, shift] of [
    [0, 0],
    [0, 16],
    [1, 0],
    [1, 16],
  ] as const) {
    starts.fill(0);
    for (let i = 0; i < count; i++) starts[(bits[2 * i + half]! >>> shift) & 0xffff]!++;
    let sum = 0;
    for (let digit = 0; digit < starts.length; digit++) {
      const here = starts[digit]!;
      starts[digit] = sum;
      sum += here;
    }
    for (let i = 0; i < count; i++) {
      const digit = (bits[2 * order[i]! + half]! >>> shift) & 0xffff;
      spare[starts[digit]!++] = order[i]!;
    }
    [order, spare] = [spare, order];
  }
  const sorted = new Int32Array(rows.length);
  for (let i = 0; i < count; i++) sorted[i] = known[order[i]!]!;
  sorted.set(
    rows.filter((row) => Number.isNaN(values[row])),
    count,
  );
  return sorted;
}
