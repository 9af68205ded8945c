import { fail } from '../../preload/contract/errors.ts';
import type { Target } from '../recipes/index.ts';

export type ClassTarget = Extract<Target, { task: 'classification' }>;

/** How many training rows each class has. */
export interface ClassCounts {
  readonly counts: Int32Array;
  /** Indices of the classes that occur, ascending. A class may exist in the data and not in the training rows. */
  readonly present: Int32Array;
}

/** Counts classes; throws `family-one-class` or `family-rows-none` where there is nothing to tell apart. */
export function countClasses(family: string, target: ClassTarget): ClassCounts {
  const counts = new Int32Array(target.classes.length);
  for (const code of target.codes) counts[code] = counts[code]! + 1;
  const present = Int32Array.from(counts.keys()).filter((code) => counts[code]! > 0);
  const first = present[0];
  if (first === undefined) throw fail('family-rows-none', { family });
  if (present.length === 1) {
    throw fail('family-one-class', {
      family,
      class: target.classes[first] ?? '',
      rows: target.codes.length,
    });
  }
  return { counts, present };
}
