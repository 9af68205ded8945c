import type { Target } from '../../../recipes/index.ts';
import { countClasses } from '../../classes.ts';
import { classWeightsOf, refuseClassWeights } from '../../class-weights.ts';
import type { TreeOutcome } from '../../trees/outcome.ts';
import { unitNotes, unitOf } from '../../trees/unit.ts';
import type { ForestParams } from './params.ts';

/** One forest of squared error per set of labels: an amount, or a class's 0/1 whose leaf means are its shares. */
export interface Outcome {
  readonly meaning: TreeOutcome;
  readonly labels: readonly Float32Array[];
  readonly classWeights: Float64Array | undefined;
  readonly notes: readonly string[];
}

/** Throws `family-one-class` and `family-param`. */
export function readOutcome(target: Target, { n_estimators, class_weight }: ForestParams): Outcome {
  if (target.task === 'regression') {
    refuseClassWeights('forest', class_weight);
    const unit = unitOf(target.values, false);
    return {
      meaning: { link: 'identity', modelled: [], divisor: n_estimators, ...unit },
      labels: [Float32Array.from(target.values, (value) => (value - unit.shift) / unit.scale)],
      classWeights: undefined,
      notes: unitNotes(unit),
    };
  }
  const counted = countClasses('forest', target);
  const { counts, present } = counted;
  const asked = present.length === 2 ? present.subarray(1) : present;
  return {
    meaning: { link: 'shares', modelled: [...present], divisor: n_estimators, shift: 0, scale: 1 },
    labels: Array.from(asked, (code) => Float32Array.from(target.codes, (one) => (one === code ? 1 : 0))),
    classWeights: classWeightsOf('forest', target, counted, class_weight),
    notes: target.classes
      .filter((_, code) => counts[code] === 0)
      .map((label) => `no training row has the class "${label}"; it is never predicted`),
  };
}
