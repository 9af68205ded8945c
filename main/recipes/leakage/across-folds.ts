import { noFold, trainsOnly, type Folds } from '../split/split.ts';

/**
 * Rows that judge a fold although its model learns from a row of the same mark, each with such a row. A mark is a number that rows that are
 * alike, or of one group, share; NaN is none. Folds that go forward learn from the folds before alone, so only those count.
 */
export function twinsAcrossFolds(folds: Folds, marks: ArrayLike<number>): Map<number, number> {
  return folds.forward ? twinsBefore(folds, marks) : twinsElsewhere(folds, marks);
}

/** How many rows judge a fold. */
export function judgingRows({ of, forward }: Folds): number {
  let count = 0;
  for (const code of of)
    if (code !== noFold && (code & trainsOnly) === 0 && !(forward && code === 0)) count++;
  return count;
}

function twinsElsewhere({ of }: Folds, marks: ArrayLike<number>): Map<number, number> {
  // Of each mark its first row, and its first row of another fold than that one's.
  const first = new Map<number, number>();
  const other = new Map<number, number>();
  const foldOf = (row: number): number => of[row]! & ~trainsOnly;
  const each = (found: (row: number, mark: number) => void): void => {
    for (let row = 0; row < of.length; row++) {
      const mark = marks[row]!;
      if (of[row] !== noFold && !Number.isNaN(mark)) found(row, mark);
    }
  };
  each((row, mark) => {
    const there = first.get(mark);
    if (there === undefined) first.set(mark, row);
    else if (foldOf(there) !== foldOf(row) && !other.has(mark)) other.set(mark, row);
  });
  const twins = new Map<number, number>();
  each((row, mark) => {
    if ((of[row]! & trainsOnly) !== 0) return;
    const there = first.get(mark)!;
    const twin = foldOf(there) === foldOf(row) ? other.get(mark) : there;
    if (twin !== undefined) twins.set(row, twin);
  });
  return twins;
}

function twinsBefore({ of, count }: Folds, marks: ArrayLike<number>): Map<number, number> {
  const blocks = Array.from({ length: count + 1 }, (): number[] => []);
  of.forEach((code, row) => {
    if (code !== noFold) blocks[code & ~trainsOnly]?.push(row);
  });
  const seen = new Map<number, number>();
  const twins = new Map<number, number>();
  for (const [block, rows] of blocks.entries()) {
    for (const row of rows) {
      const twin = seen.get(marks[row]!);
      if (block > 0 && twin !== undefined && (of[row]! & trainsOnly) === 0) twins.set(row, twin);
    }
    for (const row of rows) {
      const mark = marks[row]!;
      if (!Number.isNaN(mark) && !seen.has(mark)) seen.set(mark, row);
    }
  }
  return twins;
}
