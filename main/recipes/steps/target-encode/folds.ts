import { createRandom } from '../../../platform/random.ts';
import type { FitPlace } from '../../step.ts';

export interface Folds {
  readonly count: number;
  /** Which fold each row is in. */
  readonly foldOf: Uint8Array;
}

/**
 * Divides rows into folds of nearly equal size, at random by the recipe's seed; of classes each fold has its share. A single
 * row is a fold with nothing outside.
 */
export function assignFolds({ target, seed }: FitPlace, rows: number, wanted: number): Folds {
  const order = createRandom(seed).shuffle(Int32Array.from({ length: rows }, (_, row) => row));
  const count = Math.max(1, Math.min(wanted, rows));
  const foldOf = new Uint8Array(rows);
  if (target?.task !== 'classification') {
    for (let at = 0; at < rows; at++) foldOf[order[at]!] = at % count;
    return { count, foldOf };
  }
  // Rows are dealt class by class, each class going on where the one before ended.
  const { classes, codes } = target;
  const next = new Int32Array(classes.length + 1);
  for (let row = 0; row < rows; row++) next[codes[row]! + 1] = next[codes[row]! + 1]! + 1;
  for (let code = 1; code < next.length; code++) next[code] = next[code]! + next[code - 1]!;
  for (let at = 0; at < rows; at++) {
    const row = order[at]!;
    foldOf[row] = next[codes[row]!]! % count;
    next[codes[row]!] = next[codes[row]!]! + 1;
  }
  return { count, foldOf };
}
