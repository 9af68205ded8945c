import { moments } from '../../../math/index.ts';
import type { Target } from '../../../recipes/index.ts';
import { countClasses } from '../../classes.ts';
import { classWeightsOf, refuseClassWeights } from '../../class-weights.ts';
import type { TreeOutcome } from '../../trees/outcome.ts';
import type { RulesParams } from './params.ts';

/** What the rules tell apart: one column per class, 1 where a row has it, or the amount on a scale of its own. */
export interface Goal {
  readonly outcome: TreeOutcome;
  readonly classWeights: Float64Array | undefined;
  readonly notes: readonly string[];
  /** One array per output; a row of a class that training did not have is NaN. */
  values(target: Target): readonly Float64Array[];
}

export function readGoal(target: Target, { class_weight }: RulesParams): Goal {
  if (target.task === 'regression') {
    refuseClassWeights('rules', class_weight);
    const { mean: shift, scale: found } = moments(target.values);
    const scale = found === 0 ? 1 : found;
    return {
      outcome: { link: 'identity', modelled: [], divisor: 1, shift, scale },
      classWeights: undefined,
      notes: [],
      values: (of) =>
        of.task === 'regression' ? [of.values.map((value) => (value - shift) / scale)] : [new Float64Array()],
    };
  }
  const counted = countClasses('rules', target);
  const { counts, present } = counted;
  return {
    outcome: { link: 'shares', modelled: [...present], divisor: 1, shift: 0, scale: 1 },
    classWeights: classWeightsOf('rules', target, counted, class_weight),
    notes: target.classes
      .filter((_, code) => counts[code] === 0)
      .map((label) => `no training row has the class "${label}"; it is never predicted`),
    values: (of) => {
      const codes = of.task === 'classification' ? of.codes : new Int32Array();
      const had = new Set(present);
      return [...present].map((code) =>
        Float64Array.from(codes, (own) => (had.has(own) ? (own === code ? 1 : 0) : Number.NaN)),
      );
    },
  };
}
