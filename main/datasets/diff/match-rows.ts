import type { RowHashes } from '../snapshot/row-hashes.ts';
import { createRowTable } from './row-table.ts';

/** Rows [before, beforeEnd) of one table and [after, afterEnd) of the other that lie between rows known to belong together. */
export interface Gap {
  readonly before: number;
  readonly beforeEnd: number;
  readonly after: number;
  readonly afterEnd: number;
}

/** Gaps up to this many rows a side are closed at once; longer ones are looked into with longer anchors. */
const shortGap = 64;
/** Rows in an anchor: one that is the only one of its kind, or else so many in a row. */
const anchorLengths = [1, 16, 256];

/**
 * Finds the rows of one table in another that is the same with rows changed, added and removed; in order, so a row that was moved is
 * removed and added. Patience diff (Bram Cohen): rows whose content occurs once in both tables are anchors, of which the longest chain in
 * order is kept; between anchors, rows that agree from either end belong together; what is then left are the gaps, in order.
 *
 * `match` gets, for each row of the later table, the row of the earlier one or -1, as indexes into the hashes.
 */
export function matchRows(before: RowHashes, after: RowHashes, match: Int32Array): Gap[] {
  const gaps: Gap[] = [];
  const whole: Gap = { before: 0, beforeEnd: before.first.length, after: 0, afterEnd: after.first.length };
  close(whole, 0);
  return gaps;

  function close(given: Gap, level: number): void {
    const gap = trim(given, before, after, match);
    const [rows, others] = [gap.beforeEnd - gap.before, gap.afterEnd - gap.after];
    if (rows === 0 && others === 0) return;
    const length = anchorLengths[level];
    const long = level === 0 || Math.max(rows, others) > shortGap;
    if (rows === 0 || others === 0 || length === undefined || !long) {
      gaps.push(gap);
      return;
    }
    const {
      before: places,
      after: partners,
      length: count,
    } = inOrder(
      anchorsIn(
        gap,
        windows(before, gap.before, gap.beforeEnd, length),
        windows(after, gap.after, gap.afterEnd, length),
      ),
    );
    let { before: at, after: other } = gap;
    for (let index = 0; index < count; index++) {
      const place = places[index]!;
      const partner = partners[index]!;
      if (place < at || partner < other) continue;
      for (let i = 0; i < length; i++) match[partner + i] = place + i;
      if (place > at || partner > other)
        close({ before: at, beforeEnd: place, after: other, afterEnd: partner }, level + 1);
      at = place + length;
      other = partner + length;
    }
    close({ before: at, beforeEnd: gap.beforeEnd, after: other, afterEnd: gap.afterEnd }, level + 1);
  }
}

/** Rows that agree at either end belong together. */
function trim(gap: Gap, before: RowHashes, after: RowHashes, match: Int32Array): Gap {
  const agree = (i: number, j: number): boolean =>
    before.first[i] === after.first[j] && before.second[i] === after.second[j];
  let { before: from, beforeEnd: to, after: other, afterEnd: end } = gap;
  while (from < to && other < end && agree(from, other)) match[other++] = from++;
  while (from < to && other < end && agree(to - 1, end - 1)) match[--end] = --to;
  return { before: from, beforeEnd: to, after: other, afterEnd: end };
}

/** Places in the earlier table, rising, and in the later one. */
interface Anchors {
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly length: number;
}

/** Hashes of `length` rows in a row, one for each place where they fit. */
function windows(hashes: RowHashes, from: number, to: number, length: number): RowHashes {
  const first = hashes.first.slice(from, to);
  const second = hashes.second.slice(from, to);
  for (let width = 1; width < length; width *= 2) {
    for (let row = 0; row + width < first.length; row++) {
      first[row] = Math.imul(first[row]!, 0x9e3779b1) + first[row + width]!;
      second[row] = Math.imul(second[row]!, 0x85ebca6b) ^ second[row + width]!;
    }
  }
  const places = Math.max(0, to - from - length + 1);
  return { first: first.subarray(0, places), second: second.subarray(0, places) };
}

/** Places whose window occurs once on each side. */
function anchorsIn(gap: Gap, before: RowHashes, after: RowHashes): Anchors {
  const table = createRowTable(before, before.first.length);
  const counts = new Uint8Array(before.first.length);
  for (let row = 0; row < before.first.length; row++) {
    const there = table.add(row);
    if (there >= 0) counts[there] = 2;
  }
  const places = new Int32Array(before.first.length).fill(-1);
  for (let row = 0; row < after.first.length; row++) {
    const there = table.find(after.first[row]!, after.second[row]!);
    if (there < 0) continue;
    if (places[there]! >= 0) counts[there] = 2;
    places[there] = row;
  }
  const anchors = { before: new Int32Array(places.length), after: new Int32Array(places.length), length: 0 };
  for (let row = 0; row < places.length; row++) {
    if (places[row]! < 0 || counts[row] !== 0) continue;
    anchors.before[anchors.length] = gap.before + row;
    anchors.after[anchors.length++] = gap.after + places[row]!;
  }
  return anchors;
}

/** The longest chain that is in order on both sides (patience sorting). */
function inOrder(anchors: Anchors): Anchors {
  const { before, after, length } = anchors;
  let ordered = true;
  for (let i = 1; i < length; i++) ordered &&= after[i - 1]! < after[i]!;
  if (ordered) return anchors;
  const ends = new Int32Array(length);
  const previous = new Int32Array(length).fill(-1);
  let count = 0;
  for (let index = 0; index < length; index++) {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (after[ends[middle]!]! < after[index]!) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[index] = ends[low - 1]!;
    ends[low] = index;
    count = Math.max(count, low + 1);
  }
  const chain = { before: new Int32Array(count), after: new Int32Array(count), length: count };
  let index = count > 0 ? ends[count - 1]! : -1;
  for (let at = count - 1; at >= 0; at--, index = previous[index]!) {
    chain.before[at] = before[index]!;
    chain.after[at] = after[index]!;
  }
  return chain;
}
