import { createRandom } from '../../../platform/random.ts';
import type { FitPlace } from '../../step.ts';

export interface Fold {
  readonly inside: Int32Array;
  readonly others: Int32Array;
}

/**
 * Divides rows into folds of nearly equal size, at random by the recipe's seed; of classes each fold has its share. A single
 * row is a fold with nothing outside.
 */
export function assignFolds({ target, seed }: FitPlace, rows: number, count: number): Fold[] {
  const order = createRandom(seed).shuffle(Int32Array.from({ length: rows }, (_, row) => row));
  if (target?.task === 'classification') {
    const { codes } = target;
    const places = Int32Array.from(order);
    const by = Array.from(places.keys()).sort(
      (a, b) => (codes[places[a] ?? 0] ?? 0) - (codes[places[b] ?? 0] ?? 0) || a - b,
    );
    by.forEach((from, to) => {
      order[to] = places[from] ?? 0;
    });
  }
  const foldOf = new Int32Array(rows);
  const folds = Math.max(1, Math.min(count, rows));
  order.forEach((row, at) => {
    foldOf[row] = at % folds;
  });
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  return Array.from({ length: folds }, (_, fold) => ({
    inside: all.filter((row) => foldOf[row] === fold),
    others: all.filter((row) => foldOf[row] !== fold),
  }));
}
