import { fail } from '../../../../preload/contract/errors.ts';
import type { FitPlace } from '../../step.ts';

/** What is averaged: the target's values, or 1 for the rows of a class. */
export interface Answer {
  /** For the feature's name: '' where there is one answer, else `_class`. */
  readonly suffix: string;
  readonly values: Float64Array;
}

/** Numbers: the target itself. Two classes: whether it is the second. More: whether it is each. */
export function answersOf({ target, position }: FitPlace, step: string): Answer[] {
  if (target === null)
    throw fail('step-target', { step, position, reason: 'there is none here; train with a recipe' });
  if (target.task === 'regression') return [{ suffix: '', values: target.values }];
  const { classes, codes } = target;
  const isClass = (wanted: number) => Float64Array.from(codes, (code) => (code === wanted ? 1 : 0));
  if (classes.length <= 2) return [{ suffix: '', values: isClass(1) }];
  return classes.map((name, code) => ({ suffix: `_${name}`, values: isClass(code) }));
}
