import * as z from 'zod';
import { fail, type Failure } from '../../preload/contract/errors.ts';
import type { ClassCounts, ClassTarget } from './classes.ts';

/** The parameter `class_weight`, the same of all families that have it; put `.default('none').meta(classWeightMeta)` behind it. */
export const ClassWeight = z.union([
  z.enum(['none', 'balanced']),
  z.record(z.string(), z.number().positive().max(1e6)),
]);
export type ClassWeight = z.infer<typeof ClassWeight>;

export const classWeightMeta = {
  title: 'Class weights',
  description:
    'balanced: every class weighs the same together, however rare it is; or how much the rows of each class count: {"yes": 5}, 1 for those not named. Probabilities are then no longer frequencies.',
};

/** As families have it. */
export const classWeight = ClassWeight.default('none').meta(classWeightMeta);

/** Of amounts: throws `family-param` unless there are none. */
export function refuseClassWeights(family: string, wanted: ClassWeight): void {
  if (wanted !== 'none') throw wrong(family, 'amounts have no classes; use none');
}

/** How much each row of a class counts, by class code; undefined where all count the same. Throws `family-param` for a class that is not there. */
export function classWeightsOf(
  family: string,
  { classes }: ClassTarget,
  { counts, present }: ClassCounts,
  wanted: ClassWeight,
): Float64Array | undefined {
  if (wanted === 'none') return undefined;
  if (wanted === 'balanced') return balancedWeights(counts, present);
  const strange = Object.keys(wanted).find((label) => !classes.includes(label));
  if (strange !== undefined) {
    const known = classes.map((label) => `"${label}"`).join(', ');
    throw wrong(family, `there is no class "${strange}"; the classes are ${known}`);
  }
  return Float64Array.from(classes, (label) => wanted[label] ?? 1);
}

/** Classes weigh the same together, as in scikit-learn (rows / (classes x rows of the class)). */
function balancedWeights(counts: Int32Array, present: Int32Array): Float64Array {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return Float64Array.from(counts, (count) => (count > 0 ? rows / (present.length * count) : 0));
}

function wrong(family: string, message: string): Failure {
  return fail('family-param', { family, param: 'class_weight', message });
}
